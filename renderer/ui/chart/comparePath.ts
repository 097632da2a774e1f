/**
 * The area between two balances, as two paths: where the first is higher, and where it is lower. A pixel column has the
 * balances at its instant; what happens within a column is told by the lines themselves. Pure.
 */
import type { PlotGeometry } from './geometry.ts';
import type { FetchedSeries } from './seriesPath.ts';
import { tenths, tenthsText } from './tenths.ts';

export interface ComparedPaths {
  readonly higher: string;
  readonly lower: string;
}

/** Nearer than this they are one line. In tenths of a pixel, as all heights here. */
const LEAST = 7.5;

type Plot = Pick<PlotGeometry, 'left' | 'right' | 'y' | 'at'>;

/** @param above the first run's `columnHeights`; @param below the other's, of the same plot */
export function comparedPaths(above: Float64Array, below: Float64Array, left: number): ComparedPaths {
  const paths = { higher: '', lower: '' };
  const columns = above.length;
  let start = 0;
  let side = 0;
  for (let column = 0; column <= columns; column += 1) {
    const gap = column === columns ? NaN : (below[column] ?? NaN) - (above[column] ?? NaN);
    const now = gap > LEAST ? 1 : gap < -LEAST ? -1 : 0;
    if (now === side && column < columns) continue;
    if (side > 0) paths.higher += between(above, below, start, column, left);
    else if (side < 0) paths.lower += between(below, above, start, column, left);
    [start, side] = [column, now];
  }
  return paths;
}

/**
 * The balance's place on the screen, in tenths of a pixel, at the left edge of each column; not a number where the run is
 * not known.
 */
export function columnHeights(series: FetchedSeries, plot: Plot): Float64Array {
  const columns = Math.max(0, Math.floor(plot.right - plot.left));
  const from = plot.at(plot.left);
  const perPixel = (plot.at(plot.right) - from) / Math.max(1, plot.right - plot.left);
  const { at, balance } = series.points;
  const last = Math.min(series.window.to, series.end);
  const found = new Float64Array(columns).fill(NaN);
  let place = -1;
  for (let column = 0; column < columns; column += 1) {
    const instant = from + column * perPixel;
    while (place + 1 < at.length && (at[place + 1] ?? Infinity) <= instant) place += 1;
    if (place >= 0 && instant <= last) found[column] = tenths(plot.y(balance[place] ?? 0));
  }
  return found;
}

/** Along the upper edge and back along the lower, in steps. */
function between(upper: Float64Array, lower: Float64Array, start: number, end: number, left: number): string {
  let there = '';
  let back = '';
  for (let column = start; column < end; column += 1) {
    if (column === start || upper[column] !== upper[column - 1])
      there += `H${left + column}V${tenthsText(upper[column] ?? 0)}`;
    const mirrored = end - 1 - (column - start);
    if (column === start || lower[mirrored] !== lower[mirrored + 1])
      back += `H${left + mirrored + 1}V${tenthsText(lower[mirrored] ?? 0)}`;
  }
  return `M${left + start} ${tenthsText(upper[start] ?? 0)}${there}H${left + end}${back}H${left + start}Z`;
}
