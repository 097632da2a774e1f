/** The price list in force as the page shows it. */
import type { PriceEntry, PriceListView, PriceRow, PriceRule } from '../contract/prices.ts';
import { formatAtoms } from '../domain/money.ts';
import { longContextOf, marksOf, type PriceList } from '../domain/priceList.ts';
import { skuKey, vendorOf } from '../domain/priceSku.ts';
import type { RateEntry, Rates } from '../domain/scenario.ts';
import type { Instant } from '../domain/time.ts';
import { writePriceList } from '../scenario/priceListFile.ts';
import { ownList, pricesInForce, publishedPrices } from './prices.ts';

/** @param own text of the user's own list @param today for knowing which entry is in force */
export function priceListView(own: string | null, today: Instant): PriceListView {
  const over = ownList(own);
  const list = pricesInForce(over);
  const { name, asOf, currency, source } = list;
  const inPublished = keysOf(publishedPrices().rates);
  const inOwn = keysOf(over?.rates ?? new Map());
  const keys = [...list.factors.keys()];
  const rows = [...list.rates].map(([sku, entries]): PriceRow => {
    const key = skuKey(sku);
    const current = entries.findLastIndex(({ from }) => from <= today);
    return {
      sku,
      vendor: vendorOf(sku),
      own: inOwn.has(key),
      published: inPublished.has(key),
      entries: entries.map(entryView),
      current: current < 0 ? null : current,
      rules: rulesFor(list, keys, sku, entries),
      longContext: longContextOf(list, sku),
    };
  });
  return {
    ...{ name, asOf, currency, source, own },
    text: writePriceList(list),
    rows: rows.sort(byName),
    rules: rulesOf(list, over),
  };
}

function keysOf(rates: Rates): ReadonlySet<string> {
  return new Set([...rates.keys()].map(skuKey));
}

export function entryView({ from, per, prices }: RateEntry): PriceEntry {
  const shown = Object.entries(prices).map(([meter, price]) => [meter, formatAtoms(price)]);
  return { from, per: formatAtoms(per), prices: Object.fromEntries(shown) as Record<string, string> };
}

/** Rules of marks that change at least one of a SKU's prices. */
function rulesFor(
  list: PriceList,
  keys: readonly string[],
  sku: string,
  entries: readonly RateEntry[],
): readonly number[] {
  const meters = new Set(entries.flatMap(({ prices }) => Object.keys(prices)));
  return [...marksOf(list, sku).values()].flatMap((key) => {
    const changes = list.factors.get(key)?.some(({ prices }) => Object.keys(prices).some((meter) => meters.has(meter)));
    return changes === true ? [keys.indexOf(key)] : [];
  });
}

function rulesOf(list: PriceList, over: PriceList | null): PriceRule[] {
  const inOwn = keysOf(over?.factors ?? new Map());
  return [...list.factors].map(([key, entries]) => {
    const at = key.lastIndexOf(', ');
    return {
      models: key.slice(0, at),
      mark: key.slice(at + 2),
      own: inOwn.has(skuKey(key)),
      entries: entries.map(entryView),
    };
  });
}

/** Vendors together, each by name; what has no vendor last. */
function byName(one: PriceRow, other: PriceRow): number {
  const vendor = compare(one.vendor ?? '\uffff', other.vendor ?? '\uffff');
  return vendor === 0 ? compare(one.sku, other.sku) : vendor;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
