/** Matches while rules are still at work. */
import type { Atoms } from '../../domain/money.ts';
import { converted, namedPair } from './candidates.ts';
import { amountIn, type Entry } from './entries.ts';
import type { FoundGroup } from './groups.ts';
import type { Pair } from './pairs.ts';
import type { ReferenceGroup } from './referenceGroups.ts';
import type { DifferenceCategory, Match, MatchRule, MatchSettings, MatchStatus } from './types.ts';

/** A match of entries, in the order of the lists given. */
export interface Made {
  readonly rule: MatchRule;
  readonly status: MatchStatus;
  readonly ledger: readonly Entry[];
  readonly statement: readonly Entry[];
  readonly currency: string;
  readonly difference: Atoms;
  readonly category: DifferenceCategory;
  readonly ambiguous: boolean;
  /** What was told of it. */
  told: Match | null;
}

export function madeOfReference(group: ReferenceGroup): Made {
  const { currency, difference, category } = group;
  return {
    rule: 'reference',
    status: category === 'amount_difference' ? 'exception' : 'confirmed',
    ledger: inOrder(group.ledger),
    statement: inOrder(group.statement),
    currency,
    difference,
    category,
    ambiguous: false,
    told: null,
  };
}

export function madeOfPair(rule: MatchRule, pair: Pair, settings: MatchSettings): Made {
  const { ledger, statement, ambiguous } = pair;
  const { difference, category } = differenceOf(rule, pair, settings);
  return {
    rule,
    status: rule === 'date_exception' ? 'exception' : rule === 'exact' && !ambiguous ? 'confirmed' : 'suggested',
    ledger: [ledger],
    statement: [statement],
    currency: ledger.item.currency,
    difference,
    category,
    ambiguous,
    told: null,
  };
}

function differenceOf(
  rule: MatchRule,
  { ledger, statement }: Pair,
  settings: MatchSettings,
): { readonly difference: Atoms; readonly category: DifferenceCategory } {
  if (rule === 'tolerance') return namedPair(ledger, statement);
  if (rule !== 'fx') return NO_DIFFERENCE;
  return { difference: statedIn(statement, ledger.item.currency, settings) - ledger.gross, category: 'fx' };
}

const NO_DIFFERENCE = { difference: 0n, category: 'none' } as const;

export function madeOfGroup({ target, members }: FoundGroup): Made {
  const others = inOrder(members);
  const [ledger, statement] = target.side === 'ledger' ? [[target], others] : [others, [target]];
  return {
    rule: 'group',
    status: 'suggested',
    ledger,
    statement,
    currency: ledger[0]?.item.currency ?? target.item.currency,
    difference: 0n,
    category: 'none',
    ambiguous: false,
    told: null,
  };
}

/** What a statement's item states in a currency, at the known rate where it states another. */
export function statedIn(entry: Entry, currency: string, settings: MatchSettings): Atoms {
  return amountIn(entry, currency) ?? converted(entry.gross, entry.item.currency, currency, settings) ?? 0n;
}

/** Whether two of one rule say the same. */
export function isSameMade(one: Made, other: Made): boolean {
  const isSame = (own: readonly Entry[], theirs: readonly Entry[]): boolean =>
    own.length === theirs.length && own.every((entry, place) => entry === theirs[place]);
  return (
    one.rule === other.rule &&
    one.ambiguous === other.ambiguous &&
    isSame(one.ledger, other.ledger) &&
    isSame(one.statement, other.statement)
  );
}

/** In the order of the lists given. */
export function inOrder(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => one.position - other.position);
}
