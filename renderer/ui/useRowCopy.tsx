/** Ctrl C in a table whose rows are fetched by the page: what is selected out of sight is fetched, and copied whole. */
import { useEffect, useState, type ClipboardEvent, type ReactNode } from 'react';
import { MOST_COPIED, rowsToCopy } from './tableText.ts';

/**
 * @param range first and last selected row; none where the first is behind the last
 * @returns `said` stands beside the table: why the selected rows were not copied
 */
export function useRowCopy<T>(of: {
  readonly row: (index: number) => T | undefined;
  readonly range: readonly [number, number];
  readonly onNeed: (first: number, last: number) => void;
  readonly text: (rows: readonly T[]) => string;
}): { readonly onCopy: (event: ClipboardEvent) => void; readonly said: ReactNode } {
  const { row, range, onNeed, text } = of;
  const [first, last] = range;
  const [refused, setRefused] = useState<{ first: number; last: number; why: string } | null>(null);
  useEffect(() => {
    if (last > first && last - first < MOST_COPIED) onNeed(first, last);
  }, [first, last, onNeed]);
  const onCopy = (event: ClipboardEvent): void => {
    const copy = rowsToCopy(row, range);
    if (copy === null) return;
    event.preventDefault();
    if ('rows' in copy) event.clipboardData.setData('text/plain', text(copy.rows));
    setRefused('rows' in copy ? null : { first, last, why: copy.refused });
  };
  const why = refused !== null && refused.first === first && refused.last === last ? refused.why : null;
  const said = (
    <p className={why === null ? 'visually-hidden' : 'table-said'} role="status">
      {why}
    </p>
  );
  return { onCopy, said };
}
