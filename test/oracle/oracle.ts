// The oracle: a plain model of the billing specification, one event at a time, against which the engine is held.
//
// It shares nothing with the engine: money is decimal.js, the clock is Intl. It is slow and says what it does. Section
// numbers are those of the billing model. This file has the opening, the order in which things happen (section 3) and
// the result; events.ts the input events; account.ts and purchases.ts the rules; clock.ts and money.ts section 1;
// input.ts what is read.
//
// Where the specification leaves a choice:
//
//  1. Each end of a cooldown or of a retry wait is an evaluation point of auto-recharge by itself (section 3, point 6),
//     also where no evaluation found it held back. It shows with `in_flight: many` only. The vectors do not decide.
//  2. The end of a cooldown is read from the cooldown in force now; a cooldown of zero never begins, so never ends.
//  3. A retry wait of zero ends at once: it is evaluated again at the same instant, at point 6.
//  4. An `auto_recharge` event is no change of the policy to the tier: it matters with `tier_change: at_purchase` only.
//     A `policy` event is one whatever it sets, even nothing. The vectors do not decide.
//  5. After a purchase event auto-recharge is evaluated before that purchase posts, without delay or with. The vectors
//     decide it.
//  6. What is overdue when it is set (a credit expired on arrival) happens before the next thing of a later point: of two
//     postings at one instant the first one's expiry comes between them. The vectors decide it.
//  7. A monthly-limit stop that no longer holds is lifted at once (at the month's close: before lots expire), not at
//     point 5; only its taking effect has an order there.
//  8. Cancelling a monthly plan invoices an empty period of no length too (the vectors decide it); its `period` is the
//     calendar month that has begun. Zero-cost usage leaves a line of 0 (the vectors decide it).
//  9. Firings count toward the 100 at one instant whatever their outcome: paid, declined or refused.
// 10. A refund of a lot of which nothing remains is taken, with an amount of 0. So is an adjustment of 0.
// 11. A credit that has expired by its posting pauses auto-recharge even if debt has taken all of it.
// 12. Two lots of one id are an error when the second is made, so not for a purchase that is refused or never posts.
// 13. Calendar steps that are all zero (`P0D`) are no calendar step. 100 years are calendar years for `until`, and about
//     36,525 days for a duration.
// 14. Events out of order are taken in order of time. With neither events nor `until` the run ends at the opening.
// 15. The rounding and tax rate of an invoice, and the retry wait after a decline, are those in force at that instant.
// 16. A usage row with a cost costs that, whatever meters it has beside it.
// 17. Of a `policy` event, `recharge_resumed` is recorded before `tier`, as of a purchase.

import type { Account, Invoice, Row } from './account.ts';
import {
  balance,
  calendarMonth,
  closeMonth,
  considerAccess,
  considerTier,
  cutOff,
  expireLot,
  newPeriod,
  restore,
  setPlan,
  stopAtLimit,
  tiersToCome,
} from './account.ts';
import type { Instant } from './clock.ts';
import { addDuration, readDuration, readInstant, writeInstant } from './clock.ts';
import { take } from './events.ts';
import type { RawScenario } from './input.ts';
import { fail, firstPolicy, oneOf, readDeclines, readPolicy } from './input.ts';
import { ZERO, minorDigits, writeAmount } from './money.ts';
import { cooldownEnd, evaluateRecharge, post } from './purchases.ts';

export type { RawEvent, RawScenario } from './input.ts';
export { OracleInputError } from './money.ts';

export interface OracleResult {
  end: {
    at: string;
    balance: string;
    debt: string;
    access: 'open' | 'closed';
    plan: string;
    tier: string | null;
    lots: { id: string; kind: string; amount: string; remaining: string; expired: string; expires_at: string | null }[];
  };
  usage: {
    accepted: { count: number; cost: string };
    rejected: Record<string, { count: number; cost: string }>;
    overrun: string;
  };
  invoices: Invoice[];
  timeline: Row[];
}

/** The result of a scenario. A run of more than `mostRows` timeline rows ends with an error (section 2). */
export function oracle(raw: RawScenario, mostRows = 1_000_000): OracleResult {
  const events = (raw.events ?? []).map((event) => ({ at: readInstant(event.at), event })).sort((a, b) => a.at - b.at);
  const opened = raw.account?.opened === undefined ? events[0]?.at : readInstant(raw.account.opened);
  if (opened === undefined) fail('neither account.opened nor an event');
  const until = raw.until === undefined ? (events.at(-1)?.at ?? opened) : readInstant(raw.until);
  if (until < opened) fail('until is before the opening');
  if (events.some(({ at }) => at < opened)) fail('an event is before the opening');

  const account = open(raw, opened, mostRows);
  if (until > addDuration(opened, readDuration('P100Y'), account.zone))
    fail('until is over 100 years after the opening');

  const input = events.filter(({ at }) => at <= until);
  for (;;) {
    const [due] = dueFrom(account);
    const [next] = input;
    if (due && due.at <= (next?.at ?? until)) {
      account.now = due.at;
      due.happen();
    } else if (next) {
      account.now = next.at;
      input.shift();
      take(account, next.event, raw.rates);
    } else break;
  }
  account.now = until;
  return resultOf(account);
}

/** Section 2: an account opens with nothing, and opening counts as a change of the policy. */
function open(raw: RawScenario, opened: Instant, mostRows: number): Account {
  const zone = raw.account?.timezone ?? 'UTC';
  const currency = raw.account?.currency ?? 'USD';
  const rawPolicy = firstPolicy(raw.policy);
  const account: Account = {
    now: opened,
    zone,
    currency,
    minorDigits: minorDigits(currency),
    declines: readDeclines(raw),
    rawPolicy,
    policy: readPolicy(rawPolicy, currency),
    plan: 'none',
    lots: [],
    debt: ZERO,
    pending: [],
    access: 'closed',
    cutoffAt: null,
    restoreAt: null,
    paid: ZERO,
    firstPaymentAt: null,
    tier: null,
    limitStop: null,
    ...calendarMonth(opened, zone),
    monthUsage: ZERO,
    period: newPeriod(opened, ZERO),
    recharge: {
      evaluationDue: false,
      lastAttemptAt: null,
      cooldownEndSeen: null,
      waitUntil: null,
      declinesInARow: 0,
      paused: null,
      monthTotal: ZERO,
      skipRecorded: false,
      firingsAt: null,
      firings: 0,
    },
    made: { purchase: 0, auto_recharge: 0, grant: 0, adjustment: 0 },
    accepted: { count: 0, cost: ZERO },
    rejected: new Map(),
    overrun: ZERO,
    invoices: [],
    mostRows,
    timeline: [],
  };
  setPlan(account, oneOf(raw.account?.plan ?? 'prepaid', ['prepaid', 'monthly', 'none']));
  considerTier(account);
  considerAccess(account);
  evaluateRecharge(account);
  return account;
}

// ---- The order in which things happen: section 3

interface Due {
  at: Instant;
  point: number; // of section 3
  before: number; // order within a point
  happen: () => void;
}

/** Everything that is set to happen, first things first. */
function dueFrom(account: Account): Due[] {
  const { now, recharge } = account;
  const due: Due[] = [];
  const add = (point: number, at: Instant | null, before: number, happen: () => void): void => {
    // What is overdue when it is set (a credit that expired before it posted) happens now.
    if (at !== null) due.push({ at: Math.max(at, now), point, before, happen });
  };

  add(1, account.monthEnd, 0, () => closeMonth(account));
  for (const lot of account.lots)
    if (!lot.remaining.isZero()) add(2, lot.expiresAt, lot.boughtAt, () => expireLot(account, lot));
  for (const bought of account.pending) add(3, bought.postsAt, bought.paidAt, () => post(account, bought));
  if (account.policy.tierChange === 'automatic')
    for (const at of tiersToCome(account)) add(4, at, 0, () => considerTier(account));
  add(5, account.cutoffAt, 0, () => cutOff(account));
  if (account.limitStop && !account.limitStop.inEffect) add(5, account.limitStop.at, 1, () => stopAtLimit(account));
  add(5, account.restoreAt, 2, () => restore(account));
  // What ends at one instant, a cooldown, a wait, or both, is one reason to evaluate.
  const cooledDown = cooldownEnd(account);
  if (cooledDown !== null && cooledDown >= now && cooledDown !== recharge.cooldownEndSeen)
    add(6, cooledDown, 0, () => {
      recharge.cooldownEndSeen = cooledDown;
      recharge.evaluationDue = true;
    });
  if (recharge.waitUntil !== null)
    add(6, recharge.waitUntil, 0, () => {
      recharge.waitUntil = null;
      recharge.evaluationDue = true;
    });
  if (recharge.evaluationDue) add(6, now, 1, () => evaluateRecharge(account));

  // The sort is stable: what ties happens in the order of making.
  return due.sort((a, b) => a.at - b.at || a.point - b.point || a.before - b.before);
}

// ---- The result

function resultOf(account: Account): OracleResult {
  const stopped = account.plan === 'none' || account.limitStop?.inEffect === true;
  return {
    end: {
      at: writeInstant(account.now),
      balance: writeAmount(balance(account)),
      debt: writeAmount(account.debt),
      access: stopped ? 'closed' : account.access,
      plan: account.plan,
      tier: account.tier,
      lots: account.lots.map((lot) => ({
        id: lot.id,
        kind: lot.kind,
        amount: writeAmount(lot.amount),
        remaining: writeAmount(lot.remaining),
        expired: writeAmount(lot.expired),
        expires_at: lot.expiresAt === null ? null : writeInstant(lot.expiresAt),
      })),
    },
    usage: {
      accepted: { count: account.accepted.count, cost: writeAmount(account.accepted.cost) },
      rejected: Object.fromEntries(
        [...account.rejected].map(([reason, { count, cost }]) => [reason, { count, cost: writeAmount(cost) }]),
      ),
      overrun: writeAmount(account.overrun),
    },
    invoices: account.invoices,
    timeline: account.timeline,
  };
}
