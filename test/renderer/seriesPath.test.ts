import { expect, test } from 'vitest';
import {
  extentBetween,
  firstAtOrAfter,
  lastAtOrBefore,
  stepPath,
  withCarriedIn,
  type FetchedSeries,
} from '../../renderer/ui/chart/seriesPath.ts';

function series(points: readonly (readonly [number, number])[], to = 100): FetchedSeries {
  return {
    window: { from: 0, to },
    columns: to,
    end: 1000,
    points: { at: Float64Array.from(points.map(([at]) => at)), balance: Float64Array.from(points.map(([, y]) => y)) },
  };
}

test('between two changes the balance stands still: level, then upright, to the end of the window', () => {
  const { line, left, right } = stepPath(
    series([
      [0, 10],
      [20, 8],
      [50, 4],
    ]),
    (at) => at,
    (y) => 100 - y,
  );
  expect(line).toBe('M0 90H20V92H50V96H100');
  expect([left, right]).toEqual([0, 100]);
});

test('a rise at one instant is upright', () => {
  expect(
    stepPath(
      series(
        [
          [10, 2],
          [10, 12],
        ],
        30,
      ),
      (at) => at,
      (y) => 100 - y,
    ).line,
  ).toBe('M10 98V88H30');
});

test('the line ends where the account does', () => {
  const known = { ...series([[0, 5]]), end: 40 };
  expect(
    stepPath(
      known,
      (at) => at,
      (y) => y,
    ).right,
  ).toBe(40);
});

test('points that fall on one another are drawn once, and the lowest place is known', () => {
  const { line, bottom } = stepPath(
    series(
      [
        [0, 1],
        [0.001, 1],
        [0.002, -5],
        [0.003, 1],
      ],
      10,
    ),
    (at) => at,
    (y) => -y,
  );
  expect(line).toBe('M0 -1V5V-1H10');
  expect(bottom).toBe(5);
});

test('nothing is drawn of nothing', () => {
  expect(
    stepPath(
      series([]),
      (at) => at,
      (y) => y,
    ).line,
  ).toBe('');
});

test('extents know what was carried in', () => {
  const { points } = series([
    [0, 10],
    [20, 8],
    [50, -4],
    [80, 30],
  ]);
  expect(extentBetween(points, 25, 60)).toEqual({ low: -4, high: 8 });
  expect(extentBetween(points, 60, 61)).toEqual({ low: -4, high: -4 });
  expect(extentBetween(series([]).points, 0, 9)).toBeNull();
});

test('searching', () => {
  const at = Float64Array.from([1, 5, 5, 9]);
  expect([0, 1, 5, 6, 99].map((x) => lastAtOrBefore(at, x))).toEqual([-1, 0, 2, 2, 3]);
  expect([0, 1, 5, 6, 99].map((x) => firstAtOrAfter(at, x))).toEqual([0, 0, 1, 3, 4]);
});

test('the balance carried into a window is its first point', () => {
  const { points } = series([[20, 8]]);
  expect(Array.from(withCarriedIn(points, 5, 11).balance)).toEqual([11, 8]);
  expect(withCarriedIn(points, 20, 11)).toBe(points);
});
