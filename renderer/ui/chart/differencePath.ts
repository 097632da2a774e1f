/** The difference of two runs as paths: above zero, below zero, and the edge of both. Pure. */
import type { Instant } from '../../../shared/domain/time.ts';
import type { TimeWindow } from './timeWindow.ts';

/** The least and greatest difference of each column, each holding to the next `at`. */
export interface DifferenceColumns {
  readonly at: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface DifferencePaths {
  readonly above: string;
  readonly below: string;
  readonly edge: string;
}

export function differencePath(
  { at, low, high }: DifferenceColumns,
  covered: TimeWindow,
  x: (at: Instant) => number,
  y: (difference: number) => number,
): DifferencePaths {
  const places = [...Array(at.length).keys()];
  const left = (place: number): number => round(x(at[place] ?? covered.to));
  const side = (pick: (place: number) => number): string => {
    if (!places.some((place) => pick(place) !== 0)) return '';
    const zero = round(y(0));
    let path = `M${left(0)} ${zero}`;
    let last: number | null = null;
    for (const place of places) {
      const height = round(y(pick(place)));
      if (height !== last) path += `H${left(place)}V${height}`;
      last = height;
    }
    return `${path}H${round(x(covered.to))}V${zero}Z`;
  };
  const above = side((place) => Math.max(0, high[place] ?? 0));
  const below = side((place) => Math.min(0, low[place] ?? 0));
  return { above, below, edge: above + below };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
