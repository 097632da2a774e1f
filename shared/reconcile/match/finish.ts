/**
 * What is told when all rules have had their turn: matches with their evidence, breaks, what was ignored, the bridges. What
 * was told before and still holds is told by the very same object.
 */
import type { Atoms } from '../../domain/money.ts';
import { bridgesOf, type Counted } from './bridge.ts';
import { amountIn, paidIdOf, type Entry } from './entries.ts';
import { Evidence } from './evidence.ts';
import type { GroupSearch } from './groups.ts';
import { Leftovers, periodOf } from './leftovers.ts';
import { statedIn, type Made } from './made.ts';
import type { SideEntries } from './sides.ts';
import type { Terms } from './terms.ts';
import type {
  Break,
  Bridge,
  Ignored,
  IgnoreReason,
  Match,
  MatchResult,
  MatchRule,
  MatchSettings,
  MatchType,
} from './types.ts';

/** The result but for its bridges, which some have no use for. */
export type Told = Omit<MatchResult, 'bridges'>;

export interface Finished {
  readonly ledger: SideEntries;
  readonly statement: SideEntries;
  /** Under which items of any source are. */
  readonly terms: readonly Terms[];
  readonly groups: Pick<GroupSearch, 'ambiguous' | 'notSearched'>;
  /** Numbers of amounts that there are, and those of which anything is another than before; null: all. */
  readonly amounts: number;
  readonly touched: ReadonlySet<number> | null;
  /** Currencies of before. */
  readonly kept: ReadonlySet<string>;
}

export interface Ended {
  readonly told: Told;
  /** Currencies in which the ledger is kept. */
  readonly kept: ReadonlySet<string>;
  readonly bridges: () => readonly Bridge[];
}

/** So many are told between two steps. */
const A_STEP = 1000;

export function* endSteps(finished: Finished, settings: MatchSettings): Generator<undefined, Ended> {
  const { groups, touched, amounts, terms } = finished;
  const [ledger, statement] = [finished.ledger.listed, finished.statement.listed];
  const period = periodOf(settings);
  const isLater = ({ day }: Entry): boolean => day >= period.to;
  const isMadeLater = (one: Made): boolean => one.ledger.every(isLater) && one.statement.every(isLater);
  const all = madeIn(ledger);
  const made = all.filter((one) => !isMadeLater(one));
  yield;
  const whyOut = (entry: Entry): IgnoreReason | null =>
    entry.dropped ?? ((entry.made === null ? isLater(entry) : isMadeLater(entry.made)) ? 'out_of_scope' : null);
  const left: Entry[] = [];
  for (const entries of [statement, ledger])
    for (const entry of entries) if (entry.made === null && whyOut(entry) === null) left.push(entry);
  yield;
  const ignored: Ignored[] = [];
  for (const entries of [ledger, statement])
    for (const entry of entries) {
      const why = whyOut(entry);
      if (why !== null) ignored.push({ side: entry.side, id: entry.item.id, why });
    }
  yield;
  const kept = new Set(made.map(({ currency }) => currency));
  for (const entry of left) if (entry.side === 'ledger') kept.add(entry.item.currency);
  const isKept = kept.size === finished.kept.size && [...kept].every((currency) => finished.kept.has(currency));
  const hasNoFee = terms.every(({ feeBps }) => feeBps === 0);
  const isTold = (entry: Entry): boolean =>
    isKept &&
    hasNoFee &&
    touched?.has(entry.amountId) === false &&
    !touched.has(paidIdOf(entry)) &&
    entry.told !== null &&
    entry.told.category !== 'ambiguous' &&
    !groups.ambiguous.has(entry);
  const asked = new Set<number>();
  for (const entry of left) if (!isTold(entry)) asked.add(paidIdOf(entry));
  const leftovers = new Leftovers({ made: all, ambiguous: groups.ambiguous, asked, period, terms });
  const breaks: Break[] = [];
  for (const [index, entry] of left.entries()) {
    if (entry.told === null || !isTold(entry))
      entry.told = sameBreak(entry.told, breakOf(entry, kept, leftovers, groups));
    breaks.push(entry.told);
    if (index % A_STEP === 0) yield;
  }
  const evidence = new Evidence(ledger, statement, amounts);
  const matches: Match[] = [];
  const isTouched = ({ amountId }: Entry): boolean => touched?.has(amountId) !== false;
  for (const [index, one] of made.entries()) {
    if (one.told === null || one.ledger.some(isTouched) || one.statement.some(isTouched))
      one.told = matchOf(one, evidence);
    matches.push(one.told);
    if (index % A_STEP === 0) yield;
  }
  const told = { matches, breaks, ignored, groupsNotSearched: groups.notSearched };
  const bridges = (): Bridge[] => bridgesOf(countedIn(made, left, kept, settings), matches, breaks);
  return { told, kept, bridges };
}

/** Every match of a list of entries once: rule by rule, then as the list has them. */
function madeIn(ledger: readonly Entry[]): Made[] {
  const byRule = new Map<MatchRule, Made[]>(RULES.map((rule) => [rule, []]));
  for (const entry of ledger) if (entry.made?.ledger[0] === entry) byRule.get(entry.made.rule)?.push(entry.made);
  return [...byRule.values()].flat();
}

const RULES: readonly MatchRule[] = ['reference', 'exact', 'tolerance', 'fx', 'group', 'date_exception'];

function breakOf(entry: Entry, kept: ReadonlySet<string>, leftovers: Leftovers, groups: Finished['groups']): Break {
  const { currency, amount } = reckoned(entry, kept);
  const { side } = entry;
  const { category, breakOn } = entry.isRepeat
    ? { category: `duplicate_in_${side}` as const, breakOn: null }
    : leftovers.classify(entry);
  const candidates = category === 'ambiguous' ? (groups.ambiguous.get(entry) ?? []) : [];
  return {
    side,
    id: entry.item.id,
    category,
    amount: side === 'ledger' ? -amount : amount,
    currency,
    breakOn,
    candidates: candidates.map((group) => group.map(({ item }) => item.id)),
  };
}

/** What was told before, where nothing of it is another. */
function sameBreak(before: Break | null, now: Break): Break {
  return before !== null &&
    now.candidates.length === 0 &&
    before.candidates.length === 0 &&
    before.category === now.category &&
    before.amount === now.amount &&
    before.currency === now.currency &&
    before.breakOn === now.breakOn
    ? before
    : now;
}

/** What a leftover counts: its own amount, or what was paid where the ledger is kept in that currency and not in its own. */
function reckoned(entry: Entry, kept: ReadonlySet<string>): { currency: string; amount: Atoms } {
  const { currency, original } = entry.item;
  return original !== null && !kept.has(currency) && kept.has(original.currency)
    ? { currency: original.currency, amount: amountIn(entry, original.currency) ?? 0n }
    : { currency, amount: entry.gross };
}

function countedIn(
  made: readonly Made[],
  left: readonly Entry[],
  kept: ReadonlySet<string>,
  settings: MatchSettings,
): Counted[] {
  return [
    ...made.map((one) => ({
      currency: one.currency,
      ledger: one.ledger.reduce((sum, { gross }) => sum + gross, 0n),
      statement: one.statement.reduce((sum, entry) => sum + statedIn(entry, one.currency, settings), 0n),
    })),
    ...left.map((entry) => {
      const { currency, amount } = reckoned(entry, kept);
      return entry.side === 'ledger'
        ? { currency, ledger: amount, statement: 0n }
        : { currency, ledger: 0n, statement: amount };
    }),
  ];
}

function matchOf(one: Made, of: Evidence): Match {
  const { rule, status, difference, currency, category, ambiguous } = one;
  const ledger = one.ledger.map(({ item }) => item.id);
  const statement = one.statement.map(({ item }) => item.id);
  const evidence = of.of(one.ledger, one.statement);
  const known = one.told?.evidence;
  if (one.told !== null && known !== undefined && isSameEvidence(known, evidence)) return one.told;
  const type = typeOf(ledger.length, statement.length);
  return { type, ledger, statement, rule, status, difference, currency, category, ambiguous, evidence };
}

/** Of the same items. */
function isSameEvidence({ sameAmount }: Match['evidence'], { sameAmount: now }: Match['evidence']): boolean {
  return sameAmount.ledger === now.ledger && sameAmount.statement === now.statement;
}

function typeOf(ledger: number, statement: number): MatchType {
  if (ledger === 1) return statement === 1 ? '1:1' : '1:n';
  return statement === 1 ? 'n:1' : 'n:m';
}
