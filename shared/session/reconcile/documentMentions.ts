/** How files mention documents: a line with an invoice's figures, a refund on a receipt, rows of a cost file by their invoice. */
import { parseAmount, type Atoms } from '../../domain/money.ts';
import type { CalendarDate, StatementLine } from '../../domain/statement.ts';
import { parseInstant, type Instant, type Zone } from '../../domain/time.ts';
import { dateInZone } from '../../import/statements/dates.ts';
import { referenceKey } from '../../domain/reference.ts';
import type { Decisions } from '../../reconcile/log/fold.ts';
import type { StoredSource } from '../../storage/source.ts';
import { eachOf, type Steps } from '../inPieces.ts';
import { plainItem, type Item } from './item.ts';

export interface Mention extends Omit<Item, 'id' | 'side' | 'matchBy'> {
  /** It has a day of its own, and not only those of the charges on it. */
  readonly dated: boolean;
}

/** Formats whose lines are documents, whoever holds them; lines of the others are a bank's. */
const DOCUMENT_FORMATS = ['stripe-invoices', 'stripe-invoice-json', 'stripe-pdf', 'focus', 'billing-history'];

/** Words of vendors for documents that no cash follows. */
const ENDED = ['void', 'voided', 'uncollectible', 'failed', 'declined', 'canceled', 'cancelled'];

export function isDocumentSource({ report }: StoredSource): boolean {
  return DOCUMENT_FORMATS.includes(report.format);
}

export function* mentionSteps({ report, statement }: StoredSource, zone: Zone): Steps<Mention[]> {
  const lines = statement?.lines ?? [];
  const { file, format } = report;
  if (format === 'focus') return chargedDocuments(file, lines, zone);
  // the customer stands in a vendor's own exports, the seller in a document
  const isSeller = format === 'stripe-pdf' || format === 'stripe-invoice-json';
  return yield* eachOf('documents', lines, (line) => lineMention(file, line, isSeller, zone));
}

/** What is billed under one number is what that document asks for. */
function chargedDocuments(file: string, lines: readonly StatementLine[], zone: Zone): Mention[] {
  const documents = new Map<string, StatementLine[]>();
  for (const line of lines) {
    const key = referenceKey(line.reference ?? '');
    if (key === null) continue;
    const rows = documents.get(key);
    if (rows === undefined) documents.set(key, [line]);
    else rows.push(line);
  }
  return [...documents.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const sum = (some: readonly StatementLine[]): Atoms => some.reduce((total, { amount }) => total + amount, 0n);
    const amount = sum(rows);
    const tax = sum(rows.filter(({ charge }) => charge?.category === 'Tax'));
    // usage is billed when its time is over, everything else when it begins
    const times = rows.flatMap(({ charge }) => {
      if (charge === null) return [];
      return [charge.category === 'Usage' ? (charge.until ?? charge.from) : charge.from];
    });
    const at = times.length === 0 ? null : Math.min(...times);
    return [
      mention({
        kind: amount < 0n ? 'credit_note' : 'invoice',
        ...{ at, date: at === null ? first.date : dateInZone(at, zone), dated: false },
        ...{ amount, currency: first.currency, tax, subtotal: amount - tax },
        ...{ reference: first.reference, text: first.description, party: first.party },
        sources: rows.map(({ line }) => ({ file, line })),
      }),
    ];
  });
}

function lineMention(file: string, line: StatementLine, isSeller: boolean, zone: Zone): Mention {
  const { invoice, amount, kind } = line;
  const time = invoice === null ? null : instantOf(invoice.paid ?? invoice.created);
  const status = invoice?.status ?? kind;
  return mention({
    kind: kind === 'refund' ? 'refund' : amount < 0n ? 'credit_note' : kind === 'receipt' ? 'receipt' : 'invoice',
    ...{
      at: time,
      date: time === null ? dayOf(invoice?.paid ?? null, line.date) : dateInZone(time, zone),
      dated: true,
    },
    ...{ amount, currency: line.currency },
    ...{ tax: invoice?.tax ?? null, subtotal: invoice?.subtotal ?? null },
    ...{ reference: line.reference, text: line.description, party: isSeller ? line.party : null },
    status,
    standing:
      status !== null && ENDED.includes(status.toLowerCase()) ? 'void' : status === 'draft' ? 'pending' : 'booked',
    sources: [{ file, line: line.line }],
  });
}

/** A document that a person entered, in the account's currency. Its amounts were checked when it was. */
export function enteredMention(document: Decisions['documents'][number], currency: string): Mention {
  const amount = amountOf(document.amount);
  const tax = document.tax === null ? null : amountOf(document.tax);
  return mention({
    ...{ kind: document.kind, date: document.date, dated: true, at: null, amount, currency },
    ...{ tax, subtotal: amount - (tax ?? 0n), reference: document.number, text: document.text, entry: document.seq },
    status: document.kind === 'receipt' ? 'paid' : null,
  });
}

function amountOf(text: string): Atoms {
  const amount = parseAmount(text);
  if (typeof amount !== 'bigint') throw new RangeError(`${text} is no exact decimal`);
  return amount;
}

function mention(
  known: Pick<Mention, 'kind' | 'date' | 'amount' | 'currency' | 'text' | 'dated'> & Partial<Mention>,
): Mention {
  const { id: _id, side: _side, matchBy: _matchBy, ...item } = plainItem({ ...known, id: '', side: 'document' });
  return { ...item, dated: known.dated };
}

/** Times as the file prints them, in UTC, such as `2026-10-31 23:52`; null where only a day is stated. */
function instantOf(text: string): Instant | null {
  const instant = parseInstant(text);
  if (typeof instant === 'number') return instant;
  return typeof instant === 'object' ? instant.wall : null;
}

function dayOf(stated: string | null, otherwise: CalendarDate): CalendarDate {
  return stated !== null && /^\d{4}-\d{2}-\d{2}$/.test(stated) ? (stated as CalendarDate) : otherwise;
}
