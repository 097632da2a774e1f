/** What a file says per day, for comparing files whose rows differ: costs and quantities, of all rows or of some names. */
import type { Atoms } from '../domain/money.ts';
import { DAY_MS, type Instant } from '../domain/time.ts';
import { ABSENT, type DecimalColumn, type NameColumn, type UsageBatch } from '../domain/usage.ts';
import { CostSum } from './usageBuilder.ts';

export type Dimension = 'sku' | 'project' | 'key';

export const DIMENSIONS: readonly Dimension[] = ['sku', 'project', 'key'];

/** Names that rows have, by dimension; a dimension that no row fills has none. */
export type UsedNames = Readonly<Record<Dimension, ReadonlySet<string>>>;

/** Names that rows are limited to; null: any. */
export type Limits = Readonly<Record<Dimension, ReadonlySet<string> | null>>;

/** Sum by the number of the day. */
export type DaySums = ReadonlyMap<number, Atoms>;

export interface Extent {
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}

/** The time that a batch's rows cover; null without rows. */
export function extentOf({ count, at, until }: UsageBatch): Extent | null {
  if (count === 0) return null;
  let from = Infinity;
  let to = -Infinity;
  for (let row = 0; row < count; row++) {
    const start = at[row] ?? 0;
    const end = until === null || until[row] === 0 ? start + 1 : (until[row] ?? 0);
    if (start < from) from = start;
    if (end > to) to = end;
  }
  return { from, to };
}

/** When the days of day-long buckets begin, after midnight in UTC; null where there are none. */
export function dayStartOf({ count, at, until }: UsageBatch): number | null {
  for (let row = 0; row < count; row++) {
    const start = at[row] ?? 0;
    if ((until?.[row] ?? 0) - start === DAY_MS) return ((start % DAY_MS) + DAY_MS) % DAY_MS;
  }
  return null;
}

/** The SKU of usage that names none is no name. */
export function usedNames(batch: UsageBatch, unnamedSku: string): UsedNames {
  const used = (column: NameColumn | null): ReadonlySet<string> => {
    if (column === null) return new Set();
    const seen = new Uint8Array(column.names.length);
    for (let row = 0; row < batch.count; row++) seen[column.codes[row] ?? 0] = 1;
    return new Set(column.names.filter((name, code) => seen[code] === 1 && name !== '' && name !== unnamedSku));
  };
  return { sku: used(batch.sku), project: used(batch.project), key: used(batch.key) };
}

/** Sums of one column, or of several together, over the rows within a time and limits, by days that begin at `dayStart`. */
export function sumsByDay(
  batch: UsageBatch,
  columns: readonly DecimalColumn[],
  within: Extent,
  dayStart: number,
  limits: Limits,
): DaySums {
  const admitted = admittedRows(batch, limits);
  const sums = new Map<number, CostSum>();
  for (const { whole, pico } of columns) {
    let day = NaN;
    let sum = new CostSum();
    for (let row = 0; row < batch.count; row++) {
      const at = batch.at[row] ?? 0;
      const value = whole[row] ?? ABSENT;
      if (value === ABSENT || at < within.from || at >= within.to || !admitted(row)) continue;
      const rowsDay = Math.floor((at - dayStart) / DAY_MS);
      if (rowsDay !== day) {
        day = rowsDay;
        sum = sums.get(day) ?? new CostSum();
        sums.set(day, sum);
      }
      sum.add(value, pico === null ? 0 : (pico[row] ?? 0));
    }
  }
  return new Map([...sums].map(([day, { atoms }]) => [day, atoms]));
}

function admittedRows(batch: UsageBatch, limits: Limits): (row: number) => boolean {
  const masks = DIMENSIONS.flatMap((dimension) => {
    const [names, column] = [limits[dimension], batch[dimension]];
    if (names === null || column === null) return [];
    return [{ codes: column.codes, admits: Uint8Array.from(column.names, (name) => (names.has(name) ? 1 : 0)) }];
  });
  if (masks.length === 0) return () => true;
  return (row) => masks.every(({ codes, admits }) => admits[codes[row] ?? 0] === 1);
}
