/**
 * Why a stated cost may differ from the price: mistakes and rules that are known from real bills, each tried on the same
 * quantities. Only one that reproduces the stated cost is named; that it does is evidence, no proof.
 */
import type { Atoms } from '../domain/money.ts';
import { readSku } from '../domain/priceSku.ts';
import type { RateEntry } from '../domain/scenario.ts';
import { dayText } from './priceFigures.ts';
import { costAt, entryAt, type Segment } from './priceSums.ts';

export interface PriceHint {
  readonly kind:
    | 'cached_as_input'
    | 'cached_twice'
    | 'cached_free'
    | 'writes_as_input'
    | 'unmarked'
    | 'half'
    | 'double'
    | 'tenth_more'
    | 'cents'
    | 'long_context'
    | 'not_long_context'
    | 'other_date'
    | 'complimentary';
  /** In words, as a predicate of the stated cost: `equals ...`. */
  readonly says: string;
}

interface Trial extends PriceHint {
  /** The prices that the mistake comes to; null where a segment has none to mistake. */
  readonly prices: (segment: Segment) => RateEntry | null;
}

const TRIALS: readonly Trial[] = [
  {
    kind: 'cached_as_input',
    says: 'equals pricing cached tokens as fresh input',
    prices: ({ entry }) => withCached(entry, (_, fresh) => fresh),
  },
  {
    kind: 'cached_twice',
    says: 'equals pricing cached tokens twice, as fresh input and as cached',
    prices: ({ entry }) => withCached(entry, (cached, fresh) => cached + fresh),
  },
  {
    kind: 'cached_free',
    says: 'equals leaving cached tokens out',
    prices: ({ entry }) => withCached(entry, () => 0n),
  },
  {
    kind: 'writes_as_input',
    says: 'equals pricing cache writes as ordinary input',
    prices: ({ entry }) =>
      changed(entry, (meter) => (meter.startsWith('cache_write') ? entry.prices['input_tokens'] : undefined)),
  },
  {
    kind: 'unmarked',
    says: 'equals the ordinary price, without the mark behind the SKU (batch, tier or region)',
    prices: ({ pricing, at }) => (readSku(pricing.sku).marks.length === 0 ? null : entryAt(pricing.plain, at)),
  },
  { kind: 'half', says: 'equals half the price: that of batch and flex', prices: ({ entry }) => times(entry, 1n, 2n) },
  {
    kind: 'double',
    says: 'equals twice the price: priority (fast), or everything counted twice',
    prices: ({ entry }) => times(entry, 2n, 1n),
  },
  {
    kind: 'tenth_more',
    says: 'equals 1.1 times the price: data residency, or inference in one region only',
    prices: ({ entry }) => times(entry, 11n, 10n),
  },
  {
    kind: 'cents',
    says: 'equals 100 times the price: cents read as whole units',
    prices: ({ entry }) => times(entry, 100n, 1n, () => true),
  },
  {
    kind: 'cents',
    says: 'equals a hundredth of the price: whole units read as cents',
    prices: ({ entry }) => times(entry, 1n, 100n, () => true),
  },
  {
    kind: 'long_context',
    says: 'equals the price of long context',
    prices: ({ pricing, at, isLong }) => (isLong ? null : entryAt(pricing.longEntries, at)),
  },
  {
    kind: 'not_long_context',
    says: 'equals the ordinary price, without that of long context',
    prices: ({ pricing, at, isLong }) => (isLong ? entryAt(pricing.entries, at) : null),
  },
];

/** A price list's change on a day, mistaken: the price before it, and the one after it. */
function otherDates(segments: readonly Segment[]): Trial[] {
  const days = new Map<string, Trial>();
  for (const { entry, at, pricing, isLong } of segments) {
    const entries = (isLong ? pricing.longEntries : pricing.entries) ?? [];
    const place = entries.indexOf(entry);
    const before = entries[place - 1];
    const after = entries[place + 1];
    const add = (says: string, other: RateEntry | undefined): void => {
      if (other === undefined) return;
      const prices = (segment: Segment): RateEntry | null =>
        segment.entry === entry && segment.at >= at ? other : null;
      days.set(says, { kind: 'other_date', says, prices });
    };
    add(`equals the price before ${dayText(entry.from)}`, before);
    if (after !== undefined) add(`equals the price from ${dayText(after.from)} on`, after);
  }
  return [...days.values()];
}

/**
 * The trial that comes nearest to the stated cost, and no further than the source's rounding allows.
 * @param takes whether a meter is part of what is stated.
 */
export function hintFor(
  segments: readonly Segment[],
  stated: Atoms,
  tolerance: Atoms,
  takes: (meter: string) => boolean,
): PriceHint | null {
  let best: PriceHint | null = null;
  let nearest = tolerance + 1n;
  for (const { kind, says, prices } of [...TRIALS, ...otherDates(segments)]) {
    const cost = trialCost(segments, prices, takes);
    if (cost === null) continue;
    const off = cost > stated ? cost - stated : stated - cost;
    if (off >= nearest) continue;
    nearest = off;
    best = { kind, says };
  }
  return best;
}

function trialCost(
  segments: readonly Segment[],
  prices: Trial['prices'],
  takes: (meter: string) => boolean,
): Atoms | null {
  let sum = 0n;
  let isTried = false;
  for (const segment of segments) {
    const entry = prices(segment);
    const cost = costAt(segment, entry ?? segment.entry, takes);
    if (cost === null) return null;
    isTried ||= entry !== null;
    sum += cost;
  }
  return isTried ? sum : null;
}

/** An entry with other prices for some meters. */
function changed(entry: RateEntry, priceOf: (meter: string) => Atoms | undefined): RateEntry {
  const prices = Object.entries(entry.prices).map(([meter, price]) => [meter, priceOf(meter) ?? price] as const);
  return { ...entry, prices: Object.fromEntries(prices) };
}

const CACHED = 'cached_';

function withCached(entry: RateEntry, priceOf: (cached: Atoms, fresh: Atoms) => Atoms): RateEntry {
  return changed(entry, (meter) => {
    const cached = entry.prices[meter];
    const fresh = meter.startsWith(CACHED) ? entry.prices[meter.slice(CACHED.length)] : undefined;
    return cached === undefined || fresh === undefined ? undefined : priceOf(cached, fresh);
  });
}

/** Prices times a factor, those of tokens alone where nothing else is said. */
function times(
  { from, per, prices }: RateEntry,
  by: bigint,
  of: bigint,
  takes: (meter: string) => boolean = (meter) => meter.endsWith('_tokens'),
): RateEntry {
  const scaled = Object.entries(prices).map(([meter, price]) => [meter, price * (takes(meter) ? by : of)] as const);
  return { from, per: per * of, prices: Object.fromEntries(scaled) };
}
