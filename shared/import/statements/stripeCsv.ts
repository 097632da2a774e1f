/**
 * The CSV exports of Stripe's Dashboard, which the seller has: invoices, payouts, itemized balance change. Columns are
 * found by name, since the user chooses and orders them. Dates are those that the file prints, in UTC.
 */
import { formatAtoms, minorDigitsOf, type Atoms } from '../../domain/money.ts';
import { quoted } from '../problems.ts';
import { plain } from './bankColumns.ts';
import { readIsoDate } from './dates.ts';
import { invoiceProblem } from './invoice.ts';
import { plainLine, type CalendarDate, type Statement, type StatementLine } from './line.ts';
import { faultText, provenMark, readNumber, type DecimalMark } from './numbers.ts';
import { statedReference } from './references.ts';
import type { Source } from './source.ts';
import { findTable, type Row } from './table.ts';

interface Kind {
  readonly format: string;
  readonly why: string;
  /** Plain names of the columns that make the table one of this kind. */
  readonly needs: readonly string[];
  read(row: StripeRow): StatementLine | null;
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
];

interface StripeHeader {
  readonly kind: Kind;
  readonly columns: ReadonlyMap<string, number>;
}

const MONEY =
  /^(amount.*|gross|fee|net|subtotal|tax|total|startingbalance|endingbalance|exclusivetaxamount|totaldiscountamount)$/;

/** Null where the table is none of Stripe's. */
export function readStripeCsv(source: Source): Statement | null {
  const table = findTable(source, ({ cells }) => headerOf(cells), 1);
  if (table === null) return null;
  const { kind, columns } = table.header;
  const money = [...columns].flatMap(([name, column]) => (MONEY.test(name) ? [column] : []));
  const proven = new Set(table.rows.flatMap(({ cells }) => money.map((column) => provenMark(cells[column] ?? ''))));
  proven.delete(null);
  const [only] = proven;
  // European exports have decimal commas; a file without any decimals has Stripe's default
  const decimal = source.options.decimal ?? (proven.size === 1 && only === ',' ? ',' : '.');
  const lines = table.rows.flatMap((row) => kind.read(new StripeRow(source, columns, row, decimal)) ?? []);
  return {
    format: kind.format,
    why: source.why(kind.why, 'Dates are in UTC, as the file prints them.'),
    account: null,
    currency: lines[0]?.currency ?? '',
    opening: null,
    closing: null,
    lines,
    problems: source.problems.listed,
    tie: null,
  };
}

function headerOf(cells: readonly string[]): StripeHeader | null {
  const columns = new Map(cells.map((cell, column) => [plain(cell), column]));
  const kind = KINDS.find(({ needs }) => needs.every((name) => columns.has(name)));
  return kind === undefined ? null : { kind, columns };
}

/** Stands in a line that is never given, because its row failed. */
const NO_DATE: CalendarDate = '0000-00-00';

/** A row by column names. A figure that cannot be read is reported, and the row then gives no line. */
class StripeRow {
  readonly row: Row;
  readonly currency: string;
  failed = false;
  readonly #source: Source;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #decimal: DecimalMark;

  constructor(source: Source, columns: ReadonlyMap<string, number>, row: Row, decimal: DecimalMark) {
    this.#source = source;
    this.#columns = columns;
    this.#decimal = decimal;
    this.row = row;
    this.currency = this.text('currency').toUpperCase();
    if (!/^[A-Z]{3}$/.test(this.currency)) this.problem('currency', 'this is no currency');
  }

  text(name: string): string {
    return this.row.cells[this.#columns.get(name) ?? -1] ?? '';
  }

  date(name: string): CalendarDate {
    const date = readIsoDate(this.text(name));
    if (date !== 'invalid') return date;
    this.problem(name, 'this is no date');
    return NO_DATE;
  }

  /** Null where the cell is empty or there is no such column. */
  optional(name: string): Atoms | null {
    const value = readNumber(this.text(name), this.#decimal, minorDigitsOf(this.currency));
    if (typeof value === 'bigint') return value;
    if (value !== 'empty') this.problem(name, faultText(value));
    return null;
  }

  amount(name: string): Atoms {
    const value = this.optional(name);
    if (value === null && this.text(name) === '') this.problem(name, 'there is no amount');
    return value ?? 0n;
  }

  problem(name: string, message: string): void {
    this.failed = true;
    this.#source.problem(this.row.line, name, `${quoted(this.text(name))}: ${message}`);
  }

  /** Arithmetic that does not hold is reported; the line stays. */
  mismatch(name: string, message: string): void {
    this.#source.problem(this.row.line, name, message);
  }
}

function invoiceLine(row: StripeRow): StatementLine | null {
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
  if (row.failed) return null;
  const wrong = invoiceProblem(figures, { endingBalance, exclusiveTax, discount });
  if (wrong !== null) row.mismatch('Total', wrong);
  return plainLine({
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
}

function balanceLine(row: StripeRow): StatementLine | null {
  const [gross, fee, net] = [row.amount('gross'), row.amount('fee'), row.amount('net')];
  const date = row.date('createdutc');
  const available = readIsoDate(row.text('availableonutc'));
  if (row.failed) return null;
  if (gross - fee !== net) {
    const message = `gross ${formatAtoms(gross)} less fee ${formatAtoms(fee)} is not net ${formatAtoms(net)}`;
    row.mismatch('net', message);
  }
  const currency = row.text('customerfacingcurrency').toUpperCase();
  const facing = currency === '' || currency === row.currency ? null : row.optional('customerfacingamount');
  return plainLine({
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
}

function payoutLine(row: StripeRow): StatementLine | null {
  const amount = row.amount('amount');
  const [date, valueDate] = [row.date('createdutc'), row.date('arrivaldateutc')];
  if (row.failed) return null;
  return plainLine({
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
}
