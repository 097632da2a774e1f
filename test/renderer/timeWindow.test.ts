import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clampWindow,
  covers,
  grainOf,
  overscanned,
  panBy,
  revealing,
  wheelFactor,
  withSpan,
  zoomAt,
  type TimeWindow,
} from '../../renderer/ui/chart/timeWindow.ts';

const BOUNDS: TimeWindow = { from: 0, to: 1_000_000_000 };
const window = fc
  .tuple(fc.integer({ min: 0, max: 999_000_000 }), fc.integer({ min: 1000, max: 1_000_000_000 }))
  .map(([from, span]) => clampWindow({ from, to: from + span }, BOUNDS));

describe('however the hand moves, the window', () => {
  const change = fc.oneof(
    fc.record({
      kind: fc.constant('zoom' as const),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      delta: fc.integer({ min: -500, max: 500 }),
    }),
    fc.record({ kind: fc.constant('pan' as const), share: fc.double({ min: -3, max: 3, noNaN: true }) }),
  );

  test('stays inside the history and never gets narrower than a second', () => {
    fc.assert(
      fc.property(window, fc.array(change, { maxLength: 30 }), (start, changes) => {
        let now = start;
        for (const step of changes) {
          now =
            step.kind === 'pan'
              ? panBy(now, step.share, BOUNDS)
              : zoomAt(now, now.from + step.share * (now.to - now.from), wheelFactor(step.delta), BOUNDS);
          expect(now.from).toBeGreaterThanOrEqual(BOUNDS.from - 1e-6);
          expect(now.to).toBeLessThanOrEqual(BOUNDS.to + 1e-6);
          expect(now.to - now.from).toBeGreaterThanOrEqual(1000 - 1e-6);
        }
      }),
    );
  });

  test('keeps the instant under the pointer in its place while it zooms', () => {
    const before = { from: 400_000_000, to: 600_000_000 };
    const at = 450_000_000;
    const after = zoomAt(before, at, 0.5, BOUNDS);
    expect((at - after.from) / (after.to - after.from)).toBeCloseTo(0.25, 9);
    expect(after.to - after.from).toBeCloseTo(100_000_000, 3);
  });
});

test('a span is counted back from the end where the end is shown, else around the middle', () => {
  const end = 950_000_000;
  for (const to of [end, 970_000_000, BOUNDS.to]) {
    // the last of that width has the last event in it, whatever room the bounds leave behind it
    const last = withSpan({ from: 900_000_000, to }, 10_000_000, BOUNDS, end);
    expect(last).toEqual({ from: last.to - 10_000_000, to: 950_400_000 });
  }
  expect(withSpan({ from: 100_000_000, to: 300_000_000 }, 10_000_000, BOUNDS, end)).toEqual({
    from: 195_000_000,
    to: 205_000_000,
  });
  expect(withSpan({ from: 100_000_000, to: BOUNDS.to }, 40_000_000, BOUNDS, BOUNDS.to).to).toBe(BOUNDS.to);
});

test('revealing moves only as far as is needed', () => {
  const now = { from: 100, to: 200 };
  const wide = { from: 0, to: 10_000 };
  expect(revealing(now, 150, wide)).toBe(now);
  const moved = revealing({ from: 1000, to: 3000 }, 5000, wide);
  expect(moved.to - moved.from).toBe(2000);
  expect(moved.from < 5000 && 5000 < moved.to).toBe(true);
});

test('overscan leaves room for a small pan', () => {
  const now = { from: 400_000_000, to: 500_000_000 };
  expect(covers(overscanned(now, BOUNDS), panBy(now, 0.2, BOUNDS))).toBe(true);
  expect(overscanned(BOUNDS, BOUNDS)).toEqual(BOUNDS);
});

test('the grain follows the zoom', () => {
  const hour = 3_600_000;
  expect([800 * 24 * hour, 90 * 24 * hour, 3 * 24 * hour, 5 * hour, hour / 6].map(grainOf)).toEqual([
    'month',
    'day',
    'hour',
    'minute',
    'event',
  ]);
});
