/** The documentation of the format, asked by path: which forms a map can still have, what a field takes. */
import type { FieldDoc, MapDoc, MapForm } from '../../../shared/contract/scenario.ts';
import { outlineOf, samePath, type OutlineEntry, type Path } from './textOutline.ts';

export class FieldDocs {
  readonly #byPath: ReadonlyMap<string, MapDoc>;

  constructor(docs: readonly MapDoc[]) {
    this.#byPath = new Map(docs.map((doc) => [doc.path, doc]));
  }

  /** The forms that the map at a path can have, beside the keys that it has already; null where no map is. */
  forms(path: Path, entries: readonly OutlineEntry[]): readonly MapForm[] | null {
    const doc = this.#byPath.get(this.#pattern(path));
    if (doc === undefined) return null;
    const own = entries.filter((entry) => samePath(entry.path.slice(0, -1), path));
    const fitting = doc.forms.filter((form) => own.every((entry) => fits(form, entry)));
    return fitting.length > 0 ? fitting : doc.forms;
  }

  /** What the key at the end of a path is; undefined for a key that the format has not. */
  field(path: Path, entries: readonly OutlineEntry[]): FieldDoc | undefined {
    const forms = this.forms(path.slice(0, -1), entries) ?? [];
    const key = String(path.at(-1) ?? '');
    const known = forms
      .map(({ fields }) => fields.find((field) => field.key === key))
      .filter((one) => one !== undefined);
    const [first, ...more] = known;
    if (first === undefined) return forms.find(({ others }) => others !== null)?.others ?? undefined;
    // the type of an event that is not known yet has the values of all forms
    if (key !== 'type' || more.length === 0) return first;
    const values = known.flatMap((field) => field.values);
    return { ...first, values, takes: values.join(' or ') };
  }

  /** Whether maps stand in the list at a path. */
  isListOfMaps(path: Path): boolean {
    return this.#byPath.has(`${this.#pattern(path)}[]`);
  }

  /** A path of the text as the format names it: `events[]`, `rates.*[]`. */
  #pattern(path: Path): string {
    let pattern = '';
    for (const part of path) {
      if (typeof part === 'number') {
        pattern += '[]';
        continue;
      }
      const doc = this.#byPath.get(pattern);
      const isKnown = doc?.forms.some(({ fields }) => fields.some(({ key }) => key === part)) ?? false;
      const name = isKnown || doc?.forms.every(({ others }) => others === null) !== false ? part : '*';
      pattern += pattern === '' ? name : `.${name}`;
    }
    return pattern;
  }
}

function fits({ fields, others }: MapForm, { path, value }: OutlineEntry): boolean {
  const key = path.at(-1);
  const field = fields.find((one) => one.key === key);
  if (field === undefined) return others !== null;
  // only the type tells forms apart by value, and not while it is being typed
  return key !== 'type' || value === null || field.values.includes(value.text) || !isWord(value.text);
}

const isWord = (text: string): boolean => /^\w+$/.test(text);

export interface FieldAt {
  readonly from: number;
  readonly to: number;
  readonly path: Path;
  readonly field: FieldDoc;
}

/** The field whose key, or whose single value, is at a place of the text. */
export function fieldAt(text: string, at: number, docs: FieldDocs): FieldAt | null {
  const entries = outlineOf(text);
  const entry = entries.find(
    ({ keyFrom, keyTo, value }) =>
      (keyFrom <= at && at <= keyTo) || (value !== null && value.from <= at && at <= value.to),
  );
  const field = entry === undefined ? undefined : docs.field(entry.path, entries);
  if (entry === undefined || field === undefined) return null;
  const isKey = entry.keyFrom <= at && at <= entry.keyTo;
  const { from, to } = isKey || entry.value === null ? { from: entry.keyFrom, to: entry.keyTo } : entry.value;
  return { from, to, path: entry.path, field };
}

/** `events[3].cutoff.delay`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return /^[\w-]+$/.test(part) ? `${text}${text === '' ? '' : '.'}${part}` : `${text}[${JSON.stringify(part)}]`;
  }, '');
}
