/** An item of reconciliation as it is worked with: exact amounts, and what decides about it before anything is matched. */
import type { ReconItem, ReconMonth, ReconSide } from '../../contract/reconcile.ts';
import { divideRounded, formatAtoms, minorDigitsOf, roundToMinor, type Atoms } from '../../domain/money.ts';
import type { CalendarDate, Money } from '../../domain/statement.ts';
import type { Instant } from '../../domain/time.ts';
import { dayOf } from '../../reconcile/days.ts';
import { normalisedDescriptor } from '../../reconcile/descriptor.ts';
import type { MatchItem } from '../../reconcile/match/types.ts';

export interface Item {
  /** Made of what the item says, so that it is the same whatever order files come in. */
  readonly id: string;
  readonly side: ReconSide;
  readonly kind: ReconItem['kind'];
  /** Null where only a day is known. */
  readonly at: Instant | null;
  /** On the account's clock, or the bank's own. */
  readonly date: CalendarDate;
  /** What is paid in all, with tax. */
  readonly amount: Atoms;
  readonly currency: string;
  readonly tax: Atoms | null;
  readonly original: Money | null;
  /** What it is worth in the account's currency, where it states no amount in it and a rate is known. */
  readonly converted: { readonly amount: Atoms; readonly rate: Atoms } | null;
  /** Part of `amount` that the bank says is its fee; null where it says nothing. */
  readonly fee: Atoms | null;
  /** As written. */
  readonly reference: string | null;
  /** What it is matched by: null where its reference is a bank's own and names no document. */
  readonly matchBy: string | null;
  readonly text: string;
  /** Who stands in it: a bank line's party, a document's issuer. */
  readonly party: string | null;
  readonly status: string | null;
  readonly standing: MatchItem['status'];
  readonly importId: string | null;
  /** Key of the bank or card account, or of the issuer of documents, that it comes from (`sources.ts`); null of a simulated one. */
  readonly source: string | null;
  readonly sources: ReconItem['sources'];
  readonly record: number | null;
  readonly invoice: number | null;
  readonly entry: number | null;
  /** Before tax, of a document with its own figures. */
  readonly subtotal: Atoms | null;
}

/** An item with nothing known beyond what every one has. */
export function plainItem(
  known: Pick<Item, 'id' | 'side' | 'kind' | 'date' | 'amount' | 'currency' | 'text'> & Partial<Item>,
): Item {
  return {
    ...{
      at: null,
      tax: null,
      original: null,
      converted: null,
      fee: null,
      reference: null,
      matchBy: null,
      party: null,
      status: null,
    },
    ...{
      standing: 'booked' as const,
      importId: null,
      source: null,
      sources: [],
      record: null,
      invoice: null,
      entry: null,
    },
    subtotal: null,
    ...known,
  };
}

/** What the item moves in the account's currency; null where it says so in another one only and no rate is known. */
export function valueOf(item: Item, accountCurrency: string): Atoms | null {
  const { amount, currency, original, converted } = item;
  if (currency === accountCurrency) return amount;
  if (original?.currency === accountCurrency) return original.amount + feeIn(item, accountCurrency);
  return converted?.amount ?? null;
}

/** The bank's fee in the account's currency, at the rate of the line itself; 0 where none is known. */
export function feeIn({ amount, currency, original, converted, fee }: Item, accountCurrency: string): Atoms {
  if (fee === null || currency === accountCurrency) return fee ?? 0n;
  const [worth, of] =
    original?.currency === accountCurrency ? [original.amount, amount - fee] : [converted?.amount ?? 0n, amount];
  if (of === 0n) return 0n;
  return roundToMinor(divideRounded(fee * worth, of, 'half_up'), minorDigitsOf(accountCurrency), 'half_up');
}

const descriptors = new WeakMap<Item, readonly string[]>();

/** The descriptors of its text and of who stands in it, normalised. */
export function descriptorsOf(item: Item): readonly string[] {
  const known = descriptors.get(item);
  if (known !== undefined) return known;
  const made = [item.text, item.party ?? ''].map(normalisedDescriptor);
  descriptors.set(item, made);
  return made;
}

/** What a search looks in, in lower case. */
export function itemSays({ date, kind, text, reference, amount }: Item): string {
  return searchText(date, kind, text, reference, formatAtoms(amount));
}

export function searchText(
  date: CalendarDate,
  kind: ReconItem['kind'],
  text: string,
  reference: string | null,
  amount: string,
): string {
  return `${date} ${kind.replace('_', ' ')} ${text} ${reference ?? ''} ${amount}`.toLowerCase();
}

export function shownItem(item: Item): ReconItem {
  const { original, converted } = item;
  return {
    ...{ id: item.id, side: item.side, kind: item.kind, at: item.at, date: item.date },
    ...{ amount: formatAtoms(item.amount), currency: item.currency },
    tax: item.tax === null ? null : formatAtoms(item.tax),
    original: original === null ? null : { amount: formatAtoms(original.amount), currency: original.currency },
    converted: converted === null ? null : { amount: formatAtoms(converted.amount), rate: formatAtoms(converted.rate) },
    ...{ reference: item.reference, text: item.text, status: item.status, sources: item.sources },
    ...{ record: item.record, invoice: item.invoice, entry: item.entry },
  };
}

export function monthOfDate(date: CalendarDate): ReconMonth {
  return date.slice(0, 7);
}

/** Days since the epoch, of a date that was read as one. */
export function dayNumber(date: CalendarDate): number {
  return dayOf(date) ?? 0;
}

/** The month's first day, and the next month's. */
export function daysOfMonth(month: ReconMonth): { readonly from: CalendarDate; readonly to: CalendarDate } {
  return { from: `${month}-01` as CalendarDate, to: `${nextMonth(month)}-01` as CalendarDate };
}

export function nextMonth(month: ReconMonth): ReconMonth {
  const [year = 0, index = 0] = month.split('-').map(Number);
  const next = index === 12 ? { year: year + 1, index: 1 } : { year, index: index + 1 };
  return `${String(next.year).padStart(4, '0')}-${String(next.index).padStart(2, '0')}`;
}

/** Numbers ids that several items would have: `#2`, `#3`; twins are never made one. */
export class DistinctIds {
  readonly #seen = new Map<string, number>();

  next(id: string): string {
    const count = (this.#seen.get(id) ?? 0) + 1;
    this.#seen.set(id, count);
    return count === 1 ? id : `${id}#${count}`;
  }
}
