/**
 * What an account's usage does not say: when in their buckets rows that cover a time fell. Further runs, with everything
 * at the start of its bucket, at the end, and spread over it, show how much depends on it: two beside the account's own,
 * which is mostly one of them. They are made once an account, when first asked for.
 *
 * They are the same whatever is chosen, so that a choice makes nothing look certain. They are three of many ways in which
 * the usage may have fallen: a figure may depend on it and yet be the same in all three.
 */
import type { BalanceBand, BalanceSeries, PlacementView, Range } from '../contract/engine.ts';
import { formatAtoms, type Atoms } from '../domain/money.ts';
import type { TimelineRecord } from '../domain/result.ts';
import { MINUTE_MS, type Instant } from '../domain/time.ts';
import type { Placement, UsageBatch } from '../domain/usage.ts';
import { BalanceCourse } from '../engine/course.ts';
import { InputError, prepare } from '../engine/input.ts';
import { balanceOf } from '../engine/lots.ts';
import { DEFAULT_PLACEMENT } from '../engine/placement.ts';
import { SumOverflow } from '../engine/prefixSums.ts';
import { replay, type Replay } from '../engine/replay.ts';
import { visibleAccess } from '../engine/resultJson.ts';
import type { Account } from './account.ts';
import { countedAdjustments, countedBatches } from './counted.ts';

/** What the account's own run and the others have in common. */
export interface AccountRun {
  readonly run: Replay;
  readonly course: BalanceCourse;
}

/** An account's buckets of more than a minute, and its other runs; null where one of these cannot be made. */
interface Uncertainty {
  readonly rows: number;
  readonly longestMs: number;
  readonly others: readonly AccountRun[] | null;
}

const PLACEMENTS: readonly Placement[] = ['start', 'spread', 'end'];

const known = new WeakMap<Account, Uncertainty | null>();

/** Null where the account has no row that covers more than a minute. */
function uncertaintyOf(account: Account): Uncertainty | null {
  let found = known.get(account);
  if (found === undefined) {
    const buckets = longBuckets(countedBatches(account.sources));
    found = buckets.rows === 0 ? null : { ...buckets, others: otherRuns(account) };
    known.set(account, found);
  }
  return found;
}

function longBuckets(batches: readonly UsageBatch[]): { readonly rows: number; readonly longestMs: number } {
  let rows = 0;
  let longestMs = 0;
  for (const { at, until, count } of batches) {
    if (until === null) continue;
    for (let row = 0; row < count; row++) {
      const width = until[row]! - at[row]!;
      if (width <= MINUTE_MS) continue;
      rows++;
      if (width > longestMs) longestMs = width;
    }
  }
  return { rows, longestMs };
}

/** Where the buckets of the account's files are placed, each once. */
function placementsOf({ sources }: Account): Placement[] {
  const placed = sources.filter(({ batch }) => batch.until !== null);
  return [...new Set(placed.map(({ placement }) => placement ?? DEFAULT_PLACEMENT))];
}

function otherRuns(account: Account): AccountRun[] | null {
  try {
    const chosen = new Set(placementsOf(account));
    return PLACEMENTS.filter((placement) => chosen.size > 1 || !chosen.has(placement)).map((placement) =>
      runPlaced(account, placement),
    );
  } catch (error) {
    if (error instanceof InputError || error instanceof SumOverflow) return null;
    throw error;
  }
}

function runPlaced({ parsed, sources }: Account, placement: Placement): AccountRun {
  const { input } = prepare(
    parsed,
    countedBatches(sources),
    countedAdjustments(sources),
    sources.map(() => placement),
  );
  const run = replay(input);
  return { run, course: new BalanceCourse(run) };
}

/** All runs of an account with buckets, the chosen one first; null where there is nothing to compare. */
function runsOf(account: Account): readonly [AccountRun, ...AccountRun[]] | null {
  const others = uncertaintyOf(account)?.others ?? null;
  return others === null ? null : [account, ...others];
}

export function placementView(account: Account): PlacementView | null {
  const uncertainty = uncertaintyOf(account);
  if (uncertainty === null) return null;
  const { rows, longestMs } = uncertainty;
  const placements = placementsOf(account);
  const runs = runsOf(account);
  return { rows, longestMs, placements, bounds: runs === null ? null : boundsOf(runs) };
}

function boundsOf(runs: readonly AccountRun[]): NonNullable<PlacementView['bounds']> {
  const records = (matches: (entry: TimelineRecord) => boolean): readonly [number, number] => {
    const counts = runs.map(({ run }) => run.state.timeline.filter(matches).length);
    return [Math.min(...counts), Math.max(...counts)];
  };
  const below = runs.map(({ course }) => course.overruns()[0]?.from ?? Infinity);
  return {
    balance: rangeOf(runs.map(({ run }) => balanceOf(run.state.book))),
    overrun: rangeOf(runs.map(({ run }) => run.state.overrun)),
    rejected: rangeOf(
      runs.map(({ run }) => [...run.state.rejected.values()].reduce((sum, { cost }) => sum + cost, 0n)),
    ),
    recharges: records((entry) => entry.type === 'purchase' && entry.kind === 'auto_recharge'),
    cutoffs: records(({ type }) => type === 'cutoff'),
    access: [...new Set(runs.map(({ run }) => visibleAccess(run)))],
    firstBelowZero: [instantOrNull(Math.min(...below)), instantOrNull(Math.max(...below))],
  };
}

function instantOrNull(instant: number): Instant | null {
  return instant === Infinity ? null : instant;
}

function rangeOf(values: readonly Atoms[]): Range {
  const inOrder = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return [formatAtoms(inOrder[0] ?? 0n), formatAtoms(inOrder.at(-1) ?? 0n)];
}

/** What the balance may be at an instant, after everything of it; null where it is the same in every run. */
export function balanceBetween(account: Account, at: Instant): Range | null {
  const runs = runsOf(account);
  if (runs === null) return null;
  const range = rangeOf(runs.map(({ course }) => course.balanceAt(at)));
  return range[0] === range[1] ? null : range;
}

/** The band of a window; null where there are no buckets, or they make no difference in it. */
export function bandOf(
  account: Account,
  window: { readonly from: Instant; readonly to: Instant; readonly columns: number },
  chosen: BalanceSeries,
): BalanceBand | null {
  const runs = runsOf(account);
  if (runs === null) return null;
  const { from, to, columns } = window;
  const width = Math.max(1, to - from) / columns;
  const at = Float64Array.from({ length: columns }, (_, column) => from + column * width);
  const low = new Float64Array(columns).fill(Infinity);
  const high = new Float64Array(columns).fill(-Infinity);
  addExtremes(chosen, from, width, low, high);
  const before = [low.slice(), high.slice()] as const;
  for (const { course } of runs.slice(1)) addExtremes(course.series(from, to, columns), from, width, low, high);
  const same = low.every((value, i) => value === before[0][i]) && high.every((value, i) => value === before[1][i]);
  return same ? null : { at, low, high };
}

/** Widens each column to the lowest and highest balance that a series has in it, what was carried in included. */
function addExtremes(series: BalanceSeries, from: Instant, width: number, low: Float64Array, high: Float64Array): void {
  const { at, balance } = series;
  let next = 0;
  let carried = balance[0] ?? 0;
  for (let column = 0; column < low.length; column++) {
    let [lowest, highest] = [carried, carried];
    const last = column === low.length - 1;
    // the last column also has what stands at the window's end
    while (next < at.length && (last || Math.floor((at[next]! - from) / width) <= column)) {
      carried = balance[next++]!;
      lowest = Math.min(lowest, carried);
      highest = Math.max(highest, carried);
    }
    low[column] = Math.min(low[column]!, lowest);
    high[column] = Math.max(high[column]!, highest);
  }
}

/**
 * Tells what of an account depends on when usage fell, by what `keysOf` gives of each run: whatever is not the same in all
 * of them. `unknown` is said of accounts whose other runs cannot be made.
 */
export function uncertain(
  account: Account,
  keysOf: (run: AccountRun) => readonly string[],
  unknown: boolean,
): (key: string) => boolean {
  const uncertainty = uncertaintyOf(account);
  if (uncertainty === null) return () => false;
  if (uncertainty.others === null) return () => unknown;
  const others = uncertainty.others.map((run) => new Set(keysOf(run)));
  return (key) => !others.every((keys) => keys.has(key));
}

const moments = new WeakMap<Account, (key: string) => boolean>();

/** Whether a record's instant depends on when usage fell: in another run nothing of its kind happens then. */
export function isAbout(account: Account, entry: TimelineRecord): boolean {
  if (uncertaintyOf(account)?.others === null) return dependsOnUsage(entry);
  let isUncertain = moments.get(account);
  if (isUncertain === undefined) {
    isUncertain = uncertain(account, ({ run }) => run.state.timeline.map(momentOf), true);
    moments.set(account, isUncertain);
  }
  return isUncertain(momentOf(entry));
}

function momentOf(entry: TimelineRecord): string {
  return `${entry.at} ${entry.type} ${'kind' in entry ? entry.kind : ''}`;
}

/** What usage sets off; everything else happens when the scenario says so. */
function dependsOnUsage(entry: TimelineRecord): boolean {
  if ('kind' in entry) return entry.kind === 'auto_recharge';
  return /^(?:recharge_|limit_|cutoff$|restored$)/.test(entry.type);
}
