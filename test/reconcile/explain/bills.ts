/** Usage bills to explain: a month of requests at odd hours, as a case file says them. */
import { explainBill, type BillExplanation } from '../../../shared/reconcile/explain/bill/explain.ts';
import { billOf } from '../../../shared/reconcile/explain/bill/bill.ts';
import { withBillValue } from '../../../shared/reconcile/explain/bill/changes.ts';
import type { ChangeValue } from '../../../shared/reconcile/explain/model.ts';
import { readBillCases } from '../../../shared/scenario/explainCase.ts';
import type { BillCase, BillSpan } from '../../../shared/domain/usageBill.ts';

export function readCase(value: unknown): BillCase {
  const reading = readBillCases(JSON.stringify(value), 'case.json');
  if (!reading.ok) throw new Error(reading.problems.map(({ message }) => message).join('; '));
  return reading.cases[0]!;
}

export type Planted = Readonly<Record<string, ChangeValue>>;

/** What the vendor's bill of a span is, where it follows other rules. */
export function billUnder(given: BillCase, planted: Planted, span: BillSpan = given.span): bigint {
  let policy = given.policy;
  for (const [parameter, value] of Object.entries(planted)) policy = withBillValue(policy, parameter, value)!;
  return billOf(given.events, given.rates, span, policy)!.cents;
}

/** The case as a vendor would state it that follows other rules, with bills of other spans where they are named. */
export function planted(given: BillCase, changes: Planted, others: readonly BillSpan[] = []): BillCase {
  return {
    ...given,
    observed: billUnder(given, changes),
    others: others.map((span) => ({ span, observed: billUnder(given, changes, span) })),
  };
}

export function closing(given: BillCase): BillExplanation[] {
  return explainBill(given).filter(({ residual }) => residual === 0n);
}
