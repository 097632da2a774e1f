/**
 * Matches two lists of items by the conventions of reconciliation, in this order: drops; reference groups; exact amounts;
 * tolerance, tax and fee rules; exchange rates; bounded groups; date exceptions; leftovers classified.
 *
 * Pure: the same items and settings give the same result. Which items come together does not depend on the order of the
 * lists, only the order in which the result tells them (rule by rule, then as the ledger's list has them).
 */
import type { Atoms } from '../../domain/money.ts';
import { Apart } from './apart.ts';
import { bridgesOf, type Counted } from './bridge.ts';
import {
  converted,
  dateExceptionCandidates,
  exactCandidates,
  fxCandidates,
  namedPair,
  toleranceCandidates,
  type Open,
} from './candidates.ts';
import { amountIn, drop, entriesOf, type Entry } from './entries.ts';
import { Evidence } from './evidence.ts';
import { searchGroups, type FoundGroup } from './groups.ts';
import { Leftovers } from './leftovers.ts';
import { pairUp, type Candidates, type Pair } from './pairs.ts';
import { referenceGroups, type ReferenceGroup } from './referenceGroups.ts';
import type {
  Break,
  DifferenceCategory,
  Ignored,
  Match,
  MatchItem,
  MatchResult,
  MatchRule,
  MatchSettings,
} from './types.ts';

/** A match while rules are still at work. */
interface Made extends Pick<Match, 'rule' | 'status' | 'difference' | 'currency' | 'category' | 'ambiguous'> {
  readonly ledger: readonly Entry[];
  readonly statement: readonly Entry[];
}

/** How far matching has come. */
export interface MatchStep {
  /** Items that are settled, of all. */
  readonly done: number;
  readonly total: number;
}

/** Components and groups between two steps that are told. */
const STEP = 256;

/** @throws RangeError where a date is none or an id is there twice on its side; SyntaxError where the vendor's pattern is none. */
export function matchItems(
  ledger: readonly MatchItem[],
  statement: readonly MatchItem[],
  settings: MatchSettings,
): MatchResult {
  const steps = matchSteps(ledger, statement, settings);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same, a piece at a time. */
export function* matchSteps(
  ledger: readonly MatchItem[],
  statement: readonly MatchItem[],
  settings: MatchSettings,
): Generator<MatchStep, MatchResult> {
  const sides = { ledger: entriesOf('ledger', ledger), statement: entriesOf('statement', statement) };
  yield { done: 0, total: ledger.length + statement.length };
  return yield* new Matching({ ...sides, apart: new Apart(settings) }, settings).run();
}

class Matching {
  readonly #open: Open;
  readonly #settings: MatchSettings;
  readonly #made: Made[] = [];
  readonly #duplicates: Entry[] = [];
  #settled = 0;

  constructor(open: Open, settings: MatchSettings) {
    this.#open = open;
    this.#settings = settings;
  }

  *run(): Generator<MatchStep, MatchResult> {
    const settings = this.#settings;
    const { ledger, statement } = this.#open;
    const dropped = [...drop(ledger, settings), ...drop(statement, settings)];
    yield* this.#paced(this.#byReference());
    yield* this.#paced(this.#byPairs('exact', exactCandidates));
    yield* this.#paced(this.#byPairs('tolerance', toleranceCandidates));
    if (settings.exchangeRates.length > 0) yield* this.#paced(this.#byPairs('fx', fxCandidates));
    const { ambiguous, notSearched } = yield* this.#byGroups();
    yield* this.#paced(this.#byPairs('date_exception', dateExceptionCandidates));
    return this.#result(dropped, ambiguous, notSearched);
  }

  *#paced(rule: Iterable<unknown>): Generator<MatchStep> {
    let count = 0;
    for (const _ of rule) if (++count % STEP === 0) yield this.#step();
    yield this.#step();
  }

  #step(): MatchStep {
    const { ledger, statement } = this.#open;
    return { done: this.#settled, total: ledger.length + statement.length };
  }

  #make(made: Made): void {
    for (const entry of [...made.ledger, ...made.statement]) entry.open = false;
    this.#made.push(made);
    this.#settled += made.ledger.length + made.statement.length;
  }

  *#byReference(): Generator<ReferenceGroup> {
    const { ledger, statement, apart } = this.#open;
    for (const group of referenceGroups(ledger, statement, this.#settings)) {
      yield group;
      const { currency, difference, category, duplicates } = group;
      if (apart.parts(group.ledger, group.statement)) continue;
      const status = category === 'amount_difference' ? 'exception' : 'confirmed';
      const members = { ledger: inOrder(group.ledger), statement: inOrder(group.statement) };
      this.#make({ ...members, rule: 'reference', status, difference, currency, category, ambiguous: false });
      for (const entry of duplicates) entry.open = false;
      this.#duplicates.push(...duplicates);
    }
  }

  *#byPairs(
    rule: MatchRule,
    candidates: (open: Open, settings: MatchSettings) => Candidates,
  ): Generator<readonly Pair[]> {
    for (const pairs of pairUp(candidates(this.#open, this.#settings))) {
      for (const pair of pairs) this.#make(this.#madeOf(rule, pair));
      yield pairs;
    }
  }

  #madeOf(rule: MatchRule, { ledger, statement, ambiguous }: Pair): Made {
    const { currency } = ledger.item;
    const members = { ledger: [ledger], statement: [statement] };
    const confirmed = rule === 'exact' && !ambiguous;
    const status = rule === 'date_exception' ? 'exception' : confirmed ? 'confirmed' : 'suggested';
    if (rule === 'tolerance')
      return { ...members, rule, status, ...namedPair(ledger, statement, this.#settings), currency, ambiguous };
    const difference = rule === 'fx' ? this.#converted(statement, currency) - ledger.gross : 0n;
    const category: DifferenceCategory = rule === 'fx' ? 'fx' : 'none';
    return { ...members, rule, status, difference, category, currency, ambiguous };
  }

  #converted({ gross, item }: Entry, currency: string): Atoms {
    return converted(gross, item.currency, currency, this.#settings) ?? 0n;
  }

  *#byGroups(): Generator<
    MatchStep,
    { ambiguous: ReadonlyMap<Entry, readonly (readonly Entry[])[]>; notSearched: number }
  > {
    if (!this.#settings.group.enabled) return { ambiguous: new Map(), notSearched: 0 };
    const search = searchGroups(this.#open, this.#settings);
    let count = 0;
    for (;;) {
      const step = search.next();
      if (step.done === true) {
        for (const group of step.value.unique) this.#make(groupMade(group));
        yield this.#step();
        return step.value;
      }
      if (++count % STEP === 0) yield this.#step();
    }
  }

  #result(
    dropped: readonly Ignored[],
    ambiguous: ReadonlyMap<Entry, readonly (readonly Entry[])[]>,
    groupsNotSearched: number,
  ): MatchResult {
    const { ledger, statement } = this.#open;
    const matchedEntries = this.#made.flatMap((made) => [...made.ledger, ...made.statement]);
    const leftovers = new Leftovers(matchedEntries, ambiguous, this.#settings);
    const isLater = (made: Made): boolean =>
      [...made.ledger, ...made.statement].every((entry) => leftovers.isLater(entry));
    const later = new Set(this.#made.filter(isLater).flatMap((made) => [...made.ledger, ...made.statement]));
    const made = this.#made.filter((one) => !isLater(one));

    const duplicates = new Set(this.#duplicates);
    const left = [...statement, ...ledger].filter((entry) => entry.open || duplicates.has(entry));
    for (const entry of left) if (leftovers.isLater(entry)) later.add(entry);
    const currencies = new Set(made.map(({ currency }) => currency));
    for (const entry of left) if (entry.side === 'ledger') currencies.add(entry.item.currency);
    const counted = [...made.map(countedOf)];
    const breaks = left
      .filter((entry) => !later.has(entry))
      .map((entry): Break => {
        const { currency, amount } = reckoned(entry, currencies);
        const { side } = entry;
        counted.push({ currency, ledger: side === 'ledger' ? amount : 0n, statement: side === 'ledger' ? 0n : amount });
        const { category, breakOn } = duplicates.has(entry)
          ? { category: `duplicate_in_${side}` as const, breakOn: null }
          : leftovers.classify(entry);
        const candidates = category === 'ambiguous' ? (ambiguous.get(entry) ?? []) : [];
        return {
          side,
          id: entry.item.id,
          category,
          amount: side === 'ledger' ? -amount : amount,
          currency,
          breakOn,
          candidates: candidates.map((group) => group.map(({ item }) => item.id)),
        };
      });
    const outside = [...ledger, ...statement].filter((entry) => later.has(entry));
    const matches = finished(made, new Evidence(ledger, statement));
    return {
      matches,
      breaks,
      ignored: inOrderOf(
        [...ledger, ...statement],
        [...dropped, ...outside.map(({ side, item: { id } }): Ignored => ({ side, id, why: 'out_of_scope' }))],
      ),
      bridges: bridgesOf(counted, matches, breaks),
      groupsNotSearched,
    };
  }
}

function groupMade({ target, members }: FoundGroup): Made {
  const ledger = target.side === 'ledger' ? [target] : inOrder(members);
  const statement = target.side === 'ledger' ? inOrder(members) : [target];
  const currency = ledger[0]?.item.currency ?? target.item.currency;
  return {
    ledger,
    statement,
    rule: 'group',
    status: 'suggested',
    difference: 0n,
    currency,
    category: 'none',
    ambiguous: false,
  };
}

function inOrder(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => one.position - other.position);
}

function inOrderOf(entries: readonly Entry[], ignored: readonly Ignored[]): Ignored[] {
  const reasons = new Map(ignored.map((one) => [`${one.side} ${one.id}`, one]));
  return entries.flatMap(({ side, item }) => reasons.get(`${side} ${item.id}`) ?? []);
}

/** What a match counts on either side: the statement's is the ledger's and the difference, also where it was converted. */
function countedOf({ currency, difference, ledger }: Made): Counted {
  const sum = ledger.reduce((total, { gross }) => total + gross, 0n);
  return { currency, ledger: sum, statement: sum + difference };
}

/** What a leftover counts: its own amount, or what was paid where the ledger is kept in that currency and not in its own. */
function reckoned(entry: Entry, currencies: ReadonlySet<string>): { currency: string; amount: Atoms } {
  const { currency, original } = entry.item;
  return original !== null && !currencies.has(currency) && currencies.has(original.currency)
    ? { currency: original.currency, amount: amountIn(entry, original.currency) ?? 0n }
    : { currency, amount: entry.gross };
}

/** Rule by rule, then as the ledger's list has them. */
function finished(made: readonly Made[], evidence: Evidence): Match[] {
  const first = ({ ledger }: Made): number => ledger[0]?.position ?? 0;
  const rules: readonly MatchRule[] = ['reference', 'exact', 'tolerance', 'fx', 'group', 'date_exception'];
  return made
    .toSorted((one, other) => rules.indexOf(one.rule) - rules.indexOf(other.rule) || first(one) - first(other))
    .map(({ ledger, statement, ...rest }): Match => {
      const many = (entries: readonly Entry[], sign: 'n' | 'm'): string => (entries.length === 1 ? '1' : sign);
      const type = `${many(ledger, 'n')}:${many(statement, ledger.length === 1 ? 'n' : 'm')}`;
      return {
        type: type === 'n:m' || type === 'n:1' || type === '1:n' ? type : '1:1',
        ledger: ledger.map(({ item }) => item.id),
        statement: statement.map(({ item }) => item.id),
        ...rest,
        evidence: evidence.of(ledger, statement),
      };
    });
}
