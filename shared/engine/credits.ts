/** Purchases and other credits (section 4): paying, posting, granting, adjusting, refunding, expiring. */
import { minorUnit, taxOn, type Atoms } from '../domain/money.ts';
import type { Policy } from '../domain/policy.ts';
import type { PurchaseKind } from '../domain/result.ts';
import type { ControlEvent } from '../domain/scenario.ts';
import { addDuration, startOfDay, startOfMonth, type Instant, type Zone } from '../domain/time.ts';
import { considerAccess, tierInForce } from './access.ts';
import { InputError } from './input.ts';
import { addLot, balanceOf, draw, emptyLot, type Lot } from './lots.ts';
import { forgetFailures, pause } from './rechargeState.ts';
import { nextRecord, post, record, type Run } from './run.ts';
import type { PendingPurchase, State } from './state.ts';
import { considerTier } from './tiers.ts';

export type PurchaseOutcome =
  { readonly status: 'paid' } | { readonly status: 'refused' | 'declined'; readonly reason: string };

/** A purchase at the present instant, manual or automatic: refused, declined, or paid and on its way. */
export function purchase(
  run: Run,
  request: { kind: PurchaseKind; id: string; amount: Atoms; declined: boolean },
): PurchaseOutcome {
  const { input, state } = run;
  const { kind, amount } = request;
  const at = state.now;
  const reason = refusal(run, amount);
  if (reason !== null) {
    record(run, { at, type: 'purchase_rejected', kind, amount, reason });
    return { status: 'refused', reason };
  }
  if (request.declined || input.declines.some((window) => window.from <= at && at < window.to)) {
    record(run, { at, type: 'payment_declined', kind, amount });
    return { status: 'declined', reason: 'declined' };
  }
  claimLotId(state, request.id);
  const { policy } = state;
  const tax = taxOn(amount, policy.purchase.tax_rate, input.minorDigits, policy.invoice.rounding);
  const cause = nextRecord(run);
  record(run, { at, type: 'purchase', kind, id: request.id, amount, tax, charged: amount + tax });
  post(run, 'cash', 'payments_pending', amount, cause);
  post(run, 'cash', 'tax_payable', tax, cause);
  state.period.purchase_tax += tax;
  state.paid += amount;
  state.firstPaidAt ??= at;
  enqueue(state.pending, {
    id: request.id,
    kind,
    amount,
    bought_at: at,
    posts_at: addDuration(at, policy.purchase.posting_delay, input.zone),
    expires_at: expiryOf(at, policy, input.zone),
  });
  forgetFailures(run);
  considerTier(run);
  return { status: 'paid' };
}

/** Why a purchase is refused, for the first reason that holds. */
function refusal({ input, state }: Run, amount: Atoms): string | null {
  const { minimum, maximum, maximum_of } = state.policy.purchase;
  if (state.plan !== 'prepaid') return 'not_prepaid';
  if (amount % minorUnit(input.minorDigits) !== 0n) return 'fraction_of_minor_unit';
  if (amount < minimum) return 'below_minimum';
  const limit = tierInForce(state)?.max_purchase ?? maximum;
  if (limit === null) return null;
  const held = maximum_of === 'balance' ? balanceOf(state.book) + pendingCredits(state) : 0n;
  return amount + (held > 0n ? held : 0n) > limit ? 'above_maximum' : null;
}

/** Paid and not yet posted. */
export function pendingCredits(state: State): Atoms {
  return state.pending.reduce((sum, purchase) => sum + purchase.amount, 0n);
}

function expiryOf(bought: Instant, policy: Policy, zone: Zone): Instant | null {
  const { expire_after, expiry } = policy.credits;
  if (expire_after === null) return null;
  const anniversary = addDuration(bought, expire_after, zone);
  switch (expiry) {
    case 'anniversary':
      return anniversary;
    case 'start_of_day':
      return startOfDay(anniversary, zone);
    case 'end_of_day':
      return startOfDay(anniversary, zone, 1);
    case 'end_of_month':
      return startOfMonth(anniversary, zone, 1);
  }
}

/** Keeps the queue in order of posting, and of payment where two post together. */
function enqueue(pending: PendingPurchase[], purchase: PendingPurchase): void {
  let place = pending.length;
  while (place > 0 && pending[place - 1]!.posts_at > purchase.posts_at) place--;
  pending.splice(place, 0, purchase);
}

/** The earliest pending purchase becomes a lot; debt is settled first. */
export function postPurchase(run: Run): void {
  const { state } = run;
  const { id, kind, amount, bought_at, expires_at } = state.pending.shift()!;
  const at = state.now;
  const lot = addLot(state.book, { id, kind, amount, bought_at, posted_at: at, expires_at, priority: 0 });
  const cause = nextRecord(run);
  state.period.purchased += amount;
  post(run, 'payments_pending', 'credits', amount, cause);
  settle(run, lot, cause);
  record(run, { at, type: 'posting', lot: id, kind, amount, settled: lot.settled, balance: balanceOf(state.book) });
  const expiredOnArrival = lot.expires_at !== null && lot.expires_at <= at;
  if (kind === 'auto_recharge' && expiredOnArrival) pause(run, 'expired_on_posting');
  considerAccess(run);
}

export function grant(run: Run, event: ControlEvent & { type: 'grant' }): void {
  const { input, state } = run;
  const id = event.id ?? `grant-${state.counters.grant + 1}`;
  state.counters.grant++;
  claimLotId(state, id);
  const at = state.now;
  const expires_at = event.expire_after === null ? event.expires_at : addDuration(at, event.expire_after, input.zone);
  const { amount, priority } = event;
  const lot = addLot(state.book, { id, kind: 'grant', amount, bought_at: at, posted_at: at, expires_at, priority });
  const cause = nextRecord(run);
  state.period.granted += amount;
  post(run, 'promotions', 'credits', amount, cause);
  settle(run, lot, cause);
  record(run, { at, type: 'grant', lot: id, amount, settled: lot.settled, balance: balanceOf(state.book) });
  considerAccess(run);
}

/** A correction: positive makes a lot, negative draws as usage does and leaves what is uncovered as debt. */
export function adjust(run: Run, event: ControlEvent & { type: 'adjustment' }): void {
  const { state } = run;
  const { amount } = event;
  const at = state.now;
  const cause = nextRecord(run);
  state.period.adjusted += amount;
  if (amount > 0n) {
    const id = event.id ?? `adjustment-${state.counters.adjustment + 1}`;
    state.counters.adjustment++;
    claimLotId(state, id);
    const lot = addLot(state.book, {
      id,
      kind: 'adjustment',
      amount,
      bought_at: at,
      posted_at: at,
      expires_at: null,
      priority: 0,
    });
    post(run, 'adjustments', 'credits', amount, cause);
    settle(run, lot, cause);
  } else {
    const { covered } = draw(state.book, -amount);
    const uncovered = -amount - covered;
    state.book.debt += uncovered;
    post(run, 'credits', 'adjustments', covered, cause);
    post(run, 'overrun_receivable', 'adjustments', uncovered, cause);
  }
  record(run, { at, type: 'adjustment', amount, balance: balanceOf(state.book) });
  considerAccess(run);
}

/** Gives back what remains of a bought lot. Returns why not, where it is refused. */
export function refund(run: Run, lotId: string): string | null {
  const { state } = run;
  const at = state.now;
  const lot = state.book.all.find(({ id }) => id === lotId);
  const bought = lot !== undefined && (lot.kind === 'purchase' || lot.kind === 'auto_recharge');
  const reason = !state.policy.credits.refundable
    ? 'non_refundable'
    : lot === undefined
      ? 'unknown_lot'
      : bought
        ? null
        : 'non_refundable';
  if (lot === undefined || reason !== null) {
    record(run, { at, type: 'refund_rejected', lot: lotId, reason: reason ?? 'unknown_lot' });
    return reason;
  }
  const amount = emptyLot(state.book, lot);
  lot.refunded += amount;
  state.period.refunded += amount;
  post(run, 'credits', 'refunds', amount, nextRecord(run));
  record(run, { at, type: 'refund', lot: lotId, amount, balance: balanceOf(state.book) });
  considerAccess(run);
  return null;
}

/** What remains of a lot is forfeited. */
export function expire(run: Run, lot: Lot): void {
  const { state } = run;
  const amount = emptyLot(state.book, lot);
  lot.expired = amount;
  state.period.expired += amount;
  post(run, 'credits', 'revenue:breakage', amount, nextRecord(run));
  record(run, { at: state.now, type: 'expiry', lot: lot.id, amount, balance: balanceOf(state.book) });
  considerAccess(run);
}

function settle(run: Run, lot: Lot, cause: { readonly record: number }): void {
  run.state.period.debt_settled += lot.settled;
  post(run, 'credits', 'overrun_receivable', lot.settled, cause);
}

function claimLotId(state: State, id: string): void {
  if (state.lotIds.has(id))
    throw new InputError(`two lots have the id ${id}; give each purchase, grant and adjustment an id of its own`);
  state.lotIds.add(id);
}
