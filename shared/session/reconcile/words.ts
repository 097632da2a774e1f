/** The words of the screen for what matching found. */
import type { ReconSide, StepCategory } from '../../contract/reconcile.ts';
import type { CalendarDate } from '../../domain/statement.ts';
import type { Leg, LegLink } from './leg.ts';

const LABELS: Readonly<Record<StepCategory, string>> = {
  tax: 'Tax',
  fee: 'Fee',
  fx: 'Exchange',
  rounding: 'Rounding',
  amount_difference: 'Amount differs',
  timing: 'In transit',
  timing_prior_period: 'Prior period',
  reversed: 'Reversed',
  duplicate_in_ledger: 'Doubled',
  duplicate_in_statement: 'Doubled',
  missing_in_ledger: 'No document',
  missing_in_statement: 'Not on the bank',
  ambiguous: 'Ambiguous',
  unexplained: 'Unexplained',
};

export function stepLabel(leg: Leg, category: StepCategory): string {
  if (leg !== 'document_bank' && category === 'missing_in_ledger') return 'Not simulated';
  if (leg === 'simulated_document' && category === 'missing_in_statement') return 'No document';
  if (leg === 'simulated_document' && category === 'timing') return 'Other period';
  return LABELS[category];
}

/** State of a link, open or not. */
export function linkState({ rule, status, ambiguous, ledger, statement, category }: LegLink): string {
  if (status === 'suggested') return ambiguous ? 'Ambiguous' : 'Suggested';
  if (status === 'exception') return category === 'none' ? 'Other date' : LABELS[category];
  if (rule === 'by_hand') return 'By hand';
  if (rule === 'reversal') return 'Reversed';
  if (ledger.length > 1 || statement.length > 1) return `Group ${ledger.length} : ${statement.length}`;
  return (
    { reference: 'Reference', exact: 'Same amount', date_exception: 'Other date' }[rule as string] ?? 'Near amount'
  );
}

/** What an empty cell lacks. */
export function lackOf(side: ReconSide, category: StepCategory, breakOn: CalendarDate | null): string {
  if (side === 'simulated') return 'nothing simulated';
  const until = breakOn === null ? '' : `, expected by ${dayInWords(breakOn)}`;
  if (side === 'document') return category === 'timing' ? `no invoice or receipt yet${until}` : 'no invoice or receipt';
  return category === 'timing' ? `not yet on the bank${until}` : 'not on the bank';
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
].concat(['November', 'December']);

/** `6 Nov`. */
export function dayInWords(date: CalendarDate): string {
  const [, month = 0, day = 0] = date.split('-').map(Number);
  return `${day} ${(MONTHS[month - 1] ?? '').slice(0, 3)}`;
}

/** `October 2026`. */
export function monthInWords(month: string): string {
  const [year = 0, index = 0] = month.split('-').map(Number);
  return `${MONTHS[index - 1] ?? ''} ${year}`;
}

/** `same invoice number`, `1 day apart`, `2 others have this amount`. */
export function evidenceOf({ rule, evidence, reason, ledger, statement, ambiguous }: LegLink): string[] {
  if (evidence === null) return ['put together by hand', ...(reason === null || reason === '' ? [] : [reason])];
  const { reference, days, sameAmount } = evidence;
  const said: string[] = [];
  if (rule === 'reference' && reference !== null) said.push(`same number, ${reference}`);
  else if (rule === 'exact') said.push('same amount');
  else if (rule === 'group') said.push(`${ledger.length} and ${statement.length} add up to the same amount`);
  else if (rule === 'tolerance') said.push('amounts within what is tolerated');
  else if (rule === 'fx') said.push('same amount at the exchange rate');
  else if (rule === 'reversal') said.push('given back in full, with no document of either');
  else if (rule === 'date_exception') said.push('same amount, on another date');
  said.push(daysApart(days));
  // of one payment both sides have one: the longer list says how many rivals there are
  const others = Math.max(sameAmount.ledger, sameAmount.statement);
  if (others > 0) said.push(others === 1 ? '1 other has this amount' : `${others} others have this amount`);
  if (ambiguous) said.push('others would do as well');
  return said;
}

function daysApart({ least, most }: { readonly least: number; readonly most: number }): string {
  const words = (days: number): string => {
    const count = Math.abs(days);
    if (count === 0) return 'same day';
    return `${count === 1 ? '1 day' : `${count} days`} ${days > 0 ? 'later' : 'earlier'}`;
  };
  return least === most ? words(least) : `${words(least)} to ${words(most)}`;
}
