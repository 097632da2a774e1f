/**
 * Instants, durations and ranges as text, always on the account's clock: the zone is an argument, the machine's clock is
 * not consulted. Days have the form of the display locale.
 */
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
  daysFromCivil,
  formatInstant,
  parseDuration,
  wallFields,
  type Instant,
  type Zone,
} from '../../shared/domain/time.ts';
import { countText } from './amountText.ts';
import { ENGLISH, localeForms } from './displayLocale.ts';

const two = (value: number): string => String(value).padStart(2, '0');

export function monthName(month: number): string {
  return localeForms().months[month - 1] ?? String(month);
}

/** `2026-09` as `September` (or `Sep`). */
export function periodName(period: string, length: 'full' | 'short' = 'full'): string {
  const month = Number(period.slice(5, 7));
  const { months, fullMonths } = localeForms();
  return (length === 'full' ? fullMonths : months)[month - 1] ?? period;
}

/** `2026-09` as `September 2026`. */
export function monthText(period: string): string {
  return `${periodName(period)} ${period.slice(0, 4)}`;
}

/** `25 Sep`, with the year where it is asked for. */
export function dayText(at: Instant, zone: Zone, withYear = false): string {
  const { year, month, day } = wallFields(at, zone);
  return withYear ? localeForms().dayMonthYear(day, month, year) : localeForms().dayMonth(day, month);
}

/** `Fri 25 Sep 2026`. */
export function weekdayText(at: Instant, zone: Zone, withYear = false): string {
  const { year, month, day } = wallFields(at, zone);
  const days = daysFromCivil(year, month, day) ?? 0;
  // 1 January 1970 was a Thursday
  const weekday = (((days + 4) % 7) + 7) % 7;
  return `${localeForms().weekdays[weekday] ?? ''} ${dayText(at, zone, withYear)}`;
}

/** `18:32:02`; with `ms`, also the milliseconds where there are any. */
export function timeText(at: Instant, zone: Zone, precision: 'minute' | 'second' | 'ms' = 'second'): string {
  const { msOfDay } = wallFields(at, zone);
  const minutes = `${two(Math.floor(msOfDay / HOUR_MS))}:${two(Math.floor(msOfDay / MINUTE_MS) % 60)}`;
  if (precision === 'minute') return minutes;
  const seconds = `${minutes}:${two(Math.floor(msOfDay / SECOND_MS) % 60)}`;
  const ms = msOfDay % SECOND_MS;
  return precision === 'ms' && ms !== 0 ? `${seconds}.${String(ms).padStart(3, '0')}` : seconds;
}

/** `25 Sep 2026 18:32:02 UTC`. */
export function instantText(at: Instant, zone: Zone): string {
  return `${dayText(at, zone, true)} ${timeText(at, zone, 'ms')} ${zone.name}`;
}

/** `25 Sep 2026 18:32:02`: the form that fields show and take, whatever the display locale. */
export function typedInstantText(at: Instant, zone: Zone): string {
  const { year, month, day } = wallFields(at, zone);
  return `${ENGLISH.dayMonthYear(day, month, year)} ${timeText(at, zone, 'ms')}`;
}

/** For `<time dateTime>` and titles: the instant without any doubt. */
export function isoText(at: Instant): string {
  return formatInstant(at);
}

/** `61 h 42 min`, `2 h 00 min`, `5 min 20 s`, `18 d 4 h`; what is finer than the form is left out. */
export function durationText(ms: number): string {
  if (ms >= 100 * HOUR_MS) {
    const hours = Math.floor((ms % DAY_MS) / HOUR_MS);
    return `${Math.floor(ms / DAY_MS)} d${hours === 0 ? '' : ` ${hours} h`}`;
  }
  if (ms >= HOUR_MS) return `${Math.floor(ms / HOUR_MS)} h ${two(Math.floor((ms % HOUR_MS) / MINUTE_MS))} min`;
  if (ms >= MINUTE_MS) {
    const seconds = Math.floor((ms % MINUTE_MS) / SECOND_MS);
    return `${Math.floor(ms / MINUTE_MS)} min${seconds === 0 ? '' : ` ${two(seconds)} s`}`;
  }
  if (ms >= SECOND_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  return `${Math.round(ms)} ms`;
}

/** `PT2H` as `2 h 00 min`, `P1Y` as `1 y`; a text that is no duration is given back. */
export function isoDurationText(text: string): string {
  const duration = parseDuration(text);
  if (duration === null) return text;
  const parts: string[] = [];
  const years = Math.floor(duration.months / 12);
  if (years > 0) parts.push(`${years} y`);
  if (duration.months % 12 > 0) parts.push(`${duration.months % 12} months`);
  if (duration.days > 0) parts.push(`${duration.days} d`);
  if (duration.ms > 0) parts.push(durationText(duration.ms));
  return parts.length === 0 ? 'at once' : parts.join(' ');
}

/** `26 – 29 Oct 2026`, `20 Jul – 14 Oct 2026`, `25 Sep 2026, 16:00 – 18:30`, as short as it can be said. */
export function rangeText(from: Instant, to: Instant, zone: Zone): string {
  if (from === to) return `${dayText(from, zone, true)} ${timeText(from, zone)}`;
  const a = wallFields(from, zone);
  const b = wallFields(to, zone);
  const span = to - from;
  const sameDay = a.year === b.year && a.month === b.month && a.day === b.day;
  if (span < 2 * MINUTE_MS) {
    const precision = span < 5 * SECOND_MS ? 'ms' : 'second';
    return `${dayText(from, zone, true)}, ${timeText(from, zone, precision)} – ${timeText(to, zone, precision)}`;
  }
  if (sameDay)
    return `${dayText(from, zone, true)}, ${timeText(from, zone, 'minute')} – ${timeText(to, zone, 'minute')}`;
  if (span < 2 * DAY_MS) {
    const start = `${dayText(from, zone)} ${timeText(from, zone, 'minute')}`;
    return `${start} – ${dayText(to, zone, true)} ${timeText(to, zone, 'minute')}`;
  }
  if (a.year !== b.year) return `${dayText(from, zone, true)} – ${dayText(to, zone, true)}`;
  if (a.month !== b.month) return `${dayText(from, zone)} – ${dayText(to, zone, true)}`;
  // where the day does not come first, one month does not serve both
  const isDayFirst = dayText(to, zone, true).startsWith(String(b.day));
  return `${isDayFirst ? a.day : dayText(from, zone)} – ${dayText(to, zone, true)}`;
}

/** A long id cut in the middle: both ends tell ids apart. */
export function middleCut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const tail = Math.floor((longest - 1) / 2);
  return `${text.slice(0, longest - 1 - tail)}…${text.slice(text.length - tail)}`;
}

/** Room for a time column whose header names the zone; rows are grids of their own, so the track has a fixed width. */
export function timeWidth(zone: Zone, leastRem: number): string {
  return `${Math.max(leastRem, (`Time (${zone.name})`.length * 6.2) / 16)}rem`;
}

/** `851 bytes`, `12.4 kB`, `1.02 GB`: three digits are enough to know a file again. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value >= 100 ? Math.round(value) : value.toPrecision(3)} ${units[unit] ?? ''}`;
}

/** `1 row`, `8,170 rows`; the plural ends in `s` unless it is given. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : many}`;
}

/** `2026-10-08` as `8 Oct`, with the year where it is asked for; a text that is no date is given back. */
export function dateText(date: string, withYear = false): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  if (year === '') return date;
  const { dayMonth, dayMonthYear } = localeForms();
  return withYear ? dayMonthYear(Number(day), Number(month), Number(year)) : dayMonth(Number(day), Number(month));
}

/**
 * The time that a file covers, with its zone. A statement's dates are calendar dates, which no zone moves; they come as
 * midnights of UTC.
 */
export function spanText(of: { kind: string; from: Instant | null; to: Instant | null }, zone: Zone): string {
  const { kind, from, to } = of;
  if (from === null || to === null) return '';
  if (kind !== 'statement') return from === to ? instantText(from, zone) : `${rangeText(from, to, zone)} ${zone.name}`;
  const [first, last] = [formatInstant(from).slice(0, 10), formatInstant(to).slice(0, 10)];
  if (first === last) return dateText(first, true);
  const sameYear = first.slice(0, 4) === last.slice(0, 4);
  const isDayFirst = dateText(last, true).startsWith(String(Number(last.slice(8))));
  const sameMonth = first.slice(0, 7) === last.slice(0, 7);
  const start = sameMonth && isDayFirst ? String(Number(first.slice(8))) : dateText(first, !sameYear);
  return `${start} – ${dateText(last, true)}`;
}
