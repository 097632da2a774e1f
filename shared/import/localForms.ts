/**
 * Times and numbers of tables that no vendor fixes: decimal commas, grouped thousands, `3/10/2026 4:05 PM`. What a value
 * leaves open (`1,234`, day and month, the zone) is settled by the user's choice or by other values of the file, never
 * by a guess: until then its rows are left out and the question is asked once for the column.
 *
 * A file is read once taking a point for the decimal mark, as logs write it. What its values prove meanwhile (`settles`)
 * may call for reading it a second time.
 */
import type { Question, ReadingChoices } from '../contract/importing.ts';
import { ATOMS_PER_UNIT, parseAmount, type Atoms } from '../domain/money.ts';
import { parseInstant, type Instant } from '../domain/time.ts';
import { Doubts, type Doubt } from './doubts.ts';
import { parseRounded } from './numbers.ts';
import type { ProblemList } from './problems.ts';
import { readDate, type DateOrder } from './statements/dates.ts';
import { provenMark, readFigure } from './statements/numbers.ts';

/** What the values of a file have proved. `each`: its figures have both marks, each goes by itself. */
export interface Settled {
  readonly decimal?: '.' | ',' | 'each';
  readonly dateOrder?: DateOrder;
}

export type LocalCost = { readonly atoms: Atoms; readonly rounded: boolean } | 'unreadable' | 'too_large' | 'decimal';
export type LocalTime = Instant | { readonly wall: number; readonly day?: boolean } | 'unreadable' | 'dateOrder';

/** Date, time of day, and zone, where there is one. */
const STAMP =
  /^(.*?\S)(?:[T ]\s*|,\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(?:([AaPp])\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/;
/** Whole digits in threes. */
const GROUPED = /^\d{1,3}(?:([.,'’\s])\d{3})(?:\1\d{3})*$/u;
const SEPARATED = /[-/.\s]/;
/** Longest text that can be a time or a figure. */
const LONGEST = 60;

export class LocalForms {
  /** Numbers with a point are what they seem, so that the short readers may take them. */
  readonly plainPoints: boolean;
  readonly doubts: Doubts;
  readonly #decimal: '.' | ',' | 'each' | null;
  readonly #order: DateOrder | null;
  readonly #open: { readonly decimal: boolean; readonly dateOrder: boolean };
  /** Costs that were read here and would prove a point, had they been read in their short form. */
  #pointed = 0;
  readonly #proved = { point: false, comma: false, dmy: false, mdy: false };

  constructor(choices: ReadingChoices, settled: Settled, problems: ProblemList) {
    this.#decimal = choices.decimal ?? settled.decimal ?? null;
    this.#order = choices.dateOrder ?? settled.dateOrder ?? null;
    this.#open = { decimal: this.#decimal === null, dateOrder: this.#order === null };
    this.plainPoints = this.#decimal === null || this.#decimal === '.';
    this.doubts = new Doubts(problems);
  }

  /** A time in a form that `parseTime` does not read. */
  time(text: string): LocalTime {
    if (text.length > LONGEST) return 'unreadable';
    const [, date = text, hour = '', minute = '', second = '00', fraction = '', half = '', zone = ''] =
      STAMP.exec(text) ?? [];
    // eight digits alone may be anything; a time of day that is none is not left out
    if (!SEPARATED.test(date) || date.includes(':')) return 'unreadable';
    const day = readDate(date, this.#order);
    if (day === 'invalid') return 'unreadable';
    if (day === 'ambiguous') return 'dateOrder';
    this.#proveOrder(date);
    if (hour === '') {
      const midnight = parseInstant(`${day}T00:00`);
      return typeof midnight === 'object' ? { ...midnight, day: true } : midnight;
    }
    const hours = clockHour(Number(hour), half);
    if (hours === null) return 'unreadable';
    const offset = /^[A-Z]/.test(zone) ? 'Z' : zone;
    return parseInstant(`${day}T${hours}:${minute}:${second}${fraction === '' ? '' : `.${fraction}`}${offset}`);
  }

  /** A cost, finer ones rounded. */
  cost(text: string): LocalCost {
    if (this.#decimal === null || this.#decimal === '.') {
      const plain = parseRounded(text);
      if (plain !== 'unreadable') return plain;
    }
    const marks = (/[.,]/g.exec(text) ?? []).length;
    const decimal = this.#decimal === ',' || this.#decimal === '.' ? this.#decimal : 'auto';
    if (text.length > LONGEST && !/^[+-]?\d+[.,]\d+$/.test(text)) return 'unreadable';
    const figure = text.length > LONGEST ? 'too_fine' : readFigure(text, decimal, 12);
    if (figure === 'ambiguous') return 'decimal';
    // as fine as vendors write it, or with an exponent: a numeral but for its mark
    if (figure === 'too_fine' || figure === 'unreadable') {
      const wrongMark = decimal === ',' ? '.' : decimal === '.' ? ',' : null;
      if (marks > 1 || (wrongMark !== null && text.includes(wrongMark))) return 'unreadable';
      const read = parseRounded(text.replace(',', '.'));
      if (typeof read === 'object' && marks === 1) this.#noteMark(text.includes(',') ? ',' : '.', read.atoms);
      return read;
    }
    if (figure === 'empty' || figure.mark !== null) return 'unreadable';
    this.#noteMark(provenMark(text.replace(/[^\d.,'’\s]/gu, '').trim()), figure.value);
    return { atoms: figure.value, rounded: false };
  }

  /** A whole number that the short readers do not take: as a decimal, or grouped. */
  count(text: string): Atoms | 'unreadable' | 'decimal' {
    if (text.length > LONGEST) return 'unreadable';
    const comma = this.#decimal === ',' || this.#decimal === 'each';
    if (!comma) {
      const plain = parseAmount(text);
      if (typeof plain === 'bigint') {
        if (GROUPED.test(text)) this.#prove(',');
        return plain;
      }
    }
    const group = GROUPED.exec(text)?.[1];
    if (group === undefined) {
      const plain = parseAmount(comma ? text.replace(',', '.') : text);
      return typeof plain === 'bigint' ? plain : 'unreadable';
    }
    if (this.#decimal === group) return 'unreadable';
    // 30.000 may be thirty, as floats are written; any other group of three can only be thousands
    if (group === '.' && /^\d{1,3}\.000$/.test(text) && this.#decimal === 'each') return 'decimal';
    if (group === '.' || group === ',') this.#prove(group === '.' ? ',' : '.');
    const whole = parseAmount(text.replace(/[^\d]/gu, ''));
    return typeof whole === 'bigint' ? whole : 'unreadable';
  }

  /**
   * What the file's values have proved and a second reading should know; null where there is nothing.
   * @param pointed rows with a cost that `isPointed`, also those that were read here.
   */
  settles(pointed: () => number): Settled | null {
    const { comma, point, dmy, mdy } = this.#proved;
    const open = this.doubts.of('decimal').length > 0;
    let decimal: Settled['decimal'];
    if (this.#open.decimal && (comma || open)) {
      const points = point || pointed() > this.#pointed;
      decimal = comma && points ? 'each' : comma ? ',' : points ? '.' : undefined;
    }
    const settlesOrder = this.#open.dateOrder && dmy !== mdy && this.doubts.of('dateOrder').length > 0;
    if (decimal === undefined && !settlesOrder) return null;
    return {
      ...(decimal === undefined ? {} : { decimal }),
      ...(settlesOrder ? { dateOrder: dmy ? 'dmy' : 'mdy' } : {}),
    };
  }

  questions(): Question[] {
    return this.doubts.all().map(questionOf);
  }

  #noteMark(mark: '.' | ',' | null, value: Atoms): void {
    if (mark !== null) this.#prove(mark);
    if (isPointed(Number(value / ATOMS_PER_UNIT), Number(value % ATOMS_PER_UNIT))) this.#pointed++;
  }

  #prove(mark: '.' | ','): void {
    if (mark === '.') this.#proved.point = true;
    else this.#proved.comma = true;
  }

  #proveOrder(date: string): void {
    if (!this.#open.dateOrder) return;
    const dmy = readDate(date, 'dmy');
    const mdy = readDate(date, 'mdy');
    if (dmy === mdy) return;
    if (mdy === 'invalid') this.#proved.dmy = true;
    else if (dmy === 'invalid') this.#proved.mdy = true;
  }
}

/** A cost that proves its point where it was read in its short form: below one, or with other than three digits. */
export function isPointed(whole: number, pico: number): boolean {
  return pico !== 0 && (whole === 0 || pico % 1e9 !== 0);
}

/** Two digits of the hour on a clock of 24; null where there is no such hour. */
function clockHour(hour: number, half: string): string | null {
  if (half === '') return String(hour).padStart(2, '0');
  if (hour < 1 || hour > 12) return null;
  return String((hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)).padStart(2, '0');
}

/** A second reading's notes: what other values of the file settled. */
export function settledNotes({ decimal, dateOrder }: Settled): string[] {
  const notes: string[] = [];
  if (decimal === ',') notes.push('A comma is the decimal mark, as figures of the file show.');
  if (decimal === '.') notes.push('A point is the decimal mark, as figures of the file show.');
  if (decimal === 'each')
    notes.push('Both points and commas are decimal marks in this file; each figure was read by itself.');
  if (dateOrder !== undefined) {
    const order = dateOrder === 'dmy' ? 'day first' : 'month first';
    notes.push(`Dates have the ${order}, as dates of the file show.`);
  }
  return notes;
}

/** Zones that are offered; any other can be named. */
const ZONES = [
  'UTC',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
];

function questionOf({ choice, column, example }: Doubt): Question {
  if (choice === 'zone') {
    const options = ZONES.map((zone) => ({ value: zone, label: zone }));
    return { choice, column, example, asks: 'These times state no zone. On which clock were they written?', options };
  }
  if (choice === 'decimal') {
    const options = [
      { value: '.', label: `A point: ${example} is ${withMark(example, '.')}` },
      { value: ',', label: `A comma: ${example} is ${withMark(example, ',')}` },
    ];
    return { choice, column, example, asks: 'Which is the decimal mark of these figures?', options };
  }
  const options = [
    { value: 'dmy', label: `Day first: ${example} is ${withOrder(example, 'dmy')}` },
    { value: 'mdy', label: `Month first: ${example} is ${withOrder(example, 'mdy')}` },
  ];
  return { choice, column, example, asks: 'Do these dates have the day or the month first?', options };
}

/** A figure in doubt without its grouping, with a point as the decimal mark. */
function withMark(example: string, mark: '.' | ','): string {
  const digits = example.replace(/[^\d.,]/gu, '');
  return mark === '.' ? digits.replaceAll(',', '') : digits.replaceAll('.', '').replace(',', '.');
}

function withOrder(example: string, order: DateOrder): string {
  return readDate(STAMP.exec(example)?.[1] ?? example, order);
}

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
]);

/**
 * The currency that stands beside a figure; '' where none does, null where it is no known one. A dollar sign is the
 * account's dollar.
 */
export function currencyBeside(text: string, account: string | null): string | null {
  const beside = text.replace(/(?<=[\d.])[eE](?=[+-]?\d)/, '').replace(/[\d.,'’()+\-\s\u2212]/gu, '');
  if (beside === '') return '';
  if (beside === '$') return account?.endsWith('D') === true ? account : 'USD';
  return /^[A-Z]{3}$/.test(beside) ? beside : (SYMBOLS.get(beside) ?? null);
}
