/** The difference of two runs as two closed paths: above zero and below zero. Pure. */
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
}

export function differencePath(
  { at, low, high }: DifferenceColumns,
  covered: TimeWindow,
  x: (at: Instant) => number,
  y: (difference: number) => number,
): DifferencePaths {
  const right = round(x(covered.to));
  const zero = round(y(0));
  const lefts = Array.from(at, (instant) => round(x(instant)));
  const side = (values: Float64Array, sign: 1 | -1): string => {
    const parts = [`M${lefts[0] ?? right} ${zero}`];
    let last = zero;
    for (let place = 0; place < values.length; place += 1) {
      const value = values[place] ?? 0;
      const height = value * sign > 0 ? round(y(value)) : zero;
      if (height !== last) parts.push(`H${lefts[place] ?? right}V${height}`);
      last = height;
    }
    if (parts.length === 1) return '';
    parts.push(`H${right}V${zero}Z`);
    return parts.join('');
  };
  return { above: side(high, 1), below: side(low, -1) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
