/** What was made of things in an order, kept for nearly the same things in nearly the same order. */
import { eachOf, type Steps } from '../inPieces.ts';

export class MadeInOrder<T extends object, R> {
  #things: readonly T[] = [];
  #made: readonly R[] = [];

  /** Each one's, in their order; the very same list where all things are the very same. */
  *of(what: string, things: readonly T[], make: (thing: T) => R): Steps<readonly R[]> {
    const { length } = things;
    if (length === this.#things.length && things.every((thing, place) => thing === this.#things[place]))
      return this.#made;
    const [before, made] = [this.#things, this.#made];
    let places: ReadonlyMap<T, number> | null = null;
    let next = 0;
    const now = yield* eachOf(what, things, (thing, place) => {
      // mostly one is gone or one is new
      if (before[next] !== thing && before[next + 1] === thing) next += 1;
      if (before[next] === thing) return made[next++] as R;
      if (before[next] === things[place + 1]) return make(thing);
      places ??= new Map(before.map((known, at) => [known, at]));
      const known = places.get(thing);
      if (known === undefined) return make(thing);
      next = known + 1;
      return made[known] as R;
    });
    this.#things = things;
    this.#made = now;
    return now;
  }
}

/** Whether two lists are of the very same things. */
export function areSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one === other || (one.length === other.length && one.every((thing, place) => thing === other[place]));
}

/** What is in one of two lists of things and not in the other. */
export function differing<T>(one: readonly T[], other: readonly T[]): { readonly gone: T[]; readonly added: T[] } {
  let [from, end, otherEnd] = [0, one.length, other.length];
  while (from < end && from < otherEnd && one[from] === other[from]) from += 1;
  while (end > from && otherEnd > from && one[end - 1] === other[otherEnd - 1])
    [end, otherEnd] = [end - 1, otherEnd - 1];
  if (from === end) return { gone: [], added: other.slice(from, otherEnd) };
  if (from === otherEnd) return { gone: one.slice(from, end), added: [] };
  const [before, now] = [one.slice(from, end), other.slice(from, otherEnd)];
  const [was, is] = [new Set(before), new Set(now)];
  return { gone: before.filter((thing) => !is.has(thing)), added: now.filter((thing) => !was.has(thing)) };
}
