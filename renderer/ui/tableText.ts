/** What a column is, and a table's rows as text for the clipboard. */
import type { ReactNode } from 'react';

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

/** Tab-separated text with headers, as spreadsheets paste it. */
export function tsv<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const clean = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');
  const lines = [
    columns.map(({ header }) => clean(header)),
    ...rows.map((row) => columns.map(({ text }) => clean(text(row)))),
  ];
  return lines.map((cells) => cells.join('\t')).join('\n');
}
