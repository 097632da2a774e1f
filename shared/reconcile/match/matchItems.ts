/**
 * Matches two lists of items by the conventions of reconciliation, in this order: drops; reference groups; exact amounts;
 * tolerance, tax and fee rules; exchange rates; bounded groups; date exceptions; leftovers classified.
 *
 * Pure: the same items and settings give the same result. Which items come together does not depend on the order of the
 * lists, only the order in which the result tells them (rule by rule, then as the ledger's list has them).
 */
import type { CallContext } from '../../contract/rpc.ts';
import { Apart } from './apart.ts';
import {
  dateExceptionCandidates,
  exactCandidates,
  fxCandidates,
  hasTolerance,
  toleranceCandidates,
  type Open,
} from './candidates.ts';
import { AmountIds, drop, entriesOf, type Entry } from './entries.ts';
import { resultOf } from './finish.ts';
import { searchGroups, type GroupSearch } from './groups.ts';
import { madeOfGroup, madeOfPair, madeOfReference, type Made } from './made.ts';
import { pairUp, type Candidates } from './pairs.ts';
import { referenceGroups } from './referenceGroups.ts';
import { TermsOfSources } from './terms.ts';
import type { MatchItem, MatchResult, MatchRule, MatchSettings } from './types.ts';

/** How far matching has come. */
export interface MatchStep {
  /** Items that are settled, of all. */
  readonly done: number;
  readonly total: number;
}

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

/** What long matching needs of the place that runs it. */
export interface MatchHost {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly yieldToHost: () => Promise<void>;
  readonly context: CallContext;
}

/** Milliseconds of work between two reports. */
const PIECE_MS = 20;

/** The same, with progress, and given up where the caller cancels. @throws Cancelled */
export async function matchInPieces(
  ledger: readonly MatchItem[],
  statement: readonly MatchItem[],
  settings: MatchSettings,
  { now, yieldToHost, context }: MatchHost,
): Promise<MatchResult> {
  const steps = matchSteps(ledger, statement, settings);
  let since = now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (now() - since < PIECE_MS) continue;
    context.progress({ what: 'items', ...step.value });
    await yieldToHost();
    context.throwIfCancelled();
    since = now();
  }
}

/** The same, step by step. */
function* matchSteps(
  ledger: readonly MatchItem[],
  statement: readonly MatchItem[],
  settings: MatchSettings,
): Generator<MatchStep, MatchResult> {
  const amounts = new AmountIds();
  const sources = new TermsOfSources(settings);
  const open = {
    ledger: entriesOf('ledger', ledger, amounts, sources),
    statement: entriesOf('statement', statement, amounts, sources),
    terms: sources.all,
    apart: new Apart(settings),
  };
  yield { done: 0, total: ledger.length + statement.length };
  return yield* new Matching(open, settings).run();
}

class Matching {
  readonly #open: Open;
  readonly #settings: MatchSettings;
  readonly #made: Made[] = [];
  readonly #duplicates = new Set<Entry>();
  #settled = 0;

  constructor(open: Open, settings: MatchSettings) {
    this.#open = open;
    this.#settings = settings;
  }

  *run(): Generator<MatchStep, MatchResult> {
    const settings = this.#settings;
    const { ledger, statement, terms } = this.#open;
    const dropped = new Map([...drop(ledger, settings), ...drop(statement, settings)]);
    yield* this.#byReference();
    yield* this.#byPairs('exact', exactCandidates);
    if (hasTolerance(this.#open)) yield* this.#byPairs('tolerance', toleranceCandidates);
    if (settings.exchangeRates.length > 0) yield* this.#byPairs('fx', fxCandidates);
    const groups = yield* this.#byGroups();
    yield* this.#byPairs('date_exception', dateExceptionCandidates);
    const { made, duplicates } = { made: this.#made, duplicates: this.#duplicates };
    return resultOf({ ledger, statement, terms, made, duplicates, dropped, groups }, settings);
  }

  #step(): MatchStep {
    const { ledger, statement } = this.#open;
    return { done: this.#settled, total: ledger.length + statement.length };
  }

  #make(made: Made): void {
    for (const entry of made.ledger) entry.open = false;
    for (const entry of made.statement) entry.open = false;
    this.#made.push(made);
    this.#settled += made.ledger.length + made.statement.length;
  }

  *#byReference(): Generator<MatchStep> {
    const { ledger, statement, apart } = this.#open;
    for (const group of referenceGroups(ledger, statement, this.#settings)) {
      if (apart.parts(group.ledger, group.statement)) continue;
      this.#make(madeOfReference(group));
      for (const entry of group.duplicates) {
        entry.open = false;
        this.#duplicates.add(entry);
      }
      yield this.#step();
    }
  }

  *#byPairs(rule: MatchRule, candidates: (open: Open, settings: MatchSettings) => Candidates): Generator<MatchStep> {
    for (const pairs of pairUp(candidates(this.#open, this.#settings))) {
      for (const pair of pairs) this.#make(madeOfPair(rule, pair, this.#settings));
      yield this.#step();
    }
  }

  *#byGroups(): Generator<MatchStep, Pick<GroupSearch, 'ambiguous' | 'notSearched'>> {
    if (!this.#open.terms.some(({ group }) => group.enabled)) return { ambiguous: new Map(), notSearched: 0 };
    const search = searchGroups(this.#open);
    for (;;) {
      const step = search.next();
      if (step.done === true) {
        for (const group of step.value.unique) this.#make(madeOfGroup(group));
        return step.value;
      }
      yield this.#step();
    }
  }
}
