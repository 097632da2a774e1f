/**
 * One-to-one matching over the whole set: per connected component the most pairs, then the least total cost, then stable
 * order. Greedy pairing of the nearest would take away the only counterpart of another item.
 */
import type { Entry } from './entries.ts';
import { groupBy } from './entries.ts';
import { solve, type Edge } from './network.ts';

/** Items that are alike in everything that a rule looks at. */
export interface Kind {
  /** In stable order. */
  readonly entries: readonly Entry[];
  readonly first: Entry;
}

export interface Pair {
  readonly ledger: Entry;
  readonly statement: Entry;
  /** Another solution as good leaves other items over. */
  readonly ambiguous: boolean;
}

/** What pairs with what: kinds of both sides, and edges between them by their index. */
export interface Candidates {
  readonly ledger: readonly Kind[];
  readonly statement: readonly Kind[];
  readonly edges: readonly Edge[];
  /** Costs are days: there are few different ones. */
  readonly inDays: boolean;
  /** In a component of these kinds edges depend on the distance in days alone, and lie in one stretch of days. */
  readonly byDaysAlone: (ledger: readonly Kind[], statement: readonly Kind[]) => boolean;
}

/** Beyond so many kinds times edges, where costs are not days, pairs are taken cheapest first, and called ambiguous. */
const MOST_WORK = 20_000_000;

/** Pairs of one component that are put in step one by one; more than these come as they are. */
const MOST_PUT_IN_STEP = 100;

/** So many items are looked at between two steps. */
const A_STEP = 2000;

/** Kinds of the open ones among items in stable order. */
export function* kindsOf(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string | number,
): Generator<undefined, Kind[]> {
  const kinds = new Map<string | number, Kind & { readonly entries: Entry[] }>();
  for (const [index, entry] of entries.entries()) {
    if (index % A_STEP === 0) yield;
    if (!entry.open) continue;
    const key = keyOf(entry);
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { entries: [entry], first: entry });
    else kind.entries.push(entry);
  }
  return [...kinds.values()];
}

/** Pairs, component by component; none now and then, in between. */
export function* pairUp(candidates: Candidates): Generator<readonly Pair[]> {
  for (const component of componentsOf(candidates)) {
    if (component === null) {
      yield [];
      continue;
    }
    const [ledger] = component.ledger;
    const [statement] = component.statement;
    if (component.edges.length === 1 && ledger !== undefined && statement !== undefined)
      yield zip(ledger.entries, statement.entries, ledger.entries.length !== statement.entries.length);
    else if (isTooMuch(component)) yield cheapestFirst(component);
    else yield* solved(component);
  }
}

function isTooMuch({ ledger, statement, edges, inDays }: Candidates): boolean {
  return !inDays && (ledger.length + statement.length) * edges.length > MOST_WORK;
}

function* solved(component: Candidates): Generator<readonly Pair[]> {
  const { ledger, statement, edges, inDays, byDaysAlone } = component;
  const rounds = solve(
    ledger.map(({ entries }) => entries.length),
    statement.map(({ entries }) => entries.length),
    edges,
  );
  let round = rounds.next();
  for (; round.done !== true; round = rounds.next()) yield [];
  const { pairs, ambiguous } = round.value;
  const taken = { ledger: new Map<Kind, number>(), statement: new Map<Kind, number>() };
  const take = (side: 'ledger' | 'statement', kind: Kind | undefined, count: number): readonly Entry[] => {
    if (kind === undefined) return [];
    const from = taken[side].get(kind) ?? 0;
    taken[side].set(kind, from + count);
    return kind.entries.slice(from, from + count);
  };
  const found = edges.flatMap(({ left, right }, index) => {
    const count = pairs[index] ?? 0;
    return count === 0
      ? []
      : zip(take('ledger', ledger[left], count), take('statement', statement[right], count), ambiguous);
  });
  if (byDaysAlone(ledger, statement)) yield inStep(found, ambiguous);
  else yield inDays && found.length <= MOST_PUT_IN_STEP ? inStepWherePossible(found, component) : found;
}

/** The same items, the earlier with the earlier: as many days in all, and each pair within the same stretch of days. */
function inStep(pairs: readonly Pair[], ambiguous: boolean): Pair[] {
  const byRank = (one: Entry, other: Entry): number => one.rank - other.rank;
  return zip(
    pairs.map(({ ledger }) => ledger).sort(byRank),
    pairs.map(({ statement }) => statement).sort(byRank),
    ambiguous,
  );
}

/** The same items, and of any two pairs the earlier with the earlier where both may pair so at no more cost. */
function inStepWherePossible(pairs: readonly Pair[], { ledger, statement, edges }: Candidates): readonly Pair[] {
  const kinds = new Map<Entry, number>();
  for (const side of [ledger, statement])
    side.forEach(({ entries }, index) => {
      for (const entry of entries) kinds.set(entry, index);
    });
  const costs = new Map(edges.map(({ left, right, cost }) => [left * statement.length + right, cost]));
  const costOf = (own: Pair, theirs: Pair): number =>
    costs.get((kinds.get(own.ledger) ?? 0) * statement.length + (kinds.get(theirs.statement) ?? 0)) ?? Infinity;
  const found = pairs.toSorted((one, other) => one.ledger.rank - other.ledger.rank);
  // every exchange leaves fewer pairs out of step, so this comes to an end
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (let later = 1; later < found.length; later++)
      for (let earlier = 0; earlier < later; earlier++) {
        const [one, other] = [found[earlier]!, found[later]!];
        if (one.statement.rank < other.statement.rank) continue;
        if (costOf(one, other) + costOf(other, one) > costOf(one, one) + costOf(other, other)) continue;
        found[earlier] = { ...one, statement: other.statement };
        found[later] = { ...other, statement: one.statement };
        isChanged = true;
      }
  }
  return found;
}

function cheapestFirst({ ledger, statement, edges }: Candidates): Pair[] {
  const left = ledger.map(({ entries }) => [...entries]);
  const right = statement.map(({ entries }) => [...entries]);
  return edges
    .toSorted((one, other) => one.cost - other.cost || one.left - other.left || one.right - other.right)
    .flatMap((edge) => {
      const own = left[edge.left] ?? [];
      const theirs = right[edge.right] ?? [];
      const count = Math.min(own.length, theirs.length);
      return zip(own.splice(0, count), theirs.splice(0, count), true);
    });
}

function zip(ledger: readonly Entry[], statement: readonly Entry[], ambiguous: boolean): Pair[] {
  return ledger.slice(0, statement.length).flatMap((entry, index) => {
    const other = statement[index];
    return other === undefined ? [] : [{ ledger: entry, statement: other, ambiguous }];
  });
}

/** Parts that no edge joins (null in between), each with the indexes of its own kinds, in the order of the first ledger kind. */
function* componentsOf(candidates: Candidates): Generator<Candidates | null> {
  const { ledger, statement, edges } = candidates;
  const parent = Int32Array.from({ length: ledger.length + statement.length }, (_, index) => index);
  const rootOf = (node: number): number => {
    let root = node;
    while ((parent[root] ?? root) !== root) root = parent[root] ?? root;
    for (let at = node; at !== root;) {
      const above = parent[at] ?? root;
      parent[at] = root;
      at = above;
    }
    return root;
  };
  for (const { left, right } of edges) parent[rootOf(ledger.length + right)] = rootOf(left);
  yield null;
  const groups = groupBy(edges, ({ left }) => rootOf(left));
  yield null;
  for (const group of groups.values()) {
    const own = placesOf(group.map(({ left }) => left));
    const theirs = placesOf(group.map(({ right }) => right));
    yield {
      ...candidates,
      ledger: kindsAt(ledger, own),
      statement: kindsAt(statement, theirs),
      edges: group.map(({ left, right, cost }) => ({
        left: own.get(left) ?? 0,
        right: theirs.get(right) ?? 0,
        cost,
      })),
    };
  }
}

/** Old indexes, ascending, with their new ones. */
function placesOf(indexes: readonly number[]): Map<number, number> {
  return new Map([...new Set(indexes)].sort((one, other) => one - other).map((old, place) => [old, place]));
}

function kindsAt(kinds: readonly Kind[], places: ReadonlyMap<number, number>): Kind[] {
  return [...places.keys()].flatMap((index) => kinds[index] ?? []);
}
