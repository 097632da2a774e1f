/**
 * The activity export of OpenAI's dashboard for completions: 24 columns, token counts as floats (`10.0`), buckets down to
 * one minute. Several rows of one bucket, one per key or model, are different rows. Costs come from the price list.
 */
import { BUCKETS } from './bucketEnds.ts';
import { ABSENT } from '../domain/usage.ts';
import { TableReader } from './delimited.ts';
import type { Detection, Head, Importer, OpenContext } from './importer.ts';
import { ExportColumns, exportPlan } from './openaiCost.ts';
import { ALL_INPUT, TOKEN_COUNTS, TOKEN_COUNT_METERS, settleTokens, specialSku } from './openaiTokens.ts';
import type { RowPlan, UsageTarget } from './rowPlan.ts';

function plan(header: readonly string[], _target: UsageTarget, context: OpenContext): RowPlan | null {
  const columns = new ExportColumns(header);
  if (!columns.require(context, ['start_time', 'model', 'output_tokens'])) return null;
  if (!columns.has('input_uncached_tokens') && !columns.require(context, [ALL_INPUT])) return null;
  context.note(BUCKETS);
  context.note('Cached tokens were taken off the input tokens.');
  const cellOf = (name: string): number => columns.of(name);
  const present = TOKEN_COUNTS.filter((name) => columns.has(name));
  const all = new Float64Array(TOKEN_COUNTS.length).fill(ABSENT);
  const places = present.map((name) => TOKEN_COUNTS.indexOf(name));
  return {
    ...exportPlan(columns),
    sku: columns.of('model'),
    counts: present.map((name) => columns.of(name)),
    meters: TOKEN_COUNT_METERS,
    settle: (counts, meters) => {
      for (let i = 0; i < places.length; i++) all[places[i] ?? 0] = counts[i] ?? ABSENT;
      return settleTokens(cellOf, all, meters);
    },
    skuOf: specialSku(cellOf, context),
  };
}

export const openaiUsage: Importer<UsageTarget> = {
  format: 'openai-usage',

  detect({ table }: Head): Detection | null {
    if (table === null) return null;
    const columns = new ExportColumns(table.header);
    if (!columns.has('start_time', 'num_model_requests', 'model', ALL_INPUT, 'output_tokens')) return null;
    const why = `The OpenAI dashboard's activity export, by its ${table.header.length} columns, num_model_requests among them.`;
    return { confidence: 0.95, why };
  },

  open: (target, context) => new TableReader(target, context, plan),
};
