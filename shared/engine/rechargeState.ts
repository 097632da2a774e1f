/** What holds auto-recharge back after a failure, and what ends it (section 7). */
import type { PauseReason } from '../domain/result.ts';
import { record, type Run } from './run.ts';

/** Recorded also while auto-recharge is disabled; a pause in effect keeps its reason and records nothing. */
export function pause(run: Run, reason: PauseReason): void {
  const { recharge, now } = run.state;
  if (recharge.pausedFor !== null) return;
  recharge.pausedFor = reason;
  record(run, { at: now, type: 'recharge_paused', reason });
}

/** A purchase was paid, or new settings were taken: a pause, a wait and the count of declines end; a cooldown goes on. */
export function forgetFailures(run: Run): void {
  const { recharge, now } = run.state;
  recharge.declines = 0;
  recharge.waitUntil = -Infinity;
  if (recharge.pausedFor === null) return;
  recharge.pausedFor = null;
  record(run, { at: now, type: 'recharge_resumed' });
}
