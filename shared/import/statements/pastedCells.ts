/** What a cell copied from a billing-history page is, by what it looks like; and the records that cells make up. */
import { statusMeaning } from './pastedStatus.ts';
import { findAmounts, wholeAmount } from './pdfAmounts.ts';
import { findDate, type FoundDate } from './pdfDates.ts';
import type { DateOrder } from './dates.ts';
import type { Source } from './source.ts';

export type CellKind = 'date' | 'amount' | 'status' | 'number' | 'link' | 'other';

export interface PastedCell {
  readonly text: string;
  readonly kind: CellKind;
  /** Line of the text, from 1. */
  readonly line: number;
}

/** The cells of one row of the page, wherever they were copied to. */
export interface PastedRecord {
  readonly cells: readonly PastedCell[];
  readonly line: number;
  readonly raw: string;
}

/** Kinds that a row of a billing history has. */
const TYPED: ReadonlySet<CellKind> = new Set<CellKind>(['date', 'amount', 'status', 'number']);

const LINK =
  /^(view|download|open|pdf|receipt|invoice|details|pay( now)?|view (invoice|receipt|details)|download (pdf|invoice|receipt)|…|\.{3}|⋯|⋮|[↗↓⬇→]+)$/iu;
const NUMBER = /^#?(?=[A-Z0-9]*[A-Z])[A-Z0-9]{2,12}[-–‑\s]?\d{3,8}(-CN-?\d+)?$/;
const TIME =
  /^,?\s*(?:at\s+|um\s+|à\s+)?(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap]\.?m\.?)?(?:\s*(?:[A-Z]{2,5}|UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?)?\s*$/iu;

/** A date that is all of a cell, with the time behind it, `HH:MM`. */
export function readMoment(text: string, order: DateOrder | null): (FoundDate & { readonly time: string }) | null {
  const found = findDate(text, order);
  if (found === null || text.slice(0, found.index).trim() !== '') return null;
  const rest = text.slice(found.index + found.text.length).trim();
  if (rest === '') return { ...found, time: '' };
  const match = TIME.exec(rest);
  if (match === null) return null;
  const [, hours = '', minutes = '', half = ''] = match;
  const twelve = half === '' ? Number(hours) : (Number(hours) % 12) + (/^p/i.test(half) ? 12 : 0);
  if (twelve > 23 || Number(minutes) > 59) return null;
  return { ...found, time: `${String(twelve).padStart(2, '0')}:${minutes}` };
}

function kindOf(text: string): CellKind {
  if (text === '' || text.length > 60) return 'other';
  if (readMoment(text, 'dmy') !== null) return 'date';
  if (statusMeaning(text) !== null) return 'status';
  if (LINK.test(text)) return 'link';
  const isNumber = NUMBER.test(text);
  // INV-1001 is no negative amount in a currency INV
  if (isNumber && /[-–‑]/.test(text)) return 'number';
  if (wholeAmount(text, true) !== null) return 'amount';
  return isNumber ? 'number' : 'other';
}

function cellsOf(text: string, line: number): PastedCell[] {
  const separated = text.includes('\t') ? text.split('\t') : text.trim().split(/\s{2,}/);
  return separated.map((each) => {
    const plain = each.replace(/\s+/g, ' ').trim();
    return { text: plain, kind: kindOf(plain), line };
  });
}

/** How many kinds of a billing history's row are among the cells. */
export function typedKinds(cells: readonly PastedCell[]): number {
  return new Set(cells.map(({ kind }) => kind).filter((kind) => TYPED.has(kind))).size;
}

/** An amount with its currency beside it: a bank's export has bare figures. */
export function isMarked({ kind, text }: PastedCell): boolean {
  return kind === 'amount' && findAmounts(text).length > 0;
}

/** One record a line, or one cell a line, whichever the text is; null where it is neither. */
export function recordsOf(source: Source): readonly PastedRecord[] | null {
  const lines = Array.from({ length: source.lineCount }, (_, index) => cellsOf(source.lineText(index + 1), index + 1));
  const filled = lines.filter((cells) => cells.some(({ text }) => text !== ''));
  const rows = filled.filter((cells) => typedKinds(cells) >= 2);
  const single = filled.filter((cells) => cells.length === 1 && typedKinds(cells) === 1);
  if (rows.length > 0 && rows.length >= single.length / 2) {
    return filled.map((cells) => ({ cells, line: cells[0]?.line ?? 1, raw: source.lineText(cells[0]?.line ?? 1) }));
  }
  return single.length < 2
    ? null
    : grouped(
        source,
        filled.flat().filter(({ text }) => text !== ''),
      );
}

/** Records of one cell a line: a new one begins where the kind that begins the first one comes again. */
function grouped(source: Source, cells: readonly PastedCell[]): readonly PastedRecord[] {
  const begin = cells.findIndex(({ kind }) => TYPED.has(kind));
  const leading = cells[begin]?.kind ?? null;
  const groups: PastedCell[][] = [];
  for (const cell of cells.slice(Math.max(0, begin))) {
    const last = groups.at(-1);
    if (last === undefined || cell.kind === leading) groups.push([cell]);
    else last.push(cell);
  }
  const records = withoutFoot(withLeadingTexts(groups, cells[begin - 1]));
  return records.map((group) => {
    const first = group[0]?.line ?? 1;
    const last = group.at(-1)?.line ?? first;
    return { cells: group, line: first, raw: source.lineText(first, last - first) };
  });
}

/** Texts behind the last record that make it longer than all others belong to the page. */
function withoutFoot(groups: readonly PastedCell[][]): readonly PastedCell[][] {
  const last = groups.at(-1);
  if (last === undefined || groups.length < 2) return groups;
  const longest = groups.slice(0, -1).reduce((most, { length }) => Math.max(most, length), 0);
  const typed = last.findLastIndex(({ kind }) => kind !== 'other') + 1;
  return [...groups.slice(0, -1), last.slice(0, Math.max(longest, typed))];
}

/** Where a text stands before the first record and behind all but the last, it begins the records and ends none. */
function withLeadingTexts(groups: readonly PastedCell[][], before: PastedCell | undefined): readonly PastedCell[][] {
  const last = groups.at(-1);
  const begins =
    before?.kind === 'other' &&
    groups.length > 1 &&
    last?.at(-1)?.kind !== 'other' &&
    groups.slice(0, -1).every((group) => group.at(-1)?.kind === 'other');
  if (!begins) return groups;
  return groups.map((group, index) => {
    const text = index === 0 ? before : groups[index - 1]?.at(-1);
    const own = index === groups.length - 1 ? group : group.slice(0, -1);
    return text === undefined ? own : [text, ...own];
  });
}
