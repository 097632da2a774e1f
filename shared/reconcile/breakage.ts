/**
 * Breakage: paid credits that nobody will use, by the month they were bought in, under both ways of recognising it as
 * revenue (ASC 606-10-55-46 to 49; IFRS 15 B44 to B47 says the same): when the credits expire, or in proportion to use,
 * where the seller expects so much to expire. Grants were not paid for and are no contract liability.
 */
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import type { Instant } from '../domain/time.ts';
import type { BalanceMovements, LotCourse } from './rollForward.ts';

export interface BreakageLine {
  readonly month: string;
  /** Bought before the period's end, less what was refunded or adjusted away: what could be used. */
  readonly bought: Atoms;
  /** Used so far, debt that it settled included. */
  readonly used: Atoms;
  /** Expected to expire unused. */
  readonly expected: Atoms;
  /** Recognised within the period. */
  readonly whenExpired: Atoms;
  readonly inProportion: Atoms;
  /** Contract liability at the period's end. */
  readonly liabilityWhenExpired: Atoms;
  readonly liabilityInProportion: Atoms;
}

/**
 * What share of paid credits is expected to expire unused.
 * @param setting as an amount of 10^-12, at least 0 and below 1; null: what the account's own history shows at an instant
 */
export function breakageRate({ lots }: BalanceMovements, at: Instant, setting: Atoms | null): Atoms {
  if (setting !== null) return setting;
  let [bought, expired] = [0n, 0n];
  for (const lot of lots) {
    const past = pastOf(lot, at);
    // only credits whose fate is known: a lot that may still be used says nothing yet
    if (!isPaid(lot) || past.bought === 0n || past.remaining > 0n) continue;
    bought += past.bought;
    expired += past.expired;
  }
  return bought === 0n ? 0n : (expired * ATOMS_PER_UNIT) / bought;
}

/** The expected share as it is set at a period's begin and at its end, which a change of policy may make two. */
export interface BreakageSettings {
  readonly opening: Atoms | null;
  readonly closing: Atoms | null;
}

/**
 * One line a month in which credits were bought that the period begins with or makes, oldest first. Each period's estimate
 * is of its own end, and what a better estimate changes falls into the period in which it changes; so periods follow on
 * from one another without a gap.
 */
export function breakage(
  movements: BalanceMovements,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  settings: BreakageSettings,
): readonly BreakageLine[] {
  const before = breakageRate(movements, from, settings.opening);
  const after = breakageRate(movements, to, settings.closing);
  const months = new Map<string, BreakageLine>();
  for (const lot of movements.lots) {
    if (!isPaid(lot)) continue;
    const opening = pastOf(lot, from);
    const closing = pastOf(lot, to);
    // not made yet, or over before the period began
    if (!closing.exists || (opening.exists && opening.remaining === 0n)) continue;
    const recognised = inProportionOf(closing, after);
    const line: BreakageLine = {
      month: lot.month,
      bought: closing.bought,
      used: closing.used,
      expected: expectedOf(closing, after),
      whenExpired: closing.expired - opening.expired,
      inProportion: recognised - inProportionOf(opening, before),
      liabilityWhenExpired: closing.remaining,
      // what expired was recognised and has left the lot as well
      liabilityInProportion: closing.remaining - (recognised - closing.expired),
    };
    months.set(lot.month, sumOf(months.get(lot.month), line));
  }
  return [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}

interface LotPast {
  readonly exists: boolean;
  readonly bought: Atoms;
  readonly used: Atoms;
  readonly expired: Atoms;
  readonly remaining: Atoms;
}

/** A lot as everything before an instant left it. */
function pastOf({ movements }: LotCourse, at: Instant): LotPast {
  let [bought, used, expired] = [0n, 0n, 0n];
  let exists = false;
  for (const movement of movements) {
    if (movement.at >= at) continue;
    exists = true;
    const { kind, amount } = movement;
    if (kind === 'usage' || kind === 'transfer') used -= amount;
    else if (kind === 'expiry') expired -= amount;
    else bought += amount;
  }
  return { exists, bought, used, expired, remaining: bought - used - expired };
}

/** What is expected of a lot: a share while it lives; what expired once nothing remains. */
function expectedOf({ bought, expired, remaining }: LotPast, rate: Atoms): Atoms {
  return remaining === 0n ? expired : (bought * rate) / ATOMS_PER_UNIT;
}

/**
 * Breakage recognised so far: of a lot that lives the expected part, as far as the other part was used, and never more
 * than remains of it.
 */
function inProportionOf(past: LotPast, rate: Atoms): Atoms {
  const expected = expectedOf(past, rate);
  const { bought, used, remaining } = past;
  if (remaining === 0n) return expected;
  const usable = bought - expected;
  if (usable <= 0n) return 0n;
  const recognised = (expected * used) / usable;
  return recognised < remaining ? recognised : remaining;
}

function isPaid({ kind }: LotCourse): boolean {
  return kind === 'purchase' || kind === 'auto_recharge';
}

function sumOf(a: BreakageLine | undefined, b: BreakageLine): BreakageLine {
  if (a === undefined) return b;
  return {
    month: b.month,
    bought: a.bought + b.bought,
    used: a.used + b.used,
    expected: a.expected + b.expected,
    whenExpired: a.whenExpired + b.whenExpired,
    inProportion: a.inProportion + b.inProportion,
    liabilityWhenExpired: a.liabilityWhenExpired + b.liabilityWhenExpired,
    liabilityInProportion: a.liabilityInProportion + b.liabilityInProportion,
  };
}
