/**
 * The invoices and receipts that Stripe makes as PDF, which buyers of API credits get. The file has no structure but the
 * places of its text, so it is read by rows and columns, by patterns, and by sums that must add up; words of several
 * languages help.
 *
 * An invoice asks for its amount due; a receipt states what was paid, and each refund. Both carry the invoice's number, by
 * which the two documents of one purchase can be made one.
 */
import type { ReadingChoices } from '../../contract/importing.ts';
import { utf8Of } from '../encoding.ts';
import { orderOf, type DateOrder } from './dates.ts';
import { findDate } from './pdfDates.ts';
import type { PdfRow } from './pdfRows.ts';
import { readPdfText, type PdfLimits } from './pdfText.ts';
import { readingOf, type StatementReading } from './reading.ts';
import type { NoStatement } from './readStatement.ts';
import { Source } from './source.ts';
import { documentsOf } from './stripePdfLayout.ts';
import { documentLines } from './stripePdfLines.ts';

export { isPdf, type PdfLimits } from './pdfText.ts';

/** A PDF has no zones: its dates are the vendor's. */
type PdfChoices = Omit<ReadingChoices, 'zone'>;

const NOT_STRIPES =
  'this PDF is no invoice or receipt as Stripe makes them; export the statement as CSV, OFX, CAMT.053 or MT940, or enter it by hand';
const CREDIT_NOTE = 'this is a credit note, which says nothing about cash; take the receipt, which lists each refund';

/** Lines are counted in rows of text over all pages. Without `limits` the time is not bounded. */
export async function readStripePdf(
  name: string,
  bytes: Uint8Array,
  options: PdfChoices,
  limits: PdfLimits | null = null,
): Promise<StatementReading | NoStatement> {
  const text = await readPdfText(bytes, limits);
  const rows = 'rows' in text ? text.rows : [];
  const source = new Source(name, utf8Of(rows.map((row) => row.text).join('\n')), options);
  const documents = documentsOf(rows).filter(({ number }) => number !== null);
  if (documents.length === 0) {
    source.problem(null, null, 'problem' in text ? text.problem : NOT_STRIPES);
    return { problems: source.problems.listed };
  }
  const order = orderAmong(rows, options);
  const lines = documents.flatMap((document) => {
    source.read++;
    if (document.kind !== 'creditNote') return documentLines(source, document, order);
    source.reject(document.number?.row.line ?? null, null, CREDIT_NOTE);
    return [];
  });
  const many = documents.length > 1 ? [`The file holds ${documents.length} documents.`] : [];
  return readingOf(source, {
    format: 'stripe-pdf',
    why: source.why('The PDF has the number and the layout of Stripe.', ...many),
    encoding: null,
    currency: lines[0]?.currency ?? '',
    lines,
  });
}

/** Day and month order of dates in digits; the file's own dates settle it, or the user. */
function orderAmong(rows: readonly PdfRow[], options: PdfChoices): DateOrder | null {
  if (options.dateOrder !== undefined) return options.dateOrder;
  const found = orderOf(rows.flatMap(({ cells }) => cells.flatMap(({ text }) => findDate(text, 'dmy')?.text ?? [])));
  return found === 'dmy' || found === 'mdy' ? found : null;
}
