/** Token counts as logs write them -> meters that exclude one another. The rule is in `columns.ts`. */
import { ABSENT } from '../domain/usage.ts';
import type { Role } from './columns.ts';
import type { CachedTokens } from './importer.ts';

/** Meters in the order in which `exclusiveMeters` gives them. */
export const TOKEN_METERS = [
  'input_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  'output_tokens',
  'input_audio_tokens',
  'output_audio_tokens',
] as const;

/** Index of a count in `TOKEN_ROLES`' order. */
const INPUT = 0;
const PROMPT = 1;
const UNCACHED = 2;
const CACHED_WITHIN = 3;
const CACHED_APART = 4;
const WRITE_WITHIN = 5;
const WRITE_APART = 6;
const OUTPUT = 7;
const AUDIO_INPUT = 8;
const AUDIO_OUTPUT = 9;

/** A count of tokens that is more than the count that should include it; the role is the part's. */
export interface TooMany {
  readonly part: Role;
  readonly total: Role;
  readonly counted: number;
  readonly included: number;
}

/**
 * Writes the meters of one row. A zero of a further meter (cached, written, audio) is left out: a price list needs no
 * price for what was not used.
 */
export function exclusiveMeters(
  counts: Float64Array,
  meters: Float64Array,
  cachedTokens: CachedTokens,
): TooMany | null {
  const uncached = counts[UNCACHED] ?? ABSENT;
  const plain = counts[INPUT] ?? ABSENT;
  const total = plain !== ABSENT ? plain : (counts[PROMPT] ?? ABSENT);
  const inclusive = plain === ABSENT;
  const within = counts[CACHED_WITHIN] ?? ABSENT;
  const cached = within !== ABSENT ? within : (counts[CACHED_APART] ?? ABSENT);
  const writtenWithin = counts[WRITE_WITHIN] ?? ABSENT;
  const written = writtenWithin !== ABSENT ? writtenWithin : (counts[WRITE_APART] ?? ABSENT);
  let input = uncached;
  if (uncached === ABSENT && total !== ABSENT) {
    input = total;
    if (cached > 0 && counted(cachedTokens, inclusive || within !== ABSENT)) input -= cached;
    if (written > 0 && counted(cachedTokens, inclusive || writtenWithin !== ABSENT)) input -= written;
    if (input < 0) {
      const part = within !== ABSENT ? 'cached_within' : cached > 0 ? 'cached_apart' : 'write_within';
      return { part, total: inclusive ? 'prompt' : 'input', counted: total, included: total - input };
    }
  }
  const output = counts[OUTPUT] ?? ABSENT;
  const core = input !== ABSENT || output !== ABSENT;
  meters[0] = input;
  meters[1] = cached === 0 && core ? ABSENT : cached;
  meters[2] = written === 0 && core ? ABSENT : written;
  meters[3] = output;
  meters[4] = further(counts[AUDIO_INPUT] ?? ABSENT, core);
  meters[5] = further(counts[AUDIO_OUTPUT] ?? ABSENT, core);
  return null;
}

function counted(cachedTokens: CachedTokens, byName: boolean): boolean {
  return cachedTokens === 'auto' ? byName : cachedTokens === 'included';
}

function further(value: number, core: boolean): number {
  return value === 0 && core ? ABSENT : value;
}

/** How the counts of a file were read, for its report; null where there was nothing to decide. */
export function tokenRule(nameOf: (role: Role) => string | null, cachedTokens: CachedTokens): string | null {
  const uncached = nameOf('uncached');
  const input = nameOf('input') ?? nameOf('prompt');
  const cached = nameOf('cached_within') ?? nameOf('cached_apart');
  if (uncached !== null) return `${uncached} was read as the input tokens.`;
  if (input === null || cached === null) return null;
  const byName = nameOf('input') === null || nameOf('cached_within') !== null;
  const chosen = cachedTokens === 'auto' ? '' : ', as chosen';
  return counted(cachedTokens, byName)
    ? `${cached} was read as a part of ${input} and taken off it${chosen}.`
    : `${cached} was read as counted apart from ${input}${chosen}.`;
}

/** The message for a part that is larger than its whole. */
export function tooManyMessage(fault: TooMany, nameOf: (role: Role) => string | null): string {
  const total = nameOf(fault.total) ?? fault.total;
  return (
    `${fault.included} cached tokens are more than the ${fault.counted} of ${total}, which was read as including them; ` +
    `where they are counted apart, import the file with cached tokens 'separate'`
  );
}
