/** Delimited text as rows, each with its place in the file. */
import { CsvScanner, OPEN_END } from '../csvScanner.ts';
import { utf8Of } from '../encoding.ts';
import type { Source } from './source.ts';

export interface Row {
  /** Without the spaces around them. */
  readonly cells: readonly string[];
  /** Line of the file, from 1. */
  readonly line: number;
  readonly raw: string;
  /** The file ends in this row, before the last of its cells. */
  readonly isCut: boolean;
}

/** Says of a row that it is cut. */
export const CUT_OFF =
  'the file ends within this row, which has fewer cells than the one before; it seems to be cut off: fetch it again';

/** Characters in which the header is searched. */
const SEARCHED_LENGTH = 1 << 16;

const DELIMITERS = [';', ',', '\t', '|'];

/**
 * Rows of a table with this delimiter; blank lines are none. With `report`, a line with a broken quote is a problem: a
 * delimiter that is only tried on reports nothing.
 */
function rowsOf(source: Source, bytes: Uint8Array, delimiter: string, report: boolean): Row[] {
  const rows: Row[] = [];
  const scanner = new CsvScanner(delimiter.charCodeAt(0), {
    record: (cells) => {
      const texts = Array.from({ length: cells.count }, (_, cell) => cells.text(cell));
      const inside = cells.placeAt(cells.ends[cells.count - 1] ?? cells.from).line - cells.line;
      rows.push({ cells: texts, line: cells.line, raw: source.lineText(cells.line, inside), isCut: false });
    },
    broken: (line, column, message) => {
      if (report) source.problems.add(line, column, null, message);
    },
  });
  scanner.push(bytes);
  scanner.end();
  return scanner.endsOpen ? withOpenEnd(source, rows, report) : rows;
}

/** Behind the last row there is no line end, as in many files, and in those that were cut off. */
function withOpenEnd(source: Source, rows: readonly Row[], report: boolean): Row[] {
  const [before, last] = [rows.at(-2), rows.at(-1)];
  if (before === undefined || last === undefined) return [...rows];
  const isCut = last.cells.length < before.cells.length;
  if (report && !isCut) source.note(OPEN_END);
  return [...rows.slice(0, -1), { ...last, isCut }];
}

/** The rows of the head under a delimiter: several readers look at the same ones. */
function headRows(source: Source, delimiter: string): readonly Row[] {
  const known = rowsOfHeads.get(source) ?? new Map<string, readonly Row[]>();
  rowsOfHeads.set(source, known);
  const rows = known.get(delimiter) ?? rowsOf(source, utf8Of(source.text.slice(0, SEARCHED_LENGTH)), delimiter, false);
  known.set(delimiter, rows);
  return rows;
}

const rowsOfHeads = new WeakMap<Source, Map<string, readonly Row[]>>();

/** The rows of a file without a header, under the first delimiter for which `fits` says yes of those in the head. */
export function rowsWithoutHeader(source: Source, fits: (rows: readonly Row[]) => boolean): readonly Row[] | null {
  const delimiter = DELIMITERS.find((each) => {
    const rows = headRows(source, each);
    // the last row of a head that is cut is no whole one
    return fits(source.text.length > SEARCHED_LENGTH ? rows.slice(0, -1) : rows);
  });
  return delimiter === undefined ? null : rowsOf(source, utf8Of(source.text), delimiter, true);
}

export interface Table<Header> {
  readonly header: Header;
  readonly headerRow: Row;
  readonly delimiter: string;
  /** Rows before the header, and after it. */
  readonly before: readonly Row[];
  readonly rows: readonly Row[];
}

/** Knows a header row, perhaps by the row behind it; null where it is none. */
export type Recognise<Header> = (row: Row, next: Row | null) => Header | null;

/**
 * The table in a file, by the first row, under any delimiter, that `recognise` knows as a header. A delimiter that fits
 * no header is not the file's, however often it occurs in it.
 */
export function findTable<Header>(
  source: Source,
  recognise: Recognise<Header>,
  searched: number,
): Table<Header> | null {
  let best: { readonly delimiter: string; readonly index: number; readonly width: number } | null = null;
  for (const delimiter of DELIMITERS) {
    const rows = headRows(source, delimiter);
    const index = rows.slice(0, searched).findIndex((row, at) => recognise(row, rows[at + 1] ?? null) !== null);
    const width = rows[index]?.cells.length ?? 0;
    if (index >= 0 && (best === null || width > best.width)) best = { delimiter, index, width };
  }
  if (best === null) return null;
  const rows = rowsOf(source, utf8Of(source.text), best.delimiter, true);
  const headerRow = rows[best.index];
  const header = headerRow === undefined ? null : recognise(headerRow, rows[best.index + 1] ?? null);
  if (header === null || headerRow === undefined) return null;
  const [before, behind] = [rows.slice(0, best.index), rows.slice(best.index + 1)];
  return { header, headerRow, delimiter: best.delimiter, before, rows: behind };
}
