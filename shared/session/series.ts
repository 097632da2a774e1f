/** The balance of a window as the chart draws it: its points, and the band of what it may be. */
import type { BalanceSeries } from '../contract/engine.ts';
import type { Instant } from '../domain/time.ts';
import type { Account } from './account.ts';
import { bandOf } from './placements.ts';

/** Wider than any screen. */
const MOST_COLUMNS = 10_000;

/** The series, and the buffers in it that may be handed over. */
export function seriesOf(
  account: Account,
  { from, to, columns }: { readonly from: Instant; readonly to: Instant; readonly columns: number },
): { readonly series: BalanceSeries; readonly buffers: ArrayBufferLike[] } {
  const window = { from, to, columns: Math.max(1, Math.min(Math.ceil(columns), MOST_COLUMNS)) };
  const points = account.course.series(from, to, window.columns);
  const band = bandOf(account, window, points);
  const arrays = [points.at, points.balance, ...(band === null ? [] : [band.at, band.low, band.high])];
  return { series: { ...points, band }, buffers: arrays.map(({ buffer }) => buffer) };
}
