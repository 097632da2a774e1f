/** What the chart shows of what others state: compared balances, documents and bank lines, worked out once an account. */
import type { StatedCounts, StatedNotes, StatedPoint } from '../contract/stated.ts';
import { parseAmount, type Atoms } from '../domain/money.ts';
import type { LogRecord } from '../domain/reconLog.ts';
import type { Instant } from '../domain/time.ts';
import type { Account } from './account.ts';
import { balanceBetween } from './placements.ts';
import { comparedBalances, type StatedIn } from './statedBalances.ts';
import { statementItems } from './statementItems.ts';

interface Compared {
  readonly points: readonly StatedPoint[];
  /** Balances that were not compared. */
  readonly apart: number;
}

/** Most points and most items in one answer: more than there are pixels. */
const MOST = 2_000;

const known = new WeakMap<Account, Compared>();

function comparedOf(account: Account): Compared {
  let compared = known.get(account);
  if (compared === undefined) {
    compared = workedOut(account);
    known.set(account, compared);
  }
  return compared;
}

/** Every compared balance, in time. */
export function statedPointsOf(account: Account): readonly StatedPoint[] {
  return comparedOf(account).points;
}

/**
 * Of an account of which nobody states anything: null.
 * @param log of the reconciliation: whose lines a bank's are
 */
export function statedCounts(account: Account, log: readonly LogRecord[]): StatedCounts | null {
  const { points, apart } = comparedOf(account);
  const items = statementItems(account, log);
  const differ = points.filter(({ agrees }) => !agrees).length;
  const documents = items.filter(({ side }) => side === 'document').length;
  const counts = { agree: points.length - differ, differ, apart, documents, bank: items.length - documents };
  return Object.values(counts).some((count) => count > 0) ? counts : null;
}

export function statedNotes(account: Account, log: readonly LogRecord[], from: Instant, to: Instant): StatedNotes {
  const { points } = comparedOf(account);
  const inside = points.filter(({ at, until }) => at <= to && (until ?? at) >= from);
  const touching = statementItems(account, log).filter((item) => item.from <= to && item.to >= from);
  const shown = mostTelling(inside);
  return {
    points: shown,
    items: touching.slice(0, MOST),
    more: { points: inside.length - shown.length, items: Math.max(0, touching.length - MOST) },
  };
}

/** Differing ones first, then those that agree, spread over the window; in time. */
function mostTelling(points: readonly StatedPoint[]): readonly StatedPoint[] {
  if (points.length <= MOST) return points;
  const differing = points.filter(({ agrees }) => !agrees).slice(0, MOST);
  const agreeing = points.filter(({ agrees }) => agrees);
  const room = MOST - differing.length;
  const step = agreeing.length / Math.max(1, room);
  const spread = Array.from({ length: Math.min(room, agreeing.length) }, (_, at) => agreeing[Math.floor(at * step)]!);
  return [...differing, ...spread].sort((a, b) => a.index - b.index);
}

function workedOut(account: Account): Compared {
  const { run, course, sources } = account;
  const { opened, until: ended, currency, minorDigits, zone } = run.input;
  const stated: readonly StatedIn[] = sources.flatMap(({ statement, report: { file } }) =>
    (statement?.balances ?? []).map((balance) => ({ balance, file })),
  );
  const { points, apart } = comparedBalances(
    course,
    { opened, ended, currency, minorDigits, zone },
    stated,
    stated.length === 0 ? undefined : (at) => exact(balanceBetween(account, at)),
  );
  return { points, apart: apart.length };
}

function exact(range: readonly [string, string] | null): readonly [Atoms, Atoms] | null {
  if (range === null) return null;
  const [low, high] = range.map(parseAmount);
  return typeof low === 'bigint' && typeof high === 'bigint' ? [low, high] : null;
}
