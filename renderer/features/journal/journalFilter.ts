/** What the journal is filtered by, as it is chosen on screen: every part is there, and says when it asks for nothing. */
import type { AccountSums, JournalFilter, JournalKind } from '../../../shared/contract/journal.ts';
import { JOURNAL_ACCOUNTS, type JournalAccount } from '../../../shared/domain/journal.ts';
import { formatAtoms, parseAmount } from '../../../shared/domain/money.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface JournalChoice {
  readonly accounts: readonly JournalAccount[];
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly kind: JournalKind | null;
  readonly text: string;
  readonly minAmount: string;
}

export const WHOLE_JOURNAL: JournalChoice = {
  accounts: [],
  from: null,
  to: null,
  kind: null,
  text: '',
  minAmount: '',
};

export function filterOf({ accounts, from, to, kind, text, minAmount }: JournalChoice): JournalFilter {
  return {
    ...(accounts.length === 0 ? {} : { accounts }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(kind === null ? {} : { kind }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(minAmount === '' ? {} : { minAmount }),
  };
}

export function isWhole(choice: JournalChoice): boolean {
  return Object.keys(filterOf(choice)).length === 0;
}

/** Whether rows of the chosen accounts are left out, so that opening, sums and closing need not add up. */
export function leavesOut({ kind, text, minAmount }: JournalChoice): boolean {
  return kind !== null || text.trim() !== '' || minAmount !== '';
}

/** The accounts with one more or one less, in the journal's order. */
export function toggled(accounts: readonly JournalAccount[], account: JournalAccount): readonly JournalAccount[] {
  const chosen = new Set(accounts);
  if (!chosen.delete(account)) chosen.add(account);
  return JOURNAL_ACCOUNTS.filter((each) => chosen.has(each));
}

/** Debits and credits of some of the accounts together, exact. */
export function sumsOf(
  accounts: readonly JournalAccount[],
  sums: readonly AccountSums[],
): { readonly debit: string; readonly credit: string } {
  const of = sums.filter(({ account }) => accounts.includes(account));
  return { debit: added(of.map(({ debit }) => debit)), credit: added(of.map(({ credit }) => credit)) };
}

function added(amounts: readonly string[]): string {
  let sum = 0n;
  for (const amount of amounts) {
    const atoms = parseAmount(amount);
    if (typeof atoms === 'bigint') sum += atoms;
  }
  return formatAtoms(sum);
}

/** An amount as it is typed, in its one form. */
export function readLeastAmount(text: string): { readonly value: string } | { readonly problem: string } {
  // a comma elsewhere may be somebody's point
  const isGrouped = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text);
  const atoms = parseAmount(isGrouped ? text.replaceAll(',', '') : text);
  return typeof atoms === 'bigint' && atoms >= 0n
    ? { value: formatAtoms(atoms) }
    : { problem: 'Write an amount such as 12.50' };
}
