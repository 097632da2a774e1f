/**
 * Prices that providers published, as dated data: USD per million tokens. Used where usage is dropped that states tokens
 * and no cost; the scenario that is made then carries the entries it uses, so that nothing hides in the program.
 *
 * Sources: the providers' pricing pages as fetched on 24 January and 16 April 2026, and the price changes reported for August and
 * September 2026. A price holds from its date until the next entry of the model.
 */
import { parseAmount, type Atoms } from './money.ts';
import type { RateEntry } from './scenario.ts';
import { parseInstant } from './time.ts';

/** Model, first instant of the price, and the price of input, cached input and output tokens. */
type Listed = readonly [model: string, from: string, input: string, cached: string | null, output: string | null];

/** Input, five-minute and one-hour cache writes, cache reads, output; all from before what is known of them. */
type ListedWithWrites = readonly [
  model: string,
  input: string,
  write: string,
  writeHour: string,
  read: string,
  output: string,
];

/** Prices whose first day is not known hold from here. */
const BEFORE = '2023-01-01T00:00:00Z';

const LIST: readonly Listed[] = [
  ['gpt-5.2', BEFORE, '1.75', '0.175', '14'],
  ['gpt-5.1', BEFORE, '1.25', '0.125', '10'],
  ['gpt-5', BEFORE, '1.25', '0.125', '10'],
  ['gpt-5-mini', BEFORE, '0.25', '0.025', '2'],
  ['gpt-5-nano', BEFORE, '0.05', '0.005', '0.40'],
  ['gpt-4.1', BEFORE, '2', '0.50', '8'],
  ['gpt-4.1-mini', BEFORE, '0.40', '0.10', '1.60'],
  ['gpt-4.1-nano', BEFORE, '0.10', '0.025', '0.40'],
  ['gpt-4o', BEFORE, '2.50', '1.25', '10'],
  ['gpt-4o-mini', BEFORE, '0.15', '0.075', '0.60'],
  ['o3', BEFORE, '2', '0.50', '8'],
  ['o4-mini', BEFORE, '1.10', '0.275', '4.40'],
  ['o3-mini', BEFORE, '1.10', '0.55', '4.40'],
  ['gpt-5.4', BEFORE, '2.50', '0.25', '15'],
  ['gpt-5.5', BEFORE, '5', '0.50', '30'],
  ['gpt-5.6-sol', BEFORE, '5', '0.50', '30'],
  ['gpt-5.6-sol', '2026-08-21T00:00:00Z', '2', '0.20', '10'],
  ['gpt-5.6-terra', BEFORE, '2.50', '0.25', '15'],
  ['gpt-5.6-terra', '2026-07-30T00:00:00Z', '2', '0.20', '12'],
  ['gpt-5.6-luna', BEFORE, '1', '0.10', '6'],
  ['gpt-5.6-luna', '2026-07-30T00:00:00Z', '0.20', '0.02', '1.20'],
  ['gpt-6-sol', '2026-09-22T00:00:00Z', '2', '0.20', '10'],
  ['gpt-6-luna', '2026-09-22T00:00:00Z', '0.10', '0.01', '0.50'],
  ['gpt-6-astra', '2026-09-03T00:00:00Z', '10', '1', '50'],
  ['text-embedding-3-small', BEFORE, '0.02', null, null],
  ['text-embedding-3-large', BEFORE, '0.13', null, null],
];

const LIST_WITH_WRITES: readonly ListedWithWrites[] = [
  ['claude-opus-4-7', '5', '6.25', '10', '0.50', '25'],
  ['claude-opus-4-6', '5', '6.25', '10', '0.50', '25'],
  ['claude-opus-4-5', '5', '6.25', '10', '0.50', '25'],
  ['claude-opus-4-1', '15', '18.75', '30', '1.50', '75'],
  ['claude-sonnet-4-6', '3', '3.75', '6', '0.30', '15'],
  ['claude-sonnet-4-5', '3', '3.75', '6', '0.30', '15'],
  ['claude-sonnet-4', '3', '3.75', '6', '0.30', '15'],
  ['claude-haiku-4-5', '1', '1.25', '2', '0.10', '5'],
  ['claude-3-5-haiku', '0.80', '1', '1.60', '0.08', '4'],
];

/** USD for a million searches: 10 for a thousand, of which no half is ever taken. */
const WEB_SEARCHES = '10000';

/** Tokens that a listed price is for. */
const PER = parseAmount('1000000') as Atoms;

/** Marks of a SKU that halve its token prices. */
const HALF_PRICE = new Set(['batch', 'flex']);

/**
 * Published prices of a model, by its name or its name with a release date (`gpt-4o-mini-2024-07-18`), with a mark of
 * half price behind it or none (`gpt-4.1-mini, batch`); null where none is known.
 */
export function listedRates(sku: string): RateEntry[] | null {
  const [name = '', ...marks] = sku.split(', ');
  if (!marks.every((mark) => HALF_PRICE.has(mark)) || marks.length > 1) return null;
  const model = name.replace(/-\d{4}-?\d{2}-?\d{2}$/, '');
  const share = marks.length === 1 ? 2n : 1n;
  const entries = [
    ...LIST.filter(([listed]) => listed === model).map(([, from, input, cached, output]) =>
      rateEntry(from, share, { input_tokens: input, cached_input_tokens: cached, output_tokens: output }),
    ),
    ...LIST_WITH_WRITES.filter(([listed]) => listed === model).map(([, input, write, writeHour, read, output]) => {
      const cache = { cache_write_tokens: write, cache_write_1h_tokens: writeHour, cached_input_tokens: read };
      return rateEntry(BEFORE, share, { input_tokens: input, ...cache, output_tokens: output });
    }),
  ];
  return entries.length === 0 ? null : entries;
}

function rateEntry(from: string, share: bigint, listed: Readonly<Record<string, string | null>>): RateEntry {
  const prices: Record<string, Atoms> = { web_search_requests: parseAmount(WEB_SEARCHES) as Atoms };
  for (const [meter, price] of Object.entries(listed))
    if (price !== null) prices[meter] = (parseAmount(price) as Atoms) / share;
  return { from: parseInstant(from) as number, per: PER, prices };
}
