/** The figures of an account's first screen. */
import type { AccountView } from '../contract/engine.ts';
import type { KeptWork } from '../contract/kept.ts';
import { trialBalance } from '../domain/journal.ts';
import { formatAtoms, type Atoms } from '../domain/money.ts';
import { DAY_MS } from '../domain/time.ts';
import { rejection } from '../engine/access.ts';
import { balanceOf, nextExpiring } from '../engine/lots.ts';
import { visibleAccess } from '../engine/resultJson.ts';
import type { State } from '../engine/state.ts';
import type { Account } from './account.ts';
import { annotationsOf } from './annotations.ts';
import type { Steps } from './history.ts';
import { placementView, uncertain, type AccountRun } from './placements.ts';
import type { LogRecord } from '../domain/reconLog.ts';
import { statedCounts } from './statedNotes.ts';

const NO_STEPS: Steps = { undo: null, redo: null };
export const NOTHING_KEPT: KeptWork = { variants: [], queries: [] };

/** @param steps what undo and redo would do */
export function viewOf(
  account: Account,
  steps: Steps = NO_STEPS,
  kept: KeptWork = NOTHING_KEPT,
  log: readonly LogRecord[] = [],
): AccountView {
  const { run, expectations, sources } = account;
  const { state, input } = run;
  const { auto_recharge, cutoff, exhausted } = state.policy;
  const { marks, overruns } = annotationsOf(account);
  const counts: Record<string, number> = {};
  for (const { kind } of marks) counts[kind] = (counts[kind] ?? 0) + 1;
  const failures = expectations.filter(({ holds }) => !holds);
  return {
    title: input.title,
    account: input.accountId,
    currency: input.currency,
    minorDigits: input.minorDigits,
    timezone: input.zone.name,
    plan: state.plan,
    from: input.opened,
    to: input.until,
    figures: figuresOf(account),
    counts: {
      timeline: state.timeline.length,
      lots: state.book.all.length,
      invoices: state.invoices.length,
      usage: input.log.count,
      files: sources.filter(({ report }) => report.format !== 'generated').length,
      marks: counts,
      overruns: overruns.length,
      cutoffs: state.timeline.filter(({ type }) => type === 'cutoff').length,
      stated: statedCounts(account, log),
    },
    placement: placementView(account),
    threshold: auto_recharge.enabled && auto_recharge.threshold !== null ? formatAtoms(auto_recharge.threshold) : null,
    floor: exhausted === 'cut_off' && cutoff.floor !== 0n ? formatAtoms(cutoff.floor) : null,
    expectations: {
      held: expectations.length - failures.length,
      failed: failures.length,
      failures: failures.map(
        ({ expected, actual }) => `expected ${JSON.stringify(expected)}, the run has ${JSON.stringify(actual)}`,
      ),
    },
    trialBalance: formatAtoms(outOfBalance(account)),
    unpriced: unpricedOf(account),
    replayMs: account.replayMs,
    ...steps,
    imports: sources.map(({ report }) => report),
    kept,
  };
}

function unpricedOf({ unpriced }: Account): AccountView['unpriced'] {
  if (unpriced.length === 0) return null;
  const rows = unpriced.reduce((sum, problem) => sum + problem.rows, 0);
  return { rows, skus: [...new Set(unpriced.map(({ sku }) => sku))] };
}

/**
 * What does not tie: debits less credits over all accounts, or the journal's customer balance less the ledger's. Zero,
 * unless the engine is wrong.
 */
export function outOfBalance({ run }: Pick<Account, 'run'>): Atoms {
  const sums = trialBalance(run.state.journal);
  const total = [...sums.values()].reduce((sum, amount) => sum + amount, 0n);
  // credits is a liability: its balance stands on the credit side
  const customer = -sums.get('credits')! - sums.get('overrun_receivable')!;
  return total !== 0n ? total : customer - balanceOf(run.state.book);
}

function figuresOf(account: Account): AccountView['figures'] {
  const { run } = account;
  const { state } = run;
  const expiring = nextExpiring(state.book);
  const rejected = [...state.rejected].map(([reason, { rows, cost }]) => ({
    reason,
    count: rows,
    cost: formatAtoms(cost),
  }));
  let rejectedCost = 0n;
  for (const { cost } of state.rejected.values()) rejectedCost += cost;
  return {
    balance: formatAtoms(balanceOf(state.book)),
    lots: formatAtoms(state.book.credits),
    lotsOpen: state.book.all.filter(({ remaining }) => remaining > 0n).length,
    debt: formatAtoms(state.book.debt),
    access: visibleAccess(run),
    accessReason: rejection(state),
    accessSince: state.accessChanges.at(-1)?.at ?? null,
    accessSinceAbout: isAccessAbout(account),
    tier: state.tier,
    nextTier: nextTier(state),
    nextExpiry:
      expiring === null
        ? null
        : { at: expiring.expires_at!, lot: expiring.id, amount: formatAtoms(expiring.remaining) },
    accepted: { count: state.accepted.rows, cost: formatAtoms(state.accepted.cost) },
    rejected: {
      count: rejected.reduce((sum, { count }) => sum + count, 0),
      cost: formatAtoms(rejectedCost),
      reasons: rejected,
    },
    overrun: formatAtoms(state.overrun),
  };
}

/** Whether the last change of access is at another instant, or another one, where buckets are placed otherwise. */
function isAccessAbout(account: Account): boolean {
  const last = ({ run }: AccountRun): readonly string[] => {
    const change = run.state.accessChanges.at(-1);
    return change === undefined ? [] : [`${change.at} ${change.reason ?? ''}`];
  };
  const isUncertain = uncertain(account, last, account.run.state.accessChanges.length > 1);
  return last(account).some(isUncertain);
}

function nextTier(state: State): AccountView['figures']['nextTier'] {
  const { tiers } = state.policy;
  const next = tiers[tiers.findIndex(({ name }) => name === state.tier) + 1];
  if (next === undefined) return null;
  const missing = next.paid > state.paid ? next.paid - state.paid : 0n;
  const daysSince = state.firstPaidAt === null ? 0 : Math.floor((state.now - state.firstPaidAt) / DAY_MS);
  return { name: next.name, missing: formatAtoms(missing), days: Math.max(0, next.days - daysSince) };
}
