/** Calendar dates as numbers, for distances in days. */
import type { CalendarDate } from '../domain/statement.ts';
import { DAY_MS, daysFromCivil, formatInstant } from '../domain/time.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01; null where there is no such date. */
export function dayOf(date: string): number | null {
  const [, year, month, day] = DATE.exec(date) ?? [];
  return year === undefined ? null : daysFromCivil(Number(year), Number(month), Number(day));
}

/** The date so many days after 1970-01-01. */
export function dateOf(day: number): CalendarDate {
  return formatInstant(day * DAY_MS).slice(0, 10) as CalendarDate;
}
