/** The head of a file: what importers recognise it by. */
import type { Cells } from './cells.ts';
import { CsvScanner } from './csvScanner.ts';
import { textOf } from './encoding.ts';
import { HEAD_BYTES, type Head, type HeadTable } from './importer.ts';

const LF = 10;
const CR = 13;
const DELIMITERS = [',', ';', '\t', '|'].map((text) => text.charCodeAt(0));

/** Records that a delimiter is judged by. */
const SNIFFED_RECORDS = 50;

/** Most rows that room is made for at once: short first lines must not claim the memory of billions. */
const MOST_ESTIMATED = 1 << 24;

/** `sep=;`, which spreadsheets write before the header. */
const SEPARATOR_LINE = /^"?sep=([^\r\n])"?(?:\r\n|\r|\n|$)/i;

/** `bytes` are the file's first, in UTF-8; `whole` says that there are no more. */
export function headOf(name: string, bytes: Uint8Array, whole: boolean): Head {
  const cut = bytes.length > HEAD_BYTES;
  const head = bytes.slice(0, cut ? lastCharacterEnd(bytes, HEAD_BYTES) : bytes.length);
  const text = textOf(head);
  return { name, bytes: head, text, whole: whole && !cut, table: tableOf(head, text, whole && !cut) };
}

/** Not in the middle of a UTF-8 character, which would make the whole head look like another encoding. */
function lastCharacterEnd(bytes: Uint8Array, limit: number): number {
  let end = limit;
  while (end > limit - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return end;
}

/** Rows of a file, estimated from the length of the head's lines; null: the file's size is not known. */
export function estimateRows(head: Head, textBytes: number | null): number {
  let lines = 0;
  for (let i = 0; i < head.bytes.length; i++) {
    const byte = head.bytes[i];
    if (byte === LF || (byte === CR && head.bytes[i + 1] !== LF)) lines++;
  }
  // one in fifty more, because later rows are often longer or shorter than the first
  const rows =
    head.whole || lines === 0 || textBytes === null
      ? lines + 1
      : Math.ceil((textBytes / head.bytes.length) * lines * 1.02) + 16;
  return Math.min(rows, MOST_ESTIMATED);
}

function tableOf(bytes: Uint8Array, text: string, whole: boolean): HeadTable | null {
  const separator = SEPARATOR_LINE.exec(text);
  if (separator !== null) {
    const delimiter = (separator[1] ?? '').charCodeAt(0);
    const header = sniff(bytes.subarray(separator[0].length), delimiter, whole)?.header ?? [];
    return delimiter < 128 && header.length > 0 ? { delimiter, separatorLine: true, header } : null;
  }
  let best: { readonly delimiter: number; readonly sniffed: Sniffed } | null = null;
  for (const delimiter of DELIMITERS) {
    const sniffed = sniff(bytes, delimiter, whole);
    if (sniffed !== null && sniffed.header.length > 1 && (best === null || better(sniffed, best.sniffed))) {
      best = { delimiter, sniffed };
    }
  }
  return best === null ? null : { delimiter: best.delimiter, separatorLine: false, header: best.sniffed.header };
}

interface Sniffed {
  readonly header: readonly string[];
  /** Share of records as wide as the header. */
  readonly even: number;
}

function better(one: Sniffed, other: Sniffed): boolean {
  return one.even === other.even ? one.header.length > other.header.length : one.even > other.even;
}

/** The head as a table with this delimiter. */
function sniff(bytes: Uint8Array, delimiter: number, whole: boolean): Sniffed | null {
  const header: string[] = [];
  let records = 0;
  let even = 0;
  const record = (cells: Cells): void => {
    if (records++ === 0) for (let cell = 0; cell < cells.count; cell++) header.push(cells.text(cell));
    if (records <= SNIFFED_RECORDS && cells.count === header.length) even++;
  };
  const scanner = new CsvScanner(delimiter, { record, broken: () => records++ });
  scanner.push(bytes);
  // the last line of a cut head is no record
  if (whole || records === 0) scanner.end();
  if (header.length === 0) return null;
  return { header, even: even / Math.min(records, SNIFFED_RECORDS) };
}
