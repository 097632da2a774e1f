/** Finding the prices of a SKU in a list: names, marks and dates, and one list over another. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Atoms } from '../../shared/domain/money.ts';
import { longContextOf, mergePriceLists, ratesOf, type PriceList } from '../../shared/domain/priceList.ts';
import { lineOf, readSku } from '../../shared/domain/priceSku.ts';
import type { RateEntry, Rates } from '../../shared/domain/scenario.ts';

const UNIT = 10n ** 12n;

function at(from: number, price: Atoms, per = UNIT): RateEntry {
  return { from, per, prices: { input_tokens: price } };
}

function list(rates: Record<string, RateEntry[]>, factors: Record<string, RateEntry[]> = {}): PriceList {
  const mapOf = (entries: Record<string, RateEntry[]>): Rates => new Map(Object.entries(entries));
  const plain = { name: 'test', asOf: null, currency: 'USD', source: '' };
  return { ...plain, rates: mapOf(rates), factors: mapOf(factors), longContext: new Map() };
}

describe('a SKU', () => {
  const prices = list(
    { 'alto-2': [at(0, 8n * UNIT)], 'alto-2-2026-05-01': [at(0, 9n * UNIT)], 'alto-2, batch': [], gone: [] },
    {
      '*, half': [at(0, UNIT / 2n)],
      'alto-*, half': [at(0, UNIT / 4n)],
      'alto-2, third': [at(0, UNIT, 3n * UNIT)],
      'al*2, late': [at(500, 2n * UNIT)],
    },
  );
  const price = (sku: string): string => {
    const entry = ratesOf(prices, sku)?.[0];
    return entry === undefined
      ? 'none'
      : `${((entry.prices['input_tokens'] ?? 0n) * 12n * UNIT) / entry.per / UNIT}/12`;
  };

  test.each([
    ['alto-2', '96/12', 'by its name'],
    ['alto-2-2026-05-01', '108/12', 'by its own entry before the model'],
    ['alto-2-2026-06-01', '96/12', 'by the model without the release date'],
    ['Alto-2', '96/12', 'in capitals'],
    ['alto-2, half', '24/12', 'by the pattern that says more'],
    ['alto-2, half, half', '24/12', 'with a mark said twice'],
    ['alto-2, third', '32/12', 'by a factor that has no end as a decimal'],
    ['alto-2, late', '192/12', 'by a pattern with text on both sides'],
    ['alto-2, third, late', '64/12', 'by two marks'],
    ['alto-2, batch', 'none', 'whose own entry is empty'],
    ['gone', 'none', 'that a list has emptied'],
    ['alto-2, other', 'none', 'with a mark that has no rule'],
    ['alto', 'none', 'of which the list has only a longer name'],
    ['', 'none', 'without a name'],
  ])('%j is at %s: %s', (sku, expected) => {
    expect(price(sku)).toBe(expected);
  });
});

test('prices under a mark change when either the price or the factor does, and begin when both are known', () => {
  const dates = fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 4 });
  const entries = fc
    .tuple(dates, fc.array(fc.bigInt(1n, 10n ** 15n), { minLength: 4, maxLength: 4 }), fc.bigInt(1n, 10n ** 15n))
    .map(([starts, values, per]) =>
      starts.sort((one, other) => one - other).map((from, index) => at(from, values[index] ?? 1n, per)),
    );
  fc.assert(
    fc.property(entries, entries, (base, factors) => {
      const found = ratesOf(list({ m: base }, { 'm, x': factors }), 'm, x') ?? [];
      for (let instant = 0; instant <= 60; instant++) {
        const [price, factor, both] = [base, factors, found].map((all) => all.findLast(({ from }) => from <= instant));
        if (price === undefined || factor === undefined) expect(both).toBeUndefined();
        else {
          const value = ({ prices }: RateEntry): bigint => prices['input_tokens'] ?? 0n;
          expect(value(both ?? at(0, 0n)) * price.per * factor.per).toBe(
            value(price) * value(factor) * (both?.per ?? 1n),
          );
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('a list over another takes the place of what both have, by any spelling, and of nothing else', () => {
  const base = list({ 'claude-3-5-haiku': [at(0, 1n)], 'gpt-4o': [at(0, 2n)] }, { 'gpt-*, batch': [at(0, 3n)] });
  const own = list({ 'Claude Haiku 3.5': [at(0, 10n)], 'gpt-4o-2024-05-13': [at(0, 20n)] });
  const merged = mergePriceLists(base, { ...own, longContext: new Map([['gpt-*', 100]]) });
  const price = (sku: string): bigint | undefined => ratesOf(merged, sku)?.[0]?.prices['input_tokens'];
  expect(price('claude-3-5-haiku-20241022')).toBe(10n);
  expect(price('gpt-4o')).toBe(2n);
  expect(price('gpt-4o-2024-05-13')).toBe(20n);
  expect(price('gpt-4o-2024-08-06')).toBe(2n);
  expect(merged.factors).toEqual(base.factors);
  expect(longContextOf(merged, 'gpt-4o-2024-08-06, batch')).toBe(100);
  expect(longContextOf(base, 'gpt-4o')).toBeNull();
});

test('a pattern of many stars is answered at once', () => {
  const pattern = `${'a*'.repeat(5_000)}b, x`;
  expect(
    ratesOf(list({ [`${'a'.repeat(20_000)}c`]: [at(0, 1n)] }, { [pattern]: [at(0, 1n)] }), `${'a'.repeat(20_000)}c, x`),
  ).toBeNull();
});

test.each([
  ['gpt-4o-mini-2024-07-18, cached input', 'gpt-4o-mini', 'cached_input_tokens'],
  ['evals | gpt-4o-mini-2024-07-18, input', 'gpt-4o-mini', 'input_tokens'],
  ['gpt-audio-mini-2025-12-15 audio, input', 'gpt-audio-mini', 'input_audio_tokens'],
  ['gpt-image-2-2026-04-21 text, input', 'gpt-image-2', 'input_tokens'],
  [
    'claude-sonnet-4-5-20250929, cache_creation.ephemeral_1h_input_tokens, batch',
    'claude-sonnet-4-5',
    'cache_write_1h_tokens',
  ],
  ['Claude Sonnet 4.5, input_no_cache', 'claude-sonnet-4-5', 'input_tokens'],
  ['gpt-4.1-mini, batch', 'gpt-4.1-mini', null],
  ['web search tool calls', 'web search', null],
  ['Web Search Usage', 'web search', null],
  ['web searches, medium', 'web search', null],
])('%s is a line of %s, for %s', (sku, line, meter) => {
  expect(lineOf(sku)).toBe(line);
  expect(readSku(sku).meter).toBe(meter);
});
