import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAtoms } from '../../shared/domain/money.ts';
import type { GeneratedUsage } from '../../shared/domain/scenario.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '../../shared/domain/time.ts';
import { COST_STEP, expectedRows, generateUsage, MAX_GENERATED_ROWS } from '../../shared/scenario/generate.ts';
import { exponentialOf, naturalLog } from '../../shared/scenario/random.ts';

const UNIT = 1_000_000_000_000n;
const SAMPLE: GeneratedUsage = {
  from: Date.UTC(2025, 0, 1),
  to: Date.UTC(2025, 1, 1),
  seed: 7,
  rate: { rows: 120, perMs: HOUR_MS },
  cost: { kind: 'lognormal', median: UNIT / 50n, sigma: 1.1 },
  shape: 'diurnal',
  skus: [{ sku: 'usage', weight: 1 }],
};

const shown = (generator: GeneratedUsage, rows: number): string[] =>
  [...generateUsage(generator)]
    .slice(0, rows)
    .map(({ at, sku, cost }) => `${formatInstant(at)} ${sku} ${formatAtoms(cost)}`);

const arbitrary = fc
  .record({
    from: fc.integer({ min: 0, max: Date.UTC(2030, 0, 1) }),
    length: fc.integer({ min: 1, max: DAY_MS }),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    rows: fc.integer({ min: 1, max: 20 }),
    cost: fc.oneof(
      fc.record({ kind: fc.constant('fixed' as const), value: fc.bigInt(0n, 1000n).map((steps) => steps * COST_STEP) }),
      fc
        .tuple(fc.bigInt(0n, 10n ** 20n), fc.bigInt(0n, 10n ** 20n))
        .map(([min, more]) => ({ kind: 'uniform' as const, min: min * COST_STEP, max: (min + more) * COST_STEP })),
      fc.record({
        kind: fc.constant('lognormal' as const),
        median: fc.constant(UNIT / 50n),
        sigma: fc.double({ min: 0, max: 5, noNaN: true }),
      }),
    ),
    shape: fc.constantFrom('flat' as const, 'diurnal' as const, 'weekly' as const),
    weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ from, length, rows, weights, ...rest }): GeneratedUsage => ({
    ...rest,
    from,
    to: from + length,
    rate: { rows, perMs: HOUR_MS },
    skus: weights.map((weight, index) => ({ sku: `sku-${index}`, weight })),
  }));

describe('generated usage', () => {
  // a change here breaks every scenario that states results of generated usage
  test('the first rows never change', () => {
    expect(shown(SAMPLE, 3)).toMatchInlineSnapshot(`
      [
        "2025-01-01T00:03:14.160Z usage 0.02045792",
        "2025-01-01T00:04:15.080Z usage 0.01488011",
        "2025-01-01T00:04:32.186Z usage 0.00449069",
      ]
    `);
    expect(
      shown(
        {
          ...SAMPLE,
          shape: 'weekly',
          cost: { kind: 'uniform', min: 0n, max: UNIT },
          skus: [
            { sku: 'a', weight: 1 },
            { sku: 'b', weight: 2.5 },
          ],
        },
        3,
      ),
    ).toMatchInlineSnapshot(`
      [
        "2025-01-01T00:02:41.800Z b 0.34594832",
        "2025-01-01T00:05:40.193Z b 0.34776981",
        "2025-01-01T00:07:16.147Z b 0.39509113",
      ]
    `);
    expect(shown({ ...SAMPLE, shape: 'flat', seed: 0, cost: { kind: 'fixed', value: UNIT } }, 3))
      .toMatchInlineSnapshot(`
      [
        "2025-01-01T00:00:26.680Z usage 1",
        "2025-01-01T00:01:34.386Z usage 1",
        "2025-01-01T00:01:59.192Z usage 1",
      ]
    `);
  });

  test('same parameters, same rows; another seed, other rows', () => {
    expect(shown(SAMPLE, 1000)).toEqual(shown(SAMPLE, 1000));
    expect(shown(SAMPLE, 10)).not.toEqual(shown({ ...SAMPLE, seed: 8 }, 10));
  });

  test('rows lie in [from, to) in ascending order, with costs of whole steps', () => {
    fc.assert(
      fc.property(arbitrary, (generator) => {
        let last = generator.from;
        for (const { at, cost, sku } of generateUsage(generator)) {
          expect(at).toBeGreaterThanOrEqual(last);
          expect(at).toBeLessThan(generator.to);
          expect(Number.isInteger(at)).toBe(true);
          expect(cost >= 0n && cost % COST_STEP === 0n).toBe(true);
          if (generator.cost.kind === 'uniform')
            expect(cost >= generator.cost.min && cost <= generator.cost.max).toBe(true);
          expect(generator.skus.map((entry) => entry.sku)).toContain(sku);
          last = at;
        }
      }),
      { numRuns: 50 },
    );
  });

  test.each(['flat', 'diurnal', 'weekly'] as const)('%s usage has the stated rate, cost and weights', (shape) => {
    // four whole weeks, so that every shape has its mean
    const generator: GeneratedUsage = {
      ...SAMPLE,
      to: SAMPLE.from + 28 * DAY_MS,
      shape,
      skus: [
        { sku: 'a', weight: 1 },
        { sku: 'b', weight: 3 },
      ],
    };
    const rows = [...generateUsage(generator)];
    expect(Math.abs(rows.length / expectedRows(generator) - 1)).toBeLessThan(0.02);
    expect(rows.filter(({ sku }) => sku === 'b').length / rows.length).toBeCloseTo(0.75, 1);
    const costs = rows.map(({ cost }) => Number(cost) / Number(UNIT)).sort((one, other) => one - other);
    expect(costs[costs.length >> 1]).toBeCloseTo(0.02, 3);
    // one standard deviation above the median
    expect(costs[Math.floor(costs.length * 0.8413)]).toBeCloseTo(0.02 * Math.exp(1.1), 2);
    const night = rows.filter(({ at }) => at % DAY_MS < 4 * HOUR_MS).length / rows.length;
    if (shape === 'flat') expect(night).toBeCloseTo(1 / 6, 1);
    else expect(night).toBeLessThan(0.06);
  });

  test('too many rows are an error at once', () => {
    const generator = { ...SAMPLE, rate: { rows: 1000, perMs: 1000 } };
    expect(expectedRows(generator)).toBeGreaterThan(MAX_GENERATED_ROWS);
    expect(() => generateUsage(generator).next()).toThrow(
      'more than 20000000 rows; lower its rate or shorten its time',
    );
  });
});

describe('functions of basic arithmetic', () => {
  test('agree with the engine to the last digits', () => {
    for (let draw = 1; draw <= 4_294_967_296; draw = Math.ceil(draw * 1.37)) {
      const value = draw / 4_294_967_296;
      expect(naturalLog(value)).toBeCloseTo(Math.log(value), 13);
    }
    for (let power = -40; power <= 40; power += 0.37) expect(exponentialOf(power) / Math.exp(power)).toBeCloseTo(1, 13);
  });
});
