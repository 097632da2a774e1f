/** An invoice's own arithmetic. */
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import type { InvoiceFigures } from '../../domain/statement.ts';

/** Figures that only the check needs; null where the file does not state them. */
export interface Checked {
  readonly endingBalance: Atoms | null;
  readonly exclusiveTax: Atoms | null;
  readonly discount: Atoms | null;
}

/** What does not add up, or null. Only what the file states is checked. */
export function invoiceProblem(figures: InvoiceFigures, checked: Checked): string | null {
  const { subtotal, total, startingBalance, amountDue } = figures;
  const { endingBalance, exclusiveTax, discount } = checked;
  if (exclusiveTax !== null && discount !== null && subtotal - discount + exclusiveTax !== total) {
    const parts = `subtotal ${formatAtoms(subtotal)} less discount ${formatAtoms(discount)} plus tax ${formatAtoms(exclusiveTax)}`;
    return `${parts} is not the total ${formatAtoms(total)}`;
  }
  // the customer's balance pays a part, or takes over what is too small to charge
  if (endingBalance !== null && total + startingBalance - endingBalance !== amountDue) {
    const parts = `total ${formatAtoms(total)} with the balance going from ${formatAtoms(startingBalance)} to ${formatAtoms(endingBalance)}`;
    return `${parts} does not leave ${formatAtoms(amountDue)} due`;
  }
  return null;
}
