/** Auto-recharge (section 7): when it is evaluated, when it fires, and what may hold it back. */
import { ceilToMinor, type Atoms } from '../domain/money.ts';
import { addDuration, type Instant } from '../domain/time.ts';
import { cutsOff } from './access.ts';
import { pendingCredits, purchase } from './credits.ts';
import { balanceOf } from './lots.ts';
import { pause } from './rechargeState.ts';
import { record, type Run } from './run.ts';
import { NEVER, type State } from './state.ts';

/** One instant sees at most so many firings. */
const MAX_FIRINGS_AT_ONCE = 100;

/** Whether more usage could set a firing off: everything but the balance and the waits is given. */
function armed(state: State): boolean {
  const { auto_recharge } = state.policy;
  return (
    auto_recharge.enabled &&
    state.plan === 'prepaid' &&
    state.firstPaidAt !== null &&
    state.recharge.pausedFor === null &&
    (auto_recharge.in_flight === 'many' || !state.pending.some(({ kind }) => kind === 'auto_recharge'))
  );
}

/** The figure that the threshold is compared with. */
function comparedFigure(state: State): Atoms {
  return balanceOf(state.book) + (state.policy.auto_recharge.count_pending ? pendingCredits(state) : 0n);
}

function isLow(state: State, figure: Atoms): boolean {
  const { threshold, trigger } = state.policy.auto_recharge;
  return threshold !== null && (trigger === 'below' ? figure < threshold : figure <= threshold);
}

/** Evaluates auto-recharge at the present instant; it fires at most once. */
export function evaluate(run: Run): void {
  const { state } = run;
  const { recharge } = state;
  recharge.dirty = false;
  recharge.skipped = false;
  recharge.evaluatedAt = state.now;
  if (!armed(state) || heldBack(state)) return;
  const figure = comparedFigure(state);
  if (isLow(state, figure)) fire(run, figure);
}

/** A cooldown or a wait after a declined payment runs; its end is an evaluation of its own (section 3, point 6). */
function heldBack({ now, recharge }: State): boolean {
  return now < recharge.cooledAt || now < recharge.waitUntil;
}

/** The next end of a cooldown or a wait that no evaluation has seen. */
export function nextWake({ recharge }: State): Instant {
  const { cooledAt, waitUntil, evaluatedAt } = recharge;
  return Math.min(cooledAt > evaluatedAt ? cooledAt : NEVER, waitUntil > evaluatedAt ? waitUntil : NEVER);
}

/** The cooldown of the last attempt ends by the setting in force: new settings move it. */
export function rescheduleCooldown({ input, state }: Run): void {
  const { recharge } = state;
  if (recharge.lastAttemptAt === -Infinity) return;
  recharge.cooledAt = addDuration(recharge.lastAttemptAt, state.policy.auto_recharge.cooldown, input.zone);
}

function fire(run: Run, figure: Atoms): void {
  const { input, state } = run;
  const { recharge } = state;
  const { amount: fixed, top_up_to, monthly_limit, retry_after } = state.policy.auto_recharge;
  const { minimum } = state.policy.purchase;
  const missing = top_up_to === null ? 0n : ceilToMinor(top_up_to - figure, input.minorDigits);
  const amount = fixed ?? (missing > minimum ? missing : minimum);
  if (monthly_limit !== null && state.monthRecharged + amount > monthly_limit) {
    recharge.skipped = true;
    if (!state.monthSkipRecorded)
      record(run, { at: state.now, type: 'recharge_skipped', reason: 'monthly_limit', amount });
    state.monthSkipRecorded = true;
    return;
  }
  if (recharge.firedAt !== state.now) {
    recharge.firedAt = state.now;
    recharge.firedCount = 0;
  }
  if (recharge.firedCount >= MAX_FIRINGS_AT_ONCE) {
    pause(run, 'too_many_at_once');
    return;
  }
  recharge.firedCount++;
  recharge.lastAttemptAt = state.now;
  rescheduleCooldown(run);
  state.counters.auto++;
  const declinesBefore = recharge.declines;
  const outcome = purchase(run, { kind: 'auto_recharge', id: `auto-${state.counters.auto}`, amount, declined: false });
  if (outcome.status === 'paid') {
    state.monthRecharged += amount;
  } else if (outcome.status === 'refused') {
    pause(run, 'refused');
  } else {
    recharge.declines = declinesBefore + 1;
    const wait = retry_after[declinesBefore];
    if (wait === undefined) pause(run, 'declined');
    else {
      recharge.waitUntil = addDuration(state.now, wait, input.zone);
      // a wait of no time ends at once, and that is evaluated too
      recharge.dirty ||= recharge.waitUntil === state.now;
    }
  }
}

/**
 * How much more usage sets off an evaluation that can change anything; null where none does. At an already low figure
 * it is the least usage there is: the next row with a cost.
 */
export function usageToEvaluation(state: State): Atoms | null {
  const { recharge } = state;
  if (!armed(state) || recharge.skipped || heldBack(state)) return null;
  const figure = comparedFigure(state);
  if (isLow(state, figure)) return 1n;
  const { threshold, trigger } = state.policy.auto_recharge;
  if (threshold === null) return null;
  const fall = figure - threshold + (trigger === 'below' ? 1n : 0n);
  // where what lots do not cover is billed, the balance stops falling when they are used up
  return !cutsOff(state) && fall > state.book.credits ? null : fall;
}
