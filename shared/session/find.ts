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

  const names = wanted === '' ? [] : namesOf(timeline);
  const records = lastOf(timeline, most, ({ at, type }, index) => {
    if (!isWithin(at)) return false;
    return wanted === '' || types.includes(type) || names[index]!.includes(wanted);
  });
  const lots = lastOf(book.all, most, ({ id, posted_at }) => isWithin(posted_at) && says(id));
  const months = lastOf(invoices, most, ({ period, from }) => isWithin(from) && says(period));
  return {
    timeline: records.flatMap((offset) => one(timelinePage(account, { offset, limit: 1 }))),
    lots: lots.flatMap((index) => one(lotsPage(account, { offset: index, limit: 1 })).map((row) => ({ index, row }))),
    invoices: months.flatMap((offset) => one(invoicesPage(account, { offset, limit: 1 }))),
  };
}

/** Made once for all the letters that are typed; they go with the run. */
const namesOfRun = new WeakMap<readonly TimelineRecord[], readonly string[]>();

/** By what each record is known, in lower case: its lot or purchase, tier, plan, and its reason, a line each. */
function namesOf(timeline: readonly TimelineRecord[]): readonly string[] {
  const known = namesOfRun.get(timeline);
  if (known !== undefined) return known;
  const made = timeline.map((record) => {
    let names = '';
    const fields: Readonly<Record<string, unknown>> = record;
    // no list of the fields: a long timeline has hundreds of thousands of records
    for (const field in fields) {
      const value = fields[field];
      if (typeof value === 'string' && field !== 'type' && field !== 'kind') names += `\n${value}`;
    }
    return names.toLowerCase();
  });
  namesOfRun.set(timeline, made);
  return made;
}

function lastOf<T>(all: readonly T[], most: number, holds: (one: T, index: number) => boolean): number[] {
  const found: number[] = [];
  for (let index = all.length - 1; index >= 0 && found.length < most; index--)
    if (holds(all[index]!, index)) found.push(index);
  return found;
}
