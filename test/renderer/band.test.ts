/** What the page shows of usage whose instant is uncertain: the band, ranges beside figures, and the words for both. */
import { describe, expect, test } from 'vitest';
import {
  accessDetail,
  balanceDetail,
  debtDetail,
  debtTitle,
  legendCounts,
  rejectedDetail,
  UTC_ZONE,
  withinText,
} from '../../renderer/features/account/selectors.ts';
import { bandPath, shownExtent, withCarriedIn, type FetchedSeries } from '../../renderer/ui/chart/seriesPath.ts';
import type { AccountView, PlacementView } from '../../shared/contract/engine.ts';
import { DAY_MS, HOUR_MS } from '../../shared/domain/time.ts';
import { makeAccount } from './fakeAccount.ts';

const { view } = makeAccount(50);
const BOUNDS: NonNullable<PlacementView['bounds']> = {
  balance: ['1', '1'],
  overrun: ['0', '0'],
  rejected: ['0', '0'],
  recharges: [2, 2],
  cutoffs: [0, 0],
  access: ['open'],
  firstBelowZero: [null, null],
};

function placed(bounds: Partial<typeof BOUNDS> | null, longestMs = DAY_MS): AccountView {
  const all = bounds === null ? null : { ...BOUNDS, ...bounds };
  return { ...view, placement: { rows: 31, longestMs, placements: ['spread'], bounds: all } };
}

describe('figures', () => {
  test('that depend on when usage fell are ranges, with the words for it', () => {
    expect(debtDetail(placed({ overrun: ['0', '3.2'] }))).toBe(
      'overrun 0.00 – 3.20, depends on when in the day usage fell',
    );
    expect(balanceDetail(placed({ balance: ['-1.5', '12'] }))).toBe(
      '−1.50 – 12.00, depends on when in the day usage fell',
    );
    expect(rejectedDetail(placed({ rejected: ['0', '7'] }, HOUR_MS))).toBe(
      '0.00 – 7.00, depends on when in the hour usage fell',
    );
  });

  test('that do not depend on it say what they always said', () => {
    for (const detail of [debtDetail, balanceDetail, rejectedDetail]) {
      expect(detail(placed({}))).toBe(detail(view));
      expect(detail(placed(null))).toBe(detail(view));
    }
    expect(debtTitle(view, UTC_ZONE)).toBeUndefined();
    expect(debtTitle(placed({}), UTC_ZONE)).toBeUndefined();
  });

  test('access that depends on it is not said to be one or the other, nor since when', () => {
    expect(accessDetail(placed({ access: ['open', 'closed'] }), UTC_ZONE)).toBe(
      'open or closed, depends on when in the day usage fell',
    );
    const { figures } = view;
    const since = (accessSinceAbout: boolean): string =>
      accessDetail({ ...view, figures: { ...figures, accessSinceAbout } }, UTC_ZONE);
    expect(since(true)).toBe(since(false).replace('since ', 'since about '));
    expect(since(true)).toContain('since about');
  });

  test('an account without a single lot has no credit yet; it is used up where there were some', () => {
    const figures = { ...view.figures, accessReason: 'insufficient_quota' as const };
    expect(accessDetail({ ...view, figures }, UTC_ZONE)).toContain('credits used up');
    expect(accessDetail({ ...view, figures, counts: { ...view.counts, lots: 0 } }, UTC_ZONE)).toContain(
      'no credit yet',
    );
  });

  test('the title lists what else depends on it', () => {
    const title = debtTitle(
      placed({
        overrun: ['0', '3.2'],
        recharges: [3, 4],
        cutoffs: [0, 1],
        firstBelowZero: [Date.UTC(2026, 9, 2), null],
      }),
      UTC_ZONE,
    );
    expect(title?.split('\n').slice(1)).toEqual([
      'first below zero: 2 Oct 2026 00:00:00 UTC – never',
      'auto-recharges: 3 – 4',
      'cut-offs: 0 – 1',
    ]);
  });

  test.each([
    [2 * 60_000, 'the hour'],
    [HOUR_MS, 'the hour'],
    [DAY_MS, 'the day'],
    [25 * HOUR_MS, 'the day'],
    [30 * DAY_MS, 'its bucket'],
  ])('buckets of %i ms are called %s', (longest, words) => {
    expect(withinText(placed({}, longest))).toBe(words);
  });

  test('the legend has the band, with its rows, only where there is one', () => {
    expect(legendCounts(placed({}), undefined).band).toBe(31);
    expect(legendCounts(placed(null), undefined).band).toBe(0);
    expect(legendCounts(view, undefined).band).toBe(0);
  });
});

function series(to = 40): FetchedSeries {
  return {
    window: { from: 0, to },
    columns: 4,
    end: 35,
    points: {
      at: Float64Array.of(0, 20),
      balance: Float64Array.of(9, 4),
      band: {
        at: Float64Array.of(0, 10, 20, 30),
        low: Float64Array.of(9, 3, -2, 4),
        high: Float64Array.of(9, 9, 8, 4),
      },
    },
  };
}

const same = (value: number): number => value;

describe('the band', () => {
  test('runs along its upper edge and back along the lower, in steps, to the end of the account', () => {
    expect(bandPath(series(), same, (y) => 10 - y)).toBe('M0 1V1H10V1H20V2H30V6H35V6H30V12H20V7H10V1H0Z');
  });

  test('is nothing where there is none', () => {
    const without: FetchedSeries = { ...series(), points: { ...series().points, band: null } };
    expect(bandPath(without, same, same)).toBe('');
    expect(shownExtent(without.points, 0, 40, true)).toEqual({ low: 4, high: 9 });
  });

  test('makes room for itself on the value axis, unless it is switched off', () => {
    const { points } = series();
    expect(shownExtent(points, 0, 40, true)).toEqual({ low: -2, high: 9 });
    expect(shownExtent(points, 0, 40, false)).toEqual({ low: 4, high: 9 });
    // a window that begins within a column sees that column
    expect(shownExtent(points, 25, 28, true)).toEqual({ low: -2, high: 8 });
  });

  test('stays with a series whose first balance was carried in', () => {
    const { points } = series();
    expect(withCarriedIn(points, -5, 7).band).toBe(points.band);
  });
});
