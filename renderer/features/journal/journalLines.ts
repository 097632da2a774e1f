/**
 * The journal's entries and the usage rows of the one entry that is open, as one list of lines: the rows stand right below
 * their entry, so that the table needs to know of lines only.
 */
import type { JournalRow, JournalUsageRow } from '../../../shared/contract/journal.ts';
import { rowAt, type Pages } from '../../ui/pages.ts';

export interface OpenedEntry {
  /** Place among the entries that the filter lets through. */
  readonly position: number;
  /** Place in the whole journal. */
  readonly index: number;
  /** How many usage rows it has. */
  readonly total: number;
}

export type JournalLine =
  | { readonly of: 'entry'; readonly entry: JournalRow; readonly open: boolean }
  | { readonly of: 'usage'; readonly row: JournalUsageRow; readonly last: boolean };

export interface JournalLines {
  readonly entries: Pages<JournalRow>;
  readonly opened: OpenedEntry | null;
  readonly usage: Pages<JournalUsageRow>;
}

export function lineCount({ entries, opened }: Pick<JournalLines, 'entries' | 'opened'>): number {
  return entries.total + (opened?.total ?? 0);
}

/** What stands at a place of the list: an entry or a usage row, by its place in its own table. */
export function placeOfLine(line: number, opened: OpenedEntry | null): { of: 'entry' | 'usage'; place: number } {
  if (opened === null || line <= opened.position) return { of: 'entry', place: line };
  const below = line - opened.position - 1;
  return below < opened.total ? { of: 'usage', place: below } : { of: 'entry', place: line - opened.total };
}

export function lineAt({ entries, opened, usage }: JournalLines, line: number): JournalLine | undefined {
  const { of, place } = placeOfLine(line, opened);
  if (of === 'usage') {
    const row = rowAt(usage, place);
    return row === undefined ? undefined : { of, row, last: place + 1 === opened?.total };
  }
  const entry = rowAt(entries, place);
  return entry === undefined ? undefined : { of, entry, open: opened?.index === entry.index };
}

/** Which entries and which usage rows the lines `first` to `last` are made of; null where there are none. */
export function neededFor(
  first: number,
  last: number,
  opened: OpenedEntry | null,
): { readonly entries: readonly [number, number] | null; readonly usage: readonly [number, number] | null } {
  if (opened === null) return { entries: [first, last], usage: null };
  const { position, total } = opened;
  const usage: [number, number] = [Math.max(0, first - position - 1), Math.min(total - 1, last - position - 1)];
  const from = first <= position ? first : Math.max(position + 1, first - total);
  const to = last <= position ? last : Math.max(position, last - total);
  return { entries: from <= to ? [from, to] : null, usage: usage[0] <= usage[1] ? usage : null };
}
