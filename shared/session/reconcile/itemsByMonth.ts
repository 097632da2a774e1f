/** The simulated items of all months, each month's from the run that stands for it. */
import type { ReconMonth } from '../../contract/reconcile.ts';
import type { Account } from '../account.ts';
import { monthOfDate, type Item } from './item.ts';
import { simulatedItems } from './simulatedItems.ts';

interface Version {
  readonly account: Account;
  readonly byId: ReadonlyMap<string, Item>;
}

/**
 * Under another time zone a thing may lie in another month; it is in one month all the same: in the earlier of two that
 * have it, and where its date by each run says the other's month, in the one of the run that was there before.
 * @param saved the account as it is saved
 * @param order all that stand for some month, as they first do; the saved one first
 */
export function itemsByMonth(
  saved: Account,
  order: readonly Account[],
  accountOf: (month: ReconMonth) => Account,
): Item[] {
  if (order.length <= 1) return simulatedItems(saved);
  const versions = new Map(order.map((account) => [account, versionOf(account)]));
  const own = [...versions.values()].flatMap(({ account, byId }) =>
    [...byId.values()].flatMap((item): Owned[] => {
      if (accountOf(monthOfDate(item.date)) === account) return [{ item, account }];
      // of the month's own run it is taken, unless that one has it in a month of another
      const other = versions.get(accountOf(monthOfDate(item.date)));
      const twin = other?.byId.get(item.id);
      if (other === undefined || twin === undefined || !isSame(twin, item)) return [];
      const isLost =
        accountOf(monthOfDate(twin.date)) !== other.account && order.indexOf(other.account) > order.indexOf(account);
      return isLost ? [{ item: { ...twin, date: item.date }, account: other.account }] : [];
    }),
  );
  const recorded = versions.get(saved)?.byId;
  const taken = new Map<string, Item>();
  for (const { item, account } of own.toSorted((a, b) => (a.item.date < b.item.date ? -1 : 1))) {
    const before = taken.get(item.id);
    if (before !== undefined && isSame(before, item)) continue;
    // ids of recharges count them: the third under other values is another one
    const id = before === undefined ? item.id : `${item.id}/${monthOfDate(item.date)}`;
    const known = recorded?.get(item.id);
    const record = account === saved ? item.record : known?.at === item.at ? known.record : null;
    taken.set(id, { ...item, id, record });
  }
  return [...taken.values()];
}

interface Owned {
  readonly item: Item;
  readonly account: Account;
}

function versionOf(account: Account): Version {
  return { account, byId: new Map(simulatedItems(account).map((item) => [item.id, item])) };
}

/** A month's invoice is one, wherever the month ends. */
function isSame(a: Item, b: Item): boolean {
  return a.kind === 'invoice' || a.at === b.at;
}
