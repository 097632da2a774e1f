/** The difference of two runs as two closed paths: above zero and below zero. Pure. */
import type { Instant } from '../../../shared/domain/time.ts';
import { tenths, tenthsText } from './tenths.ts';
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
  const right = tenths(x(covered.to));
  const zero = tenths(y(0));
  const lefts = Array.from(at, (instant) => tenths(x(instant)));
  const side = (values: Float64Array, sign: 1 | -1): string => {
    let edge = '';
    let last = zero;
    for (let place = 0; place < values.length; place += 1) {
      const value = values[place] ?? 0;
      const height = value * sign > 0 ? tenths(y(value)) : zero;
      if (height !== last) edge += `H${tenthsText(lefts[place] ?? right)}V${tenthsText(height)}`;
      last = height;
    }
    if (edge === '') return '';
    return `M${tenthsText(lefts[0] ?? right)} ${tenthsText(zero)}${edge}H${tenthsText(right)}V${tenthsText(zero)}Z`;
  };
  return { above: side(high, 1), below: side(low, -1) };
}
