/**
 * CSV of any bank: lines before and after the table, any delimiter, decimal mark and date order, one amount column or
 * two. What the file leaves open is settled for the whole column by the figures that leave no doubt, or the user is
 * asked; never row by row.
 */
import { minorDigitsOf, type Atoms } from '../../domain/money.ts';
import { quoted } from '../problems.ts';
import { proofOf, type Booking } from './balanceProof.ts';
import { bankHeader, summaryOf, type BankHeader, type BankRole } from './bankColumns.ts';
import { orderOf, readDate, type DateOrder } from './dates.ts';
import { movementsOf, plainLine, tieOf, type Statement, type StatementLine } from './line.ts';
import { faultText, provenMark, readFigure, type DecimalMark, type NumberFault } from './numbers.ts';
import { statedReference } from './references.ts';
import type { Source } from './source.ts';
import { findTable, type Row, type Table } from './table.ts';

/** Rows among which the header is searched: banks write a page of address before it at most. */
const SEARCHED = 60;

interface Layout {
  readonly header: BankHeader;
  readonly decimal: DecimalMark;
  readonly order: DateOrder | null;
  readonly currency: string;
  /** Debits are written with a minus. */
  readonly signedDebits: boolean;
}

const MONEY: readonly BankRole[] = ['amount', 'debit', 'credit', 'balance'];
const DEBIT_MARK = /^(s|soll|d|dr|debit|dbit|af)$/i;
const CREDIT_MARK = /^(h|haben|c|cr|credit|crdt|bij)$/i;

/** Null, with a problem, where the user must answer first; `undefined` where the file has no bank's table. */
export function readBankCsv(source: Source): Statement | null | undefined {
  const table = findTable(source, ({ cells }) => bankHeader(cells), SEARCHED);
  if (table === null) return undefined;
  const { rows, summaries } = partsOf(table);
  const layout = layoutOf(source, table.header, rows, summaries);
  if (layout === null) return null;
  const balance = (kind: 'opening' | 'closing'): Atoms | null => {
    const row = summaries.find(({ cells }) => summaryOf(cells[0] ?? '') === kind);
    const text = row?.cells.slice(1).find((cell) => cell !== '') ?? '';
    const figure = readFigure(text, layout.decimal, minorDigitsOf(layout.currency));
    if (typeof figure !== 'string') return figure.mark === 'DR' ? -figure.value : figure.value;
    if (row !== undefined && figure !== 'empty')
      source.problem(row.line, kind, `${quoted(text)}: ${faultText(figure)}`);
    return null;
  };
  const account = summaries.find(({ cells }) => summaryOf(cells[0] ?? '') === 'account')?.cells[1] ?? null;
  return statementOf(source, layout, rows, { account, opening: balance('opening'), closing: balance('closing') });
}

/** Bookings, and the rows around them. A row behind the table that has neither date nor amount is no booking. */
function partsOf({ header, before, rows }: Table<BankHeader>): { readonly rows: Row[]; readonly summaries: Row[] } {
  const bookings: Row[] = [];
  const summaries = [...before];
  const [date, ...money] = [header.columns.get('date'), ...MONEY.map((role) => header.columns.get(role))];
  for (const row of rows) {
    const isDate = readDate(row.cells[date ?? -1] ?? '', null) !== 'invalid';
    const hasMoney = money.some((column) => column !== undefined && (row.cells[column] ?? '') !== '');
    if (!isDate && (summaryOf(row.cells[0] ?? '') !== null || !hasMoney)) summaries.push(row);
    else bookings.push(row);
  }
  return { rows: bookings, summaries };
}

/** What holds for all rows; null where the user must answer first. */
function layoutOf(source: Source, header: BankHeader, rows: readonly Row[], around: readonly Row[]): Layout | null {
  const { options } = source;
  const texts = (role: BankRole): string[] => {
    const column = header.columns.get(role);
    return column === undefined ? [] : rows.map(({ cells }) => cells[column] ?? '');
  };
  const figures = MONEY.flatMap(texts);
  const summed = around.filter(({ cells }) => ['opening', 'closing'].includes(summaryOf(cells[0] ?? '') ?? ''));
  const proven = new Set([...figures, ...summed.flatMap(({ cells }) => cells.slice(1))].map(provenMark));
  proven.delete(null);
  const [only] = proven;
  const decimal = options.decimal ?? (proven.size === 1 ? (only ?? 'auto') : 'auto');
  const unsure = figures.findIndex((text) => readFigure(text, decimal) === 'ambiguous');
  if (unsure >= 0) {
    const place = rows[unsure % rows.length]?.line ?? null;
    const message = `${quoted(figures[unsure] ?? '')} may be thousands or decimals, and nothing in the file tells; say which mark is the decimal mark`;
    source.problem(place, 'decimal', message);
  }
  const found = orderOf(texts('date'));
  const order = options.dateOrder ?? (found === 'dmy' || found === 'mdy' ? found : null);
  if (order === null && found !== null) {
    const what = found === 'mixed' ? 'dates have both day and month first' : 'no date has a day beyond 12';
    source.problem(rows[0]?.line ?? null, 'date', `${what}; say whether day or month comes first`);
  }
  const written = texts('currency').find((text) => text !== '') ?? null;
  const beside = summed.map(({ cells }) => /\b[A-Z]{3}\b/.exec(cells.slice(1).join(' '))?.[0] ?? null);
  const currency = written ?? header.currency ?? beside.find((each) => each !== null) ?? options.currency ?? null;
  if (currency === null) source.problem(null, 'currency', 'the file names no currency; say which one it is in');
  if (unsure >= 0 || (order === null && found !== null) || currency === null) return null;
  const debits = texts('debit').map((text) => readFigure(text, decimal, minorDigitsOf(currency)));
  const outgoing = debits.filter((figure) => typeof figure !== 'string' && figure.value !== 0n);
  const signedDebits =
    outgoing.length > 0 && outgoing.every((figure) => typeof figure !== 'string' && figure.value < 0n);
  return { header, decimal, order, currency: currency.toUpperCase(), signedDebits };
}

function statementOf(
  source: Source,
  layout: Layout,
  rows: readonly Row[],
  known: Pick<Statement, 'account' | 'opening' | 'closing'>,
): Statement | null {
  const lines: StatementLine[] = [];
  const bookings: Booking[] = [];
  for (const row of rows) {
    const line = lineOf(source, layout, row);
    if (line === null) continue;
    const balance = figureAt(layout, row, 'balance');
    if (typeof balance === 'string' && balance !== 'empty') {
      source.problem(row.line, 'balance', `${quoted(cellAt(layout, row, 'balance'))}: ${faultText(balance)}`);
    }
    lines.push(line);
    bookings.push({ amount: line.amount, balance: typeof balance === 'string' ? null : balance, line: row.line });
  }
  const proof = proofOf(bookings, known.opening, known.closing);
  const { chargesPositive } = source.options;
  const single = !layout.header.columns.has('debit') && !layout.header.columns.has('mark');
  // without a balance, a column without a minus says nothing about the direction
  if (single && proof === null && chargesPositive === undefined && lines.length > 0 && unsigned(lines)) {
    source.problem(rows[0]?.line ?? null, 'amount', 'no amount has a sign; say whether charges are positive');
    return null;
  }
  const turn = proof?.tie.holds === true ? proof.inverted : single && chargesPositive === true;
  if (turn) source.note('Amounts are positive where the customer pays.');
  else if (single && proof?.tie.holds !== true && lines.length > 0) {
    source.note('No balance proves the sign: a minus was read as money that leaves.');
  }
  if (proof?.newestFirst === true) source.note('The newest row comes first.');
  const signed = turn ? lines.map((line) => ({ ...line, amount: -line.amount })) : lines;
  const tie = proof?.tie ?? tieOf(known.opening, signed, known.closing, rows.at(-1)?.line ?? null);
  return {
    format: 'bank-csv',
    why: source.why('The table has a date and an amount, as banks export them.'),
    ...known,
    currency: layout.currency,
    opening: tie?.opening ?? known.opening,
    closing: tie?.closing ?? known.closing,
    lines: signed,
    problems: source.problems.listed,
    // where the user turned the sign and the balance does not prove it, the proof had the other one
    tie: tie === null ? null : { ...tie, movements: movementsOf(signed) },
  };
}

function unsigned(lines: readonly StatementLine[]): boolean {
  // lines are in canonical sign: a positive figure of the file became negative
  return lines.every(({ amount }) => amount <= 0n);
}

function cellAt({ header }: Layout, row: Row, role: BankRole): string {
  return row.cells[header.columns.get(role) ?? -1] ?? '';
}

/** A figure in the file's own sign; CR is positive, as on the bank's side of the account. */
function figureAt(layout: Layout, row: Row, role: BankRole): Atoms | NumberFault {
  const figure = readFigure(cellAt(layout, row, role), layout.decimal, minorDigitsOf(layout.currency));
  if (typeof figure === 'string') return figure;
  return figure.mark === 'DR' ? -figure.value : figure.value;
}

function lineOf(source: Source, layout: Layout, row: Row): StatementLine | null {
  const fail = (role: BankRole, message: string): null => {
    source.problem(row.line, role, `${quoted(cellAt(layout, row, role))}: ${message}`);
    return null;
  };
  if (row.cells.length > layout.header.width) return fail('date', 'the row has more cells than the header');
  const date = readDate(cellAt(layout, row, 'date'), layout.order);
  if (date === 'invalid' || date === 'ambiguous') return fail('date', 'this is no date');
  const amount = amountOf(layout, row);
  if (typeof amount !== 'bigint') return fail(amount.role, amount.message);
  const currency = cellAt(layout, row, 'currency').toUpperCase() || layout.currency;
  if (currency !== layout.currency) return fail('currency', `the other rows are in ${layout.currency}`);
  for (const role of ['amount', 'debit', 'credit'] as const) {
    const code = /(?<![A-Z])[A-Z]{3}(?![A-Z])/.exec(cellAt(layout, row, role))?.[0] ?? currency;
    if (code !== currency) return fail(role, `this is in ${code}, the other rows are in ${currency}`);
  }
  const valueDate = readDate(cellAt(layout, row, 'valueDate'), layout.order);
  const party = cellAt(layout, row, 'party');
  const text = [party, cellAt(layout, row, 'description')].filter((piece) => piece !== '').join(' | ');
  return plainLine({
    date,
    valueDate: valueDate === 'invalid' || valueDate === 'ambiguous' ? null : valueDate,
    amount,
    currency,
    reference: statedReference(cellAt(layout, row, 'reference')),
    description: text,
    party: party === '' ? null : party,
    id: cellAt(layout, row, 'id') || null,
    kind: cellAt(layout, row, 'kind') || null,
    line: row.line,
    raw: row.raw,
  });
}

/** The amount in canonical sign, taking a minus for money that leaves. */
function amountOf(layout: Layout, row: Row): Atoms | { readonly role: BankRole; readonly message: string } {
  if (!layout.header.columns.has('amount')) return debitOrCredit(layout, row);
  const value = figureAt(layout, row, 'amount');
  if (typeof value === 'string') return { role: 'amount', message: faultText(value) };
  if (!layout.header.columns.has('mark')) return -value;
  const mark = cellAt(layout, row, 'mark');
  if (DEBIT_MARK.test(mark)) return value < 0n ? -value : value;
  if (CREDIT_MARK.test(mark)) return -value;
  return { role: 'mark', message: 'this is neither debit nor credit' };
}

function debitOrCredit(layout: Layout, row: Row): Atoms | { readonly role: BankRole; readonly message: string } {
  const [debit, credit] = [figureAt(layout, row, 'debit'), figureAt(layout, row, 'credit')];
  if (typeof debit === 'string' && debit !== 'empty') return { role: 'debit', message: faultText(debit) };
  if (typeof credit === 'string' && credit !== 'empty') return { role: 'credit', message: faultText(credit) };
  const out = typeof debit === 'string' ? 0n : layout.signedDebits ? -debit : debit;
  const back = typeof credit === 'string' ? 0n : credit;
  if (debit === 'empty' && credit === 'empty') return { role: 'debit', message: 'there is neither debit nor credit' };
  if (out !== 0n && back !== 0n) return { role: 'debit', message: 'there are both a debit and a credit' };
  return out - back;
}
