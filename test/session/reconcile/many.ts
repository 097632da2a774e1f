/** A year with so many documents, bank lines and purchases, the same for the same number. */
import type { NamedFile } from '../../../shared/contract/importing.ts';
import { csv } from './story.ts';

const PURCHASES = 3000;
/** One document in so many has no line at the bank. */
const UNPAID = 49;

export function monthName(index: number): string {
  return `2026-${String(index + 1).padStart(2, '0')}`;
}

/** @param months of 2026, over which they are spread. Amounts of some thousand sizes, so that many are alike; most documents have their line a day later. */
export function manyItems(count: number, months: number): { scenario: string; files: NamedFile[] } {
  const header = 'id,Amount Due,Currency,Date (UTC),Number,Paid,Subtotal,Tax,Total,Amount Paid,Status,Description';
  const documents = [header];
  const bank = ['Date,Description,Amount'];
  const events: string[] = [];
  for (let index = 0; index < count; index++) {
    const month = monthName(index % months);
    const day = 1 + (Math.floor(index / months) % 26);
    const amount = `${20 + ((index * 7919) % 4000)}.${String((index * 31) % 100).padStart(2, '0')}`;
    const on = `${month}-${String(day).padStart(2, '0')}`;
    documents.push(
      `in_${index},${amount},usd,${on} 09:14,BNCH-${String(index).padStart(6, '0')},true,${amount},,${amount},${amount},paid,API credits`,
    );
    const paidOn = `${month}-${String(day + 1).padStart(2, '0')}`;
    const isPaid = index % UNPAID !== 0;
    bank.push(isPaid ? `${paidOn},OPENAI *API CREDITS,-${amount}` : `${paidOn},BAKERY ${index},-3.20`);
    if (index < PURCHASES) events.push(`  - {at: ${on}T09:14:00Z, type: purchase, amount: ${amount}, id: p${index}}`);
  }
  events.sort();
  const scenario = `drawdown: 1\ntitle: bench\naccount: {opened: 2026-01-01T00:00:00Z}\nevents:\n${events.join('\n')}\n`;
  return { scenario, files: [csv('invoices.csv', ...documents), csv('bank.csv', ...bank)] };
}
