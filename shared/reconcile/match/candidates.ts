/**
 * Which items could be pairs, rule by rule. In all of them the sign is part of the amount, and two references that both
 * sides state and that differ forbid a pair; equal ones met in their reference group before.
 */
import {
  divideRounded,
  ATOMS_PER_UNIT,
  minorDigitsOf,
  minorUnit,
  roundToMinor,
  type Atoms,
} from '../../domain/money.ts';
import type { Money } from '../../domain/statement.ts';
import type { Apart } from './apart.ts';
import { BPS, divisor, feeOn, magnitude, toleranceOn } from './difference.ts';
import { DAYS, amountIn, groupBy, referencesClash, type Entry } from './entries.ts';
import type { Edge } from './network.ts';
import { kindsOf, type Candidates, type Kind } from './pairs.ts';
import type { Terms } from './terms.ts';
import type { DifferenceCategory, MatchSettings } from './types.ts';

/** Of the counterparts that are near enough, each kind keeps so many, the nearest: more are no suggestion. */
const MOST_NEAR = 24;

/** Yields now and then, in between. */
type Finding = Generator<undefined, Candidates>;

/** So many kinds are looked at between two steps. */
const A_STEP = 1000;

/** Both sides in stable order; rules look at those of them that are open. */
export interface Open {
  readonly ledger: readonly Entry[];
  readonly statement: readonly Entry[];
  readonly apart: Apart;
  /** Under which items of any source are. */
  readonly terms: readonly Terms[];
}

/** Whether any item could be within a tolerance, off by a fee or by a tax. */
export function hasTolerance({ statement, terms }: Open): boolean {
  return (
    terms.some(({ amountTolerance: { abs, bps }, feeBps }) => abs > 0n || bps > 0 || feeBps > 0) ||
    statement.some(({ open, item }) => open && item.tax !== null)
  );
}

/** Equal amounts in one currency (the statement's own, or what it says was paid), within the window. */
export function exactCandidates(open: Open): Finding {
  const within = ({ dateWindow: { before, after } }: Terms): Stretch => [-before, after];
  return equalCandidates(
    open,
    within,
    (days, { dateWindow }) => -dateWindow.before <= days && days <= dateWindow.after,
  );
}

/** Equal amounts outside the window, but not by more than the exception window. */
export function dateExceptionCandidates(open: Open): Finding {
  const within = ({ exceptionWindowDays: most }: Terms): Stretch => [-most, most];
  return equalCandidates(
    open,
    within,
    (days, { dateWindow: { before, after }, exceptionWindowDays: most }) =>
      Math.abs(days) <= most && (days < -before || days > after),
  );
}

/** Days from the first to the last distance that terms allow for. */
type Stretch = readonly [from: number, to: number];

function* equalCandidates(
  open: Open,
  stretch: (terms: Terms) => Stretch,
  allows: (days: number, terms: Terms) => boolean,
): Finding {
  const stretches = open.terms.map(stretch);
  const from = Math.min(...stretches.map(([least]) => least));
  const to = Math.max(...stretches.map(([, most]) => most));
  const { ledger, statement } = yield* kinds(withEqual(open));
  const byAmount = new Map<number, number[]>();
  statement.forEach(({ first }, index) => {
    for (const key of amountIds(first)) {
      const places = byAmount.get(key);
      if (places === undefined) byAmount.set(key, [index]);
      else places.push(index);
    }
  });
  const edges: Edge[] = [];
  for (const [left, { first }] of ledger.entries()) {
    if (left % A_STEP === 0) yield;
    // kinds are in stable order, so these are by date
    const places = byAmount.get(first.amountId) ?? [];
    const dayAt = (place: number): number => statement[places[place] ?? 0]?.first.day ?? 0;
    for (let place = lowest(places.length, (at) => dayAt(at) >= first.day + from); place < places.length; place++) {
      const right = places[place] ?? 0;
      const other = statement[right]?.first;
      const days = dayAt(place) - first.day;
      if (other === undefined || days > to) break;
      if (allows(days, other.terms) && mayPair(open, first, other)) edges.push({ left, right, cost: Math.abs(days) });
    }
  }
  return { ledger, statement, edges, inDays: true, byDaysAlone: isPlain };

  function isPlain(own: readonly Kind[], theirs: readonly Kind[]): boolean {
    const terms = theirs[0]?.first.terms;
    if (terms === undefined || theirs.some(({ first }) => first.terms !== terms)) return false;
    const [least, most] = stretch(terms);
    const refers = ({ first }: Kind): boolean => first.reference !== null;
    return (
      !(own.some(refers) && theirs.some(refers)) &&
      new Set(own.map(({ first }) => first.amountId)).size === 1 &&
      ![...own, ...theirs].some(({ first }) => open.apart.touches(first)) &&
      Array.from({ length: most - least + 1 }, (_, index) => least + index).every((days) => allows(days, terms))
    );
  }
}

function amountIds({ amountId, originalId }: Entry): number[] {
  return originalId === -1 ? [amountId] : [amountId, originalId];
}

/** Those whose amount the other side has too. */
function withEqual(open: Open): Open {
  const own = new Set(open.ledger.filter((entry) => entry.open).map(({ amountId }) => amountId));
  const statement = open.statement.filter((entry) => entry.open && amountIds(entry).some((id) => own.has(id)));
  const theirs = new Set(statement.flatMap(amountIds));
  return { ...open, ledger: open.ledger.filter((entry) => entry.open && theirs.has(entry.amountId)), statement };
}

/** Within the window, and off by a fee rule's fee, by the tax that the statement states, or by no more than the tolerance. */
export function toleranceCandidates(open: Open): Finding {
  const offer = ({ gross, item: { currency, tax } }: Entry, terms: Terms): readonly Range[] => {
    const fee = terms.feeBps === 0 ? 0n : feeOn(gross, terms.feeBps, currency);
    const limit = toleranceOn(gross, terms);
    return [
      { currency, low: gross - limit, high: gross + limit },
      ...(fee === 0n ? [] : [{ currency, low: gross + fee, high: gross + fee }]),
      // where the ledger knows no tax, the statement's amount before tax may be the ledger's
      ...(tax === null ? [{ currency: beforeTax(currency), low: gross, high: gross }] : []),
    ];
  };
  const amounts = (entry: Entry): readonly Money[] => {
    const { currency, original, tax } = entry.item;
    return [
      { currency, amount: entry.gross },
      ...(original === null || original.currency === currency ? [] : [original]),
      ...(tax === null ? [] : [{ currency: beforeTax(currency), amount: entry.gross - tax }]),
    ];
  };
  return nearCandidates(open, { offer, amounts }, (ledger, statement) => {
    const { category, difference } = namedPair(ledger, statement);
    return category === 'fee' || category === 'tax' ? 0n : magnitude(difference);
  });
}

function beforeTax(currency: string): string {
  return `${currency} before tax`;
}

/**
 * Within the window, in another currency, and at a rate that is known near the ledger's amount, in the ledger's currency.
 * Where the statement says what was paid in that currency, nothing is guessed.
 */
export function fxCandidates(open: Open, settings: MatchSettings): Finding {
  const limitOn = (amount: Atoms): Atoms => (magnitude(amount) * BigInt(settings.exchangeToleranceBps)) / BPS;
  const offer = ({ gross, item: { currency } }: Entry): readonly Range[] =>
    settings.exchangeRates.flatMap(({ from, to }) => {
      const other = from === currency ? to : to === currency ? from : null;
      if (other === null) return [];
      // what lies at the limit may be rounded on the way there and on the way back
      const reach = limitOn(gross) + minorUnit(minorDigitsOf(currency));
      const [low, high] = [gross - reach, gross + reach].map((end) => converted(end, currency, other, settings) ?? 0n);
      const unit = minorUnit(minorDigitsOf(other));
      return [{ currency: other, low: (low ?? 0n) - unit, high: (high ?? 0n) + unit }];
    });
  const amounts = ({ item: { currency }, gross }: Entry): readonly Money[] => [{ currency, amount: gross }];
  return nearCandidates(open, { offer, amounts }, (ledger, { item, gross }) => {
    const { currency } = ledger.item;
    const here = item.original?.currency === currency ? null : converted(gross, item.currency, currency, settings);
    const off = here === null ? null : magnitude(here - ledger.gross);
    return off !== null && off <= limitOn(ledger.gross) ? off : null;
  });
}

/** An amount in another currency at the known rate, to its minor unit; null where none is known. */
export function converted(
  amount: Atoms,
  from: string,
  to: string,
  { exchangeRates }: Pick<MatchSettings, 'exchangeRates'>,
): Atoms | null {
  for (const known of exchangeRates) {
    const round = (exact: Atoms): Atoms => roundToMinor(exact, minorDigitsOf(to), 'half_up');
    if (known.from === from && known.to === to)
      return round(divideRounded(amount * known.rate, ATOMS_PER_UNIT, 'half_up'));
    if (known.from === to && known.to === from)
      return round(divideRounded(amount * ATOMS_PER_UNIT, known.rate, 'half_up'));
  }
  return null;
}

/** What the difference of a pair in one currency is. */
export function namedPair(
  ledger: Entry,
  statement: Entry,
): { readonly difference: Atoms; readonly category: DifferenceCategory } {
  const { currency } = ledger.item;
  const { feeBps } = statement.terms;
  const difference = (amountIn(statement, currency) ?? 0n) - ledger.gross;
  if (difference === 0n) return { difference, category: 'none' };
  if (feeBps > 0 && difference === feeOn(ledger.gross, feeBps, currency)) return { difference, category: 'fee' };
  return { difference, category: difference === statement.item.tax ? 'tax' : 'rounding' };
}

interface Range {
  readonly currency: string;
  readonly low: Atoms;
  readonly high: Atoms;
}

interface Place {
  readonly amount: Atoms;
  readonly right: number;
}

function* nearCandidates(
  open: Open,
  {
    offer,
    amounts,
  }: {
    readonly offer: (ledger: Entry, terms: Terms) => readonly Range[];
    readonly amounts: (statement: Entry) => readonly Money[];
  },
  /** Null: too far, after all. */
  offBy: (ledger: Entry, statement: Entry) => Atoms | null,
): Finding {
  const { ledger, statement } = yield* kinds(open, inReach(open));
  const byDay = amountsByDay(statement, amounts);
  const found: { left: number; right: number; off: Atoms; days: number }[] = [];
  for (const [left, { first }] of ledger.entries()) {
    if (left % A_STEP === 0) yield;
    const near = new Map<number, { off: Atoms; days: number }>();
    for (const terms of open.terms)
      for (const { currency, low, high } of offer(first, terms))
        for (const day of daysAbout(first.day, terms)) {
          const places = byDay.get(`${currency} ${day}`) ?? [];
          for (let at = lowest(places.length, (index) => (places[index]?.amount ?? 0n) >= low); ; at++) {
            const place = places[at];
            if (place === undefined || place.amount > high) break;
            const other = statement[place.right]?.first;
            if (other?.terms !== terms || !sameSign(first.gross, place.amount) || !mayPair(open, first, other))
              continue;
            const off = offBy(first, other);
            if (off !== null) near.set(place.right, { off, days: Math.abs(day - first.day) });
          }
        }
    const nearest = [...near]
      .map(([right, { off, days }]) => ({ left, right, off, days }))
      .sort((one, other) => Number(one.off - other.off) || one.days - other.days || one.right - other.right)
      .slice(0, MOST_NEAR);
    for (const pair of nearest) found.push(pair);
  }
  return { ledger, statement, edges: weighed(found), inDays: false, byDaysAlone: () => false };
}

/** Days on which the statement may have what the ledger has on one. */
function* daysAbout(day: number, { dateWindow: { before, after } }: Terms): Generator<number> {
  for (let about = day - before; about <= day + after; about++) yield about;
}

function amountsByDay(
  statement: readonly Kind[],
  amounts: (statement: Entry) => readonly Money[],
): Map<string, (Place & { readonly key: string })[]> {
  const places = statement.flatMap(({ first }, right) =>
    amounts(first).map(({ amount, currency }) => ({ key: `${currency} ${first.day}`, amount, right })),
  );
  const byDay = groupBy(places, ({ key }) => key);
  for (const list of byDay.values()) list.sort((one, other) => Number(one.amount - other.amount));
  return byDay;
}

/**
 * One whole number for two costs, of which the first decides: what a pair is off by, then its days. Where amounts are too
 * far apart for exact sums of both, they are compared coarsely: these are suggestions.
 */
function weighed(found: readonly { left: number; right: number; off: Atoms; days: number }[]): Edge[] {
  const days = found.reduce((most, pair) => Math.max(most, pair.days), 0);
  const step = BigInt(days * found.length + 1);
  const room = BigInt(Number.MAX_SAFE_INTEGER) / (step * BigInt(found.length + 1) * 2n);
  const most = found.reduce((largest, { off }) => (off > largest ? off : largest), 0n);
  const unit = found.reduce((common, { off }) => divisor(common, off), 0n) || 1n;
  const coarse = most / unit > room ? most / (room === 0n ? 1n : room) + 1n : unit;
  return found.map((pair) => ({
    left: pair.left,
    right: pair.right,
    cost: Number((pair.off / coarse) * step) + pair.days,
  }));
}

function sameSign(one: Atoms, other: Atoms): boolean {
  return one < 0n === other < 0n;
}

/** Those of whose days the other side has any in the widest window. */
function inReach({ ledger, statement, terms }: Open): (entry: Entry) => boolean {
  const before = Math.max(...terms.map(({ dateWindow }) => dateWindow.before));
  const after = Math.max(...terms.map(({ dateWindow }) => dateWindow.after));
  const near = (entries: readonly Entry[], from: number, to: number): ReadonlySet<number> => {
    const days = new Set<number>();
    for (const { open, day } of entries) if (open) days.add(day);
    return new Set([...days].flatMap((day) => Array.from({ length: to - from + 1 }, (_, index) => day + from + index)));
  };
  const fits = { ledger: near(statement, -after, before), statement: near(ledger, -before, after) };
  return ({ side, day }) => fits[side].has(day);
}

/** Items alike in date, amounts, tax and terms are one kind, whatever their references, but for those that both sides state. */
function* kinds(
  { ledger, statement, apart }: Open,
  isWanted: (entry: Entry) => boolean = () => true,
): Generator<undefined, { ledger: Kind[]; statement: Kind[] }> {
  const shared = sharedReferences(ledger, statement, ({ open }) => open);
  const kindsOn = (entries: readonly Entry[]): Generator<undefined, Kind[]> =>
    kindsOf(entries.filter(isWanted), (entry) => {
      const { item, day, amountId, originalId, reference, terms } = entry;
      if (apart.touches(entry)) return `alone ${item.id}`;
      const refers = reference === null ? '' : shared.has(reference) ? reference : '-';
      // most items state nothing more: a number is found faster than a text
      if (originalId === -1 && item.tax === null && refers.length < 2 && terms.place === 0)
        return 2 * (amountId * DAYS + day) + refers.length;
      return `${day} ${amountId} ${originalId} ${item.tax ?? ''} ${terms.place} ${refers}`;
    });
  return { ledger: yield* kindsOn(ledger), statement: yield* kindsOn(statement) };
}

/** References that items of both sides state. @param isOpen of which items */
export function sharedReferences(
  ledger: readonly Entry[],
  statement: readonly Entry[],
  isOpen: (entry: Entry) => boolean,
): ReadonlySet<string> {
  const shared = new Set<string>();
  const own = new Set<string>();
  const [few, many] = ledger.length < statement.length ? [ledger, statement] : [statement, ledger];
  for (const entry of few) if (entry.reference !== null && isOpen(entry)) own.add(entry.reference);
  if (own.size === 0) return shared;
  for (const entry of many)
    if (entry.reference !== null && own.has(entry.reference) && isOpen(entry)) shared.add(entry.reference);
  return shared;
}

function mayPair({ apart }: Open, ledger: Entry, statement: Entry): boolean {
  return !referencesClash(ledger, statement) && !apart.has(ledger, statement);
}

/** The first index from which on a condition holds. */
function lowest(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
