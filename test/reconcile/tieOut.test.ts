/** Tie-outs: the given roll-forwards and three-way states, and that nothing is lost on the way. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tieOutCommand } from '../../main/cli/tieOut.ts';
import { threeWayState, tieOut, type PeriodFigures } from '../../shared/reconcile/tieOut.ts';
import { readTieCases } from '../../shared/scenario/tieCase.ts';

const GIVEN = path.join(import.meta.dirname, '../../../shared/vectors/reconciliation.json');
const given = existsSync(GIVEN)
  ? (JSON.parse(readFileSync(GIVEN, 'utf8')) as {
      readonly roll_forward: readonly { readonly id: string; readonly expected: Readonly<Record<string, unknown>> }[];
      readonly three_way: readonly Readonly<Record<string, unknown>>[];
    })
  : null;

let out: string;
beforeEach(() => {
  out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('the given figures', () => {
  test.skipIf(given === null)('come out as stated', async () => {
    expect(await tieOutCommand([GIVEN])).toBe(1);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const expected = [
      ...(given?.roll_forward ?? []).map(({ id, expected: figures }) => ({ id, ...figures })),
      ...(given?.three_way ?? []),
    ];
    expect(lines).toHaveLength(expected.length);
    lines.forEach((line, index) => {
      expect(line).toMatchObject(expected[index] ?? {});
    });
  });
});

const NOTHING: PeriodFigures = {
  ...{ opening: 0n, purchases: 0n, grants: 0n, adjustments: 0n, usage: 0n, expired: 0n, refunds: 0n },
  ...{ statedClosing: 0n, cashPaid: null, tax: 0n, fee: 0n },
};

test('a closing carried into the next period as its opening leaves the same residual as both at once', () => {
  const amount = fc.bigInt({ min: -1000n, max: 1000n });
  const period = fc.record({ purchases: amount, grants: amount, adjustments: amount, usage: amount, refunds: amount });
  fc.assert(
    fc.property(amount, period, period, amount, (opening, first, second, statedClosing) => {
      const { computedClosing } = tieOut({ ...NOTHING, ...first, opening });
      const after = tieOut({ ...NOTHING, ...second, opening: computedClosing, statedClosing });
      const sum = (key: keyof typeof first): bigint => first[key] + second[key];
      const both = tieOut({
        ...{ ...NOTHING, opening, statedClosing, purchases: sum('purchases'), grants: sum('grants') },
        ...{ adjustments: sum('adjustments'), usage: sum('usage'), refunds: sum('refunds') },
      });
      expect(after.residual).toBe(both.residual);
      expect(after.verdict).toBe(after.residual === 0n ? 'ties' : 'breaks');
    }),
  );
});

test('cash that is neither tax nor fee nor credit shows in the bridge', () => {
  const figures = { ...NOTHING, purchases: 100_000n, cashPaid: 110_700n, tax: 8_875n, fee: 1_750n };
  expect(tieOut(figures).cashBridge).toMatchObject({ credited: 100_075n, residual: 75n });
});

test('of two sides that differ the difference is told, not what is missing', () => {
  expect(threeWayState({ ledger: 500n, invoice: 537n, bank: null })).toBe('simulation_differs');
  expect(threeWayState({ ledger: null, invoice: 500n, bank: 537n })).toBe('payment_differs');
  expect(threeWayState({ ledger: 500n, invoice: null, bank: 537n })).toBe('payment_differs');
  expect(threeWayState({ ledger: null, invoice: null, bank: null })).toBeNull();
});

test('what cannot be read is told by its place', () => {
  const told = (text: string): string[] => {
    const reading = readTieCases(text, 'f.json');
    return reading.ok ? [] : reading.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  };
  expect(told('{"roll_forward": [{"opening": 1}]}')).toEqual([
    expect.stringMatching(/^1:19 roll_forward\[0\]\.stated_closing is missing/),
  ]);
  expect(told('{"three_way": [{"ledger": "x"}]}')).toEqual([
    expect.stringMatching(/ledger must be a whole number .* found the text "x"/),
  ]);
  expect(told('{}')).toEqual([expect.stringMatching(/must have roll_forward or three_way/)]);
});
