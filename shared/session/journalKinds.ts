/** What an entry of the journal says happened: its kind by its two accounts, and its cause in words. */
import type { JournalCause, JournalKind } from '../contract/journal.ts';
import { JOURNAL_ACCOUNTS, type JournalAccount, type JournalEntry } from '../domain/journal.ts';
import { formatAtoms } from '../domain/money.ts';
import type { TimelineRecord } from '../domain/result.ts';
import { spanEntryRows } from './journalUsage.ts';
import type { Account } from './account.ts';

type Pair = `${JournalAccount}/${JournalAccount}`;

/** Every pair that the billing model's section 11 posts, debit first. */
const KINDS: Readonly<Partial<Record<Pair, JournalKind>>> = {
  'cash/payments_pending': 'purchase_paid',
  'cash/tax_payable': 'purchase_tax',
  'payments_pending/credits': 'posted',
  'promotions/credits': 'grant',
  'adjustments/credits': 'adjustment',
  'credits/adjustments': 'adjustment',
  'overrun_receivable/adjustments': 'adjustment',
  'credits/revenue:usage': 'usage_covered',
  'overrun_receivable/revenue:usage': 'overrun',
  'accounts_receivable/revenue:usage': 'excess',
  'credits/overrun_receivable': 'debt_settled',
  'accounts_receivable/overrun_receivable': 'debt_invoiced',
  'credits/revenue:breakage': 'expiry',
  'credits/refunds': 'refund',
  'accounts_receivable/tax_payable': 'invoice_tax',
};

export const JOURNAL_KINDS: readonly JournalKind[] = [...new Set(Object.values(KINDS))];

/** By `debit * accounts + credit`, places in `JOURNAL_ACCOUNTS`: a place in `JOURNAL_KINDS`, -1 where nothing posts so. */
export const KIND_OF_PAIR: Int8Array = Int8Array.from(
  JOURNAL_ACCOUNTS.flatMap((debit) => JOURNAL_ACCOUNTS.map((credit) => kindPlace(KINDS[`${debit}/${credit}`]))),
);

function kindPlace(kind: JournalKind | undefined): number {
  return kind === undefined ? -1 : JOURNAL_KINDS.indexOf(kind);
}

/** @throws RangeError for a pair that the billing model does not post */
export function kindOf({ debit, credit }: JournalEntry): JournalKind {
  const kind = KINDS[`${debit}/${credit}`];
  if (kind === undefined) throw new RangeError(`nothing posts from ${credit} to ${debit}`);
  return kind;
}

export function causeOf(account: Account, entry: JournalEntry): JournalCause {
  const { state, input } = account.run;
  const { cause } = entry;
  if ('record' in cause) {
    const record = state.timeline[cause.record];
    return { of: 'record', index: cause.record, words: record === undefined ? '' : recordWords(record) };
  }
  if ('invoice' in cause) {
    const period = state.invoices[cause.invoice]?.period ?? '';
    return { of: 'invoice', index: cause.invoice, words: `Invoice ${period}` };
  }
  const [from, to] = spanEntryRows(account, entry);
  const count = to - from;
  const sku = count === 1 ? ` of ${input.log.skus[input.log.sku[from] ?? 0] ?? ''}` : '';
  return { of: 'span', index: cause.span, words: `${count} usage row${count === 1 ? '' : 's'}${sku}` };
}

/** Records that move money; the others cause no entry. */
export function recordWords(record: TimelineRecord): string {
  switch (record.type) {
    case 'purchase':
      return `${record.kind === 'purchase' ? 'Purchase' : 'Auto-recharge'} ${record.id} paid, ${formatAtoms(record.charged)}`;
    case 'posting':
      return `${record.kind === 'purchase' ? 'Purchase' : 'Auto-recharge'} ${record.lot} posted`;
    case 'grant':
      return `Grant ${record.lot}`;
    case 'adjustment':
      return `Adjustment of ${formatAtoms(record.amount)}`;
    case 'refund':
      return `Refund of lot ${record.lot}`;
    case 'expiry':
      return `Expiry of lot ${record.lot}`;
    case 'plan_started':
      return `Plan ${record.plan} started`;
    case 'purchase_rejected':
    case 'payment_declined':
    case 'refund_rejected':
    case 'recharge_skipped':
    case 'recharge_paused':
    case 'recharge_resumed':
    case 'tier':
    case 'cutoff':
    case 'restored':
    case 'limit_reached':
    case 'limit_lifted':
    case 'plan_cancelled':
    case 'plan_rejected':
      return record.type.replaceAll('_', ' ');
  }
}
