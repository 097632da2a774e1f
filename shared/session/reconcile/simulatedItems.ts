/** What the simulated account paid: purchases and auto-recharges with their tax, invoices with something due, refunds. */
import { dateInZone } from '../../import/statements/dates.ts';
import type { Account } from '../account.ts';
import { plainItem, type Item } from './item.ts';

export function simulatedItems({ run }: Pick<Account, 'run'>): Item[] {
  const { state, input } = run;
  const { currency, zone } = input;
  const items: Item[] = [];
  for (const [record, entry] of state.timeline.entries()) {
    const { at } = entry;
    const known = { side: 'simulated' as const, at, date: dateInZone(at, zone), currency, record };
    if (entry.type === 'purchase')
      items.push(
        plainItem({
          ...known,
          id: `simulated/${entry.kind}/${entry.id}`,
          kind: entry.kind,
          amount: entry.charged,
          tax: entry.tax,
          reference: entry.id,
          text: `${entry.kind === 'purchase' ? 'Purchase' : 'Recharge'} ${entry.id}`,
          subtotal: entry.amount,
        }),
      );
    else if (entry.type === 'refund')
      items.push(
        plainItem({
          ...known,
          id: `simulated/refund/${entry.lot}`,
          kind: 'refund',
          amount: -entry.amount,
          text: `Refund of ${entry.lot}`,
        }),
      );
  }
  for (const [invoice, { period, from, to, amount_due, tax, usage }] of state.invoices.entries()) {
    if (amount_due === 0n) continue;
    items.push(
      plainItem({
        id: `simulated/invoice/${period}/${dateInZone(from, zone)}`,
        side: 'simulated',
        kind: 'invoice',
        at: to,
        date: dateInZone(to, zone),
        amount: amount_due,
        currency,
        tax,
        text: `Invoice for ${period}`,
        invoice,
        subtotal: usage,
      }),
    );
  }
  return items;
}
