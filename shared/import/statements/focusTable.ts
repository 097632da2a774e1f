/**
 * The table of a FOCUS file (FinOps Open Cost and Usage Specification 1.0 to 1.3): columns by name in any order, and its
 * values. The specification's own examples have dates such as `4/1/25` and a blank behind `0.00`, so form is forgiven.
 */
import { DAY_MS, parseInstant, type Instant } from '../../domain/time.ts';
import { ATOM_DIGITS, type Atoms } from '../../domain/money.ts';
import { plainName } from '../columns.ts';
import { parseRounded } from '../numbers.ts';
import { dayNumber, orderOf, readDate, type DateOrder } from './dates.ts';
import { readFigure, type NumberFault } from './numbers.ts';
import type { Row } from './table.ts';

/** Without these it is no FOCUS file. */
export const FOCUS_MARKS = ['BilledCost', 'BillingCurrency', 'ChargeCategory', 'ChargePeriodStart'] as const;

/** Longest text that can be a time or a figure. */
const LONGEST = 80;

const NULLS = /^(?:null|none|nan|nil|n\/a|\\n|-)?$/i;

export class FocusColumns {
  readonly #places: ReadonlyMap<string, number>;

  constructor(header: readonly string[]) {
    this.#places = new Map(header.map((name, column) => [plainName(name.slice(0, 80)), column]));
  }

  get isFocus(): boolean {
    return FOCUS_MARKS.every((name) => this.#places.has(plainName(name)));
  }

  /** A cell's text; null for each way of writing that there is none. */
  text({ cells }: Row, ...names: readonly string[]): string | null {
    for (const name of names) {
      const text = cells[this.#places.get(plainName(name)) ?? -1] ?? '';
      if (!NULLS.test(text)) return text;
    }
    return null;
  }
}

const PERIODS = ['ChargePeriodStart', 'ChargePeriodEnd', 'BillingPeriodStart', 'BillingPeriodEnd'];

/** Order of day and month, by days beyond 12, else by billing periods, which start on the first of a month. */
export function focusOrder(columns: FocusColumns, rows: readonly Row[]): ReturnType<typeof orderOf> {
  const texts = (names: readonly string[]): string[] =>
    rows.flatMap((row) => names.flatMap((name) => dayPart(columns.text(row, name) ?? '')));
  const found = orderOf(texts(PERIODS));
  if (found !== 'ambiguous') return found;
  const billing = texts(PERIODS.slice(2));
  const fits = (order: DateOrder): boolean => billing.every((text) => readDate(text, order).endsWith('-01'));
  if (billing.length === 0 || fits('dmy') === fits('mdy')) return found;
  return fits('dmy') ? 'dmy' : 'mdy';
}

/** A date without the time behind it. */
function dayPart(text: string): string {
  return text.split(/[T ]/)[0] ?? '';
}

/** An instant of FOCUS, which is in UTC whether it says so or not. */
export function focusInstant(text: string, order: DateOrder | null): Instant | 'invalid' | 'ambiguous' {
  if (text.length > LONGEST) return 'invalid';
  const iso = parseInstant(text.replace(/\s*UTC$/i, 'Z'));
  if (typeof iso === 'number') return iso;
  if (iso !== 'unreadable') return iso.wall;
  const date = readDate(dayPart(text), order);
  if (date === 'invalid' || date === 'ambiguous') return date;
  const time = /^\S+[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(?:Z|UTC)?$/i.exec(text);
  if (time === null && dayPart(text) !== text) return 'invalid';
  const [hour, minute, second] = [1, 2, 3].map((part) => Number(time?.[part] ?? '0'));
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return 'invalid';
  return dayNumber(date) * DAY_MS + (((hour ?? 0) * 60 + (minute ?? 0)) * 60 + (second ?? 0)) * 1_000;
}

/** A figure: point, exponents, as fine as it likes; a spreadsheet's grouping and comma where the user or the file say so. */
export function focusFigure(
  text: string,
  decimal: '.' | ',' | null,
): { readonly atoms: Atoms; readonly rounded: boolean } | NumberFault {
  if (text.length > LONGEST) return 'unreadable';
  const plain = decimal === ',' ? null : parseRounded(text.replace(/^\+/, ''));
  if (plain !== null && typeof plain !== 'string') return plain;
  const figure = readFigure(text, decimal ?? 'auto', ATOM_DIGITS);
  return typeof figure === 'string' ? figure : { atoms: figure.value, rounded: false };
}
