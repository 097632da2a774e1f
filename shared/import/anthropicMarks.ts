/** What Anthropic's reports and exports have in common: their meters, and SKUs of usage at other than the ordinary price. */
import { ABSENT } from '../domain/usage.ts';

/** Token counts in every report's own order, as meters. They exclude one another as they come. */
export const ANTHROPIC_METERS = [
  'input_tokens',
  'cache_write_tokens',
  'cache_write_1h_tokens',
  'cached_input_tokens',
  'output_tokens',
  'web_search_requests',
] as const;

/** Meters that a row has even at zero; a price list needs no price for what else was not used. */
const ALWAYS: ReadonlySet<string> = new Set(['input_tokens', 'output_tokens']);

/** Counts in the order of the meters -> meters. */
export function anthropicMeters(counts: Float64Array, meters: Float64Array): null {
  for (const [i, name] of ANTHROPIC_METERS.entries()) {
    const count = counts[i] ?? ABSENT;
    meters[i] = count === 0 && !ALWAYS.has(name) ? ABSENT : count;
  }
  return null;
}

/** Service tiers, usage types, context windows, regions and speeds at the ordinary price. */
const ORDINARY: ReadonlySet<string> = new Set([
  '',
  'standard',
  'message',
  '0-200k',
  '≤ 200k',
  '≤200k',
  'not_available',
  'global',
]);

/** `claude-haiku-4-5, output_tokens, batch`: the parts, and those of the marks that change the price. */
export function anthropicSku(parts: readonly string[], marks: readonly string[]): string {
  return [...parts.filter((part) => part !== ''), ...marks.filter((mark) => !ORDINARY.has(mark))].join(', ');
}
