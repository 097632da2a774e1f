/** A row of one of Stripe's CSV exports, by column names. */
import { minorDigitsOf, type Atoms } from '../../domain/money.ts';
import type { CalendarDate } from '../../domain/statement.ts';
import { quoted } from '../problems.ts';
import { readDate, readIsoDate, type DateOrder } from './dates.ts';
import { faultText, readNumber, type DecimalMark } from './numbers.ts';
import type { Source } from './source.ts';
import type { Row } from './table.ts';

/** What holds for all rows of an export. */
export interface StripeTable {
  /** Places by plain names. */
  readonly columns: ReadonlyMap<string, number>;
  readonly decimal: DecimalMark;
  /** Of dates that a spreadsheet has rewritten. */
  readonly order: DateOrder | null;
}

/** Stands in a line that is never given, because its row failed. */
const NO_DATE: CalendarDate = '0000-00-00';

/** A figure that cannot be read is reported, and the row then gives no line. */
export class StripeRow {
  readonly row: Row;
  readonly currency: string;
  failed = false;
  readonly #source: Source;
  readonly #table: StripeTable;

  constructor(source: Source, table: StripeTable, row: Row) {
    this.#source = source;
    this.#table = table;
    this.row = row;
    this.currency = this.text('currency').toUpperCase();
    if (!/^[A-Z]{3}$/.test(this.currency)) this.problem('currency', 'this is no currency');
  }

  has(name: string): boolean {
    return this.#table.columns.has(name);
  }

  text(name: string): string {
    return this.row.cells[this.#table.columns.get(name) ?? -1] ?? '';
  }

  date(name: string): CalendarDate {
    const iso = readIsoDate(this.text(name));
    const date = iso === 'invalid' ? readDate(this.text(name), this.#table.order) : iso;
    if (date !== 'invalid' && date !== 'ambiguous') return date;
    const either = 'day and month may be either way round; say which comes first';
    this.problem(name, date === 'ambiguous' ? either : 'this is no date');
    return NO_DATE;
  }

  /** Null where the cell is empty or there is no such column. */
  optional(name: string, currency = this.currency): Atoms | null {
    const value = readNumber(this.text(name), this.#table.decimal, minorDigitsOf(currency));
    if (typeof value === 'bigint') return value;
    if (value !== 'empty') this.problem(name, faultText(value));
    return null;
  }

  amount(name: string): Atoms {
    const value = this.optional(name);
    if (value === null && this.text(name) === '') this.problem(name, 'there is no amount');
    return value ?? 0n;
  }

  /** Keeps the row out: the first problem of a row counts it as rejected. */
  problem(name: string, message: string): void {
    const said = `${quoted(this.text(name))}: ${message}`;
    if (this.failed) this.#source.problem(this.row.line, name, said);
    else this.#source.reject(this.row.line, name, said);
    this.failed = true;
  }

  /** What does not hold, or cannot be told, is reported; the line stays. */
  mismatch(name: string, message: string): void {
    this.#source.problem(this.row.line, name, message);
  }
}
