/** The account at an instant, in words: the last thing at or before it that changed the balance. */
import type { AccountPoint } from '../contract/engine.ts';
import { formatAtoms, toChartNumber } from '../domain/money.ts';
import type { TimelineRecord } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import type { Account } from './account.ts';

export function pointAt({ run, course }: Account, at: Instant): AccountPoint {
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
    what: row === null ? recordWords(state.timeline[record!]!) : usageWords(run.input.log, row),
    source: origin === null ? null : origin.batch.source + (line === undefined ? '' : `:${line}`),
    record,
  };
}

function usageWords(log: Account['run']['input']['log'], row: number): string {
  return `Usage ${log.skus[log.sku[row]!]!}, ${formatAtoms(log.sums.cost(row))}`;
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
