/** Where pillars and steps of a bridge stand: every step begins where the one before ended, and nothing is cut off. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bridgeLayout, levelY } from '../../renderer/ui/bridge/bridgeLayout.ts';
import type { BridgeStep, ReconBridge } from '../../shared/contract/reconcile.ts';

function step(after: number, cents: number, id = `s${after}`): BridgeStep {
  return { id, after, category: 'tax', label: 'Tax', amount: String(cents), items: 1 };
}

function bridge(totals: readonly number[], steps: readonly BridgeStep[]): ReconBridge {
  const sides = ['simulated', 'document', 'bank'] as const;
  const pillars = totals.map((total, index) => ({
    ...{ side: sides[index] ?? 'bank', label: 'x', total: String(total), note: '' },
  }));
  return { pillars, steps, gross: '0' };
}

describe('the bridge', () => {
  test('steps lead from one pillar to the next', () => {
    const { columns } = bridgeLayout(bridge([2000, 2250, 2200], [step(0, 200, 'a'), step(0, 50, 'b'), step(1, -50)]));
    expect(columns.map((column) => (column.kind === 'pillar' ? column.level : [column.from, column.to]))).toEqual([
      2000,
      [2000, 2200],
      [2200, 2250],
      2250,
      [2250, 2200],
      2200,
    ]);
  });

  test('a foot is broken only where the pillars would hide the steps', () => {
    expect(bridgeLayout(bridge([2000, 2250], [step(0, 250)])).broken).toBe(true);
    expect(bridgeLayout(bridge([100, 250], [step(0, 150)]))).toMatchObject({ broken: false, base: 0 });
    expect(bridgeLayout(bridge([-10, 20], [step(0, 30)]))).toMatchObject({ broken: false, base: -10 });
    // equal totals leave nothing that could be hidden
    expect(bridgeLayout(bridge([500, 500], [])).broken).toBe(false);
    expect(bridgeLayout(bridge([0, 0], []))).toMatchObject({ base: 0, top: 1 });
  });

  test('every level is drawn inside the plot', () => {
    const amount = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 2, maxLength: 3 }),
        fc.array(amount, { maxLength: 9 }),
        (totals, all) => {
          const steps = all.map((cents, index) => step(index % (totals.length - 1), cents, String(index)));
          const layout = bridgeLayout(bridge(totals, steps));
          for (const column of layout.columns) {
            const levels = column.kind === 'pillar' ? [column.level] : [column.from, column.to];
            for (const level of levels) {
              const y = levelY(layout, level, 100);
              expect(y).toBeGreaterThanOrEqual(-1e-9);
              expect(y).toBeLessThanOrEqual(100 + 1e-9);
            }
          }
        },
      ),
    );
  });
});
