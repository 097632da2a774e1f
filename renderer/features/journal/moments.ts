/** Days and instants as they are typed into a field, on the account's clock, and back in one form. */
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
  daysFromCivil,
  instantOfWall,
  parseInstant,
  startOfDay,
  wallFields,
  type Instant,
  type Zone,
} from '../../../shared/domain/time.ts';

/** The first and the last instant of what was named: a year, month, day, minute, second or instant. */
export interface Span {
  readonly first: Instant;
  readonly last: Instant;
}

const PLACE = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?$/;

/** Null where the text names no time. */
export function spanOf(text: string, zone: Zone): Span | null {
  if (/[T ].*(?:Z|[+-]\d\d:?\d\d)$/i.test(text)) {
    const instant = parseInstant(text.replace(' ', 'T'));
    return typeof instant === 'number' ? { first: instant, last: instant } : null;
  }
  const [, year, month, day, hour, minute, second, fraction] = PLACE.exec(text.trim()) ?? [];
  if (year === undefined || (hour !== undefined && day === undefined)) return null;
  const date = daysFromCivil(Number(year), Number(month ?? 1), Number(day ?? 1));
  if (date === null) return null;
  const firstDay = date * DAY_MS;
  if (hour === undefined) {
    const next = nextDate(Number(year), month, day, date);
    return { first: instantOfWall(firstDay, zone), last: instantOfWall(next * DAY_MS, zone) - 1 };
  }
  const [h, m, s] = [Number(hour), Number(minute), Number(second ?? 0)];
  if (h > 23 || m > 59 || s > 59) return null;
  const ms = Number((fraction ?? '').padEnd(3, '0'));
  const wall = firstDay + h * HOUR_MS + m * MINUTE_MS + s * SECOND_MS + ms;
  const first = instantOfWall(wall, zone);
  const length = fraction !== undefined ? 1 : second !== undefined ? SECOND_MS : MINUTE_MS;
  return { first, last: first + length - 1 };
}

/** The day after the year, month or day, counted as `daysFromCivil` does. */
function nextDate(year: number, month: string | undefined, day: string | undefined, date: number): number {
  if (day !== undefined) return date + 1;
  const after = month === undefined ? [year + 1, 1] : month === '12' ? [year + 1, 1] : [year, Number(month) + 1];
  return daysFromCivil(after[0] ?? year, after[1] ?? 1, 1) ?? date + 1;
}

/** `2026-09-25` where the instant begins or ends that day, else with its time. */
export function momentText(at: Instant, zone: Zone, edge: 'first' | 'last'): string {
  const { year, month, day, msOfDay } = wallFields(at, zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  const whole = edge === 'first' ? startOfDay(at, zone) === at : startOfDay(at, zone, 1) - 1 === at;
  if (whole) return date;
  const time = `${two(Math.floor(msOfDay / HOUR_MS))}:${two(Math.floor(msOfDay / MINUTE_MS) % 60)}`;
  const seconds = two(Math.floor(msOfDay / SECOND_MS) % 60);
  const ms = msOfDay % SECOND_MS;
  // the first or last instant of a second reads as that second
  if (ms === (edge === 'first' ? 0 : SECOND_MS - 1)) return `${date} ${time}:${seconds}`;
  return `${date} ${time}:${seconds}.${String(ms).padStart(3, '0')}`;
}

export const MOMENT_PROBLEM = 'Write a month, a day or a time: 2026-09, 2026-09-25, 2026-09-25 18:32';
