/**
 * Money: exact integers, and the only rounding in the project.
 *
 * An amount is a bigint of **atoms**, 10^-12 of the currency's unit (billing model, section 1: at most 12 digits after
 * the point). Nothing here ever passes through a binary float; text goes in, text comes out. Rates (tax) have the same
 * form. A figure finer than an atom is refused, except where the caller rounds by name.
 */
import { Decimal as DecimalBase } from 'decimal.js';

/** Exact amount in 10^-12 of the currency's unit. */
export type Atoms = bigint;

export type Rounding = 'half_even' | 'half_up';

/** Digits after the point that an amount can carry. */
export const ATOM_DIGITS = 12;
/** Atoms in one currency unit. */
export const ATOMS_PER_UNIT = 1_000_000_000_000n;

/** Room for any amount that the model admits (27 digits) and for vendors' 40-digit decimals; decimal.js never rounds below it. */
const Decimal = DecimalBase.clone({ precision: 200, toExpNeg: -200, toExpPos: 200 });

const PLAIN = /^([+-]?)(\d{1,40})(?:\.(\d*))?$/;
const SCIENTIFIC = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,5})?$/;

/**
 * Reads a decimal numeral (`12`, `0.10`, `-3.5e-6`, `0E-6176`) exactly.
 * @returns atoms; `'unreadable'` where it is no numeral, `'too_fine'` where it has more than 12 significant digits after
 * the point, `'too_large'` beyond 30 digits before it.
 */
export function parseAmount(text: string): Atoms | 'unreadable' | 'too_fine' | 'too_large' {
  const plain = PLAIN.exec(text);
  if (plain !== null) {
    const [, sign = '', whole = '', rawFraction = ''] = plain;
    const fraction = rawFraction.length > ATOM_DIGITS ? rawFraction.replace(/0+$/, '') : rawFraction;
    if (fraction.length > ATOM_DIGITS) return 'too_fine';
    if (whole.length > 30) return 'too_large';
    const magnitude = BigInt(whole + fraction.padEnd(ATOM_DIGITS, '0'));
    return sign === '-' ? -magnitude : magnitude;
  }
  if (!SCIENTIFIC.test(text)) return 'unreadable';
  const value = new Decimal(text);
  if (value.isZero()) return 0n;
  if (value.e > 30) return 'too_large';
  const scaled = value.times('1e12');
  return scaled.isInteger() ? BigInt(scaled.toFixed(0)) : 'too_fine';
}

/** Exact decimal text without trailing zeros: `0`, `-0.5`, `12.3456`. */
export function formatAtoms(atoms: Atoms): string {
  const negative = atoms < 0n;
  const digits = (negative ? -atoms : atoms).toString().padStart(ATOM_DIGITS + 1, '0');
  const whole = digits.slice(0, -ATOM_DIGITS);
  const fraction = digits.slice(-ATOM_DIGITS).replace(/0+$/, '');
  return (negative ? '-' : '') + whole + (fraction === '' ? '' : '.' + fraction);
}

/** `numerator / denominator` rounded to a whole number; the denominator is positive. Half-up means half away from zero. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const quotient = magnitude / denominator;
  const twice = (magnitude % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && (rounding === 'half_up' || quotient % 2n === 1n));
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

const MINOR_UNITS: readonly Atoms[] = Array.from(
  { length: ATOM_DIGITS + 1 },
  (_, digits) => 10n ** BigInt(ATOM_DIGITS - digits),
);

/** Atoms in one minor unit of a currency with so many digits after the point. */
export function minorUnit(minorDigits: number): Atoms {
  const unit = MINOR_UNITS[minorDigits];
  if (unit === undefined) throw new RangeError(`no currency has ${minorDigits} digits after the point`);
  return unit;
}

/** An amount rounded to the minor unit. */
export function roundToMinor(atoms: Atoms, minorDigits: number, rounding: Rounding): Atoms {
  const unit = minorUnit(minorDigits);
  return divideRounded(atoms, unit, rounding) * unit;
}

/** An amount raised to the next whole minor unit (towards plus infinity). */
export function ceilToMinor(atoms: Atoms, minorDigits: number): Atoms {
  const unit = minorUnit(minorDigits);
  const rest = ((atoms % unit) + unit) % unit;
  return rest === 0n ? atoms : atoms + unit - rest;
}

/** `amount x rate`, rounded to the minor unit once. */
export function taxOn(amount: Atoms, rate: Atoms, minorDigits: number, rounding: Rounding): Atoms {
  const unit = minorUnit(minorDigits);
  return divideRounded(amount * rate, unit * ATOMS_PER_UNIT, rounding) * unit;
}

/**
 * ISO 4217 currencies whose minor unit is not two digits (list one, as amended to 2026). Every other three-letter code
 * has two.
 */
const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ...[
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'ISK',
    'JPY',
    'KMF',
    'KRW',
    'PYG',
    'RWF',
    'UGX',
    'UYI',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
  ...['CLF', 'UYW'].map((code) => [code, 4] as const),
]);

/** Digits after the point of a currency's minor unit (ISO 4217). */
export function minorDigitsOf(currency: string): number {
  return MINOR_DIGITS.get(currency) ?? 2;
}

/** For pixels only: the nearest float of an amount, in currency units. Never compared, summed or shown as a figure. */
export function toChartNumber(atoms: Atoms): number {
  return Number(atoms / 1_000_000n) / 1e6;
}
