/** What can be typed at a place of a scenario: its fields, their values, whole events and expectations. */
import type { FieldDoc, MapForm } from '../../../shared/contract/scenario.ts';
import type { FieldDocs } from './fieldDocs.ts';
import { outlineOf, placeAt, samePath, type CursorPlace, type OutlineEntry, type Path } from './textOutline.ts';

export interface Suggestion {
  readonly label: string;
  /** Text with fields to fill in, `${}` and `${0.02}`. */
  readonly template: string;
  /** Beside the label. */
  readonly detail: string;
  /** What it is, in a sentence. */
  readonly about: string;
  readonly standard: string | null;
  /** Those that are needed, and the default of a value, come first. */
  readonly first: boolean;
}

export interface Suggestions {
  /** Where the word begins that they take the place of. */
  readonly from: number;
  readonly list: readonly Suggestion[];
}

/** Values that name something else of the same text, by the field. */
const NAMES: Readonly<Record<string, readonly string[]>> = { event: ['id'], lot: ['id'] };
/** The example of the format that stands for any instant. */
const INSTANT = '2025-01-01T00:00:00Z';

export function suggestionsAt(text: string, at: number, docs: FieldDocs): Suggestions | null {
  const place = placeAt(text, at);
  if (place === null) return null;
  // what is at the cursor is still being typed, and says nothing of the map
  const entries = outlineOf(text).filter(({ keyFrom, value }) => !isTyped({ keyFrom, value }, place, at));
  const list =
    place.kind === 'item'
      ? items(place, docs, '- ')
      : place.kind === 'value'
        ? valuesAt(place, docs, entries)
        : [...wholeItem(place, docs, entries), ...keys(place, docs, entries)];
  return list.length === 0 ? null : { from: place.from, list };
}

function isTyped({ keyFrom, value }: Pick<OutlineEntry, 'keyFrom' | 'value'>, place: CursorPlace, at: number): boolean {
  return (
    (place.kind === 'key' && keyFrom >= place.from && keyFrom <= at) ||
    (place.kind === 'value' && value !== null && value.from === place.from)
  );
}

function keys(place: CursorPlace, docs: FieldDocs, entries: readonly OutlineEntry[]): Suggestion[] {
  const forms = docs.forms(place.path, entries);
  if (forms === null) {
    if (docs.isListOfMaps(place.path)) return place.flow ? [] : items(place, docs, '- ');
    return valuesAt({ ...place, kind: 'value' }, docs, entries);
  }
  const given = new Set(
    entries.filter(({ path }) => samePath(path.slice(0, -1), place.path)).map(({ path }) => path.at(-1)),
  );
  const fields = new Map<string, FieldDoc>();
  for (const field of forms.flatMap((form) => form.fields))
    if (!given.has(field.key) && !fields.has(field.key)) fields.set(field.key, field);
  return [...fields.values()].map((field) => ({
    label: field.key,
    template: `${field.key}:${opening(field, place)}`,
    detail: field.takes,
    about: field.description,
    standard: field.standard,
    first: forms.length === 1 && field.required,
  }));
}

/** What follows a key and its colon. */
function opening({ holds }: FieldDoc, { flow, indent }: CursorPlace): string {
  if (holds === 'scalar') return ' ${}';
  if (flow) return holds === 'map' ? ' {${}}' : ' [${}]';
  const blanks = ' '.repeat(indent + 2);
  return holds === 'map' ? `\n${blanks}\${}` : `\n${blanks}- \${}`;
}

/** An item that has only its dash can be written whole. */
function wholeItem(place: CursorPlace, docs: FieldDocs, entries: readonly OutlineEntry[]): Suggestion[] {
  const isItem = typeof place.path.at(-1) === 'number' && !place.flow;
  if (
    !isItem ||
    entries.some(
      ({ path }) => path.length > place.path.length && samePath(path.slice(0, place.path.length), place.path),
    )
  )
    return [];
  return items({ ...place, path: place.path.slice(0, -1) }, docs, '');
}

function items({ path }: CursorPlace, docs: FieldDocs, dash: string): Suggestion[] {
  const forms = docs.forms([...path, 0], []) ?? [];
  return forms.map((form) => ({
    label: form.name === '' ? 'item' : form.name,
    template: `${dash}{${requiredOf(form)}}`,
    detail: form.fields
      .filter(({ required }) => required)
      .map(({ key }) => key)
      .join(', '),
    about:
      form.description === ''
        ? (form.fields.find(({ key }) => key === form.name)?.description ?? '')
        : form.description,
    standard: null,
    first: true,
  }));
}

function requiredOf(form: MapForm): string {
  const fields = form.fields.filter(({ required }) => required);
  // an expectation of one instant needs at least one figure
  const more =
    fields.length === 1
      ? form.fields.filter(({ required, key }) => !required && key !== 'from' && key !== 'format').slice(0, 1)
      : [];
  return [...fields, ...more].map((field) => `${field.key}: ${sample(field)}`).join(', ');
}

function sample({ holds, values, examples }: FieldDoc): string {
  if (holds === 'map') return '{${}}';
  if (values.length === 1) return values[0] ?? '';
  return `\${${examples[0] ?? ''}}`;
}

function valuesAt({ path }: CursorPlace, docs: FieldDocs, entries: readonly OutlineEntry[]): Suggestion[] {
  const inList = typeof path.at(-1) === 'number';
  const own = inList ? path.slice(0, -1) : path;
  const field = docs.field(own, entries);
  if (field === undefined) return [];
  const suggestion = (label: string, detail: string, first = false): Suggestion => ({
    ...{ label, template: label, detail, about: field.description, standard: field.standard, first },
  });
  const listed = field.values.map((value) => suggestion(value, value === field.standard ? 'default' : ''));
  const named = namesIn(entries, NAMES[field.key] ?? []).map((name) => suggestion(name, 'of this file'));
  const standard = field.standard;
  const usual =
    standard !== null && field.holds !== 'list' && !field.values.includes(standard)
      ? [suggestion(standard, 'default', true)]
      : [];
  const examples = field.examples
    .filter((one) => one !== standard)
    .map((one) => suggestion(one, one === INSTANT ? 'instant' : 'example'));
  const instants = field.examples.includes(INSTANT)
    ? lastInstant(entries, own).map((one) => suggestion(one, 'as before', true))
    : [];
  return [...listed, ...usual, ...named, ...instants, ...examples];
}

function namesIn(entries: readonly OutlineEntry[], keysOfNames: readonly string[]): string[] {
  const names = entries.flatMap(({ path, value }) =>
    path[0] === 'events' && value !== null && keysOfNames.includes(String(path.at(-1))) ? [value.text] : [],
  );
  return [...new Set(names)].slice(0, 200);
}

/** The instant of the item before: the next is mostly near it. */
function lastInstant(entries: readonly OutlineEntry[], path: Path): string[] {
  const key = path.at(-1);
  const index = path.findLast((part) => typeof part === 'number') ?? 0;
  const before = entries.findLast(
    (entry) =>
      entry.path[0] === path[0] && entry.path.at(-1) === key && entry.path.includes(index - 1) && entry.value !== null,
  );
  return before?.value === undefined || before.value === null ? [] : [before.value.text];
}
