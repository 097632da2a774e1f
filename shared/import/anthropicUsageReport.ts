/**
 * Pages of Anthropic's usage_report for messages: the parts of the input exclude one another as they come. Costs come from
 * the price list.
 */
import { BUCKETS } from './bucketEnds.ts';
import { ANTHROPIC_METERS, anthropicMeters, anthropicSku } from './anthropicMarks.ts';
import type { Detection, Head, Importer } from './importer.ts';
import { beginsJson, namedShape, openDocument } from './jsonRows.ts';
import type { UsageTarget } from './rowPlan.ts';

/** In the order of the meters. */
const COUNTS = [
  'uncached_input_tokens',
  'cache_creation.ephemeral_5m_input_tokens',
  'cache_creation.ephemeral_1h_input_tokens',
  'cache_read_input_tokens',
  'output_tokens',
  'server_tool_use.web_search_requests',
];

const MARKS = ['service_tier', 'context_window', 'inference_geo'];
const MEMBERS = ['^starting_at', '^ending_at', 'model', 'workspace_id', 'api_key_id', ...MARKS, ...COUNTS];

const BUCKET = /"starting_at"\s*:\s*"/;
const AMOUNT = /"amount"\s*:/;

export const anthropicUsageReport: Importer<UsageTarget> = {
  format: 'anthropic-usage-report',

  detect(head: Head): Detection | null {
    if (!beginsJson(head) || !BUCKET.test(head.text) || AMOUNT.test(head.text)) return null;
    const why = "A page of Anthropic's usage_report";
    return head.text.includes('"uncached_input_tokens"')
      ? { confidence: 0.95, why: `${why}, by starting_at and uncached_input_tokens.` }
      : { confidence: 0.85, why: `${why}: buckets of time without results.` };
  },

  open: (target, context) => {
    context.note(BUCKETS);
    const shape = namedShape(['data', 'results'], MEMBERS, (cellOf, common) => ({
      ...common,
      time: cellOf('^starting_at'),
      until: cellOf('^ending_at'),
      project: cellOf('workspace_id'),
      key: cellOf('api_key_id'),
      sku: cellOf('model'),
      counts: COUNTS.map(cellOf),
      meters: ANTHROPIC_METERS,
      settle: (counts, meters) => anthropicMeters(counts, meters),
      skuOf: (cells) => {
        const model = cells.text(cellOf('model'));
        const sku = anthropicSku(
          [model],
          MARKS.map((mark) => cells.text(cellOf(mark))),
        );
        return sku === model ? null : sku;
      },
    }));
    return openDocument(target, context, shape);
  },
};
