/**
 * A row of Stripe's payments export (`unified_payments.csv`): what the customer paid, and what went back to him, each
 * dated by its own day. A payment that failed or was never taken moved no money.
 */
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { plainLine, type Money, type StatementLine } from '../../domain/statement.ts';
import { statedReference } from '../../domain/reference.ts';
import type { StripeRow } from './stripeRow.ts';

/** When it was paid: the name of today, and the older one. */
export const PAYMENT_DATES = ['createddateutc', 'createdutc', 'createddate', 'created'];

/** Columns that no other export has; the user chooses which are there. */
export const PAYMENT_MARKS = [
  ...['amountrefunded', 'convertedamount', 'convertedamountrefunded', 'convertedcurrency', 'captured'],
  ...['declinereason', 'refundeddateutc', 'sellermessage', 'taxesonfee', 'cardid', 'paymentintentid'],
];

const MOVED =
  /^(paid|succeeded|successful|complete|completed|captured|(fully |partially |partial )?refund(ed)?|disputed)$/;
const NOT_MOVED =
  /^(failed|cancell?ed|blocked|incomplete|expired|pending|processing|in review|uncaptured|requires .*|abandoned)$/;

/**
 * The payment and its refund; none where no money moved. Those are counted in `unpaid`, by the word of the export.
 */
export function paymentLines(row: StripeRow, unpaid: Map<string, number>): StatementLine[] {
  const status = row.text('status');
  const word = status.toLowerCase().replaceAll('_', ' ').trim();
  const taken = !/^(false|no|0)$/i.test(row.text('captured'));
  if (NOT_MOVED.test(word) || !taken) {
    const why = NOT_MOVED.test(word) ? status : 'not captured';
    unpaid.set(why, (unpaid.get(why) ?? 0) + 1);
    return [];
  }
  if (word !== '' && !MOVED.test(word))
    row.problem('status', 'this status is not known, so whether money moved is open');
  const amount = row.amount('amount');
  const date = row.date(PAYMENT_DATES.find((name) => row.has(name)) ?? 'created');
  const id = row.text('id');
  const settled = row.text('convertedcurrency').toUpperCase();
  const same = settled === '' || settled === row.currency;
  // the fee is taken from the seller's balance, in its currency
  const fee = same ? row.optional('fee') : null;
  const original = converted(row, 'convertedamount', settled);
  if (amount < 0n) row.problem('amount', 'a payment is positive');
  if (row.failed) return [];
  const payment = plainLine({
    ...{ date, amount, currency: row.currency, id: id === '' ? null : id },
    ...{ reference: statedReference(row.text('invoiceid')), description: row.text('description') },
    ...{ kind: status === '' ? null : status, original, fee, line: row.row.line, raw: row.row.raw },
  });
  const refund = refundOf(row, payment, settled);
  return refund === null ? [payment] : [payment, refund];
}

/** What was refunded is one sum, dated by the last refund. */
function refundOf(row: StripeRow, payment: StatementLine, settled: string): StatementLine | null {
  const refunded = row.optional('amountrefunded');
  if (refunded === null || refunded === 0n) return null;
  const value = refunded < 0n ? -refunded : refunded;
  const original = converted(row, 'convertedamountrefunded', settled);
  if (value > payment.amount) {
    const message = `${formatAtoms(value)} was refunded, more than the ${formatAtoms(payment.amount)} paid`;
    row.problem('amountrefunded', message);
    return null;
  }
  if (row.text('refundeddateutc') === '') {
    row.problem('refundeddateutc', 'the refund has no date; choose the column "Refunded date (UTC)" in the export');
    return null;
  }
  const date = row.date('refundeddateutc');
  if (row.failed) return null;
  return {
    ...payment,
    ...{ date, amount: -value, fee: null, kind: 'refund', id: payment.id === null ? null : `${payment.id}/refund` },
    original:
      original === null ? null : { ...original, amount: original.amount < 0n ? original.amount : -original.amount },
  };
}

/** What it was in the currency of the seller's balance; null where that is the same. */
function converted(row: StripeRow, name: string, currency: string): Money | null {
  if (currency === '' || currency === row.currency) return null;
  const amount: Atoms | null = row.optional(name, currency);
  return amount === null ? null : { amount, currency };
}
