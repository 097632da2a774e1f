/**
 * The journal (billing model, section 11): every movement is a balanced pair, immutable once posted. `credits` less
 * `overrun_receivable` is the customer's balance.
 */
import type { Atoms } from './money.ts';
import type { Instant } from './time.ts';

export const JOURNAL_ACCOUNTS = [
  'cash',
  'payments_pending',
  'credits',
  'promotions',
  'adjustments',
  'revenue:usage',
  'revenue:breakage',
  'overrun_receivable',
  'accounts_receivable',
  'tax_payable',
  'refunds',
] as const;
export type JournalAccount = (typeof JOURNAL_ACCOUNTS)[number];

/** One movement: `amount`, always positive, from the credit side to the debit side. */
export interface JournalEntry {
  readonly at: Instant;
  readonly debit: JournalAccount;
  readonly credit: JournalAccount;
  readonly amount: Atoms;
  /** What made it: a timeline record, a span of usage rows, or an invoice, by index. */
  readonly cause: { readonly record: number } | { readonly span: number } | { readonly invoice: number };
}

/** Debits less credits of every account. The sum over all accounts is zero, always. */
export function trialBalance(entries: Iterable<JournalEntry>): Map<JournalAccount, Atoms> {
  const sums = new Map<JournalAccount, Atoms>(JOURNAL_ACCOUNTS.map((account) => [account, 0n]));
  for (const { debit, credit, amount } of entries) {
    sums.set(debit, sums.get(debit)! + amount);
    sums.set(credit, sums.get(credit)! - amount);
  }
  return sums;
}
