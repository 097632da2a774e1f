/**
 * Tables as CSV (RFC 4180, CRLF). Text that a spreadsheet would run as a formula is made harmless with a leading quote;
 * numbers stay numbers.
 */
import { beginsFormula, guarded } from '../domain/formula.ts';
import { textBytes } from '../export/zipArchive.ts';
import type { Steps } from './inPieces.ts';

export function csvField(text: string): string {
  return escaped(guarded(text));
}

function escaped(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A field of a column that is known to hold text, or to hold numbers and days: in text a numeral is guarded as well. */
export function csvFieldOf(text: string, holds: 'text' | 'values'): string {
  return holds === 'text' && beginsFormula(text) ? escaped(`'${text}`) : csvField(text);
}

export type CsvRow = readonly (string | number | null)[];

function csvLine(row: CsvRow): string {
  return row.map((cell) => csvField(cell === null ? '' : String(cell))).join(',');
}

export function csvTable(header: readonly string[], rows: Iterable<CsvRow>): string {
  const lines = [csvLine(header)];
  for (const row of rows) lines.push(csvLine(row));
  return lines.join('\r\n') + '\r\n';
}

/** Rows between two looks at the clock. */
const ROWS_A_STEP = 500;

/** The same as UTF-8, in steps: a million rows are longer than a string can be. */
export function* csvFile(header: readonly string[], rows: Iterable<CsvRow>, total: number): Steps<Uint8Array> {
  const parts: Uint8Array[] = [];
  let lines = [csvLine(header)];
  let done = 0;
  const packed = (): void => {
    parts.push(textBytes(lines.join('\r\n') + '\r\n'));
    lines = [];
  };
  for (const row of rows) {
    lines.push(csvLine(row));
    if (++done % ROWS_A_STEP !== 0) continue;
    packed();
    yield { what: 'Rows written', done, total };
  }
  if (lines.length > 0) packed();
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
