/**
 * What holds for all rows of a bank's CSV: decimal mark, date order, currency. Each is settled by the figures that leave
 * no doubt, or the user is asked.
 */
import { minorDigitsOf } from '../../domain/money.ts';
import type { BankHeader, BankRole } from './bankColumns.ts';
import { summaryOf } from './bankColumns.ts';
import { orderOf, type DateOrder } from './dates.ts';
import { provenMark, readFigure, type DecimalMark } from './numbers.ts';
import { currencyQuestion, dateOrderQuestion, decimalQuestion, isCurrency } from './questions.ts';
import type { Source } from './source.ts';
import type { Row } from './table.ts';

export interface Layout {
  readonly header: BankHeader;
  readonly names: readonly string[];
  readonly decimal: DecimalMark;
  readonly order: DateOrder | null;
  /** Empty while the user must name it. */
  readonly currency: string;
  /** Debits are written with a minus. */
  readonly signedDebits: boolean;
  /** And credits are. */
  readonly signedCredits: boolean;
  /** What an amount is that carries no CR or DR, where others of the file do. */
  readonly unmarked: 'CR' | 'DR' | null;
}

const MONEY: readonly BankRole[] = ['amount', 'debit', 'credit', 'balance'];

/** A column of the table. */
interface Column {
  readonly name: string;
  readonly at: number;
}

export function cellOf({ columns }: BankHeader, row: Row, role: BankRole): string {
  return row.cells[columns.get(role) ?? -1] ?? '';
}

export function layoutOf(
  source: Source,
  header: BankHeader,
  names: readonly string[],
  rows: readonly Row[],
  around: readonly Row[],
): Layout {
  const columnOf = (role: BankRole): Column[] => {
    const at = header.columns.get(role);
    return at === undefined ? [] : [{ at, name: names[at] ?? '' }];
  };
  const summed = around.filter(({ cells }) => ['opening', 'closing'].includes(summaryOf(cells[0] ?? '') ?? ''));
  const currency = currencyOf(source, header, rows, summed);
  const decimal = decimalOf(source, MONEY.flatMap(columnOf), rows, summed, currency);
  const order = dateOrderOf(source, [...columnOf('date'), ...columnOf('valueDate')], rows);
  const figures = (role: BankRole): ReturnType<typeof readFigure>[] =>
    header.columns.has(role)
      ? rows.map((row) => readFigure(cellOf(header, row, role), decimal, minorDigitsOf(currency)))
      : [];
  const signed = (role: BankRole): boolean => {
    const moved = figures(role).flatMap((figure) =>
      typeof figure === 'string' || figure.value === 0n ? [] : [figure.value],
    );
    return moved.length > 0 && moved.every((value) => value < 0n);
  };
  const marks = new Set(figures('amount').map((figure) => (typeof figure === 'string' ? null : figure.mark)));
  const unmarked = marks.has('CR') === marks.has('DR') ? null : marks.has('CR') ? 'DR' : 'CR';
  return {
    ...{ header, names, decimal, order, currency, unmarked },
    ...{ signedDebits: signed('debit'), signedCredits: signed('credit') },
  };
}

function currencyOf(source: Source, header: BankHeader, rows: readonly Row[], summed: readonly Row[]): string {
  const written = mostCommon(rows.map((row) => cellOf(header, row, 'currency').toUpperCase()).filter(isCurrency));
  const beside = summed.map(({ cells }) => /\b[A-Z]{3}\b/.exec(cells.slice(1).join(' '))?.[0]).find(Boolean);
  const currency = written ?? header.currency ?? besideAmounts(header, rows) ?? beside ?? source.options.currency;
  if (currency === undefined) {
    const example = rows.map((row) => cellOf(header, row, 'amount')).find((text) => text !== '') ?? null;
    source.ask(null, currencyQuestion(example));
  }
  return (currency ?? '').toUpperCase();
}

function mostCommon(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** The one currency whose code or unmistakable sign stands beside the amounts. */
function besideAmounts(header: BankHeader, rows: readonly Row[]): string | undefined {
  const named = new Set<string>();
  for (const row of rows)
    for (const role of MONEY) {
      const text = cellOf(header, row, role);
      // beside no figure it is a word, as in #REF!
      const code = /\d/.test(text) ? /(?<![A-Z])[A-Z]{3}(?![A-Z])/.exec(text)?.[0] : undefined;
      if (text.includes('€')) named.add('EUR');
      else if (text.includes('£')) named.add('GBP');
      else if (code !== undefined) named.add(code);
    }
  const [only] = named;
  return named.size === 1 ? only : undefined;
}

function decimalOf(
  source: Source,
  money: readonly Column[],
  rows: readonly Row[],
  summed: readonly Row[],
  currency: string,
): DecimalMark {
  const chosen = source.options.decimal;
  if (chosen !== undefined) return chosen;
  const proven = new Set<'.' | ','>();
  const prove = (text: string): void => {
    const mark = provenMark(text);
    if (mark !== null) proven.add(mark);
  };
  for (const { cells } of rows) for (const { at } of money) prove(cells[at] ?? '');
  for (const { cells } of summed) cells.slice(1).forEach(prove);
  const [only] = proven;
  if (proven.size === 1 && only !== undefined) return only;
  for (const { name, at } of money) {
    const unsure = rows.find(({ cells }) => readFigure(cells[at] ?? '', 'auto') === 'ambiguous');
    if (unsure === undefined) continue;
    const text = unsure.cells[at] ?? '';
    // where a currency has no smaller unit there are no decimals, so the mark groups thousands
    if (currency !== '' && minorDigitsOf(currency) === 0) return text.includes(',') ? '.' : ',';
    source.ask(unsure.line, decimalQuestion(name, text));
    break;
  }
  return 'auto';
}

function dateOrderOf(source: Source, dates: readonly Column[], rows: readonly Row[]): DateOrder | null {
  const chosen = source.options.dateOrder;
  if (chosen !== undefined) return chosen;
  const found = orderOf(textsOf(dates, rows));
  if (found === 'dmy' || found === 'mdy') return found;
  if (found === null) return null;
  const [date] = dates;
  const first = rows.find(({ cells }) => /\d/.test(cells[date?.at ?? -1] ?? ''));
  const example = first?.cells[date?.at ?? -1] ?? '';
  source.ask(first?.line ?? null, dateOrderQuestion(date?.name ?? null, example, found === 'mixed'));
  return null;
}

function* textsOf(columns: readonly Column[], rows: readonly Row[]): Generator<string> {
  for (const { at } of columns) for (const { cells } of rows) yield cells[at] ?? '';
}
