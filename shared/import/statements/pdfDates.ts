/**
 * Dates as invoices write them, in the languages of the West: `October 23, 2026`, `23. Oktober 2026`, `23 de octubre de
 * 2026`, in digits too. Found anywhere in a text.
 */
import type { CalendarDate } from '../../domain/statement.ts';
import { readDate, type DateFault, type DateOrder } from './dates.ts';

/** Names by month, without accents: English, German, French, Spanish, Italian, Portuguese, Dutch, Nordic, Polish. */
const MONTHS: readonly (readonly string[])[] = [
  'january januar janvier enero gennaio janeiro januari stycznia styczen',
  'february februar fevrier febrero febbraio fevereiro februari lutego luty',
  'march marz maerz mrz mars marzo marco maart mrt marts marca marzec',
  'april avril abril aprile kwietnia kwiecien',
  'may mai mayo maggio maio mei maj maja',
  'june juni juin junio giugno junho czerwca czerwiec',
  'july juli juillet julio luglio julho lipca lipiec',
  'august aout agosto augustus augusti sierpnia sierpien',
  'september septembre septiembre setiembre settembre setembro wrzesnia wrzesien',
  'october oktober octobre octubre ottobre outubro pazdziernika pazdziernik',
  'november novembre noviembre novembro listopada listopad',
  'december dezember decembre diciembre dicembre dezembro desember grudnia grudzien',
].map((names) => names.split(' '));

const NAME = '(\\p{L}{3,12})\\.?';
const DAY = '(\\d{1,2})(?:\\.|er|st|nd|rd|th|[ºª°])?';
const FORMS: readonly {
  readonly pattern: RegExp;
  readonly parts: (match: readonly string[]) => readonly [string, string, string];
}[] = [
  {
    pattern: new RegExp(
      `(?<![\\d.])${DAY}[\\s-]*(?:de\\s|of\\s|d[’'])?\\s*${NAME},?[\\s-]+(?:de\\s+|del\\s+)?(\\d{4})(?!\\d)`,
      'iu',
    ),
    parts: ([, day = '', month = '', year = '']) => [year, month, day],
  },
  {
    pattern: new RegExp(`(?<!\\p{L})${NAME}\\s+${DAY},?\\s+(\\d{4})(?!\\d)`, 'iu'),
    parts: ([, month = '', day = '', year = '']) => [year, month, day],
  },
  {
    pattern: /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/u,
    parts: ([, year = '', month = '', day = '']) => [year, month, day],
  },
];
const DIGITS = /(?<![\d.,/-])(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?![\d/])/;

export interface FoundDate {
  /** As written. */
  readonly text: string;
  readonly index: number;
  /** Ambiguous: day and month could be either way round. */
  readonly date: CalendarDate | DateFault;
}

/** The first date in a text; `order` settles day and month of dates in digits. */
export function findDate(text: string, order: DateOrder | null): FoundDate | null {
  const found: FoundDate[] = [];
  for (const { pattern, parts } of FORMS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const [year, month, day] = parts(match);
    const number = /^\d+$/.test(month) ? month : String(monthOf(month) ?? 0);
    // a word that is no month belongs to the sentence: "due 30 days 2026"
    if (number === '0') continue;
    const date = readDate(`${year}-${number}-${day}`, null);
    found.push({ text: match[0].trim(), index: match.index, date });
  }
  const digits = DIGITS.exec(text);
  if (digits !== null) found.push({ text: digits[0], index: digits.index, date: readDate(digits[0], order) });
  return found.toSorted((one, other) => one.index - other.index)[0] ?? null;
}

/** The month that a name, or its beginning of three letters or more, belongs to alone. */
function monthOf(name: string): number | null {
  const plain = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
  const fitting = MONTHS.flatMap((names, index) => (names.some((each) => each.startsWith(plain)) ? [index + 1] : []));
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}
