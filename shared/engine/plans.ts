/** Plans and switching between them (section 9). */
import { considerAccess } from './access.ts';
import { issueInvoice } from './invoices.ts';
import { nextRecord, post, record, type Run } from './run.ts';
import { NEVER } from './state.ts';

/** Ends the current plan; credits and debt stay. Returns why not, where there is none. */
export function cancelPlan(run: Run): string | null {
  const { state } = run;
  const { plan } = state;
  if (plan === 'none') return reject(run, 'no_plan');
  if (plan === 'monthly') issueInvoice(run);
  record(run, { at: state.now, type: 'plan_cancelled', plan });
  state.plan = 'none';
  state.access = 'closed';
  state.cutoffAt = NEVER;
  state.restoreAt = NEVER;
  return null;
}

/** Starts a plan where none is active. Returns why not. */
export function startPlan(run: Run, plan: 'prepaid' | 'monthly'): string | null {
  const { state } = run;
  if (state.plan !== 'none')
    return reject(run, state.plan === 'monthly' ? 'arrears_plan_active' : 'prepaid_plan_active');
  const debt_invoiced = plan === 'monthly' ? state.book.debt : 0n;
  post(run, 'accounts_receivable', 'overrun_receivable', debt_invoiced, nextRecord(run));
  state.book.debt -= debt_invoiced;
  state.period.debt_invoiced += debt_invoiced;
  state.period.debt_brought_forward += debt_invoiced;
  state.plan = plan;
  state.access = plan === 'monthly' ? 'open' : 'closed';
  record(run, { at: state.now, type: 'plan_started', plan, debt_invoiced });
  considerAccess(run);
  return null;
}

function reject(run: Run, reason: string): string {
  record(run, { at: run.state.now, type: 'plan_rejected', reason });
  return reason;
}
