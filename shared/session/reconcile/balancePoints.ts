/** The balances that others state in a month, beside the replayed one: as the chart compares them. */
import type { BalancePoint } from '../../contract/reconcile.ts';
import type { Account } from '../account.ts';
import { statedPointsOf } from '../statedNotes.ts';
import { monthBounds } from './rollForward.ts';

export function balancePoints(account: Account, month: string): BalancePoint[] {
  const { from, to } = monthBounds(month, account.run.input.zone);
  return statedPointsOf(account)
    .filter(({ at }) => at >= from && at < to)
    .map(({ at, until, file, line, stated, replayed, difference, agrees }) => ({
      ...{ id: `balance/${file}/${line}`, at, day: until !== null, source: file, line },
      ...{ simulated: replayed, stated, difference, agrees },
    }));
}
