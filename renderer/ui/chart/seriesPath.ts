/**
 * The balance as a path. Between two changes a balance stands still, so the line runs level and then upright: what is
 * drawn was the balance at every instant, at any zoom. Pure geometry over the worker's arrays.
 */
import type { BalanceSeries } from '../../../shared/contract/engine.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { inTenths, tenths, tenthsText } from './tenths.ts';
import type { TimeWindow } from './timeWindow.ts';

/** A series, the window it was asked for, and how many columns wide. */
export interface FetchedSeries {
  readonly window: TimeWindow;
  readonly columns: number;
  readonly points: BalanceSeries;
  /** The last instant the account knows; the line ends there. */
  readonly end: Instant;
}

/** Index of the last point at or before an instant; -1 before the first. */
export function lastAtOrBefore(at: Float64Array, instant: Instant): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] ?? Infinity) <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the first point at or after an instant; the length behind the last. */
export function firstAtOrAfter(at: Float64Array, instant: Instant): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] ?? Infinity) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface StepPath {
  readonly line: string;
  readonly left: number;
  readonly right: number;
  /** The lowest place of the line: its largest y. */
  readonly bottom: number;
}

/** The path's text in pixels; `x` and `y` map values to the picture. Points that fall together are drawn once. */
export function stepPath(series: FetchedSeries, x: (at: Instant) => number, y: (balance: number) => number): StepPath {
  const { at, balance } = series.points;
  if (at.length === 0) return { line: '', left: 0, right: 0, bottom: -Infinity };
  const left = tenths(x(at[0] ?? 0));
  let lastX = left;
  let lastY = tenths(y(balance[0] ?? 0));
  let bottom = lastY;
  let line = `M${tenthsText(lastX)} ${tenthsText(lastY)}`;
  for (let index = 1; index < at.length; index += 1) {
    const nextX = tenths(x(at[index] ?? 0));
    const nextY = tenths(y(balance[index] ?? 0));
    if (nextX !== lastX) line += `H${tenthsText(nextX)}`;
    if (nextY !== lastY) line += `V${tenthsText(nextY)}`;
    lastX = nextX;
    lastY = nextY;
    if (nextY > bottom) bottom = nextY;
  }
  const right = tenths(x(Math.max(at[at.length - 1] ?? 0, Math.min(series.end, series.window.to))));
  if (right > lastX) line += `H${tenthsText(right)}`;
  return { line, left: left / 10, right: Math.max(right, lastX) / 10, bottom: bottom / 10 };
}

/** The band as a closed path: along its upper edge and back along the lower, both in steps; empty where there is none. */
export function bandPath(series: FetchedSeries, x: (at: Instant) => number, y: (balance: number) => number): string {
  const { band } = series.points;
  if (band === undefined || band === null || band.at.length === 0) return '';
  const across = (at: number): string => inTenths(x(at));
  const along = (balance: number): string => inTenths(y(balance));
  const start = across(band.at[0] ?? 0);
  const ends = Array.from(band.at, (_, i) => across(band.at[i + 1] ?? Math.min(series.end, series.window.to)));
  let upper = '';
  let lower = '';
  for (let i = 0; i < ends.length; i += 1) {
    upper += `V${along(band.high[i] ?? 0)}H${ends[i] ?? ''}`;
    const back = ends.length - 1 - i;
    lower += `V${along(band.low[back] ?? 0)}H${back === 0 ? start : (ends[back - 1] ?? '')}`;
  }
  return `M${start} ${along(band.low[0] ?? 0)}${upper}${lower}Z`;
}

/** Lowest and highest of what is drawn between two instants: the line, and the band where it is shown. */
export function shownExtent(
  points: BalanceSeries,
  from: Instant,
  to: Instant,
  withBand: boolean,
): { readonly low: number; readonly high: number } | null {
  const line = extentBetween(points, from, to);
  const { band } = points;
  if (line === null || !withBand || band === undefined || band === null) return line;
  let { low, high } = line;
  for (let i = Math.max(0, lastAtOrBefore(band.at, from)); i < band.at.length && (band.at[i] ?? 0) <= to; i += 1) {
    low = Math.min(low, band.low[i] ?? low);
    high = Math.max(high, band.high[i] ?? high);
  }
  return { low, high };
}

/** Lowest and highest balance between two instants, with what was carried in; null where the series knows nothing. */
export function extentBetween(
  points: BalanceSeries,
  from: Instant,
  to: Instant,
): { readonly low: number; readonly high: number } | null {
  const { at, balance } = points;
  const first = Math.max(0, lastAtOrBefore(at, from));
  let low = Infinity;
  let high = -Infinity;
  for (let index = first; index < at.length && (at[index] ?? Infinity) <= to; index += 1) {
    const value = balance[index] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high } : null;
}

/** The series with the balance that was carried into its window as its first point. */
export function withCarriedIn(points: BalanceSeries, from: Instant, carried: number): BalanceSeries {
  const first = points.at[0];
  if (first !== undefined && first <= from) return points;
  const at = new Float64Array(points.at.length + 1);
  const balance = new Float64Array(points.balance.length + 1);
  at[0] = from;
  balance[0] = carried;
  at.set(points.at, 1);
  balance.set(points.balance, 1);
  return { ...points, at, balance };
}
