/**
 * Reference groups: items of both sides that state one reference, at any date, compared by their sums.
 *
 * Where the sums differ and no category explains it, full repeats are set aside: items of the longer side that equal one
 * that stays. They are duplicates if what stays is explained; the earliest in stable order stays. Otherwise the whole
 * group is one exception. Items in a currency that the other side's do not state are in no group.
 */
import type { Atoms } from '../../domain/money.ts';
import { feeOn, nameDifference, taxOf, type Sums } from './difference.ts';
import { amountIn, groupBy, type Entry } from './entries.ts';
import { sharedTerms } from './terms.ts';
import type { DifferenceCategory, MatchTerms } from './types.ts';

export interface ReferenceGroup {
  readonly ledger: readonly Entry[];
  readonly statement: readonly Entry[];
  readonly currency: string;
  readonly difference: Atoms;
  readonly category: DifferenceCategory;
  /** Full repeats of items of the group. */
  readonly duplicates: readonly Entry[];
}

/** Ways to set repeats aside that are tried before a group is called an exception. */
const MOST_TRIES = 200_000;
/** A group with more kinds of repeated items is no charge made twice. */
const MOST_KINDS = 8;

/** All groups of the open ones among items in stable order. */
export function* referenceGroups(
  ledger: readonly Entry[],
  statement: readonly Entry[],
  settings: MatchTerms,
): Generator<ReferenceGroup> {
  const referring = (entries: readonly Entry[]): Entry[] =>
    entries.filter(({ reference, open }) => reference !== null && open);
  const theirs = groupBy(referring(statement), ({ reference }) => reference);
  for (const [reference, items] of groupBy(referring(ledger), (entry) => entry.reference)) {
    const counterparts = theirs.get(reference);
    if (counterparts === undefined) continue;
    const currencies = [...new Set(items.map(({ item }) => item.currency))];
    const assigned = groupBy(counterparts, (entry) => sharedCurrency(entry, currencies));
    for (const currency of currencies) {
      const others = assigned.get(currency);
      if (others === undefined) continue;
      const own = items.filter(({ item }) => item.currency === currency);
      yield groupOf(own, others, currency, sharedTerms(others, settings));
    }
  }
}

/** The currency in which a statement's item is compared: its own if the ledger has it, else that of what was paid. */
function sharedCurrency({ item }: Entry, currencies: readonly string[]): string | null {
  if (currencies.includes(item.currency)) return item.currency;
  const original = item.original?.currency;
  return original !== undefined && currencies.includes(original) ? original : null;
}

function groupOf(
  ledger: readonly Entry[],
  statement: readonly Entry[],
  currency: string,
  terms: MatchTerms,
): ReferenceGroup {
  const fee = (amount: Atoms): Atoms => feeOn(amount, terms.feeBps, currency);
  const sums: Sums = {
    ledger: sumOf(ledger, currency),
    statement: sumOf(statement, currency),
    ledgerTax: taxOf(ledger),
    statementTax: taxOf(statement),
    fee: ledger.reduce((sum, { gross }) => sum + fee(gross), 0n),
  };
  const name = (left: Sums): DifferenceCategory => nameDifference(left, currency, terms);
  const group = (left: Sums, duplicates: ReadonlySet<Entry>): ReferenceGroup => ({
    ledger: ledger.filter((entry) => !duplicates.has(entry)),
    statement: statement.filter((entry) => !duplicates.has(entry)),
    currency,
    difference: left.statement - left.ledger,
    category: name(left),
    duplicates: [...duplicates],
  });
  if (name(sums) !== 'amount_difference') return group(sums, new Set());
  for (const [side, entries] of [['statement', statement] as const, ['ledger', ledger] as const])
    for (const { amount, tax, ledgerFee, aside } of repeats(entries, currency, fee)) {
      const left: Sums =
        side === 'statement'
          ? { ...sums, statement: sums.statement - amount, statementTax: less(sums.statementTax, tax) }
          : {
              ...sums,
              ledger: sums.ledger - amount,
              ledgerTax: less(sums.ledgerTax, tax),
              fee: sums.fee - ledgerFee,
            };
      if (name(left) !== 'amount_difference') return group(left, new Set(aside()));
    }
  return group(sums, new Set());
}

function less(tax: Atoms | null, part: Atoms): Atoms | null {
  return tax === null ? null : tax - part;
}

function sumOf(entries: readonly Entry[], currency: string): Atoms {
  return entries.reduce((sum, entry) => sum + (amountIn(entry, currency) ?? 0n), 0n);
}

interface Aside {
  /** Sums of what is set aside. */
  readonly amount: Atoms;
  readonly tax: Atoms;
  readonly ledgerFee: Atoms;
  readonly aside: () => readonly Entry[];
}

/** What may be set aside: of items of one amount, whatever tax they state, all but the first so many; the fewest first. */
function* repeats(entries: readonly Entry[], currency: string, fee: (amount: Atoms) => Atoms): Generator<Aside> {
  const all = groupBy(entries, (entry) => amountIn(entry, currency) ?? 0n);
  const kinds = [...all].flatMap(([amount, alike]) =>
    alike.length > 1 ? [{ amount, fee: fee(amount), alike, taxes: taxesFromEnd(alike) }] : [],
  );
  if (kinds.length > MOST_KINDS) return;
  const most = kinds.map(({ alike }) => alike.length - 1);
  const total = most.reduce((sum, count) => sum + count, 0);
  let tries = 0;
  for (let count = 1; count <= total; count++)
    for (const counts of splits(count, most, 0)) {
      if (++tries > MOST_TRIES) return;
      let [amount, ledgerFee, tax] = [0n, 0n, 0n];
      for (const [index, kind] of kinds.entries()) {
        const taken = counts[index] ?? 0;
        amount += kind.amount * BigInt(taken);
        ledgerFee += kind.fee * BigInt(taken);
        tax += kind.taxes[taken] ?? 0n;
      }
      const aside = (): Entry[] =>
        kinds.flatMap(({ alike }, index) => alike.slice(alike.length - (counts[index] ?? 0)));
      yield { amount, tax, ledgerFee, aside };
    }
}

/** Tax that the last none, one, two, ... of the entries state. */
function taxesFromEnd(entries: readonly Entry[]): Atoms[] {
  const taxes = [0n];
  for (const { item } of entries.toReversed()) taxes.push((taxes.at(-1) ?? 0n) + (item.tax ?? 0n));
  return taxes;
}

/** Ways to take `count` from kinds of which `most` can be taken, from the one at `from` on. */
function* splits(count: number, most: readonly number[], from: number): Generator<readonly number[]> {
  if (from === most.length) {
    if (count === 0) yield [];
    return;
  }
  for (let taken = Math.min(count, most[from] ?? 0); taken >= 0; taken--)
    for (const rest of splits(count - taken, most, from + 1)) yield [taken, ...rest];
}
