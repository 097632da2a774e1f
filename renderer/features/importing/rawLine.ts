/**
 * A line of a file for showing in little room: words are cut, figures never, so that an amount can always be compared
 * with what it was read as. Pure.
 */
import { middleCut } from '../../ui/format.ts';

export interface RawPart {
  readonly text: string;
  /** A separator between fields. */
  readonly mark: boolean;
}

const DELIMITERS = [';', ',', '\t', '|'] as const;

/** What separates the fields of a table with these headers, or without any given; null where the lines are no table. */
export function delimiterOf(lines: readonly string[], headers: readonly string[]): string | null {
  if (headers.length > 1) return DELIMITERS.find((mark) => lines.some((line) => isHeader(line, headers, mark))) ?? null;
  return DELIMITERS.find((mark) => isTable(lines, mark)) ?? null;
}

/** Lines that all have as many fields, three or more. */
function isTable(lines: readonly string[], mark: string): boolean {
  const counts = lines
    .filter((line) => line.trim() !== '')
    .slice(0, 6)
    .map((line) => splitFields(line, mark).length);
  return counts.length > 1 && new Set(counts).size === 1 && (counts[0] ?? 0) > 2;
}

export function isHeader(line: string, headers: readonly string[], delimiter: string): boolean {
  const fields = splitFields(line, delimiter);
  return (
    fields.length === headers.length &&
    fields.every((field, index) => unquoted(field).trim() === (headers[index] ?? '').trim())
  );
}

/** The parts of a line, at most `longest` characters in all. */
export function rawParts(line: string, delimiter: string | null, longest: number): readonly RawPart[] {
  const text = visible(line);
  const separator = delimiter ?? (/^\s*[{[]/.test(line) ? ',' : null);
  if (separator === null || !line.includes(separator)) return [{ text: middleCut(text, longest), mark: false }];
  const fields = splitFields(line, separator).map(visible);
  const mark = separator === '\t' ? '⇥' : separator;
  const room = longest - mark.length * (fields.length - 1);
  const fits = STAGES.find((stage) => lengthOf(fields, stage) <= room);
  // Where only dots would be left, both ends of the line say more.
  if (fits === undefined || (fits.word === 1 && fields.filter((field) => AMOUNT.test(field)).length < 2))
    return [{ text: middleCut(text, longest), mark: false }];
  return fields.flatMap((field, index) => [
    ...(index === 0 ? [] : [{ text: mark, mark: true }]),
    { text: shortened(field, fits), mark: false },
  ]);
}

/** How long a word and a date may be: the longest that fit are taken, and amounts are never cut. */
interface Stage {
  readonly word: number;
  readonly date: number;
}

const STAGES: readonly Stage[] = [
  ...[Infinity, 20, 12, 8, 5].map((word) => ({ word, date: Infinity })),
  { word: 5, date: 6 },
  { word: 3, date: 5 },
  { word: 2, date: 4 },
  { word: 1, date: 1 },
];

function lengthOf(fields: readonly string[], stage: Stage): number {
  return fields.reduce((sum, field) => sum + shortened(field, stage).length, 0);
}

/** An amount, or a member of an object that is one. */
const AMOUNT = /^\s*(?:"[^"]*"\s*:\s*)?"?[-+(]?\p{Sc}?\d[\d.,' ]*\)?"?\s*[}\]]*$/u;
/** Dates, times and the long numbers that count seconds or name things. */
const DATE = /\d{4}([-./])\d{1,2}\1\d|\d([-./])\d{1,2}\2\d{2}|\d:\d\d|^"?\d{9,}"?$/;
/** Some vendors state forty digits; where there is no room, the first tell enough. */
const AMOUNT_CHARS = 14;

function shortened(field: string, { word, date }: Stage): string {
  const isDate = DATE.test(field) && !/[\p{L}]{2}/u.test(field);
  const most = isDate ? date : AMOUNT.test(field) ? (date === Infinity ? Infinity : AMOUNT_CHARS) : word;
  return field.length <= most ? field : `${field.slice(0, most - 1).trimEnd()}…`;
}

/** Fields of one line; a separator inside quotes is text. */
export function splitFields(line: string, delimiter: string): readonly string[] {
  const fields: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '"') quoted = !quoted;
    else if (char === delimiter && !quoted) {
      fields.push(line.slice(start, at));
      start = at + 1;
    }
  }
  return [...fields, line.slice(start)];
}

function unquoted(field: string): string {
  return /^".*"$/.test(field.trim()) ? field.trim().slice(1, -1).replaceAll('""', '"') : field.replace(/^\ufeff/, '');
}

/** Control characters would be unseen or move the line. */
function visible(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, '·');
}
