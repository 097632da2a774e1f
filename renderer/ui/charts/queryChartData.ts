/** Series over a common axis, and how they are thinned to pixels: each column keeps first, lowest, highest and last. */

export interface QuerySeries {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** The same in all their digits, for reading. */
  readonly texts: readonly string[];
}

/** A series that is so much smaller than the first would lie on the axis: it is drawn when it is asked for. */
const APART = 20;
const MOST_AT_FIRST = 3;

/** The series that are drawn until others are chosen: the first, and those of its size. */
export function shownAtFirst(series: readonly QuerySeries[]): readonly number[] {
  const sizes = series.map(({ values }) =>
    values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0),
  );
  const [first = 0] = sizes;
  return sizes
    .flatMap((size, index) => (index === 0 || (size * APART > first && size < first * APART) ? [index] : []))
    .slice(0, MOST_AT_FIRST);
}

export interface QueryChartData {
  /** Name of what stands along the axis. */
  readonly along: string;
  /** What all series are of, where they share a column; null where each is a column of its own. */
  readonly figure: string | null;
  readonly labels: readonly string[];
  /** Places along the axis in order; null: one beside the other. */
  readonly places: readonly number[] | null;
  readonly series: readonly QuerySeries[];
}

export interface QueryPoint {
  /** Row of the answer. */
  readonly row: number;
  readonly place: number;
  readonly [series: `y${number}`]: number | null;
}

/** More bars than these are narrower than their gaps. */
export const MOST_BARS = 240;

export function pointsOf(data: QueryChartData, columns: number): QueryPoint[] {
  const { labels, places, series } = data;
  const at = (row: number): number => places?.[row] ?? row;
  const kept = thinned(labels.length, at, series, columns);
  return kept.map((row) => ({
    row,
    place: at(row),
    ...Object.fromEntries(series.map(({ values }, index) => [`y${index}`, values[row] ?? null])),
  }));
}

function thinned(
  count: number,
  at: (row: number) => number,
  series: readonly QuerySeries[],
  columns: number,
): readonly number[] {
  const all = Array.from({ length: count }, (_, row) => row);
  if (columns < 1 || count <= columns * 4) return all;
  const [from, to] = [at(0), at(count - 1)];
  const kept = new Set<number>();
  let column = -1;
  let rows: number[] = [];
  const flush = (): void => {
    for (const row of extremes(rows, series)) kept.add(row);
    rows = [];
  };
  for (const row of all) {
    const of = to === from ? 0 : Math.floor(((at(row) - from) / (to - from)) * columns);
    if (of !== column) flush();
    column = of;
    rows.push(row);
  }
  flush();
  return [...kept].sort((a, b) => a - b);
}

function extremes(rows: readonly number[], series: readonly QuerySeries[]): readonly number[] {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return [];
  const kept = [first, last];
  for (const { values } of series) {
    let low = first;
    let high = first;
    for (const row of rows) {
      const value = values[row] ?? null;
      if (value === null) continue;
      if (value < (values[low] ?? Infinity)) low = row;
      if (value > (values[high] ?? -Infinity)) high = row;
    }
    kept.push(low, high);
  }
  return kept;
}
