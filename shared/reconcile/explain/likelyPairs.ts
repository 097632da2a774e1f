/**
 * Which pairs of changes are worth a run first: those whose effects add up to what is open. In turn by two measures of what
 * would be left over of all totals: its sum, and its sum of shares, in which a total that one recharge more throws off weighs
 * no more than any other; and the same of rules alone, for parts of the data are many, and effects of two rules (two clocks)
 * add up least. In floats: it is an order of work, and what a pair really leaves over is worked out exactly.
 */
import { residualOf, type Change, type Figures, type StatedFigure } from './model.ts';

/** A change and what the totals are under it alone. */
export interface Single {
  readonly change: Change;
  readonly figures: Figures;
}

export type Pair = readonly [Single, Single];

interface Weighed {
  readonly pair: Pair;
  readonly left: number;
  readonly share: number;
  readonly prior: number;
}

/** Rules of one group, such as `credits.expiry` and `credits.expire_after`: one may decide whether the other matters. */
export function areKindred(a: Change, b: Change): boolean {
  const group = ({ parameter }: Change): string => parameter.slice(0, parameter.indexOf('.') + 1);
  return a.family === 'policy' && b.family === 'policy' && group(a) !== '' && group(a) === group(b);
}

/** Pairs of some with others (with themselves, where they are the same list), likeliest first; yields in between. */
export function* likelyPairs(
  totals: readonly StatedFigure[],
  base: Figures,
  [some, others]: readonly [readonly Single[], readonly Single[]],
  most: number,
  mayPair: (a: Change, b: Change) => boolean = () => true,
): Generator<void, Pair[]> {
  const open = totals.map((total, index) => Number(residualOf(total, base[index]) ?? 0n));
  const effectsOf = (singles: readonly Single[]): Float64Array[] =>
    singles.map(({ figures }) =>
      Float64Array.from(open, (_, index) => Number((figures[index] ?? 0n) - (base[index] ?? 0n))),
    );
  const effects = effectsOf(some);
  const otherEffects = some === others ? effects : effectsOf(others);
  const left = (one: Weighed, other: Weighed): number => one.left - other.left || one.prior - other.prior;
  const share = (one: Weighed, other: Weighed): number => one.share - other.share || one.prior - other.prior;
  const ofAny = [new Best(most, left), new Best(most, share)];
  const ofRules = [new Best(most, left), new Best(most, share)];
  for (const [i, a] of some.entries()) {
    for (let j = some === others ? i + 1 : 0; j < others.length; j++) {
      const b = others[j]!;
      if (a.change.parameter === b.change.parameter) continue;
      // two parts of the data make any difference up
      if (a.change.family === 'data' && b.change.family === 'data') continue;
      if (!mayPair(a.change, b.change)) continue;
      const pair = { pair: [a, b] as const, ...leftOver(open, effects[i]!, otherEffects[j]!) };
      const weighed: Weighed = { ...pair, prior: a.change.prior + b.change.prior };
      for (const best of ofAny) best.add(weighed);
      if (a.change.family !== 'data' && b.change.family !== 'data') for (const best of ofRules) best.add(weighed);
    }
    yield;
  }
  return [...new Set(inTurn([...ofAny, ...ofRules].map((best) => best.pairs())))].slice(0, most);
}

function leftOver(open: readonly number[], a: Float64Array, b: Float64Array): Pick<Weighed, 'left' | 'share'> {
  let [left, share] = [0, 0];
  for (let index = 0; index < open.length; index++) {
    const rest = Math.abs(open[index]! - a[index]! - b[index]!);
    if (rest === 0) continue;
    left += rest;
    share += rest / (Math.abs(open[index]!) + Math.abs(a[index]!) + Math.abs(b[index]!));
  }
  return { left, share };
}

/** The first so many in an order, of as many as are added. */
class Best {
  readonly #most: number;
  readonly #order: (one: Weighed, other: Weighed) => number;
  #kept: Weighed[] = [];

  constructor(most: number, order: (one: Weighed, other: Weighed) => number) {
    this.#most = most;
    this.#order = order;
  }

  add(weighed: Weighed): void {
    this.#kept.push(weighed);
    if (this.#kept.length > 4 * this.#most + 64) this.#cut();
  }

  pairs(): Pair[] {
    this.#cut();
    return this.#kept.map(({ pair }) => pair);
  }

  #cut(): void {
    this.#kept = this.#kept.sort(this.#order).slice(0, this.#most);
  }
}

function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: longest }, (_, place) => lists.flatMap((list) => list.slice(place, place + 1))).flat();
}
