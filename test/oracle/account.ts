// The account and what happens to it, sections 2 and 4 to 10 of the billing model, except auto-recharge (recharge.ts) and
// the order in which things happen (oracle.ts). Every function acts at the instant `account.now`.

import type { Instant } from './clock.ts';
import { addDuration, monthName, monthOf, startOfMonth, writeInstant } from './clock.ts';
import type { DeclineWindow, Plan, Policy, RawMap } from './input.ts';
import { fail } from './input.ts';
import type { Money } from './money.ts';
import { ZERO, least, round, writeAmount } from './money.ts';

export type PurchaseKind = 'purchase' | 'auto_recharge';
export type LotKind = PurchaseKind | 'grant' | 'adjustment';

export interface Lot {
  id: string;
  kind: LotKind;
  amount: Money;
  remaining: Money;
  expired: Money;
  boughtAt: Instant;
  expiresAt: Instant | null;
  priority: number;
}

export interface PendingPurchase {
  id: string;
  kind: PurchaseKind;
  amount: Money;
  paidAt: Instant;
  postsAt: Instant;
  expiresAt: Instant | null;
}

/** The figures of the billing period, all exact. */
export interface Period {
  from: Instant;
  openingBalance: Money;
  usage: Map<string, Money>;
  excess: Money;
  overrun: Money;
  purchased: Money;
  granted: Money;
  adjusted: Money;
  drawn: Money;
  expired: Money;
  refunded: Money;
  debtInvoiced: Money;
  debtSettled: Money;
  purchaseTax: Money;
}

export type Row = { at: string; type: string } & Record<string, string | null>;
export type Invoice = Record<string, string | Record<string, string>>;

export interface Account {
  now: Instant;
  zone: string;
  currency: string;
  minorDigits: number;
  declines: DeclineWindow[];
  rawPolicy: RawMap;
  policy: Policy;

  plan: Plan;
  lots: Lot[]; // in the order in which they were made
  debt: Money;
  pending: PendingPurchase[]; // in the order in which they were paid

  access: 'open' | 'closed';
  cutoffAt: Instant | null;
  restoreAt: Instant | null;

  paid: Money;
  firstPaymentAt: Instant | null;
  tier: string | null;
  limitStop: { at: Instant; inEffect: boolean } | null;

  month: number;
  monthEnd: Instant;
  monthUsage: Money;
  period: Period;

  recharge: {
    evaluationDue: boolean; // section 3, point 6: something since the last evaluation calls for another
    lastAttemptAt: Instant | null;
    cooldownEndSeen: Instant | null; // the end of a cooldown that has been an evaluation already
    waitUntil: Instant | null;
    declinesInARow: number;
    paused: string | null;
    monthTotal: Money;
    skipRecorded: boolean; // in this month
    firingsAt: Instant | null;
    firings: number; // at the instant `firingsAt`
  };

  made: Record<LotKind, number>; // for the names of lots
  accepted: { count: number; cost: Money };
  rejected: Map<string, { count: number; cost: Money }>;
  overrun: Money;
  invoices: Invoice[];
  mostRows: number;
  timeline: Row[];
}

export function record(account: Account, type: string, fields: Record<string, string | null> = {}): void {
  if (account.timeline.length >= account.mostRows) fail(`more than ${account.mostRows} timeline rows`);
  account.timeline.push({ at: writeInstant(account.now), type, ...fields });
}

// ---- Balance, credits and burn order: sections 2, 4 and 5

/** Sum of what remains of all lots, minus debt. */
export function balance(account: Account): Money {
  return account.lots
    .reduce((sum, lot) => (lot.remaining.isZero() ? sum : sum.plus(lot.remaining)), ZERO)
    .minus(account.debt);
}

export function pendingTotal(account: Account): Money {
  return account.pending.reduce((sum, purchase) => sum.plus(purchase.amount), ZERO);
}

/** A credit first settles debt; what is left becomes the lot's remaining. Returns what it settled. */
export function addCredit(account: Account, credit: Omit<Lot, 'remaining' | 'expired'>): Money {
  if (account.lots.some((lot) => lot.id === credit.id)) fail(`two lots of one id: ${credit.id}`);
  const settled = least(account.debt, credit.amount);
  account.debt = account.debt.minus(settled);
  account.period.debtSettled = account.period.debtSettled.plus(settled);
  account.lots.push({ ...credit, remaining: credit.amount.minus(settled), expired: ZERO });
  return settled;
}

/** Draws from lots in burn order; returns what they do not cover. */
export function draw(account: Account, amount: Money): Money {
  let uncovered = amount;
  for (const lot of inBurnOrder(account.lots)) {
    const drawn = least(lot.remaining, uncovered);
    lot.remaining = lot.remaining.minus(drawn);
    uncovered = uncovered.minus(drawn);
  }
  return uncovered;
}

/** Priority (lower first), earliest expiry (never last), earliest bought, order of making (the sort is stable). */
function inBurnOrder(lots: Lot[]): Lot[] {
  const expiry = (lot: Lot): number => lot.expiresAt ?? Number.MAX_VALUE;
  return lots
    .filter((lot) => !lot.remaining.isZero())
    .sort((a, b) => a.priority - b.priority || expiry(a) - expiry(b) || a.boughtAt - b.boughtAt);
}

export function expireLot(account: Account, lot: Lot): void {
  const forfeited = lot.remaining;
  lot.expired = lot.expired.plus(forfeited);
  lot.remaining = ZERO;
  account.period.expired = account.period.expired.plus(forfeited);
  record(account, 'expiry', { lot: lot.id, amount: writeAmount(forfeited), balance: writeAmount(balance(account)) });
  account.recharge.evaluationDue = true;
  considerAccess(account);
}

// ---- Access: section 6

/** After anything that changes the balance, the policy or the plan. */
export function considerAccess(account: Account): void {
  const { policy, now, zone } = account;
  if (account.plan === 'none') {
    account.access = 'closed';
    account.cutoffAt = account.restoreAt = null;
    return;
  }
  if (account.plan === 'monthly' || policy.exhausted === 'bill_excess') {
    account.access = 'open';
    account.cutoffAt = account.restoreAt = null;
    return;
  }
  const aboveFloor = balance(account).gt(policy.cutoff.floor);
  if (account.access === 'open') {
    if (aboveFloor) account.cutoffAt = null;
    else account.cutoffAt ??= addDuration(now, policy.cutoff.delay, zone);
  } else {
    if (!aboveFloor) account.restoreAt = null;
    else account.restoreAt ??= addDuration(now, policy.cutoff.restoreDelay, zone);
  }
}

export function cutOff(account: Account): void {
  account.cutoffAt = null;
  account.access = 'closed';
  record(account, 'cutoff', { balance: writeAmount(balance(account)) });
}

export function restore(account: Account): void {
  account.restoreAt = null;
  if (!balance(account).gt(account.policy.cutoff.floor)) return;
  account.access = 'open';
  record(account, 'restored', { balance: writeAmount(balance(account)) });
}

// ---- Trust tiers and their monthly limit: section 8

export function tierIndex(account: Account): number {
  return account.policy.tiers.findIndex((tier) => tier.name === account.tier);
}

/** Tiers above the held one whose need of money is met, and the instants at which their need of days is. */
export function tiersToCome(account: Account): Instant[] {
  const { firstPaymentAt, paid, policy } = account;
  if (firstPaymentAt === null) return [];
  return policy.tiers
    .slice(tierIndex(account) + 1)
    .filter((tier) => tier.paid.lte(paid))
    .map((tier) => firstPaymentAt + tier.days * 86_400_000);
}

/** The tier is the last in the list whose needs are met; it never goes down in the list. */
export function considerTier(account: Account): void {
  const { tiers } = account.policy;
  const daysPassed =
    account.firstPaymentAt === null ? 0 : Math.floor((account.now - account.firstPaymentAt) / 86_400_000);
  const reached = tiers.findLastIndex((tier) => tier.paid.lte(account.paid) && tier.days <= daysPassed);
  const name = tiers[Math.max(reached, tierIndex(account))]?.name ?? null;
  if (name !== account.tier) {
    account.tier = name;
    if (name !== null) record(account, 'tier', { tier: name });
  }
  considerLimit(account);
}

/** Where the month's accepted usage stands to the monthly limit of the tier. */
export function considerLimit(account: Account): void {
  const limit = account.policy.tiers[tierIndex(account)]?.monthlyLimit ?? null;
  if (limit !== null && account.monthUsage.gte(limit)) {
    account.limitStop ??= {
      at: addDuration(account.now, account.policy.cutoff.delay, account.zone),
      inEffect: false,
    };
    return;
  }
  const lifted = account.limitStop?.inEffect === true;
  account.limitStop = null;
  if (lifted) record(account, 'limit_lifted');
}

export function stopAtLimit(account: Account): void {
  if (account.limitStop) account.limitStop.inEffect = true;
  record(account, 'limit_reached');
}

// ---- Plans: section 9

/** Prepaid begins closed, monthly open; what was pending on the access of the old plan is dropped. */
export function setPlan(account: Account, plan: Plan): void {
  account.plan = plan;
  account.access = plan === 'monthly' ? 'open' : 'closed';
  account.cutoffAt = account.restoreAt = null;
}

// ---- Month close and invoices: section 10

export function newPeriod(from: Instant, openingBalance: Money): Period {
  return {
    from,
    openingBalance,
    usage: new Map(),
    excess: ZERO,
    overrun: ZERO,
    purchased: ZERO,
    granted: ZERO,
    adjusted: ZERO,
    drawn: ZERO,
    expired: ZERO,
    refunded: ZERO,
    debtInvoiced: ZERO,
    debtSettled: ZERO,
    purchaseTax: ZERO,
  };
}

/** The calendar month that `from` is in, and the first month end after it. */
export function calendarMonth(from: Instant, zone: string): { month: number; monthEnd: Instant } {
  let month = monthOf(from, zone);
  // A clock put back over the start of a month shows the old month again after the new one has begun.
  while (startOfMonth(month + 1, zone) <= from) month++;
  return { month, monthEnd: startOfMonth(month + 1, zone) };
}

export function closeMonth(account: Account): void {
  issueInvoice(account);
  account.month += 1;
  account.monthEnd = startOfMonth(account.month + 1, account.zone);
  account.monthUsage = ZERO;
  account.recharge.monthTotal = ZERO;
  account.recharge.skipRecorded = false;
  account.recharge.evaluationDue = true;
  considerLimit(account);
}

/** Invoices the period up to now, and begins the next. */
export function issueInvoice(account: Account): void {
  const { period } = account;
  const rounded = (amount: Money): Money => round(amount, account.minorDigits, account.policy.invoice.rounding);
  const lines = [...period.usage]
    .map(([sku, cost]) => [sku, rounded(cost)] as const)
    .sort(([a], [b]) => byCodePoint(a, b));
  const usage = lines.reduce((sum, [, cost]) => sum.plus(cost), ZERO);
  const excessBilled = least(rounded(period.excess), usage);
  const carried = least(rounded(period.overrun), usage.minus(excessBilled));
  const broughtForward = rounded(period.debtInvoiced);
  const tax = rounded(excessBilled.plus(broughtForward).times(account.policy.invoice.taxRate));
  account.invoices.push({
    period: monthName(account.month),
    from: writeInstant(period.from),
    to: writeInstant(account.now),
    lines: Object.fromEntries(lines.map(([sku, cost]) => [sku, writeAmount(cost)])),
    usage: writeAmount(usage),
    excess_billed: writeAmount(excessBilled),
    carried: writeAmount(carried),
    credits_applied: writeAmount(usage.minus(excessBilled).minus(carried)),
    debt_brought_forward: writeAmount(broughtForward),
    tax: writeAmount(tax),
    amount_due: writeAmount(excessBilled.plus(broughtForward).plus(tax)),
    opening_balance: writeAmount(period.openingBalance),
    purchased: writeAmount(period.purchased),
    granted: writeAmount(period.granted),
    adjusted: writeAmount(period.adjusted),
    drawn: writeAmount(period.drawn),
    expired: writeAmount(period.expired),
    refunded: writeAmount(period.refunded),
    debt_invoiced: writeAmount(period.debtInvoiced),
    closing_balance: writeAmount(balance(account)),
    debt_settled: writeAmount(period.debtSettled),
    purchase_tax: writeAmount(period.purchaseTax),
  });
  account.period = newPeriod(account.now, balance(account));
}

/** Not by UTF-16 unit, which would put U+FFxx after the characters beyond them. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [codePoints(a), codePoints(b)];
  const differ = left.findIndex((codePoint, index) => codePoint !== right[index]);
  return differ < 0 ? left.length - right.length : (left[differ] ?? 0) - (right[differ] ?? -1);
}

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
