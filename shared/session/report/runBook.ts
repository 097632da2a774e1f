/** A run's own journal (billing model, section 11) as a book: the seller's side, an entry for every movement. */
import { formatInstant } from '../../domain/time.ts';
import { trialBalance, type JournalAccount } from '../../domain/journal.ts';
import type { Book, BookEntry } from '../../export/plainAccounts.ts';
import { dateInZone } from '../../import/statements/dates.ts';
import type { Account } from '../account.ts';
import { causeOf, kindOf } from '../journalKinds.ts';

const ACCOUNTS: Readonly<Record<JournalAccount, readonly string[]>> = {
  cash: ['Assets', 'Cash'],
  payments_pending: ['Liabilities', 'Payments pending'],
  credits: ['Liabilities', 'Credits'],
  promotions: ['Expenses', 'Promotions'],
  adjustments: ['Expenses', 'Adjustments'],
  'revenue:usage': ['Income', 'Usage'],
  'revenue:breakage': ['Income', 'Breakage'],
  overrun_receivable: ['Assets', 'Receivable', 'Overrun'],
  accounts_receivable: ['Assets', 'Receivable', 'Invoices'],
  tax_payable: ['Liabilities', 'Tax'],
  refunds: ['Liabilities', 'Refunds'],
};

/** Every account of the journal is held to its balance at the end of the run. */
export function runBook(account: Account): Book {
  const { parsed, run } = account;
  const { input, state } = run;
  const { currency, minorDigits, zone } = input;
  const last = dateInZone(state.now, zone);
  const moved = new Set(state.journal.flatMap(({ debit, credit }) => [debit, credit]));
  return {
    title: parsed.title === '' ? input.accountId : parsed.title,
    remarks: [
      `the ledger of the account ${input.accountId} as it was replayed, to ${formatInstant(state.now)}`,
      `days in ${zone.name}; the vendor's side: credits are what it owes`,
    ],
    ...{ currency, minorDigits },
    entries: state.journal.map((entry): BookEntry => {
      const { at, debit, credit, amount } = entry;
      return {
        ...{ date: dateInZone(at, zone), isSettled: true, code: lotOf(account, entry), payee: null },
        text: causeOf(account, entry).words,
        notes: { kind: kindOf(entry), at: formatInstant(at) },
        postings: [
          { account: ACCOUNTS[debit], amount, currency },
          { account: ACCOUNTS[credit], amount: -amount, currency },
        ],
      };
    }),
    closing: [...trialBalance(state.journal)]
      .filter(([name]) => moved.has(name))
      .map(([name, amount]) => ({ account: ACCOUNTS[name], date: last, amount })),
  };
}

/** The purchase or lot that an entry is of. */
function lotOf({ run }: Account, { cause }: Account['run']['state']['journal'][number]): string | null {
  const record = 'record' in cause ? run.state.timeline[cause.record] : undefined;
  if (record?.type === 'purchase') return record.id;
  return record !== undefined && 'lot' in record ? record.lot : null;
}
