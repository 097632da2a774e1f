/**
 * Spend logs of the LiteLLM proxy: one request an object, a line each, or all in one array. `spend` is a binary float, so
 * that it may end in noise; what is finer than 10^-12 is rounded. Prompt tokens include cached ones, which stand deep in
 * the metadata. An answer from the proxy's own cache has tokens and no cost, and is kept like that.
 */
import { ABSENT } from '../domain/usage.ts';
import type { Detection, Head, Importer } from './importer.ts';
import { firstKeys, namedShape, openArrayOrLines } from './jsonRows.ts';
import type { UsageTarget } from './rowPlan.ts';

const PROMPT = 'prompt_tokens';
const COMPLETION = 'completion_tokens';
const USAGE = 'metadata.usage_object';
/** What the providers that are passed through call the two counts, the surer one first. */
const CACHED = [`${USAGE}.prompt_tokens_details.cached_tokens`, `${USAGE}.cache_read_input_tokens`];
const WRITTEN = [`${USAGE}.prompt_tokens_details.cache_creation_tokens`, `${USAGE}.cache_creation_input_tokens`];

const MEMBERS = [
  'request_id',
  'startTime',
  'spend',
  'model',
  'team_id',
  'api_key',
  PROMPT,
  COMPLETION,
  ...CACHED,
  ...WRITTEN,
];

/** Keys that together only these logs have. */
const MARKS = ['request_id', 'spend', 'startTime', 'call_type'];

/** The first of two counts that is there; none is zero. */
function either(one = ABSENT, other = ABSENT): number {
  return Math.max(0, one === ABSENT ? other : one);
}

export const litellm: Importer<UsageTarget> = {
  format: 'litellm',

  detect(head: Head): Detection | null {
    const keys = firstKeys(head);
    if (!MARKS.every((mark) => keys.has(mark))) return null;
    return { confidence: 0.95, why: `Spend logs of LiteLLM, by the keys ${MARKS.join(', ')}.` };
  },

  open: (target, context) => {
    context.note('Each request is placed at its start.');
    context.note('Cached tokens were taken off the prompt tokens.');
    const shape = namedShape([], MEMBERS, (cellOf, common) => ({
      ...common,
      time: cellOf('startTime'),
      cost: cellOf('spend'),
      sku: cellOf('model'),
      project: cellOf('team_id'),
      key: cellOf('api_key'),
      id: cellOf('request_id'),
      counts: [PROMPT, COMPLETION, ...CACHED, ...WRITTEN].map(cellOf),
      meters: ['input_tokens', 'cached_input_tokens', 'cache_write_tokens', 'output_tokens'],
      settle: (counts, meters) => {
        const prompt = counts[0] ?? ABSENT;
        const cached = either(counts[2], counts[3]);
        const written = either(counts[4], counts[5]);
        if (cached + written > Math.max(0, prompt)) {
          const message = `${PROMPT} is ${Math.max(0, prompt)}, but ${cached + written} of them are cached`;
          return { cell: cellOf(PROMPT), message };
        }
        meters[0] = prompt === ABSENT ? ABSENT : prompt - cached - written;
        meters[1] = cached === 0 ? ABSENT : cached;
        meters[2] = written === 0 ? ABSENT : written;
        meters[3] = counts[1] ?? ABSENT;
        return null;
      },
    }));
    return openArrayOrLines(target, context, shape);
  },
};
