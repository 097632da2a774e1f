/** What a file holds, in words. */
import type { ImportReport } from '../../shared/contract/importing.ts';

export type Known = Pick<ImportReport, 'kind' | 'format'>;

/** Statements are of a bank or of a vendor; a vendor's are invoices, receipts and what was paid on them. */
export function isInvoices({ format }: Pick<Known, 'format'>): boolean {
  return /invoice|receipt|stripe|billing|focus/i.test(format);
}

/** What a vendor says is left, or notes of it: no movements. */
export function isBalances({ format }: Pick<Known, 'format'>): boolean {
  return /^balances-|-balance$|-credits$|-credit-grants$/.test(format) && format !== 'stripe-balance';
}

/** Usage with costs of its own can be set beside the simulated one instead of counting. */
export function canBeCompared({ kind, totals, repeated }: Pick<ImportReport, 'kind' | 'totals' | 'repeated'>): boolean {
  return kind === 'usage' && Object.keys({ ...totals, ...repeated }).length > 0;
}

export function kindName(of: Known): string {
  if (of.kind === 'usage') return 'usage';
  if (of.kind === 'unknown') return 'not recognised';
  if (isBalances(of)) return 'stated balances';
  return isInvoices(of) ? 'invoices' : 'bank statement';
}
