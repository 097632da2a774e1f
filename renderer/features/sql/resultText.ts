/** An answer in words: rows, time, and why rows are missing at its end. */
import type { SqlRows } from '../../../shared/contract/journal.ts';
import { countText } from '../../ui/amountText.ts';
import { plural } from '../../ui/format.ts';

export function answerText({ rows, ms }: Pick<SqlRows, 'rows' | 'ms'>): string {
  return `${plural(rows.length, 'row')} in ${tookText(ms)}`;
}

export function tookText(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toPrecision(2)} s`;
  return ms < 1 ? 'under 1 ms' : `${Math.round(ms)} ms`;
}

/** Null where nothing is missing. */
export function truncatedText({ rows, truncated }: Pick<SqlRows, 'rows' | 'truncated'>): string | null {
  const first = `Only the first ${countText(rows.length)} rows`;
  switch (truncated) {
    case null:
      return null;
    case 'rows':
      return `${first}: there are more. Raise the limit, or narrow the query.`;
    case 'size':
      return `${first}: the answer would be larger than 64 MB. Take fewer columns, or narrow the query.`;
    case 'time':
      return `${first}: the time was up. Give it more time, or narrow the query.`;
  }
}
