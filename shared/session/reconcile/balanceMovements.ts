/** What moved the balance of an account, lot by lot, out of its history; usage is cut at the bounds that are asked for. */
import type { Atoms } from '../../domain/money.ts';
import { monthOf, type Instant } from '../../domain/time.ts';
import { lowerBound } from '../../engine/prefixSums.ts';
import type { BalanceMovements, LotCourse, Movement } from '../../reconcile/rollForward.ts';
import type { Account } from '../account.ts';
import { historyOf, type History } from '../trace/history.ts';
import type { DebtMovement, SpanPart } from '../trace/lotHistory.ts';

/** @param bounds instants, ascending: no movement of usage lies on both sides of one */
export function balanceMovementsOf(account: Account, bounds: readonly Instant[]): BalanceMovements {
  const history = historyOf(account);
  const { lots: past, debt } = history.lots;
  return {
    lots: past.map((lot, index) => lotCourse(history, index, lot, bounds)),
    debt: debt.flatMap((movement) => debtMovements(history, movement, bounds)),
  };
}

type LotPast = History['lots']['lots'][number];

function lotCourse(history: History, index: number, past: LotPast, bounds: readonly Instant[]): LotCourse {
  const { timeline, book } = history.state;
  const { id, kind, amount, settled, bought_at } = book.all[index]!;
  const at = timeline[past.record]!.at;
  const made = kind === 'auto_recharge' ? 'purchase' : kind;
  const movements: Movement[] = [{ at, kind: made, amount }];
  if (settled > 0n) movements.push({ at, kind: 'transfer', amount: -settled });
  for (const movement of past.movements) {
    if (movement.kind === 'usage') movements.push(...usageMovements(history, movement.part, bounds));
    else movements.push({ at: timeline[movement.record]!.at, kind: movement.kind, amount: -movement.amount });
  }
  return { id, kind, month: monthOf(bought_at, history.input.zone), movements };
}

function debtMovements(history: History, movement: DebtMovement, bounds: readonly Instant[]): Movement[] {
  if (movement.kind === 'overrun') return usageMovements(history, movement.part, bounds);
  const { at } = history.state.timeline[movement.record]!;
  // debt that goes raises the balance
  const kind = movement.kind === 'adjustment' ? 'adjustment' : 'transfer';
  return [{ at, kind, amount: -movement.amount }];
}

/** A part of a span's usage as one movement between two bounds each. */
function usageMovements(
  { input: { log }, state: { spans } }: History,
  { span: index, from: first, to: last }: SpanPart,
  bounds: readonly Instant[],
): Movement[] {
  const span = spans[index]!;
  const end = log.at[span.to - 1]!;
  let at = log.at[span.from]!;
  let done = first;
  const movements: Movement[] = [];
  const take = (upTo: Atoms): void => {
    const until = upTo < last ? upTo : last;
    if (until <= done) return;
    movements.push({ at, kind: 'usage', amount: done - until });
    done = until;
  };
  for (const bound of bounds) {
    if (bound <= at) continue;
    if (bound > end) break;
    take(log.sums.between(span.from, lowerBound(log.at, bound, span.from)));
    at = bound;
  }
  take(last);
  return movements;
}
