/**
 * Amounts as statements write them: every grouping and decimal mark, signs before and behind, parentheses, CR and DR.
 * Exact, and never guessed: a figure that two readings fit is `ambiguous`, and the user is asked once for the column.
 */
import { minorUnit, parseAmount, type Atoms } from '../../domain/money.ts';

export type NumberFault = 'empty' | 'ambiguous' | 'unreadable' | 'too_fine';

/** Decimal mark of a column; `auto` decides by the figure itself. */
export type DecimalMark = '.' | ',' | 'auto';

export interface Figure {
  readonly value: Atoms;
  /** `CR` or `DR` stood beside it and gives the direction; `value` does not yet. */
  readonly mark: 'CR' | 'DR' | null;
}

/** Longest text that can be a figure; what is longer is none, and is not searched for one. */
const LONGEST = 80;
/** Blanks in a row are padding, and never between digits. */
const PADDING = /\s{2,}/g;
const MINUS = /[\u2212\u2012\u2013\ufe63\uff0d]/g;
/** A symbol, a code, or a letter or two before a dollar sign. */
const CURRENCY = '(?:[A-Z]{1,3}\\$|\\p{Sc}|[A-Z]{3}|kr\\.?|zł|Fr\\.)';
const AROUND = new RegExp(
  `^(?<lead>[+-]?)\\s*(?:${CURRENCY})?\\s*(?<inner>[+-]?)\\s*(?<digits>[\\d.,'’\\s]*\\d[.,]?)\\s*(?<trail>[+-]?)\\s*(?:${CURRENCY})?$`,
  'u',
);
const MARKED = /^(.*\d.*?)\s*(CR|DR)\.?$/i;
const GROUPING = /['’\s]/;

/** Most figures: digits, perhaps a mark and one or two digits more, which no grouping is. */
const SIMPLE = /^([+-]?\d{1,20})(?:([.,])(\d{1,2}))?$/;

/** Reads a figure; `minorDigits` are those of its currency, and a finer one is refused, not rounded. */
export function readFigure(text: string, decimal: DecimalMark, minorDigits = 2): Figure | NumberFault {
  const [simple, whole = '', point, fraction = ''] = SIMPLE.exec(text) ?? [];
  if (
    simple !== undefined &&
    fraction.length <= minorDigits &&
    (decimal === 'auto' || (point ?? decimal) === decimal)
  ) {
    const value = parseAmount(fraction === '' ? whole : `${whole}.${fraction}`);
    return typeof value === 'string' ? 'unreadable' : { value, mark: null };
  }
  let rest = text.trim();
  if (rest.length > LONGEST || /\d\s{2,}\d/.test(rest)) return 'unreadable';
  rest = rest.replace(MINUS, '-').replace(PADDING, ' ');
  if (/^[-—]*$/.test(rest)) return 'empty';
  const marked = MARKED.exec(rest);
  const mark = marked === null ? null : marked[2]?.toUpperCase() === 'CR' ? 'CR' : 'DR';
  if (marked !== null) rest = marked[1] ?? '';
  const enclosed = /^\((.*)\)$/.exec(rest);
  if (enclosed !== null) rest = (enclosed[1] ?? '').trim();
  const parts = AROUND.exec(rest)?.groups;
  if (parts === undefined) return 'unreadable';
  const signs = `${enclosed === null ? '' : '-'}${parts['lead'] ?? ''}${parts['inner'] ?? ''}${parts['trail'] ?? ''}`;
  if (signs.length > 1 || (mark !== null && signs !== '')) return 'unreadable';
  const plain = withoutGrouping(parts['digits'] ?? '', decimal);
  if (typeof plain === 'string') return plain;
  if ((plain.numeral.split('.')[1] ?? '').length > minorDigits) return 'too_fine';
  const value = parseAmount(plain.numeral);
  if (typeof value === 'string') return 'unreadable';
  return { value: signs === '-' ? -value : value, mark };
}

/** The same with CR and DR applied as on a card: a credit reduces what is owed, so it is negative. */
export function readNumber(text: string, decimal: DecimalMark, minorDigits = 2): Atoms | NumberFault {
  const figure = readFigure(text, decimal, minorDigits);
  return typeof figure === 'string' ? figure : figure.mark === 'CR' ? -figure.value : figure.value;
}

/** The decimal mark that a figure proves on its own; null where it proves none. */
export function provenMark(text: string): '.' | ',' | null {
  const simple = SIMPLE.exec(text);
  if (simple !== null) return simple[2] === '.' || simple[2] === ',' ? simple[2] : null;
  const point = typeof readFigure(text, '.', 3) !== 'string';
  const comma = typeof readFigure(text, ',', 3) !== 'string';
  if (!/[.,]/.test(text) || point === comma) return null;
  return point ? '.' : ',';
}

/**
 * A number of a machine format: either mark, no grouping, no mark where it is whole (`250,` too). Zeros beyond the minor
 * unit are no finer figure.
 */
export function readPlain(text: string, minorDigits: number): Atoms | NumberFault {
  const trimmed = text.trim();
  if (trimmed === '') return 'empty';
  if (trimmed.length > LONGEST || !/^[+-]?(?:\d+[.,]?\d*|[.,]\d+)$/.test(trimmed)) return 'unreadable';
  const value = parseAmount(trimmed.replace(',', '.').replace(/^([+-]?)\./, '$10.'));
  if (value === 'too_fine') return 'too_fine';
  if (typeof value === 'string') return 'unreadable';
  return value % minorUnit(minorDigits) === 0n ? value : 'too_fine';
}

/** A number of FOCUS: point, exponents, and as fine as it likes. */
export function readFocus(text: string): Atoms | NumberFault {
  if (text.trim() === '') return 'empty';
  const value = parseAmount(text.trim());
  return typeof value === 'bigint' ? value : value === 'too_fine' ? 'too_fine' : 'unreadable';
}

/** For messages. */
export function faultText(fault: NumberFault): string {
  if (fault === 'empty') return 'there is no amount';
  if (fault === 'ambiguous') return 'this may be thousands or decimals; say which mark is the decimal mark';
  return fault === 'too_fine' ? 'this is finer than the currency has digits' : 'this is no number';
}

function withoutGrouping(
  digits: string,
  decimal: DecimalMark,
): { readonly numeral: string } | 'ambiguous' | 'unreadable' {
  const mark = decimal === 'auto' ? markOf(digits) : decimal;
  if (mark === 'ambiguous') return 'ambiguous';
  const [whole = '', fraction, ...more] = mark === null ? [digits] : digits.split(mark);
  // a mark with nothing behind it belongs to machine formats, which say so
  if (more.length > 0 || fraction === '' || (fraction !== undefined && /\D/.test(fraction))) return 'unreadable';
  const plain = ungrouped(whole);
  if (plain === null) return 'unreadable';
  return { numeral: fraction === undefined ? plain : `${plain}.${fraction}` };
}

/** The decimal mark of a figure; null: it has none. */
function markOf(digits: string): '.' | ',' | 'ambiguous' | null {
  const points = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (points === 0 && commas === 0) return null;
  if (points > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
  const mark = points > 0 ? '.' : ',';
  if (points + commas > 1) return null;
  const looksGrouped = /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) && !GROUPING.test(digits);
  return looksGrouped ? 'ambiguous' : mark;
}

/** Digits without their one grouping mark, in threes or the Indian way; null where they are grouped otherwise. */
function ungrouped(whole: string): string | null {
  if (/^\d*$/.test(whole)) return whole === '' ? '0' : whole;
  const mark = /\D/.exec(whole)?.[0] ?? '';
  const groups = whole.split(mark);
  const first = groups[0]?.length ?? 0;
  const last = groups.at(-1)?.length ?? 0;
  const inner = groups.slice(1, -1);
  const threes = first <= 3 && inner.every((group) => group.length === 3);
  const indian = first <= 2 && inner.length > 0 && inner.every((group) => group.length === 2);
  if (groups.some((group) => /\D/.test(group)) || first === 0 || last !== 3 || !(threes || indian)) return null;
  return groups.join('');
}
