/** Values written into a scenario's text: only they change, comments and order stay. */
import { layoutOf, type Part } from './layout.ts';
import type { Path } from './problems.ts';
import { readSource } from './source.ts';
import type { Plain, PlainMap, SourceNode } from './tree.ts';
import { textOf } from './write.ts';

/** A value to write; numerals are symbols of their text, as in the tree. */
export interface Edit {
  readonly path: Path;
  readonly value: Plain;
}

type EditTree = Map<string | number, EditTree | { readonly value: Plain }>;

/** Order of the sections, for one that is not there yet. */
const SECTIONS = ['drawdown', 'title', 'account', 'policy', 'rates', 'declines', 'usage', 'events', 'until', 'expect'];
const BYTE_ORDER_MARK = '\uFEFF';

/** The text with these values; null where it cannot be read, or its parts cannot be told apart. */
export function editSource(input: string, edits: readonly Edit[]): string | null {
  const mark = input.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const text = input.slice(mark.length);
  const { root, problems } = readSource(text);
  const layout = root === null || problems.length > 0 ? null : layoutOf(text, root);
  if (layout === null) return null;
  const editor = new Editor(text, layout.isJson);
  editor.apply(layout.root, treeOf(edits), true);
  const edited = editor.finish();
  return edited === null ? null : mark + edited;
}

function treeOf(edits: readonly Edit[]): EditTree {
  const root: EditTree = new Map();
  for (const { path, value } of edits) {
    let tree = root;
    for (const key of path.slice(0, -1)) {
      const known = tree.get(key);
      const next = isTree(known) ? known : new Map<string | number, EditTree | { readonly value: Plain }>();
      tree.set(key, next);
      tree = next;
    }
    tree.set(path.at(-1) ?? '', { value });
  }
  return root;
}

function isTree(edit: EditTree | { readonly value: Plain } | undefined): edit is EditTree {
  return edit instanceof Map;
}

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

class Editor {
  readonly #text: string;
  readonly #json: boolean;
  readonly #break: string;
  readonly #splices: Splice[] = [];
  /** Aliases by their place, as they are written where no edit is theirs. */
  readonly #held = new Map<number, Splice>();

  constructor(text: string, json: boolean) {
    this.#text = text;
    this.#json = json;
    this.#break = text.includes('\r\n') ? '\r\n' : '\n';
  }

  apply(part: Part, tree: EditTree, isRoot: boolean): void {
    this.#hold(part);
    if (part.parts.size === 0 && !part.flow) {
      this.#replace(part, merged(part.node.plain, tree));
      return;
    }
    const missing: [string, Plain][] = [];
    for (const [key, edit] of tree) {
      const known = part.parts.get(key);
      if (known === undefined) missing.push([String(key), isTree(edit) ? merged(null, edit) : edit.value]);
      else if (isTree(edit)) this.apply(known.part, edit, false);
      else {
        this.#hold(known.part);
        this.#replace(known.part, edit.value);
      }
    }
    if (missing.length > 0) this.#insert(part, missing, isRoot);
  }

  /** The edited text; null where two edits overlap. */
  finish(): string | null {
    const edited = new Set(this.#splices.map(({ from }) => from));
    const held = [...this.#held.values()].filter(({ from }) => !edited.has(from));
    const inOrder = [...this.#splices, ...held].sort((one, other) => one.from - other.from || one.to - other.to);
    let out = '';
    let at = 0;
    for (const { from, to, text } of inOrder) {
      if (from < at) return null;
      out += this.#text.slice(at, from) + text;
      at = to;
    }
    return out + this.#text.slice(at);
  }

  /** What repeats a part that changes keeps what it has. */
  #hold(part: Part): void {
    for (const alias of part.aliases) this.#held.set(alias.start, this.#replacement(alias, alias.node.plain));
  }

  #replace(part: Part, value: Plain): void {
    this.#splices.push(this.#replacement(part, value));
  }

  #replacement(part: Part, value: Plain): Splice {
    const { start, end, flow } = part;
    const isBlockList = !flow && part.node.kind === 'list' && part.parts.size > 0;
    const written =
      isBlockList && Array.isArray(value) && value.length > 0
        ? (value as readonly Plain[]).map((item) => `- ${this.#flow(item)}`).join(this.#break + this.#indent(start))
        : this.#flow(value);
    // a key without a value ends in its colon
    const gap = start === end && /[:,\-{[]$/.test(this.#text.slice(0, start)) ? ' ' : '';
    return { from: start, to: end, text: gap + written };
  }

  #insert(part: Part, entries: readonly (readonly [string, Plain])[], isRoot: boolean): void {
    if (isRoot) {
      for (const entry of entries) this.#insertAfter(part, sectionBefore(part, entry[0]), [entry], true);
      return;
    }
    this.#insertAfter(part, [...part.parts.values()].at(-1) ?? null, entries, false);
  }

  #insertAfter(
    part: Part,
    sibling: { readonly keyStart: number; readonly part: Part } | null,
    entries: readonly (readonly [string, Plain])[],
    isSection: boolean,
  ): void {
    const written = entries.map(([key, value]) => `${this.#key(key)}: ${this.#flow(value)}`);
    if (sibling === null) {
      this.#splices.push({ from: part.start + 1, to: part.start + 1, text: written.join(', ') });
      return;
    }
    const at = sibling.part.end;
    const indent = this.#indent(sibling.keyStart);
    const rest = this.#lineEnd(at);
    if (!part.flow) {
      const lines = isSection ? entries.map(([key, value]) => this.#section(key, value, indent)) : written;
      const text = lines.map((line) => this.#break + indent + line).join('');
      this.#splices.push({ from: rest, to: rest, text });
      return;
    }
    const ownLine = this.#text.slice(0, sibling.keyStart).endsWith('\n' + indent);
    const comment = this.#text.slice(at, rest).includes('#');
    const separator = ownLine && !comment ? `,${this.#break}${indent}` : ', ';
    this.#splices.push({ from: at, to: at, text: written.map((entry) => separator + entry).join('') });
  }

  /** A section in block style has one line a group. */
  #section(key: string, value: Plain, indent: string): string {
    if (!isMap(value)) return `${this.#key(key)}: ${this.#flow(value)}`;
    const groups = Object.entries(value).map(([name, inner]) => `${indent}  ${this.#key(name)}: ${this.#flow(inner)}`);
    return [`${this.#key(key)}:`, ...groups].join(this.#break);
  }

  /** What stands before a place in its line, as blanks: a dash takes room too. */
  #indent(at: number): string {
    const line = this.#text.slice(this.#text.lastIndexOf('\n', at - 1) + 1, at);
    return line.replace(/[^\t]/g, ' ');
  }

  #lineEnd(at: number): number {
    const end = this.#text.indexOf('\n', at);
    if (end === -1) return this.#text.length;
    return this.#text[end - 1] === '\r' ? end - 1 : end;
  }

  #key(key: string): string {
    return this.#json ? JSON.stringify(key) : textOf(key);
  }

  #flow(value: Plain): string {
    if (typeof value === 'symbol') return value.description ?? '0';
    if (typeof value === 'string') return this.#key(value);
    if (Array.isArray(value)) return `[${(value as readonly Plain[]).map((item) => this.#flow(item)).join(', ')}]`;
    if (!isMap(value)) return value === null ? 'null' : String(value === true);
    return `{${Object.entries(value)
      .map(([key, inner]) => `${this.#key(key)}: ${this.#flow(inner)}`)
      .join(', ')}}`;
  }
}

/** The last section that stands before a new one; the first of all where there is none. */
function sectionBefore(part: Part, section: string): { readonly keyStart: number; readonly part: Part } | null {
  const place = SECTIONS.indexOf(section);
  const before = SECTIONS.slice(0, Math.max(place, 0)).findLast((key) => part.parts.has(key));
  return part.parts.get(before ?? '') ?? [...part.parts.values()].at(-1) ?? null;
}

/** A value with edits in it; what was no map becomes one. */
function merged(plain: Plain, tree: EditTree): Plain {
  const entries = (edits: EditTree): [string, Plain][] =>
    [...edits].map(([key, edit]) => [String(key), isTree(edit) ? merged(childOf(plain, key), edit) : edit.value]);
  if (Array.isArray(plain)) {
    const changed = new Map(entries(tree));
    return (plain as readonly Plain[]).map((item, index) => changed.get(String(index)) ?? item);
  }
  const map: Record<string, Plain> = Object.create(null) as Record<string, Plain>;
  return Object.assign(map, isMap(plain) ? plain : {}, Object.fromEntries(entries(tree)));
}

function childOf(plain: Plain, key: string | number): Plain {
  if (Array.isArray(plain)) return (plain as readonly Plain[])[Number(key)] ?? null;
  return isMap(plain) && Object.hasOwn(plain, String(key)) ? (plain[String(key)] ?? null) : null;
}

function isMap(value: Plain): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The plain value at a path of a text's tree; undefined where it leads nowhere. */
export function plainAt(node: SourceNode, path: Path): Plain | undefined {
  let plain: Plain | undefined = node.plain;
  for (const key of path) {
    if (Array.isArray(plain)) plain = (plain as readonly Plain[])[Number(key)];
    else if (plain !== undefined && isMap(plain))
      plain = Object.hasOwn(plain, String(key)) ? plain[String(key)] : undefined;
    else return undefined;
  }
  return plain;
}
