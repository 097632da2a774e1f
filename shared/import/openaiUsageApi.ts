/**
 * Pages of OpenAI's usage API, of every kind: completions, embeddings, moderations, images, speeches, transcriptions,
 * vector stores, code interpreter sessions, file searches and web searches. Costs come from the price list. Requests are
 * a quantity only where they are what is sold: searches.
 */
import { BUCKETS } from './bucketEnds.ts';
import { ABSENT } from '../domain/usage.ts';
import type { Cells } from './cells.ts';
import type { Detection, Head, Importer } from './importer.ts';
import { beginsJson, namedShape, openDocument } from './jsonRows.ts';
import { TOKEN_COUNTS, TOKEN_COUNT_METERS, settleTokens, specialSku } from './openaiTokens.ts';
import type { UsageTarget } from './rowPlan.ts';

/** Quantities other than tokens: the member, and its meter. */
const QUANTITIES = [
  ['images', 'images'],
  ['characters', 'characters'],
  ['seconds', 'seconds'],
  ['usage_bytes', 'usage_bytes'],
  ['num_sessions', 'sessions'],
  ['num_requests', 'requests'],
] as const;

const COUNTS = [...TOKEN_COUNTS, ...QUANTITIES.map(([member]) => member)];
const METERS = [...TOKEN_COUNT_METERS, ...QUANTITIES.map(([, meter]) => meter)];

/** Members that tell one price of a model from another. */
const VARIANTS = ['source', 'size', 'context_level'] as const;

const MEMBERS = [
  '^start_time',
  '^start_time_iso',
  '^end_time',
  '^end_time_iso',
  'object',
  'model',
  'batch',
  'service_tier',
  'project_id',
  'api_key_id',
  ...VARIANTS,
  ...COUNTS,
];

/** `organization.usage.web_searches.result`: its third word. */
const RESULT = /"organization\.usage\.(\w+)\.result"/;
const EMPTY_PAGE = /"object"\s*:\s*"page"[^]*"object"\s*:\s*"bucket"/;

/** Kinds that are sold by the model. */
const OF_A_MODEL: ReadonlySet<string> = new Set(['completions', 'embeddings', 'moderations']);

/** SKU of a kind that is not sold by the token: the model, or else the kind, then what sets its price. */
function variantSku(cellOf: (name: string) => number, cells: Cells): string | null {
  const kind = cells.text(cellOf('object')).split('.')[2] ?? '';
  if (OF_A_MODEL.has(kind)) return null;
  const variants = VARIANTS.map((name) => cells.text(cellOf(name))).filter((text) => text !== '');
  const model = cells.text(cellOf('model'));
  if (model !== '' && variants.length === 0 && kind !== 'web_searches') return null;
  const name = kind.replaceAll('_', ' ');
  // a search costs the same whichever model asks for it, but not at every context level
  return [kind === 'web_searches' || model === '' ? name : model, ...variants].join(', ');
}

export const openaiUsageApi: Importer<UsageTarget> = {
  format: 'openai-usage-api',

  detect(head: Head): Detection | null {
    if (!beginsJson(head)) return null;
    const kind = RESULT.exec(head.text)?.[1];
    const why = "A page of OpenAI's usage API";
    if (kind !== undefined) {
      return { confidence: 0.95, why: `${why}, by its results organization.usage.${kind}.result.` };
    }
    // costs are by the day, and begin within the head; only usage by the minute has so many empty buckets
    return EMPTY_PAGE.test(head.text) ? { confidence: 0.9, why: `${why}: buckets of time without results.` } : null;
  },

  open: (target, context) => {
    context.note(BUCKETS);
    context.note('Cached tokens were taken off the input tokens.');
    const shape = namedShape(['data', 'results'], MEMBERS, (cellOf, common) => {
      const special = specialSku(cellOf, context);
      return {
        ...common,
        time: cellOf('^start_time'),
        timeFallback: cellOf('^start_time_iso'),
        until: cellOf('^end_time'),
        untilFallback: cellOf('^end_time_iso'),
        sku: cellOf('model'),
        project: cellOf('project_id'),
        key: cellOf('api_key_id'),
        counts: COUNTS.map(cellOf),
        meters: METERS,
        settle: (counts, meters) => {
          for (let i = 0; i < QUANTITIES.length; i++) {
            meters[TOKEN_COUNT_METERS.length + i] = counts[TOKEN_COUNTS.length + i] ?? ABSENT;
          }
          return settleTokens(cellOf, counts, meters);
        },
        skuOf: (cells) => variantSku(cellOf, cells) ?? special(cells),
      };
    });
    return openDocument(target, context, shape);
  },
};
