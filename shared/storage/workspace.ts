/**
 * The workspace file: one SQLite database with the scenario, every imported row, and the last run's results as plain
 * tables. Written whole from what is open, read back to the same columns, so that reopening replays to the same result.
 */
import type { JournalEntry } from '../domain/journal.ts';
import type { Atoms } from '../domain/money.ts';
import type { Invoice, LotState, RejectionReason, TimelineRecord } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';
import {
  decimalColumns,
  inTransaction,
  insertObjects,
  picoPart,
  rowsOf,
  wholePart,
  type Database,
  type SqlJsStatic,
} from './sqlite.ts';
import { PAGE_SIZE } from './tablePages.ts';
import { readSources } from './readUsage.ts';
import type { StoredSource } from './source.ts';
import { usagePages, writeSources } from './writeUsage.ts';

export interface WorkspaceRun {
  readonly title: string;
  readonly account: string;
  readonly currency: string;
  readonly timezone: string;
  readonly opened: Instant;
  readonly ended: Instant;
  readonly balance: Atoms;
  readonly debt: Atoms;
  readonly access: string;
  readonly plan: string;
  readonly tier: string | null;
  readonly accepted: { readonly rows: number; readonly cost: Atoms };
  readonly rejected: readonly { readonly reason: RejectionReason; readonly rows: number; readonly cost: Atoms }[];
  readonly overrun: Atoms;
  readonly timeline: readonly TimelineRecord[];
  readonly lots: readonly (LotState & { readonly settled: Atoms; readonly refunded: Atoms })[];
  readonly spans: readonly {
    readonly from: Instant;
    readonly to: Instant;
    readonly rows: number;
    readonly status: string;
  }[];
  readonly journal: readonly JournalEntry[];
  readonly invoices: readonly Invoice[];
}

export interface Workspace {
  readonly scenario: { readonly name: string; readonly text: string };
  readonly sources: readonly StoredSource[];
}

/** A file that is no workspace, or one of a newer version; the message says which and what to do. */
export class WorkspaceError extends Error {
  override readonly name = 'WorkspaceError';
}

/** The workspace as the bytes of an SQLite file. */
export function writeWorkspace(SQL: SqlJsStatic, workspace: Workspace, run: WorkspaceRun): Uint8Array {
  const database = new SQL.Database();
  try {
    // the file is made in memory and exported whole: there is nothing to journal or to sync
    database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = ${PAGE_SIZE}`);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}`);
    for (const migration of MIGRATIONS) database.exec(migration);
    const names = writeSources(database, workspace.sources);
    inTransaction(database, () => {
      const { name, text } = workspace.scenario;
      insertObjects(database, 'workspace', ['one', 'scenario_name', 'scenario_text'], [workspace], () => [
        1,
        name,
        text,
      ]);
      writeRun(database, run);
    });
    const [[rootPage] = []] = rowsOf(database, "SELECT rootpage FROM sqlite_schema WHERE name = 'usage_row'");
    const file = database.export();
    return usagePages(file.length / PAGE_SIZE, workspace.sources, names).appendTo(file, Number(rootPage));
  } finally {
    database.close();
  }
}

/** Reads a workspace file. @throws WorkspaceError */
export function readWorkspace(SQL: SqlJsStatic, bytes: Uint8Array): Workspace {
  const database = openDatabase(SQL, bytes);
  try {
    const [row] = rowsOf(database, 'SELECT scenario_name, scenario_text FROM workspace');
    if (row === undefined) throw new WorkspaceError('the workspace has no scenario; it was not saved by this app');
    return { scenario: { name: String(row[0]), text: String(row[1]) }, sources: readSources(database) };
  } finally {
    database.close();
  }
}

function openDatabase(SQL: SqlJsStatic, bytes: Uint8Array): Database {
  const database = new SQL.Database(bytes);
  try {
    const [id] = rowsOf(database, 'PRAGMA application_id');
    if (id?.[0] !== BigInt(APPLICATION_ID)) throw new WorkspaceError('this SQLite file is not a Drawdown workspace');
    const [[version = 0n] = []] = rowsOf(database, 'PRAGMA user_version');
    if (Number(version) > MIGRATIONS.length)
      throw new WorkspaceError(
        `this workspace has format ${String(version)}; this version reads up to ${MIGRATIONS.length}. Open it with a newer Drawdown`,
      );
    for (const migration of MIGRATIONS.slice(Number(version))) database.exec(migration);
    return database;
  } catch (error) {
    database.close();
    if (error instanceof WorkspaceError) throw error;
    throw new WorkspaceError(
      `this file is not a readable SQLite database (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

function writeRun(database: Database, run: WorkspaceRun): void {
  const decimals = (...amounts: Atoms[]): number[] =>
    amounts.flatMap((amount) => [wholePart(amount), picoPart(amount)]);
  const columns = [
    'one',
    'title',
    'account',
    'currency',
    'timezone',
    'opened_ms',
    'ended_ms',
    ...decimalColumns('balance'),
    ...decimalColumns('debt'),
  ];
  columns.push(
    'access',
    'plan',
    'tier',
    'accepted_rows',
    ...decimalColumns('accepted_cost'),
    ...decimalColumns('overrun'),
  );
  insertObjects(database, 'run', columns, [run], ({ accepted, ...of }) => [
    ...[1, of.title, of.account, of.currency, of.timezone, of.opened, of.ended, ...decimals(of.balance, of.debt)],
    ...[of.access, of.plan, of.tier, accepted.rows, ...decimals(accepted.cost, of.overrun)],
  ]);
  insertObjects(
    database,
    'rejected_usage',
    ['reason', 'row_count', ...decimalColumns('cost')],
    run.rejected,
    ({ reason, rows, cost }) => [reason, rows, ...decimals(cost)],
  );
  writeTimeline(database, run.timeline);
  const lotAmounts = ['amount', 'settled', 'expired', 'refunded', 'remaining'] as const;
  insertObjects(
    database,
    'lot',
    ['lot_id', 'id', 'kind', 'bought_ms', 'posted_ms', 'expires_ms', 'priority', ...lotAmounts.flatMap(decimalColumns)],
    run.lots,
    (lot, index) => [
      ...[index, lot.id, lot.kind, lot.bought_at, lot.posted_at, lot.expires_at, lot.priority],
      ...lotAmounts.flatMap((name) => decimals(lot[name])),
    ],
  );
  insertObjects(
    database,
    'usage_span',
    ['span_id', 'from_ms', 'to_ms', 'row_count', 'status'],
    run.spans,
    ({ from, to, rows, status }, index) => [...[index, from, to, rows, status]],
  );
  writeInvoices(database, run.invoices);
  insertObjects(
    database,
    'journal_entry',
    ['entry_id', 'at_ms', 'debit', 'credit', ...decimalColumns('amount'), 'record_id', 'span_id', 'invoice_id'],
    run.journal,
    ({ at, debit, credit, amount, cause }, index) => [
      ...[index, at, debit, credit, ...decimals(amount)],
      ...[
        'record' in cause ? cause.record : null,
        'span' in cause ? cause.span : null,
        'invoice' in cause ? cause.invoice : null,
      ],
    ],
  );
}

function writeTimeline(database: Database, timeline: readonly TimelineRecord[]): void {
  const amounts = ['amount', 'tax', 'charged', 'settled', 'debt_invoiced', 'balance'];
  const columns = ['record_id', 'at_ms', 'type', 'kind', 'subject', 'reason', ...amounts.flatMap(decimalColumns)];
  insertObjects(database, 'timeline_record', columns, timeline, (entry, index) => {
    const fields: Record<string, string | number | bigint> = entry;
    const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null);
    const parts = amounts.flatMap((name) => {
      const amount = fields[name];
      return typeof amount === 'bigint' ? [wholePart(amount), picoPart(amount)] : [null, null];
    });
    const subject = text('lot') ?? text('id') ?? text('tier') ?? text('plan');
    return [index, entry.at, entry.type, text('kind'), subject, text('reason'), ...parts];
  });
}

function writeInvoices(database: Database, invoices: readonly Invoice[]): void {
  insertObjects(
    database,
    'invoice',
    ['invoice_id', 'period', 'from_ms', 'to_ms'],
    invoices,
    ({ period, from, to }, index) => [...[index, period, from, to]],
  );
  const figures = invoices.flatMap((invoice, index) =>
    Object.entries(invoice).flatMap(([name, amount]) => (typeof amount === 'bigint' ? [{ index, name, amount }] : [])),
  );
  insertObjects(
    database,
    'invoice_figure',
    ['invoice_id', 'figure', ...decimalColumns('amount')],
    figures,
    ({ index, name, amount }) => [...[index, name, wholePart(amount), picoPart(amount)]],
  );
  const lines = invoices.flatMap((invoice, index) => invoice.lines.map(([sku, amount]) => ({ index, sku, amount })));
  insertObjects(
    database,
    'invoice_line',
    ['invoice_id', 'sku', ...decimalColumns('amount')],
    lines,
    ({ index, sku, amount }) => [...[index, sku, wholePart(amount), picoPart(amount)]],
  );
}
