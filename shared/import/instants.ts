/**
 * Instants from bytes. `2024-01-01T00:00:08.806Z` and Unix times are read here; every other form goes to `time.ts`.
 */
import { DAY_MS, daysFromCivil, parseInstant, type Instant } from '../domain/time.ts';

const ZERO = 48;
const DASH = 45;
const COLON = 58;
const POINT = 46;
const SPACE = 32;
const LETTER_T = 84;
const LETTER_Z = 90;

/** Shortest text of the short form: `2024-01-01T00:00:08Z`. */
const SHORTEST = 20;

/** Two digits at `at`; negative where there are none. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - ZERO;
  const ones = (bytes[at + 1] ?? 0) - ZERO;
  return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : Math.imul(tens, 10) + ones;
}

/**
 * The day that was read last, as the bytes of `2024-01-01T` in three words, and its start. Logs come in order, so it is
 * nearly always the next row's too.
 */
let dayWord0 = 0;
let dayWord1 = 0;
let dayWord2 = 0;
let dayStart = NaN;

/** Start of the day whose date and separator stand at `start`; NaN where they do not. */
function startOfDay(bytes: Uint8Array, view: DataView, start: number): number {
  const separator = bytes[start + 10];
  if (bytes[start + 4] !== DASH || bytes[start + 7] !== DASH) return NaN;
  if (separator !== LETTER_T && separator !== SPACE) return NaN;
  const century = pair(bytes, start);
  const year = pair(bytes, start + 2);
  const month = pair(bytes, start + 5);
  const day = pair(bytes, start + 8);
  if ((century | year | month | day) < 0) return NaN;
  const days = daysFromCivil(century * 100 + year, month, day);
  if (days === null) return NaN;
  dayWord0 = view.getInt32(start, true);
  dayWord1 = view.getInt32(start + 4, true);
  dayWord2 = view.getInt32(start + 7, true);
  dayStart = days * DAY_MS;
  return dayStart;
}

/** An ISO 8601 time with seconds and `Z`; NaN where the general reader must decide. `view` is over the same bytes. */
export function readInstant(bytes: Uint8Array, view: DataView, start: number, end: number): Instant {
  if (end - start < SHORTEST || bytes[end - 1] !== LETTER_Z) return NaN;
  const sameDay =
    view.getInt32(start, true) === dayWord0 &&
    view.getInt32(start + 4, true) === dayWord1 &&
    view.getInt32(start + 7, true) === dayWord2;
  const day = sameDay ? dayStart : startOfDay(bytes, view, start);
  if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return NaN;
  const hour = pair(bytes, start + 11);
  const minute = pair(bytes, start + 14);
  const second = pair(bytes, start + 17);
  if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) return NaN;
  const ms = millisecond(bytes, start + 19, end - 1);
  if (ms < 0) return NaN;
  return day + (Math.imul(Math.imul(hour, 3600) + Math.imul(minute, 60) + second, 1000) + ms);
}

/** The fraction of a second at `start`, truncated to milliseconds; negative where there is something else. */
function millisecond(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0;
  if (bytes[start] !== POINT || start + 1 === end) return -1;
  let value = 0;
  for (let i = start + 1; i < start + 4; i++) {
    const digit = i < end ? (bytes[i] ?? 0) - ZERO : 0;
    if (digit < 0 || digit > 9) return -1;
    value = Math.imul(value, 10) + digit;
  }
  for (let i = start + 4; i < end; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
  }
  return value;
}

/** A wall-clock reading as milliseconds; `day`: it is a date alone, and stands for the whole day. */
export interface WallTime {
  readonly wall: number;
  readonly day?: boolean;
}

const UNIX = /^(\d+)(?:\.(\d+))?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads a time of any form that importers take: what `parseInstant` reads, a date (its midnight, on a wall clock), and
 * Unix times, by their number of digits: 10 are seconds, 13 milliseconds, 16 microseconds. Fewer or more digits could be
 * something else (`20261003` is a date to some), so they are not guessed at.
 */
export function parseTime(text: string): Instant | 'unreadable' | WallTime {
  const unix = UNIX.exec(text);
  if (unix !== null) {
    const [, digits = '', fraction = ''] = unix;
    if (digits.length === 10) return Number(digits) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
    if (digits.length === 13) return Number(digits);
    if (digits.length === 16) return Math.floor(Number(digits) / 1000);
    return 'unreadable';
  }
  if (!DATE.test(text)) return parseInstant(text);
  const midnight = parseInstant(text + 'T00:00');
  return typeof midnight === 'object' ? { ...midnight, day: true } : midnight;
}
