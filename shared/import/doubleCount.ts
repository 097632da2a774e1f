/**
 * Two files that state the same usage twice: by two groupings (by model, by project), by the day and by the request, as
 * costs and as the tokens that would be priced. What is equal row by row was left out before (`overlap.ts`); here are
 * files whose rows differ and whose sums agree.
 *
 * Files are taken for unrelated where both name their projects, or their keys, and have none in common, and where both
 * are logs of requests with ids: what of those is equal was told by the ids.
 */
import { formatAtoms, type Atoms } from '../domain/money.ts';
import { DAY_MS, formatInstant, type Instant } from '../domain/time.ts';
import { ABSENT, type DecimalColumn, type UsageBatch } from '../domain/usage.ts';
import { plainName } from './columns.ts';
import {
  DIMENSIONS,
  dayStartOf,
  extentOf,
  sumsByDay,
  usedNames,
  type DaySums,
  type Dimension,
  type Extent,
  type Limits,
  type UsedNames,
} from './dayTotals.ts';
import { DEFAULT_SKU } from './usageBuilder.ts';

export interface DoubleCounted {
  /** The other source, by its place among those given. */
  readonly index: number;
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
  /** In a sentence: which groupings, and that their sums agree. */
  readonly says: string;
}

/** The first of the other batches that states usage of this one a second time; null where none does. */
export function doubleCountOf(
  batch: UsageBatch,
  others: readonly { readonly name: string; readonly batch: UsageBatch }[],
): DoubleCounted | null {
  const extent = extentOf(batch);
  if (extent === null) return null;
  let side: Side | null = null;
  for (const [index, other] of others.entries()) {
    const within = sharedTime(extent, extentOf(other.batch));
    if (within === null || (hasIds(batch) && hasIds(other.batch))) continue;
    side ??= sideOf(batch);
    const found = compare(side, sideOf(other.batch), within, other.name);
    if (found !== null) return { index, ...found };
  }
  return null;
}

interface Side {
  readonly batch: UsageBatch;
  readonly names: UsedNames;
  /** Share of the rows that state a cost. */
  readonly costs: number;
}

function sideOf(batch: UsageBatch): Side {
  let costs = 0;
  for (let row = 0; row < batch.count; row++) if (batch.cost.whole[row] !== ABSENT) costs++;
  return { batch, names: usedNames(batch, DEFAULT_SKU), costs: costs / batch.count };
}

/** Nearly all. */
const MOST = 0.9;

function hasIds({ ids, count }: UsageBatch): boolean {
  if (ids === null) return false;
  let some = 0;
  for (let row = 0; row < count; row++) if ((ids.ends[row] ?? 0) > (row === 0 ? 0 : (ids.ends[row - 1] ?? 0))) some++;
  return some > MOST * count;
}

/** The time that both cover; null where that is nothing. */
function sharedTime(one: Extent, other: Extent | null): Extent | null {
  if (other === null) return null;
  const both = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
  return both.from < both.to ? both : null;
}

type Finding = Omit<DoubleCounted, 'index'>;

function compare(one: Side, other: Side, within: Extent, name: string): Finding | null {
  const unrelated = (dimension: Dimension): boolean => {
    const [a, b] = [one.names[dimension], other.names[dimension]];
    return a.size > 0 && b.size > 0 && shared(a, b).size === 0;
  };
  if (unrelated('project') || unrelated('key')) return null;
  const dayStart = dayStartOf(one.batch) ?? dayStartOf(other.batch) ?? 0;
  const days = wholeDays(within, dayStart);
  if (one.costs > MOST && other.costs > MOST) return sameCosts(one, other, days, dayStart, name);
  if (one.costs < 1 - MOST && other.costs < 1 - MOST) return sameQuantities(one, other, days, dayStart, name);
  if (one.costs > MOST && other.costs < 1 - MOST) return costsOfTokens(one, other, days, dayStart, name);
  if (other.costs > MOST && one.costs < 1 - MOST) return costsOfTokens(other, one, days, dayStart, name);
  return null;
}

/** Days are compared whole: what one file has of a day, the other has of it. */
function wholeDays({ from, to }: Extent, dayStart: number): Extent {
  const start = Math.floor((from - dayStart) / DAY_MS) * DAY_MS + dayStart;
  return { from: start, to: Math.ceil((to - dayStart) / DAY_MS) * DAY_MS + dayStart };
}

function sameCosts(one: Side, other: Side, days: Extent, dayStart: number, name: string): Finding | null {
  const sums = (side: Side, limits: Limits): DaySums =>
    sumsByDay(side.batch, [side.batch.cost], days, dayStart, limits);
  const agreement = bestAgreement(one, other, sums);
  return agreement === null ? null : finding(one, other, agreement, dayStart, name, 'costs');
}

function sameQuantities(one: Side, other: Side, days: Extent, dayStart: number, name: string): Finding | null {
  let found: Agreement | null = null;
  for (const [meter, column] of one.batch.meters) {
    const otherColumn = other.batch.meters.get(meter);
    if (otherColumn === undefined) continue;
    const sums = (side: Side, limits: Limits): DaySums =>
      sumsByDay(side.batch, [side === one ? column : otherColumn], days, dayStart, limits);
    if (sums(one, NO_LIMITS).size === 0 || sums(other, NO_LIMITS).size === 0) continue;
    const agreement = bestAgreement(one, other, sums);
    // usage of two kinds has a meter or two in common; all that both have must agree
    if (agreement === null) return null;
    found ??= agreement;
  }
  return found === null ? null : finding(one, other, found, dayStart, name, 'quantities');
}

/** Costs by model and line, and the tokens of the same models: both are charged. */
function costsOfTokens(costs: Side, tokens: Side, days: Extent, dayStart: number, name: string): Finding | null {
  const tokensOf = ({ batch }: Side): DecimalColumn[] =>
    [...batch.meters].filter(([meter]) => meter.endsWith('tokens')).map(([, column]) => column);
  if (tokensOf(tokens).length === 0 || !sameModels(costs.names.sku, tokens.names.sku)) return null;
  const sums = (side: Side, limits: Limits): DaySums => sumsByDay(side.batch, tokensOf(side), days, dayStart, limits);
  const agreement = agreementOf(sums(costs, NO_LIMITS), sums(tokens, NO_LIMITS));
  if (agreement !== null) return finding(costs, tokens, agreement, dayStart, name, 'tokens');
  if (!hasBuckets(costs.batch) || !hasBuckets(tokens.batch)) return null;
  const costDays = sumsByDay(costs.batch, [costs.batch.cost], days, dayStart, NO_LIMITS);
  const tokenDays = sums(tokens, NO_LIMITS);
  const both = [...costDays.keys()].filter((day) => tokenDays.has(day));
  if (both.length === 0 || 2 * both.length < Math.min(costDays.size, tokenDays.size)) return null;
  const { from, to } = timeOf(both, dayStart);
  const says =
    `${name} and this file are of the same models on the same days, ${spanText(from, to)}: ` +
    'one states their costs, the other their tokens, which would be priced; together they count the usage twice.';
  return { from, to, says };
}

/** Rows that cover minutes or days are an export's. */
function hasBuckets({ count, until }: UsageBatch): boolean {
  let buckets = 0;
  for (let row = 0; row < count; row++) if ((until?.[row] ?? 0) > 0) buckets++;
  return buckets > MOST * count;
}

/** Half of the models of the tokens are among those of the costs, whose SKUs name a line too: `gpt-4o, input`. */
function sameModels(costSkus: ReadonlySet<string>, tokenSkus: ReadonlySet<string>): boolean {
  const models = new Set([...costSkus].map(modelOf));
  const found = [...tokenSkus].filter((sku) => models.has(modelOf(sku))).length;
  return found > 0 && 2 * found >= tokenSkus.size;
}

/** `evals | gpt-4o-mini-2024-07-18, input` -> `gpt4omini`: names with and without their date are one. */
function modelOf(sku: string): string {
  const [model = ''] = (sku.split('|').at(-1) ?? '').split(',');
  return plainName(model).replace(/20\d{6}$/, '');
}

const NO_LIMITS: Limits = { sku: null, project: null, key: null };

/** Sums that are the same on the days of both. */
interface Agreement {
  readonly days: readonly number[];
  /** Days that both have. */
  readonly of: number;
  readonly exact: boolean;
  readonly sum: Atoms;
}

/** Of all rows, or of those whose names both files have. */
function bestAgreement(one: Side, other: Side, sums: (side: Side, limits: Limits) => DaySums): Agreement | null {
  const all = agreementOf(sums(one, NO_LIMITS), sums(other, NO_LIMITS));
  if (all !== null) return all;
  const limits = commonNames(one.names, other.names);
  if (limits === null) return null;
  const [limited, otherLimited] = [sums(one, limits), sums(other, limits)];
  // names in common that are a small part of both say little of the rest
  const share = (part: DaySums, whole: DaySums): boolean => 2n * total(part) >= total(whole);
  const much = share(limited, sums(one, NO_LIMITS)) || share(otherLimited, sums(other, NO_LIMITS));
  return much ? agreementOf(limited, otherLimited) : null;
}

function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one].filter((name) => other.has(name)));
}

/** Null where both files have the same names, or none in common. */
function commonNames(one: UsedNames, other: UsedNames): Limits | null {
  const limits: Record<Dimension, ReadonlySet<string> | null> = { ...NO_LIMITS };
  let some = false;
  for (const dimension of DIMENSIONS) {
    const common = shared(one[dimension], other[dimension]);
    if (common.size === 0) continue;
    limits[dimension] = common;
    some ||= common.size < one[dimension].size || common.size < other[dimension].size;
  }
  return some ? limits : null;
}

/** Days from which on sums that nearly agree are no chance. */
const ENOUGH_DAYS = 3;

/** Least sum that agrees by more than chance: four digits, of tokens or of hundredths. */
const LEAST_TOKENS = 1_000n * 10n ** 12n;

/**
 * Exports are rounded and taken at different times of their last day: sums may differ by half a percent, and on one day
 * in four. On fewer than three days they must be equal to the last digit, and of some digits.
 */
function agreementOf(one: DaySums, other: DaySums): Agreement | null {
  const both = [...one.keys()].filter((day) => other.has(day) && (one.get(day) ?? 0n) + (other.get(day) ?? 0n) > 0n);
  const equal = both.filter((day) => one.get(day) === other.get(day));
  const near = both.filter((day) => isNear(one.get(day) ?? 0n, other.get(day) ?? 0n));
  const needed = both.length <= 2 ? both.length : Math.max(2, Math.floor((3 * both.length) / 4));
  if (both.length === 0) return null;
  const exact = equal.length >= needed;
  if (!exact && (near.length < needed || near.length < ENOUGH_DAYS)) return null;
  const days = exact ? equal : near;
  const sum = days.reduce((atoms, day) => atoms + (one.get(day) ?? 0n), 0n);
  if (days.length < ENOUGH_DAYS && !hasDigits(sum)) return null;
  return { days, of: both.length, exact, sum };
}

function isNear(one: Atoms, other: Atoms): boolean {
  const difference = one > other ? one - other : other - one;
  return 200n * difference <= (one > other ? one : other);
}

/** Whether a sum is more than a few round units. */
function hasDigits(sum: Atoms): boolean {
  return (
    sum >= LEAST_TOKENS ||
    formatAtoms(sum)
      .replace('.', '')
      .replace(/^0+|0+$/g, '').length >= 4
  );
}

function total(sums: DaySums): Atoms {
  return [...sums.values()].reduce((sum, atoms) => sum + atoms, 0n);
}

function finding(
  one: Side,
  other: Side,
  { days, of, exact, sum }: Agreement,
  dayStart: number,
  name: string,
  what: string,
): Finding {
  const { from, to } = timeOf(days, dayStart);
  const [by, otherBy] = [groupingOf(one.names), groupingOf(other.names)];
  const groupings = by === otherBy ? `both by ${by}` : `one by ${by}, the other by ${otherBy}`;
  const agree = exact ? 'are equal' : 'agree within half a percent';
  const shown = what === 'costs' ? `, ${formatAtoms(sum)} in all` : '';
  const says =
    `${name} and this file state usage of ${spanText(from, to)}, ${groupings}, and their ${what} ${agree} ` +
    `on ${days.length} of ${of} ${of === 1 ? 'day' : 'days'}${shown}: together they count it twice.`;
  return { from, to, says };
}

const DIMENSION_WORDS: Readonly<Record<Dimension, string>> = { sku: 'SKU', project: 'project', key: 'key' };

function groupingOf(names: UsedNames): string {
  const filled = DIMENSIONS.filter((dimension) => names[dimension].size > 0);
  return filled.length === 0 ? 'time alone' : filled.map((dimension) => DIMENSION_WORDS[dimension]).join(' and ');
}

function timeOf(days: readonly number[], dayStart: number): Extent {
  const first = days.reduce((a, b) => Math.min(a, b));
  const last = days.reduce((a, b) => Math.max(a, b));
  return { from: first * DAY_MS + dayStart, to: (last + 1) * DAY_MS + dayStart };
}

function spanText(from: Instant, to: Instant): string {
  const [first, last] = [formatInstant(from).slice(0, 10), formatInstant(to - 1).slice(0, 10)];
  return first === last ? first : `${first} to ${last}`;
}
