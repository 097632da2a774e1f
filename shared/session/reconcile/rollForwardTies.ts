/** What a month's roll-forward is held against: the journal, and the movements that the month's invoices state. */
import type { JournalKind } from '../../contract/journal.ts';
import type { RollForward } from '../../contract/reconcile.ts';
import type { Invoice } from '../../domain/result.ts';
import { formatAtoms, parseAmount, type Atoms } from '../../domain/money.ts';
import type { RollForwardSums } from '../../reconcile/rollForward.ts';
import type { Account } from '../account.ts';
import { journalPage } from '../journal.ts';
import type { MonthBounds } from './rollForward.ts';

type Ties = RollForward['ties'];

/** Every movement by the journal, then by the invoices; theirs is null while the month's invoice is not issued. */
export function tiesOf(account: Account, bounds: MonthBounds, total: RollForwardSums): Ties {
  const journal = journalSums(account, bounds);
  const invoices = invoiceSums(account, bounds);
  const held = (
    by: string,
    theirs: Partial<Readonly<Record<keyof RollForwardSums, Atoms>>> | null,
    figures: readonly (keyof RollForwardSums)[],
  ): Ties =>
    figures.map((figure) => {
      const [ours, other] = [total[figure], theirs?.[figure] ?? null];
      return {
        label: `${LABELS[figure]}, by the ${by}`,
        ours: formatAtoms(ours),
        theirs: other === null ? null : formatAtoms(other),
        difference: other === null ? null : formatAtoms(other - ours),
      };
    });
  return [...held('journal', journal, FIGURES), ...held('invoice', invoices, FIGURES)];
}

const LABELS: Readonly<Record<keyof RollForwardSums, string>> = {
  opening: 'Opening balance',
  purchases: 'Purchases',
  grants: 'Grants',
  adjustments: 'Adjustments',
  usage: 'Usage',
  expired: 'Expired',
  refunds: 'Refunds',
  transfers: 'Debt invoiced',
  closing: 'Closing balance',
};
const FIGURES = Object.keys(LABELS) as (keyof RollForwardSums)[];

/** No entry of usage lies across a month's end: the month closes between two spans. */
function journalSums(account: Account, { from, to }: MonthBounds): RollForwardSums {
  const of = (...kinds: readonly JournalKind[]): Atoms =>
    kinds.reduce((sum, kind) => sum + atoms(page(account, { kind, from, to: to - 1 }).sums.amount), 0n);
  const { sums } = page(account, { kind: 'adjustment', from, to: to - 1 });
  const adjusted = sums.accounts.find(({ account: name }) => name === 'adjustments');
  // what the customer has stands on the credit side
  const { opening, closing } = page(account, { accounts: ['credits', 'overrun_receivable'], from, to: to - 1 });
  return {
    opening: -atoms(opening ?? '0'),
    purchases: of('posted'),
    grants: of('grant'),
    adjustments: atoms(adjusted?.balance ?? '0'),
    usage: of('usage_covered', 'overrun'),
    expired: of('expiry'),
    refunds: of('refund'),
    transfers: of('debt_invoiced'),
    closing: -atoms(closing ?? '0'),
  };
}

function page(account: Account, filter: Parameters<typeof journalPage>[1]['filter']): ReturnType<typeof journalPage> {
  return journalPage(account, { filter, offset: 0, limit: 0 });
}

/** Null unless the invoices that began in the month cover it to its end. */
function invoiceSums({ run }: Account, { from, to }: MonthBounds): RollForwardSums | null {
  const invoices = run.state.invoices.filter((invoice) => invoice.from >= from && invoice.from < to);
  const last = invoices.at(-1);
  if (last?.to !== to) return null;
  const sum = (of: (invoice: Invoice) => Atoms): Atoms => invoices.reduce((all, invoice) => all + of(invoice), 0n);
  return {
    opening: invoices[0]!.opening_balance,
    purchases: sum(({ purchased }) => purchased),
    grants: sum(({ granted }) => granted),
    adjustments: sum(({ adjusted }) => adjusted),
    usage: sum(({ drawn }) => drawn),
    expired: sum(({ expired }) => expired),
    refunds: sum(({ refunded }) => refunded),
    transfers: sum(({ debt_invoiced }) => debt_invoiced),
    closing: last.closing_balance,
  };
}

function atoms(text: string): Atoms {
  const amount = parseAmount(text);
  if (typeof amount !== 'bigint') throw new Error(`the journal states ${text}, which is no amount`);
  return amount;
}
