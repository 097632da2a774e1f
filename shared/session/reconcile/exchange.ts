/**
 * What items in another currency are worth in the account's: by what the line itself says was paid, else at a rate that
 * people set, else at the one that bank lines of that month themselves tell by stating both amounts.
 */
import type { ReconMonth, ReconSettings } from '../../contract/reconcile.ts';
import { ATOMS_PER_UNIT, divideRounded, minorDigitsOf, roundToMinor, type Atoms } from '../../domain/money.ts';
import { monthOfDate, valueOf, type Item } from './item.ts';
import { atomsOf } from './settings.ts';

interface Told {
  readonly month: ReconMonth;
  readonly rate: Atoms;
}

/** The items; what states no amount in the account's currency is a new one with what it is worth, if a rate is known. */
export function converted(
  items: readonly Item[],
  bank: readonly Item[],
  currency: string,
  rates: ReconSettings['rates'],
): readonly Item[] {
  if (items.every((item) => valueOf(item, currency) !== null)) return items;
  const told = toldBy(bank, currency);
  const set = new Map(rates.map((known) => [known.currency, atomsOf(known.rate)]));
  return items.map((item) => {
    if (valueOf(item, currency) !== null) return item;
    const rate = set.get(item.currency) ?? rateOf(told.get(item.currency) ?? [], monthOfDate(item.date));
    if (rate === null) return item;
    const exact = divideRounded(item.amount * rate, ATOMS_PER_UNIT, 'half_up');
    return { ...item, converted: { amount: roundToMinor(exact, minorDigitsOf(currency), 'half_up'), rate } };
  });
}

/** The month's own rate, else that of the nearest month before, else of the first after. */
function rateOf(told: readonly Told[], month: ReconMonth): Atoms | null {
  return (told.findLast((known) => known.month <= month) ?? told[0])?.rate ?? null;
}

/** By currency, oldest month first: all that was paid over all that it cost, so that large payments weigh more. */
function toldBy(bank: readonly Item[], currency: string): ReadonlyMap<string, readonly Told[]> {
  const sums = new Map<string, Map<ReconMonth, { own: Atoms; theirs: Atoms }>>();
  for (const { original, amount, currency: foreign, date } of bank) {
    if (original?.currency !== currency || foreign === currency || amount <= 0n || original.amount <= 0n) continue;
    const months = sums.get(foreign) ?? new Map<ReconMonth, { own: Atoms; theirs: Atoms }>();
    sums.set(foreign, months);
    const month = monthOfDate(date);
    const { own, theirs } = months.get(month) ?? { own: 0n, theirs: 0n };
    months.set(month, { own: own + original.amount, theirs: theirs + amount });
  }
  const rate = ({ own, theirs }: { own: Atoms; theirs: Atoms }): Atoms =>
    roundToMinor(divideRounded(own * ATOMS_PER_UNIT, theirs, 'half_up'), RATE_DIGITS, 'half_up');
  return new Map(
    [...sums].map(([foreign, months]) => [
      foreign,
      [...months].map(([month, sum]) => ({ month, rate: rate(sum) })).sort((a, b) => (a.month < b.month ? -1 : 1)),
    ]),
  );
}

/** Digits after the point with which rates are quoted. */
const RATE_DIGITS = 6;
