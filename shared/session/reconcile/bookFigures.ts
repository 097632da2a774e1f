/**
 * The same movements in the words of either book. The seller owes what was paid and not used (contract liability) and earns
 * it by use or by breakage; the buyer has it (prepaid expense) and spends or loses it. Credits that were given are neither:
 * nobody paid for them.
 */
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import { breakageRate, type BreakageLine } from '../../reconcile/breakage.ts';
import { rollForward, type BalanceMovements, type RollForwardSums } from '../../reconcile/rollForward.ts';
import type { Account } from '../account.ts';
import type { MonthBounds } from './rollForward.ts';

export interface BookFigure {
  readonly label: string;
  readonly amount: Atoms;
  readonly note: string;
}

/** @param breakage by purchase month, and what its rate comes from */
export function sellerFigures(
  account: Account,
  movements: BalanceMovements,
  bounds: MonthBounds,
  breakage: { readonly months: readonly BreakageLine[]; readonly setting: Atoms | null; readonly refundable: boolean },
): BookFigure[] {
  const { paid, given, debt } = parted(movements, bounds);
  const sum = (of: (line: BreakageLine) => Atoms): Atoms => breakage.months.reduce((all, line) => all + of(line), 0n);
  const note = rateNote(movements, bounds, breakage);
  return [
    figure('Contract liability, opening', paid.opening, 'paid credits not used, breakage recognised when expired'),
    figure('Contract liability, closing', paid.closing, 'the same at the end'),
    figure(
      'Contract liability, closing, in proportion',
      sum(({ liabilityInProportion }) => liabilityInProportion),
      note,
    ),
    figure('Revenue from use of paid credits', paid.usage, 'drawn from credits that were paid for'),
    figure(
      'Breakage, recognised when expired',
      sum(({ whenExpired }) => whenExpired),
      'ASC 606-10-55-48',
    ),
    figure(
      'Breakage, recognised in proportion to use',
      sum(({ inProportion }) => inProportion),
      note,
    ),
    figure('Use of credits given', given.usage, 'drawn from credits that nobody paid for'),
    figure('Credits given, closing', given.closing, 'not paid for: no contract liability'),
    figure('Usage beyond credits', debt.usage, 'revenue, and a receivable until credits settle it'),
    figure('Receivable for usage beyond credits, closing', -debt.closing, 'repaid by the next credits'),
    figure(
      'Paid and not yet credited, closing',
      pendingAt(account, bounds.to),
      'a contract liability that is no credit yet',
    ),
  ];
}

export function buyerFigures(account: Account, movements: BalanceMovements, bounds: MonthBounds): BookFigure[] {
  const { paid, given, debt } = parted(movements, bounds);
  return [
    figure('Prepaid expense, opening', paid.opening, 'credits that were paid for and not used'),
    figure('Prepaid expense, closing', paid.closing, 'the same at the end'),
    figure('Expense: use of prepaid credits', paid.usage, 'drawn from credits that were paid for'),
    figure('Expense: usage beyond credits', debt.usage, 'accrued until credits settle it'),
    figure('Loss on expiry', paid.expired, 'paid credits that expired unused'),
    figure('Refunded', paid.refunds, 'paid credits taken back'),
    figure('Use of credits given', given.usage, 'not paid for: no expense'),
    figure('Accrued usage beyond credits, closing', -debt.closing, 'settled by the next credits'),
    figure(
      'Paid and not yet credited, opening',
      pendingAt(account, bounds.from),
      'prepaid expense that is no credit yet',
    ),
    figure('Paid and not yet credited, closing', pendingAt(account, bounds.to), 'the same at the end'),
  ];
}

/** What was paid before an instant and had not posted by then. */
export function pendingAt({ run }: Account, at: Instant): Atoms {
  let pending = 0n;
  for (const entry of run.state.timeline) {
    if (entry.at >= at) break;
    if (entry.type === 'purchase') pending += entry.amount;
    else if (entry.type === 'posting') pending -= entry.amount;
  }
  return pending;
}

function parted(
  { lots, debt }: BalanceMovements,
  bounds: MonthBounds,
): Readonly<Record<'paid' | 'given' | 'debt', RollForwardSums>> {
  const isPaid = ({ kind }: BalanceMovements['lots'][number]): boolean =>
    kind === 'purchase' || kind === 'auto_recharge';
  const of = (movements: BalanceMovements): RollForwardSums => rollForward(movements, bounds, 'purchase_month').total;
  return {
    paid: of({ lots: lots.filter(isPaid), debt: [] }),
    given: of({ lots: lots.filter((lot) => !isPaid(lot)), debt: [] }),
    debt: of({ lots: [], debt }),
  };
}

function rateNote(
  movements: BalanceMovements,
  { to }: MonthBounds,
  { setting, refundable }: { readonly setting: Atoms | null; readonly refundable: boolean },
): string {
  if (refundable) return 'credits are refundable: none is expected to lapse';
  const rate = formatAtoms(breakageRate(movements, to, setting) * 100n);
  const [whole = '0', fraction = ''] = rate.split('.');
  const short = `${whole}${fraction === '' ? '' : `.${fraction.slice(0, 2)}`} %`;
  return setting === null
    ? `${short} of paid credits expected to expire, as of those used up or expired by then (ASC 606-10-55-48)`
    : `${short} of paid credits expected to expire, by the setting (ASC 606-10-55-48)`;
}

function figure(label: string, amount: Atoms, note: string): BookFigure {
  return { label, amount, note };
}
