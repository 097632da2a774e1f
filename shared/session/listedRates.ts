/**
 * Prices for imported usage that states no cost: the scenario's own, and those of the price list in force for SKUs that the
 * scenario does not know. A scenario's own usage is priced by the scenario alone, so that it says the same everywhere.
 */
import { ratesOf } from '../domain/priceList.ts';
import type { RateEntry, Rates, Scenario } from '../domain/scenario.ts';
import { ABSENT, type UsageBatch } from '../domain/usage.ts';
import { rateAt } from '../engine/pricing.ts';
import type { StoredSource } from '../storage/source.ts';
import { pricesOf } from './prices.ts';

/** SKUs of rows that state no cost. */
export function unpricedSkus({ count, cost, sku }: UsageBatch): Set<string> {
  const found = new Set<number>();
  for (let row = 0; row < count; row++) if (cost.whole[row] === ABSENT) found.add(sku.codes[row] ?? 0);
  return new Set([...found].map((code) => sku.names[code] ?? ''));
}

/** A scenario's rates, and more for its imports. @param priceList text of the user's own price list */
export function withListedRates(
  { rates, account }: Scenario,
  sources: readonly StoredSource[],
  priceList: string | null,
): Rates {
  const imports = sources.filter(({ ofScenario }) => !ofScenario);
  const unknown = new Set(imports.flatMap(({ batch }) => [...unpricedSkus(batch)]).filter((sku) => !rates.has(sku)));
  if (unknown.size === 0) return rates;
  const list = pricesOf(priceList);
  // a price in another currency is none
  if (list.currency !== account.currency) return rates;
  const more = [...unknown].flatMap((sku) => {
    const entries = ratesOf(list, sku);
    return entries === null ? [] : [[sku, entries] as const];
  });
  return new Map([...rates, ...more]);
}

/** Rows that state no cost and that no price is known for, by SKU: the most rows first. */
export function unpricedRows(
  { count, cost, sku, at, meters }: UsageBatch,
  rates: Rates,
): readonly { readonly sku: string; readonly rows: number }[] {
  if (!cost.whole.includes(ABSENT)) return [];
  const lists = sku.names.map((name) => rates.get(name) ?? null);
  const rows = sku.names.map(() => 0);
  const columns = [...meters];
  const missing = new Map<RateEntry, readonly Float64Array[]>();
  for (let row = 0; row < count; row++) {
    if (cost.whole[row] !== ABSENT) continue;
    const code = sku.codes[row] ?? 0;
    const list = lists[code] ?? null;
    const entry = list === null ? null : rateAt(list, at[row] ?? 0);
    if (entry !== null) {
      let lacks = missing.get(entry);
      if (lacks === undefined) {
        lacks = columns.flatMap(([meter, { whole }]) => (Object.hasOwn(entry.prices, meter) ? [] : [whole]));
        missing.set(entry, lacks);
      }
      if (lacks.every((whole) => whole[row] === ABSENT)) continue;
    }
    rows[code] = (rows[code] ?? 0) + 1;
  }
  return sku.names
    .map((name, code) => ({ sku: name, rows: rows[code] ?? 0 }))
    .filter((each) => each.rows > 0)
    .sort((a, b) => b.rows - a.rows);
}
