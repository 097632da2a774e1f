/** Durations as people write them, and the one form in which they are shown: `1 y`, `90 d`, `1 h 30 min`. */
import { ATOMS_PER_UNIT, parseAmount } from './money.ts';
import type { Read } from './controlText.ts';
import { HOUR_MS, MINUTE_MS, parseDuration, SECOND_MS, type Duration } from './time.ts';

/** Months, days or milliseconds in one of a unit. */
interface Unit {
  readonly part: 'months' | 'days' | 'ms';
  readonly size: number;
  readonly names: readonly string[];
}

const UNITS: readonly Unit[] = [
  { part: 'months', size: 12, names: ['y', 'yr', 'yrs', 'year', 'years'] },
  { part: 'months', size: 1, names: ['mo', 'mos', 'month', 'months'] },
  { part: 'days', size: 7, names: ['w', 'wk', 'wks', 'week', 'weeks'] },
  { part: 'days', size: 1, names: ['d', 'day', 'days'] },
  { part: 'ms', size: HOUR_MS, names: ['h', 'hr', 'hrs', 'hour', 'hours'] },
  { part: 'ms', size: MINUTE_MS, names: ['min', 'm', 'mins', 'minute', 'minutes'] },
  { part: 'ms', size: SECOND_MS, names: ['s', 'sec', 'secs', 'second', 'seconds'] },
  { part: 'ms', size: 1, names: ['ms', 'msec', 'millisecond', 'milliseconds'] },
];

/** Beyond a hundred years in any unit, and far below what a double holds exactly when a few are added. */
const MOST = 10n ** 13n;

const EXAMPLE = 'it takes one such as 90 min, 1.5 h or PT1H30M';

/** Reads `90 min`, `1 h 30 min`, `1:30` (hours and minutes) or ISO 8601. */
export function readDuration(text: string): Read<Duration> {
  const lead = text.length - text.trimStart().length;
  const trimmed = text.trim();
  if (/^[+]?0+(?:\.0*)?$/.test(trimmed)) return made({ months: 0, days: 0, ms: 0 }, lead + 1);
  const iso = parseDuration(trimmed.toUpperCase());
  if (iso !== null) return made(iso, lead + 1);
  const clock = /^(\d{1,6}):([0-5]\d)(?::([0-5]\d))?$/.exec(trimmed);
  if (clock !== null) {
    const [, hours, minutes, seconds = '0'] = clock;
    const ms = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * SECOND_MS;
    return made({ months: 0, days: 0, ms }, lead + 1);
  }
  if (/^[-−]/.test(trimmed)) return wrong(lead + 1, 'must not be negative');
  if (/^[Pp]\d|^[Pp][Tt]/.test(trimmed)) return wrong(lead + 1, `is no duration of at most 100 years; ${EXAMPLE}`);
  return readParts(text);
}

const PART = /[\s+]*(?:and\s+)?(\d+(?:[.,]\d+)?)\s*([A-Za-zµ]*)[\s.]*/y;

function readParts(text: string): Read<Duration> {
  const sums = { months: 0, days: 0, ms: 0 };
  let at = 0;
  while (at < text.length) {
    PART.lastIndex = at;
    const match = PART.exec(text);
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    if (match === null) return wrong(start + 1, `is no duration from here on; ${EXAMPLE}`);
    const [, number = '', name = ''] = match;
    if (name === '') return wrong(start + 1, `needs a unit after ${number}, such as ${number} min`);
    const unit = UNITS.find(({ names }) => names.includes(name.toLowerCase()));
    if (unit === undefined)
      return wrong(text.indexOf(name, start) + 1, `has no unit ${name}; units are y, mo, w, d, h, min, s and ms`);
    const size = sizeOf(number.replace(',', '.'), unit);
    if (typeof size === 'string') return wrong(start + 1, size);
    sums[unit.part] += size;
    at = PART.lastIndex;
  }
  return made(sums, 1);
}

/** So many of a unit, whole; or what is wrong. Parts of a day have no fixed length on a calendar. */
function sizeOf(number: string, unit: Unit): number | string {
  const atoms = parseAmount(number);
  if (typeof atoms !== 'bigint') return `is no number of at most 12 digits after the point; ${EXAMPLE}`;
  const scaled = atoms * BigInt(unit.size);
  if (scaled % ATOMS_PER_UNIT !== 0n)
    return unit.part === 'ms'
      ? 'is finer than a millisecond; round it'
      : 'is no whole number of days or months; write hours for parts of a day';
  const size = scaled / ATOMS_PER_UNIT;
  return size > MOST ? 'is longer than 100 years' : Number(size);
}

interface Parts {
  readonly months: number;
  readonly days: number;
  readonly ms: number;
}

function made(parts: Parts, column: number): Read<Duration> {
  const value = parseDuration(isoOf(parts));
  return value === null ? wrong(column, 'is longer than 100 years') : { ok: true, value };
}

/** ISO 8601 in one form: years, months, days, hours, minutes, seconds. */
export function isoOf({ months, days, ms }: Parts): string {
  const rest = ms % MINUTE_MS;
  const seconds = String(Math.floor(rest / SECOND_MS)) + (rest % SECOND_MS === 0 ? '' : `.${millis(rest % SECOND_MS)}`);
  const [years, month] = [Math.floor(months / 12), months % 12];
  const [hours, minutes] = [Math.floor(ms / HOUR_MS), Math.floor((ms % HOUR_MS) / MINUTE_MS)];
  const date = `${years > 0 ? `${years}Y` : ''}${month > 0 ? `${month}M` : ''}${days > 0 ? `${days}D` : ''}`;
  const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${rest > 0 ? `${seconds}S` : ''}`;
  if (date === '' && time === '') return 'PT0S';
  return `P${date}${time === '' ? '' : `T${time}`}`;
}

function millis(ms: number): string {
  return String(ms).padStart(3, '0').replace(/0+$/, '');
}

/** The largest units first; nothing at all is `0 min`. */
export function showDuration({ months, days, ms }: Parts): string {
  const rest = ms % MINUTE_MS;
  const seconds = String(Math.floor(rest / SECOND_MS)) + (rest % SECOND_MS === 0 ? '' : `.${millis(rest % SECOND_MS)}`);
  const parts: readonly (readonly [shown: boolean, text: string])[] = [
    [months >= 12, `${Math.floor(months / 12)} y`],
    [months % 12 > 0, `${months % 12} mo`],
    [days > 0, `${days} d`],
    [ms >= HOUR_MS, `${Math.floor(ms / HOUR_MS)} h`],
    [ms % HOUR_MS >= MINUTE_MS, `${Math.floor((ms % HOUR_MS) / MINUTE_MS)} min`],
    [rest > 0, `${seconds} s`],
  ];
  const shown = parts.filter(([is]) => is).map(([, text]) => text);
  return shown.length === 0 ? '0 min' : shown.join(' ');
}

function wrong(column: number, message: string): Read<never> {
  return { ok: false, column, message };
}
