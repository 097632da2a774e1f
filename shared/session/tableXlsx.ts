/** The tables of an account, and answers of the console, as sheets of a spreadsheet. */
import type { ExportName, JournalFilter, SqlColumn, SqlRows } from '../contract/journal.ts';
import type { CallContext } from '../contract/rpc.ts';
import { parseInstant } from '../domain/time.ts';
import { writeXlsx, type Cell, type Column, type ColumnKind, type Sheet } from '../export/xlsx.ts';
import type { Account } from './account.ts';
import { JOURNAL_COLUMNS, journalPage, journalRows } from './journal.ts';
import type { Surroundings } from './surroundings.ts';
import { invoicesPage, lotsPage, timelinePage, usagePage } from './tables.ts';

const PAGE = 5_000;

export function tableXlsx(
  account: Account,
  { table, filter = {} }: { readonly table: ExportName; readonly filter?: JournalFilter },
  { yieldToHost }: Surroundings,
  context: CallContext,
): Promise<Uint8Array> {
  const total = rowsOf(account, table, filter);
  return writeXlsx(sheetsOf(account, table, filter), {
    pause: async (done) => {
      context.progress({ what: 'rows written', done, total });
      await yieldToHost();
      context.throwIfCancelled();
    },
  });
}

function rowsOf(account: Account, table: ExportName, filter: JournalFilter): number {
  const { state } = account.run;
  const invoices = state.invoices.length + state.invoices.reduce((sum, { lines }) => sum + lines.length, 0);
  const counts = { timeline: state.timeline.length, lots: state.book.all.length, usage: state.row, invoices };
  return table === 'journal' ? journalPage(account, { filter, offset: 0, limit: 0 }).total : counts[table];
}

function sheetsOf(account: Account, table: ExportName, filter: JournalFilter): Sheet[] {
  switch (table) {
    case 'timeline':
      return [timelineSheet(account)];
    case 'lots':
      return [lotsSheet(account)];
    case 'invoices':
      return invoiceSheets(account);
    case 'usage':
      return [usageSheet(account)];
    case 'journal':
      return [journalSheet(account, filter)];
  }
}

function columns(kind: ColumnKind, ...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title: kind === 'instant' ? `${title} (UTC)` : title, kind }));
}

const RECORD_TEXTS = ['kind', 'id', 'lot', 'tier', 'plan', 'reason'];
const RECORD_AMOUNTS = ['amount', 'tax', 'charged', 'settled', 'debt_invoiced'];

function timelineSheet(account: Account): Sheet {
  return {
    name: 'Timeline',
    columns: [
      ...columns('instant', 'at'),
      ...columns('text', 'type', ...RECORD_TEXTS),
      ...columns('amount', ...RECORD_AMOUNTS),
      ...columns('text', 'rule'),
      ...columns('amount', 'movement', 'balance'),
    ],
    rows: mapped(
      paged((window) => timelinePage(account, window)),
      ({ at, type, fields, rule, amount, balance }) => [
        ...[at, type, ...[...RECORD_TEXTS, ...RECORD_AMOUNTS].map((name) => fields[name] ?? null)],
        ...[rule?.name ?? null, amount, balance],
      ],
    ),
  };
}

function lotsSheet(account: Account): Sheet {
  return {
    name: 'Lots',
    columns: [
      ...columns('text', 'id', 'kind'),
      ...columns('instant', 'bought_at', 'posted_at', 'expires_at'),
      ...columns('integer', 'priority'),
      ...columns('amount', 'amount', 'settled', 'drawn', 'expired', 'refunded', 'remaining'),
    ],
    rows: mapped(
      paged((window) => lotsPage(account, window)),
      (lot) => [
        ...[lot.id, lot.kind, lot.bought_at, lot.posted_at, lot.expires_at ?? 'never', lot.priority],
        ...[lot.amount, lot.settled, lot.drawn, lot.expired, lot.refunded, lot.remaining],
      ],
    ),
  };
}

/** Figures on one sheet, lines on another: in neither does a row stand for two things. */
function invoiceSheets(account: Account): Sheet[] {
  const [first] = invoicesPage(account, { offset: 0, limit: 1 }).rows;
  const amounts = Object.keys(first?.figures ?? {});
  const invoices = (): Iterable<ReturnType<typeof invoicesPage>['rows'][number]> =>
    paged((window) => invoicesPage(account, window));
  return [
    {
      name: 'Invoices',
      columns: [...columns('text', 'period'), ...columns('instant', 'from', 'to'), ...columns('amount', ...amounts)],
      rows: mapped(invoices(), ({ period, from, to, figures: of }) => [
        ...[period, from, to],
        ...amounts.map((name) => of[name] ?? null),
      ]),
    },
    {
      name: 'Invoice lines',
      columns: [...columns('text', 'period', 'sku'), ...columns('amount', 'amount')],
      rows: invoiceLines(invoices()),
    },
  ];
}

function* invoiceLines(invoices: Iterable<ReturnType<typeof invoicesPage>['rows'][number]>): Generator<Cell[]> {
  for (const { period, lines } of invoices) for (const { sku, amount } of lines) yield [period, sku, amount];
}

function usageSheet(account: Account): Sheet {
  return {
    name: 'Usage',
    columns: [
      ...columns('instant', 'at'),
      ...columns('text', 'sku'),
      ...columns('amount', 'cost'),
      ...columns('text', 'status'),
      ...columns('amount', 'overrun', 'balance'),
      ...columns('text', 'source'),
      ...columns('integer', 'line'),
    ],
    rows: mapped(
      paged((window) => usagePage(account, window)),
      ({ at, sku, cost, status, overrun, balance, source, line }) => [
        ...[at, sku, cost, status, overrun, balance, source, line],
      ],
    ),
  };
}

const JOURNAL_KINDS_OF_COLUMNS: Readonly<Partial<Record<string, ColumnKind>>> = {
  entry: 'integer',
  at: 'instant',
  amount: 'amount',
  balance: 'amount',
};

function journalSheet(account: Account, filter: JournalFilter): Sheet {
  // a running balance is of chosen accounts
  const balanced = (filter.accounts ?? []).length > 0;
  const titles = JOURNAL_COLUMNS.filter((title) => balanced || title !== 'balance');
  return {
    name: 'Journal',
    columns: titles.flatMap((title) => columns(JOURNAL_KINDS_OF_COLUMNS[title] ?? 'text', title)),
    rows: mapped(journalRows(account, filter), ({ index, at, debit, credit, amount, kind, cause, balance }) => [
      ...[index, at, debit, credit, amount, kind, cause.of, cause.words],
      ...(balanced ? [balance] : []),
    ]),
  };
}

/** An answer of the console as a sheet. */
export function rowsXlsx({ columns: of, rows }: Pick<SqlRows, 'columns' | 'rows'>): Promise<Uint8Array> {
  const kinds: Readonly<Record<SqlColumn['kind'], ColumnKind>> = {
    integer: 'integer',
    amount: 'amount',
    // a double's shortest digits may be more than a spreadsheet keeps: they stand as text then
    real: 'amount',
    instant: 'instant',
    text: 'text',
    empty: 'text',
  };
  return writeXlsx([
    {
      name: 'Answer',
      columns: of.flatMap(({ name, kind }) => columns(kinds[kind], name)),
      rows: mapped(rows, (row) => row.map((cell, index) => (of[index]?.kind === 'instant' ? instantOf(cell) : cell))),
    },
  ]);
}

function instantOf(cell: Cell): Cell {
  const instant = typeof cell === 'string' ? parseInstant(cell) : null;
  return typeof instant === 'number' ? instant : cell;
}

function* paged<T>(
  read: (window: { offset: number; limit: number }) => { readonly total: number; readonly rows: readonly T[] },
): Generator<T> {
  for (let offset = 0; ; offset += PAGE) {
    const { rows, total } = read({ offset, limit: PAGE });
    yield* rows;
    if (offset + PAGE >= total) return;
  }
}

function* mapped<T, U>(items: Iterable<T>, of: (item: T) => U): Generator<U> {
  for (const item of items) yield of(item);
}
