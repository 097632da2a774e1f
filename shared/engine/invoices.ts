/** Month close and invoices (section 10). */
import { roundToMinor, taxOn, type Atoms } from '../domain/money.ts';
import { startOfMonth } from '../domain/time.ts';
import { considerLimit } from './access.ts';
import { balanceOf } from './lots.ts';
import { post, type Run } from './run.ts';
import { newPeriod, periodLabel } from './state.ts';

/** The calendar month ends: its invoice is issued, its totals begin anew. */
export function closeMonth(run: Run): void {
  const { input, state } = run;
  issueInvoice(run);
  state.monthEnd = startOfMonth(state.now, input.zone, 1);
  state.monthAccepted = 0n;
  state.monthRecharged = 0n;
  state.monthSkipRecorded = false;
  considerLimit(run);
}

/** Issues the invoice of the billing period that ends now, and begins the next. */
export function issueInvoice(run: Run): void {
  const { input, state } = run;
  const { period } = state;
  const { rounding, tax_rate } = state.policy.invoice;
  const round = (amount: Atoms): Atoms => roundToMinor(amount, input.minorDigits, rounding);
  const lines = usageLines(run, round);
  const usage = lines.reduce((sum, [, amount]) => sum + amount, 0n);
  const excess_billed = least(round(period.excess), usage);
  const carried = least(round(period.overrun), usage - excess_billed);
  const debt_brought_forward = round(period.debt_brought_forward);
  const tax = taxOn(excess_billed + debt_brought_forward, tax_rate, input.minorDigits, rounding);
  post(run, 'accounts_receivable', 'tax_payable', tax, { invoice: state.invoices.length });
  const closing_balance = balanceOf(state.book);
  state.invoices.push({
    period: periodLabel(period, input),
    from: period.from,
    to: state.now,
    lines,
    usage,
    excess_billed,
    carried,
    credits_applied: usage - excess_billed - carried,
    debt_brought_forward,
    tax,
    amount_due: excess_billed + debt_brought_forward + tax,
    opening_balance: period.opening_balance,
    purchased: period.purchased,
    granted: period.granted,
    adjusted: period.adjusted,
    drawn: period.drawn,
    expired: period.expired,
    refunded: period.refunded,
    debt_invoiced: period.debt_invoiced,
    closing_balance,
    debt_settled: period.debt_settled,
    purchase_tax: period.purchase_tax,
  });
  state.period = newPeriod(state.now, closing_balance);
}

/** Accepted usage by SKU, each rounded; SKUs in code point order. */
function usageLines({ input, state }: Run, round: (amount: Atoms) => Atoms): [string, Atoms][] {
  const { log } = input;
  const totals = log.noTotals();
  for (const { from, to } of state.period.ranges) log.addBySku(from, to, totals);
  return log.skus
    .map((sku, index): [string, Atoms, number] => [sku, round(totals.cost[index]!), totals.rows[index]!])
    .filter(([, , rows]) => rows > 0)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([sku, amount]) => [sku, amount]);
}

/** Order by Unicode code point; plain string order would put astral characters before U+E000. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA === unitB) continue;
    const astralA = unitA >= 0xd800 && unitA < 0xe000;
    const astralB = unitB >= 0xd800 && unitB < 0xe000;
    if (astralA !== astralB) return astralA ? 1 : -1;
    return unitA - unitB;
  }
  return a.length - b.length;
}

function least(a: Atoms, b: Atoms): Atoms {
  return a < b ? a : b;
}
