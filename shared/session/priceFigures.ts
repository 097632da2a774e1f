/** How stated costs are compared with prices: to which digit, by how much, on which day. */
import { ATOM_DIGITS, divideRounded, formatAtoms, type Atoms } from '../domain/money.ts';
import { formatInstant } from '../domain/time.ts';
import type { DecimalColumn } from '../domain/usage.ts';

/** A day, or the day of an instant, as `YYYY-MM-DD`. */
export function dayText(at: number): string {
  return formatInstant(at).slice(0, 10);
}

/** Digits after the point of a file's costs, two at least: its finest row says what all are rounded to. */
export function decimalsOf({ whole, pico }: DecimalColumn): number {
  let decimals = 2;
  let step = 1e10;
  let isZero = true;
  for (let row = 0; row < whole.length; row++) {
    const fraction = pico?.[row] ?? 0;
    if (fraction !== 0 || (whole[row] ?? 0) > 0) isZero = false;
    while (fraction % step !== 0) {
      step /= 10;
      decimals++;
    }
  }
  return isZero ? ATOM_DIGITS : decimals;
}

/** How far the sum of so many rounded costs may be from the sum of the exact ones. */
export function toleranceOf(rows: number, decimals: number): Atoms {
  return (BigInt(rows) * 10n ** BigInt(ATOM_DIGITS - decimals)) / 2n;
}

/** A ratio with six digits after the point, as text; null of nothing. */
export function ratioText(stated: Atoms, priced: Atoms): string | null {
  if (priced === 0n) return null;
  return formatAtoms(divideRounded(stated * 1_000_000n, priced, 'half_even') * 1_000_000n);
}
