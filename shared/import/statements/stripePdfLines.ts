/** An invoice or a receipt that has been found on its pages, as lines of cash. */
import type { Question } from '../../contract/importing.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { plainLine, type CalendarDate, type StatementLine } from '../../domain/statement.ts';
import { quoted } from '../problems.ts';
import type { DateOrder } from './dates.ts';
import { faultText } from './numbers.ts';
import { figureOf, findAmounts, styleOf, wholeAmount, type FoundAmount, type MoneyStyle } from './pdfAmounts.ts';
import { findDate } from './pdfDates.ts';
import type { PdfRow } from './pdfRows.ts';
import { currencyQuestion, dateOrderQuestion } from './questions.ts';
import type { Source } from './source.ts';
import type { Field, StripeDocument } from './stripePdfLayout.ts';
import { totalsOf, withRole, type AmountRow, type Totals } from './stripePdfTotals.ts';
import { totalsRole, type FieldName } from './stripePdfWords.ts';

interface Day {
  readonly date: CalendarDate;
  readonly row: PdfRow;
}

interface Refund {
  readonly day: Day;
  readonly value: Atoms;
  readonly row: PdfRow;
}

/** A row with the amount at its end, not yet read. */
interface Candidate {
  readonly row: PdfRow;
  readonly label: string;
  readonly labelX: number;
  readonly amount: FoundAmount;
}

/** Reports what cannot be read; such a document gives no lines. `order` is that of day and month in digits. */
export function documentLines(source: Source, document: StripeDocument, order: DateOrder | null): StatementLine[] {
  const lines = new DocumentReader(source, document, order).lines();
  source.read += Math.max(0, lines.length - 1);
  return lines;
}

class DocumentReader {
  readonly #source: Source;
  readonly #document: StripeDocument;
  readonly #order: DateOrder | null;
  #failed = false;

  constructor(source: Source, document: StripeDocument, order: DateOrder | null) {
    this.#source = source;
    this.#document = document;
    this.#order = order;
  }

  lines(): StatementLine[] {
    const { headline, body, kind } = this.#document;
    const candidates = body.flatMap((row) => candidateOf(row) ?? []);
    const stated = headline === null ? [] : [headline.amount];
    const money = this.#style([...candidates.map(({ amount }) => amount), ...stated]);
    if (money === null) return [];
    const rows = candidates.map(({ row, label, labelX, amount }) =>
      withRole(row, label, labelX, this.#value(amount, row, money)),
    );
    const refunds = this.#refunds(rows, money);
    this.#checkUndated(rows, refunds);
    const paid = kind === 'receipt' || headline?.says === 'paid';
    const totals = this.#totals(rows, money, paid);
    const day = this.#day(paid);
    if (totals !== null) this.#checkBehind(rows, totals.result);
    if (totals === null || day === null || this.#failed) return [];
    const back = refunds.reduce((sum, { value }) => sum + value, 0n);
    if (back > totals.result.value) {
      const message = `${formatAtoms(back)} was refunded, more than the ${formatAtoms(totals.result.value)} paid`;
      this.#problem(refunds[0]?.row.line ?? null, 'refund', message);
      return [];
    }
    this.#explain(totals, money);
    return [this.#main(totals, day, money, paid), ...refunds.map((refund) => this.#refund(refund, money))];
  }

  #totals(rows: readonly AmountRow[], money: MoneyStyle, paid: boolean): Totals | null {
    const { headline } = this.#document;
    const says = headline === null || headline.says === 'refund' ? null : headline;
    const stated = says === null ? null : this.#value(says.amount, says.row, money);
    if (this.#failed) return null;
    const totals = totalsOf(rows, paid ? 'paid' : 'due', stated);
    if (!('problem' in totals)) return totals;
    this.#problem(totals.line, 'total', totals.problem);
    return null;
  }

  #explain(totals: Totals, { currency, note }: MoneyStyle): void {
    const { kind, kindBy, number } = this.#document;
    const what = kind === 'invoice' ? 'an invoice' : 'a receipt';
    this.#source.note(`${number?.text ?? ''} is ${what} by ${kindBy}; it adds up: ${totals.sum} ${currency}.`);
    if (note !== null) this.#source.note(note);
  }

  #problem(line: number | null, field: string, message: string): void {
    // one booking is left out, however many problems it has
    if (this.#failed) this.#source.problem(line, field, message);
    else this.#source.reject(line, field, message);
    this.#failed = true;
  }

  #ask(line: number | null, question: Question): void {
    if (!this.#failed) this.#source.rejected++;
    this.#failed = true;
    const asked = this.#source.questions.some(({ choice }) => choice === question.choice);
    if (asked) this.#source.problem(line, question.choice, question.asks);
    else this.#source.ask(line, question);
  }

  #style(amounts: readonly FoundAmount[]): MoneyStyle | null {
    const style = styleOf(amounts, this.#source.options);
    if (style !== null) return style;
    const { headline, number } = this.#document;
    const line = headline?.row.line ?? number?.row.line ?? null;
    const marks = new Set(amounts.flatMap(({ code, sign }) => code ?? sign ?? []));
    if (amounts.length === 0) this.#problem(line, 'total', 'there are no amounts; download the PDF again');
    else if (marks.size < 2) this.#ask(line, currencyQuestion(amounts[0]?.text ?? null));
    else this.#problem(line, 'currency', `amounts are in several currencies: ${[...marks].join(', ')}`);
    return null;
  }

  #value(amount: FoundAmount, row: PdfRow, style: MoneyStyle): Atoms {
    const value = figureOf(amount, style);
    if (typeof value === 'bigint') return value;
    this.#problem(row.line, 'amount', `${quoted(amount.text)}: ${faultText(value)}`);
    return 0n;
  }

  /** When it was issued, or paid. */
  #day(paid: boolean): Day | null {
    const { fields, headline, head, number } = this.#document;
    const wanted: FieldName = paid ? 'paid' : 'issued';
    const field = fields.get(wanted);
    const dated = (row: PdfRow): Field[] => row.cells.map(({ text }) => ({ text, row }));
    const others = head.flatMap((row) => (row === fields.get('due')?.row ? [] : dated(row)));
    const places = [
      ...(field === undefined ? [] : [field]),
      ...(paid && headline !== null ? [headline] : []),
      ...others,
    ];
    for (const { text, row } of places) {
      const found = findDate(text, this.#order);
      if (found !== null) return this.#checked(this.#read(found.date, found.text, row), paid);
      if (field?.row === row && field.text === text && text !== '') {
        this.#problem(row.line, 'date', `${quoted(text)}: this is no date`);
        return null;
      }
    }
    this.#problem(number?.row.line ?? null, 'date', `there is no date ${paid ? 'of payment' : 'of issue'}`);
    return null;
  }

  /** The headline repeats the day of payment, or the one on which it is due. */
  #checked(day: Day | null, paid: boolean): Day | null {
    const { headline, fields } = this.#document;
    const stated = paid ? day?.date : findDate(fields.get('due')?.text ?? '', this.#order)?.date;
    const repeated = headline === null || headline.says === 'refund' ? null : findDate(headline.text, this.#order);
    if (day === null || headline === null || stated === undefined || repeated === null) return day;
    if (repeated.date === stated) return day;
    const message = `the headline says ${quoted(repeated.text)}, the date above it is another: ${stated}`;
    this.#problem(headline.row.line, 'date', `${message}; one of them was misread or changed`);
    return null;
  }

  #read(date: CalendarDate | 'ambiguous' | 'invalid', text: string, row: PdfRow): Day | null {
    if (date === 'ambiguous') this.#ask(row.line, dateOrderQuestion(null, text, false));
    else if (date === 'invalid') this.#problem(row.line, 'date', `${quoted(text)}: this is no date`);
    else return { date, row };
    return null;
  }

  /** Refunds are told by their label: the minus before the amount may be lost. */
  #refunds(rows: readonly AmountRow[], style: MoneyStyle): Refund[] {
    const { body, headline } = this.#document;
    const refunds: Refund[] = [];
    for (const row of body) {
      const label = row.cells.find(({ text }) => totalsRole(text) === 'refund' && findDate(text, 'dmy') !== null);
      if (label === undefined) continue;
      const found = findDate(label.text, this.#order);
      const day = found === null ? null : this.#read(found.date, found.text, row);
      const amount = rows.find((each) => each.row === row);
      if (amount === undefined) this.#problem(row.line, 'refund', `${quoted(row.text)}: there is no amount`);
      else if (day !== null && amount.value !== 0n) refunds.push({ day, value: amount.value, row });
    }
    if (headline?.says === 'refund' && refunds.length === 0) {
      const found = findDate(headline.text, this.#order);
      const day = found === null ? null : this.#read(found.date, found.text, headline.row);
      const value = this.#value(headline.amount, headline.row, style);
      if (day !== null) refunds.push({ day, value, row: headline.row });
    }
    return refunds;
  }

  /** A refund without a day is the sum of those that have one, or else nothing that can be taken. */
  #checkUndated(rows: readonly AmountRow[], refunds: readonly Refund[]): void {
    const sum = refunds.reduce((total, { value }) => total + value, 0n);
    const undated = rows.find(
      ({ role, label, value }) => role === 'refund' && findDate(label, 'dmy') === null && value !== 0n && value !== sum,
    );
    if (undated === undefined) return;
    this.#problem(
      undated.row.line,
      'refund',
      `${quoted(undated.row.text)}: a refund without a date; download the PDF again`,
    );
  }

  /** Below what was paid, an amount with a date may be a refund in words that are not known. */
  #checkBehind(rows: readonly AmountRow[], result: AmountRow): void {
    for (const { row, label, labelX, role } of rows.slice(rows.indexOf(result) + 1)) {
      const aligned = Math.abs(labelX - result.labelX) <= 4;
      if (role !== null || !aligned || findDate(label, 'dmy') === null) continue;
      this.#problem(
        row.line,
        'refund',
        `${quoted(row.text)}: this is not known, and may be a refund; enter it by hand`,
      );
    }
  }

  #main(totals: Totals, day: Day, { currency }: MoneyStyle, paid: boolean): StatementLine {
    const { kind, seller, headline, receiptNumber } = this.#document;
    const { subtotal, tax, total, applied, result } = totals;
    const amount = result.value;
    const line = headline !== null && headline.says !== 'refund' ? headline.row.line : result.row.line;
    return plainLine({
      date: day.date,
      amount,
      currency,
      reference: this.#document.number?.text ?? null,
      description: totals.items.map(({ row }) => row.cells[0]?.text ?? '').join('; '),
      party: seller?.text ?? null,
      id: kind === 'receipt' ? (receiptNumber?.text ?? null) : null,
      kind,
      invoice: {
        status: paid ? 'paid' : 'open',
        created: day.date,
        paid: paid ? day.date : null,
        ...{ subtotal, tax, total, startingBalance: -applied, amountDue: amount, amountPaid: paid ? amount : 0n },
      },
      line,
      raw: this.#raw([day.row, ...[...totals.items, ...totals.rows].map(({ row }) => row)]),
    });
  }

  #refund({ day, value, row }: Refund, { currency }: MoneyStyle): StatementLine {
    const { number, seller } = this.#document;
    return plainLine({
      date: day.date,
      amount: -value,
      currency,
      reference: number?.text ?? null,
      description: row.cells.find(({ text }) => totalsRole(text) === 'refund')?.text ?? row.text,
      party: seller?.text ?? null,
      kind: 'refund',
      line: row.line,
      raw: this.#raw([row]),
    });
  }

  /** The rows that were read, in their order. */
  #raw(rows: readonly PdfRow[]): string {
    const { number, receiptNumber, seller, headline } = this.#document;
    const shared = [number, receiptNumber, seller, headline].flatMap((field) => field?.row ?? []);
    const sorted = [...new Set([...shared, ...rows])].toSorted((one, other) => one.line - other.line);
    return sorted.map(({ text }) => text).join('\n');
  }
}

/** The amount that ends a row, with the label before it. */
function candidateOf(row: PdfRow): Candidate | null {
  const last = row.cells.at(-1);
  // a rate may stand in a cell of its own between the two
  const [beside, beyond] = [row.cells.at(-2), row.cells.at(-3)];
  const label = beside !== undefined && beyond !== undefined && /^[\d.,\s]+ ?%$/.test(beside.text) ? beyond : beside;
  if (last === undefined) return null;
  const whole = wholeAmount(last.text, true);
  if (whole !== null) return label === undefined ? null : { row, label: label.text, labelX: label.x, amount: whole };
  // set so close that label and amount are one cell
  const amount = findAmounts(last.text).at(-1);
  if (amount === undefined || !last.text.endsWith(amount.text)) return null;
  const before = last.text.slice(0, -amount.text.length).trim();
  // the amount in the name of a tax is no amount of its row: "(8.875% on $1,000.00)"
  if (/\([^)]*$/.test(before)) return null;
  return totalsRole(before) === null ? null : { row, label: before, labelX: last.x, amount };
}
