/**
 * Where things stand on an invoice or receipt of Stripe's: title and fields at the top, the seller beside the customer,
 * the headline in large letters, then the items and the totals. A file may hold several documents one after another.
 */
import { findAmounts, type FoundAmount } from './pdfAmounts.ts';
import { findDate } from './pdfDates.ts';
import type { PdfCell, PdfRow } from './pdfRows.ts';
import { fieldOf, kindOf, totalsRole, type DocumentKind, type FieldName } from './stripePdfWords.ts';

/** A value and the row that it stands in. */
export interface Field {
  readonly text: string;
  readonly row: PdfRow;
}

/** `$1,088.75 USD due October 23, 2026`, in any language. */
export interface Headline extends Field {
  readonly amount: FoundAmount;
  readonly says: 'due' | 'paid' | 'refund' | null;
}

export interface StripeDocument {
  readonly kind: DocumentKind;
  /** What shows the kind. */
  readonly kindBy: string;
  /** With its hyphen, whatever became of that in the file. */
  readonly number: Field | null;
  readonly receiptNumber: Field | null;
  readonly headline: Headline | null;
  readonly fields: ReadonlyMap<FieldName, Field>;
  readonly seller: Field | null;
  /** The rows above the headline. */
  readonly head: readonly PdfRow[];
  /** The rows below it. */
  readonly body: readonly PdfRow[];
}

const NUMBER = /(?<![A-Z0-9])([A-Z0-9]{8})[^A-Za-z0-9]{0,3}(\d{4,6})(?![A-Z0-9])(-CN-?\d+)?/;
/** Accounts may number with a prefix of their own; such a number needs its label. */
const OWN_NUMBER = /(?<![A-Z0-9])([A-Z][A-Z0-9]{1,11})[^A-Za-z0-9]{1,3}(\d{4,8})(?![A-Z0-9])(-CN-?\d+)?/;
const RECEIPT_NUMBER = /^(\d{4})[^A-Za-z0-9]{0,3}(\d{4})$/;
/** Rows below and above the customer's label in which the seller's name may stand, in points. */
const BESIDE = 18;

/** The documents of a file; a page that states an invoice number by its label begins a new one. */
export function documentsOf(rows: readonly PdfRow[]): StripeDocument[] {
  const groups: PdfRow[][] = [];
  let numbered = false;
  for (const page of new Set(rows.map((row) => row.page))) {
    const own = rows.filter((row) => row.page === page);
    const states = labelled(own).has('number');
    const last = groups.at(-1);
    if (last === undefined || (states && numbered)) groups.push(own);
    else last.push(...own);
    numbered = states || (numbered && last !== undefined);
  }
  return groups.map(documentOf);
}

function documentOf(rows: readonly PdfRow[]): StripeDocument {
  const headline = headlineOf(rows);
  const table = rows.findIndex(({ cells }) => cells.length > 1 && findAmounts(cells.at(-1)?.text ?? '').length > 0);
  const at = headline === null ? (table < 0 ? rows.length : table) : rows.indexOf(headline.row);
  const head = rows.slice(0, at);
  const body = rows.slice(headline === null ? at : at + 1);
  const fields = labelled(head);
  const receiptNumber = receiptNumberOf(head, fields);
  const number = numberOf(rows, head, fields);
  const { kind, kindBy } = kindAmong(head, headline, receiptNumber, number);
  return { kind, kindBy, number, receiptNumber, headline, fields, seller: sellerOf(head, number), head, body };
}

/** Labels with what stands beside them, or beneath. */
function labelled(rows: readonly PdfRow[]): Map<FieldName, Field> {
  const fields = new Map<FieldName, Field>();
  for (const [index, row] of rows.entries()) {
    for (const [place, cell] of row.cells.entries()) {
      const field = fieldOf(cell.text);
      if (field === null || fields.has(field)) continue;
      const next = row.cells[place + 1];
      const below = rows[index + 1]?.cells.find(({ x }) => Math.abs(x - cell.x) <= 3);
      const beside = next !== undefined && fieldOf(next.text) === null ? next.text : null;
      const text = /\d/.test(cell.text) ? cell.text : (beside ?? below?.text ?? '');
      if (field === 'number' && numberIn(text, true) === null) {
        // a lost hyphen may have torn the number apart
        const rest = row.cells.slice(place + 1).map((each) => each.text);
        if (numberIn(rest.join(' '), true) === null) continue;
        fields.set(field, { text: rest.join(' '), row });
      } else fields.set(field, { text, row });
    }
  }
  return fields;
}

function numberIn(text: string, labelled: boolean): string | null {
  const match = NUMBER.exec(text) ?? (labelled ? OWN_NUMBER.exec(text) : null);
  if (match === null || (!labelled && !/[A-Z]/.test(match[1] ?? ''))) return null;
  return `${match[1] ?? ''}-${match[2] ?? ''}${match[3] ?? ''}`;
}

function numberOf(
  rows: readonly PdfRow[],
  head: readonly PdfRow[],
  fields: ReadonlyMap<FieldName, Field>,
): Field | null {
  const labelledField = fields.get('number');
  const stated = numberIn(labelledField?.text ?? '', true);
  if (labelledField !== undefined && stated !== null) return { text: stated, row: labelledField.row };
  const alone = (row: PdfRow): string | null =>
    row.cells
      .map(({ text }) => (/^\S{8,14}$|^\S{8} \S{4,6}$/.test(text) ? numberIn(text, false) : null))
      .find((text) => text !== null) ?? null;
  // the foot of each page repeats it together with the headline
  const inFoot = (row: PdfRow): string | null => (findAmounts(row.text).length > 0 ? numberIn(row.text, false) : null);
  for (const row of head) {
    const text = alone(row);
    if (text !== null) return { text, row };
  }
  for (const row of rows) {
    const text = inFoot(row);
    if (text !== null) return { text, row };
  }
  return null;
}

function receiptNumberOf(head: readonly PdfRow[], fields: ReadonlyMap<FieldName, Field>): Field | null {
  const stated = fields.get('receiptNumber');
  const rows = stated === undefined ? head : [stated.row];
  for (const row of rows) {
    // beside a label: alone it may be anything
    for (const { text } of row.cells.slice(1)) {
      const match = RECEIPT_NUMBER.exec(text);
      if (match !== null) return { text: `${match[1] ?? ''}-${match[2] ?? ''}`, row };
    }
  }
  return null;
}

/** The largest text that has an amount and a date in it; the first, where several are as large. */
function headlineOf(rows: readonly PdfRow[]): Headline | null {
  let best: { readonly cell: PdfCell; readonly row: PdfRow; readonly amount: FoundAmount } | null = null;
  for (const row of rows) {
    for (const cell of row.cells) {
      const [amount, ...more] = findAmounts(cell.text);
      if (amount === undefined || more.length > 0 || findDate(cell.text, 'dmy') === null) continue;
      if (best === null || cell.size > best.cell.size + 0.5) best = { cell, row, amount };
    }
  }
  // small print with an amount and a date is not set larger than what stands around it
  const sizes = rows.flatMap(({ cells }) => cells.map(({ size }) => size)).toSorted((one, other) => one - other);
  if (best === null || best.cell.size <= (sizes[sizes.length >> 1] ?? 0) + 0.5) return null;
  const role = totalsRole(best.cell.text);
  const says = role === 'due' || role === 'paid' || role === 'refund' ? role : null;
  return { text: best.cell.text, row: best.row, amount: best.amount, says };
}

function kindAmong(
  head: readonly PdfRow[],
  headline: Headline | null,
  receiptNumber: Field | null,
  number: Field | null,
): Pick<StripeDocument, 'kind' | 'kindBy'> {
  if (/-CN-?\d+$/.test(number?.text ?? '')) return { kind: 'creditNote', kindBy: 'its number' };
  const titles = head
    .flatMap(({ cells }) => cells)
    .filter(({ text }) => kindOf(text) !== null && fieldOf(text) === null);
  const [title] = titles.toSorted((one, other) => other.size - one.size);
  const named = title === undefined ? null : kindOf(title.text);
  if (title !== undefined && named !== null) return { kind: named, kindBy: `the title "${title.text}"` };
  if (receiptNumber !== null) return { kind: 'receipt', kindBy: 'its receipt number' };
  if (headline?.says === 'paid' || headline?.says === 'refund') return { kind: 'receipt', kindBy: 'the headline' };
  return { kind: 'invoice', kindBy: 'no sign of a payment' };
}

/** The seller's name stands beside the customer's label. */
function sellerOf(head: readonly PdfRow[], number: Field | null): Field | null {
  for (const row of head) {
    const customer = row.cells.find(({ text }) => fieldOf(text) === 'billTo');
    if (customer === undefined) continue;
    const near = head
      .filter(({ page, y }) => page === row.page && Math.abs(y - row.y) <= BESIDE)
      .toSorted((one, other) => Math.abs(one.y - row.y) - Math.abs(other.y - row.y));
    for (const each of near) {
      const before = each.cells.filter(({ x }) => x < customer.x - 3);
      const after = each.cells.filter(({ x }) => x > customer.right + 3);
      const found = [...before.slice(0, 1), ...after.slice(0, 1)].find(isName);
      if (found !== undefined) return { text: found.text, row: each };
    }
  }
  // labels of a language that is not known: below the fields, where one address begins beside another
  const columns = head.find(
    ({ line, cells }) => line > (number?.row.line ?? 0) && cells.length > 1 && cells.every(isName),
  );
  const [left] = columns?.cells ?? [];
  return left === undefined || columns === undefined ? null : { text: left.text, row: columns };
}

/** Labels above the seller's name. */
const FROM = /^(from|von|de|da|van|seller|vendor|sold by|issued by)$/i;

function isName({ text }: PdfCell): boolean {
  return (
    /\p{L}{2}/u.test(text) &&
    !FROM.test(text) &&
    fieldOf(text) === null &&
    kindOf(text) === null &&
    findDate(text, 'dmy') === null &&
    numberIn(text, true) === null
  );
}
