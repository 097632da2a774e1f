/**
 * JSON objects as the cells of a row: each wanted member, also one inside another (`amount.value`), goes to its cell.
 * Values are copied out of the text, with their escapes resolved and numbers as they are written; the text is left as it
 * is, so that every cell keeps its place in it.
 */
import { Cells } from './cells.ts';
import { JsonLineScanner, unescape, type ValueKind } from './jsonLine.ts';
import { NameTable } from './names.ts';
import { quoted } from './problems.ts';
import { NONE } from './rowPlan.ts';
import type { Place } from './textPlaces.ts';

const LETTER_N = 110;
/** Bytes behind a cell that may be read. */
const SLACK = 8;

/** What a member is, by the keys that lead to it, with points between them. */
export interface Meaning {
  /** `NONE`: its value is not wanted. */
  readonly cell: number;
  /** Where several members mean the same, the lowest is read. */
  readonly rank: number;
  /** There may be wanted members inside. */
  readonly opens: boolean;
}

/** Members that are known by name: cell `i` is the member `names[i]`. */
export function membersNamed(names: readonly string[]): (path: string) => Meaning {
  return (path) => ({ cell: names.indexOf(path), rank: 0, opens: names.some((name) => name.startsWith(`${path}.`)) });
}

/** Cells that were copied out of a text, and know where they stood. */
class PlacedCells extends Cells {
  /** Where each cell, and the row, stood in the text. */
  readonly origins: Int32Array;
  origin = 0;
  placeIn: (offset: number) => Place = () => ({ line: this.line, column: 1 });

  constructor(count: number) {
    super(count);
    this.count = count;
    this.origins = new Int32Array(count);
  }

  override placeOf(cell: number): { line: number; column: number } {
    return this.placeIn(cell >= 0 && cell < this.count ? (this.origins[cell] ?? 0) : this.origin);
  }
}

/** A path of keys that was seen. */
interface Known extends Meaning {
  readonly path: string;
  /** By the key's code. */
  readonly inside: (Known | undefined)[];
}

export interface ObjectFault {
  readonly at: number;
  readonly message: string;
}

export class ObjectCells {
  readonly cells: PlacedCells;
  readonly #meaningOf: (path: string) => Meaning;
  readonly #scanner = new JsonLineScanner(this);
  readonly #keys = new NameTable('');
  /** Known paths by the prefix that a scan began with. */
  readonly #roots = new Map<string, Known>();
  readonly #pathOfCell: (Known | null)[];
  /** Objects inside that are to be scanned: what they are, and from where to where. */
  readonly #waiting: { readonly known: Known; readonly start: number; readonly end: number }[] = [];
  #text: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#text.buffer);
  #within: Known | null = null;
  #member: Known | null = null;
  #fault: ObjectFault | null = null;
  /** Bytes of the cells' own buffer in use. */
  #used = 0;
  /** What `keep` keeps. */
  #kept = 0;
  readonly #keptCells: number[] = [];

  constructor(count: number, meaningOf: (path: string) => Meaning) {
    this.cells = new PlacedCells(count);
    this.#meaningOf = meaningOf;
    this.#pathOfCell = Array.from({ length: count }, () => null);
    this.#room(1 << 10);
  }

  /** The path that the last object had for a cell; null where it had none. */
  pathOf(cell: number): string | null {
    return this.#pathOfCell[cell]?.path ?? null;
  }

  /** Forgets every cell. */
  clear(): void {
    this.#kept = 0;
    this.#keptCells.length = 0;
    this.#restart();
  }

  /** The cells that are filled now stay for all rows until `clear`. */
  keep(): void {
    this.#kept = this.#used;
    this.#keptCells.length = 0;
    for (let cell = 0; cell < this.cells.count; cell++) {
      if (this.#pathOfCell[cell] !== null) this.#keptCells.push(cell);
    }
  }

  /** Begins a row whose object starts at `origin` of the text. */
  begin(origin: number, placeIn: (offset: number) => Place): void {
    this.#restart();
    const { cells } = this;
    cells.origin = origin;
    cells.placeIn = placeIn;
    cells.line = placeIn(origin).line;
    for (let cell = 0; cell < cells.count; cell++) if (this.#pathOfCell[cell] === null) cells.origins[cell] = origin;
  }

  /** Fills cells from the object `bytes[start .. end]`; `view` is over the same bytes. Paths begin with `prefix`. */
  scan(bytes: Uint8Array, view: DataView, start: number, end: number, prefix = ''): ObjectFault | null {
    this.#text = bytes;
    this.#view = view;
    this.#fault = null;
    let root = this.#roots.get(prefix);
    if (root === undefined) {
      root = { path: prefix, cell: NONE, rank: 0, opens: true, inside: [] };
      this.#roots.set(prefix, root);
    }
    this.#waiting.push({ known: root, start, end });
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      this.#within = next.known;
      const broken = this.#scanner.scan(bytes, next.start, next.end);
      if (broken !== null) this.#fault ??= { at: broken.at, message: `expected ${broken.message}` };
    }
    return this.#fault;
  }

  key(start: number, end: number): void {
    const within = this.#within;
    if (within === null) return;
    const code = this.#keys.codeOf(this.#text, this.#view, start, end);
    let member = within.inside[code];
    if (member === undefined) {
      const name = this.#keys.names[code] ?? '';
      const path = within.path === '' || within.path === '^' ? within.path + name : `${within.path}.${name}`;
      member = { path, ...this.#meaningOf(path), inside: [] };
      within.inside[code] = member;
    }
    this.#member = member;
  }

  value(kind: ValueKind, start: number, end: number): void {
    const member = this.#member;
    if (member === null) return;
    if (kind === 'nested') {
      if (member.opens && this.#text[start] === 123) this.#waiting.push({ known: member, start, end });
      return;
    }
    const { cell } = member;
    if (cell === NONE || (kind === 'literal' && this.#text[start] === LETTER_N)) return;
    const before = this.#pathOfCell[cell] ?? null;
    if (before === member) {
      this.#fault ??= { at: start, message: `the key ${quoted(member.path)} stands twice in this object` };
    }
    if (before !== null && before.rank <= member.rank) return;
    this.#pathOfCell[cell] = member;
    this.#copy(cell, kind, start, end);
  }

  #copy(cell: number, kind: ValueKind, start: number, end: number): void {
    this.#room(end - start);
    const { cells } = this;
    const from = this.#used;
    let to = from + end - start;
    cells.bytes.set(this.#text.subarray(start, end), from);
    this.#used = to;
    if (kind === 'escaped') {
      to = unescape(cells.bytes, from, to);
      if (to < 0) this.#fault ??= { at: start, message: 'this string has a malformed escape' };
    }
    cells.starts[cell] = from;
    cells.ends[cell] = Math.max(from, to);
    cells.origins[cell] = start;
  }

  #restart(): void {
    const { starts, ends } = this.cells;
    this.#used = this.#kept;
    for (let cell = 0; cell < this.cells.count; cell++) {
      if (this.#keptCells.includes(cell)) continue;
      this.#pathOfCell[cell] = null;
      starts[cell] = 0;
      ends[cell] = 0;
    }
  }

  /** Makes room for so many bytes more. */
  #room(wanted: number): void {
    const { cells } = this;
    if (this.#used + wanted + SLACK <= cells.bytes.length) return;
    const larger = new Uint8Array(2 * (this.#used + wanted + SLACK));
    larger.set(cells.bytes.subarray(0, this.#used));
    cells.bytes = larger;
    cells.view = new DataView(larger.buffer);
  }
}
