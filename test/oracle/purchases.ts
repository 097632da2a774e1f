// Purchases, section 4 of the billing model, and auto-recharge, section 7, which is purchases that set themselves off.

import type { Account, PendingPurchase, PurchaseKind } from './account.ts';
import { addCredit, balance, considerAccess, considerTier, pendingTotal, record, tierIndex } from './account.ts';
import type { Instant } from './clock.ts';
import { addDuration, isZero, moveExpiry } from './clock.ts';
import type { Money } from './money.ts';
import { ZERO, greatest, round, roundUp, writeAmount } from './money.ts';

export type Outcome = 'paid' | 'declined' | 'refused';

/** A purchase, of whichever kind; what follows from the outcome for auto-recharge is the caller's to do. */
export function purchase(
  account: Account,
  kind: PurchaseKind,
  id: string,
  amount: Money,
  declinedByEvent: boolean,
): Outcome {
  const reason = refusal(account, amount);
  if (reason !== null) {
    record(account, 'purchase_rejected', { kind, amount: writeAmount(amount), reason });
    return 'refused';
  }
  if (declinedByEvent || isInDeclineWindow(account)) {
    record(account, 'payment_declined', { kind, amount: writeAmount(amount) });
    return 'declined';
  }
  pay(account, kind, id, amount);
  return 'paid';
}

/** Why a purchase is refused, if it is: the first reason that holds. */
function refusal(account: Account, amount: Money): string | null {
  const { policy } = account;
  if (account.plan !== 'prepaid') return 'not_prepaid';
  if (amount.decimalPlaces() > account.minorDigits) return 'fraction_of_minor_unit';
  if (amount.lt(policy.purchase.minimum)) return 'below_minimum';
  const maximum = policy.tiers[tierIndex(account)]?.maxPurchase ?? policy.purchase.maximum;
  const alreadyHeld =
    policy.purchase.maximumOf === 'balance' ? greatest(ZERO, balance(account).plus(pendingTotal(account))) : ZERO;
  return maximum !== null && alreadyHeld.plus(amount).gt(maximum) ? 'above_maximum' : null;
}

/** The scenario's windows decline whatever the event says. */
function isInDeclineWindow(account: Account): boolean {
  return account.declines.some(({ from, to }) => from <= account.now && account.now < to);
}

function pay(account: Account, kind: PurchaseKind, id: string, amount: Money): void {
  const { now, zone, policy } = account;
  const tax = round(amount.times(policy.purchase.taxRate), account.minorDigits, policy.invoice.rounding);
  account.period.purchaseTax = account.period.purchaseTax.plus(tax);
  record(account, 'purchase', {
    kind,
    id,
    amount: writeAmount(amount),
    tax: writeAmount(tax),
    charged: writeAmount(amount.plus(tax)),
  });
  resumeRecharge(account);
  account.paid = account.paid.plus(amount);
  account.firstPaymentAt ??= now;
  considerTier(account);
  account.pending.push({
    id,
    kind,
    amount,
    paidAt: now,
    postsAt: addDuration(now, policy.purchase.postingDelay, zone),
    expiresAt: expiryOfPurchase(account),
  });
}

/** From the purchase instant, not the posting instant; moved by the policy's rule. */
function expiryOfPurchase({ now, zone, policy }: Account): Instant | null {
  const { expireAfter, expiry } = policy.credits;
  return expireAfter === null ? null : moveExpiry(addDuration(now, expireAfter, zone), expiry, zone);
}

/** The credit posts; its expiry, if that has passed, is due at once and follows as an expiry of its own. */
export function post(account: Account, posted: PendingPurchase): void {
  const { id, kind, amount, expiresAt } = posted;
  account.pending = account.pending.filter((purchase) => purchase !== posted);
  const settled = addCredit(account, { id, kind, amount, boughtAt: posted.paidAt, expiresAt, priority: 0 });
  account.period.purchased = account.period.purchased.plus(amount);
  record(account, 'posting', {
    lot: id,
    kind,
    amount: writeAmount(amount),
    settled: writeAmount(settled),
    balance: writeAmount(balance(account)),
  });
  if (kind === 'auto_recharge' && expiresAt !== null && expiresAt <= account.now)
    pauseRecharge(account, 'expired_on_posting');
  account.recharge.evaluationDue = true;
  considerAccess(account);
}

// ---- Auto-recharge: section 7

/** A pause already in effect keeps its reason and records nothing. */
function pauseRecharge(account: Account, reason: string): void {
  if (account.recharge.paused !== null) return;
  account.recharge.paused = reason;
  record(account, 'recharge_paused', { reason });
}

/** Ends a pause, a retry wait and the count of declines; a cooldown goes on. */
export function resumeRecharge(account: Account): void {
  if (account.recharge.paused !== null) record(account, 'recharge_resumed');
  account.recharge.paused = null;
  account.recharge.waitUntil = null;
  account.recharge.declinesInARow = 0;
}

/** When the cooldown after the last attempt ends, by the cooldown that is now in force; without one it never began. */
export function cooldownEnd(account: Account): Instant | null {
  const { cooldown } = account.policy.autoRecharge;
  const { lastAttemptAt } = account.recharge;
  return lastAttemptAt === null || isZero(cooldown) ? null : addDuration(lastAttemptAt, cooldown, account.zone);
}

/** One evaluation, which fires at most once. */
export function evaluateRecharge(account: Account): void {
  const { recharge, now } = account;
  const settings = account.policy.autoRecharge;
  recharge.evaluationDue = false;
  const compared = settings.countPending ? balance(account).plus(pendingTotal(account)) : balance(account);
  const inFlight = account.pending.some((purchase) => purchase.kind === 'auto_recharge');
  const { threshold } = settings;

  if (!settings.enabled || threshold === null) return;
  if (account.plan !== 'prepaid') return;
  if (account.firstPaymentAt === null) return;
  if (recharge.paused !== null) return;
  if (inFlight && settings.inFlight === 'one') return;
  if (settings.trigger === 'below' ? !compared.lt(threshold) : !compared.lte(threshold)) return;
  // Evaluated again when the later of these ends: each end is an evaluation point of its own (section 3, point 6).
  if (recharge.waitUntil !== null) return;
  if (now < (cooldownEnd(account) ?? now)) return;

  fire(account, settings.amount ?? topUp(account, compared));
}

/** `top_up_to` less the figure that was compared, rounded up to the minor unit and raised to the minimum purchase. */
function topUp(account: Account, compared: Money): Money {
  const missing = (account.policy.autoRecharge.topUpTo ?? ZERO).minus(compared);
  return greatest(roundUp(missing, account.minorDigits), account.policy.purchase.minimum);
}

function fire(account: Account, amount: Money): void {
  const { recharge, now } = account;
  const { monthlyLimit, retryAfter } = account.policy.autoRecharge;

  if (monthlyLimit !== null && recharge.monthTotal.plus(amount).gt(monthlyLimit)) {
    if (!recharge.skipRecorded)
      record(account, 'recharge_skipped', { reason: 'monthly_limit', amount: writeAmount(amount) });
    recharge.skipRecorded = true;
    return;
  }

  if (recharge.firingsAt !== now) recharge.firings = 0;
  recharge.firingsAt = now;
  if (recharge.firings === 100) {
    pauseRecharge(account, 'too_many_at_once');
    return;
  }
  recharge.firings += 1;

  account.made.auto_recharge += 1;
  recharge.lastAttemptAt = now;
  const outcome = purchase(account, 'auto_recharge', `auto-${account.made.auto_recharge}`, amount, false);
  if (outcome === 'paid') recharge.monthTotal = recharge.monthTotal.plus(amount);
  if (outcome === 'refused') pauseRecharge(account, 'refused');
  if (outcome === 'declined') {
    const wait = retryAfter[recharge.declinesInARow];
    recharge.declinesInARow += 1;
    if (wait === undefined) pauseRecharge(account, 'declined');
    else recharge.waitUntil = addDuration(now, wait, account.zone);
  }
}
