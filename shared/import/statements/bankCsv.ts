/**
 * CSV of any bank: lines before and after the table, any delimiter, decimal mark and date order, one amount column or
 * two. What the file leaves open is settled for the whole column by the figures that leave no doubt, or the user is
 * asked; never row by row.
 */
import type { LineMark } from '../../contract/importing.ts';
import { minorDigitsOf, type Atoms } from '../../domain/money.ts';
import { turned } from '../../domain/statement.ts';
import { quoted } from '../problems.ts';
import {
  BANK_MEANINGS,
  bankHeader,
  isBankHeader,
  mappedHeader,
  summaryOf,
  type BankHeader,
  type BankRole,
} from './bankColumns.ts';
import { cellOf, layoutOf, type Layout } from './bankLayout.ts';
import { figureAt, isLine, isMark, lineOf } from './bankRow.ts';
import { askDirection, settled, type BankBooking, type Stated } from './bankSign.ts';
import { readDate } from './dates.ts';
import { headerlessTable } from './headerless.ts';
import { faultText, readFigure } from './numbers.ts';
import { previewColumns } from './previewColumns.ts';
import { balanceMark, readingOf, type StatementReading } from './reading.ts';
import type { Source } from './source.ts';
import { findTable, type Row, type Table } from './table.ts';

/** Rows among which the header is searched: banks write a page of address before it at most. */
const SEARCHED = 100;

const WHY = 'The table has a date and an amount, as banks export them.';
const MONEY: readonly BankRole[] = ['amount', 'debit', 'credit'];
const PENDING =
  /pending|vorgemerkt|vormerk|authori[sz]ed|en attente|pendiente|in attesa|declined|reverted|failed|cancel/i;
const WITH_ZONE = /\d:\d\d.*(?:[Zz]|[+-]\d\d:?\d\d)$/;

/**
 * `undefined` where the file has no bank's table. With `forced`, any table is read as one, so that the user can say which
 * column is what.
 */
export function readBankCsv(source: Source, forced = false): StatementReading | undefined {
  const table = bankTable(source) ?? (forced ? (headerlessTable(source) ?? anyTable(source)) : null);
  return table === null ? undefined : readingOfTable(source, table, table.names);
}

/** A table that starts with its first booking, as some banks export it. Undefined where it is none. */
export function readHeaderless(source: Source): StatementReading | undefined {
  const table = headerlessTable(source);
  if (table === null) return undefined;
  source.note('The table has no header; its columns were found by what they hold.');
  return readingOfTable(source, table, null);
}

function readingOfTable(source: Source, table: BankTable, header: readonly string[] | null): StatementReading {
  const { names } = table;
  const known = {
    format: 'bank-csv',
    header,
    columns: previewColumns(names, table.header.columns, table.rows),
    meanings: BANK_MEANINGS,
  };
  if (!isBankHeader(table.header)) {
    const message = 'no column is known as a date and an amount; say which columns hold the date and the amount';
    source.problem(table.before.length + 1, null, message);
    return readingOf(source, { ...known, why: source.why('The table was read as a bank’s.'), currency: '', lines: [] });
  }
  return { ...statementOf(source, table), ...known };
}

type BankTable = Omit<Table<BankHeader>, 'delimiter' | 'headerRow'> & { readonly names: readonly string[] };

function bankTable(source: Source): BankTable | null {
  const chosen = source.options.columns ?? {};
  const table = findTable(source, ({ cells }, next) => bankHeader(cells, next?.cells, chosen), SEARCHED);
  return table === null ? null : withMarks({ ...table, names: table.headerRow.cells });
}

/** The first row that is as wide as the one behind it and has names in most of its cells. */
function anyTable(source: Source): BankTable | null {
  const chosen = source.options.columns ?? {};
  const table = findTable(
    source,
    ({ cells }, next) => {
      const named = cells.filter((cell) => /\p{L}/u.test(cell) && !/^[\d.,\s-]*\d/.test(cell)).length;
      const isHeader = cells.length > 1 && next?.cells.length === cells.length && 2 * named > cells.length;
      return isHeader ? mappedHeader(cells, next.cells, chosen) : null;
    },
    SEARCHED,
  );
  return table === null ? null : { ...table, names: table.headerRow.cells };
}

/** A column of kinds that has nothing but debit and credit in it is a column of marks. */
function withMarks(table: BankTable): BankTable {
  const { columns } = table.header;
  const kind = columns.get('kind');
  if (kind === undefined || columns.has('mark') || !columns.has('amount')) return table;
  const texts = table.rows.map(({ cells }) => cells[kind] ?? '').filter((text) => text !== '');
  if (texts.length === 0 || !texts.every(isMark)) return table;
  return { ...table, header: { ...table.header, columns: new Map([...columns, ['mark', kind]]) } };
}

interface Parts {
  readonly rows: readonly Row[];
  readonly summaries: readonly Row[];
  /** Rows of bookings that have not happened. */
  readonly pending: number;
}

/** Bookings, and the rows around them. A row that has neither date nor amount is no booking. */
function partsOf({ header, names, before, rows }: BankTable): Parts {
  const bookings: Row[] = [];
  const summaries = [...before];
  let pending = 0;
  const repeated = names.join('\n');
  for (const row of rows) {
    if (row.cells.every((cell) => cell === '') || row.cells.join('\n') === repeated) continue;
    const isDate = readDate(cellOf(header, row, 'date'), null) !== 'invalid';
    const hasMoney = [...MONEY, 'balance' as const].some((role) => cellOf(header, row, role) !== '');
    const moves = MONEY.some((role) => cellOf(header, row, role) !== '');
    const says = row.cells.some((cell) => ['opening', 'closing'].includes(summaryOf(cell) ?? ''));
    if (isDate && !moves && says) summaries.push(balanceRow(header, row));
    else if (!isDate && (summaryOf(row.cells[0] ?? '') !== null || !hasMoney)) summaries.push(row);
    else if (PENDING.test(cellOf(header, row, 'status'))) pending++;
    else bookings.push(row);
  }
  return { rows: bookings, summaries, pending };
}

/** A dated row that states a balance, as the rows around the table state theirs: the label, then the figure. */
function balanceRow(header: BankHeader, row: Row): Row {
  const label = row.cells.find((cell) => ['opening', 'closing'].includes(summaryOf(cell) ?? '')) ?? '';
  return { ...row, cells: [label, cellOf(header, row, 'balance')] };
}

function statementOf(source: Source, table: BankTable): StatementReading {
  const { rows, summaries, pending } = partsOf(table);
  if (pending > 0) source.note(`Rows that are not booked were left out: ${pending}.`);
  if (rows.some((row) => WITH_ZONE.test(cellOf(table.header, row, 'date').slice(0, 60)))) {
    source.note(`Dates are those of ${source.options.zone?.name ?? 'UTC'}.`);
  }
  const layout = layoutOf(source, table.header, table.names, rows, summaries);
  const stated: Stated = {
    opening: statedBalance(source, layout, summaries, 'opening'),
    closing: statedBalance(source, layout, summaries, 'closing'),
  };
  askDirection(source, layout, rows, stated);
  const bookings = bookingsOf(source, layout, rows);
  // a sum over rows some of which wait for an answer proves nothing
  const sign = source.questions.length > 0 ? null : settled(source, layout, bookings, stated);
  const account = summaries.find(({ cells }) => summaryOf(cells[0] ?? '') === 'account')?.cells[1] ?? null;
  const isOpen = source.questions.some(({ choice }) => choice === 'chargesPositive');
  const lines = sign?.lines ?? (isOpen ? [] : bookings.map(({ line }) => line));
  source.rejected = source.read - lines.length;
  return readingOf(source, {
    format: 'bank-csv',
    why: source.why(WHY),
    account,
    currency: layout.currency,
    opening: sign?.tie?.opening ?? stated.opening,
    closing: sign?.tie?.closing ?? stated.closing,
    lines,
    tie: sign?.tie ?? null,
    marks: marksOf(layout, summaries),
  });
}

/** Rows around the table that name the account or state its balances. */
function marksOf(layout: Layout, summaries: readonly Row[]): LineMark[] {
  return summaries.flatMap((row): LineMark[] => {
    const says = summaryOf(row.cells[0] ?? '');
    if (says === 'account') return [{ line: row.line, says, amount: null }];
    if (says !== 'opening' && says !== 'closing') return [];
    const figure = figureIn(layout, row);
    return typeof figure === 'string' ? [] : [balanceMark(says, row.line, signedBalance(figure))];
  });
}

function bookingsOf(source: Source, layout: Layout, rows: readonly Row[]): BankBooking[] {
  const bookings: BankBooking[] = [];
  for (const row of rows) {
    source.read++;
    const line = lineOf(source, layout, row);
    if (!isLine(line)) {
      if (line.fault === null) source.rejected++;
      else source.reject(row.line, line.fault.role, line.fault.message);
      continue;
    }
    const flips = line.reversal && source.options.flipReversals === true;
    const balance = balanceAt(source, layout, row);
    bookings.push({ line: flips ? turned(line) : line, balance, fee: feeAt(layout, row) });
  }
  return bookings;
}

function balanceAt(source: Source, layout: Layout, row: Row): Atoms | null {
  const balance = figureAt(layout, row, 'balance');
  if (typeof balance === 'bigint') return balance;
  if (balance !== 'empty' && balance !== 'ambiguous') {
    source.problem(row.line, 'balance', `${quoted(cellOf(layout.header, row, 'balance'))}: ${faultText(balance)}`);
  }
  return null;
}

/** What a column of fees states; null where it is blank or no figure. */
function feeAt(layout: Layout, row: Row): Atoms | null {
  const fee = figureAt(layout, row, 'fee');
  if (typeof fee === 'string' || fee === 0n) return null;
  return fee < 0n ? -fee : fee;
}

function statedBalance(
  source: Source,
  layout: Layout,
  summaries: readonly Row[],
  kind: 'opening' | 'closing',
): Atoms | null {
  const row = summaries.find(({ cells }) => summaryOf(cells[0] ?? '') === kind);
  if (row === undefined) return null;
  const figure = figureIn(layout, row);
  if (typeof figure !== 'string') return signedBalance(figure);
  if (figure !== 'empty' && figure !== 'ambiguous') {
    source.problem(row.line, kind, `${quoted(figureText(row))}: ${faultText(figure)}`);
  }
  return null;
}

/** The cell of a row around the table that holds its figure. */
function figureText(row: Row): string {
  return row.cells.slice(1).find((cell) => /\d/.test(cell) && readDate(cell, null) === 'invalid') ?? '';
}

function figureIn(layout: Layout, row: Row): ReturnType<typeof readFigure> {
  return readFigure(figureText(row), layout.decimal, minorDigitsOf(layout.currency));
}

function signedBalance({ mark, value }: Exclude<ReturnType<typeof readFigure>, string>): Atoms {
  return mark === 'DR' ? -value : value;
}
