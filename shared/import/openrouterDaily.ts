/**
 * OpenRouter's activity by day and model: 8 columns. Its usage is what left the credits; that of keys of one's own (BYOK)
 * is not. Its prompt tokens include cached ones that it does not state.
 */
import { DAY_MS } from '../domain/time.ts';
import { BUCKETS } from './bucketEnds.ts';
import { ABSENT } from '../domain/usage.ts';
import { TableReader } from './delimited.ts';
import type { Detection, Head, Importer, OpenContext } from './importer.ts';
import { ExportColumns } from './openaiCost.ts';
import { OwnKeys } from './openrouterLog.ts';
import type { RowPlan, UsageTarget } from './rowPlan.ts';
import { detectTable, tablePlan } from './tablePlan.ts';

const COUNTS = ['Prompt Tokens', 'Completion Tokens'];

function plan(header: readonly string[], _target: UsageTarget, context: OpenContext): RowPlan | null {
  const columns = new ExportColumns(header);
  if (!columns.require(context, ['Date', 'Usage', ...COUNTS])) return null;
  const ownKeys = new OwnKeys();
  context.note(BUCKETS);
  context.note('It has the same usage as the log of generations: import one of the two.');
  context.note('Input tokens include cached ones, which the export does not tell apart.');
  return {
    ...tablePlan(columns),
    time: columns.of('Date'),
    bucketMs: DAY_MS,
    cost: columns.of('Usage'),
    sku: columns.of('Slug'),
    counts: COUNTS.map((name) => columns.of(name)),
    meters: ['input_tokens', 'output_tokens'],
    settle: (counts, meters) => {
      meters[0] = counts[0] ?? ABSENT;
      meters[1] = counts[1] ?? ABSENT;
      return null;
    },
    stored: (cells) => {
      ownKeys.add(cells, columns.of('BYOK Usage'));
    },
    end: () => {
      ownKeys.note(context);
    },
  };
}

export const openrouterDaily: Importer<UsageTarget> = {
  format: 'openrouter-daily',
  detect: (head: Head): Detection | null =>
    detectTable(head, "OpenRouter's activity by day", ['Date', 'Slug', 'Usage', 'BYOK Usage']),
  open: (target, context) => new TableReader(target, context, plan),
};
