/**
 * Exact running sums over a million non-negative costs, and the search that makes replay nearly free: between two
 * boundaries a balance is a difference of two of these sums, and a threshold crossing is a binary search in them.
 *
 * A sum is two integer doubles: whole units, and atoms below one unit. Adding is exact (the atoms carry), comparing is
 * two comparisons, and no sum can be wrong in silence: beyond 2^53 whole units building fails.
 */
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import { PICO } from '../domain/usage.ts';

/** Largest total that the columns hold exactly, in whole units; the billing model asks for 10^15. */
const MAX_WHOLE = Number.MAX_SAFE_INTEGER;

export class SumOverflow extends Error {
  override readonly name = 'SumOverflow';
}

export class PrefixSums {
  /** `n + 1` entries each: entry `i` is the sum of the first `i` costs. */
  readonly whole: Float64Array;
  readonly pico: Float64Array;

  /** Costs as columns of `n` rows, every part non-negative. The sums take the columns' place; pass copies to keep them. */
  constructor(costWhole: Float64Array, costPico: Float64Array | null) {
    const count = costWhole.length;
    const whole = new Float64Array(count + 1);
    const pico = new Float64Array(count + 1);
    let w = 0;
    let p = 0;
    for (let i = 0; i < count; i++) {
      w += costWhole[i]!;
      if (costPico !== null) {
        p += costPico[i]!;
        if (p >= PICO) {
          p -= PICO;
          w += 1;
        }
      }
      whole[i + 1] = w;
      pico[i + 1] = p;
    }
    // costs are not negative, so the last sum is the largest: one test covers all
    if (w > MAX_WHOLE)
      throw new SumOverflow(
        `the usage adds up to more than ${MAX_WHOLE} currency units, which is more than can be held exactly`,
      );
    this.whole = whole;
    this.pico = pico;
  }

  get count(): number {
    return this.whole.length - 1;
  }

  /** Sum of the first `rows` costs. */
  upTo(rows: number): Atoms {
    return BigInt(this.whole[rows]!) * ATOMS_PER_UNIT + BigInt(this.pico[rows]!);
  }

  /** Sum of the costs of rows `[from, to)`. */
  between(from: number, to: number): Atoms {
    return this.upTo(to) - this.upTo(from);
  }

  /** Cost of one row. */
  cost(row: number): Atoms {
    return this.between(row, row + 1);
  }

  /**
   * The first row in `[from, to)` after which the sum over `[from, row]` is at least `target`; `-1` where none is.
   * `target` is positive: then the row found always has a cost of its own.
   */
  firstReaching(target: Atoms, from: number, to: number): number {
    const absolute = this.upTo(from) + target;
    const whole = absolute / ATOMS_PER_UNIT;
    if (whole > BigInt(MAX_WHOLE)) return -1;
    const w = Number(whole);
    const p = Number(absolute % ATOMS_PER_UNIT);
    const reached = (i: number): boolean => this.whole[i]! > w || (this.whole[i]! === w && this.pico[i]! >= p);
    if (!reached(to)) return -1;
    // gallop first: most boundaries are near, and near rows are in the cache
    let low = from;
    let step = 64;
    while (low + step < to && !reached(low + step)) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, to);
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (reached(middle)) high = middle;
      else low = middle;
    }
    return high - 1;
  }
}

/** First index in `[from, sorted.length)` whose value is at least `value`. */
export function lowerBound(sorted: Float64Array, value: number, from: number): number {
  let low = from;
  let step = 64;
  while (low + step < sorted.length && sorted[low + step]! < value) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step + 1, sorted.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
