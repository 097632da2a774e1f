/**
 * Dates as statements write them. A bank's date is a calendar date and is kept as such: going through an instant moves
 * every line a day west of Greenwich. Only what states an instant is converted, into a zone that is named.
 */
import { DAY_MS, daysFromCivil, formatInstant, parseInstant, type Instant, type Zone } from '../../domain/time.ts';
import type { CalendarDate } from '../../domain/statement.ts';

export type DateFault = 'ambiguous' | 'invalid';
export type DateOrder = 'dmy' | 'mdy';

/** First letters of month names in the languages that exports come in, without accents. */
const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    'jan gen ene',
    'feb fev',
    'mar maer mrz mrt',
    'apr avr abr',
    'may mai mag mei maj',
    'jun juin giu',
    'jul juil lug',
    'aug aou ago',
    'sep set',
    'oct okt ott out',
    'nov',
    'dec dez dic',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

/** Longest text that can be a date. */
const LONGEST = 60;

/** A time of day behind the date, without a zone: it does not change the bank's date. */
const TIME = '(?:[T ,]+\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\.\\d+)?(?: ?[AaPp]\\.?[Mm]\\.?)?)?$';
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}`);
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${TIME}`);
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const DAY_NAME = /^(\d{1,2})[-\s.]+(?:de )?(\p{L}{3,10})\.?[-\s.]+(?:de )?(\d{4}|\d{2})$/u;
const NAME_DAY = /^(\p{L}{3,10})\.?\s+(\d{1,2}),?\s+(\d{4})$/u;

/** Reads a date; `order` settles day and month where the text does not. */
export function readDate(text: string, order: DateOrder | null): CalendarDate | DateFault {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST) return 'invalid';
  const first = YEAR_FIRST.exec(trimmed) ?? compactParts(trimmed);
  if (first !== null) return civil(first[1], first[3], first[4]);
  const last = YEAR_LAST.exec(trimmed);
  if (last !== null) return dayAndMonth(last, order);
  const dayName = DAY_NAME.exec(trimmed);
  if (dayName !== null) return civil(dayName[3], monthOf(dayName[2]), dayName[1]);
  const nameDay = NAME_DAY.exec(trimmed);
  return nameDay === null ? 'invalid' : civil(nameDay[3], monthOf(nameDay[1]), nameDay[2]);
}

/** Day and month order of a column, by the one date that has a day beyond 12; `mixed` where two contradict. */
export function orderOf(texts: Iterable<string>): DateOrder | 'ambiguous' | 'mixed' | null {
  let order: DateOrder | null = null;
  let open = false;
  for (const text of texts) {
    const match = YEAR_LAST.exec(text.trim());
    if (match === null || match[2] === '.') continue;
    const [one, two] = [Number(match[1]), Number(match[3])];
    const proven = one > 12 ? 'dmy' : two > 12 ? 'mdy' : null;
    if (proven === null) open ||= one !== two;
    else if (order !== null && order !== proven) return 'mixed';
    else order = proven;
  }
  return order ?? (open ? 'ambiguous' : null);
}

/** OFX's date, with or without a time and a zone in brackets: its first eight digits, which are the bank's own date. */
export function readOfxDate(text: string): CalendarDate | 'invalid' {
  const match = /^(\d{4})(\d{2})(\d{2})(?:\d{2}(?:\d{2}(?:\d{2}(?:[.,]\d+)?)?)?)?\s*(?:\[[^\]]*\])?$/.exec(text.trim());
  return match === null ? 'invalid' : civil(match[1], match[2], match[3]);
}

/** SWIFT `YYMMDD`. */
export function readSwiftDate(text: string): CalendarDate | 'invalid' {
  const match = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  return match === null ? 'invalid' : civil(match[1], match[2], match[3]);
}

/** SWIFT `MMDD`, in the year that puts it nearest to another date: a value of 31 December is booked in the next year. */
export function nearestYear(monthDay: string, near: CalendarDate): CalendarDate | 'invalid' {
  const target = dayNumber(near);
  const year = Number(near.slice(0, 4));
  let best: { readonly date: CalendarDate; readonly distance: number } | null = null;
  for (const candidate of [year - 1, year, year + 1]) {
    const date = civil(String(candidate), monthDay.slice(0, 2), monthDay.slice(2));
    if (date === 'invalid') continue;
    const distance = Math.abs(dayNumber(date) - target);
    if (best === null || distance < best.distance) best = { date, distance };
  }
  return best?.date ?? 'invalid';
}

/** ISO 20022 date or date-time: the date as the bank wrote it, in whatever zone that was. */
export function readIsoDate(text: string): CalendarDate | 'invalid' {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ZzZ+-])/.exec(text.trim());
  return match === null ? 'invalid' : civil(match[1], match[2], match[3]);
}

/** The day of an instant on a zone's clock. */
export function dateInZone(instant: Instant, zone: Zone | undefined): CalendarDate {
  return dateOfWall(instant + (zone?.offsetAt(instant) ?? 0));
}

/** The day of a written instant on a zone's clock. */
export function readInstantDate(text: string, zone: Zone | undefined): CalendarDate | 'invalid' {
  const instant = parseInstant(text.trim());
  return typeof instant === 'number' ? dateInZone(instant, zone) : 'invalid';
}

const SERIAL_OF_EPOCH = 25_569;

/** A spreadsheet's day number (1900 system), for cells that are typed as dates; before March 1900 it miscounts. */
export function dateOfSerial(serial: number): CalendarDate | 'invalid' {
  if (!Number.isSafeInteger(serial) || serial < 61 || serial > 109_574) return 'invalid';
  return dateOfWall((serial - SERIAL_OF_EPOCH) * DAY_MS);
}

/** The date that a wall clock shows. */
function dateOfWall(wall: number): CalendarDate {
  const [year = '', month = '', day = ''] = formatInstant(wall).slice(0, 10).split('-');
  return `${year}-${month}-${day}`;
}

/** The eight digits with the groups of `YEAR_FIRST`. */
function compactParts(text: string): readonly (string | undefined)[] | null {
  const match = COMPACT.exec(text);
  return match === null ? null : [match[0], match[1], '', match[2], match[3]];
}

function dayAndMonth(match: RegExpExecArray, order: DateOrder | null): CalendarDate | DateFault {
  const [, one, mark, two, year] = match;
  const dmy = civil(year, two, one);
  // points are written by those who put the day first
  if (mark === '.' || order === 'dmy') return dmy;
  const mdy = civil(year, one, two);
  if (order === 'mdy') return mdy;
  if (dmy === 'invalid' || dmy === mdy) return mdy;
  return mdy === 'invalid' ? dmy : 'ambiguous';
}

function monthOf(name = ''): string {
  const plain = name
    .toLowerCase()
    .replace('ä', 'ae')
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '');
  const month = MONTHS.get(plain.slice(0, 3)) ?? MONTHS.get(plain.slice(0, 4));
  return String(month ?? 0);
}

function civil(year = '', month = '', day = ''): CalendarDate | 'invalid' {
  const full = year.length === 2 ? `20${year}` : year;
  if (Number(full) < 1900 || daysFromCivil(Number(full), Number(month), Number(day)) === null) return 'invalid';
  return `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Days from the epoch to a date. */
export function dayNumber(date: CalendarDate): number {
  const [year, month, day] = date.split('-').map(Number);
  return daysFromCivil(year ?? 0, month ?? 0, day ?? 0) ?? 0;
}
