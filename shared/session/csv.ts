/**
 * Tables as CSV (RFC 4180, CRLF). Text that a spreadsheet would run as a formula is made harmless with a leading quote;
 * numbers stay numbers.
 */

const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** What spreadsheets take for the beginning of a formula: the full-width forms too, and a NUL that some readers skip. */
const FORMULA = /^[=+\-@\t\r\u0000＝＋－＠]/;

export function csvField(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return escaped(safe);
}

function escaped(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A field of a column that is known to hold text, or to hold numbers and days: in text a numeral is guarded as well. */
export function csvFieldOf(text: string, holds: 'text' | 'values'): string {
  return holds === 'text' && FORMULA.test(text) ? escaped(`'${text}`) : csvField(text);
}

export function csvTable(header: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [header.map(csvField).join(',')];
  for (const row of rows) lines.push(row.map((cell) => csvField(cell === null ? '' : String(cell))).join(','));
  return lines.join('\r\n') + '\r\n';
}
