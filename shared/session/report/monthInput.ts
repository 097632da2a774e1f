/** What of an account a month's book needs beside its reconciliation. */
import type { Reconciliation } from '../../contract/reconcile.ts';
import type { Atoms } from '../../domain/money.ts';
import type { Account } from '../account.ts';
import { pendingAt } from '../reconcile/bookFigures.ts';
import { monthBounds, rollForwardOf, type MonthBounds } from '../reconcile/rollForward.ts';
import type { MonthBookInput } from './monthBook.ts';

export function monthBookInput(account: Account, reconciliation: Reconciliation, engine: string): MonthBookInput {
  const { period } = reconciliation.period;
  const bounds = monthBounds(period, account.run.input.zone);
  const { invoices } = account.run.state;
  return {
    reconciliation,
    rollForward: rollForwardOf(account, period, 'buyer', 'lot'),
    usage: usageBySku(account, bounds),
    pending: [pendingAt(account, bounds.from), pendingAt(account, bounds.to)],
    isAccruedBefore: (invoice) => (invoices[invoice]?.period ?? period) < period,
    engine,
  };
}

/** Accepted usage of a month, exact; SKUs without any are left out. */
function usageBySku({ run: { state, input } }: Account, { from, to }: MonthBounds): (readonly [string, Atoms])[] {
  const { log } = input;
  const totals = log.noTotals();
  for (const span of state.spans) {
    if (span.status !== 'accepted' || log.at[span.to - 1]! < from) continue;
    if (log.at[span.from]! >= to) break;
    // the month closes between two spans: none lies across its ends
    log.addBySku(span.from, span.to, totals);
  }
  return log.skus
    .map((sku, index) => [sku, totals.cost[index]!] as const)
    .filter(([, cost]) => cost !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
