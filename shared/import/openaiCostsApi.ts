/**
 * Pages of OpenAI's costs API: days with results, each the cost of a line item. As documented, amounts are numbers; as
 * seen, they are strings of up to 39 decimals, zero is `0E-6176`, and days and results have members more.
 */
import { BUCKETS } from './bucketEnds.ts';
import type { Detection, Head, Importer } from './importer.ts';
import { beginsJson, namedShape, openDocument } from './jsonRows.ts';
import { storeQuantity } from './openaiCost.ts';
import type { UsageTarget } from './rowPlan.ts';

const MEMBERS = [
  '^start_time',
  '^start_time_iso',
  '^end_time',
  '^end_time_iso',
  'amount.value',
  'amount.currency',
  'line_item',
  'project_id',
  'api_key_id',
  'quantity',
  'quantity_unit',
];

const COST_RESULT = /"organization\.costs\.result"/;

export const openaiCostsApi: Importer<UsageTarget> = {
  format: 'openai-costs-api',

  detect(head: Head): Detection | null {
    if (!beginsJson(head) || !COST_RESULT.test(head.text)) return null;
    return { confidence: 0.95, why: "A page of OpenAI's costs API, by its results organization.costs.result." };
  },

  open: (target, context) => {
    context.note(BUCKETS);
    const shape = namedShape(['data', 'results'], MEMBERS, (cellOf, common) => ({
      ...common,
      time: cellOf('^start_time'),
      timeFallback: cellOf('^start_time_iso'),
      until: cellOf('^end_time'),
      untilFallback: cellOf('^end_time_iso'),
      cost: cellOf('amount.value'),
      currency: cellOf('amount.currency'),
      sku: cellOf('line_item'),
      project: cellOf('project_id'),
      key: cellOf('api_key_id'),
      further: (cells, row) => storeQuantity(target, cells, row, cellOf('quantity'), cellOf('quantity_unit')),
    }));
    return openDocument(target, context, shape);
  },
};
