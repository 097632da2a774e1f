/**
 * The CSV exports of Stripe's Dashboard, which the seller has: invoices, payments, payouts, itemized balance change.
 * Columns are found by name, since the user chooses and orders them. Dates are those that the file prints, in UTC.
 */
import { formatAtoms } from '../../domain/money.ts';
import { plainLine, type StatementLine } from '../../domain/statement.ts';
import { plain } from './bankColumns.ts';
import { orderOf, readIsoDate, type DateOrder } from './dates.ts';
import { invoiceProblem } from './invoice.ts';
import { provenMark, type DecimalMark } from './numbers.ts';
import { readingOf, type StatementReading } from './reading.ts';
import { statedReference } from '../../domain/reference.ts';
import type { Source } from './source.ts';
import { PAYMENT_DATES, PAYMENT_MARKS, paymentLines } from './stripePayments.ts';
import { StripeRow } from './stripeRow.ts';
import { CUT_OFF, findTable } from './table.ts';

interface Kind {
  readonly format: string;
  readonly why: string;
  /** Plain names of the columns that make the table one of this kind; of an array, one is enough. */
  readonly needs: readonly (string | readonly string[])[];
  /** `unpaid` counts rows that moved no money, by their status. */
  readonly read: (row: StripeRow, unpaid: Map<string, number>) => readonly StatementLine[];
}

const KINDS: readonly Kind[] = [
  {
    format: 'stripe-invoices',
    why: "The columns are those of Stripe's invoices export.",
    needs: ['number', 'amountdue', 'total', 'status', 'currency', 'dateutc'],
    read: invoiceLine,
  },
  {
    format: 'stripe-balance',
    why: "The columns are those of Stripe's itemized balance change report. Payouts are money that comes back.",
    needs: ['balancetransactionid', 'createdutc', 'currency', 'gross', 'fee', 'net'],
    read: balanceLine,
  },
  {
    format: 'stripe-payouts',
    why: "The columns are those of Stripe's payouts export. Payouts are money that comes back.",
    needs: ['id', 'amount', 'arrivaldateutc', 'createdutc', 'currency', 'status', 'balancetransaction'],
    read: payoutLine,
  },
  {
    format: 'stripe-payments',
    why: "The columns are those of Stripe's payments export.",
    needs: ['id', 'amount', 'currency', PAYMENT_DATES, PAYMENT_MARKS],
    read: paymentLines,
  },
];

interface StripeHeader {
  readonly kind: Kind;
  readonly columns: ReadonlyMap<string, number>;
}

const MONEY =
  /^((converted)?amount.*|gross|fee|net|subtotal|tax|total|startingbalance|endingbalance|exclusivetaxamount|totaldiscountamount|customerfacingamount)$/;
const DATES = /date|(utc|at)$/;

/** Null where the table is none of Stripe's. */
export function readStripeCsv(source: Source): StatementReading | null {
  const table = findTable(source, ({ cells }) => headerOf(cells), 1);
  if (table === null) return null;
  const { kind, columns } = table.header;
  const texts = (names: RegExp): string[] =>
    [...columns].flatMap(([name, column]) =>
      names.test(name) ? table.rows.map(({ cells }) => cells[column] ?? '') : [],
    );
  const layout = { columns, decimal: markOf(source, texts(MONEY)), order: dayOrderOf(source, texts(DATES)) };
  const unpaid = new Map<string, number>();
  const lines = table.rows.flatMap((row) => {
    if (!row.isCut) return kind.read(new StripeRow(source, layout, row), unpaid);
    source.reject(row.line, null, CUT_OFF);
    return [];
  });
  source.read = lines.length + source.rejected;
  if (unpaid.size > 0) {
    const counts = [...unpaid].map(([status, count]) => `${count} ${status}`);
    source.note(`Payments that moved no money were left out: ${counts.join(', ')}.`);
  }
  return readingOf(source, {
    format: kind.format,
    why: source.why(kind.why, 'Dates are in UTC, as the file prints them.'),
    header: table.headerRow.cells,
    currency: lines[0]?.currency ?? '',
    lines,
  });
}

/** European exports have decimal commas; a file without any decimals has Stripe's default. */
function markOf(source: Source, figures: readonly string[]): DecimalMark {
  const proven = new Set(figures.map(provenMark));
  proven.delete(null);
  const [only] = proven;
  return source.options.decimal ?? (proven.size === 1 && only === ',' ? ',' : '.');
}

function dayOrderOf(source: Source, dates: readonly string[]): DateOrder | null {
  const found = orderOf(dates);
  return source.options.dateOrder ?? (found === 'dmy' || found === 'mdy' ? found : null);
}

function headerOf(cells: readonly string[]): StripeHeader | null {
  const columns = new Map(cells.map((cell, column) => [plain(cell), column]));
  const has = (need: string | readonly string[]): boolean =>
    typeof need === 'string' ? columns.has(need) : need.some((name) => columns.has(name));
  const kind = KINDS.find(({ needs }) => needs.every(has));
  return kind === undefined ? null : { kind, columns };
}

function invoiceLine(row: StripeRow): StatementLine[] {
  const paid = row.text('paidatutc');
  const figures = {
    status: row.text('status'),
    created: row.text('dateutc'),
    paid: paid === '' ? null : paid,
    subtotal: row.amount('subtotal'),
    tax: row.optional('tax') ?? 0n,
    total: row.amount('total'),
    startingBalance: row.optional('startingbalance') ?? 0n,
    amountDue: row.amount('amountdue'),
    amountPaid: row.optional('amountpaid') ?? 0n,
  };
  const date = row.date('dateutc');
  const endingBalance = row.optional('endingbalance');
  const exclusiveTax = row.optional('exclusivetaxamount');
  const discount = row.optional('totaldiscountamount');
  if (row.failed) return [];
  const wrong = invoiceProblem(figures, { endingBalance, exclusiveTax, discount });
  if (wrong !== null) row.mismatch('Total', wrong);
  const line = plainLine({
    date,
    amount: figures.amountDue,
    currency: row.currency,
    reference: statedReference(row.text('number')),
    description: row.text('description'),
    party: row.text('customername') || null,
    id: row.text('id') || null,
    kind: figures.status,
    invoice: figures,
    line: row.row.line,
    raw: row.row.raw,
  });
  return [line];
}

function balanceLine(row: StripeRow): StatementLine[] {
  const [gross, fee, net] = [row.amount('gross'), row.amount('fee'), row.amount('net')];
  const date = row.date('createdutc');
  const available = readIsoDate(row.text('availableonutc'));
  if (row.failed) return [];
  if (gross - fee !== net) {
    const message = `gross ${formatAtoms(gross)} less fee ${formatAtoms(fee)} is not net ${formatAtoms(net)}`;
    row.mismatch('net', message);
  }
  const currency = row.text('customerfacingcurrency').toUpperCase();
  const facing = currency === '' || currency === row.currency ? null : row.optional('customerfacingamount', currency);
  const line = plainLine({
    date,
    valueDate: available === 'invalid' ? null : available,
    amount: gross,
    currency: row.currency,
    reference: statedReference(row.text('invoiceid')) ?? statedReference(row.text('sourceid')),
    description: row.text('description'),
    id: row.text('balancetransactionid'),
    kind: row.text('reportingcategory') || null,
    original: facing === null ? null : { amount: facing, currency },
    fee,
    line: row.row.line,
    raw: row.row.raw,
  });
  return [line];
}

function payoutLine(row: StripeRow): StatementLine[] {
  const amount = row.amount('amount');
  const [date, valueDate] = [row.date('createdutc'), row.date('arrivaldateutc')];
  if (row.failed) return [];
  const line = plainLine({
    date,
    valueDate,
    // it arrives on the seller's bank account, where it is a credit
    amount: -amount,
    currency: row.currency,
    reference: statedReference(row.text('balancetransaction')),
    description: row.text('description'),
    id: row.text('id'),
    kind: row.text('status') || null,
    line: row.row.line,
    raw: row.row.raw,
  });
  return [line];
}
