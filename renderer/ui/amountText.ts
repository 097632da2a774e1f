/**
 * How an exact decimal becomes the figure on the screen: grouped, with a true minus, rounded half-even for showing. Works
 * on digits only; an amount never becomes a float on its way to the eye.
 */

import { localeForms, type LocaleForms } from './displayLocale.ts';

export interface AmountStyle {
  /** Digits after the point. */
  readonly digits: number;
  /** `movement` shows a plus too; differences and movements carry a sign, stocks do not. */
  readonly sign?: 'negative' | 'movement';
  /** Keeps digits beyond `digits` instead of rounding them away. */
  readonly exact?: boolean;
}

export interface AmountParts {
  readonly sign: '' | '−' | '+';
  /** Grouped digits and those after the point, without the redundant zeros. */
  readonly figure: string;
  /** Zeros that say nothing, shown faint in exact figures. */
  readonly faint: string;
  readonly negative: boolean;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** The parts of a figure, in the display locale unless told; a text that is no plain decimal is given back as it is. */
export function amountParts(text: string, style: AmountStyle, forms: LocaleForms = localeForms()): AmountParts {
  const match = DECIMAL.exec(text);
  if (match === null) return { sign: '', figure: text, faint: '', negative: false };
  const [, minus = '', whole = '', rawFraction = ''] = match;
  const given = rawFraction.replace(/0+$/, '');
  const zero = given === '' && /^0+$/.test(whole);
  const negative = minus === '-' && !zero;
  const sign = negative ? '−' : style.sign === 'movement' && !zero ? '+' : '';
  if (style.exact === true) {
    const faint = '0'.repeat(Math.max(0, style.digits - given.length));
    // The point itself is part of the figure, also before faint zeros only.
    const fraction = given === '' && faint === '' ? '' : `${forms.point}${given}`;
    return { sign, figure: group(trimZeros(whole), forms) + fraction, faint, negative };
  }
  const rounded = roundDigits(trimZeros(whole), given, style.digits);
  const fraction = style.digits === 0 ? '' : `${forms.point}${rounded.slice(-style.digits)}`;
  const units = style.digits === 0 ? rounded : rounded.slice(0, -style.digits);
  return { sign, figure: group(units, forms) + fraction, faint: '', negative };
}

/** The figure as one text. */
export function amountText(text: string, style: AmountStyle, forms: LocaleForms = localeForms()): string {
  const { sign, figure, faint } = amountParts(text, style, forms);
  return sign + figure + faint;
}

/** All digits that were given, grouped, for titles and screen readers. */
export function fullAmountText(text: string, minimumDigits: number): string {
  return amountText(text, { digits: minimumDigits, exact: true });
}

/** The most digits after the point that a set of amounts has, so that a column can give all the same. */
export function widestFraction(texts: Iterable<string>, atLeast: number): number {
  let widest = atLeast;
  for (const text of texts) {
    const point = text.indexOf('.');
    if (point >= 0) widest = Math.max(widest, text.slice(point + 1).replace(/0+$/, '').length);
  }
  return widest;
}

/** Whether an exact decimal is zero, whatever its form. */
export function isZero(text: string): boolean {
  return /^-?0*(?:\.0*)?$/.test(text);
}

/** Whether an exact decimal is below zero. */
export function isNegative(text: string): boolean {
  return text.startsWith('-') && !isZero(text);
}

/** The same amount with the other sign. */
export function negated(text: string): string {
  if (isZero(text)) return text;
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

/** Whole numbers grouped by thousands: `231,515`. */
export function countText(count: number): string {
  return group(String(count), localeForms());
}

function trimZeros(whole: string): string {
  return whole.replace(/^0+(?=\d)/, '');
}

function group(whole: string, { group: between, groups, leastGrouped }: LocaleForms): string {
  const [first, further] = groups;
  if (whole.length < leastGrouped || whole.length <= first) return whole;
  const parts = [whole.slice(-first)];
  for (let end = whole.length - first; end > 0; end -= further)
    parts.unshift(whole.slice(Math.max(0, end - further), end));
  return parts.join(between);
}

/** `whole.fraction` as a whole number of 10^-digits, rounded half-even, at least `digits + 1` figures long. */
function roundDigits(whole: string, fraction: string, digits: number): string {
  const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  const rest = fraction.slice(digits);
  const half = /^50*$/.test(rest);
  const up = half ? kept % 2n === 1n : rest !== '' && rest.charAt(0) >= '5';
  return (up ? kept + 1n : kept).toString().padStart(digits + 1, '0');
}
