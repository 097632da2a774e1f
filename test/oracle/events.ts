// The input events, point 7 of section 3 of the billing model, one function for each type.

import type { Account } from './account.ts';
import {
  addCredit,
  balance,
  considerAccess,
  considerLimit,
  considerTier,
  draw,
  issueInvoice,
  record,
  setPlan,
} from './account.ts';
import type { Instant } from './clock.ts';
import { addDuration, readDuration, readInstant } from './clock.ts';
import type { RawEvent, RawMap, RawScenario } from './input.ts';
import { changePolicy, fail, isGiven, isMap, oneOf, readPolicy, usageCost } from './input.ts';
import { ZERO, readAmount, readInteger, writeAmount } from './money.ts';
import { evaluateRecharge, purchase, resumeRecharge } from './purchases.ts';

/** Auto-recharge is evaluated right after an event that was taken. */
export function take(account: Account, event: RawEvent, rates: RawScenario['rates']): void {
  if (takeEvent(account, event, rates)) evaluateRecharge(account);
}

/** Whether the event was taken: not rejected, refused or declined, and not a usage of nothing. */
function takeEvent(account: Account, event: RawEvent, rates: RawScenario['rates']): boolean {
  switch (event.type) {
    case 'purchase':
      return takePurchase(account, event);
    case 'usage':
      return takeUsage(account, event, rates);
    case 'grant':
      return takeGrant(account, event);
    case 'adjustment':
      return takeAdjustment(account, event);
    case 'refund':
      return takeRefund(account, event);
    case 'plan':
      return event['action'] === 'cancel' ? cancelPlan(account) : startPlan(account, event);
    case 'policy':
      return takePolicy(account, isMap(event['set']) ? event['set'] : fail('a policy event needs a map to set'));
    case 'auto_recharge':
      return takeRechargeSettings(account, event);
    default:
      return fail(`unknown event type: ${event.type}`);
  }
}

/** The id of an event, or the kind's name and number; every one of a kind counts, named or not. */
function nameOf(account: Account, kind: 'purchase' | 'grant' | 'adjustment', event: RawEvent): string {
  account.made[kind] += 1;
  return typeof event['id'] === 'string' ? event['id'] : `${kind}-${account.made[kind]}`;
}

/** Section 4. */
function takePurchase(account: Account, event: RawEvent): boolean {
  const amount = readAmount(event['amount']);
  if (!amount.gt(0)) fail('a purchase must be positive');
  const declined = oneOf(event['payment'] ?? 'ok', ['ok', 'declined']) === 'declined';
  return purchase(account, 'purchase', nameOf(account, 'purchase', event), amount, declined) === 'paid';
}

/** Section 5. */
function takeUsage(account: Account, event: RawEvent, rates: RawScenario['rates']): boolean {
  const sku = typeof event['sku'] === 'string' ? event['sku'] : 'usage';
  const cost = usageCost(event, sku, rates);
  const reason = usageRejection(account);
  if (reason !== null) {
    const before = account.rejected.get(reason) ?? { count: 0, cost: ZERO };
    account.rejected.set(reason, { count: before.count + 1, cost: before.cost.plus(cost) });
    record(account, 'usage_rejected', { sku, cost: writeAmount(cost), reason });
    return false;
  }

  const uncovered = draw(account, cost);
  const isOverrun = account.plan === 'prepaid' && account.policy.exhausted === 'cut_off';
  const overrun = isOverrun ? uncovered : ZERO;
  const excess = isOverrun ? ZERO : uncovered;
  account.debt = account.debt.plus(overrun);

  const { period } = account;
  period.usage.set(sku, (period.usage.get(sku) ?? ZERO).plus(cost));
  period.overrun = period.overrun.plus(overrun);
  period.excess = period.excess.plus(excess);
  period.drawn = period.drawn.plus(cost).minus(excess);
  account.monthUsage = account.monthUsage.plus(cost);
  account.overrun = account.overrun.plus(overrun);
  account.accepted = { count: account.accepted.count + 1, cost: account.accepted.cost.plus(cost) };
  record(account, 'usage', {
    sku,
    cost: writeAmount(cost),
    overrun: writeAmount(overrun),
    balance: writeAmount(balance(account)),
  });

  if (cost.isZero()) return false;
  considerAccess(account);
  considerLimit(account);
  return true;
}

function usageRejection(account: Account): string | null {
  if (account.plan === 'none') return 'no_plan';
  // Access is closed on prepaid with `cut_off` only.
  if (account.access === 'closed') return 'insufficient_quota';
  return account.limitStop?.inEffect ? 'monthly_limit' : null;
}

/** Section 4: promotional credit; its expiry is taken as it is. */
function takeGrant(account: Account, event: RawEvent): boolean {
  const { now, zone } = account;
  const amount = readAmount(event['amount']);
  if (!amount.gt(0)) fail('a grant must be positive');
  const { expires_at: expiresAtText, expire_after: expireAfter } = event;
  if (isGiven(expiresAtText) && isGiven(expireAfter)) fail('a grant has expires_at and expire_after');
  let expiresAt: Instant | null = null;
  if (isGiven(expiresAtText)) expiresAt = readInstant(expiresAtText);
  if (isGiven(expireAfter)) expiresAt = addDuration(now, readDuration(expireAfter), zone);
  if (expiresAt !== null && expiresAt <= now) fail('a grant must expire after its instant');
  const id = nameOf(account, 'grant', event);
  const priority = readInteger(event['priority'] ?? 0);
  const settled = addCredit(account, { id, kind: 'grant', amount, boughtAt: now, expiresAt, priority });
  account.period.granted = account.period.granted.plus(amount);
  record(account, 'grant', {
    lot: id,
    amount: writeAmount(amount),
    settled: writeAmount(settled),
    balance: writeAmount(balance(account)),
  });
  considerAccess(account);
  return true;
}

/** Section 4: a positive one makes a lot that never expires; a negative one draws, and what is uncovered is debt. */
function takeAdjustment(account: Account, event: RawEvent): boolean {
  const amount = readAmount(event['amount']);
  if (amount.gt(0)) {
    const id = nameOf(account, 'adjustment', event);
    addCredit(account, { id, kind: 'adjustment', amount, boughtAt: account.now, expiresAt: null, priority: 0 });
  } else {
    account.debt = account.debt.plus(draw(account, amount.abs()));
  }
  account.period.adjusted = account.period.adjusted.plus(amount);
  record(account, 'adjustment', { amount: writeAmount(amount), balance: writeAmount(balance(account)) });
  considerAccess(account);
  return true;
}

/** Section 4. */
function takeRefund(account: Account, event: RawEvent): boolean {
  const id = typeof event['lot'] === 'string' ? event['lot'] : fail('a refund needs a lot');
  const lot = account.lots.find((made) => made.id === id);
  const bought = lot?.kind === 'purchase' || lot?.kind === 'auto_recharge';
  if (!account.policy.credits.refundable || !lot || !bought) {
    const reason = account.policy.credits.refundable && !lot ? 'unknown_lot' : 'non_refundable';
    record(account, 'refund_rejected', { lot: id, reason });
    return false;
  }
  const amount = lot.remaining;
  lot.remaining = ZERO;
  account.period.refunded = account.period.refunded.plus(amount);
  record(account, 'refund', { lot: id, amount: writeAmount(amount), balance: writeAmount(balance(account)) });
  considerAccess(account);
  return true;
}

/** Section 9. */
function cancelPlan(account: Account): boolean {
  const { plan } = account;
  if (plan === 'none') {
    record(account, 'plan_rejected', { reason: 'no_plan' });
    return false;
  }
  if (plan === 'monthly') issueInvoice(account);
  record(account, 'plan_cancelled', { plan });
  setPlan(account, 'none');
  return true;
}

/** Section 9: starting monthly moves debt to its next invoice. */
function startPlan(account: Account, event: RawEvent): boolean {
  oneOf(event['action'], ['start']);
  const plan = oneOf(event['plan'], ['prepaid', 'monthly']);
  if (account.plan !== 'none') {
    record(account, 'plan_rejected', {
      reason: account.plan === 'monthly' ? 'arrears_plan_active' : 'prepaid_plan_active',
    });
    return false;
  }
  const invoiced = plan === 'monthly' ? account.debt : ZERO;
  account.debt = account.debt.minus(invoiced);
  account.period.debtInvoiced = account.period.debtInvoiced.plus(invoiced);
  setPlan(account, plan);
  record(account, 'plan_started', { plan, debt_invoiced: writeAmount(invoiced) });
  considerAccess(account);
  return true;
}

/** Section 12; with `auto_recharge` in it, it also ends a pause. */
function takePolicy(account: Account, set: RawMap): boolean {
  changeSettings(account, set);
  if ('auto_recharge' in set) resumeRecharge(account);
  considerTier(account);
  considerAccess(account);
  return true;
}

/** Section 7: the customer's own settings. They end a pause, changed or not; they are no change of policy to the tier. */
function takeRechargeSettings(account: Account, event: RawEvent): boolean {
  const settings = Object.entries(event).filter(([key]) => !['at', 'type', 'id'].includes(key));
  changeSettings(account, { auto_recharge: Object.fromEntries(settings) });
  resumeRecharge(account);
  return true;
}

function changeSettings(account: Account, set: RawMap): void {
  account.rawPolicy = changePolicy(account.rawPolicy, set);
  account.policy = readPolicy(account.rawPolicy, account.currency);
}
