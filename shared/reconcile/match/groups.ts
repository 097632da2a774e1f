/**
 * Groups: several items of one side that add up to one of the other, by a bounded search.
 *
 * Round amounts add up to each other by chance, so a group is at most a suggestion, and only if it is the one solution:
 * neither has its target another, nor one of its items a part in another target's. Solutions that contain a smaller one
 * do not count. All of what is not unique is ambiguous, with the candidates.
 *
 * Members lie within the window of their target, whichever of them is the statement's, and statement lines are of one
 * vendor as far as they say. Where more items are open about a day than `MOST_OPEN`, nothing is searched: sums would
 * be coincidences, and are told as not searched. The same holds when the whole search has taken `MOST_STEPS`.
 */
import type { Atoms } from '../../domain/money.ts';
import { normalisedDescriptor } from '../descriptor.ts';
import type { Apart } from './apart.ts';
import { divisor } from './difference.ts';
import { amountIn, groupBy, referencesClash, type Entry } from './entries.ts';
import { isSeparateCharge } from './leftovers.ts';
import type { Terms } from './terms.ts';

const MOST_OPEN = 64;
const MOST_STEPS = 20_000_000;
/** Candidates that are told of one target. */
const MOST_CANDIDATES = 20;

export interface FoundGroup {
  readonly target: Entry;
  /** In stable order. */
  readonly members: readonly Entry[];
}

export interface GroupSearch {
  readonly unique: readonly FoundGroup[];
  /** Of items that are a target or a member of what is not unique; a target's likeliest first. */
  readonly ambiguous: ReadonlyMap<Entry, readonly (readonly Entry[])[]>;
  readonly notSearched: number;
}

interface Search {
  readonly apart: Apart;
  steps: number;
  notSearched: number;
}

/** Yields between targets. */
export function* searchGroups(open: {
  readonly ledger: readonly Entry[];
  readonly statement: readonly Entry[];
  readonly apart: Apart;
  readonly terms: readonly Terms[];
}): Generator<undefined, GroupSearch> {
  const search: Search = { apart: open.apart, steps: 0, notSearched: 0 };
  const found: FoundGroup[] = [];
  const before = Math.max(...open.terms.map(({ dateWindow }) => dateWindow.before));
  const after = Math.max(...open.terms.map(({ dateWindow }) => dateWindow.after));
  const statement = open.statement.filter(({ terms }) => terms.group.enabled);
  const sides = [
    { targets: statement, pool: open.ledger, from: -after, to: before },
    { targets: open.ledger, pool: statement, from: -before, to: after },
  ];
  for (const { targets, pool, from, to } of sides) {
    const byDay = groupBy(searched(pool), ({ day }) => day);
    const nearest = new Map<number, readonly (readonly Entry[])[]>();
    const nearTo = (of: number): readonly (readonly Entry[])[] => {
      const known = nearest.get(of);
      if (known !== undefined) return known;
      const days = Array.from({ length: to - from + 1 }, (_, index) => byDay.get(of + from + index) ?? []);
      const near = days.reduce((count, { length }) => count + length, 0) < 2 ? [] : days;
      nearest.set(of, near);
      return near;
    };
    for (const target of byDay.size === 0 ? [] : searched(targets)) {
      const near = nearTo(target.day);
      if (near.length > 0) found.push(...solutionsFor(target, near, search));
      yield;
    }
  }
  return { ...decide(found), notSearched: search.notSearched };
}

function searched(entries: readonly Entry[]): Entry[] {
  return entries.filter((entry) => entry.open && !isSeparateCharge(entry));
}

function decide(found: readonly FoundGroup[]): Pick<GroupSearch, 'unique' | 'ambiguous'> {
  const uses = new Map<Entry, number>();
  for (const { target, members } of found)
    for (const entry of [target, ...members]) uses.set(entry, (uses.get(entry) ?? 0) + 1);
  const isUnique = ({ target, members }: FoundGroup): boolean =>
    [target, ...members].every((entry) => uses.get(entry) === 1);
  const unique = found.filter(isUnique);
  const rest = found.filter((group) => !isUnique(group));
  const ambiguous = new Map<Entry, readonly (readonly Entry[])[]>();
  for (const { members } of rest) for (const member of members) ambiguous.set(member, []);
  for (const [target, groups] of groupBy(rest, (group) => group.target))
    ambiguous.set(
      target,
      groups
        .map(({ members }) => members)
        .sort((one, other) => spread(one) - spread(other) || one.length - other.length),
    );
  return { unique, ambiguous };
}

/** What is still ambiguous once a later rule has taken items: sets with one of these are no candidates any more. */
export function stillOpen(ambiguous: GroupSearch['ambiguous']): GroupSearch['ambiguous'] {
  const left = new Map<Entry, readonly (readonly Entry[])[]>();
  for (const [target, groups] of ambiguous) {
    const open = target.open ? groups.filter((members) => members.every((member) => member.open)) : [];
    if (open.length > 0) left.set(target, open);
    for (const member of open.flat()) if (!left.has(member)) left.set(member, []);
  }
  return left;
}

/** Days from its first to its last member: groups of one day are the likeliest. */
function spread(members: readonly Entry[]): number {
  const days = members.map(({ day }) => day);
  return Math.max(...days) - Math.min(...days);
}

function solutionsFor(target: Entry, near: readonly (readonly Entry[])[], search: Search): FoundGroup[] {
  return [...soughtOf(target, near)].flatMap(([currency, amount]) => {
    const parts = partsOf(target, near, currency, search.apart);
    if (parts.length < 2) return [];
    if (parts.length > MOST_OPEN || search.steps > MOST_STEPS) {
      search.notSearched += 1;
      return [];
    }
    const sizeIn = (entries: readonly Entry[]): number[] =>
      (target.side === 'statement' ? [target] : entries).map(({ terms }) => terms.group.maxSize);
    const most = Math.max(...sizeIn(parts.map(({ entry }) => entry)));
    const groups = subsets(parts, amount, most, search).filter((group) => group.length <= Math.min(...sizeIn(group)));
    return minimal(groups).map((group) => ({ target, members: group }));
  });
}

/** What the members are to add up to, by currency: a ledger item's own; a statement's own, or what it says was paid. */
function soughtOf({ side, item, gross }: Entry, near: readonly (readonly Entry[])[]): [string, Atoms][] {
  const own: [string, Atoms] = [item.currency, gross];
  if (side === 'ledger' || item.original === null || item.original.currency === item.currency) return [own];
  return near.some((day) => day.some((entry) => entry.item.currency === item.currency))
    ? [own]
    : [[item.original.currency, item.original.amount]];
}

/** Items that may be members, one more than are searched at most. */
function partsOf(target: Entry, near: readonly (readonly Entry[])[], currency: string, apart: Apart): Part[] {
  const parts: Part[] = [];
  for (const day of near)
    for (const entry of day) {
      const amount = amountIn(entry, currency);
      if (amount === null || !isWithin(entry, target) || referencesClash(entry, target)) continue;
      if (target.side === 'ledger' ? apart.has(target, entry) : apart.has(entry, target)) continue;
      parts.push({ entry, amount });
      if (parts.length > MOST_OPEN) return parts;
    }
  return parts;
}

/** Of a ledger's and a statement's entry whether the statement's lies in its window. */
function isWithin(one: Entry, other: Entry): boolean {
  const [ledger, statement] = one.side === 'ledger' ? [one, other] : [other, one];
  const { before, after } = statement.terms.dateWindow;
  return -before <= statement.day - ledger.day && statement.day - ledger.day <= after;
}

interface Part {
  readonly entry: Entry;
  readonly amount: Atoms;
}

/** Sets of 2 to `most` parts with the sum; the last part is looked up. Stops once there are more than can be told. */
function subsets(parts: readonly Part[], sum: Atoms, most: number, search: Search): Entry[][] {
  const unit = parts.reduce((common, { amount }) => divisor(common, amount), 0n);
  if (unit === 0n || sum % unit !== 0n) return [];
  const amounts = parts.map(({ amount }) => Number(amount / unit));
  // sums of six parts stay whole numbers that a float holds
  if (amounts.some((amount) => Math.abs(amount) > Number.MAX_SAFE_INTEGER / 8)) return [];
  const places = new Map<number, number[]>();
  amounts.forEach((amount, index) => {
    const same = places.get(amount);
    if (same === undefined) places.set(amount, [index]);
    else same.push(index);
  });
  const found: Entry[][] = [];
  const chosen: Entry[] = [];
  const extend = (from: number, rest: number): void => {
    search.steps += 1;
    if (chosen.length > 0)
      for (const last of places.get(rest) ?? []) {
        const entry = parts[last]?.entry;
        if (last < from || entry === undefined || found.length >= MOST_CANDIDATES) continue;
        if (ofOneVendor([...chosen, entry])) found.push([...chosen, entry]);
      }
    if (chosen.length + 2 > most || found.length >= MOST_CANDIDATES) return;
    for (let index = from; index < parts.length; index++) {
      const part = parts[index];
      if (part === undefined) break;
      chosen.push(part.entry);
      extend(index + 1, rest - (amounts[index] ?? 0));
      chosen.pop();
    }
  };
  extend(0, Number(sum / unit));
  return found;
}

function ofOneVendor(entries: readonly Entry[]): boolean {
  const vendors = entries.flatMap(({ side, item: { description } }) =>
    side === 'ledger' || description === null ? [] : normalisedDescriptor(description).split(' ').slice(0, 1),
  );
  return new Set(vendors).size <= 1;
}

/** Those that contain no other of them; of more than can be told, all. */
function minimal(groups: Entry[][]): Entry[][] {
  if (groups.length >= MOST_CANDIDATES) return groups;
  return groups.filter(
    (group) => !groups.some((other) => other.length < group.length && other.every((entry) => group.includes(entry))),
  );
}
