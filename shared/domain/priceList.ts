/**
 * Prices that providers published, as dated data: USD per million tokens. Used where usage is dropped that states tokens
 * and no cost; the scenario that is made then carries the entries it uses, so that nothing hides in the program.
 *
 * Sources: the providers' pricing pages as fetched on 24 January 2026, and the price changes reported for August and
 * September 2026. A price holds from its date until the next entry of the model.
 */
import { parseAmount, type Atoms } from './money.ts';
import type { RateEntry } from './scenario.ts';
import { parseInstant } from './time.ts';

/** Model, first instant of the price, and the price of input, cached input and output tokens. */
type Listed = readonly [model: string, from: string, input: string, cached: string | null, output: string | null];

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

/** Tokens that a listed price is for. */
const PER = parseAmount('1000000') as Atoms;

/** Published prices of a model, by its name or its name with a release date (`gpt-4o-mini-2024-07-18`); null where none is known. */
export function listedRates(sku: string): RateEntry[] | null {
  const model = sku.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const entries = LIST.filter(([name]) => name === model);
  return entries.length === 0 ? null : entries.map(rateEntry);
}

function rateEntry([, from, input, cached, output]: Listed): RateEntry {
  const prices: Record<string, Atoms> = { input_tokens: parseAmount(input) as Atoms };
  if (cached !== null) prices['cached_input_tokens'] = parseAmount(cached) as Atoms;
  if (output !== null) prices['output_tokens'] = parseAmount(output) as Atoms;
  return { from: parseInstant(from) as number, per: PER, prices };
}
