/** Rows of a time and a balance, as people note them down or scripts log them: CSV with a header, or JSON. */
import type { PreviewColumn } from '../../contract/importing.ts';
import type { Atoms } from '../../domain/money.ts';
import type { StatedBalance } from '../../domain/statedBalance.ts';
import { COLUMNS, TOKEN_ROLES, plainName } from '../columns.ts';
import { JsonFields } from '../jsonFields.ts';
import { LocalForms } from '../localForms.ts';
import { quoted } from '../problems.ts';
import { utf8Of } from '../encoding.ts';
import { readStatedTime } from './balanceTime.ts';
import { orderOf } from './dates.ts';
import { previewColumns } from './previewColumns.ts';
import { statedCurrency } from './questions.ts';
import { readingOf, type Meaning, type StatementReading } from './reading.ts';
import type { Source } from './source.ts';
import { CUT_OFF, findTable, type Row } from './table.ts';

type Role = 'time' | 'balance' | 'currency';

const NAMES: Readonly<Record<Role, readonly string[]>> = {
  time: [
    ...COLUMNS.time,
    'as_of',
    'snapshot',
    'snapshot_at',
    'snapshot_time',
    'checked_at',
    'time_utc',
    'date_utc',
    'day',
  ],
  balance: [
    ...['balance', 'credit_balance', 'remaining_balance', 'balance_after', 'available_balance', 'total_balance'],
    ...['remaining_credits', 'credits_remaining', 'available_credits', 'remaining', 'available', 'credits'],
  ],
  currency: ['currency', 'ccy', 'currency_code'],
};

export const BALANCE_MEANINGS: readonly Meaning[] = [
  { meaning: 'time', label: 'Time' },
  { meaning: 'balance', label: 'Balance' },
  { meaning: 'currency', label: 'Currency' },
];

/** A column of these makes it a log of usage or a statement of movements. */
const OTHERS: ReadonlySet<string> = new Set(
  [
    ...TOKEN_ROLES.flatMap((role) => COLUMNS[role]),
    ...COLUMNS.cost,
    ...COLUMNS.sku,
    ...['amount', 'debit', 'credit', 'payee', 'description', 'betrag', 'soll', 'haben', 'net', 'gross', 'fee'],
  ].map(plainName),
);

const WHY = 'The rows have a time and a balance each.';

interface Table {
  readonly columns: ReadonlyMap<Role, number>;
}

/** The columns of a header; null where it is not one of balances. */
function columnsOf(header: readonly string[], chosen: Readonly<Record<string, string>>): Table | null {
  const plain = header.map((name) => plainName(name.slice(0, 80)));
  const columns = new Map<Role, number>();
  for (const role of ['time', 'balance', 'currency'] as const) {
    const name = chosen[role];
    const places = NAMES[role].map((known) => plain.indexOf(plainName(known)));
    const place = name === undefined ? (places.find((at) => at >= 0) ?? -1) : header.indexOf(name);
    if (place >= 0) columns.set(role, place);
  }
  if (!columns.has('time') || !columns.has('balance')) return null;
  const said = chosen['balance'] !== undefined;
  return !said && plain.some((name) => OTHERS.has(name)) ? null : { columns };
}

export function isBalanceTable(source: Source): boolean {
  return findTable(source, ({ cells }) => columnsOf(cells, {}), 1) !== null;
}

/** Undefined: the text is no such table. */
export function readBalanceTable(source: Source): StatementReading | undefined {
  const chosen = source.options.columns ?? {};
  const table = findTable(source, ({ cells }) => columnsOf(cells, chosen), 1);
  if (table === null) return undefined;
  const { columns } = table.header;
  const cell = (row: Row, role: Role): string => row.cells[columns.get(role) ?? -1] ?? '';
  const name = (role: Role): string => table.headerRow.cells[columns.get(role) ?? -1] ?? role;
  const places = { time: name('time'), balance: name('balance') };
  const rows = new BalanceRows(
    source,
    places,
    table.rows.map((row) => cell(row, 'time')),
  );
  for (const row of table.rows) {
    if (row.isCut) {
      source.read++;
      source.reject(row.line, null, CUT_OFF);
    } else
      rows.row({
        ...{ time: cell(row, 'time'), balance: cell(row, 'balance'), currency: cell(row, 'currency') },
        ...{ line: row.line, raw: row.raw },
      });
  }
  const shown: readonly PreviewColumn[] = previewColumns(table.headerRow.cells, columns, table.rows);
  return rows.reading('balances-csv', {
    header: table.headerRow.cells,
    columns: shown,
    meanings: BALANCE_MEANINGS,
  });
}

/** Names of the members that are read, by the first object; null where it is none of a balance. */
function membersOf(names: readonly string[]): Readonly<Record<Role, string | null>> | null {
  const table = columnsOf(names, {});
  if (table === null) return null;
  const named = (role: Role): string | null => names[table.columns.get(role) ?? -1] ?? null;
  return { time: named('time'), balance: named('balance'), currency: named('currency') };
}

/** By the head of a text: the first object has a time and a balance. */
export function isBalanceJson(text: string): boolean {
  const from = text.indexOf('{');
  if (from < 0 || !/^\s*\[?\s*$/.test(text.slice(0, from))) return false;
  // rows are flat: the first brace that closes ends the first
  const end = text.indexOf('}', from);
  if (end < 0) return false;
  const first = JsonFields.whole(text.slice(from, end + 1));
  return first instanceof JsonFields && membersOf(first.names) !== null;
}

/** Undefined: the text is no such JSON. */
export function readBalanceJson(source: Source): StatementReading | null | undefined {
  if (!isBalanceJson(source.text)) return undefined;
  const objects = objectsOf(source);
  if (objects === null) return null;
  const timeOf = (object: JsonFields): string => object.scalar(membersOf(object.names)?.time ?? '') ?? '';
  const rows = new BalanceRows(source, { time: 'time', balance: 'balance' }, objects.map(timeOf));
  for (const object of objects) {
    const members = membersOf(object.names);
    rows.row({
      time: timeOf(object),
      balance: object.scalar(members?.balance ?? '') ?? '',
      currency: object.scalar(members?.currency ?? '') ?? '',
      line: source.lineAtByte(object.from),
      raw: object.text,
    });
  }
  return rows.reading('balances-json', {});
}

/** The objects of an array, or one a line. */
function objectsOf(source: Source): readonly JsonFields[] | null {
  const bytes = utf8Of(source.text);
  const objects: JsonFields[] = [];
  const isArray = /^\s*\[/.test(source.text);
  const fail = (at: number, message: string): void => {
    source.problem(source.lineAtByte(at), null, `the JSON cannot be read: expected ${message}`);
  };
  if (isArray) {
    const read = JsonFields.list(bytes, 0, bytes.length);
    if (Array.isArray(read)) return read as readonly JsonFields[];
    if ('message' in read) fail(read.at, read.message);
    return null;
  }
  let from = 0;
  while (from < bytes.length) {
    const newline = bytes.indexOf(10, from);
    const end = newline < 0 ? bytes.length : newline;
    if (bytes.subarray(from, end).some((byte) => byte > 32)) {
      const read = JsonFields.read(bytes, from, end);
      if (read instanceof JsonFields) objects.push(read);
      else {
        // one object over several lines
        const whole = objects.length === 0 ? JsonFields.read(bytes, from, bytes.length) : read;
        if (whole instanceof JsonFields) return [whole];
        source.read++;
        source.rejected++;
        fail(read.at, read.message);
      }
    }
    from = end + 1;
  }
  return objects;
}

interface RawRow {
  readonly time: string;
  readonly balance: string;
  readonly currency: string;
  readonly line: number;
  readonly raw: string;
}

class BalanceRows {
  readonly #source: Source;
  readonly #names: { readonly time: string; readonly balance: string };
  readonly #local: LocalForms;
  readonly #balances: StatedBalance[] = [];

  /** @param times of all rows: one of them may settle the order of day and month */
  constructor(source: Source, names: { readonly time: string; readonly balance: string }, times: readonly string[]) {
    this.#source = source;
    this.#names = names;
    const order = orderOf(times);
    const settled = order === 'dmy' || order === 'mdy' ? { dateOrder: order } : {};
    const { zone: _zone, ...choices } = source.options;
    this.#local = new LocalForms(choices, settled, source.problems);
  }

  row({ time, balance, currency, line, raw }: RawRow): void {
    const source = this.#source;
    source.read++;
    const when = readStatedTime(time.trim(), source.options.zone, this.#local);
    const place = { line, column: 1 };
    if (when === 'zone' || when === 'dateOrder') {
      this.#local.doubts.add(when, this.#names.time, time, place);
      source.rejected++;
      return;
    }
    if (when === 'unreadable') {
      source.reject(
        line,
        this.#names.time,
        `${quoted(time)} is no time; write it as 2026-10-02T08:00:00Z or 2026-10-02`,
      );
      return;
    }
    const amount = this.#amount(balance, line);
    if (amount === null) return;
    const code = statedCurrency(source, currency, line);
    if (code === '') source.rejected++;
    else this.#balances.push({ ...when, amount, currency: code, by: null, line, raw });
  }

  reading(format: string, more: Partial<StatementReading>): StatementReading {
    const source = this.#source;
    source.problems.settle();
    source.questions.push(...this.#local.questions());
    const [first] = this.#balances;
    const why = source.why(WHY);
    return readingOf(source, { format, why, currency: first?.currency ?? '', balances: this.#balances, ...more });
  }

  #amount(text: string, line: number): Atoms | null {
    const figure = text.trim() === '' ? 'unreadable' : this.#local.cost(text.trim());
    if (typeof figure !== 'string') return figure.atoms;
    if (figure === 'decimal') {
      this.#local.doubts.add('decimal', this.#names.balance, text, { line, column: 1 });
      this.#source.rejected++;
    } else this.#source.reject(line, this.#names.balance, `${quoted(text)} is no amount`);
    return null;
  }
}
