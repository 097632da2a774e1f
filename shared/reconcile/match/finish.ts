/** The result, when all rules have had their turn: matches with their evidence, breaks, what was ignored, the bridges. */
import type { Atoms } from '../../domain/money.ts';
import { bridgesOf, type Counted } from './bridge.ts';
import { amountIn, type Entry } from './entries.ts';
import { Evidence } from './evidence.ts';
import type { GroupSearch } from './groups.ts';
import { Leftovers } from './leftovers.ts';
import { statedIn, type Made } from './made.ts';
import type { Terms } from './terms.ts';
import type { Break, Ignored, IgnoreReason, Match, MatchResult, MatchRule, MatchSettings, MatchType } from './types.ts';

export interface Finished {
  readonly ledger: readonly Entry[];
  readonly statement: readonly Entry[];
  /** Under which items of any source are. */
  readonly terms: readonly Terms[];
  readonly made: readonly Made[];
  /** Full repeats of what a reference group holds. */
  readonly duplicates: ReadonlySet<Entry>;
  readonly dropped: ReadonlyMap<Entry, IgnoreReason>;
  readonly groups: Pick<GroupSearch, 'ambiguous' | 'notSearched'>;
}

export function resultOf(finished: Finished, settings: MatchSettings): MatchResult {
  const { duplicates, dropped, groups } = finished;
  const ledger = inPlace(finished.ledger);
  const statement = inPlace(finished.statement);
  const leftovers = new Leftovers(finished.made, groups.ambiguous, settings.period, finished.terms);
  const isLater = (entry: Entry): boolean => leftovers.isLater(entry);
  const made = finished.made.filter((one) => !(one.ledger.every(isLater) && one.statement.every(isLater)));
  const placed = new Set<Entry>();
  for (const one of made) {
    for (const entry of one.ledger) placed.add(entry);
    for (const entry of one.statement) placed.add(entry);
  }
  const ignored = new Map(dropped);
  const left: Entry[] = [];
  for (const entries of [statement, ledger])
    for (const entry of entries) {
      if (placed.has(entry) || ignored.has(entry)) continue;
      if (isLater(entry)) ignored.set(entry, 'out_of_scope');
      else left.push(entry);
    }
  const kept = new Set(made.map(({ currency }) => currency));
  for (const entry of left) if (entry.side === 'ledger') kept.add(entry.item.currency);

  const counted: Counted[] = made.map((one) => ({
    currency: one.currency,
    ledger: one.ledger.reduce((sum, { gross }) => sum + gross, 0n),
    statement: one.statement.reduce((sum, entry) => sum + statedIn(entry, one.currency, settings), 0n),
  }));
  const breaks = left.map((entry): Break => {
    const { currency, amount } = reckoned(entry, kept);
    const isLedger = entry.side === 'ledger';
    counted.push({ currency, ledger: isLedger ? amount : 0n, statement: isLedger ? 0n : amount });
    const { category, breakOn } = duplicates.has(entry)
      ? { category: `duplicate_in_${entry.side}` as const, breakOn: null }
      : leftovers.classify(entry);
    const candidates = category === 'ambiguous' ? (groups.ambiguous.get(entry) ?? []) : [];
    return {
      side: entry.side,
      id: entry.item.id,
      category,
      amount: isLedger ? -amount : amount,
      currency,
      breakOn,
      candidates: candidates.map((group) => group.map(({ item }) => item.id)),
    };
  });
  const matches = matchesOf(made, new Evidence(ledger, statement));
  return {
    matches,
    breaks,
    ignored: ignored.size === 0 ? [] : [ledger, statement].flatMap((entries) => ignoredOf(entries, ignored)),
    bridges: bridgesOf(counted, matches, breaks),
    groupsNotSearched: groups.notSearched,
  };
}

function ignoredOf(entries: readonly Entry[], ignored: ReadonlyMap<Entry, IgnoreReason>): Ignored[] {
  return entries.flatMap((entry) => {
    const why = ignored.get(entry);
    return why === undefined ? [] : [{ side: entry.side, id: entry.item.id, why }];
  });
}

/** What a leftover counts: its own amount, or what was paid where the ledger is kept in that currency and not in its own. */
function reckoned(entry: Entry, kept: ReadonlySet<string>): { currency: string; amount: Atoms } {
  const { currency, original } = entry.item;
  return original !== null && !kept.has(currency) && kept.has(original.currency)
    ? { currency: original.currency, amount: amountIn(entry, original.currency) ?? 0n }
    : { currency, amount: entry.gross };
}

/** All of a side, as its list has them. */
function inPlace(entries: readonly Entry[]): Entry[] {
  const placed = [...entries];
  for (const entry of entries) placed[entry.position] = entry;
  return placed;
}

const RULES: readonly MatchRule[] = ['reference', 'exact', 'tolerance', 'fx', 'group', 'date_exception'];

/** Rule by rule, then as the ledger's list has them. */
function matchesOf(made: readonly Made[], evidence: Evidence): Match[] {
  const first = ({ ledger }: Made): number => ledger[0]?.position ?? 0;
  const byRule = RULES.flatMap((rule) =>
    made.filter((one) => one.rule === rule).sort((one, other) => first(one) - first(other)),
  );
  return byRule.map((one): Match => {
    const { rule, status, difference, currency, category, ambiguous } = one;
    const ledger = one.ledger.map(({ item }) => item.id);
    const statement = one.statement.map(({ item }) => item.id);
    const type = typeOf(ledger.length, statement.length);
    const found = evidence.of(one.ledger, one.statement);
    return { type, ledger, statement, rule, status, difference, currency, category, ambiguous, evidence: found };
  });
}

function typeOf(ledger: number, statement: number): MatchType {
  if (ledger === 1) return statement === 1 ? '1:1' : '1:n';
  return statement === 1 ? 'n:1' : 'n:m';
}
