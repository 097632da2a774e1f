/** Stated costs against prices, by SKU and day. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAtoms, parseAmount, type Atoms } from '../../shared/domain/money.ts';
import { ratesOf } from '../../shared/domain/priceList.ts';
import type { UsageEvent } from '../../shared/domain/scenario.ts';
import { parseInstant, zoneOf, type Zone } from '../../shared/domain/time.ts';
import type { UsageBatch } from '../../shared/domain/usage.ts';
import { batchOfEvents } from '../../shared/engine/eventBatch.ts';
import { priceMeters, rateAt } from '../../shared/engine/pricing.ts';
import { readPriceList } from '../../shared/scenario/priceListFile.ts';
import { priceDisagreements, type PriceCheck, type PriceCheckOptions } from '../../shared/session/priceCheck.ts';
import { pricesInForce, publishedPrices } from '../../shared/session/prices.ts';
import { read, withSample } from '../import/helpers.ts';

const UTC = zoneOf('UTC') as Zone;
const OPTIONS: PriceCheckOptions = { zone: UTC, currency: 'USD' };

type Row = readonly [at: string, sku: string, cost: string | null, meters: Readonly<Record<string, number>>];

function batchOf(rows: readonly Row[], requests = false): UsageBatch {
  const events = rows.map(([at, sku, cost, meters]): UsageEvent => ({
    type: 'usage',
    at: parseInstant(at) as number,
    id: null,
    sku,
    cost: cost === null ? null : (parseAmount(cost) as Atoms),
    meters: Object.fromEntries(Object.entries(meters).map(([meter, count]) => [meter, BigInt(count) * 10n ** 12n])),
  }));
  const batch = batchOfEvents(events);
  const ids = { bytes: new Uint8Array(rows.length).fill(97), ends: Float64Array.from(rows, (_, row) => row + 1) };
  return requests ? { ...batch, ids } : batch;
}

function check(rows: readonly Row[], options: Partial<PriceCheckOptions> = {}, requests = false): PriceCheck {
  return priceDisagreements([batchOf(rows, requests)], publishedPrices(), { ...OPTIONS, ...options });
}

/** What was found, in short. */
function shown({ byModelDay }: PriceCheck): unknown[] {
  return byModelDay.map(({ sku, day, stated, priced, verdict, hint }) => [
    sku,
    day,
    formatAtoms(stated),
    formatAtoms(priced),
    verdict,
    hint?.kind ?? null,
  ]);
}

const DAY = '2026-09-29';
const NOON = `${DAY}T12:00:00Z`;

test('a cost that is the price is equal, and not listed', () => {
  const tokens = { input_tokens: 109_911, cache_write_tokens: 2_528, output_tokens: 34_988 };
  const found = check([['2026-07-31T00:00:00Z', 'claude-opus-5', '1.440055', tokens]]);
  expect(found).toMatchObject({ rows: 1, verdicts: { equal: 1, rounding: 0, differs: 0 }, byModelDay: [], notes: [] });
  expect(formatAtoms(found.priced)).toBe('1.440055');
});

test('the bug that prices cached tokens as fresh input is found and named', () => {
  const tokens = { input_tokens: 6_074 - 3_456, cached_input_tokens: 3_456, output_tokens: 285 };
  const found = check([[NOON, 'gpt-5.4', '0.01946', tokens]]);
  expect(shown(found)).toEqual([['gpt-5.4', DAY, '0.01946', '0.011684', 'differs', 'cached_as_input']]);
  expect(found.byModelDay[0]?.hint?.says).toBe('equals pricing cached tokens as fresh input');
  expect(found.byModelDay[0]?.ratio).toBe('1.665526');
});

describe('hints', () => {
  const tokens = { input_tokens: 1_000_000, cached_input_tokens: 200_000, output_tokens: 100_000 };
  test.each([
    ['gpt-4o-mini', '0.255', 'cached_twice', tokens],
    ['gpt-4o-mini', '0.21', 'cached_free', tokens],
    ['gpt-6-sol', '4.4', 'writes_as_input', { input_tokens: 1_000_000, cache_write_tokens: 1_200_000 }],
    ['gpt-4o-mini, batch', '0.225', 'unmarked', tokens],
    ['gpt-4o-mini', '0.1125', 'half', tokens],
    ['gpt-4o-mini', '0.45', 'double', tokens],
    ['gpt-4o-mini', '0.2475', 'tenth_more', tokens],
    ['gpt-4o-mini', '22.5', 'cents', tokens],
    ['gpt-4o-mini', '0.00225', 'cents', tokens],
    ['gpt-5.5', '14.7', 'long_context', tokens],
    ['gpt-5.6-terra', '4.05', 'other_date', tokens],
    ['gpt-4o-mini', '0.2251', null, tokens],
  ])('%s at %s: %s', (sku, stated, kind, meters) => {
    // costs to six digits, so that nothing is near by chance
    const found = check([[NOON, sku, stated, meters]], { decimals: () => 6 });
    expect(found.byModelDay.map(({ hint }) => hint?.kind ?? null)).toEqual([kind]);
  });
});

test('what rounding each row to cents explains is shown, and called rounding', () => {
  const row = (cost: string): Row => [NOON, 'claude-haiku-4-5', cost, { input_tokens: 4_000 }];
  // 0.004 a row, written as 0.00: three rows may be 0.015 off
  const within = check([row('0.00'), row('0.00'), row('0.01')]);
  expect(shown(within)).toEqual([['claude-haiku-4-5', DAY, '0.01', '0.012', 'rounding', null]]);
  expect(within.byModelDay[0]?.tolerance).toBe(15n * 10n ** 9n);
  expect(within.complimentary.rows).toBe(0);
  const beyond = check([row('0.00'), row('0.02'), row('0.02')]);
  expect(beyond.verdicts).toEqual({ equal: 0, rounding: 0, differs: 1 });
  // a source that writes more digits has no such excuse
  expect(check([row('0.00402'), row('0.004')]).verdicts.differs).toBe(1);
});

test('a cost of zero for what has a price is complimentary, a class of its own', () => {
  const found = check([
    [NOON, 'gpt-5-mini', '0', { input_tokens: 18_450 }],
    [NOON, 'gpt-5-mini', '0.0025', { input_tokens: 10_000 }],
    [NOON, 'omni-moderation-latest', '0', { input_tokens: 900 }],
  ]);
  expect(found).toMatchObject({ rows: 2, byModelDay: [] });
  expect(found.complimentary).toEqual({ rows: 1, priced: parseAmount('0.0046125') });
});

test('rows that cannot be compared are counted with the reason', () => {
  const found = check([
    [NOON, 'alto-2', '1', { input_tokens: 5 }],
    [NOON, 'gpt-4o', '1', { input_tokens: 5, fairy_tokens: 1 }],
    ['2026-09-21T23:59:59Z', 'gpt-6-sol', '1', { input_tokens: 5 }],
    [NOON, 'gpt-4o', null, { input_tokens: 5 }],
    [NOON, 'gpt-4o', '1', {}],
    [NOON, 'gpt-4o', '1', { input_tokens: 0 }],
  ]);
  expect(found).toMatchObject({ rows: 0, withoutCost: 1, withoutQuantity: 2, byModelDay: [] });
  expect(found.unpriced).toEqual({
    rows: 3,
    skuCount: 3,
    skus: [
      { sku: 'alto-2', rows: 1, reason: 'Published prices has no price for alto-2' },
      {
        sku: 'gpt-4o',
        rows: 1,
        reason: 'Published prices has no price for fairy_tokens of gpt-4o in its entry from 2023-01-01',
      },
      {
        sku: 'gpt-6-sol',
        rows: 1,
        reason: 'Published prices has no price for gpt-6-sol on 2026-09-21; its first holds from 2026-09-22',
      },
    ],
  });
});

test('costs in another currency are not compared with the list', () => {
  const found = check([[NOON, 'gpt-4o', '1', { input_tokens: 5 }]], { currency: 'EUR' });
  expect(found.rows).toBe(0);
  expect(found.unpriced.skus[0]?.reason).toBe(
    'Published prices is in USD, the costs are in EUR: it has no price for gpt-4o',
  );
});

test("a user's prices are taken before the published ones", () => {
  const own = readPriceList('rates: {gpt-4o: [{from: 2026-01-01T00:00:00Z, input_tokens: 3}]}', 'mine');
  if (!own.ok) throw new Error('unreadable');
  const batch = batchOf([
    [NOON, 'gpt-4o', '15', { input_tokens: 5 }],
    [NOON, 'gpt-4o-mini', '0.15', { input_tokens: 1_000_000 }],
  ]);
  expect(priceDisagreements([batch], pricesInForce(own.list), OPTIONS).verdicts.equal).toBe(2);
});

describe('long context', () => {
  const row = (cost: string, input: number): Row => [
    NOON,
    'gpt-5.5',
    cost,
    { input_tokens: input - 100_000, cached_input_tokens: 100_000, output_tokens: 10_000 },
  ];

  test('is told by the input of a request, cached tokens included', () => {
    // 172,000 x 5 + 100,000 x .5 + 10,000 x 30; above it 2 x, 2 x and 1.5 x
    const found = check([row('1.21', 272_000), row('2.27001', 272_001)], {}, true);
    expect(found.verdicts).toEqual({ equal: 1, rounding: 0, differs: 0 });
    expect(found.notes).toEqual(['1 row priced as long context, by the input tokens of the request.']);
  });

  test('is not known of rows that are no requests, which is said', () => {
    const found = check([row('1.21', 272_000), row('2.27001', 272_001)]);
    expect(found.verdicts.differs).toBe(1);
    expect(found.notes).toEqual([
      '1 row at the ordinary price may hold requests of long context: the input is long enough, but not known to be that of a single request.',
    ]);
  });

  test('is no rule of older models', () => {
    expect(check([[NOON, 'gpt-4.1', '2', { input_tokens: 1_000_000 }]], {}, true).verdicts.equal).toBe(1);
  });

  test('is named where the ordinary price was taken for it', () => {
    expect(shown(check([row('1.210005', 272_001)], {}, true))).toMatchObject([
      ['gpt-5.5', DAY, '1.210005', '2.27001', 'differs', 'not_long_context'],
    ]);
  });
});

test('a bucket in which the price changes is priced by its start, which is said', () => {
  const start = '2026-07-29T12:00:00Z';
  const batch = batchOf([[start, 'gpt-5.6-luna', '0.2', { input_tokens: 200_000 }]]);
  const until = Float64Array.from([(parseInstant(start) as number) + 86_400_000]);
  const found = priceDisagreements([{ ...batch, until }], publishedPrices(), OPTIONS);
  expect(found.verdicts.equal).toBe(1);
  expect(found.notes).toEqual(['1 row covers a time in which the price changed; the price at the start was taken.']);
});

test('days are those of the zone, prices those of the instant', () => {
  const rows: Row[] = [
    ['2026-08-20T23:30:00Z', 'gpt-5.6-sol', '5', { input_tokens: 1_000_000 }],
    ['2026-08-21T00:30:00Z', 'gpt-5.6-sol', '3', { input_tokens: 1_000_000 }],
  ];
  const days = (zone: string): unknown =>
    check(rows, { zone: zoneOf(zone) as Zone }).byModelDay.map(({ day, rows: count, priced }) => [
      day,
      count,
      formatAtoms(priced),
    ]);
  expect(days('UTC')).toEqual([['2026-08-21', 1, '2']]);
  expect(days('America/New_York')).toEqual([['2026-08-20', 2, '7']]);
});

test('line items of cost exports are priced by the type of their tokens, whatever the unit', () => {
  const found = check([
    [NOON, 'gpt-4o-mini-2024-07-18, cached input', '0.075', { tokens: 1_000_000 }],
    [NOON, 'gpt-4o-mini-2024-07-18, output', '0.6', { '1000_tokens': 1_000 }],
    [NOON, 'evals | gpt-4o-mini-2024-07-18, input', '0.15', { tokens: 1_000_000 }],
    [NOON, 'whisper-1', '0.006', { duration_minutes: 1 }],
    [NOON, 'web search tool calls', '0.37', { quantity: 37 }],
  ]);
  expect(found).toMatchObject({ rows: 5, byModelDay: [], unpriced: { rows: 0 } });
});

test('every sum is that of the rows priced one by one', () => {
  const skus = ['gpt-4o-mini', 'gpt-5.6-sol, batch', 'claude-sonnet-5', 'whisper-1'] as const;
  const row = fc
    .tuple(
      fc.integer({ min: Date.UTC(2026, 7, 18), max: Date.UTC(2026, 8, 3) }),
      fc.constantFrom(...skus),
      fc.bigInt(1n, 10n ** 16n),
      fc.array(fc.bigInt(0n, 9_007_199_254_740_991n), { minLength: 2, maxLength: 2 }),
    )
    .map(([at, sku, cost, [one = 0n, other = 0n]]): UsageEvent => ({
      ...{ type: 'usage', at, id: null, sku, cost },
      meters:
        sku === 'whisper-1'
          ? { seconds: one * 10n ** 12n + 1n }
          : { input_tokens: (one + 1n) * 10n ** 12n, output_tokens: other * 10n ** 12n },
    }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (events) => {
      const found = priceDisagreements([batchOfEvents(events)], publishedPrices(), OPTIONS);
      let [stated, priced] = [0n, 0n];
      for (const { sku, at, cost, meters } of events) {
        const entry = rateAt(ratesOf(publishedPrices(), sku) ?? [], at);
        const exact = entry === null ? null : priceMeters(entry, Object.entries(meters));
        if (exact === null || !('cost' in exact)) throw new Error('no price');
        stated += cost ?? 0n;
        priced += exact.cost;
      }
      expect(found.rows).toBe(events.length);
      expect(found.stated).toBe(stated);
      const off = found.priced - priced;
      // one rounding a row there, one a day and price here
      expect(off < 0n ? -off : off).toBeLessThanOrEqual(BigInt(events.length));
      expect(found.byModelDay.reduce((sum, { difference }) => sum + difference, 0n)).toBe(found.stated - found.priced);
    }),
    { numRuns: 100 },
  );
});

test('the list is bounded, the largest difference first; the totals are of all', () => {
  const rows = Array.from({ length: 1_500 }, (_, i): Row => [NOON, `gpt-4o, ${i}`, `${i + 1}.5`, { input_tokens: 1 }]);
  const rates = new Map(
    rows.map(([, sku]) => [sku, [{ from: 0, per: 10n ** 12n, prices: { input_tokens: 10n ** 11n } }]]),
  );
  const found = priceDisagreements([batchOf(rows)], { ...publishedPrices(), rates }, OPTIONS);
  expect(found.byModelDay).toHaveLength(1_000);
  expect(found.byModelDay[0]?.sku).toBe('gpt-4o, 1499');
  expect(found.byModelDay[999]?.sku).toBe('gpt-4o, 500');
  expect(found.verdicts.differs).toBe(1_500);
  expect(formatAtoms(found.disagreements.stated)).toBe('1126500');
});

describe('samples', () => {
  const checked = async (bytes: Uint8Array): Promise<PriceCheck> =>
    priceDisagreements([(await read(bytes)).batch], publishedPrices(), OPTIONS);

  for (const name of ['openai_costs.json', 'openai_costs_live_variant.json', 'openai_cost_export.csv'])
    withSample(name, 'only the batch line, at half price and without a mark, differs', async (bytes) => {
      const found = await checked(bytes);
      expect(found.unpriced.rows).toBe(0);
      expect(shown(found)).toEqual([
        ['gpt-4.1-mini-2025-04-14, input', '2026-09-30', '0.62', '1.24', 'differs', 'half'],
        ['gpt-4.1-mini-2025-04-14, output', '2026-09-30', '0.512', '1.024', 'differs', 'half'],
      ]);
      expect(formatAtoms(found.complimentary.priced)).toBe('0.0046125');
    });

  withSample('litellm_spend_logs.jsonl', 'spend is the price; a hit of the own cache costs nothing', async (bytes) => {
    const found = await checked(bytes);
    expect(found).toMatchObject({ verdicts: { equal: 2, rounding: 0, differs: 0 }, withoutQuantity: 1 });
    expect(found.complimentary.rows).toBe(1);
  });

  withSample('openrouter_activity.csv', "resold at the vendor's price", async (bytes) => {
    expect((await checked(bytes)).verdicts.equal).toBeGreaterThanOrEqual(2);
  });

  withSample('deepseek_amount.csv', 'a vendor that the list does not know', async (bytes) => {
    const found = await checked(bytes);
    expect(found.rows).toBe(0);
    expect(found.unpriced.skus.map(({ sku }) => sku)).toEqual(['deepseek-chat']);
  });
});

test('a million rows take about a second', () => {
  const count = 1_000_000;
  const names = ['gpt-4o-mini', 'gpt-5.5', 'claude-sonnet-4-5', 'gpt-5.6-sol, batch'];
  const column = (modulo: number) => ({
    whole: Float64Array.from({ length: count }, (_, i) => i % modulo),
    pico: null,
  });
  const batch: UsageBatch = {
    ...batchOf([]),
    count,
    at: Float64Array.from({ length: count }, (_, i) => Date.UTC(2026, 7, 1) + i * 3_000),
    sku: { codes: Uint32Array.from({ length: count }, (_, i) => i % names.length), names },
    cost: {
      whole: new Float64Array(count),
      pico: Float64Array.from({ length: count }, (_, i) => (i % 1_000) * 1e6 + 1),
    },
    meters: new Map([
      ['input_tokens', column(50_000)],
      ['cached_input_tokens', column(9_000)],
      ['output_tokens', column(3_000)],
    ]),
  };
  const started = performance.now();
  const found = priceDisagreements([batch], publishedPrices(), OPTIONS);
  const took = performance.now() - started;
  expect(found.rows + found.withoutQuantity).toBe(count);
  expect(took).toBeLessThan(3_000);
});
