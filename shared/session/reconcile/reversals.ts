/** Charges that a bank gave back in full: both lines stand on its account, and no document is to be had of either. */
import type { Atoms } from '../../domain/money.ts';
import type { Told } from '../../reconcile/match/finish.ts';
import { dayNumber, descriptorsOf, type Item } from './item.ts';
import type { LegInput, LegLink } from './leg.ts';

export interface Reversal {
  readonly charge: Item;
  readonly reversal: Item;
  /** An equal charge stands beside it: it was taken twice. */
  readonly isDouble: boolean;
  /** Nothing else wanted the charge. */
  readonly isAlone: boolean;
}

/** A charge comes back within so many days, or its return is a refund that has a credit note. */
const MOST_DAYS = 30;

/**
 * Lines that matching left alone and that give back an earlier charge of the same name to the cent. The charge is one that
 * is left alone too, else one that was paired with a document on another date only, the latest first.
 */
export function reversalsOf(
  { breaks, matches }: Pick<Told, 'breaks' | 'matches'>,
  items: readonly Item[],
  doubledWithin: (charge: Item) => number,
): Reversal[] {
  const isBack = ({ side, amount }: Item): boolean => side === 'bank' && amount < 0n;
  if (!items.some(isBack)) return [];
  const left = new Set(breaks.flatMap(({ side, id }) => (side === 'statement' ? [id] : [])));
  const stopgap = new Set(matches.flatMap(({ rule, statement }) => (rule === 'date_exception' ? statement : [])));
  const back = items.filter((item) => isBack(item) && left.has(item.id));
  if (back.length === 0) return [];
  const charges = new Map<Atoms, Item[]>();
  for (const item of items) {
    if (item.side !== 'bank' || item.amount <= 0n || !(left.has(item.id) || stopgap.has(item.id))) continue;
    charges.set(item.amount, [...(charges.get(item.amount) ?? []), item]);
  }
  const taken = new Set<Item>();
  return back.flatMap((reversal) => {
    const days = (charge: Item): number => dayNumber(reversal.date) - dayNumber(charge.date);
    const fitting = (charges.get(-reversal.amount) ?? []).filter(
      (charge) =>
        !taken.has(charge) &&
        charge.currency === reversal.currency &&
        days(charge) >= 0 &&
        days(charge) <= MOST_DAYS &&
        descriptorsOf(charge)[0] === descriptorsOf(reversal)[0],
    );
    const charge = fitting.findLast(({ id }) => left.has(id)) ?? fitting.at(-1);
    if (charge === undefined) return [];
    taken.add(charge);
    const isDouble = items.some(
      (other) =>
        other !== charge &&
        other.side === 'bank' &&
        other.amount === charge.amount &&
        Math.abs(dayNumber(other.date) - dayNumber(charge.date)) <= doubledWithin(charge),
    );
    return [{ charge, reversal, isDouble, isAlone: left.has(charge.id) }];
  });
}

export function reversalLink({ charge, reversal, isDouble, isAlone }: Reversal, { leg, month }: LegInput): LegLink {
  const days = dayNumber(reversal.date) - dayNumber(charge.date);
  return {
    ...{ leg, month, ledger: [], statement: [charge, reversal], rule: 'reversal', difference: 0n, parts: [] },
    ...{ status: isAlone ? 'confirmed' : 'suggested', ambiguous: false, reason: null },
    category: isDouble ? 'duplicate_in_statement' : 'reversed',
    evidence: { reference: null, days: { least: days, most: days }, sameAmount: { ledger: 0, statement: 0 } },
  };
}
