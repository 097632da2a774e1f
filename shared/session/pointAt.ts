/** The account at an instant, in words: the last thing at or before it that changed the balance. */
import type { AccountPoint } from '../contract/engine.ts';
import { formatAtoms, toChartNumber } from '../domain/money.ts';
import type { TimelineRecord } from '../domain/result.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from '../domain/time.ts';
import type { Account } from './account.ts';
import { balanceBetween } from './placements.ts';

export function pointAt(account: Account, at: Instant): AccountPoint {
  const { run, course } = account;
  const change = course.changeAt(at);
  const { input, state } = run;
  if (change === null)
    return { at: input.opened, balance: '0', y: 0, what: 'Account opened', source: null, record: null };
  const { record, row } = change;
  const origin = row === null ? null : input.log.origin(row);
  const line = origin?.batch.line?.[origin.index];
  return {
    at: change.at,
    balance: formatAtoms(change.balance),
    y: toChartNumber(change.balance),
    between: balanceBetween(account, change.at),
    what: row === null ? recordWords(state.timeline[record!]!) : usageWords(run.input.log, row),
    source: origin === null ? null : origin.batch.source + (line === undefined ? '' : `:${line}`),
    record,
  };
}

function usageWords(log: Account['run']['input']['log'], row: number): string {
  const { batch, index } = log.origin(row);
  const covers = (batch.until?.[index] ?? 0) - batch.at[index]!;
  const part = covers > MINUTE_MS ? `, placed within ${spanText(covers)}` : '';
  return `Usage ${log.skus[log.sku[row]!]!}, ${formatAtoms(log.sums.cost(row))}${part}`;
}

/** `1 day`, `25 hours`, `90 minutes`: what a row covers, in the largest unit that it is whole in. */
function spanText(ms: number): string {
  const [unit, name] =
    ms % DAY_MS === 0
      ? ([DAY_MS, 'day'] as const)
      : ms % HOUR_MS === 0
        ? ([HOUR_MS, 'hour'] as const)
        : ([MINUTE_MS, 'minute'] as const);
  const count = Math.round(ms / unit);
  return count === 1 ? `1 ${name}` : `${count} ${name}s`;
}

/** Only records that change the balance are ever asked for; the others have their type. */
function recordWords(entry: TimelineRecord): string {
  const words: Partial<Record<TimelineRecord['type'], string>> = {
    posting: 'Credit posted',
    grant: 'Grant',
    adjustment: 'Adjustment',
    refund: 'Refund',
    expiry: 'Expired',
    plan_started: 'Debt moved to the next invoice',
  };
  const name = words[entry.type] ?? entry.type;
  return 'amount' in entry ? `${name}, ${formatAtoms(entry.amount)}` : name;
}
