/** A vendor's usage file against its cost file, by model and day. */
import { describe, expect, test } from 'vitest';
import { formatAtoms, parseAmount, type Atoms } from '../../shared/domain/money.ts';
import type { UsageEvent } from '../../shared/domain/scenario.ts';
import { parseInstant, zoneOf, type Zone } from '../../shared/domain/time.ts';
import { batchOfEvents } from '../../shared/engine/eventBatch.ts';
import { priceAgainst, type PricedAgainst } from '../../shared/session/priceAgainst.ts';
import { publishedPrices } from '../../shared/session/prices.ts';
import { read, sample, withSample } from '../import/helpers.ts';

const OPTIONS = { zone: zoneOf('UTC') as Zone, currency: 'USD' };

type Row = readonly [day: string, sku: string, cost: string | null, meters?: Readonly<Record<string, number>>];

function against(usage: readonly Row[], costs: readonly Row[]): PricedAgainst {
  const batches = [usage, costs].map((rows) =>
    batchOfEvents(
      rows.map(([day, sku, cost, meters = {}]): UsageEvent => ({
        ...{ type: 'usage', at: parseInstant(`${day}T00:00:00Z`) as number, id: null, sku },
        cost: cost === null ? null : (parseAmount(cost) as Atoms),
        meters: Object.fromEntries(Object.entries(meters).map(([meter, count]) => [meter, BigInt(count) * 10n ** 12n])),
      })),
    ),
  );
  return priceAgainst(batches.slice(0, 1), batches.slice(1), publishedPrices(), OPTIONS);
}

/** What was found, in short. */
function shown({ byModelDay }: PricedAgainst): string[] {
  return byModelDay.map(({ line, day, stated, priced, verdict, hint }) =>
    [day, line, formatAtoms(stated), formatAtoms(priced), verdict, hint?.kind ?? '-'].join(' '),
  );
}

const DAY = '2026-09-29';

test('the line items of a model and day are compared together, marks and release dates aside', () => {
  const found = against(
    [
      [DAY, 'gpt-4.1-mini-2025-04-14, batch', null, { input_tokens: 1_000_000, output_tokens: 500_000 }],
      [DAY, 'gpt-4.1-mini', null, { input_tokens: 1_000_000, output_tokens: 0 }],
    ],
    [
      [DAY, 'gpt-4.1-mini-2025-04-14, input', '0.6'],
      [DAY, 'gpt-4.1-mini-2025-04-14, output', '0.4'],
    ],
  );
  expect(found).toMatchObject({ lines: 1, verdicts: { equal: 1 }, byModelDay: [] });
});

test('a batch that was charged in full is named', () => {
  const found = against(
    [[DAY, 'gpt-4.1-mini, batch', null, { input_tokens: 1_000_001 }]],
    [[DAY, 'gpt-4.1-mini, input', '0.4000004']],
  );
  expect(shown(found)).toEqual([`${DAY} gpt-4.1-mini 0.4000004 0.2000002 differs unmarked`]);
});

test('searches of a model are a line of their own, as cost files have them', () => {
  const tokens = { input_tokens: 1_000, web_search_requests: 6 };
  const found = against(
    [[DAY, 'claude-sonnet-4-5', null, tokens]],
    [
      [DAY, 'claude-sonnet-4-5-20250929, uncached_input_tokens', '0.003'],
      [DAY, 'Web Search Usage', '0.12'],
    ],
  );
  expect(found.verdicts).toMatchObject({ equal: 1, differs: 1 });
  expect(shown(found)).toEqual([`${DAY} web search 0.12 0.06 differs -`]);
});

test('what only one file knows is no disagreement', () => {
  const found = against(
    [
      [DAY, 'gpt-4o', null, { input_tokens: 400_000 }],
      [DAY, 'alto-2', null, { input_tokens: 1 }],
      [DAY, 'gpt-5-mini', null, { input_tokens: 18_450, output_tokens: 1_000 }],
    ],
    [
      [DAY, 'assistants api | file search', '0.1'],
      [DAY, 'alto-2, input', '3'],
      [DAY, 'gpt-5-mini-2025-08-07, input', '0', { tokens: 18_450 }],
      [DAY, 'gpt-5-mini-2025-08-07, output', '0.002', { tokens: 1_000 }],
    ],
  );
  expect(shown(found)).toEqual([
    `${DAY} alto-2 3 0 unpriced -`,
    `${DAY} gpt-4o 0 1 usage_only -`,
    `${DAY} file-search 0.1 0 cost_only -`,
    `${DAY} gpt-5-mini 0.002 0.0066125 complimentary -`,
  ]);
  expect(found.unpriced.skus.map(({ sku }) => sku)).toEqual(['alto-2']);
  expect(found.verdicts).toMatchObject({ differs: 0, unpriced: 1, usage_only: 1, cost_only: 1, complimentary: 1 });
});

test('days that one file does not reach are left out and counted', () => {
  const row = (day: string): Row => [day, 'gpt-4o', '0.0025', { input_tokens: 1_000 }];
  const found = against(
    [row('2026-09-28'), row('2026-09-29'), row('2026-09-30')],
    [row('2026-09-29'), row('2026-09-30'), row('2026-10-01')],
  );
  expect(found).toMatchObject({
    days: { from: '2026-09-29', to: '2026-09-30' },
    outside: { usageRows: 1, costRows: 1 },
    verdicts: { equal: 2 },
    byModelDay: [],
  });
  expect(against([row('2026-09-28')], [row('2026-10-01')])).toMatchObject({ days: null, lines: 0 });
  expect(against([], [])).toMatchObject({ days: null, lines: 0, outside: { usageRows: 0, costRows: 0 } });
});

describe('samples', () => {
  const pair = async (usage: string, costs: Uint8Array): Promise<PricedAgainst> => {
    const [used, cost] = [await read(sample(usage) ?? '', {}, usage), await read(costs)];
    return priceAgainst([used.batch], [cost.batch], publishedPrices(), OPTIONS);
  };

  for (const name of ['openai_costs.json', 'openai_costs_live_variant.json', 'openai_cost_export.csv'])
    withSample(
      name,
      "is the usage API's tokens at their prices, but for searches and complimentary tokens",
      async (bytes) => {
        const found = await pair('openai_usage_completions.json', bytes);
        expect(found.unpriced.rows).toBe(0);
        expect(found.outside).toEqual({ usageRows: 0, costRows: 0 });
        expect(found.verdicts).toMatchObject({ equal: 7, differs: 0, complimentary: 1, cost_only: 1 });
        expect(shown(found)).toEqual([
          '2026-09-30 web search 0.37 0 cost_only -',
          '2026-09-29 gpt-5-mini 0 0.0046125 complimentary -',
        ]);
      },
    );

  withSample(
    'anthropic_cost_report.json',
    "is the usage report's tokens and searches at their prices",
    async (bytes) => {
      const found = await pair('anthropic_usage_report.json', bytes);
      expect(found.verdicts).toMatchObject({ equal: 4, differs: 0 });
      expect(found.byModelDay).toEqual([]);
      expect(formatAtoms(found.stated)).toBe(formatAtoms(found.priced));
    },
  );

  withSample('anthropic_console_cost.csv', "is the console's usage, rounded to cents", async (bytes) => {
    const found = await pair('anthropic_console_usage.csv', bytes);
    expect([formatAtoms(found.stated), formatAtoms(found.priced)]).toEqual(['2.23', '2.223034']);
    expect(found.verdicts).toMatchObject({ differs: 0, usage_only: 0, cost_only: 0, unpriced: 0 });
    expect(found.verdicts.rounding).toBeGreaterThan(0);
  });

  withSample('anthropic_cost_report.json', "agrees with the console's usage too", async (bytes) => {
    expect((await pair('anthropic_console_usage.csv', bytes)).verdicts).toMatchObject({ equal: 4, differs: 0 });
  });
});
