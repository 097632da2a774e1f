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
  const gone: T[] = [];
  const added: T[] = [];
  let [at, there] = [0, 0];
  while (at < one.length && there < other.length) {
    if (one[at] !== other[there]) {
      // mostly one is gone, is new, or stands for another
      const isGone = one[at + 1] === other[there] || one[at + 1] === other[there + 1];
      const isAdded = one[at] === other[there + 1] || one[at + 1] === other[there + 1];
      if (!isGone && !isAdded) break;
      if (isGone) gone.push(one[at++] as T);
      if (isAdded) added.push(other[there++] as T);
      continue;
    }
    at += 1;
    there += 1;
  }
  const [before, now] = [one.slice(at), other.slice(there)];
  const [was, is] = [new Set([...before, ...gone]), new Set([...now, ...added])];
  return {
    gone: [...gone, ...before].filter((thing) => !is.has(thing)),
    added: [...added, ...now].filter((thing) => !was.has(thing)),
  };
}
