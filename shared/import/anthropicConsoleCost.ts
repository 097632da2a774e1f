/**
 * The cost export of Anthropic's console. Its header had 7, 9, 12 and 14 columns within two years, so columns go by their
 * names alone. Every row is a day's cost of a model's tokens of one type, rounded to cents.
 */
import { DAY_MS } from '../domain/time.ts';
import { BUCKETS } from './bucketEnds.ts';
import { anthropicSku } from './anthropicMarks.ts';
import { TableReader } from './delimited.ts';
import type { Detection, Head, Importer, OpenContext } from './importer.ts';
import { ExportColumns } from './openaiCost.ts';
import { NONE, type RowPlan, type UsageTarget } from './rowPlan.ts';
import { detectTable, tablePlan } from './tablePlan.ts';

const MARKS = ['usage_type', 'context_window', 'inference_geo', 'speed'];
const ROUNDED = 'The console rounds each row to cents, so the sum may be off by half a cent a row.';

/** A display name in one file, an id in the other. */
const MODELS = ['model', 'model_version'];

function plan(header: readonly string[], _target: UsageTarget, context: OpenContext): RowPlan | null {
  const columns = new ExportColumns(header);
  if (!columns.require(context, ['usage_date_utc', 'cost_usd'])) return null;
  context.note(BUCKETS);
  context.note('Amounts are in USD.');
  context.note(ROUNDED);
  const model = MODELS.map((name) => columns.of(name)).find((column) => column !== NONE) ?? NONE;
  // names of keys repeat, their ids do not; older headers have the name only
  const key = columns.has('api_key_id') ? columns.of('api_key_id') : columns.of('api_key');
  const [type, kind] = [columns.of('token_type'), columns.of('cost_type')];
  const marks = MARKS.map((name) => columns.of(name));
  return {
    ...tablePlan(columns),
    time: columns.of('usage_date_utc'),
    bucketMs: DAY_MS,
    cost: columns.of('cost_usd'),
    project: columns.of('workspace'),
    key,
    skuOf: (cells) => {
      const parts = [cells.text(model), cells.text(type)];
      const named = parts.some((part) => part !== '');
      const sku = anthropicSku(
        named ? parts : [cells.text(kind)],
        marks.map((cell) => cells.text(cell)),
      );
      return sku === '' ? null : sku;
    },
  };
}

export const anthropicConsoleCost: Importer<UsageTarget> = {
  format: 'anthropic-console-cost',
  detect: (head: Head): Detection | null =>
    detectTable(head, "The cost export of Anthropic's console", ['usage_date_utc', 'token_type', 'cost_usd']),
  open: (target, context) => new TableReader(target, context, plan),
};
