/**
 * Usage behind a figure: rows and what of each of them counts. A set is never listed as a whole: it opens to months, days
 * and then rows in pages, and the amount of every group is a difference of running sums.
 */
import type { Atoms } from '../../domain/money.ts';
import { ATOMS_PER_UNIT } from '../../domain/money.ts';
import { startOfDay, startOfMonth, wallFields } from '../../domain/time.ts';
import { lowerBound } from '../../engine/prefixSums.ts';
import { keyOf, noFigure, type Made, type Part, type Parts } from './nodes.ts';
import type { Tracing } from './tracing.ts';

/** Rows `[from, to)` of a set; all of them count, or those of one SKU. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** What of the rows `[a, b)` of it counts, were it of all SKUs. */
  amount(a: number, b: number): Atoms;
}

export interface UsageSet {
  readonly label: string;
  readonly note?: string;
  readonly unit?: string;
  /** Ascending, apart from one another. */
  readonly segments: readonly Segment[];
  /** Only rows of this SKU, an index of the log; -1: of all. */
  readonly sku: number;
  /** Names its rows where other sets have the same: they share their groups. */
  readonly rows?: string;
  /** The key of a row's node. */
  rowKey(row: number): string;
}

/** A set of so many rows is listed without groups. */
const UNGROUPED = 200;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The node of a set, or of its rows `[a, b)` where a window is given.
 * @param key of the whole set; that of a window is this and the window.
 */
export function setNode(tracing: Tracing, key: string, set: UsageSet, window: readonly number[] = []): Made {
  const [a = set.segments[0]?.from ?? 0, b = set.segments.at(-1)?.to ?? 0] = window;
  if (a > b || a < 0 || b > tracing.log.count) throw noFigure();
  const { rows, amount } = measureOf(tracing, key, set, [a, b]);
  const isWhole = window.length === 0;
  const { at } = tracing.log;
  return {
    label: isWhole ? set.label : groupLabel(tracing, a, b),
    amount,
    kind: 'sum',
    ...(set.unit === undefined ? {} : { unit: set.unit }),
    ...(isWhole || rows === 0 ? {} : { at: at[firstRow(set, a)]! }),
    note: [isWhole ? set.note : undefined, rowsText(rows)].filter((text) => text !== undefined).join(', '),
    parts: partsOf(tracing, key, set, { a, b, rows }),
  };
}

export function sumOf(set: UsageSet, a: number, b: number): Atoms {
  let sum = 0n;
  for (let i = firstSegment(set, a); i < set.segments.length; i++) {
    const segment = set.segments[i]!;
    if (segment.from >= b) break;
    sum += segment.amount(Math.max(a, segment.from), Math.min(b, segment.to));
  }
  return sum;
}

/** Rows of a set between two rows of the log, and what of them counts. */
function measureOf(
  tracing: Tracing,
  key: string,
  set: UsageSet,
  [a, b]: readonly [number, number],
): { readonly rows: number; readonly amount: Atoms } {
  if (set.sku < 0) return { rows: countOf(set, a, b), amount: sumOf(set, a, b) };
  // all SKUs at once, and once for all of them
  const { cost, rows } = tracing.remembered(`totals ${set.rows ?? key} ${a} ${b}`, () => {
    const totals = tracing.log.noTotals();
    for (const [from, to] of within(set, a, b)) tracing.log.addBySku(from, to, totals);
    return totals;
  });
  return { rows: rows[set.sku] ?? 0, amount: cost[set.sku] ?? 0n };
}

function countOf(set: UsageSet, a: number, b: number): number {
  let count = 0;
  for (const [from, to] of within(set, a, b)) count += to - from;
  return count;
}

/** The row ranges of a set between two rows of the log. */
function* within(set: UsageSet, a: number, b: number): Generator<readonly [from: number, to: number]> {
  for (let i = firstSegment(set, a); i < set.segments.length; i++) {
    const [from, to] = [Math.max(a, set.segments[i]!.from), Math.min(b, set.segments[i]!.to)];
    if (from >= to) return;
    yield [from, to];
  }
}

function partsOf(
  tracing: Tracing,
  key: string,
  set: UsageSet,
  { a, b, rows }: { readonly a: number; readonly b: number; readonly rows: number },
): Parts {
  const groups = rows <= UNGROUPED ? [] : groupsOf(tracing, key, set, a, b);
  if (groups.length < 2) return rowParts(tracing, key, set, { a, b, rows });
  return {
    total: groups.length,
    part: (index) => {
      const [from, to] = groups[index]!;
      return { sign: '+', key: `${key}:${from}:${to}` };
    },
  };
}

/** Months, or days where all rows are of one month; one group where all are of one day. */
function groupsOf(tracing: Tracing, key: string, set: UsageSet, a: number, b: number): (readonly [number, number])[] {
  const { log, input } = tracing;
  return tracing.remembered(`groups ${set.rows ?? key} ${a} ${b}`, () => {
    const first = firstRow(set, a);
    const last = lastRow(set, b);
    const sameMonth = log.at[last]! < startOfMonth(log.at[first]!, input.zone, 1);
    const groups: [number, number][] = [];
    for (let row = first; row <= last;) {
      const at = log.at[row]!;
      const next = sameMonth ? startOfDay(at, input.zone, 1) : startOfMonth(at, input.zone, 1);
      const end = Math.min(last + 1, lowerBound(log.at, next, row));
      // one without a row of the SKU is kept: whether it has any costs more to ask than to show
      groups.push([row, end]);
      row = end > last ? end : firstRow(set, end);
    }
    return groups;
  });
}

function rowParts(
  tracing: Tracing,
  key: string,
  set: UsageSet,
  { a, b, rows }: { readonly a: number; readonly b: number; readonly rows: number },
): Parts {
  const of = (row: number): Part => ({ sign: '+', key: set.rowKey(row) });
  if (set.sku < 0) return { total: rows, part: (index) => of(rowAt(set, a, b, index)) };
  // rows of one SKU lie among others: found once for a group, which is a day of them at most
  const found = (): Uint32Array => tracing.remembered(`rows ${key} ${a} ${b}`, () => rowsOfSku(tracing, set, a, b));
  return { total: rows, part: (index) => of(found()[index]!) };
}

function rowAt(set: UsageSet, a: number, b: number, index: number): number {
  let left = index;
  for (const [from, to] of within(set, a, b)) {
    if (left < to - from) return from + left;
    left -= to - from;
  }
  throw noFigure();
}

function rowsOfSku({ log }: Tracing, set: UsageSet, a: number, b: number): Uint32Array {
  const rows: number[] = [];
  for (const [from, to] of within(set, a, b))
    for (let row = from; row < to; row++) if (log.sku[row] === set.sku) rows.push(row);
  return Uint32Array.from(rows);
}

/** The first segment that reaches beyond a row. */
function firstSegment({ segments }: { readonly segments: readonly { readonly to: number }[] }, row: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (segments[middle]!.to <= row) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstRow(set: UsageSet, row: number): number {
  return Math.max(row, set.segments[firstSegment(set, row)]?.from ?? row);
}

/** The last row of a set before `row`. */
function lastRow(set: UsageSet, row: number): number {
  const segment = set.segments[firstSegment(set, row - 1)];
  if (segment !== undefined && segment.from < row) return row - 1;
  return (set.segments[firstSegment(set, row - 1) - 1]?.to ?? row) - 1;
}

function groupLabel({ log, input }: Tracing, a: number, b: number): string {
  const { year, month, day } = wallFields(log.at[a]!, input.zone);
  const name = `${MONTHS[month - 1] ?? ''} ${year}`;
  const isDay = b <= lowerBound(log.at, startOfDay(log.at[a]!, input.zone, 1), a);
  return isDay ? `${day} ${name}` : name;
}

export function rowsText(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`;
}

/** Accepted usage of the rows `[from, to)`: its cost, by SKU where one is given, or its number. */
export function acceptedSet(
  tracing: Tracing,
  {
    from,
    to,
    sku,
    of,
  }: { readonly from: number; readonly to: number; readonly sku: number; readonly of: 'cost' | 'count' },
): UsageSet {
  const { log, accepted } = tracing;
  const first = firstSegment({ segments: accepted }, from);
  const segments: Segment[] = [];
  for (let i = first; i < accepted.length && accepted[i]!.from < to; i++) {
    const run = accepted[i]!;
    segments.push({
      from: Math.max(run.from, from),
      to: Math.min(run.to, to),
      amount: (a, b) => measured(tracing, a, b, of),
    });
  }
  const name = sku < 0 ? 'Accepted usage' : `Usage ${log.skus[sku] ?? ''}`;
  return {
    label: of === 'cost' ? name : 'Accepted usage rows',
    ...(of === 'cost' ? {} : { unit: 'rows' }),
    segments: sku < 0 ? segments : segments.filter((segment) => segment.from < segment.to),
    sku,
    rows: keyOf('accepted', from, to),
    rowKey: (row) => keyOf(of === 'cost' ? 'cost' : 'one', row),
  };
}

/** Rejected usage of one reason. */
export function rejectedSet(tracing: Tracing, reason: string, of: 'cost' | 'count'): UsageSet {
  const segments = tracing.state.spans
    .filter(({ status }) => status === reason)
    .map(({ from, to }): Segment => ({ from, to, amount: (a, b) => measured(tracing, a, b, of) }));
  return {
    label: of === 'cost' ? 'Rejected usage' : 'Rejected usage rows',
    note: reason,
    ...(of === 'cost' ? {} : { unit: 'rows' }),
    segments,
    sku: -1,
    rowKey: (row) => keyOf(of === 'cost' ? 'cost' : 'one', row),
  };
}

function measured({ log }: Tracing, a: number, b: number, of: 'cost' | 'count'): Atoms {
  return of === 'count' ? BigInt(log.rowsBetween(a, b)) * ATOMS_PER_UNIT : log.sums.between(a, b);
}
