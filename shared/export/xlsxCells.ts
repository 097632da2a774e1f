/** Cells of a spreadsheet, each of its column's kind, and the formats in which they show. */
import { DAY_MS, daysFromCivil, SECOND_MS, type Instant } from '../domain/time.ts';
import { cellText, xmlText } from './xlsxText.ts';

/**
 * - `text`: never run, whatever it begins with
 * - `integer`, `amount`: exact decimal text or a whole number; a number as long as a spreadsheet keeps its digits
 * - `date`: `YYYY-MM-DD`
 * - `instant`: milliseconds since 1970, shown in UTC
 */
export type ColumnKind = 'text' | 'integer' | 'amount' | 'date' | 'instant';

/** What has not its column's form stands as text. */
export type Cell = string | number | null;

/** Digits that the doubles of spreadsheets keep. */
const EXACT_DIGITS = 15;
const MOST_DECIMALS = 12;
const FEWEST_DECIMALS = 2;

const FIRST_OWN_FORMAT = 164;

/** Format codes of the styles after the plain one and the header's, in their order. */
const FORMATS: readonly string[] = [
  '@',
  '0',
  'yyyy\\-mm\\-dd',
  'yyyy\\-mm\\-dd\\ hh:mm:ss',
  'yyyy\\-mm\\-dd\\ hh:mm:ss.000',
  ...Array.from(
    { length: MOST_DECIMALS - FEWEST_DECIMALS + 1 },
    (_, more) => `0.${'0'.repeat(FEWEST_DECIMALS + more)}`,
  ),
];

export const HEADER_STYLE = 1;
const TEXT_STYLE = 2;
const INTEGER_STYLE = 3;
const DATE_STYLE = 4;
const SECOND_STYLE = 5;
const MILLISECOND_STYLE = 6;
const AMOUNT_STYLE = 7;
/** Text of an amount that has too many digits for a number: to the right, like the numbers above and below it. */
const AMOUNT_TEXT_STYLE = 2 + FORMATS.length;

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

export function stylesXml(): string {
  const formats = FORMATS.map(
    (code, index) => `<numFmt numFmtId="${FIRST_OWN_FORMAT + index}" formatCode="${xmlText(code)}"/>`,
  );
  const plain = 'fontId="0" fillId="0" borderId="0"';
  const own = FORMATS.map(
    (_, index) => `<xf numFmtId="${FIRST_OWN_FORMAT + index}" ${plain} xfId="0" applyNumberFormat="1"/>`,
  );
  const cells = [
    `<xf numFmtId="0" ${plain} xfId="0"/>`,
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
    ...own,
    `<xf numFmtId="${FIRST_OWN_FORMAT}" ${plain} xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="right"/></xf>`,
  ];
  return (
    `<styleSheet ${MAIN}><numFmts count="${formats.length}">${formats.join('')}</numFmts>` +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    `<cellStyleXfs count="1"><xf numFmtId="0" ${plain}/></cellStyleXfs>` +
    `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}

export function cellXml(at: string, kind: ColumnKind, cell: Cell): string {
  if (cell === null || cell === '') return '';
  const text = String(cell);
  if (kind === 'integer' || kind === 'amount') return numberXml(at, kind, text);
  if (kind === 'date') return serialXml(at, dateSerial(text), DATE_STYLE, text);
  if (kind === 'text' || typeof cell === 'string') return textXml(at, text, TEXT_STYLE);
  return serialXml(at, instantSerial(cell), cell % SECOND_MS === 0 ? SECOND_STYLE : MILLISECOND_STYLE, text);
}

export function textXml(at: string, text: string, style: number): string {
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cellText(text))}</t></is></c>`;
}

function valueXml(at: string, value: string | number, style: number): string {
  return `<c r="${at}" s="${style}"><v>${value}</v></c>`;
}

function serialXml(at: string, serial: number | null, style: number, text: string): string {
  return serial === null ? textXml(at, text, TEXT_STYLE) : valueXml(at, serial, style);
}

const DECIMAL = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;

function numberXml(at: string, kind: 'integer' | 'amount', text: string): string {
  const match = DECIMAL.exec(text);
  if (match === null) return textXml(at, text, TEXT_STYLE);
  const [, sign = '', whole = '', rawFraction = ''] = match;
  const fraction = rawFraction.replace(/0+$/, '');
  const digits = (whole + fraction).replace(/^0+/, '').length;
  const value = sign + whole + (fraction === '' ? '' : `.${fraction}`);
  if (digits > EXACT_DIGITS || fraction.length > MOST_DECIMALS) return textXml(at, value, AMOUNT_TEXT_STYLE);
  const more = Math.max(fraction.length - FEWEST_DECIMALS, 0);
  return valueXml(at, value, kind === 'integer' && fraction === '' ? INTEGER_STYLE : AMOUNT_STYLE + more);
}

/** Days from 1970 to day 0 of the spreadsheets' calendar, which is right from 1 March 1900 on. */
const EPOCH = daysFromCivil(1899, 12, 30) ?? 0;
const FIRST_DAY = (daysFromCivil(1900, 3, 1) ?? 0) - EPOCH;
const LAST_DAY = (daysFromCivil(9999, 12, 31) ?? 0) - EPOCH;

function dateSerial(text: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const days = daysFromCivil(Number(year), Number(month), Number(day));
  return days === null ? null : inCalendar(days - EPOCH);
}

function instantSerial(instant: Instant): number | null {
  return inCalendar(instant / DAY_MS - EPOCH);
}

function inCalendar(serial: number): number | null {
  return serial >= FIRST_DAY && serial < LAST_DAY + 1 ? serial : null;
}
