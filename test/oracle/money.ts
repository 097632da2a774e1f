// Money for the oracle, section 1 of the billing model: exact decimals, rounded only where the model says so.

import { Decimal } from 'decimal.js';

/** The input breaks a rule of the specification. */
export class OracleInputError extends Error {
  override name = 'OracleInputError';
}

// 100 significant digits: the largest sums have 15 before the point and 12 after it, a tax on one some more; nothing
// that the model computes comes near to being cut.
export const Money = Decimal.clone({ precision: 100, rounding: Decimal.ROUND_HALF_EVEN });
export type Money = Decimal;

export const ZERO: Money = new Money(0);
export const HALF_EVEN = Decimal.ROUND_HALF_EVEN;
export type Rounding = 'half_even' | 'half_up';

/** Any exact number of the scenario file; JSON numbers have been read from their shortest text, so `0.1` is one tenth. */
export function readNumber(value: unknown): Money {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text))
    throw new OracleInputError(`not a number: ${String(value)}`);
  return new Money(text);
}

/** An amount has at most 12 digits after the point (trailing zeros aside). */
export function readAmount(value: unknown): Money {
  const amount = readNumber(value);
  if (amount.decimalPlaces() > 12) throw new OracleInputError(`more than 12 digits after the point: ${String(value)}`);
  return amount;
}

export function readInteger(value: unknown): number {
  const number = readNumber(value);
  if (!number.isInteger()) throw new OracleInputError(`not a whole number: ${String(value)}`);
  return number.toNumber();
}

/** Plain notation, no trailing zeros, no negative zero. */
export function writeAmount(amount: Money): string {
  return amount.isZero() ? '0' : amount.toFixed();
}

export function round(amount: Money, digits: number, rounding: Rounding): Money {
  return amount.toDecimalPlaces(digits, rounding === 'half_up' ? Decimal.ROUND_HALF_UP : Decimal.ROUND_HALF_EVEN);
}

export function roundUp(amount: Money, digits: number): Money {
  return amount.toDecimalPlaces(digits, Decimal.ROUND_CEIL);
}

export function least(a: Money, b: Money): Money {
  return a.lte(b) ? a : b;
}

export function greatest(a: Money, b: Money): Money {
  return a.gte(b) ? a : b;
}

const WITHOUT_MINOR_UNIT = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ');
const THREE_DIGITS = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');
const FOUR_DIGITS = 'CLF UYW'.split(' ');

/** ISO 4217 digits of the minor unit. */
export function minorDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) throw new OracleInputError(`not an ISO 4217 currency: ${currency}`);
  if (WITHOUT_MINOR_UNIT.includes(currency)) return 0;
  if (THREE_DIGITS.includes(currency)) return 3;
  return FOUR_DIGITS.includes(currency) ? 4 : 2;
}
