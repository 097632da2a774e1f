/**
 * Exact numerals from bytes. The readers here take the forms that nearly every row has; whatever else there is (signs,
 * exponents, more digits, spaces) goes to `money.ts`, which decides alone what is readable. Both give the same values.
 */
import { ATOMS_PER_UNIT, divideRounded, parseAmount, type Atoms } from '../domain/money.ts';

const ZERO = 48;
const POINT = 46;

/** The short form does not fit: the general reader decides. */
export const NOT_PLAIN = -1;

/** Largest whole part that a column holds exactly. */
export const LARGEST_WHOLE = Number.MAX_SAFE_INTEGER;

const POWERS = Float64Array.from({ length: 13 }, (_, exponent) => 10 ** exponent);

/** A whole number of at most 15 digits, also written as `30.0`; else `NOT_PLAIN`. */
export function readWhole(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  let value = 0;
  const short = end - start < 9 ? end : start + 9;
  for (; i < short; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return endOfWhole(bytes, i, start, end, value);
    value = (Math.imul(value, 10) + digit) | 0;
  }
  if (i === end) return i === start ? NOT_PLAIN : value;
  let large = value;
  for (const long = end - start < 15 ? end : start + 15; i < long; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return endOfWhole(bytes, i, start, end, large);
    large = large * 10 + digit;
  }
  return i === end ? large : endOfWhole(bytes, i, start, end, large);
}

/** The value read up to `at` where only a point and zeros follow. */
function endOfWhole(bytes: Uint8Array, at: number, start: number, end: number, value: number): number {
  if (at === start || bytes[at] !== POINT) return NOT_PLAIN;
  for (let i = at + 1; i < end; i++) if (bytes[i] !== ZERO) return NOT_PLAIN;
  return value;
}

/**
 * A plain decimal (`0.01521925`): writes row `row` of a column's two parts and returns true. False where the general
 * reader must decide; nothing is written then.
 */
export function readDecimal(
  bytes: Uint8Array,
  start: number,
  end: number,
  whole: Float64Array,
  pico: Float64Array,
  row: number,
): boolean {
  let i = start;
  let units = 0;
  const most = end - start < 9 ? end : start + 9;
  for (; i < most; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) break;
    units = (Math.imul(units, 10) + digit) | 0;
  }
  if (i === start) return false;
  if (i === end) {
    whole[row] = units;
    pico[row] = 0;
    return true;
  }
  if (bytes[i] !== POINT) return false;
  i++;
  // twelve digits in two runs, each of which fits 32 bits
  const first = i;
  let high = 0;
  const nine = end - i < 9 ? end : i + 9;
  for (; i < nine; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return false;
    high = (Math.imul(high, 10) + digit) | 0;
  }
  let fraction = high * (POWERS[12 - (i - first)] ?? 0);
  if (i < end) {
    const second = i;
    let low = 0;
    const twelve = end - i < 3 ? end : i + 3;
    for (; i < twelve; i++) {
      const digit = (bytes[i] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return false;
      low = (Math.imul(low, 10) + digit) | 0;
    }
    fraction += low * (POWERS[3 - (i - second)] ?? 0);
    for (; i < end; i++) if (bytes[i] !== ZERO) return false;
  }
  whole[row] = units;
  pico[row] = fraction;
  return true;
}

/** The two parts of a non-negative amount in a `DecimalColumn`; null where its whole part is too large for one. */
export function partsOf(atoms: Atoms): { readonly whole: number; readonly pico: number } | null {
  const whole = atoms / ATOMS_PER_UNIT;
  if (whole > BigInt(LARGEST_WHOLE)) return null;
  return { whole: Number(whole), pico: Number(atoms % ATOMS_PER_UNIT) };
}

const NUMERAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/;

/** Longest numeral that is rounded; vendors write up to 40 digits. */
const LONGEST_ROUNDED = 400;

/** Reads a numeral as `parseAmount` does, but one finer than an atom is rounded to it, half to even. */
export function parseRounded(
  text: string,
): { readonly atoms: Atoms; readonly rounded: boolean } | 'unreadable' | 'too_large' {
  const exact = parseAmount(text);
  if (typeof exact === 'bigint') return { atoms: exact, rounded: false };
  if (exact !== 'too_fine') return exact;
  const match = NUMERAL.exec(text);
  if (match === null || text.length > LONGEST_ROUNDED) return 'unreadable';
  const [, sign = '', units = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(units + fraction) * (sign === '-' ? -1n : 1n);
  // the value is digits x 10^-scale, and scale is above 12, else it were not too fine
  const scale = fraction.length - Number(exponent);
  // beyond 500 places nothing of 400 digits is left
  if (scale > LONGEST_ROUNDED + 100) return { atoms: 0n, rounded: true };
  return { atoms: divideRounded(digits, 10n ** BigInt(scale - 12), 'half_even'), rounded: true };
}
