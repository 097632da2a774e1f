/** The price list that ships with the app: that it says what providers published, and nothing of what they did not. */
import { describe, expect, test } from 'vitest';
import { formatAtoms } from '../../shared/domain/money.ts';
import type { RateEntry } from '../../shared/domain/scenario.ts';
import { DAY_MS, parseInstant } from '../../shared/domain/time.ts';
import { readPriceList, writePriceList } from '../../shared/scenario/priceListFile.ts';
import { listedRates, publishedPrices } from '../../shared/session/prices.ts';

/** Prices of a day by meter, for as many units as the entry says; null where there are none. */
function pricesOn(sku: string, day: string): Record<string, string> | null {
  const at = (parseInstant(`${day}T00:00:00Z`) as number) + DAY_MS / 2;
  const entry: RateEntry | undefined = listedRates(sku)?.findLast(({ from }) => from <= at);
  if (entry === undefined) return null;
  return Object.fromEntries(Object.entries(entry.prices).map(([meter, price]) => [meter, formatAtoms(price)]));
}

function tokens(sku: string, day = '2026-10-01'): string {
  const prices = pricesOn(sku, day);
  return prices === null
    ? 'none'
    : ['input_tokens', 'cached_input_tokens', 'output_tokens'].map((meter) => prices[meter] ?? '-').join(' ');
}

test.each([
  ['gpt-5.2', '1.75 0.175 14'],
  ['gpt-5.1', '1.25 0.125 10'],
  ['gpt-5', '1.25 0.125 10'],
  ['gpt-5-mini', '0.25 0.025 2'],
  ['gpt-5-nano', '0.05 0.005 0.4'],
  ['gpt-4.1', '2 0.5 8'],
  ['gpt-4.1-mini', '0.4 0.1 1.6'],
  ['gpt-4.1-nano', '0.1 0.025 0.4'],
  ['gpt-4o', '2.5 1.25 10'],
  ['gpt-4o-mini', '0.15 0.075 0.6'],
  ['o3', '2 0.5 8'],
  ['o4-mini', '1.1 0.275 4.4'],
  ['o3-mini', '1.1 0.55 4.4'],
  ['gpt-5.4', '2.5 0.25 15'],
  ['gpt-5.5', '5 0.5 30'],
  ['gpt-6-sol', '2 0.2 10'],
  ['gpt-6-luna', '0.1 0.01 0.5'],
  ['gpt-6-astra', '10 1 50'],
  ['text-embedding-3-small', '0.02 - -'],
  ['text-embedding-3-large', '0.13 - -'],
  ['claude-opus-4-7', '5 0.5 25'],
  ['claude-opus-4-1-20250805', '15 1.5 75'],
  ['claude-sonnet-4-20250514', '3 0.3 15'],
  ['claude-3-5-haiku-20241022', '0.8 0.08 4'],
  ['claude-opus-5', '5 0.5 25'],
  ['claude-opus-5-5', '4 0.2 20'],
])('%s costs %s a million tokens', (sku, prices) => {
  expect(tokens(sku)).toBe(prices);
});

test.each([
  ['gpt-5.6-sol', '2026-08-20', '5 0.5 30', '2026-08-21', '2 0.2 10'],
  ['gpt-5.6-terra', '2026-07-29', '2.5 0.25 15', '2026-07-30', '2 0.2 12'],
  ['gpt-5.6-luna', '2026-07-29', '1 0.1 6', '2026-07-30', '0.2 0.02 1.2'],
  ['claude-sonnet-5', '2026-08-31', '2 0.2 10', '2026-09-01', '3 0.3 15'],
  ['claude-opus-5-5', '2026-09-21', 'none', '2026-09-22', '4 0.2 20'],
  ['gpt-6-astra', '2026-09-02', 'none', '2026-09-03', '10 1 50'],
])('%s changes its price', (sku, before, was, after, is) => {
  expect(tokens(sku, before)).toBe(was);
  expect(tokens(sku, after)).toBe(is);
});

describe('writes to the cache', () => {
  test.each(['gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna', 'gpt-6-sol', 'gpt-6-luna', 'gpt-6-astra'])(
    'of %s cost 1.25 times the input, on every date',
    (sku) => {
      for (const { prices } of listedRates(sku) ?? [])
        expect((prices['cache_write_tokens'] ?? 0n) * 4n).toBe((prices['input_tokens'] ?? 1n) * 5n);
    },
  );

  test('of Claude cost 1.25 times the input for five minutes and twice for an hour, on every date', () => {
    const skus = [...publishedPrices().rates.keys()].filter((sku) => sku.startsWith('claude-'));
    expect(skus.length).toBeGreaterThanOrEqual(12);
    for (const { prices } of skus.flatMap((sku) => listedRates(sku) ?? [])) {
      expect((prices['cache_write_tokens'] ?? 0n) * 4n).toBe((prices['input_tokens'] ?? 1n) * 5n);
      expect(prices['cache_write_1h_tokens']).toBe((prices['input_tokens'] ?? 1n) * 2n);
    }
  });
});

test.each([
  ['gpt-4o-mini-2024-07-18, batch', '0.075 0.0375 0.3'],
  ['o3, flex', '1 0.25 4'],
  ['claude-sonnet-4-5-20250929, batch', '1.5 0.15 7.5'],
  ['claude-opus-5, us', '5.5 0.55 27.5'],
  ['claude-opus-5, batch, us', '2.75 0.275 13.75'],
  ['gpt-5.5, long context', '10 1 45'],
  ['gpt-5.5, batch, long context', '5 0.5 22.5'],
  ['gpt-5.4, data residency', '2.75 0.275 16.5'],
  ['gpt-5, priority', '2.5 0.25 20'],
])('%s is at %s by its marks', (sku, prices) => {
  expect(tokens(sku)).toBe(prices);
});

test.each([
  ['another vendor', 'alto-2'],
  ['a mark without a rule', 'claude-sonnet-4-5, 200k-1M'],
  ['a mark of another vendor', 'claude-sonnet-4-5, flex'],
  ['two tiers at once', 'gpt-4o, batch, flex'],
  ['a fine-tuned model', 'ft:gpt-4o-2024-08-06:acme'],
  ['a model of which only a relative is listed', 'gpt-5-codex'],
  ['an image whose quality is not stated', 'gpt-image-1, 1024x1024'],
])('%s has no price', (_, sku) => {
  expect(listedRates(sku)).toBeNull();
});

test('priority has no price before it was twice the ordinary one', () => {
  expect(tokens('gpt-5, priority', '2026-07-29')).toBe('none');
  expect(tokens('gpt-5, priority', '2026-07-30')).toBe('2.5 0.25 20');
});

test.each([
  ['Claude Sonnet 4.5', 'claude-sonnet-4-5'],
  ['Claude Haiku 3.5', 'claude-3-5-haiku'],
  ['anthropic/claude-opus-4.1', 'claude-opus-4-1-20250805'],
  ['openai/gpt-5-mini-2025-08-07', 'gpt-5-mini'],
  ['anthropic/claude-4.5-haiku-20251001', 'claude-haiku-4-5'],
  ['GPT-6 Sol', 'gpt-6-sol'],
  ['claude-sonnet-4-5@20250929', 'claude-sonnet-4-5'],
])('%s is %s', (spelling, sku) => {
  expect(listedRates(spelling)).not.toBeNull();
  expect(listedRates(spelling)).toEqual(listedRates(sku));
});

test.each([
  ['web searches', { requests: '10' }],
  ['web search tool calls', { requests: '10', quantity: '10' }],
  ['file searches', { requests: '2.5' }],
  ['code interpreter sessions', { sessions: '0.03' }],
  ['code interpreter sessions, 64 GB', { sessions: '1.92' }],
  ['whisper-1', { seconds: '0.006' }],
  ['tts-1-hd', { characters: '30' }],
  ['gpt-realtime', { input_audio_tokens: '32', cached_input_audio_tokens: '0.4', output_audio_tokens: '64' }],
  ['gpt-image-1, 1024x1024, high', { images: '0.167' }],
  ['omni-moderation-2024-09-26', { input_tokens: '0' }],
])('%s: %o', (sku, prices) => {
  expect(pricesOn(sku, '2026-10-01')).toEqual(prices);
});

test('what is written of it reads back to it', () => {
  expect(readPriceList(writePriceList(publishedPrices()), 'x')).toEqual({ ok: true, list: publishedPrices() });
});
