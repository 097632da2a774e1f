/** The usage rows that an entry of the journal is made of, with each row's exact part of it. */
import type { JournalUsagePage, JournalUsageRow } from '../contract/journal.ts';
import type { JournalEntry } from '../domain/journal.ts';
import { formatAtoms, type Atoms } from '../domain/money.ts';
import type { Instant } from '../domain/time.ts';
import type { UsageSpan } from '../engine/state.ts';
import type { UsageLog } from '../engine/usageLog.ts';
import type { Account } from './account.ts';

const MAX_PAGE = 5_000;

/** What of so much usage of an accepted span its credits covered, and what they did not. */
function parts(span: UsageSpan, used: Atoms): { readonly covered: Atoms; readonly beyond: Atoms } {
  const covered = used < span.credits ? used : span.credits;
  return { covered, beyond: used - covered };
}

/**
 * Usage rows `[from, to)` that an entry holds a part of: of those that credits covered, up to the one that used them up;
 * of the others, from that one on. No rows where the entry is of no usage.
 */
export function spanEntryRows({ run }: Account, { cause, debit }: JournalEntry): readonly [from: number, to: number] {
  const span = 'span' in cause ? run.state.spans[cause.span] : undefined;
  if (span === undefined) return [0, 0];
  const { sums } = run.input.log;
  if (debit === 'credits') {
    const last = sums.firstReaching(span.credits, span.from, span.to);
    return [span.from, last < 0 ? span.to : last + 1];
  }
  const first = sums.firstReaching(span.credits + 1n, span.from, span.to);
  return [first < 0 ? span.to : first, span.to];
}

export function journalUsagePage(
  account: Account,
  request: { readonly index: number; readonly offset: number; readonly limit: number },
): JournalUsagePage {
  const { state, input } = account.run;
  const entry = state.journal[request.index];
  if (entry === undefined || !('span' in entry.cause)) return { total: 0, offset: 0, rows: [] };
  const span = state.spans[entry.cause.span]!;
  const [from, to] = spanEntryRows(account, entry);
  const total = to - from;
  const offset = Math.max(0, Math.min(Math.floor(request.offset) || 0, total));
  const count = Math.max(0, Math.min(Math.floor(request.limit) || 0, MAX_PAGE, total - offset));
  const side = entry.debit === 'credits' ? 'covered' : 'beyond';
  return {
    total,
    offset,
    rows: Array.from({ length: count }, (_, i) => usageRowOf(input.log, span, from + offset + i, side)),
  };
}

function usageRowOf(log: UsageLog, span: UsageSpan, row: number, side: 'covered' | 'beyond'): JournalUsageRow {
  const before = log.sums.between(span.from, row);
  const cost = log.sums.cost(row);
  const { batch, index } = log.origin(row);
  return {
    row,
    at: log.at[row]!,
    sku: log.skus[log.sku[row]!]!,
    cost: formatAtoms(cost),
    part: formatAtoms(parts(span, before + cost)[side] - parts(span, before)[side]),
    source: batch.source,
    line: batch.line?.[index] ?? null,
  };
}

/**
 * The accepted span that an instant falls into, after its first row and before its last: its entries stand after the
 * instant, part of its usage before. Null where no span is cut.
 */
export function cutSpan(
  { run }: Account,
  at: Instant,
): { readonly uncovered: UsageSpan['uncovered']; readonly covered: Atoms; readonly beyond: Atoms } | null {
  const { log } = run.input;
  const { spans } = run.state;
  let low = 0;
  let high = spans.length;
  // the first span whose last row is later
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (log.at[spans[middle]!.to - 1]! <= at) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  if (span?.status !== 'accepted') return null;
  let rows = span.from;
  let end = span.to;
  while (rows < end) {
    const middle = (rows + end) >>> 1;
    if (log.at[middle]! <= at) rows = middle + 1;
    else end = middle;
  }
  return rows === span.from ? null : { uncovered: span.uncovered, ...parts(span, log.sums.between(span.from, rows)) };
}
