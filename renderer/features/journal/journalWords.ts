/** The journal's accounts and kinds of entry in words, and the side that a balance stands on. */
import type { JournalKind, JournalRow } from '../../../shared/contract/journal.ts';
import type { JournalAccount } from '../../../shared/domain/journal.ts';
import { amountText, countText, isNegative, isZero, negated } from '../../ui/amountText.ts';

export const ACCOUNT_NAMES: Readonly<Record<JournalAccount, string>> = {
  cash: 'Cash',
  payments_pending: 'Payments pending',
  credits: 'Credits',
  promotions: 'Promotions',
  adjustments: 'Adjustments',
  'revenue:usage': 'Revenue: usage',
  'revenue:breakage': 'Revenue: breakage',
  overrun_receivable: 'Overrun receivable',
  accounts_receivable: 'Accounts receivable',
  tax_payable: 'Tax payable',
  refunds: 'Refunds',
};

export const KIND_NAMES: Readonly<Record<JournalKind, string>> = {
  purchase_paid: 'Purchase paid',
  purchase_tax: 'Purchase tax',
  posted: 'Credit posted',
  grant: 'Grant',
  adjustment: 'Adjustment',
  usage_covered: 'Usage covered',
  overrun: 'Overrun',
  excess: 'Excess usage',
  debt_settled: 'Debt settled',
  debt_invoiced: 'Debt invoiced',
  expiry: 'Expiry',
  refund: 'Refund',
  invoice_tax: 'Invoice tax',
};

/** What an entry is of, without what its kind says already: `auto-1, 272.19 charged`, `801 usage rows`, `lot welcome`. */
export function causeWords({ cause: { words } }: Pick<JournalRow, 'cause'>, digits: number): string {
  return words
    .replace(
      /^(?:Purchase|Auto-recharge) (.+) paid, ([\d.]+)$/,
      (_, id: string, charged: string) => `${id}, ${amountText(charged, { digits, exact: true })} charged`,
    )
    .replace(/^(?:Purchase|Auto-recharge) (.+) posted$/, '$1')
    .replace(/^Grant (?=.)/, '')
    .replace(/^(?:Expiry|Refund) of lot /, 'lot ')
    .replace(/^\d+(?= usage row)/, (count) => countText(Number(count)));
}

/** A balance without its sign, on the side that it stands on: neither side is a debt by itself. */
export function sidedBalance(balance: string): { readonly figure: string; readonly side: '' | 'Dr' | 'Cr' } {
  if (isZero(balance)) return { figure: balance, side: '' };
  return isNegative(balance) ? { figure: negated(balance), side: 'Cr' } : { figure: balance, side: 'Dr' };
}
