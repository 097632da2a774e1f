/** Several sums at once of columns' values, exact whatever their size. */
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import { PICO } from '../domain/usage.ts';

/** Non-negative exact decimals, added up: integers held as doubles, and what outgrows them as a bigint. */
export class ExactSums {
  readonly #whole: Float64Array;
  readonly #pico: Float64Array;
  #spilt: bigint[] | null = null;

  constructor(count: number) {
    this.#whole = new Float64Array(count);
    this.#pico = new Float64Array(count);
  }

  add(place: number, whole: number, pico: number): void {
    const fraction = (this.#pico[place] ?? 0) + pico;
    const carry = fraction >= PICO ? 1 : 0;
    this.#pico[place] = fraction - carry * PICO;
    const before = this.#whole[place] ?? 0;
    const sum = before + whole + carry;
    if (sum <= Number.MAX_SAFE_INTEGER) this.#whole[place] = sum;
    else {
      this.#spilt ??= Array.from(this.#whole, () => 0n);
      this.#spilt[place] = (this.#spilt[place] ?? 0n) + BigInt(before) + BigInt(carry);
      this.#whole[place] = whole;
    }
  }

  at(place: number): Atoms {
    const whole = BigInt(this.#whole[place] ?? 0) + (this.#spilt?.[place] ?? 0n);
    return whole * ATOMS_PER_UNIT + BigInt(this.#pico[place] ?? 0);
  }
}
