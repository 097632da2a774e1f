/**
 * Cells in any form that is readable at all, by the general readers of `money.ts` and `time.ts`, and the located problem
 * of each that is not: what is wrong, and what would be right.
 */
import { ATOMS_PER_UNIT, parseAmount, type Atoms } from '../domain/money.ts';
import { DAY_MS, formatInstant, instantOfWall } from '../domain/time.ts';
import { ABSENT } from '../domain/usage.ts';
import type { Cells } from './cells.ts';
import type { OpenContext } from './importer.ts';
import { parseTime } from './instants.ts';
import { NameTable } from './names.ts';
import type { OpenChoice } from './doubts.ts';
import { currencyBeside } from './localForms.ts';
import { LARGEST_WHOLE, parseRounded, partsOf } from './numbers.ts';
import { quoted } from './problems.ts';
import { NONE, type RowPlan, type UsageTarget } from './rowPlan.ts';

export class CellReader {
  /** The row's cost, where it is below zero; null otherwise. */
  negative: Atoms | null = null;
  /** The row's cost was finer than 10^-12. */
  rounded = false;
  /** End of the day, where the time that was read last is a date alone; else 0. */
  dayEnd = 0;
  readonly #target: UsageTarget;
  readonly #context: OpenContext;
  readonly #plan: RowPlan;
  #currency: string | null;
  readonly #currencies = new NameTable('');
  /** The currency that the last row had, and that is the right one: rows repeat it. */
  #goodCurrency = 0;
  #zoneNoted = false;

  constructor(target: UsageTarget, context: OpenContext, plan: RowPlan) {
    this.#target = target;
    this.#context = context;
    this.#plan = plan;
    this.#currency = context.currency;
  }

  fail(cells: Cells, cell: number, message: string): void {
    const { line, column } = cells.placeOf(cell);
    this.#context.problems.add(line, column, cell === NONE ? null : this.#plan.field(cell), message);
  }

  /** The row's instant; NaN, and a problem, where it has none. */
  time(cells: Cells): number {
    const plan = this.#plan;
    const cell = plan.timeFallback !== NONE && cells.isBlank(plan.time) ? plan.timeFallback : plan.time;
    const text = cells.text(cell);
    if (text === '') {
      this.fail(cells, plan.time, 'the row has no time; write one such as 2026-01-31T23:59:59Z');
      return NaN;
    }
    return this.#instant(cells, cell, text, 'time');
  }

  /** The instant in `cell`, at which the time that the row covers ends; NaN, and a problem, where it is none. */
  end(cells: Cells, cell: number): number {
    return this.#instant(cells, cell, cells.text(cell), 'end');
  }

  #instant(cells: Cells, cell: number, text: string, what: 'time' | 'end'): number {
    const { local } = this.#plan;
    const known = parseTime(text);
    const time = known === 'unreadable' && local !== undefined ? local.time(text) : known;
    this.dayEnd = 0;
    if (time === 'dateOrder') return this.#doubt(cells, cell, 'dateOrder');
    if (time === 'unreadable') {
      const right = 'an ISO 8601 time such as 2026-01-31T23:59:59Z, or a Unix time in seconds';
      this.fail(cells, cell, `${what} ${quoted(text)} cannot be read; expected ${right}`);
      return NaN;
    }
    if (typeof time === 'number') return time;
    const zone = this.#plan.zone ?? this.#context.zone;
    if (zone === null) {
      const right = `${formatInstant(time.wall).slice(0, 19)}Z`;
      if (local !== undefined) return this.#doubt(cells, cell, 'zone', right);
      const message = `${what} ${quoted(text)} has neither Z nor an offset; choose a time zone for this file, or write ${right}`;
      this.fail(cells, cell, message);
      return NaN;
    }
    if (!this.#zoneNoted) this.#context.note(`Times that state no zone were read on the clock of ${zone.name}.`);
    this.#zoneNoted = true;
    if (time.day === true) this.dayEnd = instantOfWall(time.wall + DAY_MS, zone);
    return instantOfWall(time.wall, zone);
  }

  /** Counts a row whose cell waits for an answer. */
  #doubt(cells: Cells, cell: number, choice: OpenChoice, instead?: string): number {
    this.#plan.local?.doubts.add(choice, this.#plan.field(cell), cells.text(cell), cells.placeOf(cell), instead);
    return NaN;
  }

  /** Reads the row's cost into row `row`; one below zero goes to `negative`. */
  cost(cells: Cells, row: number): boolean {
    const { rows } = this.#target;
    const { cost, local } = this.#plan;
    const text = cells.text(cost);
    if (text === '') {
      rows.costWhole[row] = ABSENT;
      if (rows.costPico !== null) rows.costPico[row] = 0;
      return true;
    }
    const numeral = this.#plan.cents === true ? hundredthOf(text) : text;
    const figure = local === undefined ? parseRounded(numeral) : local.cost(numeral);
    if (figure === 'decimal') {
      this.#doubt(cells, cost, figure);
      return false;
    }
    if (typeof figure === 'object' && local !== undefined && !this.#currencyBeside(cells, cost, text)) return false;
    this.rounded = typeof figure === 'object' && figure.rounded;
    const read = typeof figure === 'object' ? figure.atoms : figure;
    if (typeof read === 'string') {
      this.fail(cells, cost, `cost ${quoted(text)} ${COST_FAULTS[read]}`);
      return false;
    }
    if (read < 0n) {
      this.negative = read;
      return true;
    }
    const parts = partsOf(read);
    if (parts === null) {
      this.fail(cells, cost, `cost ${quoted(text)} ${COST_FAULTS.too_large}`);
      return false;
    }
    rows.costWhole[row] = parts.whole;
    (rows.costPico ??= rows.wholeNumbers())[row] = parts.pico;
    return true;
  }

  /** A token count; NaN, and a problem, where it is none. `ABSENT` where the cell holds only spaces. */
  count(cells: Cells, cell: number): number {
    const text = cells.text(cell);
    if (text === '') return ABSENT;
    const read = this.#plan.local === undefined ? parseAmount(text) : this.#plan.local.count(text);
    if (read === 'decimal') return this.#doubt(cells, cell, read);
    if (typeof read === 'bigint' && read >= 0n && read % ATOMS_PER_UNIT === 0n) {
      const whole = read / ATOMS_PER_UNIT;
      if (whole <= BigInt(LARGEST_WHOLE)) return Number(whole);
    }
    const wrong = typeof read !== 'bigint' ? 'cannot be read' : read < 0n ? 'is below zero' : 'is no number of tokens';
    const field = this.#plan.field(cell);
    this.fail(cells, cell, `${field} ${quoted(text)} ${wrong}; expected a whole number such as 1200`);
    return NaN;
  }

  /** False, and a problem, where the row's currency differs from the file's, or from the account's. */
  currency(cells: Cells): boolean {
    const cell = this.#plan.currency;
    const code = this.#currencies.codeOf(cells.bytes, cells.view, cells.starts[cell] ?? 0, cells.ends[cell] ?? 0);
    if (code === 0 || code === this.#goodCurrency) return true;
    const name = this.#currencies.names[code]?.toUpperCase() ?? '';
    if (!this.#isOurs(cells, cell, name)) return false;
    this.#goodCurrency = code;
    return true;
  }

  /** False, and a problem, where another currency stands beside a figure. */
  #currencyBeside(cells: Cells, cell: number, text: string): boolean {
    const name = currencyBeside(text, this.#currency);
    if (name === '') return true;
    if (name !== null) return this.#isOurs(cells, cell, name);
    this.fail(cells, cell, `cost ${quoted(text)} ${COST_FAULTS.unreadable}`);
    return false;
  }

  #isOurs(cells: Cells, cell: number, name: string): boolean {
    if (this.#currency === null || this.#target.currency === null) {
      this.#currency ??= name;
      if (name === this.#currency) this.#context.note(`Amounts are in ${name.slice(0, 40)}.`);
    }
    if (name === this.#currency) {
      this.#target.currency = name;
      return true;
    }
    const whose = this.#context.currency === null ? 'the rows before it are' : 'the account is';
    const message = `currency ${quoted(name)}: ${whose} in ${this.#currency}; import one currency at a time`;
    this.fail(cells, cell, message);
    return false;
  }

  /** Takes the row, whose cost is negative, as an adjustment at `at`; its id is number `id` of the ids, 0 for none. */
  adjust(cells: Cells, at: number, id: number): void {
    const { rows, ids } = this.#target;
    const amount = -(this.negative ?? 0n);
    const text = id === 0 ? null : ids.textOf(id - 1);
    rows.adjustments.push({ at, amount, id: text, source: this.#context.head.name, line: cells.line });
  }
}

/** A numeral's hundredth, by its exponent: no digit is lost. What is no numeral stays none. */
function hundredthOf(text: string): string {
  const [mantissa = '', exponent = '0', ...more] = text.split(/[eE]/);
  const digits = /^[+-]?\d{1,4}$/.test(exponent);
  return digits && more.length === 0 ? `${mantissa}e${Number(exponent) - 2}` : '';
}

const COST_FAULTS = {
  unreadable: 'cannot be read; expected a decimal number with a point, such as 0.0125',
  too_large: 'is larger than an account can hold; at most 9007199254740991 is read',
} as const;
