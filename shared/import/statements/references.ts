/** Invoice numbers in running text. */

/** What stands before an invoice's number in a text; the number itself has a digit and is no date. */
const NAMED =
  /(?<!\p{L})(?:rechnung|invoice|facture|factura|fattura|factuur|inv)(?:s?[ -]?(?:nummer|number|nr|no|num))?[.:# ]{1,3}(?<id>[\p{L}\d][\p{L}\d/-]{2,30})/iu;
/** A number of letters and digits in parts, as vendors number their invoices: `HLCN2K7Q-0012`, `BW-2026-118`. */
const PARTED =
  /(?<![\p{L}\d-])(?=[\p{L}\d-]*\p{L})(?=[\p{L}\d-]*\d)[\p{Lu}\d]{2,12}(?:-[\p{Lu}\d]{2,12}){1,3}(?![\p{L}\d-])/u;
const DATE = /^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}$/;

/** An invoice's number as it stands in a text, for showing only: what lines are matched by is more than this finds. */
export function referenceInText(text: string): string | null {
  const named = NAMED.exec(text)?.groups?.['id'] ?? null;
  if (named !== null && /\d/.test(named) && !DATE.test(named)) return named;
  return PARTED.exec(text)?.[0] ?? null;
}
