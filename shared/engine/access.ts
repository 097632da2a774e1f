/** Access: delayed cut-off and restoration (section 6), and the tier's monthly usage limit (section 8). */
import type { Atoms } from '../domain/money.ts';
import type { Tier } from '../domain/policy.ts';
import type { RejectionReason } from '../domain/result.ts';
import { addDuration } from '../domain/time.ts';
import { balanceOf } from './lots.ts';
import { record, type Run } from './run.ts';
import { NEVER, type State } from './state.ts';

/** Whether what lots do not cover becomes debt and closes access, at the present plan and policy. */
export function cutsOff(state: State): boolean {
  return state.plan === 'prepaid' && state.policy.exhausted === 'cut_off';
}

/** Why usage would be rejected now; null where it is accepted (section 5). */
export function rejection(state: State): RejectionReason | null {
  if (state.plan === 'none') return 'no_plan';
  if (cutsOff(state) && state.access === 'closed') return 'insufficient_quota';
  return state.limitStopped ? 'monthly_limit' : null;
}

/** After anything that changes the balance, the policy or the plan: sets or drops a cut-off or a restoration. */
export function considerAccess({ input, state }: Run): void {
  if (state.plan !== 'prepaid') return;
  if (state.policy.exhausted === 'bill_excess') {
    state.access = 'open';
    state.cutoffAt = NEVER;
    state.restoreAt = NEVER;
    return;
  }
  const { delay, restore_delay, floor } = state.policy.cutoff;
  const above = balanceOf(state.book) > floor;
  if (state.access === 'open') {
    if (above) state.cutoffAt = NEVER;
    else if (state.cutoffAt === NEVER) state.cutoffAt = addDuration(state.now, delay, input.zone);
  } else {
    if (!above) state.restoreAt = NEVER;
    else if (state.restoreAt === NEVER) state.restoreAt = addDuration(state.now, restore_delay, input.zone);
  }
}

export function cutOff(run: Run): void {
  const { state } = run;
  state.cutoffAt = NEVER;
  state.access = 'closed';
  record(run, { at: state.now, type: 'cutoff', balance: balanceOf(state.book) });
  considerAccess(run);
}

export function restore(run: Run): void {
  const { state } = run;
  state.restoreAt = NEVER;
  state.access = 'open';
  record(run, { at: state.now, type: 'restored', balance: balanceOf(state.book) });
  considerAccess(run);
}

/** The tier that is held, as the policy in force describes it. */
export function tierInForce(state: State): Tier | null {
  if (state.tier === null) return null;
  return state.policy.tiers.find((tier) => tier.name === state.tier) ?? null;
}

/** What the month may still take before the limit is reached; null without a limit. */
export function limitLeft(state: State): Atoms | null {
  const limit = tierInForce(state)?.monthly_limit ?? null;
  return limit === null ? null : limit - state.monthAccepted;
}

/** After anything that changes the month's usage, the tier or its limits: sets, drops or lifts the monthly stop. */
export function considerLimit(run: Run): void {
  const { input, state } = run;
  const left = limitLeft(state);
  if (left !== null && left <= 0n) {
    if (!state.limitStopped && state.limitStopAt === NEVER)
      state.limitStopAt = addDuration(state.now, state.policy.cutoff.delay, input.zone);
    return;
  }
  state.limitStopAt = NEVER;
  if (!state.limitStopped) return;
  state.limitStopped = false;
  record(run, { at: state.now, type: 'limit_lifted' });
}

export function stopForLimit(run: Run): void {
  const { state } = run;
  state.limitStopAt = NEVER;
  state.limitStopped = true;
  record(run, { at: state.now, type: 'limit_reached' });
}
