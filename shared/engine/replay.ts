/**
 * The replay: jumps from boundary to boundary in the order of section 3. Between two boundaries usage is a range of the
 * log, and its cost a difference of two running sums, so a million rows cost as much as their few hundred boundaries.
 */
import { mergeAutoRecharge, mergePolicy } from '../domain/policy.ts';
import type { ControlEvent } from '../domain/scenario.ts';
import type { Instant } from '../domain/time.ts';
import { considerAccess, considerLimit, cutOff, rejection, restore, stopForLimit } from './access.ts';
import { adjust, expire, grant, postPurchase, purchase, refund } from './credits.ts';
import type { ReplayInput } from './input.ts';
import { closeMonth } from './invoices.ts';
import { expiryInstant, nextExpiring } from './lots.ts';
import { cancelPlan, startPlan } from './plans.ts';
import { lowerBound } from './prefixSums.ts';
import { evaluate, nextWake, rescheduleCooldown } from './recharge.ts';
import { forgetFailures } from './rechargeState.ts';
import type { Run } from './run.ts';
import { takeUsage } from './spending.ts';
import { copyState, initialState, NEVER, type State } from './state.ts';
import { considerTier } from './tiers.ts';

/** A run that can be advanced, looked at, copied and gone on with. */
export class Replay implements Run {
  readonly input: ReplayInput;
  readonly state: State;

  /** Begins at the opening, or goes on from a snapshot of a run of the same input. */
  constructor(input: ReplayInput, snapshot?: State) {
    this.input = input;
    this.state = snapshot === undefined ? initialState(input) : copyState(snapshot);
  }

  /** A copy of the state that later steps do not touch. */
  snapshot(): State {
    return copyState(this.state);
  }

  /** Runs up to and including everything at `to`, at most to the scenario's end. */
  advance(to: Instant): this {
    advance(this, Math.min(to, this.input.until));
    return this;
  }
}

/** The whole run of an input. */
export function replay(input: ReplayInput): Replay {
  return new Replay(input).advance(input.until);
}

function advance(run: Run, to: Instant): void {
  if (to < run.input.opened) return;
  while (step(run, to));
  run.state.now = to;
}

/** Does the one thing that comes next, with all that it sets off at once; false where nothing is left up to `to`. */
export function step(run: Run, to: Instant): boolean {
  const { input, state } = run;
  if (!state.opened) {
    open(run);
    return true;
  }
  noteAccess(state);
  const due = nextDue(state);
  const inputAt = Math.min(rowInstant(run), input.controls[state.control]?.event.at ?? NEVER);
  if (Math.min(due, inputAt) > to) return false;
  if (due <= inputAt) {
    state.now = due;
    performDue(run);
  } else takeInput(run, due, to);
  return true;
}

function open(run: Run): void {
  run.state.opened = true;
  considerTier(run);
  considerAccess(run);
  evaluate(run);
}

/** Keeps a list of when usage was accepted and when not; the rules themselves have several reasons to stop it. */
function noteAccess(state: State): void {
  const reason = rejection(state);
  const last = state.accessChanges.at(-1);
  if (last === undefined || last.reason !== reason)
    state.accessChanges.push({ at: state.now, reason, records: state.timeline.length });
}

function rowInstant({ input, state }: Run): Instant {
  return state.row < input.log.count ? input.log.at[state.row]! : NEVER;
}

/** When the next scheduled thing happens. */
function nextDue(state: State): Instant {
  const { recharge } = state;
  const expiring = nextExpiring(state.book);
  return Math.min(
    recharge.dirty ? state.now : NEVER,
    state.monthEnd,
    expiring === null ? NEVER : expiryInstant(expiring),
    state.pending[0]?.posts_at ?? NEVER,
    state.tierDueAt,
    state.cutoffAt,
    state.limitStopAt,
    state.restoreAt,
    nextWake(state),
  );
}

/** Does the one thing that comes first of all that is due now (section 3, points 1 to 6). */
function performDue(run: Run): void {
  const { state } = run;
  const { now, recharge } = state;
  const expiring = nextExpiring(state.book);
  if (state.monthEnd <= now) {
    closeMonth(run);
    recharge.dirty = true;
  } else if (expiring !== null && expiryInstant(expiring) <= now) {
    expire(run, expiring);
    recharge.dirty = true;
  } else if (state.pending.length > 0 && state.pending[0]!.posts_at <= now) {
    postPurchase(run);
    recharge.dirty = true;
  } else if (state.tierDueAt <= now) considerTier(run);
  else if (state.cutoffAt <= now) cutOff(run);
  else if (state.limitStopAt <= now) stopForLimit(run);
  else if (state.restoreAt <= now) restore(run);
  else evaluate(run);
}

/** Takes the next control event, or usage up to the next one, the next scheduled thing, or the end. */
function takeInput(run: Run, due: Instant, to: Instant): void {
  const { input, state } = run;
  const next = input.controls[state.control];
  if (next !== undefined && next.position <= state.row) {
    state.control++;
    state.now = next.event.at;
    const refusedFor = apply(run, next.event);
    state.outcomes.push(refusedFor);
    if (refusedFor === null) evaluate(run);
    return;
  }
  const { at } = input.log;
  const beyond = lowerBound(at, Math.min(due, to + 1), state.row);
  takeUsage(run, Math.min(next?.position ?? Infinity, beyond));
}

/** Applies a control event; null where it took effect, else why it was refused, rejected or declined. */
function apply(run: Run, event: ControlEvent): string | null {
  const { state } = run;
  switch (event.type) {
    case 'purchase': {
      state.counters.purchase++;
      const id = event.id ?? `purchase-${state.counters.purchase}`;
      const outcome = purchase(run, {
        kind: 'purchase',
        id,
        amount: event.amount,
        declined: event.payment === 'declined',
      });
      return outcome.status === 'paid' ? null : outcome.reason;
    }
    case 'grant':
      grant(run, event);
      return null;
    case 'adjustment':
      adjust(run, event);
      return null;
    case 'refund':
      return refund(run, event.lot);
    case 'auto_recharge':
      state.policy = { ...state.policy, auto_recharge: mergeAutoRecharge(state.policy.auto_recharge, event.set) };
      rescheduleCooldown(run);
      forgetFailures(run);
      return null;
    case 'policy':
      state.policy = mergePolicy(state.policy, event.set);
      if (event.set.auto_recharge !== undefined) {
        rescheduleCooldown(run);
        forgetFailures(run);
      }
      considerTier(run);
      considerLimit(run);
      considerAccess(run);
      return null;
    case 'plan':
      return event.action === 'cancel' ? cancelPlan(run) : startPlan(run, event.plan);
  }
}
