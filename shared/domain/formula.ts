/** Text that a spreadsheet would run: a row of a foreign file may hold such, and what is copied or written must not. */

const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** What spreadsheets take for the beginning of a formula: the full-width forms too, and a NUL that some readers skip. */
const FORMULA = /^[=+\-@\t\r\u0000＝＋－＠]/;

export function beginsFormula(text: string): boolean {
  return FORMULA.test(text);
}

/** The same with a leading quote where it would be run; numbers stay numbers. */
export function guarded(text: string): string {
  return beginsFormula(text) && !NUMBER.test(text) ? `'${text}` : text;
}
