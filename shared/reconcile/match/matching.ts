/**
 * The rules at work, one after another, on what is open. A matching that is used again goes on from how nearly the same
 * items came out: by reference and by exact amounts it looks only at those that share a reference or an amount with what
 * is another now, or with what came out otherwise; the rules after them have few open items, and look at all of these.
 */
import { formatAtoms } from '../../domain/money.ts';
import { Apart } from './apart.ts';
import {
  dateExceptionCandidates,
  exactCandidates,
  fxCandidates,
  hasTolerance,
  toleranceCandidates,
  type Open,
} from './candidates.ts';
import { AmountIds, drop, isReferred, type Entry, type Numbers } from './entries.ts';
import { endSteps, type Ended } from './finish.ts';
import { searchGroups, stillOpen, type GroupSearch } from './groups.ts';
import { isSameMade, madeOfGroup, madeOfPair, madeOfReference, type Made } from './made.ts';
import { pairUp, type Candidates } from './pairs.ts';
import { referenceGroups } from './referenceGroups.ts';
import { sideSteps, type SideEntries } from './sides.ts';
import { TermsOfSources } from './terms.ts';
import { Touched } from './touched.ts';
import type { MatchItem, MatchRule, MatchSettings } from './types.ts';

/** How far matching has come. */
export interface MatchStep {
  /** Items that are settled, of all. */
  readonly done: number;
  readonly total: number;
}

interface Sides {
  readonly ledger: SideEntries;
  readonly statement: SideEntries;
}

interface Known extends Sides, Numbers {
  /** All settings but for what was taken apart. */
  readonly settings: string;
  readonly apart: MatchSettings['apart'];
  readonly kept: ReadonlySet<string>;
}

export class Matching {
  #known: Known | null = null;

  /** @throws RangeError where a date is none or an id is there twice on its side; SyntaxError where the vendor's pattern is none. */
  *steps(
    ledger: readonly MatchItem[],
    statement: readonly MatchItem[],
    settings: MatchSettings,
  ): Generator<MatchStep, Ended> {
    const { apart, ...others } = settings;
    const text = JSON.stringify(others, (_, one: unknown) => (typeof one === 'bigint' ? formatAtoms(one) : one));
    const known = this.#known?.settings === text ? this.#known : null;
    // of what is given up halfway nothing is known
    this.#known = null;
    const begun: MatchStep = { done: 0, total: ledger.length + statement.length };
    const again = known === null ? null : yield* sidesOf(ledger, statement, known, known, begun);
    const before = again === null ? null : known;
    const { amounts, sources } = before ?? { amounts: new AmountIds(), sources: new TermsOfSources(settings) };
    const sides = again ?? (yield* sidesOf(ledger, statement, { amounts, sources }, null, begun));
    if (sides === null) throw new Error('items have no order');
    const touched = before === null ? null : new Touched(sides, before.apart, apart);
    const ended = yield* new Run(sides, sources.all, settings, touched).steps(amounts, before?.kept ?? new Set());
    this.#known = { ...sides, amounts, sources, settings: text, apart, kept: ended.kept };
    return ended;
  }
}

/** Null where items of before stand in another order. */
function* sidesOf(
  ledger: readonly MatchItem[],
  statement: readonly MatchItem[],
  numbers: Numbers,
  before: Sides | null,
  begun: MatchStep,
): Generator<MatchStep, Sides | null> {
  const made: SideEntries[] = [];
  for (const [side, items] of [['ledger', ledger] as const, ['statement', statement] as const]) {
    yield begun;
    const steps = sideSteps(side, items, numbers, before?.[side] ?? null);
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) yield begun;
    if (step.value === null) return null;
    made.push(step.value);
  }
  const [own, theirs] = made;
  return own === undefined || theirs === undefined ? null : { ledger: own, statement: theirs };
}

class Run {
  readonly #sides: Sides;
  readonly #open: Open;
  readonly #settings: MatchSettings;
  /** What is another than before; null: everything. */
  readonly #touched: Touched | null;
  /** Entries on which rules are at work, where all others are as they were. */
  readonly #worked = new Set<Entry>();
  #settled = 0;

  constructor(sides: Sides, terms: Open['terms'], settings: MatchSettings, touched: Touched | null) {
    const { ledger, statement } = sides;
    this.#sides = sides;
    this.#open = { ledger: ledger.ordered, statement: statement.ordered, terms, apart: new Apart(settings) };
    this.#settings = settings;
    this.#touched = touched;
  }

  *steps(amounts: AmountIds, kept: ReadonlySet<string>): Generator<MatchStep, Ended> {
    const settings = this.#settings;
    const { terms } = this.#open;
    for (const entries of [this.#open.ledger, this.#open.statement])
      for (const entry of drop(entries, settings)) this.#touched?.add(entry);
    yield* this.#byReference();
    const unreferred = this.#touched?.byAmount(this.#open) ?? this.#open;
    yield* this.#byPairs('exact', exactCandidates(this.#again(unreferred, (entry) => !isReferred(entry))));
    const left = this.#again(this.#open, isLeft);
    if (hasTolerance(left)) yield* this.#byPairs('tolerance', toleranceCandidates(left));
    if (settings.exchangeRates.length > 0) yield* this.#byPairs('fx', fxCandidates(left, settings));
    const groups = yield* this.#byGroups(left);
    yield* this.#byPairs('date_exception', dateExceptionCandidates(left));
    const ambiguous = stillOpen(groups.ambiguous);
    this.#settle();
    const touched = this.#touched?.amounts ?? null;
    const end = endSteps(
      { ...this.#sides, terms, groups: { ...groups, ambiguous }, amounts: amounts.size, touched, kept },
      settings,
    );
    for (;;) {
      const step = end.next();
      if (step.done === true) return step.value;
      yield this.#step();
    }
  }

  #step(): MatchStep {
    const { ledger, statement } = this.#open;
    return { done: this.#settled, total: ledger.length + statement.length };
  }

  /** Some entries, as if none of the rules from here on had been at work on them. */
  #again({ ledger, statement, ...rest }: Open, isWanted: (entry: Entry) => boolean): Open {
    const wanted = (entries: readonly Entry[]): Entry[] => {
      const found = entries.filter(isWanted);
      for (const entry of found) {
        entry.open = entry.dropped === null;
        entry.before = entry.made ?? entry.before;
        entry.made = null;
        entry.isRepeat = false;
        if (this.#touched !== null) this.#worked.add(entry);
      }
      return found;
    };
    return { ledger: wanted(ledger), statement: wanted(statement), ...rest };
  }

  #make(made: Made): void {
    const before = made.ledger[0]?.before ?? null;
    const kept = before !== null && isSameMade(before, made) ? before : made;
    for (const entries of [made.ledger, made.statement])
      for (const entry of entries) {
        entry.open = false;
        entry.made = kept;
      }
    this.#settled += made.ledger.length + made.statement.length;
  }

  *#byReference(): Generator<MatchStep> {
    const touched = this.#touched;
    const some = touched?.byReference(this.#open) ?? this.#open;
    const referred = touched === null ? [] : [...some.ledger, ...some.statement].filter(isReferred);
    const { ledger, statement, apart } = this.#again(some, (entry) => isReferred(entry) || entry.reference !== null);
    for (const group of referenceGroups(ledger, statement, this.#settings)) {
      if (apart.parts(group.ledger, group.statement)) continue;
      this.#make(madeOfReference(group));
      for (const entry of group.duplicates) {
        entry.open = false;
        entry.isRepeat = true;
      }
      yield this.#step();
    }
    if (touched === null) return;
    const before = new Set(referred);
    for (const entry of [...ledger, ...statement]) if (isReferred(entry) !== before.has(entry)) touched.add(entry);
  }

  *#byPairs(rule: MatchRule, finding: Generator<undefined, Candidates>): Generator<MatchStep> {
    let found = finding.next();
    for (; found.done !== true; found = finding.next()) yield this.#step();
    for (const pairs of pairUp(found.value)) {
      for (const pair of pairs) this.#make(madeOfPair(rule, pair, this.#settings));
      yield this.#step();
    }
  }

  *#byGroups(open: Open): Generator<MatchStep, Pick<GroupSearch, 'ambiguous' | 'notSearched'>> {
    if (!open.terms.some(({ group }) => group.enabled)) return { ambiguous: new Map(), notSearched: 0 };
    const search = searchGroups(open);
    for (;;) {
      const step = search.next();
      if (step.done === true) {
        for (const group of step.value.unique) this.#make(madeOfGroup(group));
        return step.value;
      }
      yield this.#step();
    }
  }

  /** What came out otherwise than before is touched; from now on there is no before. */
  #settle(): void {
    for (const entry of this.#worked) {
      if (entry.made !== entry.before) this.#touched?.add(entry);
      entry.before = null;
    }
  }
}

/** Neither reference nor exact amount has settled it. */
function isLeft(entry: Entry): boolean {
  return entry.dropped === null && !isReferred(entry) && entry.made?.rule !== 'exact';
}
