/** Amounts of money in the text of an invoice: where they are, and what currency and decimal mark they have. */
import type { ReadingChoices } from '../../contract/importing.ts';
import { minorDigitsOf, type Atoms } from '../../domain/money.ts';
import { readFigure, type DecimalMark, type NumberFault } from './numbers.ts';

/** What stands for which currency where no code does. A bare dollar sign is any dollar, mostly the one of the US. */
const SIGNS: Readonly<Record<string, string>> = {
  $: 'USD',
  US$: 'USD',
  $US: 'USD',
  CA$: 'CAD',
  C$: 'CAD',
  $CA: 'CAD',
  A$: 'AUD',
  AU$: 'AUD',
  NZ$: 'NZD',
  HK$: 'HKD',
  S$: 'SGD',
  SG$: 'SGD',
  MX$: 'MXN',
  NT$: 'TWD',
  R$: 'BRL',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  'JP¥': 'JPY',
  'CN¥': 'CNY',
  '₹': 'INR',
  '₩': 'KRW',
  '₪': 'ILS',
  '₺': 'TRY',
  '₫': 'VND',
  '₱': 'PHP',
  '฿': 'THB',
  zł: 'PLN',
  Kč: 'CZK',
  'Fr.': 'CHF',
};
/** Signs of several currencies: the user's word, and a code anywhere in the document, come first. */
const SHARED_SIGNS: ReadonlySet<string> = new Set(['$', '¥', 'kr', 'kr.']);

const DIGITS = "(?!0\\d)(?:\\d{1,3}(?:[.,'’\\s]\\d{2,3})*[.,'’\\s]\\d{3}|\\d+)(?:[.,]\\d{1,4})?(?![\\d%])";
const SIGN = '(?:[A-Z]{1,3}\\p{Sc}|\\p{Sc}\\s?(?:US|CA)(?![A-Z])|\\p{Sc}|zł|Kč|kr\\.?|Fr\\.)';
/** Three letters that are no tax. */
const CODE = '(?<![A-Z])(?!VAT|TVA|IVA|BTW|MOM|GST|HST|PST|QST|TAX)[A-Z]{3}(?![A-Z$€£¥])';
const MINUS = '[-–−(]?';
const BEFORE = `(?<sign1>${SIGN}|${CODE})\\s?${MINUS}(?<digits1>${DIGITS})`;
const AFTER = `(?<![\\d.,])(?<digits2>${DIGITS})\\s?(?<sign2>${SIGN}|${CODE})`;
const MONEY = new RegExp(`${MINUS}\\s?(?:${BEFORE}|${AFTER})(?:\\s?(?<code>${CODE}))?\\)?-?`, 'gu');
const BARE = new RegExp(`^${MINUS}(?<digits>${DIGITS})\\)?-?$`, 'u');

/** An amount as it is written. Whether it is negative is never told by a sign, which may be lost. */
export interface FoundAmount {
  readonly text: string;
  readonly index: number;
  readonly digits: string;
  /** Currency sign as written, without spaces; null where there is none. */
  readonly sign: string | null;
  readonly code: string | null;
  /** A minus or a parenthesis survived. */
  readonly minus: boolean;
}

/** All amounts in a text that a currency sign or code stands at. */
export function findAmounts(text: string): FoundAmount[] {
  return [...text.matchAll(MONEY)].map((match) => {
    const groups = match.groups ?? {};
    const mark = (groups['sign1'] ?? groups['sign2'] ?? '').replace(/\s/g, '');
    const isCode = /^[A-Z]{3}$/.test(mark);
    return {
      text: match[0].trim(),
      index: match.index,
      digits: groups['digits1'] ?? groups['digits2'] ?? '',
      sign: isCode ? null : mark,
      code: groups['code'] ?? (isCode ? mark : null),
      minus: /[-–−(]/.test(match[0]),
    };
  });
}

/** The amount that a cell is; with `bare` also one without a currency. */
export function wholeAmount(text: string, bare: boolean): FoundAmount | null {
  const [found] = findAmounts(text);
  if (found !== undefined) return found.text === text.trim() ? found : null;
  const match = bare ? BARE.exec(text.trim()) : null;
  if (match === null || !/[.,]\d{2}\D*$/.test(text)) return null;
  const digits = match.groups?.['digits'] ?? '';
  return { text: text.trim(), index: 0, digits, sign: null, code: null, minus: /[-–−(]/.test(text) };
}

/** How the amounts of a document are read. */
export interface MoneyStyle {
  readonly currency: string;
  readonly decimal: DecimalMark;
  /** For the user, where a sign was read as one of several currencies; else null. */
  readonly note: string | null;
}

/** Null where the amounts name no currency, or more than one. */
export function styleOf(
  amounts: readonly FoundAmount[],
  options: Pick<ReadingChoices, 'currency' | 'decimal'>,
): MoneyStyle | null {
  const stated = options.currency;
  const codes = new Set(amounts.flatMap(({ code }) => code ?? []));
  const signs = new Set(amounts.flatMap(({ sign }) => sign ?? []));
  const own = new Set([...signs].flatMap((sign) => (SHARED_SIGNS.has(sign) ? [] : (SIGNS[sign] ?? []))));
  const known = new Set([...codes, ...own]);
  if (known.size > 1) return null;
  const [sure] = known;
  const [sign] = signs;
  const guess = sign === undefined ? null : (SIGNS[sign] ?? null);
  const currency = sure ?? stated?.toUpperCase() ?? guess;
  if (currency === null) return null;
  const guessed = sure === undefined && stated === undefined;
  return {
    currency,
    decimal: options.decimal ?? markOf(amounts, minorDigitsOf(currency)),
    note: guessed ? `The document names no currency but "${sign ?? ''}", which was read as ${currency}.` : null,
  };
}

/** Prices print every digit of the minor unit, so what stands before those is the decimal mark. */
function markOf(amounts: readonly FoundAmount[], minorDigits: number): DecimalMark {
  if (minorDigits === 0) return amounts.some(({ digits }) => digits.includes(',')) ? '.' : ',';
  const behind = new RegExp(`([.,])\\d{${minorDigits}}$`);
  const marks = new Set(amounts.flatMap(({ digits }) => behind.exec(digits)?.[1] ?? []));
  const [only] = marks;
  if (marks.size === 1) return only === ',' ? ',' : '.';
  // whole amounts only: a mark before three digits groups them, and the other one is the decimal mark
  return marks.size === 0 && amounts.some(({ digits }) => /\.\d{3}$/.test(digits)) ? ',' : '.';
}

/** The figure without its sign. */
export function figureOf({ digits }: FoundAmount, { currency, decimal }: MoneyStyle): Atoms | NumberFault {
  const figure = readFigure(digits, decimal, minorDigitsOf(currency));
  return typeof figure === 'string' ? figure : figure.value;
}
