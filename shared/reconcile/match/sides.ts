/** The items of a side as entries, in the order of their list and in stable order; entries of before stay where they can. */
import { entryOf, groupBy, inStableOrder, type Numbers, type Entry } from './entries.ts';
import type { MatchItem, Side } from './types.ts';

export interface SideEntries {
  /** As the list has them. */
  readonly listed: readonly Entry[];
  /** By date and then by id. */
  readonly ordered: readonly Entry[];
  /** Those that were not there before, and those that are there no more. */
  readonly added: readonly Entry[];
  readonly gone: readonly Entry[];
}

/** So many items are looked at between two steps. */
const A_STEP = 2000;

/**
 * @returns null where items of before stand in another order: there is nothing to go on from
 * @throws RangeError where a date is none, or an id is there twice.
 */
export function* sideSteps(
  side: Side,
  items: readonly MatchItem[],
  numbers: Numbers,
  before: SideEntries | null,
): Generator<undefined, SideEntries | null> {
  const change = before === null ? yield* anew(side, items, numbers) : changed(side, items, numbers, before.listed);
  if (change === null) return null;
  const { listed, added, gone } = change;
  if (before !== null && added.length === 0 && gone.length === 0) return { ...before, added, gone };
  throwIfTwice(side, change);
  yield;
  const ordered =
    before === null ? yield* inOrder(listed) : merged(before.ordered, new Set(gone), added.toSorted(inStableOrder));
  listed.forEach((entry, position) => {
    entry.position = position;
  });
  ordered.forEach((entry, rank) => {
    entry.rank = rank;
  });
  return { listed, ordered, added, gone };
}

type Change = Pick<SideEntries, 'listed' | 'added' | 'gone'>;

function* anew(side: Side, items: readonly MatchItem[], numbers: Numbers): Generator<undefined, Change> {
  const listed: Entry[] = [];
  for (const [index, item] of items.entries()) {
    if (index % A_STEP === 0) yield;
    listed.push(entryOf(side, item, numbers));
  }
  return { listed, added: listed, gone: [] };
}

/** Day by day. */
function* inOrder(entries: readonly Entry[]): Generator<undefined, Entry[]> {
  const days = groupBy(entries, ({ day }) => day);
  const ordered: Entry[] = [];
  for (const [, ofDay] of [...days].sort(([one], [other]) => one - other)) {
    yield;
    for (const entry of ofDay.sort(inStableOrder)) ordered.push(entry);
  }
  return ordered;
}

/** Null where items of before stand in another order. */
function changed(side: Side, items: readonly MatchItem[], numbers: Numbers, before: readonly Entry[]): Change | null {
  let [first, last, end] = [0, before.length, items.length];
  while (first < last && first < end && before[first]?.item === items[first]) first += 1;
  while (last > first && end > first && before[last - 1]?.item === items[end - 1]) [last, end] = [last - 1, end - 1];
  // all else lies between
  const now = items.slice(first, end);
  const kept = new Set(now);
  const gone: Entry[] = [];
  const left: Entry[] = [];
  for (const entry of before.slice(first, last)) (kept.has(entry.item) ? left : gone).push(entry);
  const added: Entry[] = [];
  let place = 0;
  const between = now.map((item) => {
    const known = left[place];
    if (known?.item === item) {
      place += 1;
      return known;
    }
    const entry = entryOf(side, item, numbers);
    added.push(entry);
    return entry;
  });
  if (place < left.length) return null;
  return { listed: [...before.slice(0, first), ...between, ...before.slice(last)], added, gone };
}

function throwIfTwice(side: Side, { listed, added }: Change): void {
  const ids = new Set<string>();
  for (const { item } of added) {
    if (ids.has(item.id)) throw new RangeError(`${side} item ${item.id} is there twice`);
    ids.add(item.id);
  }
  if (added.length === listed.length || added.length === 0) return;
  let found = 0;
  for (const { item } of listed) {
    if (!ids.has(item.id)) continue;
    found += 1;
    if (found > added.length) throw new RangeError(`${side} item ${item.id} is there twice`);
  }
}

function merged(before: readonly Entry[], gone: ReadonlySet<Entry>, added: readonly Entry[]): Entry[] {
  const all: Entry[] = [];
  let next = 0;
  for (const entry of before) {
    if (gone.has(entry)) continue;
    for (let one = added[next]; one !== undefined && inStableOrder(one, entry) < 0; one = added[next]) {
      all.push(one);
      next += 1;
    }
    all.push(entry);
  }
  return [...all, ...added.slice(next)];
}
