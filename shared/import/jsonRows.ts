/**
 * Rows of usage from JSON: one object a line, or a document that holds them. Which members matter is the format's.
 */
import { JsonDocument } from './jsonDocument.ts';
import { textOf } from './encoding.ts';
import type { Head, OpenContext, Reader } from './importer.ts';
import { JsonLineScanner } from './jsonLine.ts';
import { LineSplitter, TOO_LONG_LINE, type LineSink } from './lines.ts';
import { ObjectCells, membersNamed, type Meaning } from './objectCells.ts';
import { blankPlan, type RowPlan, type UsageTarget } from './rowPlan.ts';
import { placeBehind, type Place } from './textPlaces.ts';
import { UsageRows } from './usageRows.ts';

const OPEN_BRACKET = 91;
const OPEN_BRACE = 123;

/** How a format's rows lie in JSON. */
export interface JsonShape {
  /** Keys of the arrays that lead from the document to its rows; none: it is itself an array of rows. */
  readonly levels: readonly string[];
  readonly cells: number;
  /** Members by their path from the row; those of the object around it have `^` before them. */
  meaningOf(path: string): Meaning;
  plan(cells: ObjectCells): RowPlan;
}

/** A shape whose cells are members of fixed names. `plan` gets the cell of each, and what plans have in common. */
export function namedShape(
  levels: readonly string[],
  names: readonly string[],
  plan: (cellOf: (name: string) => number, common: RowPlan) => RowPlan,
): JsonShape {
  const common = blankPlan((cell) => (names[cell] ?? '').replace('^', ''));
  const cellOf = (name: string): number => names.indexOf(name);
  return { levels, cells: names.length, meaningOf: membersNamed(names), plan: () => plan(cellOf, common) };
}

/** Takes objects that are rows. */
export class ObjectRows {
  readonly cells: ObjectCells;
  readonly #rows: UsageRows;

  constructor(target: UsageTarget, context: OpenContext, shape: JsonShape) {
    this.cells = new ObjectCells(shape.cells, (path) => shape.meaningOf(path));
    this.#rows = new UsageRows(target, context, shape.plan(this.cells));
  }

  /** A row's object is `bytes[start .. end]`. */
  row(bytes: Uint8Array, view: DataView, start: number, end: number, placeIn: (offset: number) => Place): void {
    this.cells.begin(start, placeIn);
    const fault = this.cells.scan(bytes, view, start, end);
    if (fault === null) this.#rows.row(this.cells.cells);
    else this.reject(placeIn(fault.at), `the row is no JSON object that can be read: ${fault.message}`);
  }

  reject({ line, column }: Place, message: string): void {
    this.#rows.reject(line, column, message);
  }

  end(): void {
    this.#rows.end();
  }
}

class JsonLines implements Reader, LineSink {
  readonly #lines = new LineSplitter(this);
  readonly #rows: ObjectRows;

  constructor(rows: ObjectRows) {
    this.#rows = rows;
  }

  chunk(bytes: Uint8Array): void {
    this.#lines.push(bytes);
  }

  end(): void {
    this.#lines.end();
    this.#rows.end();
  }

  line(from: number, start: number, end: number, line: number): void {
    const { bytes, view } = this.#lines.window;
    this.#rows.row(bytes, view, start, end, (offset) => placeBehind(bytes, from, offset, line));
  }

  tooLong(line: number): void {
    this.#rows.reject({ line, column: 1 }, TOO_LONG_LINE);
  }
}

/** Index of the first byte that is no white space. */
function firstByte({ bytes }: Head): number {
  let at = 0;
  while (at < bytes.length && (bytes[at] ?? 0) <= 32) at++;
  return at;
}

/** Where the head's first row stands, in an array of objects or by itself; null where there is none. */
export function firstRow(head: Head): { readonly at: number; readonly array: boolean } | null {
  const at = firstByte(head);
  if (head.bytes[at] === OPEN_BRACE) return { at, array: false };
  if (head.bytes[at] !== OPEN_BRACKET) return null;
  const row = head.bytes.indexOf(OPEN_BRACE, at);
  return row < 0 ? null : { at: row, array: true };
}

/** True where the head begins a JSON object or an array. */
export function beginsJson(head: Head): boolean {
  const byte = head.bytes[firstByte(head)];
  return byte === OPEN_BRACE || byte === OPEN_BRACKET;
}

/** Keys of the first object, as far as the head reaches. */
export function firstKeys(head: Head): ReadonlySet<string> {
  const keys = new Set<string>();
  const row = firstRow(head);
  const key = (start: number, end: number): unknown => keys.add(textOf(head.bytes.subarray(start, end)));
  const scanner = new JsonLineScanner({ key, value: () => undefined });
  if (row !== null) scanner.scan(head.bytes, row.at, head.bytes.length);
  return keys;
}

/** A document that is parsed as a whole. */
export function openDocument(target: UsageTarget, context: OpenContext, shape: JsonShape): Reader {
  return new JsonDocument(context, shape.levels, new ObjectRows(target, context, shape));
}

/** An array of rows, or one row a line, as the file begins. */
export function openArrayOrLines(target: UsageTarget, context: OpenContext, shape: JsonShape): Reader {
  if (context.head.bytes[firstByte(context.head)] === OPEN_BRACKET) return openDocument(target, context, shape);
  return new JsonLines(new ObjectRows(target, context, shape));
}
