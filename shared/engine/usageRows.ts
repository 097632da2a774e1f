/** Single usage rows, worked out when asked for: status, what no credit covered, balance before and after. */
import type { Atoms } from '../domain/money.ts';
import type { UsageRecord } from '../domain/result.ts';
import type { UsageLog } from './usageLog.ts';
import type { Draw } from './lots.ts';
import type { UsageSpan } from './state.ts';

export interface UsageRowDetail {
  readonly record: UsageRecord;
  readonly balanceBefore: Atoms;
  readonly balanceAfter: Atoms;
  /** What each lot covered of it, in burn order; lots by their place in the order of making. */
  readonly draws: readonly Draw[];
}

/** A row of a span. */
export function usageRow(log: UsageLog, span: UsageSpan, row: number): UsageRowDetail {
  const before = log.sums.between(span.from, row);
  const cost = log.sums.cost(row);
  const at = log.at[row]!;
  const sku = log.skus[log.sku[row]!]!;
  const balanceBefore = balanceAfterUsage(span, span.status === 'accepted' ? before : 0n);
  if (span.status !== 'accepted')
    return {
      record: { at, type: 'usage_rejected', sku, cost, reason: span.status },
      balanceBefore,
      balanceAfter: balanceBefore,
      draws: [],
    };
  const balanceAfter = balanceAfterUsage(span, before + cost);
  const overrun =
    span.uncovered === 'overrun' ? beyond(span.credits, before + cost) - beyond(span.credits, before) : 0n;
  const draws = drawsBetween(span.draws, before, before + cost);
  return {
    record: { at, type: 'usage', sku, cost, overrun, balance: balanceAfter },
    balanceBefore,
    balanceAfter,
    draws,
  };
}

/** The part of a span's draws that lies between two amounts of its usage: rows burn one after the other. */
function drawsBetween(draws: readonly Draw[], from: Atoms, to: Atoms): Draw[] {
  const parts: Draw[] = [];
  let start = 0n;
  for (const { lot, amount } of draws) {
    const end = start + amount;
    const part = (end < to ? end : to) - (start > from ? start : from);
    if (part > 0n) parts.push({ lot, amount: part });
    start = end;
  }
  return parts;
}

/** The balance after so much usage of a span. */
export function balanceAfterUsage(span: UsageSpan, used: Atoms): Atoms {
  if (span.status !== 'accepted') return span.credits - span.debt;
  if (span.uncovered === 'overrun') return span.credits - span.debt - used;
  return (used < span.credits ? span.credits - used : 0n) - span.debt;
}

/** The span that a row belongs to; -1 where the run has not come to it. */
export function spanOfRow(spans: readonly UsageSpan[], row: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.to <= row) low = middle + 1;
    else high = middle;
  }
  return low < spans.length && spans[low]!.from <= row ? low : -1;
}

function beyond(credits: Atoms, used: Atoms): Atoms {
  return used > credits ? used - credits : 0n;
}
