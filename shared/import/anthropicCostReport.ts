/**
 * Pages of Anthropic's cost_report: days with results. Amounts are strings of **cents**, with a fraction. Batches have the
 * description of ordinary usage, and writes to the cache for five minutes that of those for an hour, so the SKU is made of
 * the model, the type of tokens and the tier.
 */
import { BUCKETS } from './bucketEnds.ts';
import type { Detection, Head, Importer } from './importer.ts';
import { anthropicSku } from './anthropicMarks.ts';
import { beginsJson, namedShape, openDocument } from './jsonRows.ts';
import type { UsageTarget } from './rowPlan.ts';

const MARKS = ['service_tier', 'context_window', 'inference_geo'];

const MEMBERS = [
  '^starting_at',
  '^ending_at',
  'amount',
  'currency',
  'workspace_id',
  'description',
  'cost_type',
  'model',
  'token_type',
  ...MARKS,
];

const BUCKET = /"starting_at"\s*:\s*"/;
const AMOUNT = /"amount"\s*:/;

export const anthropicCostReport: Importer<UsageTarget> = {
  format: 'anthropic-cost-report',

  detect(head: Head): Detection | null {
    if (!beginsJson(head) || !BUCKET.test(head.text) || !AMOUNT.test(head.text)) return null;
    return { confidence: 0.95, why: "A page of Anthropic's cost_report, by starting_at and amount." };
  },

  open: (target, context) => {
    context.note(BUCKETS);
    context.note('Amounts are in cents.');
    const shape = namedShape(['data', 'results'], MEMBERS, (cellOf, common) => ({
      ...common,
      time: cellOf('^starting_at'),
      until: cellOf('^ending_at'),
      cost: cellOf('amount'),
      cents: true,
      currency: cellOf('currency'),
      project: cellOf('workspace_id'),
      skuOf: (cells) => {
        const text = (name: string): string => cells.text(cellOf(name));
        const [model, type] = [text('model'), text('token_type')];
        const parts = model !== '' && type !== '' ? [model, type] : [text('description') || text('cost_type') || model];
        const sku = anthropicSku(
          parts,
          MARKS.map((mark) => text(mark)),
        );
        return sku === '' ? null : sku;
      },
    }));
    return openDocument(target, context, shape);
  },
};
