/**
 * Stated costs against prices: where a log has both cost and quantities, it is priced too, and the two are compared by SKU
 * and day. A difference that the source's rounding explains is shown and called rounding.
 */
import type { Atoms } from '../domain/money.ts';
import type { PriceList } from '../domain/priceList.ts';
import { DAY_MS, type Zone } from '../domain/time.ts';
import type { UsageBatch } from '../domain/usage.ts';
import { dayText, decimalsOf, ratioText, toleranceOf } from './priceFigures.ts';
import { hintFor, type PriceHint } from './priceHints.ts';
import { costAt, statedOf, sumBatch, type BatchSums, type Segment, type UnpricedSku } from './priceSums.ts';

export interface PriceCheckOptions {
  /** Whose clock tells the days; a bucket is of the day in which it begins. */
  readonly zone: Zone;
  /** Currency of the stated costs: prices in another one are not compared. */
  readonly currency: string;
  /** Digits after the point to which a batch's costs are rounded; none, or null: those of its finest cost. */
  readonly decimals?: (batch: UsageBatch) => number | null;
}

/** `rounding`: no more than rounding each row as the source does can make. */
export type Verdict = 'equal' | 'rounding' | 'differs';

export interface PriceDifference {
  readonly sku: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly rows: number;
  readonly stated: Atoms;
  readonly priced: Atoms;
  /** Stated less priced. */
  readonly difference: Atoms;
  /** Stated over priced, at most six digits after the point; null where the price is zero. */
  readonly ratio: string | null;
  readonly tolerance: Atoms;
  readonly verdict: Verdict;
  readonly hint: PriceHint | null;
}

export interface PriceCheck {
  /** Rows with a cost and priced quantities. */
  readonly rows: number;
  /** SKUs and days that these rows are of, by what was found. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly stated: Atoms;
  readonly priced: Atoms;
  /** Sums of the differences that are called disagreements. */
  readonly disagreements: { readonly rows: number; readonly stated: Atoms; readonly priced: Atoms };
  /** Sum of the differences that are called rounding. */
  readonly rounding: Atoms;
  /** Rows that state a cost of zero for what has a price, and that price: complimentary, a class of its own. */
  readonly complimentary: { readonly rows: number; readonly priced: Atoms };
  readonly withoutCost: number;
  readonly withoutQuantity: number;
  readonly unpriced: { readonly rows: number; readonly skus: readonly UnpricedSku[]; readonly skuCount: number };
  /** What is not equal: disagreements first, each kind by its absolute difference; the first of them. */
  readonly byModelDay: readonly PriceDifference[];
  /** What a comparison by rows cannot know, in sentences. */
  readonly notes: readonly string[];
}

/** Lists are for reading; the totals are of everything. */
export const MAX_LISTED = 1_000;

const ALL = (): boolean => true;

/** Compares what the rows of each batch state with what the list says of them. */
export function priceDisagreements(
  batches: readonly UsageBatch[],
  list: PriceList,
  options: PriceCheckOptions,
): PriceCheck {
  const { zone } = options;
  const sums: BatchSums[] = [];
  const groups = new Map<string, Group>();
  for (const batch of batches) {
    const decimals = options.decimals?.(batch) ?? decimalsOf(batch.cost);
    const summed = sumBatch(batch, listIn(list, options.currency), { zone, stated: true, decimals });
    sums.push(summed);
    for (const segment of summed.segments) if (!segment.isFree) addTo(groups, segment, decimals);
  }
  const found = [...groups.values()].map(differenceOf);
  const differing = found.filter(({ verdict }) => verdict === 'differs');
  const free = sums.flatMap(({ segments }) => segments.filter(({ isFree }) => isFree));
  return {
    ...totalsOf(found),
    verdicts: {
      equal: found.filter(({ verdict }) => verdict === 'equal').length,
      rounding: found.filter(({ verdict }) => verdict === 'rounding').length,
      differs: differing.length,
    },
    disagreements: totalsOf(differing),
    rounding: sumOf(found, 'rounding'),
    complimentary: {
      rows: free.reduce((rows, segment) => rows + segment.rows, 0),
      priced: free.reduce((sum, segment) => sum + (costAt(segment) ?? 0n), 0n),
    },
    withoutCost: sums.reduce((rows, { withoutCost }) => rows + withoutCost, 0),
    withoutQuantity: sums.reduce((rows, { withoutQuantity }) => rows + withoutQuantity, 0),
    unpriced: unpricedOf(sums),
    byModelDay: listed(found),
    notes: notesOf(sums),
  };
}

/** A list in another currency has no price for what is compared. */
export function listIn(list: PriceList, currency: string): PriceList {
  if (list.currency === currency) return list;
  const name = `${list.name} is in ${list.currency}, the costs are in ${currency}: it`;
  return { ...list, name, rates: new Map(), longContext: new Map() };
}

interface Group {
  readonly sku: string;
  readonly day: number;
  readonly segments: Segment[];
  tolerance: Atoms;
}

function addTo(groups: Map<string, Group>, segment: Segment, decimals: number): void {
  const { sku } = segment.pricing;
  const key = `${segment.day} ${sku}`;
  let group = groups.get(key);
  if (group === undefined) groups.set(key, (group = { sku, day: segment.day, segments: [], tolerance: 0n }));
  group.segments.push(segment);
  // a segment's price is rounded once, to an atom
  const rounding = toleranceOf(segment.rows, decimals);
  group.tolerance += rounding > 1n ? rounding : 1n;
}

function differenceOf({ sku, day, segments, tolerance }: Group): PriceDifference {
  const stated = segments.reduce((sum, segment) => sum + statedOf(segment), 0n);
  const priced = segments.reduce((sum, segment) => sum + (costAt(segment) ?? 0n), 0n);
  const verdict = verdictOf(stated - priced, tolerance);
  return {
    sku,
    day: dayText(day * DAY_MS),
    rows: segments.reduce((rows, segment) => rows + segment.rows, 0),
    stated,
    priced,
    difference: stated - priced,
    ratio: ratioText(stated, priced),
    tolerance,
    verdict,
    hint: verdict === 'differs' ? hintFor(segments, stated, tolerance, ALL) : null,
  };
}

export function verdictOf(difference: Atoms, tolerance: Atoms): Verdict {
  if (difference === 0n) return 'equal';
  return absolute(difference) <= tolerance ? 'rounding' : 'differs';
}

export function absolute(amount: Atoms): Atoms {
  return amount < 0n ? -amount : amount;
}

export function sumOf(
  found: readonly { readonly verdict: string; readonly difference: Atoms }[],
  verdict: Verdict,
): Atoms {
  return found.reduce((sum, one) => (one.verdict === verdict ? sum + one.difference : sum), 0n);
}

function totalsOf(found: readonly PriceDifference[]): { rows: number; stated: Atoms; priced: Atoms } {
  return {
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    stated: found.reduce((sum, { stated }) => sum + stated, 0n),
    priced: found.reduce((sum, { priced }) => sum + priced, 0n),
  };
}

/** What is to be looked at, the largest first, and only so much of it. */
function listed(found: readonly PriceDifference[]): PriceDifference[] {
  const unequal = found.filter(({ verdict }) => verdict !== 'equal');
  const bySize = (one: PriceDifference, other: PriceDifference): number =>
    compare(absolute(other.difference), absolute(one.difference)) ||
    compare(one.day, other.day) ||
    compare(one.sku, other.sku);
  const kind = (verdict: Verdict): PriceDifference[] =>
    unequal.filter((difference) => difference.verdict === verdict).sort(bySize);
  return [...kind('differs'), ...kind('rounding')].slice(0, MAX_LISTED);
}

export function compare<T extends bigint | string>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export function unpricedOf(sums: readonly BatchSums[]): PriceCheck['unpriced'] {
  const skus = new Map<string, UnpricedSku>();
  for (const { sku, rows, reason } of sums.flatMap(({ unpriced }) => unpriced))
    skus.set(sku, { sku, rows: (skus.get(sku)?.rows ?? 0) + rows, reason: skus.get(sku)?.reason ?? reason });
  const all = [...skus.values()].sort((one, other) => other.rows - one.rows || compare(one.sku, other.sku));
  return {
    rows: all.reduce((sum, { rows }) => sum + rows, 0),
    skus: all.slice(0, MAX_LISTED),
    skuCount: all.length,
  };
}

export function notesOf(sums: readonly BatchSums[]): string[] {
  const longRows = sums.flatMap(({ segments }) => segments).reduce((n, { isLong, rows }) => n + (isLong ? rows : 0), 0);
  const maybeLong = sums.reduce((rows, sum) => rows + sum.maybeLong, 0);
  const acrossChange = sums.reduce((rows, sum) => rows + sum.acrossChange, 0);
  const notes: string[] = [];
  if (longRows > 0) notes.push(`${rowsText(longRows)} priced as long context, by the input tokens of the request.`);
  if (maybeLong > 0)
    notes.push(
      `${rowsText(maybeLong)} at the ordinary price may hold requests of long context: the input is long enough, but not known to be that of a single request.`,
    );
  if (acrossChange > 0) {
    const covers = acrossChange === 1 ? 'covers' : 'cover';
    notes.push(
      `${rowsText(acrossChange)} ${covers} a time in which the price changed; the price at the start was taken.`,
    );
  }
  return notes;
}

function rowsText(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`;
}
