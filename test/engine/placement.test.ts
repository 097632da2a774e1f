/** Where the usage of buckets is taken to have happened: exact shares, inside their bucket, the same sums wherever. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Atoms } from '../../shared/domain/money.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/domain/time.ts';
import { decimalAt, type Placement, type UsageBatch } from '../../shared/domain/usage.ts';
import { decimalColumn } from '../../shared/engine/eventBatch.ts';
import { prepare, type ReplayInput } from '../../shared/engine/input.ts';
import { place, sliceScale } from '../../shared/engine/placement.ts';
import { lowerBound } from '../../shared/engine/prefixSums.ts';
import { replay } from '../../shared/engine/replay.ts';
import { buildUsageLog } from '../../shared/engine/usageLog.ts';
import { scenarioOf } from './run.ts';

const PLACEMENTS: readonly Placement[] = ['start', 'spread', 'end'];
const ATOM = 1_000_000_000_000n;

interface Row {
  readonly at: number;
  /** Width of the bucket; 0 for an instant. */
  readonly width: number;
  readonly cost: Atoms;
  readonly sku?: string;
}

function batchOf(rows: readonly Row[], source = 'export.csv'): UsageBatch {
  const names = [...new Set(rows.map(({ sku = 'm' }) => sku))];
  return {
    source,
    count: rows.length,
    at: Float64Array.from(rows, ({ at }) => at),
    until: Float64Array.from(rows, ({ at, width }) => (width === 0 ? 0 : at + width)),
    sku: { codes: Uint32Array.from(rows, ({ sku = 'm' }) => names.indexOf(sku)), names },
    cost: decimalColumn(rows.map(({ cost }) => cost)),
    meters: new Map(),
    project: null,
    key: null,
    ids: null,
    line: Uint32Array.from(rows, (_, row) => row + 2),
  };
}

function slices(row: Row, placement: Placement): { at: number; cost: Atoms }[] {
  const batch = batchOf([row]);
  const placed = place(batch, batch.cost, placement);
  return Array.from(placed.at, (at, i) => ({ at, cost: decimalAt(placed.cost, i)! }));
}

const START = Date.UTC(2026, 9, 1);

describe('one bucket', () => {
  test('is at its first instant, at its last millisecond, or in hours with what is left over in the last', () => {
    const day = { at: START, width: DAY_MS, cost: ATOM + 1n };
    expect(slices(day, 'start')).toEqual([{ at: START, cost: ATOM + 1n }]);
    expect(slices(day, 'end')).toEqual([{ at: START + DAY_MS - 1, cost: ATOM + 1n }]);
    const spread = slices(day, 'spread');
    expect(spread.map(({ at }) => at)).toEqual(Array.from({ length: 24 }, (_, hour) => START + hour * HOUR_MS));
    // 10^12 + 1 = 24 x 41,666,666,666 + 17
    expect(spread.slice(0, 23).every(({ cost }) => cost === 41_666_666_666n)).toBe(true);
    expect(spread[23]?.cost).toBe(41_666_666_683n);
  });

  test.each([
    ['a day of 25 hours', 25 * HOUR_MS, 25, HOUR_MS],
    ['an hour', HOUR_MS, 60, MINUTE_MS],
    ['a quarter of an hour', 15 * MINUTE_MS, 15, MINUTE_MS],
    ['no whole number of hours', 90 * MINUTE_MS, 2, HOUR_MS],
    ['a minute', MINUTE_MS, 1, 0],
    ['a second', 1000, 1, 0],
    ['an instant', 0, 1, 0],
  ])('of %s', (_what, width, count, step) => {
    const spread = slices({ at: START, width, cost: ATOM }, 'spread');
    expect(spread.map(({ at }) => at)).toEqual(Array.from({ length: count }, (_, i) => START + i * step));
  });

  test('of no cost stays one row', () => {
    expect(slices({ at: START, width: DAY_MS, cost: 0n }, 'spread')).toEqual([{ at: START, cost: 0n }]);
  });
});

const widths = fc.oneof(
  fc.constantFrom(0, 1, 1000, MINUTE_MS, 5 * MINUTE_MS, HOUR_MS, DAY_MS, 23 * HOUR_MS, 31 * DAY_MS, 500 * DAY_MS),
  fc.integer({ min: 1, max: 3 * DAY_MS }),
);
const costs = fc.oneof(
  fc.bigInt({ min: 0n, max: 100n }),
  fc.bigInt({ min: 0n, max: 10n ** 16n }),
  fc.bigInt({ min: 0n, max: 9_007_199_254_740_991n * ATOM }),
);
const rows = fc.record({
  at: fc.integer({ min: START, max: START + 3 * DAY_MS }),
  width: widths,
  cost: costs,
  sku: fc.constantFrom('a', 'b', 'c'),
});

test('slices of any cost and width add up to it exactly, none of them less than nothing, all inside the bucket', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(...PLACEMENTS), (row, placement) => {
      const placed = slices(row, placement);
      expect(placed.reduce((sum, { cost }) => sum + cost, 0n)).toBe(row.cost);
      for (const { at, cost } of placed) {
        expect(cost >= 0n).toBe(true);
        expect(at >= row.at && (row.width === 0 ? at === row.at : at < row.at + row.width)).toBe(true);
      }
      const shares = placed.slice(0, -1).map(({ cost }) => cost);
      expect(new Set(shares).size).toBeLessThan(2);
      if (placed.length > 1) expect(placed.at(-1)!.cost - shares[0]! < BigInt(placed.length)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

const smallCosts = fc.bigInt({ min: 0n, max: 10n ** 16n });
const logs = fc.array(
  fc.tuple(rows, smallCosts).map(([row, cost]) => ({ ...row, cost })),
  {
    minLength: 1,
    maxLength: 12,
  },
);

test('wherever buckets are placed, a log has the same sum of each SKU, the same rows, and every slice leads to its row', () => {
  fc.assert(
    fc.property(logs, logs, fc.constantFrom(...PLACEMENTS), (one, other, placement) => {
      const batches = [batchOf(one, 'one.csv'), batchOf(other, 'other.csv')];
      const { log } = buildUsageLog(batches, new Map(), [placement, 'start']);
      const all = [...one, ...other];
      const totals = log.noTotals();
      log.addBySku(0, log.count, totals);
      for (const [index, sku] of log.skus.entries())
        expect(totals.cost[index]).toBe(all.reduce((sum, row) => sum + (row.sku === sku ? row.cost : 0n), 0n));
      expect(log.rowsBetween(0, log.count)).toBe(all.length);
      expect(log.from).toBe(Math.min(...all.map(({ at }) => at)));
      expect(log.to).toBe(Math.max(...all.map(({ at, width }) => Math.max(at, at + width - 1))));
      const found = new Map<number, Atoms>();
      for (let row = 0; row < log.count; row++) {
        if (row > 0) expect(log.at[row]).toBeGreaterThanOrEqual(log.at[row - 1]!);
        const { batch, index } = log.origin(row);
        const from = batch === batches[0] ? one[index]! : other[index]!;
        expect(log.skus[log.sku[row]!]).toBe(from.sku);
        const place = all.indexOf(from);
        found.set(place, (found.get(place) ?? 0n) + log.sums.cost(row));
      }
      all.forEach((row, place) => expect(found.get(all.indexOf(row)), `${place}`).toBe(row.cost));
    }),
    { numRuns: 60 },
  );
});

test('at every instant as much was used at the latest with start as with spread, and with spread as with end', () => {
  fc.assert(
    fc.property(
      logs,
      fc.array(fc.integer({ min: START, max: START + 6 * DAY_MS }), { minLength: 5 }),
      (all, instants) => {
        const [start, spread, end] = PLACEMENTS.map(
          (placement) => buildUsageLog([batchOf(all)], new Map(), [placement]).log,
        );
        const used = (log: typeof start, at: number): Atoms => log!.sums.upTo(lowerBound(log!.at, at + 1, 0));
        for (const at of [...instants, ...all.map((row) => row.at), ...all.map((row) => row.at + row.width)]) {
          expect(used(start, at) >= used(spread, at)).toBe(true);
          expect(used(spread, at) >= used(end, at)).toBe(true);
        }
      },
    ),
    { numRuns: 120 },
  );
});

test('slices of days in order are in order without a sort: equal instants keep the order of the rows', () => {
  const days = Array.from({ length: 6 }, (_, i) => ({
    at: START + Math.floor(i / 2) * DAY_MS,
    width: DAY_MS,
    cost: ATOM,
  }));
  const batch = batchOf(days);
  const { at, row } = place(batch, batch.cost, 'spread');
  expect(at).toEqual(at.slice().sort());
  expect([...row!.slice(0, 4)]).toEqual([0, 1, 0, 1]);
});

test('too many slices are made fewer by longer steps, exact all the same', () => {
  const batch = batchOf([
    { at: START, width: DAY_MS, cost: ATOM },
    { at: START + DAY_MS, width: 30 * MINUTE_MS, cost: 7n },
  ]);
  expect(sliceScale([{ batch, cost: batch.cost }], 54)).toBe(1);
  expect(sliceScale([{ batch, cost: batch.cost }], 53)).toBe(2);
  expect(sliceScale([{ batch, cost: batch.cost }], 9)).toBe(8);
  const { at, cost } = place(batch, batch.cost, 'spread', 8);
  expect(at).toHaveLength(3 + 4);
  expect(at[1]).toBe(START + 8 * HOUR_MS);
  expect(Array.from(at, (_, i) => decimalAt(cost, i)!).reduce((sum, part) => sum + part, 0n)).toBe(ATOM + 7n);
  // never fewer than one a row
  expect(place(batch, batch.cost, 'spread', sliceScale([{ batch, cost: batch.cost }], 1)).at).toHaveLength(2);
});

const SCENARIO = `drawdown: 1
title: buckets
account: {opened: 2026-09-01T00:00:00Z}
policy: {cutoff: {delay: PT1H}}
events:
  - {at: 2026-09-01T00:00:00Z, type: purchase, amount: 20, id: first}
`;

function inputOf(batch: UsageBatch, placement: Placement | null): ReplayInput {
  return prepare(scenarioOf(SCENARIO), [batch], [], [placement]).input;
}

describe('the replay', () => {
  const lastOfMonth = batchOf([
    { at: Date.UTC(2026, 8, 30), width: DAY_MS, cost: 6n * ATOM },
    { at: Date.UTC(2026, 9, 1), width: DAY_MS, cost: 24n * ATOM },
  ]);

  test('a day’s usage stays in its day and month, also at the end', () => {
    for (const placement of PLACEMENTS) {
      const { state } = replay(inputOf(lastOfMonth, placement));
      expect(state.invoices.map(({ period, usage }) => [period, usage])).toEqual([['2026-09', 6n * ATOM]]);
      expect(state.now).toBe(Date.UTC(2026, 9, 2) - 1);
    }
  });

  test('access is cut off sooner or later; rows are counted as imported, not as sliced', () => {
    const runs = PLACEMENTS.map((placement) => replay(inputOf(lastOfMonth, placement)).state);
    const cutoffs = runs.map(({ timeline }) => timeline.find(({ type }) => type === 'cutoff')?.at ?? null);
    // 14 of 24 are left on the first: the slice of 13:00 takes the last of it, that of 14:00 comes with the cut-off
    expect(cutoffs).toEqual([Date.UTC(2026, 9, 1, 1), Date.UTC(2026, 9, 1, 14), null]);
    expect(runs.map(({ overrun }) => overrun)).toEqual([10n * ATOM, 0n, 10n * ATOM]);
    expect(runs.map(({ accepted }) => accepted.rows)).toEqual([2, 2, 2]);
    expect(runs.map(({ accepted }) => accepted.cost)).toEqual([30n * ATOM, 20n * ATOM, 30n * ATOM]);
  });

  test('spread is what happens unless it is said otherwise', () => {
    expect(replay(inputOf(lastOfMonth, null)).state.timeline).toEqual(
      replay(inputOf(lastOfMonth, 'spread')).state.timeline,
    );
  });

  test('rows without a cost are priced whole, at the start of their bucket', () => {
    const batch: UsageBatch = {
      ...batchOf([{ at: START, width: DAY_MS, cost: 0n }]),
      cost: decimalColumn([null]),
      meters: new Map([['tokens', decimalColumn([10n * ATOM])]]),
    };
    const rates = new Map([
      [
        'm',
        [
          { from: START, per: ATOM, prices: { tokens: ATOM } },
          { from: START + HOUR_MS, per: ATOM, prices: { tokens: 5n * ATOM } },
        ],
      ],
    ]);
    const { log, problems } = buildUsageLog([batch], rates, ['spread']);
    expect(problems).toEqual([]);
    expect(log.count).toBe(24);
    expect(log.sums.upTo(24)).toBe(10n * ATOM);
  });

  test('a log without buckets is taken as it is, with no copy of its instants', () => {
    const batch = { ...batchOf([{ at: START, width: 0, cost: ATOM }]), until: null };
    expect(buildUsageLog([batch], new Map(), ['spread']).log.at).toBe(batch.at);
    expect(place(batch, batch.cost, 'end')).toEqual({ at: batch.at, cost: batch.cost, row: null, first: null });
  });
});
