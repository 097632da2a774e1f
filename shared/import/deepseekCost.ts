/**
 * The second of DeepSeek's two exports, `cost`: a day's cost of a model, from the granted and from the topped-up balance.
 * Both are costs. Days are those of UTC+8.
 */
import { BUCKETS } from './bucketEnds.ts';
import { DAY_MS, zoneOf } from '../domain/time.ts';
import { DEEPSEEK_ZONE } from './deepseekAmount.ts';
import { TableReader } from './delimited.ts';
import type { Detection, Head, Importer, OpenContext } from './importer.ts';
import { ExportColumns } from './openaiCost.ts';
import type { RowPlan, UsageTarget } from './rowPlan.ts';
import { detectTable, tablePlan } from './tablePlan.ts';

const COLUMNS = ['start_time_iso', 'wallet_type', 'cost', 'currency'];

function plan(header: readonly string[], _target: UsageTarget, context: OpenContext): RowPlan | null {
  const columns = new ExportColumns(header);
  if (!columns.require(context, COLUMNS)) return null;
  context.note(BUCKETS);
  context.note('The amount export of the same days has the same usage: import one of the two.');
  return {
    ...tablePlan(columns),
    zone: zoneOf(DEEPSEEK_ZONE),
    time: columns.of('start_time_iso'),
    until: columns.of('end_time_iso'),
    bucketMs: DAY_MS,
    cost: columns.of('cost'),
    currency: columns.of('currency'),
    sku: columns.of('model'),
  };
}

export const deepseekCost: Importer<UsageTarget> = {
  format: 'deepseek-cost',
  detect: (head: Head): Detection | null => detectTable(head, "DeepSeek's cost export", COLUMNS),
  open: (target, context) => new TableReader(target, context, plan),
};
