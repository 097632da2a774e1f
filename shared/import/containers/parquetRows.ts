/** Puts a row of a Parquet file together from its columns: a text a column, JSON where a column is nested. */
import type { Page, ColumnPages } from './parquetPages.ts';
import { ParquetFault } from './parquetEncodings.ts';
import { isList, isMap, type SchemaNode, type TableColumn } from './parquetSchema.ts';

/** One value of a leaf in a row, or that there is none, with its levels. */
interface Entry {
  readonly repetition: number;
  readonly definition: number;
  readonly text: string;
}

/** Reads a leaf's values in order, page after page. */
export class LeafCursor {
  readonly #pages: ColumnPages;
  readonly #node: SchemaNode;
  #page: Page | null = null;
  #at = 0;
  #value = 0;

  constructor(pages: ColumnPages, node: SchemaNode) {
    this.#pages = pages;
    this.#node = node;
  }

  get waiting(): boolean {
    return this.#page === null || this.#at >= this.#page.count;
  }

  /** Whether there is a value left. */
  async load(): Promise<boolean> {
    if (!this.waiting) return true;
    this.#page = await this.#pages.next();
    this.#at = 0;
    this.#value = 0;
    return this.#page !== null;
  }

  /** The next value's text; empty where there is none. */
  text(): string {
    const page = this.#page;
    if (page === null || this.waiting) throw new ParquetFault('a column breaks off');
    const at = this.#at++;
    const there = page.definitions === null || page.definitions[at] === this.#node.defined;
    return there ? (page.texts[this.#value++] ?? '') : '';
  }

  /** All values of the next row. */
  async row(): Promise<Entry[]> {
    const entries: Entry[] = [];
    while (await this.load()) {
      const page = this.#page!;
      const repetition = page.repetitions?.[this.#at] ?? 0;
      if (entries.length > 0 && repetition === 0) break;
      const definition = page.definitions?.[this.#at] ?? this.#node.defined;
      const text = this.text();
      entries.push({ repetition, definition, text: this.#pages.text.bare ? bareJson(text) : JSON.stringify(text) });
    }
    if (entries.length === 0) throw new ParquetFault('a column breaks off');
    return entries;
  }
}

/** A number that JSON has no way to write stands as a text. */
function bareJson(text: string): string {
  return /^-?(\d+(\.\d+)?([eE][+-]?\d+)?|true|false)$/.test(text) ? text : JSON.stringify(text);
}

/** JSON of a nested column's row; empty where it is not there. */
export function nestedText(column: TableColumn, entries: readonly (readonly Entry[])[]): string {
  const byLeaf = new Map(column.leaves.map((leaf, i) => [leaf.leaf, entries[i] ?? []]));
  const text = json(column.node, byLeaf);
  return text === 'null' ? '' : text;
}

type Entries = ReadonlyMap<number, readonly Entry[]>;

function json(node: SchemaNode, entries: Entries): string {
  if (node.element.repetition_type !== 'REPEATED') return single(node, entries);
  return `[${repeats(node, entries)
    .map((each) => single(node, each))
    .join(',')}]`;
}

/** One occurrence of a node. */
function single(node: SchemaNode, entries: Entries): string {
  const first = firstOf(entries);
  if (first === undefined || first.definition < node.defined) return 'null';
  if (node.leaf >= 0) return first.text;
  const [child] = node.children;
  if (child !== undefined && isMap(node)) return mapText(child, entries);
  if (child !== undefined && isList(node)) return listText(child, entries);
  return objectText(node.children.map((each) => [JSON.stringify(each.element.name), json(each, below(each, entries))]));
}

/** A list's repeated group mostly holds the element; in old files it is the element. */
function listText(repeated: SchemaNode, entries: Entries): string {
  const [element] = repeated.children;
  const item = repeated.children.length === 1 && element !== undefined ? element : repeated;
  return `[${repeats(repeated, entries)
    .map((each) => (item === repeated ? single(item, each) : json(item, each)))
    .join(',')}]`;
}

function mapText(entry: SchemaNode, entries: Entries): string {
  const [key, value] = entry.children as [SchemaNode, SchemaNode];
  return objectText(
    repeats(entry, entries).map((each) => {
      const name = json(key, below(key, each));
      return [name.startsWith('"') ? name : JSON.stringify(name), json(value, below(value, each))];
    }),
  );
}

function objectText(pairs: readonly (readonly [name: string, value: string])[]): string {
  return `{${pairs.map(([name, value]) => `${name}:${value}`).join(',')}}`;
}

/** The occurrences of a repeated node, each with the entries below it. */
function repeats(node: SchemaNode, entries: Entries): Entries[] {
  const first = firstOf(entries);
  if (first === undefined || first.definition < node.defined) return [];
  const found: Map<number, Entry[]>[] = [];
  for (const [leaf, all] of entries) {
    let at = -1;
    for (const entry of all) {
      // the first of all begins an occurrence, and so does each at this node's level
      if (at < 0 || entry.repetition <= node.repeated) at++;
      const occurrence = (found[at] ??= new Map<number, Entry[]>());
      const list = occurrence.get(leaf);
      if (list === undefined) occurrence.set(leaf, [entry]);
      else list.push(entry);
    }
  }
  return found;
}

function below(node: SchemaNode, entries: Entries): Entries {
  const leaves = node.leaf >= 0 ? [node.leaf] : leafNumbers(node);
  return new Map(leaves.map((leaf) => [leaf, entries.get(leaf) ?? []]));
}

function leafNumbers(node: SchemaNode): number[] {
  return node.leaf >= 0 ? [node.leaf] : node.children.flatMap(leafNumbers);
}

function firstOf(entries: Entries): Entry | undefined {
  for (const [, [first]] of entries) return first;
  return undefined;
}
