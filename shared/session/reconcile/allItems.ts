/**
 * The items of all sides as files, people and the run have them, before anything is decided about them. Made once for an
 * account, the documents entered by hand and what is adopted: what an act leaves alone stays the very same object.
 */
import type { ReconMonth, ReconSide } from '../../contract/reconcile.ts';
import type { Decisions } from '../../reconcile/log/fold.ts';
import { canonicalJson } from '../../reconcile/log/canonical.ts';
import type { Account } from '../account.ts';
import type { Steps } from '../inPieces.ts';
import { accountsOf, accountUnder, adoptedIn, valuesOf } from './adopted.ts';
import { bankSteps } from './bankItems.ts';
import { converted } from './exchange.ts';
import { documentSteps } from './documentItems.ts';
import { dayNumber, monthOfDate, type Item } from './item.ts';
import { itemsByMonth } from './itemsByMonth.ts';

export interface AllItems {
  readonly documents: readonly Item[];
  readonly bank: readonly Item[];
  /** Of all sides; simulated ones named as documents are. */
  readonly all: readonly Item[];
  /** First and last month of which each side says something; null where it says nothing. */
  readonly spans: Readonly<Record<ReconSide, readonly [first: ReconMonth, last: ReconMonth] | null>>;
  /** The last day that documents or bank lines have; days since the epoch. */
  readonly asOf: number;
}

/** States of what is entered and adopted that are kept: that of now, and that before it. */
const KEPT = 2;

const known = new WeakMap<Account, Map<string, AllItems>>();

export function* allItems(account: Account, decisions: Decisions): Steps<AllItems> {
  const ofAccount = known.get(account) ?? new Map<string, AllItems>();
  known.set(account, ofAccount);
  const { documents, adopted, periods, settings } = decisions;
  const seals = adopted.length === 0 ? [] : [...periods].map(([month, { sealed }]) => [month, sealed?.seq ?? null]);
  const entered = canonicalJson([documents, adopted, seals, settings.rates ?? []]);
  const before = ofAccount.get(entered);
  if (before !== undefined) return before;
  const made = yield* madeOf(account, decisions);
  ofAccount.set(entered, made);
  for (const oldest of ofAccount.keys()) if (ofAccount.size > KEPT) ofAccount.delete(oldest);
  return made;
}

function* madeOf(account: Account, decisions: Decisions): Steps<AllItems> {
  const { zone, currency } = account.run.input;
  const stated = yield* documentSteps(account.sources, decisions, { zone, currency });
  const lines = yield* bankSteps(account.sources, stated);
  const rates = decisions.settings.rates ?? [];
  const documents = converted(stated, lines, currency, rates);
  const bank = converted(lines, lines, currency, rates);
  const simulated = itemsByMonth(
    account,
    accountsOf(account, decisions),
    (month) => accountUnder(account, valuesOf(adoptedIn(decisions, month))).account,
  );
  let asOf = 0;
  for (const side of [documents, bank]) for (const { date } of side) asOf = Math.max(asOf, dayNumber(date));
  return {
    ...{ documents, bank, all: named([...simulated, ...documents, ...bank]), asOf },
    spans: { simulated: spanOf(simulated), document: spanOf(documents), bank: spanOf(bank) },
  };
}

/** A simulated item is matched by its id where that is a document's number. */
function named(items: readonly Item[]): Item[] {
  const numbers = new Set(items.flatMap(({ side, reference }) => (side === 'document' ? (reference ?? []) : [])));
  return items.map((item) =>
    item.side === 'simulated' && item.reference !== null && numbers.has(item.reference)
      ? { ...item, matchBy: item.reference }
      : item,
  );
}

function spanOf(items: readonly Item[]): readonly [ReconMonth, ReconMonth] | null {
  const [first] = items;
  if (first === undefined) return null;
  let [least, most] = [first.date, first.date];
  for (const { date } of items) {
    if (date < least) least = date;
    if (date > most) most = date;
  }
  return [monthOfDate(least), monthOfDate(most)];
}
