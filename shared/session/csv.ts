/**
 * Tables as CSV (RFC 4180, CRLF). Text that a spreadsheet would run as a formula is made harmless with a leading quote;
 * numbers stay numbers.
 */

const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** What spreadsheets take for the beginning of a formula, the full-width forms included. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

export function csvField(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvTable(header: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [header.map(csvField).join(',')];
  for (const row of rows) lines.push(row.map((cell) => csvField(cell === null ? '' : String(cell))).join(','));
  return lines.join('\r\n') + '\r\n';
}
