// Time for the oracle, section 1 of the billing model: instants, durations, and the account's wall clock.
//
// An instant is a whole number of milliseconds. A wall-clock reading is kept as the instant at which a clock set to UTC
// would show it ("wall" below), so that calendar steps are plain UTC arithmetic and the zone comes in at one place only.

import { OracleInputError } from './money.ts';

export type Instant = number;
type Wall = number;

export interface Duration {
  months: number; // years and months
  days: number; // weeks and days
  milliseconds: number; // hours and less
}

const DAY = 86_400_000;
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(?:Z|([+-])(\d{2}):?(\d{2}))$/;
const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;

/** ISO 8601 with `Z` or an offset; digits finer than a millisecond are truncated. */
export function readInstant(text: unknown): Instant {
  const found = typeof text === 'string' ? INSTANT.exec(text) : null;
  if (!found) throw new OracleInputError(`not an ISO 8601 time with Z or an offset: ${String(text)}`);
  const [, year, month, day, hour, minute, second = '0', fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] =
    found;
  const written = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
  // Date.UTC lets a 31 February run over into March; a written date that does so does not exist.
  const inRange = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (
    !inRange ||
    new Date(written).getUTCDate() !== Number(day) ||
    new Date(written).getUTCMonth() + 1 !== Number(month)
  )
    throw new OracleInputError(`no such date or time of day: ${String(text)}`);
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return sign === '-' ? written + offset : written - offset;
}

export function writeInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}

export function readDuration(text: unknown): Duration {
  const found = typeof text === 'string' && !/[PT]$/.test(text) ? DURATION.exec(text) : null;
  if (!found) throw new OracleInputError(`not an ISO 8601 duration: ${String(text)}`);
  const number = (group: number): number => Number(found[group] ?? 0);
  const duration = {
    months: number(1) * 12 + number(2),
    days: number(3) * 7 + number(4),
    milliseconds:
      (number(5) * 3600 + number(6) * 60 + number(7)) * 1000 + Number((found[8] ?? '').padEnd(3, '0').slice(0, 3)),
  };
  const inYears = duration.months / 12 + (duration.days + duration.milliseconds / DAY) / 365.25;
  if (inYears > 100) throw new OracleInputError(`longer than 100 years: ${String(text)}`);
  return duration;
}

export function isZero(duration: Duration): boolean {
  return duration.months === 0 && duration.days === 0 && duration.milliseconds === 0;
}

/** Years and months, then weeks and days, on the wall clock, read once; then hours and less as elapsed time. */
export function addDuration(from: Instant, duration: Duration, zone: string): Instant {
  // "Without a calendar step the clock is not consulted": else the second 02:30 of an autumn night would turn into the first.
  if (duration.months === 0 && duration.days === 0) return from + duration.milliseconds;
  const wall = addMonths(wallClock(from, zone), duration.months) + duration.days * DAY;
  return instantOf(wall, zone) + duration.milliseconds;
}

function addMonths(wall: Wall, months: number): Wall {
  const date = new Date(wall);
  const timeOfDay = wall - startOfDay(wall);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const lastDayOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDayOfMonth)) + timeOfDay;
}

function startOfDay(wall: Wall): Wall {
  return Math.floor(wall / DAY) * DAY;
}

/** Section 4: where a credit's expiry is moved to, by the day or the month on the account's clock. */
export function moveExpiry(expiry: Instant, rule: string, zone: string): Instant {
  const wall = wallClock(expiry, zone);
  switch (rule) {
    case 'anniversary':
      return expiry;
    case 'start_of_day':
      return instantOf(startOfDay(wall), zone);
    case 'end_of_day':
      return instantOf(startOfDay(wall) + DAY, zone);
    case 'end_of_month':
      return startOfMonth(monthOf(expiry, zone) + 1, zone);
    default:
      throw new OracleInputError(`unknown credits.expiry: ${rule}`);
  }
}

/** A calendar month as a count of months, so that the next month is one more. */
export function monthOf(instant: Instant, zone: string): number {
  const date = new Date(wallClock(instant, zone));
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

export function startOfMonth(month: number, zone: string): Instant {
  return instantOf(Date.UTC(Math.floor(month / 12), month % 12, 1), zone);
}

/** `2025-01` */
export function monthName(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

function wallClock(instant: Instant, zone: string): Wall {
  return instant + offsetAt(instant, zone);
}

/** The instant at which the clock shows `wall`: the earlier of two; across a gap, by the offset in force before it. */
function instantOf(wall: Wall, zone: string): Instant {
  // No zone is a whole day from UTC, so a day to either side is before and after whatever change matters here.
  const before = offsetAt(wall - DAY, zone);
  const after = offsetAt(wall + DAY, zone);
  const readings = [wall - before, wall - after].filter((instant) => wallClock(instant, zone) === wall);
  return readings.length > 0 ? Math.min(...readings) : wall - before;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: Instant, zone: string): number {
  const second = Math.floor(instant / 1000) * 1000;
  const shown: Record<string, number> = {};
  for (const part of format(zone).formatToParts(second)) shown[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
}

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    try {
      found = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      throw new OracleInputError(`unknown time zone: ${zone}`);
    }
    formats.set(zone, found);
  }
  return found;
}
