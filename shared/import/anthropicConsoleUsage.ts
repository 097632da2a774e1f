/**
 * The usage export of Anthropic's console: a row a day, key, model and type of usage. The parts of the input exclude one
 * another as they come. Costs come from the price list.
 */
import { DAY_MS } from '../domain/time.ts';
import { BUCKETS } from './bucketEnds.ts';
import { ANTHROPIC_METERS, anthropicMeters, anthropicSku } from './anthropicMarks.ts';
import { TableReader } from './delimited.ts';
import type { Detection, Head, Importer, OpenContext } from './importer.ts';
import { ExportColumns } from './openaiCost.ts';
import { ABSENT } from '../domain/usage.ts';
import { NONE, type RowPlan, type UsageTarget } from './rowPlan.ts';
import { detectTable, tablePlan } from './tablePlan.ts';

/** In the order of the meters. */
const COUNTS = [
  'usage_input_tokens_no_cache',
  'usage_input_tokens_cache_write_5m',
  'usage_input_tokens_cache_write_1h',
  'usage_input_tokens_cache_read',
  'usage_output_tokens',
  'web_search_count',
];

const MARKS = ['usage_type', 'context_window', 'inference_geo', 'speed'];

function plan(header: readonly string[], _target: UsageTarget, context: OpenContext): RowPlan | null {
  const columns = new ExportColumns(header);
  if (!columns.require(context, ['usage_date_utc', 'usage_output_tokens'])) return null;
  context.note(BUCKETS);
  const model = columns.has('model_version') ? columns.of('model_version') : columns.of('model');
  const present = COUNTS.filter((name) => columns.has(name));
  const places = present.map((name) => COUNTS.indexOf(name));
  const all = new Float64Array(COUNTS.length).fill(ABSENT);
  const marks = MARKS.map((name) => columns.of(name));
  return {
    ...tablePlan(columns),
    time: columns.of('usage_date_utc'),
    bucketMs: DAY_MS,
    sku: model,
    project: columns.of('workspace'),
    key: columns.has('api_key_id') ? columns.of('api_key_id') : columns.of('api_key'),
    counts: present.map((name) => columns.of(name)),
    meters: ANTHROPIC_METERS,
    settle: (counts, meters) => {
      for (let i = 0; i < places.length; i++) all[places[i] ?? 0] = counts[i] ?? ABSENT;
      return anthropicMeters(all, meters);
    },
    skuOf: (cells) => {
      const name = model === NONE ? '' : cells.text(model);
      const sku = anthropicSku(
        [name],
        marks.map((cell) => cells.text(cell)),
      );
      return sku === name ? null : sku;
    },
  };
}

export const anthropicConsoleUsage: Importer<UsageTarget> = {
  format: 'anthropic-console-usage',
  detect: (head: Head): Detection | null =>
    detectTable(head, "The usage export of Anthropic's console", ['usage_date_utc', 'usage_output_tokens']),
  open: (target, context) => new TableReader(target, context, plan),
};
