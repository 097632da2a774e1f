/** Pages of one query: whether what follows a page is there too. */
import type { Instant } from '../domain/time.ts';
import type { StoredSource } from '../storage/source.ts';

/**
 * Whether one of the other files is the page that follows this one: of its format, and beginning where it ends. Empty
 * buckets leave no rows, so a gap is allowed; one as long as the page itself may be a page that is missing.
 */
export function isContinued(page: StoredSource, others: readonly StoredSource[]): boolean {
  const { from, to } = spanOf(page);
  if (from === null || to === null) return true;
  return others.some((other) => {
    const start = other.report.from;
    if (other === page || other.report.format !== page.report.format || start === null) return false;
    const last = page.report.to ?? to;
    return start >= last && start < to + Math.max(1, to - from) && (spanOf(other).to ?? 0) > to;
  });
}

/** First instant and end of what a file covers. */
function spanOf({ report, batch }: StoredSource): { readonly from: Instant | null; readonly to: Instant | null } {
  let { to } = report;
  for (const until of batch.until ?? []) if (to === null || until > to) to = until;
  return { from: report.from, to };
}
