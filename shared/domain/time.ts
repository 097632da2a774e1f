/**
 * Time: instants, durations, and an account's wall clock. The only module that knows `Date` and `Intl`, and it never
 * reads the machine's clock or zone.
 *
 * Rules are the billing model's section 1: an instant is whole milliseconds since the epoch; calendar steps move on the
 * account's wall clock; a wall-clock time that does not exist takes the offset before the gap, one that exists twice is
 * the earlier.
 */

/** Whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** An ISO 8601 duration: calendar steps (years to days) and elapsed milliseconds. */
export interface Duration {
  /** As written, for showing and saving. */
  readonly text: string;
  readonly months: number;
  readonly days: number;
  readonly ms: number;
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s?([Zz]|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * Reads an ISO 8601 time. Digits finer than a millisecond are truncated.
 * @returns the instant; `'unreadable'`; or, where it states neither `Z` nor an offset, `{ wall }`: the wall-clock
 * reading as milliseconds, for importers that were told a zone.
 */
export function parseInstant(text: string): Instant | 'unreadable' | { readonly wall: number } {
  const match = INSTANT.exec(text);
  if (match === null) return 'unreadable';
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone] = match;
  const days = daysFromCivil(Number(year), Number(month), Number(day));
  if (days === null) return 'unreadable';
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return 'unreadable';
  const wall =
    days * DAY_MS +
    Number(hour) * HOUR_MS +
    Number(minute) * MINUTE_MS +
    Number(second) * SECOND_MS +
    Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (zone === undefined) return { wall };
  if (zone === 'Z' || zone === 'z') return wall;
  const offsetHours = Number(zone.slice(1, 3));
  const offsetMinutes = Number(zone.slice(3).replace(':', '') || '0');
  if (offsetHours > 23 || offsetMinutes > 59) return 'unreadable';
  const offset = offsetHours * HOUR_MS + offsetMinutes * MINUTE_MS;
  return zone.startsWith('-') ? wall + offset : wall - offset;
}

/** UTC with milliseconds: `2025-01-01T00:00:00.000Z`. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}

const DURATION =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d{1,3}))?S)?)?$/;

/** Reads an ISO 8601 duration such as `PT5M`, `P1Y`, `P30D`, `P1W`. At most 100 years; `null` where it is none. */
export function parseDuration(text: string): Duration | null {
  const match = DURATION.exec(text);
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? '0');
  const duration: Duration = {
    text,
    months: part(1) * 12 + part(2),
    days: part(3) * 7 + part(4),
    ms: part(5) * HOUR_MS + part(6) * MINUTE_MS + part(7) * SECOND_MS + Number((match[8] ?? '').padEnd(3, '0')),
  };
  const inRange = duration.months <= 1200 && duration.days <= 36_525 && duration.ms <= 36_525 * DAY_MS;
  if (!inRange) return null;
  return addDuration(REFERENCE, duration, UTC) <= LAST_REFERENCE ? duration : null;
}

/** An account's wall clock. Wall-clock readings are milliseconds, as if the clock showed UTC. */
export interface Zone {
  readonly name: string;
  /** Offset of the clock from UTC at an instant, in milliseconds. */
  offsetAt(instant: Instant): number;
}

const UTC: Zone = { name: 'UTC', offsetAt: () => 0 };

/** Offsets are looked up once a window; no zone has changed its clock twice within a week. */
const WINDOW_MS = 7 * DAY_MS;

class IanaZone implements Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #windows = new Map<number, { readonly before: number; readonly change: Instant; readonly after: number }>();

  constructor(name: string) {
    this.name = name;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  offsetAt(instant: Instant): number {
    const index = Math.floor(instant / WINDOW_MS);
    let window = this.#windows.get(index);
    if (window === undefined) {
      window = this.#look(index * WINDOW_MS);
      this.#windows.set(index, window);
    }
    return instant < window.change ? window.before : window.after;
  }

  #look(from: Instant): { before: number; change: Instant; after: number } {
    let low = from;
    let high = from + WINDOW_MS;
    const before = this.#ask(low);
    const after = this.#ask(high);
    if (before === after) return { before, change: high, after };
    // narrowed to the second: no clock changes between two seconds
    while (high - low > SECOND_MS) {
      const middle = Math.floor((low + high) / 2 / SECOND_MS) * SECOND_MS;
      if (this.#ask(middle) === before) low = middle;
      else high = middle;
    }
    return { before, change: high, after };
  }

  #ask(instant: Instant): number {
    const second = Math.floor(instant / SECOND_MS) * SECOND_MS;
    const field: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(second)) field[type] = Number(value);
    const days = daysFromCivil(field['year'] ?? 0, field['month'] ?? 0, field['day'] ?? 0) ?? 0;
    const wall =
      days * DAY_MS +
      (field['hour'] ?? 0) * HOUR_MS +
      (field['minute'] ?? 0) * MINUTE_MS +
      (field['second'] ?? 0) * SECOND_MS;
    return wall - second;
  }
}

const zones = new Map<string, Zone>([['UTC', UTC]]);

/** The clock of an IANA zone; `null` where this platform knows no such zone. */
export function zoneOf(name: string): Zone | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  // an offset such as +02:00 is accepted by newer engines only, and is no IANA name
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    const zone = new IanaZone(name);
    zones.set(name, zone);
    return zone;
  } catch {
    return null;
  }
}

/** The instant at which a zone's clock shows `wall`. */
export function instantOfWall(wall: number, zone: Zone): Instant {
  const before = zone.offsetAt(wall - DAY_MS);
  const after = zone.offsetAt(wall + DAY_MS);
  const early = wall - Math.max(before, after);
  const late = wall - Math.min(before, after);
  if (zone.offsetAt(early) === wall - early) return early;
  if (zone.offsetAt(late) === wall - late) return late;
  return wall - before;
}

/** Adds a duration: months first (the day clamped to its month), then days, on the zone's clock; then elapsed time. */
export function addDuration(instant: Instant, duration: Duration, zone: Zone): Instant {
  if (duration.months === 0 && duration.days === 0) return instant + duration.ms;
  const wall = instant + zone.offsetAt(instant);
  const date = civilFromDays(Math.floor(wall / DAY_MS));
  const timeOfDay = wall - Math.floor(wall / DAY_MS) * DAY_MS;
  const monthIndex = date.year * 12 + date.month - 1 + duration.months;
  const year = Math.floor(monthIndex / 12);
  const month = (monthIndex % 12) + 1;
  const day = Math.min(date.day, daysInMonth(year, month));
  const days = civilToDays(year, month, day) + duration.days;
  return instantOfWall(days * DAY_MS + timeOfDay, zone) + duration.ms;
}

/** The start of the day in which the instant lies, `plusDays` days on. */
export function startOfDay(instant: Instant, zone: Zone, plusDays = 0): Instant {
  const days = Math.floor((instant + zone.offsetAt(instant)) / DAY_MS);
  return instantOfWall((days + plusDays) * DAY_MS, zone);
}

/** The start of the month in which the instant lies, `plusMonths` months on. */
export function startOfMonth(instant: Instant, zone: Zone, plusMonths = 0): Instant {
  const { year, month } = civilFromDays(Math.floor((instant + zone.offsetAt(instant)) / DAY_MS));
  const monthIndex = year * 12 + month - 1 + plusMonths;
  return instantOfWall(civilToDays(Math.floor(monthIndex / 12), (monthIndex % 12) + 1, 1) * DAY_MS, zone);
}

/** The calendar month of an instant on the zone's clock, `YYYY-MM`. */
export function monthOf(instant: Instant, zone: Zone): string {
  const { year, month } = civilFromDays(Math.floor((instant + zone.offsetAt(instant)) / DAY_MS));
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** Wall-clock fields of an instant, for showing. */
export function wallFields(
  instant: Instant,
  zone: Zone,
): { year: number; month: number; day: number; msOfDay: number } {
  const wall = instant + zone.offsetAt(instant);
  const days = Math.floor(wall / DAY_MS);
  return { ...civilFromDays(days), msOfDay: wall - days * DAY_MS };
}

/** Days since the epoch of a civil date, or null where there is no such date. */
export function daysFromCivil(year: number, month: number, day: number): number | null {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return civilToDays(year, month, day);
}

/** A calendar date, `YYYY-MM-DD`, so many days on. */
export function shiftDate(date: string, by: number): `${string}-${string}-${string}` {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const days = daysFromCivil(year, month, day);
  if (days === null) throw new RangeError(`${date} is no date`);
  const { year: y, month: m, day: d } = civilFromDays(days + by);
  return `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Proleptic Gregorian; the year is counted from March so that the leap day comes last. */
function civilToDays(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

const REFERENCE = civilToDays(2000, 1, 1) * DAY_MS;
const LAST_REFERENCE = civilToDays(2100, 1, 1) * DAY_MS;
