/**
 * The forms in which figures and days are shown: one for the whole window, chosen in the settings. It is kept here rather
 * than passed to every cell of every table; who changes it draws the window anew. Files keep ISO and plain decimals.
 *
 * English of any country has the house's own forms, which the design gives: `1,242.07`, `25 Sep 2026`. Times of day have 24
 * hours everywhere.
 */

export interface LocaleForms {
  readonly tag: string;
  /** Between groups of digits, and before the fraction. */
  readonly group: string;
  readonly point: string;
  /** Digits of a group from the right: the first, and those further left. */
  readonly groups: readonly [first: number, further: number];
  /** Four digits stand together, as in Spanish or Polish. */
  readonly leastGrouped: number;
  /** Short and full names, January first. */
  readonly months: readonly string[];
  readonly fullMonths: readonly string[];
  /** Sunday first. */
  readonly weekdays: readonly string[];
  dayMonth(day: number, month: number): string;
  dayMonthYear(day: number, month: number, year: number): string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const FULL_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June'].concat(
  ...['July', 'August', 'September', 'October', 'November', 'December'],
);
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The house's own forms. */
export const ENGLISH: LocaleForms = {
  tag: 'en',
  group: ',',
  point: '.',
  groups: [3, 3],
  leastGrouped: 4,
  months: MONTHS,
  fullMonths: FULL_MONTHS,
  weekdays: WEEKDAYS,
  dayMonth: (day, month) => `${day} ${MONTHS[month - 1] ?? String(month)}`,
  dayMonthYear: (day, month, year) => `${day} ${MONTHS[month - 1] ?? String(month)} ${year}`,
};

let shown: LocaleForms = ENGLISH;

export function localeForms(): LocaleForms {
  return shown;
}

export function setDisplayLocale(tag: string): void {
  shown = formsOf(tag);
}

/** A tag in its one form; null for what is none that the system knows. */
export function readLocale(tag: string): string | null {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([tag])[0] ?? null;
  } catch {
    return null;
  }
}

const DAY_MS = 86_400_000;
/** 1 January 2023, a Sunday. */
const SUNDAY_MS = 1_672_531_200_000;

/** How a locale writes figures and days; English where the system does not know it. */
export function formsOf(tag: string): LocaleForms {
  const known = readLocale(tag);
  if (known === null) return ENGLISH;
  const numbers = { ...numberForms(known), tag: known };
  if (new Intl.Locale(known).language === 'en') return { ...ENGLISH, ...numbers };
  // digits stay those that figures are aligned by
  const options = { timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' } as const;
  const named = (more: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(known, { ...options, ...more });
  const [short, full, week] = [named({ month: 'short' }), named({ month: 'long' }), named({ weekday: 'short' })];
  const [dayMonth, whole] = [
    named({ day: 'numeric', month: 'short' }),
    named({ day: 'numeric', month: 'short', year: 'numeric' }),
  ];
  const at = (day: number, month: number, year: number): number => Date.UTC(year, month - 1, day);
  const monthsBy = (form: Intl.DateTimeFormat): string[] =>
    Array.from({ length: 12 }, (_, month) => form.format(at(1, month + 1, 2023)));
  return {
    ...numbers,
    months: monthsBy(short),
    fullMonths: monthsBy(full),
    weekdays: Array.from({ length: 7 }, (_, day) => week.format(SUNDAY_MS + day * DAY_MS)),
    // a leap year has every day
    dayMonth: (day, month) => dayMonth.format(at(day, month, 2024)),
    dayMonthYear: (day, month, year) => whole.format(at(day, month, year)),
  };
}

function numberForms(tag: string): Pick<LocaleForms, 'group' | 'point' | 'groups' | 'leastGrouped'> {
  const form = new Intl.NumberFormat(tag, { numberingSystem: 'latn', useGrouping: 'always', minimumFractionDigits: 1 });
  const parts = form.formatToParts(1_234_567_890.5);
  const whole = parts.filter(({ type }) => type === 'integer').map(({ value }) => value.length);
  const plain = new Intl.NumberFormat(tag, { numberingSystem: 'latn' }).formatToParts(1234);
  return {
    group: parts.find(({ type }) => type === 'group')?.value ?? ',',
    point: parts.find(({ type }) => type === 'decimal')?.value ?? '.',
    groups: [whole.at(-1) ?? 3, whole.at(-2) ?? 3],
    leastGrouped: plain.some(({ type }) => type === 'group') ? 4 : 5,
  };
}
