/** Days and months as people type them, as a window of the account's time. Pure. */
import type { Instant, Zone } from '../../../shared/domain/time.ts';
import {
  DAY_MS,
  instantOfWall,
  parseInstant,
  startOfDay,
  startOfMonth,
  wallFields,
} from '../../../shared/domain/time.ts';
import { readAsOf } from '../../features/trace/asOf.ts';
import { ENGLISH } from '../../ui/displayLocale.ts';
import { dayText, instantText, monthName } from '../../ui/format.ts';

export interface TypedTime {
  readonly title: string;
  /** The day, the month, or the hours around the instant. */
  readonly window: readonly [from: Instant, to: Instant];
  /** The instant itself; null where a day or a month was typed. */
  readonly at: Instant | null;
}

const MONTH = /^([a-z]{3})[a-z]*(?: (\d{4}))?$/i;
const AMERICAN = /^([a-z]{3})[a-z]* (\d{1,2})(?:,? (\d{4}))?$/i;

/** Null where the text is no time, or one that the account does not reach. */
export function typedTime(text: string, account: { readonly from: Instant; readonly to: Instant }, zone: Zone) {
  const typed = text.trim().replace(/\s+/g, ' ');
  return typedMonth(typed, account, zone) ?? typedDay(typed.replace(AMERICAN, '$2 $1 $3').trim(), account, zone);
}

function typedMonth(
  typed: string,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  zone: Zone,
): TypedTime | null {
  const [, name = '', year] = MONTH.exec(typed) ?? [];
  const month = ENGLISH.months.findIndex((each) => each.toLowerCase() === name.toLowerCase()) + 1;
  if (month === 0) return null;
  const years = year === undefined ? [wallFields(to, zone).year, wallFields(from, zone).year] : [Number(year)];
  for (const each of years) {
    const read = parseInstant(`${String(each).padStart(4, '0')}-${String(month).padStart(2, '0')}-01T00:00`);
    if (typeof read !== 'object') continue;
    const start = instantOfWall(read.wall, zone);
    const end = startOfMonth(start, zone, 1);
    if (end > from && start <= to) return { title: `${monthName(month)} ${each}`, window: [start, end], at: null };
  }
  return null;
}

function typedDay(
  typed: string,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  zone: Zone,
): TypedTime | null {
  if (!/\d/.test(typed)) return null;
  for (const about of [to, from]) {
    const read = readAsOf(typed, about, zone);
    if (typeof read !== 'number') continue;
    const [start, end] = [startOfDay(read, zone), startOfDay(read, zone, 1)];
    if (end <= from || start > to) continue;
    return /\d:\d/.test(typed)
      ? { title: instantText(read, zone), window: [read - DAY_MS / 4, read + DAY_MS / 4], at: read }
      : { title: dayText(read, zone, true), window: [start, end], at: null };
  }
  return null;
}
