import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChartMark, MarkKind } from '../../shared/contract/engine.ts';
import { TOUCHING_PX, clusterMarks } from '../../renderer/ui/chart/clusters.ts';
import { overlaps } from '../../renderer/ui/chart/labels.ts';
import { layOutMarks, markAt } from '../../renderer/ui/chart/markLayout.ts';

const mark = (at: number, kind: MarkKind = 'auto_recharge', y = 450): ChartMark => ({
  at,
  kind,
  amount: '250',
  y,
  record: at,
});
const half = (): number => 19;
const plot = {
  left: 0,
  right: 1000,
  top: 0,
  bottom: 300,
  x: (at: number) => at,
  y: (balance: number) => 250 - balance / 2,
};

describe('clusters', () => {
  test('marks of one kind nearer than 12 px become one box', () => {
    const placed = clusterMarks([mark(100), mark(100 + TOUCHING_PX - 1), mark(200)], (at) => at, half);
    expect(placed.map(({ marks }) => marks.length)).toEqual([2, 1]);
  });

  test('different kinds do not merge, and expiries never do', () => {
    const marks = [mark(100), mark(101, 'purchase'), mark(102, 'expiry'), mark(103, 'expiry')];
    expect(clusterMarks(marks, (at) => at, half)).toHaveLength(4);
  });

  test('no mark is lost, and boxes of a kind do not cover one another, however dense they are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1200 }), { maxLength: 300 }), (ats) => {
        const placed = clusterMarks(
          ats.map((at) => mark(at)),
          (at) => at,
          half,
        );
        expect(placed.reduce((sum, { marks }) => sum + marks.length, 0)).toBe(ats.length);
        const boxes = placed.filter(({ marks }) => marks.length > 1);
        for (const [index, { x }] of boxes.entries()) {
          const next = boxes[index + 1];
          if (next !== undefined) expect(next.x - x).toBeGreaterThanOrEqual(2 * half());
        }
      }),
    );
  });
});

describe('places', () => {
  test('a recharge stands under the foot of its rise, a grant above its step', () => {
    const [recharge] = layOutMarks([mark(100)], plot, 1);
    expect(recharge?.y).toBe(plot.y(200) + 12);
    const [grant] = layOutMarks([mark(100, 'grant')], plot, 1);
    expect(grant?.y).toBe(plot.y(450) - 12);
  });

  test('an expiry is a drop from the balance before to the balance after', () => {
    const [drop] = layOutMarks([{ at: 100, kind: 'expiry', amount: '150', y: 100, record: 1 }], plot, 1);
    expect(drop).toMatchObject({ from: plot.y(250), y: plot.y(100) });
  });

  test('marks of different kinds at one place step aside', () => {
    const [a, b] = layOutMarks([mark(100), mark(102, 'purchase')], plot, 1);
    expect(a !== undefined && b !== undefined && !overlaps(a.box, b.box)).toBe(true);
  });

  test('the pointer finds the nearest mark, with a little mercy', () => {
    const marks = layOutMarks([mark(100), mark(300)], plot, 1);
    const y = plot.y(200) + 12;
    expect(markAt(marks, 108, y)?.x).toBe(100);
    expect(markAt(marks, 200, y)).toBeNull();
  });
});
