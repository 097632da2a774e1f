/**
 * Random numbers that are the same on every machine: sfc32, and functions of basic arithmetic only. `Math.log` and
 * `Math.exp` may differ in the last bit between engines; `+ - * /` and `Math.sqrt` may not.
 */

/** A sequence of 32-bit draws, fixed by its seed. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param seed a whole number from 0 to 2^32 - 1. */
  constructor(seed: number) {
    this.#a = 0x9e3779b9;
    this.#b = seed | 0;
    this.#c = Math.imul(seed ^ 0x85ebca6b, 0xc2b2ae35);
    // the first draws of near seeds resemble one another
    for (let round = 0; round < 16; round += 1) this.uint32();
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number in (0, 1], a multiple of 2^-32. */
  unit(): number {
    return (this.uint32() + 1) / 4_294_967_296;
  }

  /** A whole number from 0 to `bound - 1`; the bound may have any size. */
  below(bound: bigint): bigint {
    // sixty-four bits more than the bound: what is uneven in the remainder is below 2^-32
    let draw = 0n;
    for (let span = 1n; span < bound << 32n; span <<= 32n) draw = (draw << 32n) | BigInt(this.uint32());
    return draw % bound;
  }

  /** Exponentially distributed with mean 1: the gap between random arrivals. */
  exponential(): number {
    return -naturalLog(this.unit());
  }

  /** Standard normal, by Marsaglia's polar method. */
  normal(): number {
    for (;;) {
      const x = 2 * this.unit() - 1;
      const y = 2 * this.unit() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * naturalLog(square)) / square);
    }
  }
}

const SQRT_HALF = 0.7071067811865476;
const LN2 = 0.6931471805599453;

/** Natural logarithm of a number in (0, 1]. */
export function naturalLog(value: number): number {
  let mantissa = value;
  let halvings = 0;
  while (mantissa < SQRT_HALF) {
    mantissa *= 2;
    halvings += 1;
  }
  // ln m = 2 (z + z^3/3 + z^5/5 + …); |z| is below 0.172, so ten terms are exact to a float
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let series = 0;
  for (let power = 21; power >= 1; power -= 2) series = series * square + 1 / power;
  return 2 * z * series - halvings * LN2;
}

/** e to a power between -700 and 700. */
export function exponentialOf(power: number): number {
  const doublings = Math.round(power / LN2);
  const rest = power - doublings * LN2;
  // |rest| is below 0.35, so fifteen terms are exact to a float
  let series = 1;
  for (let term = 15; term >= 1; term -= 1) series = 1 + (series * rest) / term;
  const factor = doublings < 0 ? 0.5 : 2;
  for (let step = Math.abs(doublings); step > 0; step -= 1) series *= factor;
  return series;
}
