/**
 * Price lists: dated prices by SKU, in the form of a scenario's `rates`, and the rules that are no price of their own. A
 * rule is a mark behind a SKU (`gpt-4.1-mini, batch`) and dated factors for the meters it changes; a meter that a rule does
 * not name keeps its price. What a list does not say has no price: nothing is derived from a model's kind or name.
 */
import type { Atoms } from './money.ts';
import { modelKey, skuKey } from './priceSku.ts';
import type { RateEntry, Rates } from './scenario.ts';

export interface PriceList {
  readonly name: string;
  /** Day to which the list is kept, `YYYY-MM-DD`; null where it does not say. */
  readonly asOf: string | null;
  /** ISO 4217 code of its prices. */
  readonly currency: string;
  /** Where the prices come from, in a sentence; may be empty. */
  readonly source: string;
  readonly rates: Rates;
  /** Factors of the prices, entries as in `rates`, by a pattern of models and a mark: `gpt-*, batch`. */
  readonly factors: Rates;
  /** By a pattern of models: input tokens above which a request has the mark `long context`. */
  readonly longContext: ReadonlyMap<string, number>;
}

/** Mark of a request whose input is longer than `longContext` says. */
export const LONG_CONTEXT = 'long context';

/** Marks of which a SKU has one at most: a request is served in one way. */
const TIERS: ReadonlySet<string> = new Set([
  'batch',
  'flex',
  'flex_discount',
  'priority',
  'priority_on_demand',
  'fast',
]);

/** Rates without name or rules, such as a scenario's own, as a list. */
export function listOfRates(name: string, rates: Rates, currency: string): PriceList {
  return { name, asOf: null, currency, source: '', rates, factors: new Map(), longContext: new Map() };
}

/** A list over another: its entries are the only ones of a SKU, rule or pattern that both have. */
export function mergePriceLists(base: PriceList, over: PriceList): PriceList {
  return {
    ...over,
    source: [over.source, base.source].filter((source) => source !== '').join('; '),
    rates: mergedByKey(base.rates, over.rates),
    factors: mergedByKey(base.factors, over.factors),
    longContext: mergedByKey(base.longContext, over.longContext),
  };
}

/** Names that differ in spelling only are one name. */
function mergedByKey<T>(base: ReadonlyMap<string, T>, over: ReadonlyMap<string, T>): Map<string, T> {
  const taken = new Set([...over.keys()].map(skuKey));
  return new Map([...over, ...[...base].filter(([name]) => !taken.has(skuKey(name)))]);
}

/**
 * Dated prices of a SKU: the list's own entry, that of the model without its release date, and either under the SKU's
 * marks. Null where the list has none, or no rule for a mark.
 */
export function ratesOf(list: PriceList, sku: string): readonly RateEntry[] | null {
  const exact = list.rates.get(sku);
  if (exact !== undefined) return exact.length === 0 ? null : exact;
  const index = indexOf(list);
  const parts = sku.split(', ');
  for (let count = parts.length; count > 0; count--) {
    const name = parts.slice(0, count).join(', ');
    const base = index.get(skuKey(name)) ?? index.get(modelKey(name));
    if (base !== undefined) return base.length === 0 ? null : underMarks(list, name, base, parts.slice(count));
  }
  return null;
}

/** First day of the published prices of which it is not known. */
export const FIRST_DAY_UNKNOWN = 1_672_531_200_000;

/** Marks that a list has a rule of for a model, each with the key of the rule that says most of it. */
export function marksOf(list: PriceList, model: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const key of list.factors.keys()) {
    const mark = key.slice(key.lastIndexOf(', ') + 2).toLowerCase();
    if (found.has(mark)) continue;
    const best = bestMatch(new Map([...list.factors.keys()].map((name) => [name, name])), model, (name) =>
      patternOf(name, mark),
    );
    if (best !== undefined) found.set(mark, best);
  }
  return found;
}

/** Input tokens above which a request of a SKU has the mark `long context`; null where no rule is for it. */
export function longContextOf(list: PriceList, sku: string): number | null {
  return bestMatch(list.longContext, sku.split(', ')[0] ?? '', (pattern) => pattern) ?? null;
}

const indexes = new WeakMap<PriceList, ReadonlyMap<string, readonly RateEntry[]>>();

/** Rates by the key of their names. */
function indexOf(list: PriceList): ReadonlyMap<string, readonly RateEntry[]> {
  let index = indexes.get(list);
  if (index === undefined) {
    index = new Map([...list.rates].map(([name, entries]) => [skuKey(name), entries]));
    indexes.set(list, index);
  }
  return index;
}

function underMarks(
  list: PriceList,
  model: string,
  base: readonly RateEntry[],
  stated: readonly string[],
): readonly RateEntry[] | null {
  const marks = [...new Set(stated.map((mark) => mark.toLowerCase()))];
  if (marks.filter((mark) => TIERS.has(mark)).length > 1) return null;
  let entries = base;
  for (const mark of marks) {
    const factors = bestMatch(list.factors, model, (key) => patternOf(key, mark));
    if (factors === undefined || factors.length === 0) return null;
    entries = multiplied(entries, factors);
  }
  return entries.length === 0 ? null : entries;
}

/** The models for which `key` is a rule of this mark; null where it is another mark's. */
function patternOf(key: string, mark: string): string | null {
  const at = key.lastIndexOf(', ');
  return at >= 0 && key.slice(at + 2).toLowerCase() === mark ? key.slice(0, at) : null;
}

/** The value whose pattern says most of a model: a name before a pattern, a long one before a short one. */
function bestMatch<T>(
  map: ReadonlyMap<string, T>,
  model: string,
  patternOfKey: (key: string) => string | null,
): T | undefined {
  const names = [skuKey(model), modelKey(model)];
  let best: T | undefined;
  let most = -1;
  for (const [key, value] of map) {
    const pattern = patternOfKey(key);
    if (pattern === null) continue;
    const says = pattern.includes('*') ? pattern.length : Infinity;
    if (says > most && names.some((name) => fits(skuKey(pattern), name))) {
      best = value;
      most = says;
    }
  }
  return best;
}

/** Whether a name is what a pattern says, `*` standing for any text. No regular expression: patterns are users' text. */
function fits(pattern: string, name: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  if (!name.startsWith(head)) return false;
  const tail = rest.pop();
  if (tail === undefined) return name === head;
  let at = head.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return name.length - tail.length >= at && name.endsWith(tail);
}

/** Prices times factors, from when both are known; a new entry wherever one of them changes. */
function multiplied(base: readonly RateEntry[], factors: readonly RateEntry[]): RateEntry[] {
  const first = Math.max(base[0]?.from ?? Infinity, factors[0]?.from ?? Infinity);
  const starts = new Set([first, ...[...base, ...factors].map(({ from }) => from)]);
  const entries: RateEntry[] = [];
  for (const from of [...starts].filter((start) => start >= first).sort((one, other) => one - other)) {
    const price = inForce(base, from);
    const factor = inForce(factors, from);
    if (price !== undefined && factor !== undefined) entries.push(product(price, factor, from));
  }
  return entries;
}

function inForce(entries: readonly RateEntry[], at: number): RateEntry | undefined {
  return entries.findLast(({ from }) => from <= at);
}

/** Exact: where a product is finer than an atom, the entry is for more units instead. */
function product({ prices, per }: RateEntry, factor: RateEntry, from: number): RateEntry {
  const scaled = Object.entries(prices).map(([meter, price]): [string, Atoms] => {
    const times = Object.hasOwn(factor.prices, meter) ? factor.prices[meter] : undefined;
    return [meter, price * (times ?? factor.per)];
  });
  const exact = scaled.every(([, price]) => price % factor.per === 0n);
  const entries = exact ? scaled.map(([meter, price]): [string, Atoms] => [meter, price / factor.per]) : scaled;
  const made = Object.assign(Object.create(null) as Record<string, Atoms>, Object.fromEntries(entries));
  // a price and its `per` are in atoms alike: what multiplies one by atoms multiplies the other by as many
  return { from, per: exact ? per : per * factor.per, prices: made };
}
