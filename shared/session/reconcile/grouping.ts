/**
 * What belongs together over all sides of a month: links of its bridges joined, what stands alone, and what is ignored. Kept
 * from one act to the next: only groups of which any link, break or item is another are put together anew.
 */
import type { ReconSide } from '../../contract/reconcile.ts';
import type { Decisions } from '../../reconcile/log/fold.ts';
import { atOnce, eachOf, forEachOf, type Steps } from '../inPieces.ts';
import { areSame, differing } from './inOrder.ts';
import type { Item } from './item.ts';
import type { LegBreak, LegLink } from './leg.ts';
import type { MonthOutcome } from './month.ts';

export const SIDES: readonly ReconSide[] = ['simulated', 'document', 'bank'];

export interface GroupMade {
  readonly items: readonly Item[];
  readonly links: readonly LegLink[];
  readonly breaks: readonly LegBreak[];
  readonly ignored: string | null;
}

/** What groups are made of. */
interface Parts {
  readonly links: readonly LegLink[];
  readonly breaks: readonly LegBreak[];
  readonly ofMonth: ReadonlyMap<string, Item>;
  readonly ignored: MonthOutcome['ignored'];
  readonly accepted: Decisions['accepted'];
}

export function partsOf({ input, legs, ofMonth, ignored }: MonthOutcome): Parts {
  const compared = new Set(legs.map(({ leg }) => leg));
  const earlier = new Set<LegLink>();
  for (const { leg, links } of input.carried) if (compared.has(leg)) for (const link of links) earlier.add(link);
  return {
    links: [...earlier, ...legs.flatMap((leg) => leg.links)],
    breaks: legs.flatMap((leg) => leg.breaks),
    ...{ ofMonth, accepted: input.decisions.accepted },
    ignored: ignored.filter(({ item }) => item.date.startsWith(input.month)),
  };
}

export interface Grouped<G> {
  /** In the order of their first items: by date, then by side. */
  readonly groups: readonly G[];
  /** Of those that are joined, the ones that are there no more, and the new ones. Null: all were put together anew. */
  readonly gone: readonly G[] | null;
  readonly added: readonly G[];
}

/** Groups of what is ignored stand for themselves; all others by any of their items. */
export class Grouping<G extends { readonly made: GroupMade }> {
  #parts: Parts | null = null;
  #joined: readonly G[] = [];
  #ofItem = new Map<string, G>();
  #alone = new Map<Item, G>();
  #all: readonly G[] = [];

  /** @param list what is kept of a group; made once */
  *of(now: Parts, list: (made: GroupMade) => G): Steps<Grouped<G>> {
    const before = this.#parts;
    if (before !== null && isSame(before, now)) return { groups: this.#all, gone: [], added: [] };
    const touched = before === null ? null : touchedBy(before, now);
    const isAnew = touched === null || touched.size > this.#ofItem.size / 2;
    const gone = isAnew ? null : this.#groupsAbout(touched);
    const added = isAnew || gone === null ? yield* this.#anew(now, list) : this.#again(touched, gone, now, list);
    if (before?.ignored !== now.ignored) {
      const known = this.#alone;
      this.#alone = new Map();
      yield* forEachOf('groups', now.ignored, ({ item, why }) => {
        const group = known.get(item);
        const isKnown = group?.made.ignored === why;
        this.#alone.set(item, isKnown ? group : list({ items: [item], links: [], breaks: [], ignored: why }));
      });
    }
    this.#parts = now;
    this.#all = merged(this.#joined, [...this.#alone.values()].sort(byFirst));
    return { groups: this.#all, gone, added };
  }

  *#anew(parts: Parts, list: (made: GroupMade) => G): Steps<readonly G[]> {
    const made = yield* groupSteps({ ...parts, items: [...parts.ofMonth.values()] });
    this.#joined = yield* eachOf('groups', made, list);
    this.#ofItem = new Map();
    yield* forEachOf('groups', this.#joined, (group) => {
      for (const { id } of group.made.items) this.#ofItem.set(id, group);
    });
    return this.#joined;
  }

  /** Groups that have any of some items; the items of all of them are among these then. */
  #groupsAbout(ids: Set<string>): G[] {
    const groups = new Set<G>();
    // what is added on the way comes up too
    for (const id of ids) {
      const group = this.#ofItem.get(id);
      if (group === undefined) continue;
      groups.add(group);
      for (const item of group.made.items) ids.add(item.id);
    }
    return [...groups];
  }

  #again(
    ids: ReadonlySet<string>,
    gone: readonly G[],
    { links, breaks, ofMonth }: Parts,
    list: (made: GroupMade) => G,
  ): readonly G[] {
    if (ids.size === 0) return [];
    const isIn = ({ ledger, statement }: LegLink): boolean => ids.has((ledger[0] ?? statement[0])?.id ?? '');
    const steps = groupSteps({
      links: links.filter(isIn),
      breaks: breaks.filter(({ item }) => ids.has(item.id)),
      items: [...ids].flatMap((id) => ofMonth.get(id) ?? []),
    });
    const made = atOnce(steps).map(list);
    for (const id of ids) this.#ofItem.delete(id);
    for (const group of made) for (const { id } of group.made.items) this.#ofItem.set(id, group);
    const left = new Set(gone);
    this.#joined = merged(
      this.#joined.filter((group) => !left.has(group)),
      made,
    );
    return made;
  }
}

function isSame(one: Parts, other: Parts): boolean {
  return (
    one.ofMonth === other.ofMonth &&
    one.ignored === other.ignored &&
    one.accepted === other.accepted &&
    areSame(one.links, other.links) &&
    areSame(one.breaks, other.breaks)
  );
}

/** Items of which anything is another, by their ids. */
function touchedBy(before: Parts, now: Parts): Set<string> {
  const touched = new Set<string>();
  const links = differing(before.links, now.links);
  for (const { ledger, statement } of [...links.gone, ...links.added])
    for (const { id } of [...ledger, ...statement]) touched.add(id);
  const breaks = differing(before.breaks, now.breaks);
  for (const { item } of [...breaks.gone, ...breaks.added]) touched.add(item.id);
  const accepted = differing(before.accepted, now.accepted);
  for (const items of [...accepted.gone, ...accepted.added]) for (const id of items) touched.add(id);
  if (before.ofMonth !== now.ofMonth) {
    const items = differing([...before.ofMonth.values()], [...now.ofMonth.values()]);
    for (const { id } of [...items.gone, ...items.added]) touched.add(id);
  }
  return touched;
}

export function* groupSteps({
  links,
  breaks,
  items: own,
}: Pick<Parts, 'links' | 'breaks'> & { readonly items: readonly Item[] }): Steps<GroupMade[]> {
  const items = new Map<string, Item>();
  const joined = new Joined();
  yield* forEachOf('matches', links, ({ ledger, statement }) => {
    const first = ledger[0] ?? statement[0];
    for (const members of [ledger, statement])
      for (const item of members) {
        items.set(item.id, item);
        if (first !== undefined && item !== first) joined.join(first.id, item.id);
      }
  });
  for (const { item } of breaks) items.set(item.id, item);
  yield { what: 'groups', done: 0, total: own.length };
  for (const item of own) items.set(item.id, item);
  const groups = new Map<string, Gathered>();
  yield* forEachOf('groups', [...items.values()], (item) => {
    const root = joined.rootOf(item.id);
    const known = groups.get(root);
    if (known === undefined) groups.set(root, { items: [item], links: NO_LINKS, breaks: NO_BREAKS, ignored: null });
    else known.items.push(item);
  });
  yield* forEachOf('groups', links, (link) => {
    const group = groups.get(joined.rootOf((link.ledger[0] ?? link.statement[0])?.id ?? ''));
    if (group === undefined) return;
    if (group.links === NO_LINKS) group.links = [link];
    else group.links.push(link);
  });
  yield* forEachOf('groups', breaks, (found) => {
    const group = groups.get(joined.rootOf(found.item.id));
    if (group === undefined) return;
    if (group.breaks === NO_BREAKS) group.breaks = [found];
    else group.breaks.push(found);
  });
  const made = yield* eachOf('groups', [...groups.values()], (group): GroupMade => {
    if (group.items.length > 1) group.items.sort(byDate);
    return group;
  });
  yield { what: 'groups', done: 0, total: made.length };
  return made.sort((one, other) => compare(one.items[0], other.items[0]));
}

interface Gathered extends GroupMade {
  readonly items: Item[];
  links: LegLink[];
  breaks: LegBreak[];
}

/** Most groups have none of one of them: they share it, and nothing is put into it. */
const NO_LINKS: LegLink[] = [];
const NO_BREAKS: LegBreak[] = [];

function byDate(a: Item, b: Item): number {
  return SIDES.indexOf(a.side) - SIDES.indexOf(b.side) || compare(a, b);
}

function compare(a: Item | undefined, b: Item | undefined): number {
  if (a === undefined || b === undefined) return 0;
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function byFirst(one: { readonly made: GroupMade }, other: { readonly made: GroupMade }): number {
  return compare(one.made.items[0], other.made.items[0]);
}

/** Two lists by date as one; of what is equal the first list's comes first. */
function merged<G extends { readonly made: GroupMade }>(many: readonly G[], few: readonly G[]): readonly G[] {
  if (few.length === 0) return many;
  const all: G[] = [];
  let from = 0;
  for (const group of few) {
    let [low, high] = [from, many.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = many[middle];
      if (other === undefined || byFirst(group, other) < 0) high = middle;
      else low = middle + 1;
    }
    for (; from < low; from += 1) all.push(many[from] as G);
    all.push(group);
  }
  for (; from < many.length; from += 1) all.push(many[from] as G);
  return all;
}

/** Sets that grow together. */
class Joined {
  readonly #parents = new Map<string, string>();

  rootOf(id: string): string {
    let root = id;
    for (let up = this.#parents.get(root); up !== undefined; up = this.#parents.get(root)) root = up;
    if (root !== id) this.#parents.set(id, root);
    return root;
  }

  join(one: string, other: string): void {
    const [a, b] = [this.rootOf(one), this.rootOf(other)];
    if (a !== b) this.#parents.set(b, a);
  }
}
