/**
 * FOCUS, the vendors' cost and usage files: one line a row with what is billed. Prepaid credits are billed when they are
 * bought; usage that they pay for is billed 0 and has its worth in the effective cost. What is billed under one invoice
 * number is what that invoice demands, which is how the file is reconciled.
 */
import { plainLine, type ChargeFigures, type StatementLine } from '../../domain/statement.ts';
import type { Atoms } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import { quoted } from '../problems.ts';
import { dateInZone, type DateOrder } from './dates.ts';
import { FOCUS_MARKS, FocusColumns, focusFigure, focusInstant, focusOrder } from './focusTable.ts';
import { faultText } from './numbers.ts';
import { dateOrderQuestion, decimalQuestion } from './questions.ts';
import { readingOf, type StatementReading } from './reading.ts';
import { statedReference } from '../../domain/reference.ts';
import type { Source } from './source.ts';
import { CUT_OFF, findTable, type Row } from './table.ts';

/** Rows among which the header is searched. */
const SEARCHED = 20;

const CATEGORIES = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'];

/** Undefined: the table is not FOCUS's. */
export function readFocusCsv(source: Source): StatementReading | undefined {
  const recognise = ({ cells }: Row): FocusColumns | null => {
    const columns = new FocusColumns(cells);
    return columns.isFocus ? columns : null;
  };
  const table = findTable(source, recognise, SEARCHED);
  if (table === null) return undefined;
  const rows = table.rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const reader = new FocusReader(source, table.header, table.headerRow.cells.length, rows);
  const lines = rows.flatMap((row) => reader.line(row) ?? []);
  reader.notes(lines);
  return readingOf(source, {
    format: 'focus',
    why: source.why(`The columns are those of FOCUS, ${FOCUS_MARKS.join(', ')} among them.`, ...describe(lines)),
    currency: lines[0]?.currency ?? '',
    lines,
    header: table.headerRow.cells,
  });
}

class FocusReader {
  readonly #source: Source;
  readonly #columns: FocusColumns;
  readonly #width: number;
  readonly #order: DateOrder | null;
  readonly #decimal: '.' | ',' | null;
  #rounded = 0;
  #loose = 0;

  constructor(source: Source, columns: FocusColumns, width: number, rows: readonly Row[]) {
    this.#source = source;
    this.#columns = columns;
    this.#width = width;
    this.#order = this.#askOrder(rows);
    this.#decimal = this.#askDecimal(rows);
  }

  /** Null, with a problem, where the row cannot be read. */
  line(row: Row): StatementLine | null {
    this.#source.read++;
    const text = (...names: readonly string[]): string | null => this.#columns.text(row, ...names);
    const fail = (field: string, message: string): null => {
      this.#source.reject(row.line, field, `${quoted(text(field) ?? '')}: ${message}`);
      return null;
    };
    if (row.cells.slice(this.#width).some((cell) => cell !== '')) {
      return fail('BilledCost', 'the row has more cells than the header');
    }
    if (row.isCut) return fail('BilledCost', CUT_OFF);
    const billed = this.#figure(row, 'BilledCost');
    const effective = this.#figure(row, 'EffectiveCost');
    const quantity = this.#figure(row, 'ConsumedQuantity');
    const from = this.#instant(row, 'ChargePeriodStart');
    const until = this.#instant(row, 'ChargePeriodEnd');
    for (const [field, value] of Object.entries({
      BilledCost: billed,
      EffectiveCost: effective,
      ConsumedQuantity: quantity,
    })) {
      if (typeof value === 'object' && value !== null) return value.open ? this.#left() : fail(field, value.fault);
    }
    if (from === 'ambiguous' || until === 'ambiguous') return this.#left();
    if (from === 'invalid' || from === null)
      return fail('ChargePeriodStart', 'this is no time; FOCUS writes 2026-10-03T00:00:00Z');
    if (until === 'invalid') return fail('ChargePeriodEnd', 'this is no time; FOCUS writes 2026-10-03T00:00:00Z');
    if (typeof billed !== 'bigint') return fail('BilledCost', 'there is no amount');
    const currency = text('BillingCurrency')?.toUpperCase() ?? '';
    if (!/^[A-Z]{3}$/.test(currency)) return fail('BillingCurrency', 'this is no currency');
    const stated = text('ChargeCategory');
    if (stated === null) return fail('ChargeCategory', `there is no category; FOCUS has ${CATEGORIES.join(', ')}`);
    const category = CATEGORIES.find((each) => each.toLowerCase() === stated.toLowerCase()) ?? stated;
    const charge: ChargeFigures = {
      category,
      correction: text('ChargeClass')?.toLowerCase() === 'correction',
      effectiveCost: typeof effective === 'bigint' ? effective : null,
      sku: text('SkuId'),
      meter: text('SkuMeter'),
      quantity: typeof quantity === 'bigint' ? quantity : null,
      unit: text('ConsumedUnit'),
      ...{ from, until, subAccount: text('SubAccountId') },
    };
    return plainLine({
      date: dateInZone(from, undefined),
      amount: billed,
      currency,
      reference: statedReference(text('InvoiceId')),
      description: text('ChargeDescription') ?? '',
      party: text('InvoiceIssuerName', 'ServiceProviderName', 'ProviderName'),
      kind: category,
      charge,
      line: row.line,
      raw: row.raw,
    });
  }

  /** What concerned many rows. */
  notes(lines: readonly StatementLine[]): void {
    if (this.#loose > 0) this.#source.note('Times are not written as FOCUS has them, and were read as UTC.');
    if (this.#rounded > 0)
      this.#source.note(`Figures finer than 10^-12 were rounded to it, half to even: ${this.#rounded}.`);
    const currencies = new Set(lines.map(({ currency }) => currency));
    if (currencies.size > 1) this.#source.note(`The rows are in ${[...currencies].slice(0, 5).join(', ')}.`);
  }

  /** A row that an open question keeps out. */
  #left(): null {
    this.#source.rejected++;
    return null;
  }

  #figure(row: Row, name: string): Atoms | null | { readonly open: boolean; readonly fault: string } {
    const text = this.#columns.text(row, name);
    if (text === null) return null;
    const figure = focusFigure(text, this.#decimal);
    if (typeof figure === 'string') return { open: figure === 'ambiguous', fault: faultText(figure) };
    if (figure.rounded) this.#rounded++;
    return figure.atoms;
  }

  #instant(row: Row, name: string): Instant | null | 'invalid' | 'ambiguous' {
    const text = this.#columns.text(row, name);
    if (text === null) return null;
    if (!/^\d{4}-\d{2}-\d{2}T.*Z$/.test(text.slice(0, 60))) this.#loose++;
    return focusInstant(text, this.#order);
  }

  #askOrder(rows: readonly Row[]): DateOrder | null {
    const { dateOrder } = this.#source.options;
    if (dateOrder !== undefined) return dateOrder;
    const found = focusOrder(this.#columns, rows);
    if (found === 'dmy' || found === 'mdy' || found === null) return found;
    const example = rows.map((row) => this.#columns.text(row, 'ChargePeriodStart')).find((text) => text !== null);
    this.#source.ask(rows[0]?.line ?? null, dateOrderQuestion('ChargePeriodStart', example ?? '', found === 'mixed'));
    return null;
  }

  /** FOCUS has a point; a comma is a spreadsheet's, and may group thousands. */
  #askDecimal(rows: readonly Row[]): '.' | ',' | null {
    const { decimal } = this.#source.options;
    if (decimal !== undefined) return decimal;
    for (const name of ['BilledCost', 'EffectiveCost', 'ConsumedQuantity']) {
      const unsure = rows.find((row) => {
        const text = this.#columns.text(row, name);
        return text !== null && focusFigure(text, null) === 'ambiguous';
      });
      const example = unsure === undefined ? null : this.#columns.text(unsure, name);
      if (unsure === undefined || example === null) continue;
      if (this.#hasPoint(rows)) return '.';
      this.#source.ask(unsure.line, decimalQuestion(name, example));
      return null;
    }
    return null;
  }

  #hasPoint(rows: readonly Row[]): boolean {
    return rows.some((row) => /^[+-]?[\d,]*\.\d+$/.test((this.#columns.text(row, 'BilledCost') ?? '').slice(0, 60)));
  }
}

/** How the rows divide, and what their sums are for. */
function describe(lines: readonly StatementLine[]): string[] {
  const drawn = lines.filter(({ amount, charge }) => amount === 0n && (charge?.effectiveCost ?? 0n) > 0n).length;
  const corrections = lines.filter(({ charge }) => charge?.correction === true).length;
  const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);
  return [
    `Billed: ${rows(lines.length - drawn)}; drawn from credits (nothing billed, effective cost above 0): ${rows(drawn)}.`,
    ...(corrections > 0 ? [`Corrections of closed periods: ${rows(corrections)}.`] : []),
    'BilledCost summed by InvoiceId is the payable amount of each invoice.',
  ];
}
