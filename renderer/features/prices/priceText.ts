/** Prices and rules in words: what a meter is called, for how many a price is, what a mark makes of it. Pure. */
import type { PriceEntry, PriceRow, PriceRule } from '../../../shared/contract/prices.ts';
import { ATOMS_PER_UNIT, formatAtoms, parseAmount } from '../../../shared/domain/money.ts';
import { FIRST_DAY_UNKNOWN, LONG_CONTEXT } from '../../../shared/domain/priceList.ts';
import { formatInstant, type Instant } from '../../../shared/domain/time.ts';
import { amountText, countText } from '../../ui/amountText.ts';
import { dateText } from '../../ui/format.ts';

/** Prices by the token are all shown for so many. */
export const TOKENS_PER_PRICE = 1_000_000n;

/** Meters that the table has columns for, and the least width of each: of its heading. */
export const TOKEN_METERS = [
  { meter: 'input_tokens', label: 'Input', rem: 3.25 },
  { meter: 'cached_input_tokens', label: 'Cached input', rem: 4.4 },
  { meter: 'cache_write_tokens', label: 'Cache write', rem: 4 },
  { meter: 'cache_write_1h_tokens', label: 'Write, 1 h', rem: 3.6 },
  { meter: 'output_tokens', label: 'Output', rem: 3.25 },
] as const;

const NAMES: Readonly<Record<string, string>> = {
  input_tokens: 'input',
  cached_input_tokens: 'cached input',
  cache_write_tokens: 'cache writes',
  cache_write_1h_tokens: 'cache writes of an hour',
  output_tokens: 'output',
  web_search_requests: 'web searches',
  gb_days: 'GB-days',
  requests: 'calls',
};

export function meterName(meter: string): string {
  return NAMES[meter] ?? meter.replaceAll('_', ' ');
}

/** A price as it is for a million units; null where that is not exact, or the entry has none. */
export function perMillion({ per, prices }: PriceEntry, meter: string): string | null {
  const price = Object.hasOwn(prices, meter) ? parseAmount(prices[meter] ?? '') : 'unreadable';
  const units = parseAmount(per);
  if (typeof price !== 'bigint' || typeof units !== 'bigint' || units <= 0n) return null;
  const scaled = price * TOKENS_PER_PRICE * ATOMS_PER_UNIT;
  return scaled % units === 0n ? formatAtoms(scaled / units) : null;
}

/** Prices that are in no column, each with its unit: `10 per 1,000 web searches`. */
export function otherPrices(entry: PriceEntry): string[] {
  const shown = new Set<string>(TOKEN_METERS.map(({ meter }) => meter));
  return Object.entries(entry.prices)
    .filter(([meter]) => !shown.has(meter) || perMillion(entry, meter) === null)
    .map(([meter, price]) => unitPrice(meter, price, entry.per));
}

/** Calls are sold by the thousand, tokens and characters by the million. */
function unitPrice(meter: string, price: string, per: string): string {
  const thousand = /(?:^|_)requests$/.test(meter) && per === String(TOKENS_PER_PRICE) ? parseAmount(price) : null;
  if (typeof thousand === 'bigint' && thousand % 1000n === 0n)
    return `${shownPrice(formatAtoms(thousand / 1000n))} per 1,000 ${meterName(meter)}`;
  const name = meterName(meter);
  if (per === '1') return `${shownPrice(price)} per ${name.replace(/s$/, '')}`;
  return `${shownPrice(price)} per ${/^\d+$/.test(per) ? countText(Number(per)) : per} ${name}`;
}

export function shownPrice(price: string): string {
  return amountText(price, { digits: 2, exact: true });
}

/** `21 Aug 2026`; the time where it is not the start of a day in UTC. */
export function fromText(from: Instant): string {
  const text = formatInstant(from);
  const day = dateText(text.slice(0, 10), true);
  return from % 86_400_000 === 0 ? day : `${day} ${text.slice(11).replace(/(?:\.000)?Z$/, '')}`;
}

/** Of published prices the first day is often not known. */
export function isUndated({ own }: Pick<PriceRow, 'own'>, from: Instant): boolean {
  return !own && from === FIRST_DAY_UNKNOWN;
}

/** As a field shows it, and the worker reads it back. */
export function fromField(from: Instant): string {
  const text = formatInstant(from);
  return from % 86_400_000 === 0 ? text.slice(0, 10) : text;
}

const TIMES: Readonly<Record<string, string>> = {
  '0': 'no charge for',
  '0.5': 'half the price of',
  '2': 'twice the price of',
};

/** `half the price of input, cached input and output`: what a rule does to a SKU's prices, entry by entry. */
export function ruleText({ entries, mark }: PriceRule, row: PriceRow): string {
  const meters = new Set(row.entries.flatMap(({ prices }) => Object.keys(prices)));
  const says = entries.map((entry) => {
    const since = entry.from === FIRST_DAY_UNKNOWN ? '' : `from ${fromText(entry.from)}: `;
    return since + factorsText(entry, meters);
  });
  const above = row.longContext === null ? '' : `, requests above ${countText(row.longContext)} input tokens`;
  return `${mark}${mark === LONG_CONTEXT ? above : ''}: ${says.filter((text) => text !== '').join('; ')}`;
}

function factorsText({ per, prices }: PriceEntry, meters: ReadonlySet<string>): string {
  const byFactor = new Map<string, string[]>();
  for (const [meter, price] of Object.entries(prices)) {
    if (!meters.has(meter)) continue;
    const factor = per === '1' ? price : `${price}/${per}`;
    byFactor.set(factor, [...(byFactor.get(factor) ?? []), meterName(meter)]);
  }
  return [...byFactor]
    .map(([factor, names]) => `${TIMES[factor] ?? `${factor} times the price of`} ${listText(names)}`)
    .join('; ');
}

/** `a, b and c`. */
export function listText(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** Rows whose name holds every word of a search, of one vendor or of all. */
export function foundRows(rows: readonly PriceRow[], search: string, vendor: string | null): readonly PriceRow[] {
  const words = search.toLowerCase().split(/\s+/);
  return rows.filter(
    (row) =>
      (vendor === null || vendorName(row) === vendor) && words.every((word) => row.sku.toLowerCase().includes(word)),
  );
}

/** Of SKUs whose name does not say who sells them. */
export const OTHER_VENDOR = 'Other';

export function vendorName({ vendor }: PriceRow): string {
  return vendor ?? OTHER_VENDOR;
}
