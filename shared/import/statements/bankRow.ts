/** One row of a bank's CSV as a line, in the sign that the file seems to have: a minus is money that leaves. */
import { minorDigitsOf, parseAmount, type Atoms } from '../../domain/money.ts';
import { plainLine, type Money, type StatementLine } from '../../domain/statement.ts';
import { quoted } from '../problems.ts';
import type { BankRole } from './bankColumns.ts';
import { cellOf, type Layout } from './bankLayout.ts';
import { readDate, readInstantDate } from './dates.ts';
import { faultText, readFigure, type NumberFault } from './numbers.ts';
import { statedReference } from '../../domain/reference.ts';
import type { Source } from './source.ts';
import { CUT_OFF, type Row } from './table.ts';

const DEBIT_MARK =
  /^(s|soll|d|dr|db|dbit|debits?|débit|debet|af|-|out|outgoing|withdrawal|belastung|lastschrift|cargo|dare|sent|rc|rh)$/i;
const CREDIT_MARK =
  /^(h|haben|c|cr|crdt|credits?|crédit|bij|\+|in|incoming|deposit|gutschrift|abono|avere|received|rd|rs)$/i;
/** Marks of a reversed credit, and of a reversed debit. */
const REVERSED_MARK = /^(rc|rd|rh|rs)$/i;
const REVERSAL =
  /\b(storno|storniert|stornierung|reversal|reversed|chargeback|extourne|storno\p{L}*)\b|r(?:ü|ue|u)ck(?:buchung|gabe|lastschrift)/iu;

/** Whether a text is one of the words by which banks mark the direction. */
export function isMark(text: string): boolean {
  return DEBIT_MARK.test(text) || CREDIT_MARK.test(text);
}

/** A row that gives no line: the problem, or null where a question that was asked already keeps it out. */
export type Fault = { readonly role: BankRole; readonly message: string } | null;

export function isLine(read: StatementLine | { readonly fault: Fault }): read is StatementLine {
  return !('fault' in read);
}

/** A figure in the file's own sign; CR is positive, as on the bank's side of the account. */
export function figureAt(layout: Layout, row: Row, role: BankRole): Atoms | NumberFault {
  const figure = readFigure(cellOf(layout.header, row, role), layout.decimal, minorDigitsOf(layout.currency));
  if (typeof figure === 'string') return figure;
  const mark = figure.mark ?? (role === 'amount' ? layout.unmarked : null);
  return mark === 'DR' ? -figure.value : figure.value;
}

export function lineOf(source: Source, layout: Layout, row: Row): StatementLine | { readonly fault: Fault } {
  const cell = (role: BankRole): string => cellOf(layout.header, row, role);
  const fail = (role: BankRole, message: string): { readonly fault: Fault } => ({
    fault: { role, message: `${quoted(cell(role))}: ${message}` },
  });
  if (row.cells.slice(layout.header.width).some((text) => text !== '')) {
    return fail('date', 'the row has more cells than the header');
  }
  if (row.isCut) return fail('date', CUT_OFF);
  const date = dateAt(source, layout, cell('date'));
  if (date === 'ambiguous') return { fault: null };
  if (date === 'invalid') return fail('date', 'this is no date');
  const amount = amountOf(source, layout, row);
  if (amount === 'open' || layout.currency === '') return { fault: null };
  if (typeof amount !== 'bigint') return fail(amount.role, amount.message);
  const currency = cell('currency').toUpperCase() || layout.currency;
  if (currency !== layout.currency) return fail('currency', `the other rows are in ${layout.currency}`);
  for (const role of ['amount', 'debit', 'credit'] as const) {
    const code = /(?<![A-Z])[A-Z]{3}(?![A-Z])/.exec(cell(role))?.[0] ?? currency;
    if (code !== currency) return fail(role, `this is in ${code}, the other rows are in ${currency}`);
  }
  const valueDate = dateAt(source, layout, cell('valueDate'));
  const party = cell('party');
  const text = [party, cell('description')].filter((piece) => piece !== '').join(' | ');
  return plainLine({
    date,
    valueDate: valueDate === 'invalid' || valueDate === 'ambiguous' ? null : valueDate,
    amount,
    currency,
    reference: statedReference(cell('reference')),
    description: text,
    party: party === '' ? null : party,
    id: cell('id') || null,
    kind: cell('kind') || null,
    original: originalOf(layout, row, amount),
    rate: rateOf(layout, cell('rate')),
    reversal: REVERSED_MARK.test(cell('mark')) || REVERSAL.test(`${cell('kind')} ${cell('description')}`.slice(0, 400)),
    line: row.line,
    raw: row.raw,
  });
}

/** The bank's own date; an instant is the day that it falls on in the chosen zone, UTC where none is. */
function dateAt(source: Source, layout: Layout, text: string): ReturnType<typeof readDate> {
  const date = readDate(text, layout.order);
  return date === 'invalid' ? readInstantDate(text, source.options.zone) : date;
}

type Amount = Atoms | 'open' | { readonly role: BankRole; readonly message: string };

function faultOf(role: BankRole, fault: NumberFault): Amount {
  return fault === 'ambiguous' ? 'open' : { role, message: faultText(fault) };
}

/** The amount in canonical sign, taking a minus for money that leaves. */
function amountOf(source: Source, layout: Layout, row: Row): Amount {
  if (!layout.header.columns.has('amount')) return debitOrCredit(source, layout, row);
  const value = figureAt(layout, row, 'amount');
  if (typeof value === 'string') return faultOf('amount', value);
  if (!layout.header.columns.has('mark')) return -value;
  const mark = cellOf(layout.header, row, 'mark');
  const out = DEBIT_MARK.test(mark);
  if (!out && !CREDIT_MARK.test(mark)) return { role: 'mark', message: 'this is neither debit nor credit' };
  const size = value < 0n && out ? -value : value;
  return out !== (source.options.swapDebitCredit === true) ? size : -size;
}

function debitOrCredit(source: Source, layout: Layout, row: Row): Amount {
  const [debit, credit] = [figureAt(layout, row, 'debit'), figureAt(layout, row, 'credit')];
  if (typeof debit === 'string' && debit !== 'empty') return faultOf('debit', debit);
  if (typeof credit === 'string' && credit !== 'empty') return faultOf('credit', credit);
  const out = typeof debit === 'string' ? 0n : layout.signedDebits ? -debit : debit;
  const back = typeof credit === 'string' ? 0n : layout.signedCredits ? -credit : credit;
  if (debit === 'empty' && credit === 'empty') return { role: 'debit', message: 'there is neither debit nor credit' };
  if (out !== 0n && back !== 0n) return { role: 'debit', message: 'there are both a debit and a credit' };
  return source.options.swapDebitCredit === true ? back - out : out - back;
}

/** What was paid in another currency, where the row states it; it has the amount's direction. */
function originalOf(layout: Layout, row: Row, amount: Atoms): Money | null {
  const currency = cellOf(layout.header, row, 'originalCurrency').toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency) || currency === layout.currency) return null;
  const figure = readFigure(cellOf(layout.header, row, 'originalAmount'), layout.decimal, minorDigitsOf(currency));
  if (typeof figure === 'string') return null;
  const size = figure.value < 0n ? -figure.value : figure.value;
  return { currency, amount: amount < 0n ? -size : size };
}

function rateOf({ decimal }: Layout, text: string): Atoms | null {
  if (!/^\d{1,12}(?:[.,]\d{1,12})?$/.test(text) || (decimal === '.' && text.includes(','))) return null;
  const rate = parseAmount(text.replace(',', '.'));
  return typeof rate === 'bigint' ? rate : null;
}
