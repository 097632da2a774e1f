/** Usage (section 5), a span of rows at a time: as far as nothing can change, all rows share one fate. */
import type { Atoms } from '../domain/money.ts';
import type { RejectionReason } from '../domain/result.ts';
import { considerAccess, considerLimit, cutsOff, limitLeft, rejection } from './access.ts';
import { balanceOf, draw, type Draw } from './lots.ts';
import { evaluate, usageToEvaluation } from './recharge.ts';
import { post, type Run } from './run.ts';
import { NEVER, type Period, type UsageSpan } from './state.ts';

/** Takes the next rows, at least one and none at or beyond `limit`; stops after a row that sets something off. */
export function takeUsage(run: Run, limit: number): void {
  const status = rejection(run.state);
  if (status === null) accept(run, limit);
  else reject(run, limit, status);
}

function reject(run: Run, to: number, status: RejectionReason): void {
  const { input, state } = run;
  const from = state.row;
  let total = state.rejected.get(status);
  if (total === undefined) state.rejected.set(status, (total = { rows: 0, cost: 0n }));
  total.rows += input.log.rowsBetween(from, to);
  total.cost += input.log.sums.between(from, to);
  pushSpan(run, to, status, state.book.credits, []);
}

function accept(run: Run, limit: number): void {
  const { input, state } = run;
  const { sums } = input.log;
  const { period } = state;
  const { credits } = state.book;
  const from = state.row;
  const to = endOfSpan(run, limit);
  const cost = sums.between(from, to);
  const { covered, draws } = draw(state.book, cost);
  const uncovered = cost - covered;
  const cause = { span: state.spans.length };
  pushSpan(run, to, 'accepted', credits, draws);
  post(run, 'credits', 'revenue:usage', covered, cause);
  if (cutsOff(state)) {
    state.book.debt += uncovered;
    state.overrun += uncovered;
    period.overrun += uncovered;
    period.drawn += cost;
    post(run, 'overrun_receivable', 'revenue:usage', uncovered, cause);
  } else {
    period.excess += uncovered;
    period.drawn += covered;
    post(run, 'accounts_receivable', 'revenue:usage', uncovered, cause);
  }
  state.accepted.rows += input.log.rowsBetween(from, to);
  state.accepted.cost += cost;
  state.monthAccepted += cost;
  addRange(period, from, to);

  // zero cost sets nothing off
  if (sums.cost(to - 1) === 0n) return;
  considerLimit(run);
  considerAccess(run);
  evaluate(run);
}

/** One past the first row that sets something off, or `limit`. */
function endOfSpan({ input, state }: Run, limit: number): number {
  const { sums } = input.log;
  let end = limit;
  const stopAfter = (usage: Atoms | null): void => {
    if (usage === null) return;
    const row = sums.firstReaching(usage, state.row, end);
    if (row >= 0) end = row + 1;
  };
  if (cutsOff(state) && state.cutoffAt === NEVER) stopAfter(balanceOf(state.book) - state.policy.cutoff.floor);
  if (state.limitStopAt === NEVER) stopAfter(limitLeft(state));
  stopAfter(usageToEvaluation(state));
  return end;
}

/** Puts the rows up to `to` on record as a span that began on `credits` and the present debt, and moves past them. */
function pushSpan(
  { input, state }: Run,
  to: number,
  status: UsageSpan['status'],
  credits: Atoms,
  draws: readonly Draw[],
): void {
  state.spans.push({
    from: state.row,
    to,
    status,
    uncovered: cutsOff(state) ? 'overrun' : 'excess',
    credits,
    debt: state.book.debt,
    draws,
    records: state.timeline.length,
  });
  state.row = to;
  state.now = input.log.at[to - 1]!;
}

/** Accepted rows of the period; neighbouring ranges become one. */
function addRange(period: Period, from: number, to: number): void {
  const last = period.ranges.at(-1);
  if (last?.to === from) last.to = to;
  else period.ranges.push({ from, to });
}
