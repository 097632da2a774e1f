/**
 * Items made ready to be matched, and those that are dropped before.
 *
 * **Stable order** is by date and then by id, runs of digits in it counted as numbers (`S2` before `S10`). Whatever is
 * arbitrary is decided by it, so that the order of the lists given decides nothing but the order of what is told.
 */
import type { Atoms } from '../../domain/money.ts';
import { referenceKey, statedReference } from '../../domain/reference.ts';
import { dayOf } from '../days.ts';
import type { Made } from './made.ts';
import type { Terms, TermsOfSources } from './terms.ts';
import type { Break, IgnoreReason, MatchItem, MatchSettings, Side } from './types.ts';

/** An item on its way through the rules. Where nearly the same items are matched again, most entries stay. */
export interface Entry {
  readonly side: Side;
  readonly item: MatchItem;
  /** Days since 1970-01-01. */
  readonly day: number;
  /** What is compared: the ledger's amount with its tax, the statement's as charged. */
  readonly gross: Atoms;
  /** Reference as it is compared. */
  readonly reference: string | null;
  /** Number of its currency and amount: equal where both are. */
  readonly amountId: number;
  /** The same of what was paid in another currency; -1 where that is not stated. */
  readonly originalId: number;
  /** Statement: under which its pairs are made. Ledger: nothing is decided by them. */
  readonly terms: Terms;
  /** Its id with the length of every number before it, so that plain comparison counts. */
  readonly idKey: string;
  /** Position in the list given. */
  position: number;
  /** Place in the stable order of its side. */
  rank: number;
  /** Nothing has taken it yet. */
  open: boolean;
  /** Why it is no candidate. */
  dropped: IgnoreReason | null;
  /** A full repeat of what a reference group holds. */
  isRepeat: boolean;
  /** The match that took it; and the one that had before the rules were at work on it again. */
  made: Made | null;
  before: Made | null;
  /** The charge that a line says it is; undefined until it is asked for. */
  charge: 'fee' | 'tax' | null | undefined;
  /** What was told of it when it was left over. */
  told: Break | null;
}

/** Settled by its reference, or a full repeat of what is. */
export function isReferred({ made, isRepeat }: Entry): boolean {
  return isRepeat || made?.rule === 'reference';
}

/** An item's amount in a currency: its own, or what the statement says was paid in it. Null where it states neither. */
export function amountIn(entry: Entry, currency: string): Atoms | null {
  const { item, gross } = entry;
  if (item.currency === currency) return gross;
  return item.original?.currency === currency ? item.original.amount : null;
}

/** Two stated references that differ forbid that items come together. */
export function referencesClash(one: Entry, other: Entry): boolean {
  return one.reference !== null && other.reference !== null && one.reference !== other.reference;
}

/** More than any distance between two dates of four-digit years. */
export const DAYS = 4_000_000;

/** Numbers of amounts: comparing them costs less than comparing currencies and amounts. */
export class AmountIds {
  readonly #ids = new Map<string, Map<Atoms, number>>();
  #size = 0;

  /** All of them are below it. */
  get size(): number {
    return this.#size;
  }

  of(currency: string, amount: Atoms): number {
    let ids = this.#ids.get(currency);
    if (ids === undefined) this.#ids.set(currency, (ids = new Map<Atoms, number>()));
    const known = ids.get(amount);
    if (known !== undefined) return known;
    ids.set(amount, this.#size);
    return this.#size++;
  }
}

/** What entries of one matching share. */
export interface Numbers {
  readonly amounts: AmountIds;
  readonly sources: TermsOfSources;
}

/** @throws RangeError where its date is none */
export function entryOf(side: Side, item: MatchItem, { amounts, sources }: Numbers): Entry {
  const { id, date, currency, original } = item;
  const day = dayOf(date);
  if (day === null) throw new RangeError(`${side} item ${id} has no date: ${date}`);
  const gross = side === 'ledger' && item.tax !== null ? item.amount + item.tax : item.amount;
  return {
    side,
    item,
    day,
    gross,
    reference: item.reference === null ? null : referenceKey(statedReference(item.reference) ?? ''),
    amountId: amounts.of(currency, gross),
    originalId:
      original === null || original.currency === currency ? -1 : amounts.of(original.currency, original.amount),
    terms: side === 'statement' ? sources.of(item.source) : sources.own,
    idKey: idKey(id),
    position: 0,
    rank: 0,
    open: true,
    dropped: null,
    isRepeat: false,
    made: null,
    before: null,
    charge: undefined,
    told: null,
  };
}

/** Number of what was paid: in another currency where that is stated, else the amount itself. */
export function paidIdOf({ originalId, amountId }: Entry): number {
  return originalId === -1 ? amountId : originalId;
}

export function inStableOrder(one: Entry, other: Entry): number {
  return one.day - other.day || compare(one.idKey, other.idKey) || compare(one.item.id, other.item.id);
}

function idKey(id: string): string {
  return id.replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, '');
    return String.fromCharCode(0x30 + Math.min(number.length, 0x1000)) + number;
  });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * Drops what is no candidate for a match, in this order: out of scope (the caller's word, or a statement's description
 * without the vendor's pattern; no description is no evidence of another vendor), pending, void, zero, imported twice.
 * All others are open then.
 * @param entries in stable order: of lines imported twice the first stays.
 * @returns those that were dropped before and are not now, or the other way round
 */
export function drop(entries: readonly Entry[], { vendorPattern }: MatchSettings): Entry[] {
  const vendor = vendorPattern === null ? null : new RegExp(vendorPattern, 'i');
  const imported = new Map<string, Entry[]>();
  const changed: Entry[] = [];
  for (const entry of entries) {
    const why = reasonToDrop(entry, vendor, imported);
    if ((entry.dropped === null) !== (why === null)) changed.push(entry);
    entry.dropped = why;
    entry.open = why === null;
  }
  return changed;
}

function reasonToDrop(entry: Entry, vendor: RegExp | null, imported: Map<string, Entry[]>): IgnoreReason | null {
  const { side, item, gross } = entry;
  const { status, description } = item;
  if (status === 'out_of_scope') return 'out_of_scope';
  if (side === 'statement' && vendor !== null && description !== null && !vendor.test(description))
    return 'out_of_scope';
  if (status === 'pending') return 'pending';
  if (status === 'void') return 'no_cash_expected';
  if (gross === 0n) return 'settled_by_credit';
  if (item.importId === null || item.importId === '') return null;
  const known = imported.get(item.importId);
  if (known === undefined) imported.set(item.importId, [entry]);
  else if (known.some((other) => isSameLine(other.item, item))) return 'duplicate_import';
  else known.push(entry);
  return null;
}

function isSameLine(one: MatchItem, other: MatchItem): boolean {
  return (
    one.date === other.date &&
    one.amount === other.amount &&
    one.currency === other.currency &&
    (one.description ?? '') === (other.description ?? '')
  );
}

/** Things by what they have in common, in the order in which they come. */
export function groupBy<T, K>(things: readonly T[], keyOf: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [thing]);
    else group.push(thing);
  }
  return groups;
}
