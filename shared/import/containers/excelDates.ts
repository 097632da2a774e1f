/** Spreadsheet dates: days since 1900 or 1904, told from other numbers by the format of their cell alone. */
import { DAY_MS, daysFromCivil, formatInstant, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';

export type DateKind = 'date' | 'elapsed';

/** Formats that every program knows by number: dates and times, and one of elapsed hours. */
const BUILT_IN: ReadonlyMap<number, DateKind> = new Map([
  ...[14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 47].map((id): [number, DateKind] => [id, 'date']),
  [46, 'elapsed'],
]);

/** What a format shows a number as; null for a number. `code` is that of a format of the file's own. */
export function dateKind(id: number, code: string | undefined): DateKind | null {
  if (code === undefined) return BUILT_IN.get(id) ?? null;
  // letters in quotes or behind a backslash are text; of those in brackets only hours, minutes and seconds count
  const bare = code.replace(/"[^"]*"?|\\.|[_*]./g, '');
  if (/\[(h+|m+|s+)\]/i.test(bare)) return 'elapsed';
  const [positive = ''] = bare.replace(/\[[^\]]*\]?/g, '').split(';');
  // General has an e and an l; E+ and E- are exponents
  const letters = positive.replace(/general|e[+-]/gi, '');
  return /[dmyhs]/i.test(letters) && !/[0#?]/.test(letters.replace(/s\.0+/gi, 's')) ? 'date' : null;
}

const EPOCH_1900 = -(daysFromCivil(1899, 12, 30) ?? 0);
const EPOCH_1904 = -(daysFromCivil(1904, 1, 1) ?? 0);
/** 9999-12-31, the last day that spreadsheets know, in days since 1970. */
const LAST_DAY = daysFromCivil(9999, 12, 31) ?? 0;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** ISO text of a date's number; the number itself where it is none of this calendar. */
export function dateText(written: string, kind: DateKind, from1904: boolean): string {
  if (!NUMBER.test(written)) return written;
  const serial = Number(written);
  if (!(serial >= 0) || serial > LAST_DAY + EPOCH_1900 + 1) return written;
  const ms = Math.round(serial * DAY_MS);
  const day = Math.floor(ms / DAY_MS);
  const timeOfDay = ms - day * DAY_MS;
  if (kind === 'elapsed') return clock(ms);
  if (day === 0 && !(from1904 && timeOfDay === 0)) return clock(timeOfDay);
  const date = from1904 ? isoDay(day - EPOCH_1904) : isoDay1900(day);
  if (date === null) return written;
  return timeOfDay === 0 ? date : `${date}T${clock(timeOfDay)}`;
}

/** The 1900 calendar counts a 29 February 1900 that there never was. */
function isoDay1900(day: number): string | null {
  return day === 60 ? '1900-02-29' : isoDay(day - EPOCH_1900 + (day < 60 ? 1 : 0));
}

function isoDay(days: number): string | null {
  return days > LAST_DAY ? null : formatInstant(days * DAY_MS).slice(0, 10);
}

function clock(ms: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = two(Math.floor(ms / HOUR_MS));
  const minutes = two(Math.floor((ms % HOUR_MS) / MINUTE_MS));
  const seconds = two(Math.floor((ms % MINUTE_MS) / SECOND_MS));
  const rest = ms % SECOND_MS;
  return `${hours}:${minutes}:${seconds}${rest === 0 ? '' : '.' + String(rest).padStart(3, '0')}`;
}
