/** Rows of the account by what they are called, for who knows a name and not its place. */
import type { FindRequest, Found } from '../contract/find.ts';
import type { TimelineRecord } from '../domain/result.ts';
import type { Account } from './account.ts';
import { invoicesPage, lotsPage, timelinePage } from './tables.ts';

const MOST = 100;

export function findRows(account: Account, { text, types, within, limit }: FindRequest): Found {
  const wanted = text.trim().toLowerCase();
  const most = Math.max(0, Math.min(limit, MOST));
  const isWithin = (at: number): boolean => within === null || (at >= within[0] && at < within[1]);
  const says = (value: string): boolean => value.toLowerCase().includes(wanted);
  const { timeline, book, invoices } = account.run.state;
  const one = <T>(page: { readonly rows: readonly T[] }): readonly T[] => page.rows;

  const records = lastOf(timeline, most, (record) => {
    if (!isWithin(record.at)) return false;
    return wanted === '' || types.includes(record.type) || namesOf(record).some(says);
  });
  const lots = lastOf(book.all, most, ({ id, posted_at }) => isWithin(posted_at) && says(id));
  const months = lastOf(invoices, most, ({ period, from }) => isWithin(from) && says(period));
  return {
    timeline: records.flatMap((offset) => one(timelinePage(account, { offset, limit: 1 }))),
    lots: lots.flatMap((index) => one(lotsPage(account, { offset: index, limit: 1 })).map((row) => ({ index, row }))),
    invoices: months.flatMap((offset) => one(invoicesPage(account, { offset, limit: 1 }))),
  };
}

/** Texts by which a record is known: of its lot or purchase, tier, plan, and its reason. */
function namesOf(record: TimelineRecord): readonly string[] {
  return Object.entries(record).flatMap(([field, value]) =>
    typeof value === 'string' && field !== 'type' && field !== 'kind' ? [value] : [],
  );
}

function lastOf<T>(all: readonly T[], most: number, holds: (one: T) => boolean): number[] {
  const found: number[] = [];
  for (let index = all.length - 1; index >= 0 && found.length < most; index--)
    if (holds(all[index]!)) found.push(index);
  return found;
}
