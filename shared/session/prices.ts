/** The price list in force: the one that ships with the app, and a user's own over it. */
import { mergePriceLists, ratesOf, type PriceList } from '../domain/priceList.ts';
import { PUBLISHED_PRICES } from '../domain/pricePublished.ts';
import type { RateEntry } from '../domain/scenario.ts';
import { formatProblem } from '../scenario/problems.ts';
import { readPriceList } from '../scenario/priceListFile.ts';

let published: PriceList | null = null;

/** The list that ships with the app; read when it is first asked for. */
export function publishedPrices(): PriceList {
  if (published === null) {
    const read = readPriceList(PUBLISHED_PRICES, 'published prices');
    if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
    published = read.list;
  }
  return published;
}

/** What usage is priced by: a user's list over the published one, or the latter alone. */
export function pricesInForce(own: PriceList | null): PriceList {
  if (own === null) return publishedPrices();
  // one list has one currency: prices in another are none of its prices
  return own.currency === publishedPrices().currency ? mergePriceLists(publishedPrices(), own) : own;
}

/** What a user's own list is called where its text does not say. */
export const OWN_LIST = 'Own prices';

/** A user's own list, of a text that was found readable when it was taken; null where it is none. */
export function ownList(text: string | null): PriceList | null {
  if (text === null) return null;
  const read = readPriceList(text, OWN_LIST);
  return read.ok ? read.list : null;
}

/** The list in force over a user's own text. */
export function pricesOf(text: string | null): PriceList {
  return pricesInForce(ownList(text));
}

/** Published prices of a SKU; null where none is known. */
export function listedRates(sku: string): readonly RateEntry[] | null {
  return ratesOf(publishedPrices(), sku);
}
