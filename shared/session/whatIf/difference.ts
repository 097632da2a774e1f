/** How far one run's balance lies above another's, exactly, and as columns for drawing. */
import type { DifferenceSeries, Window } from '../../contract/whatIf.ts';
import { formatAtoms, toChartNumber, type Atoms } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import type { BalanceCourse } from '../../engine/course.ts';

interface Extreme {
  readonly at: Instant;
  readonly value: Atoms;
}

/**
 * `b` less `a` by column. Between two changes of either run their difference only rises or only falls, or stays: both fall
 * by the same rows, or one alone does. So its extremes are at the ends of columns, and at changes and right before them.
 */
export function differenceOf(a: BalanceCourse, b: BalanceCourse, { from, to, columns }: Window): DifferenceSeries {
  const width = Math.max(1, to - from) / columns;
  const columnOf = (at: Instant): number => Math.min(columns - 1, Math.floor((at - from) / width));
  const low = Array.from<Atoms | null>({ length: columns }).fill(null);
  const high = [...low];
  let lowest: Extreme | null = null;
  let highest: Extreme | null = null;
  for (const at of instantsOf(a, b, from, to, columns, width)) {
    const value = b.balanceAt(at) - a.balanceAt(at);
    const column = columnOf(at);
    const [least, most] = [low[column] ?? null, high[column] ?? null];
    if (least === null || value < least) low[column] = value;
    if (most === null || value > most) high[column] = value;
    if (lowest === null || value < lowest.value) lowest = { at, value };
    if (highest === null || value > highest.value) highest = { at, value };
  }
  const differs = lowest !== null && highest !== null && (lowest.value !== 0n || highest.value !== 0n);
  return {
    at: Float64Array.from({ length: columns }, (_, column) => from + column * width),
    low: drawn(low),
    high: drawn(high),
    lowest: differs ? shown(lowest) : null,
    highest: differs ? shown(highest) : null,
  };
}

/** All instants at which the difference may be at its least or greatest in a column, in order. */
function instantsOf(
  a: BalanceCourse,
  b: BalanceCourse,
  from: Instant,
  to: Instant,
  columns: number,
  width: number,
): Instant[] {
  const found: Instant[] = [from, to];
  const add = (at: Instant): void => {
    if (at > from && at < to) found.push(at);
  };
  for (let column = 1; column < columns; column++) {
    const start = Math.ceil(from + column * width);
    add(start - 1);
    add(start);
  }
  for (const { changes } of [a, b]) {
    for (let place = firstEndingFrom(changes, from); place < changes.length; place++) {
      const change = changes[place];
      if (change === undefined || change.at > to) break;
      for (const at of change.span === null ? [change.at] : [change.at, change.until]) {
        add(at - 1);
        add(at);
      }
    }
  }
  return [...new Set(found)].sort((one, other) => one - other);
}

function firstEndingFrom(changes: BalanceCourse['changes'], from: Instant): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle]?.until ?? Infinity) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A column narrower than a millisecond may have no instant: it stands where the one before it does. */
function drawn(values: readonly (Atoms | null)[]): Float64Array {
  let last = 0;
  return Float64Array.from(values, (value) => (value === null ? last : (last = toChartNumber(value))));
}

function shown(extreme: Extreme | null): { readonly at: Instant; readonly value: string } | null {
  return extreme === null ? null : { at: extreme.at, value: formatAtoms(extreme.value) };
}
