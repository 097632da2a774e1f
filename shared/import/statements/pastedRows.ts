/**
 * Rows copied from a vendor's billing-history page: a row a line with tabs or wide gaps between its cells, or a cell a
 * line, as browsers paste tables. Columns are found by what their cells look like, and hold for all rows.
 */
import type { Atoms } from '../../domain/money.ts';
import { plainLine, type StatementLine } from '../../domain/statement.ts';
import { quoted } from '../problems.ts';
import { orderOf, type DateOrder } from './dates.ts';
import { faultText } from './numbers.ts';
import { isMarked, readMoment, recordsOf, typedKinds, type PastedCell, type PastedRecord } from './pastedCells.ts';
import { statusMeaning } from './pastedStatus.ts';
import { figureOf, styleOf, wholeAmount, type FoundAmount, type MoneyStyle } from './pdfAmounts.ts';
import { findDate } from './pdfDates.ts';
import { currencyQuestion, dateOrderQuestion } from './questions.ts';
import { readingOf, type StatementReading } from './reading.ts';
import { statedReference } from '../../domain/reference.ts';
import type { Source } from './source.ts';

/** What a user copies from a page is small. */
const MAX_LENGTH = 4 << 20;

/** What holds for all rows. */
interface Layout {
  readonly money: MoneyStyle;
  readonly order: DateOrder | null;
  /** Which of a row's amounts counts, where there are several. */
  readonly amountAt: number;
}

/** Undefined: the text is not of this kind. */
export function readPasted(source: Source): StatementReading | undefined {
  if (source.text.length > MAX_LENGTH || !/\p{Sc}|[A-Z]{3}|kr|zł/u.test(source.text)) return undefined;
  const records = recordsOf(source);
  const rows = records?.filter(isData) ?? [];
  const whole = rows.filter(isWhole);
  if (records === null || whole.length === 0 || 2 * whole.length < rows.length) return undefined;
  source.read = rows.length;
  const layout = layoutOf(source, records, rows, whole);
  const lines = layout === null ? [] : rows.flatMap((row) => lineOf(source, layout, row) ?? []);
  if (layout === null) source.rejected = rows.length;
  if (layout?.money.note != null) source.note(layout.money.note);
  if (lines.some(({ invoice }) => statusMeaning(invoice?.status ?? '') === 'refunded')) {
    source.note('The page does not say when refunded payments came back; take their receipts for that.');
  }
  const around = records.length - rows.length;
  if (around > 0) source.note(`${around} ${around === 1 ? 'line' : 'lines'} around the rows were not read.`);
  return readingOf(source, {
    format: 'billing-history',
    why: source.why(
      'The rows have a date, an amount with its currency and a status or a number, as billing pages show.',
    ),
    currency: lines[0]?.currency ?? layout?.money.currency ?? '',
    lines,
  });
}

/** Of a row of data, though one of its cells may be unreadable. */
function isData({ cells }: PastedRecord): boolean {
  const kinds = typedKinds(cells);
  return kinds >= 2 || (kinds === 1 && cells.length > 2 && cells.some(({ text }) => /\d/.test(text)));
}

/** What makes the text one of this kind: a bank's rows have no status, and figures without a currency. */
function isWhole({ cells }: PastedRecord): boolean {
  const has = (kind: PastedCell['kind']): boolean => cells.some((cell) => cell.kind === kind);
  return has('date') && cells.some(isMarked) && (has('status') || has('number'));
}

/** Null where the user must answer first. */
function layoutOf(
  source: Source,
  records: readonly PastedRecord[],
  rows: readonly PastedRecord[],
  whole: readonly PastedRecord[],
): Layout | null {
  const first = rows[0]?.line ?? null;
  const amounts = rows.flatMap(({ cells }) => amountsOf(cells));
  const money = styleOf(amounts, source.options);
  const dates = rows.flatMap(({ cells }) =>
    cells.flatMap(({ kind, text }) => (kind === 'date' ? (findDate(text, 'dmy')?.text ?? []) : [])),
  );
  const found = orderOf(dates);
  const order = source.options.dateOrder ?? (found === 'dmy' || found === 'mdy' ? found : null);
  const open = order === null && (found === 'ambiguous' || found === 'mixed');
  if (open) source.ask(first, dateOrderQuestion(null, dates[0] ?? '', found === 'mixed'));
  const marks = new Set(amounts.flatMap(({ code, sign }) => code ?? sign ?? []));
  if (money === null && marks.size > 1) {
    source.problem(
      first,
      'currency',
      `amounts are in several currencies: ${[...marks].join(', ')}; paste each by itself`,
    );
  } else if (money === null) source.ask(first, currencyQuestion(amounts[0]?.text ?? null));
  const amountAt = amountColumn(records, whole);
  if (amountAt === null) {
    source.problem(first, 'amount', 'the rows have several amounts; copy the columns up to the one that was charged');
  }
  return money === null || open || amountAt === null ? null : { money, order, amountAt };
}

function amountsOf(cells: readonly PastedCell[]): FoundAmount[] {
  return cells.flatMap(({ kind, text }) => (kind === 'amount' ? (wholeAmount(text, true) ?? []) : []));
}

/** Which amount of a row was charged: the only one, the one named so, or any where they are all equal. */
function amountColumn(records: readonly PastedRecord[], whole: readonly PastedRecord[]): number | null {
  const rows = whole.map(({ cells }) => amountsOf(cells));
  const several = rows.find((amounts) => amounts.length > 1);
  if (several === undefined || rows.every(([first, ...more]) => more.every(({ digits }) => digits === first?.digits))) {
    return 0;
  }
  const places = whole.find(({ cells }) => amountsOf(cells).length > 1)?.cells ?? [];
  const columns = places.flatMap(({ kind }, column) => (kind === 'amount' ? [column] : []));
  const header = records.find(({ cells }) => typedKinds(cells) === 0 && cells.length >= places.length)?.cells ?? [];
  const named = columns.map((column) =>
    /^(amount|total|amount (charged|due)|betrag|montant|importe|bedrag)$/i.test(header[column]?.text ?? ''),
  );
  return named.filter(Boolean).length === 1 ? named.indexOf(true) : null;
}

function lineOf(source: Source, layout: Layout, { cells, line, raw }: PastedRecord): StatementLine | null {
  const fail = (field: string, message: string): null => {
    source.reject(line, field, `${quoted(raw)}: ${message}`);
    return null;
  };
  const of = (kind: PastedCell['kind']): PastedCell[] => cells.filter((cell) => cell.kind === kind);
  const [dateCell] = of('date');
  const [status, second] = of('status');
  const amount = amountsOf(cells)[layout.amountAt];
  if (dateCell === undefined) return fail('date', 'there is no date that can be read');
  if (amount === undefined) return fail('amount', 'there is no amount that can be read');
  if (second !== undefined) return fail('status', 'there are two statuses; a row may have run into the next');
  const moment = readMoment(dateCell.text, layout.order);
  if (moment === null || moment.date === 'invalid') return fail('date', `${quoted(dateCell.text)} is no date`);
  if (moment.date === 'ambiguous')
    return fail('date', `${quoted(dateCell.text)}: say whether day or month comes first`);
  const value = figureOf(amount, layout.money);
  if (typeof value !== 'bigint') return fail('amount', `${quoted(amount.text)}: ${faultText(value)}`);
  const [number] = of('number');
  const { currency } = layout.money;
  const known = {
    ...{ date: moment.date, currency, reference: statedReference(number?.text ?? null), line, raw },
    description: of('other')
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(' '),
  };
  // a refund is told by its word too: not every page writes the minus
  if (amount.minus || statusMeaning(status?.text ?? '') === 'refund')
    return plainLine({ ...known, amount: -value, kind: 'refund' });
  const created = moment.time === '' ? moment.date : `${moment.date} ${moment.time}`;
  const figures = figuresOf(status?.text ?? '', created, value);
  return plainLine({ ...known, amount: figures.amountDue, kind: status?.text.toLowerCase() ?? null, invoice: figures });
}

function figuresOf(status: string, created: string, value: Atoms): NonNullable<StatementLine['invoice']> {
  const meaning = statusMeaning(status);
  return {
    ...{ status: status.toLowerCase(), created, paid: null },
    ...{ subtotal: value, tax: 0n, total: value, startingBalance: 0n },
    amountDue: meaning === 'ended' ? 0n : value,
    amountPaid: meaning === 'paid' || meaning === 'refunded' ? value : 0n,
  };
}
