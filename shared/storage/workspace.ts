/**
 * The workspace file: one SQLite database with the scenario, every imported row and the text it was read from, and the
 * last run's results as plain tables. Written whole from what is open, read back to the same columns, so that reopening
 * replays to the same result.
 *
 * How large it can be: usage rows and texts never pass through SQLite's own memory, and files of 2.3 GB were written and
 * read under Node. While it is saved or opened, the file is in memory twice beside the columns; where there is no room for
 * that, saving and opening fail with a `WorkspaceError`.
 */
import type { KeptWork } from '../contract/kept.ts';
import type { Progress } from '../contract/rpc.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { Atoms } from '../domain/money.ts';
import type { StoredLog } from '../domain/reconLog.ts';
import type { Invoice, LotState, RejectionReason, TimelineRecord } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';
import { readKeptWork, writeKeptWork } from './keptWork.ts';
import { readLog, writeLog } from './reconLog.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';
import {
  decimalColumns,
  insertObjects,
  insertObjectsInTurns,
  picoPart,
  rowsOf,
  wholePart,
  type Database,
  type SqlJsStatic,
} from './sqlite.ts';
import type { StoredSource } from './source.ts';
import { readSources, writeSources } from './sources.ts';
import { writeTexts } from './sourceTexts.ts';
import { FilePages, PAGE_SIZE, TablePages } from './tablePages.ts';
import { asProgress } from './turns.ts';
import { WorkspaceError } from './workspaceError.ts';
import { writeUsageParts, writeUsageRows, type NameTable } from './writeUsage.ts';

export { WorkspaceError } from './workspaceError.ts';

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
  /** Text of the user's own price list; null where the published one is in force. */
  readonly priceList: string | null;
  readonly kept: KeptWork;
  readonly log: StoredLog;
}

/**
 * The workspace as the bytes of an SQLite file.
 * @param run null where nobody but this app reads the file, which replays
 * @param more writes what stands beside the workspace
 * @throws WorkspaceError where it is too large for one
 */
export function* writeWorkspace(
  SQL: SqlJsStatic,
  workspace: Workspace,
  run: WorkspaceRun | null,
  more: (database: Database) => void = () => undefined,
): Generator<Progress, Uint8Array> {
  const { sources } = workspace;
  const total = rowsIn(sources);
  const upTo = (done: number) => (): Progress => ({ what: 'Writing usage rows', done, total });
  try {
    const { file, roots, names } = yield* asProgress(writeTables(SQL, workspace, run, more), upTo(0));
    const pages = new FilePages(file);
    const rows = new TablePages(pages, roots.usage);
    yield* asProgress(writeUsageRows(rows, sources, names), (done) => upTo(done)());
    rows.finish();
    const texts = new TablePages(pages, roots.text);
    yield* asProgress(writeTexts(texts, sources), upTo(total));
    texts.finish();
    return pages.bytes();
  } catch (error) {
    throw isTooLarge(error) ? tooLarge(sources) : error;
  }
}

/** Everything but the two large tables, which stay empty. */
function* writeTables(
  SQL: SqlJsStatic,
  workspace: Workspace,
  run: WorkspaceRun | null,
  more: (database: Database) => void,
): Generator<undefined, { file: Uint8Array; roots: { usage: number; text: number }; names: NameTable }> {
  const database = new SQL.Database();
  try {
    // the file is made in memory and exported whole: there is nothing to journal or to sync
    database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = ${PAGE_SIZE}`);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}`);
    for (const migration of MIGRATIONS) database.exec(migration);
    database.exec('BEGIN');
    const { name, text } = workspace.scenario;
    const columns = ['one', 'scenario_name', 'scenario_text', 'price_list'];
    insertObjects(database, 'workspace', columns, [workspace], ({ priceList }) => [1, name, text, priceList]);
    writeSources(database, workspace.sources);
    writeKeptWork(database, workspace.kept);
    writeLog(database, workspace.log);
    if (run !== null) yield* writeRun(database, run);
    more(database);
    const names = writeUsageParts(database, workspace.sources);
    database.exec('COMMIT');
    const roots = { usage: rootOf(database, 'usage_row'), text: rootOf(database, 'source_text') };
    return { file: database.export(), roots, names };
  } finally {
    database.close();
  }
}

function rootOf(database: Database, table: string): number {
  const [[root] = []] = rowsOf(database, 'SELECT rootpage FROM sqlite_schema WHERE name = ?', [table]);
  return Number(root);
}

/** The engine's ways to say that an array cannot be made, and SQLite's and its WebAssembly's. */
function isTooLarge(error: unknown): boolean {
  return (
    error instanceof RangeError ||
    (error instanceof Error && /out of memory|OOM|disk is full|too big/i.test(error.message))
  );
}

function rowsIn(sources: readonly StoredSource[]): number {
  return sources.reduce((sum, { batch }) => sum + batch.count, 0);
}

function tooLarge(sources: readonly StoredSource[]): WorkspaceError {
  const rows = rowsIn(sources);
  const pieces = sources.flatMap(({ text }) => text?.pieces ?? []);
  const megabytes = Math.ceil(pieces.reduce((sum, { deflated }) => sum + deflated.length, 0) / 1e6);
  return new WorkspaceError(
    `this account is too large to save: its ${rows} usage rows and ${megabytes} MB of packed text need more memory than there is for one file. Undo an import, or close other programs and try again`,
  );
}

/** Reads a workspace file. @throws WorkspaceError */
export function* readWorkspace(SQL: SqlJsStatic, bytes: Uint8Array): Generator<Progress, Workspace> {
  const database = openForReading(SQL, bytes);
  try {
    const [row] = rowsOf(database, 'SELECT scenario_name, scenario_text, price_list FROM workspace');
    if (row === undefined) throw new WorkspaceError('the workspace has no scenario; it was not saved by this app');
    const [name, text, priceList] = row;
    return {
      scenario: { name: String(name), text: String(text) },
      sources: yield* readSources(database),
      priceList: typeof priceList === 'string' ? priceList : null,
      kept: readKeptWork(database),
      log: readLog(database),
    };
  } catch (error) {
    if (error instanceof WorkspaceError) throw error;
    throw new WorkspaceError(`this workspace is damaged or too large to open (${wordsOf(error)}); open a copy of it`);
  } finally {
    database.close();
  }
}

/** The file's database in the present format. @throws WorkspaceError */
export function openForReading(SQL: SqlJsStatic, bytes: Uint8Array): Database {
  let database: Database | null = null;
  try {
    database = new SQL.Database(bytes);
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
    database?.close();
    if (error instanceof WorkspaceError) throw error;
    throw new WorkspaceError(`this file is not a readable SQLite database (${wordsOf(error)})`);
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function* writeRun(database: Database, run: WorkspaceRun): Generator<undefined, void> {
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
  yield* writeTimeline(database, run.timeline);
  const lotAmounts = ['amount', 'settled', 'expired', 'refunded', 'remaining'] as const;
  yield* insertObjectsInTurns(
    database,
    'lot',
    ['lot_id', 'id', 'kind', 'bought_ms', 'posted_ms', 'expires_ms', 'priority', ...lotAmounts.flatMap(decimalColumns)],
    run.lots,
    (lot, index) => [
      ...[index, lot.id, lot.kind, lot.bought_at, lot.posted_at, lot.expires_at, lot.priority],
      ...lotAmounts.flatMap((name) => decimals(lot[name])),
    ],
  );
  yield* insertObjectsInTurns(
    database,
    'usage_span',
    ['span_id', 'from_ms', 'to_ms', 'row_count', 'status'],
    run.spans,
    ({ from, to, rows, status }, index) => [...[index, from, to, rows, status]],
  );
  writeInvoices(database, run.invoices);
  yield* insertObjectsInTurns(
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

function writeTimeline(database: Database, timeline: readonly TimelineRecord[]): Generator<undefined, void> {
  const amounts = ['amount', 'tax', 'charged', 'settled', 'debt_invoiced', 'balance'];
  const columns = ['record_id', 'at_ms', 'type', 'kind', 'subject', 'reason', ...amounts.flatMap(decimalColumns)];
  return insertObjectsInTurns(database, 'timeline_record', columns, timeline, (entry, index) => {
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
