/** What a column is, and a table's rows as text for the clipboard. */
import type { ReactNode } from 'react';
import { guarded } from '../../shared/domain/formula.ts';
import { countText } from './amountText.ts';

export interface Column<T> {
  readonly key: string;
  readonly header: string;
  /** A CSS grid track. */
  readonly width: string;
  readonly align?: 'right';
  /** `previous` is the row above, where it is at hand: a repeated day is printed once. */
  readonly cell: (row: T, previous: T | undefined, index: number) => ReactNode;
  /** What is copied; exact, not rounded for showing. */
  readonly text: (row: T) => string;
}

/** Rows with headers as spreadsheets paste them. */
export function tsv<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  return tabbed([columns.map(({ header }) => header), ...rows.map((row) => columns.map(({ text }) => text(row)))]);
}

/** Lines of cells, separated by tabs; no cell of them breaks a line, or is run as a formula where it is pasted. */
export function tabbed(lines: readonly (readonly string[])[]): string {
  const cell = (text: string): string => guarded(text.replace(/[\t\r\n]+/g, ' '));
  return lines.map((cells) => cells.map(cell).join('\t')).join('\n');
}

/** Rows that a table fetches a page at a time are all there up to this many; more of them are a file's work. */
export const MOST_COPIED = 5_000;

/**
 * The rows of a selection, to be copied; or why they are not, in words: never a part of them only. Null where none is
 * selected.
 * @param row undefined where it is not at hand
 */
export function rowsToCopy<T>(
  row: (index: number) => T | undefined,
  [first, last]: readonly [number, number],
): { readonly rows: readonly T[] } | { readonly refused: string } | null {
  const count = last - first + 1;
  if (count < 1) return null;
  const rows: T[] = [];
  for (let index = first; index <= last; index += 1) {
    const found = row(index);
    if (found === undefined)
      return {
        refused:
          count > MOST_COPIED
            ? `${countText(count)} rows are selected; up to ${countText(MOST_COPIED)} can be copied at once. Export the table to have all.`
            : 'The selected rows are still being read; copy again in a moment.',
      };
    rows.push(found);
  }
  return { rows };
}
