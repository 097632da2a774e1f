/** Balances that others state, beside the replayed one at that instant. */
import type { BalancePoint } from '../../contract/reconcile.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { DAY_MS, instantOfWall, type Instant } from '../../domain/time.ts';
import type { Account } from '../account.ts';
import { dayNumber } from './item.ts';
import { monthBounds } from './rollForward.ts';

export function balancePoints(account: Account, month: string): BalancePoint[] {
  const { zone, currency } = account.run.input;
  const { from, to } = monthBounds(month, zone);
  return account.sources
    .flatMap(({ report, statement }) =>
      (statement?.balances ?? []).flatMap(({ at, on, amount, currency: stated, line }): BalancePoint[] => {
        const start = at ?? (on === null ? null : instantOfWall(dayNumber(on) * DAY_MS, zone));
        if (start === null || start < from || start >= to || stated !== currency) return [];
        const simulated = at === null ? nearestOfDay(account, start, amount) : account.course.balanceAt(start);
        return [
          {
            ...{ id: `balance/${report.file}/${line}`, at: start, day: at === null, source: report.file, line },
            ...{ simulated: formatAtoms(simulated), stated: formatAtoms(amount) },
            ...{ difference: formatAtoms(amount - simulated), agrees: amount === simulated },
          },
        ];
      }),
    )
    .sort((a, b) => a.at - b.at);
}

/** Of all balances of the day that begins then the one nearest to what is stated: a day agrees with any of them. */
export function nearestOfDay({ course }: Pick<Account, 'course'>, start: Instant, stated: Atoms): Atoms {
  const end = start + DAY_MS;
  let [low, high] = [course.balanceAt(start - 1), course.balanceAt(start - 1)];
  const take = (balance: Atoms): void => {
    if (balance < low) low = balance;
    if (balance > high) high = balance;
  };
  take(course.balanceAt(end - 1));
  for (const { at, until, before, after } of course.changes) {
    if (until < start || at >= end) continue;
    take(at < start ? course.balanceAt(start) : before);
    take(until >= end ? course.balanceAt(end - 1) : after);
  }
  return stated < low ? low : stated > high ? high : stated;
}
