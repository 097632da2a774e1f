/**
 * Balances that others state against the replayed one. An instant is compared with the balance right before or after what
 * happened at it; a day with every balance of that day, from the first to the last.
 */
import type { StatedPoint } from '../contract/stated.ts';
import { formatAtoms, minorUnit, toChartNumber, type Atoms } from '../domain/money.ts';
import type { StatedBalance } from '../domain/statedBalance.ts';
import type { CalendarDate } from '../domain/statement.ts';
import { DAY_MS, instantOfWall, parseInstant, type Instant, type Zone } from '../domain/time.ts';
import type { BalanceCourse } from '../engine/course.ts';

/** What of a run the comparison needs besides its course. */
export interface ReplayedTime {
  /** The first and the last instant that were replayed. */
  readonly opened: Instant;
  readonly ended: Instant;
  readonly currency: string;
  readonly minorDigits: number;
  readonly zone: Zone;
}

export interface StatedIn {
  readonly balance: StatedBalance;
  readonly file: string;
}

export interface Compared {
  /** In time; of one time in the order given. */
  readonly points: readonly StatedPoint[];
  /** In another currency, or for a time that was not replayed. */
  readonly apart: readonly StatedIn[];
}

type Between = readonly [low: Atoms, high: Atoms];

/**
 * @param openAt what the balance may be at an instant where the files leave that open; null where they do not
 */
export function comparedBalances(
  course: BalanceCourse,
  time: ReplayedTime,
  stated: readonly StatedIn[],
  openAt: (at: Instant) => Between | null = () => null,
): Compared {
  const apart: StatedIn[] = [];
  const points: StatedPoint[] = [];
  for (const each of stated) {
    const { balance } = each;
    const span = spanOf(balance, time.zone);
    const known = span !== null && (span.until ?? span.at + 1) > time.opened && span.at <= time.ended;
    if (span === null || !known || balance.currency !== time.currency) apart.push(each);
    else points.push(pointOf(course, time, each, span, openAt));
  }
  points.sort((a, b) => a.at - b.at);
  return { points: points.map((point, index) => ({ ...point, index })), apart };
}

interface Span {
  readonly at: Instant;
  readonly until: Instant | null;
}

function spanOf({ at, on }: StatedBalance, zone: Zone): Span | null {
  if (at !== null) return { at, until: null };
  if (on === null) return null;
  const [from, until] = daySpan(on, zone);
  return { at: from, until };
}

/** A calendar day on a clock, its end exclusive. */
export function daySpan(day: CalendarDate, zone: Zone): readonly [from: Instant, until: Instant] {
  const wall = parseInstant(`${day}T00:00:00Z`);
  const midnight = typeof wall === 'number' ? wall : 0;
  return [instantOfWall(midnight, zone), instantOfWall(midnight + DAY_MS, zone)];
}

/** Of all balances from an instant to another, both included, the one nearest to what is stated. */
export function nearestBetween(course: BalanceCourse, from: Instant, to: Instant, stated: Atoms): Atoms {
  const { low, high } = course.extremes(from, to);
  return within(stated, [low, high]);
}

function pointOf(
  course: BalanceCourse,
  { ended, minorDigits }: ReplayedTime,
  { balance, file }: StatedIn,
  { at, until }: Span,
  openAt: (at: Instant) => Between | null,
): Omit<StatedPoint, 'index'> & { readonly index: 0 } {
  const { amount, by, line } = balance;
  const range = replayedRange(course, { at, until: until === null ? null : Math.min(until - 1, ended) }, openAt);
  const settled = course.balanceAt(at);
  // of a figure that is not one, the nearest
  const replayed = until === null && range === null ? nearest(amount, course.balanceAt(at - 1), settled) : settled;
  const shown = range === null ? replayed : within(amount, range);
  const difference = amount - shown;
  const unit = minorUnit(minorDigits);
  const magnitude = difference < 0n ? -difference : difference;
  const toTheCent = amount % unit === 0n && magnitude * 2n <= unit;
  return {
    ...{ index: 0, at, until, by, file, line },
    stated: formatAtoms(amount),
    replayed: formatAtoms(shown),
    y: toChartNumber(amount),
    replayedY: toChartNumber(shown),
    between: range === null ? null : [formatAtoms(range[0]), formatAtoms(range[1])],
    difference: formatAtoms(difference),
    agrees: difference === 0n || toTheCent,
  };
}

/** Null where the replayed balance is one figure. */
function replayedRange(
  course: BalanceCourse,
  { at, until }: Span,
  openAt: (at: Instant) => Between | null,
): Between | null {
  const open = openAt(at);
  if (until === null) return open;
  const { low, high } = course.extremes(at, until);
  const [openLow, openHigh] = open ?? [low, high];
  const range: Between = [openLow < low ? openLow : low, openHigh > high ? openHigh : high];
  return range;
}

/** Whether what happened at an instant is inside a statement of that instant is not said: either will do. */
function nearest(stated: Atoms, before: Atoms, after: Atoms): Atoms {
  return stated === before ? before : after;
}

function within(amount: Atoms, [low, high]: Between): Atoms {
  return amount < low ? low : amount > high ? high : amount;
}
