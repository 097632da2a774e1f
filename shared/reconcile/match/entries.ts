/**
 * Items made ready to be matched, and those that are dropped before.
 *
 * **Stable order** is by date and then by id, runs of digits in it counted as numbers (`S2` before `S10`). Whatever is
 * arbitrary is decided by it, so that the order of the lists given decides nothing but the order of what is told.
 */
import type { Atoms } from '../../domain/money.ts';
import type { Money } from '../../domain/statement.ts';
import { referenceKey, statedReference } from '../../domain/reference.ts';
import { dayOf } from '../days.ts';
import type { Terms, TermsOfSources } from './terms.ts';
import type { IgnoreReason, MatchItem, MatchSettings, Side } from './types.ts';

/** An item on its way through the rules. */
export interface Entry {
  readonly side: Side;
  readonly item: MatchItem;
  /** Position in the list given. */
  readonly position: number;
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
  /** Place in the stable order of its side. */
  rank: number;
  /** Nothing has taken it yet. */
  open: boolean;
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
  readonly #ids = new Map<string, number>();

  of({ currency, amount }: Money): number {
    const key = `${currency} ${amount}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#ids.set(key, this.#ids.size);
    return this.#ids.size - 1;
  }
}

/** Entries in stable order. @throws RangeError where a date is none, or an id is there twice. */
export function entriesOf(
  side: Side,
  items: readonly MatchItem[],
  amounts: AmountIds,
  sources: TermsOfSources,
): Entry[] {
  const ids = new Set<string>();
  const entries = items.map((item, position): Entry => {
    const { day, reference } = madeReady(item);
    if (day === null) throw new RangeError(`${side} item ${item.id} has no date: ${item.date}`);
    if (ids.has(item.id)) throw new RangeError(`${side} item ${item.id} is there twice`);
    ids.add(item.id);
    const gross = side === 'ledger' ? item.amount + (item.tax ?? 0n) : item.amount;
    const { currency, original } = item;
    const amountId = amounts.of({ currency, amount: gross });
    const originalId = original === null || original.currency === currency ? -1 : amounts.of(original);
    const terms = side === 'statement' ? sources.of(item.source) : sources.own;
    return { side, item, position, day, gross, reference, amountId, originalId, terms, rank: 0, open: true };
  });
  const ordered = inStableOrder(entries);
  ordered.forEach((entry, rank) => {
    entry.rank = rank;
  });
  return ordered;
}

function inStableOrder(entries: readonly Entry[]): Entry[] {
  const keys = entries.map(({ item }) => madeReady(item).idKey);
  const key = ({ position }: Entry): string => keys[position] ?? '';
  return entries.toSorted((one, other) => one.day - other.day || compare(key(one), key(other)) || byId(one, other));
}

interface Ready {
  readonly day: number | null;
  readonly reference: string | null;
  readonly idKey: string;
}

/** Kept with the items: whoever matches them again has it at hand. */
const ready = new WeakMap<MatchItem, Ready>();

function madeReady(item: MatchItem): Ready {
  const known = ready.get(item);
  if (known !== undefined) return known;
  const reference = item.reference === null ? null : referenceKey(statedReference(item.reference) ?? '');
  const made = { day: dayOf(item.date), reference, idKey: idKey(item.id) };
  ready.set(item, made);
  return made;
}

/** An id with the length of every number before it, so that plain comparison counts. */
function idKey(id: string): string {
  return id.replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, '');
    return String.fromCharCode(0x30 + Math.min(number.length, 0x1000)) + number;
  });
}

function byId(one: Entry, other: Entry): number {
  return compare(one.item.id, other.item.id);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * Drops what is no candidate for a match, in this order: out of scope (the caller's word, or a statement's description
 * without the vendor's pattern; no description is no evidence of another vendor), pending, void, zero, imported twice.
 * @param entries in stable order: of lines imported twice the first stays.
 */
export function drop(entries: readonly Entry[], settings: MatchSettings): Map<Entry, IgnoreReason> {
  const vendor = settings.vendorPattern === null ? null : new RegExp(settings.vendorPattern, 'i');
  const reasons = new Map<Entry, IgnoreReason>();
  const imported = new Set<string>();
  for (const entry of entries) {
    const why = reasonToDrop(entry, vendor, imported);
    if (why === null) continue;
    entry.open = false;
    reasons.set(entry, why);
  }
  return reasons;
}

function reasonToDrop({ side, item, gross }: Entry, vendor: RegExp | null, imported: Set<string>): IgnoreReason | null {
  const { status, description } = item;
  if (status === 'out_of_scope') return 'out_of_scope';
  if (side === 'statement' && vendor !== null && description !== null && !vendor.test(description))
    return 'out_of_scope';
  if (status === 'pending') return 'pending';
  if (status === 'void') return 'no_cash_expected';
  if (gross === 0n) return 'settled_by_credit';
  if (item.importId === null || item.importId === '') return null;
  const line = JSON.stringify([item.importId, item.date, String(item.amount), item.currency, description ?? '']);
  if (imported.has(line)) return 'duplicate_import';
  imported.add(line);
  return null;
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
