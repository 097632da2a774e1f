/**
 * The journal, the trial balance, the SQL console and spreadsheet files, as the page asks for them. Amounts cross as exact
 * decimal strings. A balance of accounts is debits less credits, whatever side the accounts' balances usually stand on.
 */
import type { JournalAccount } from '../domain/journal.ts';
import type { Instant } from '../domain/time.ts';
import type { TableName } from './engine.ts';
import type { CallContext } from './rpc.ts';

/** What a journal entry says happened (billing model, section 11); told by its two accounts. */
export type JournalKind =
  | 'purchase_paid'
  | 'purchase_tax'
  | 'posted'
  | 'grant'
  | 'adjustment'
  | 'usage_covered'
  | 'overrun'
  | 'excess'
  | 'debt_settled'
  | 'debt_invoiced'
  | 'expiry'
  | 'refund'
  | 'invoice_tax';

/** All that are given must hold. */
export interface JournalFilter {
  /** Entries that debit or credit one of these. */
  readonly accounts?: readonly JournalAccount[];
  /** First and last instant, both included. Usage that is one entry stands at its last row. */
  readonly from?: Instant;
  readonly to?: Instant;
  readonly kind?: JournalKind;
  /** Found in the entry's words, accounts or kind, in either case of letters. */
  readonly text?: string;
  /** Exact decimal. */
  readonly minAmount?: string;
}

/** What made an entry, by its index in the table of that name. A span is of usage rows. */
export interface JournalCause {
  readonly of: 'record' | 'span' | 'invoice';
  readonly index: number;
  readonly words: string;
}

export interface JournalRow {
  /** Place in the whole journal. */
  readonly index: number;
  readonly at: Instant;
  readonly debit: JournalAccount;
  readonly credit: JournalAccount;
  readonly amount: string;
  readonly kind: JournalKind;
  readonly cause: JournalCause;
  /** The entry is of usage rows, which `journalUsage` lists. */
  readonly opens: boolean;
  /**
   * Balance of the filter's accounts right after the entry, by the whole journal: what else the filter leaves out counts
   * too. Null where the filter names no account.
   */
  readonly balance: string | null;
}

export interface AccountSums {
  readonly account: JournalAccount;
  readonly debit: string;
  readonly credit: string;
  /** Debits less credits. */
  readonly balance: string;
}

export interface JournalPage {
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly JournalRow[];
  /** Of all rows that the filter lets through, not of the page alone. Accounts without an entry are left out. */
  readonly sums: { readonly amount: string; readonly accounts: readonly AccountSums[] };
  /** Balances of the filter's accounts before `from` and at `to`; null where it names no account. */
  readonly opening: string | null;
  readonly closing: string | null;
}

/** One usage row of an entry. */
export interface JournalUsageRow {
  /** Place in the usage table. */
  readonly row: number;
  readonly at: Instant;
  readonly sku: string;
  readonly cost: string;
  /** Part of its cost that the entry holds; the parts of all rows add up to the entry. */
  readonly part: string;
  readonly source: string;
  readonly line: number | null;
}

export interface JournalUsagePage {
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly JournalUsageRow[];
}

export interface TrialBalanceView {
  /** Usage counts up to this instant, row by row, also where its entry goes on. */
  readonly at: Instant;
  /** Every account of the journal, in its order. */
  readonly accounts: readonly AccountSums[];
  readonly debit: string;
  readonly credit: string;
  /** `0`, or what does not tie. */
  readonly total: string;
  /** What does not tie, in words; null where everything does. */
  readonly error: string | null;
}

/** An SQL value: whole numbers beyond 2^53 and blobs are text. */
export type SqlCell = string | number | null;

export interface SqlColumn {
  readonly name: string;
  /** What all its values in this answer are; `amount`: exact decimal text. */
  readonly kind: 'integer' | 'amount' | 'real' | 'instant' | 'text' | 'empty';
}

/** Why rows are missing at the end. */
export type SqlStop = 'rows' | 'size' | 'time';

export interface SqlRows {
  readonly columns: readonly SqlColumn[];
  readonly rows: readonly (readonly SqlCell[])[];
  readonly truncated: SqlStop | null;
  readonly ms: number;
}

export interface SqlError {
  /** Says what is wrong, where, and what would be right. */
  readonly message: string;
  /** From 1; null where the fault has no place. */
  readonly line: number | null;
  readonly column: number | null;
}

export type SqlAnswer = SqlRows | { readonly error: SqlError };

export interface SqlRequest {
  readonly sql: string;
  /** Values for `?`, in order, or for `:name`, by name. */
  readonly params?: readonly SqlCell[] | Readonly<Record<string, SqlCell>>;
  /** Most rows of the answer; 1,000 unless told, 100,000 at most. */
  readonly limit?: number;
  /** When the query is stopped; 30,000 unless told. */
  readonly timeoutMs?: number;
}

export interface SqlTable {
  readonly name: string;
  readonly kind: 'view' | 'table' | 'function';
  readonly note: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly note: string }[];
}

/** A query with a name; the shape in which a workspace keeps the user's own. */
export interface SavedQuery {
  readonly name: string;
  readonly note: string;
  readonly sql: string;
}

export type ExportName = TableName | 'journal';

export interface JournalApi {
  journal(
    request: { readonly filter: JournalFilter; readonly offset: number; readonly limit: number },
    context: CallContext,
  ): Promise<JournalPage>;
  /** The usage rows of an entry by its place in the journal; none where it is of no usage. */
  journalUsage(
    request: { readonly index: number; readonly offset: number; readonly limit: number },
    context: CallContext,
  ): Promise<JournalUsagePage>;
  /** Debits and credits of every account up to an instant, or of the whole journal. */
  trialBalance(request: { readonly at?: Instant }, context: CallContext): Promise<TrialBalanceView>;
  /** The filtered journal as formula-safe CSV. */
  exportJournal(request: { readonly filter: JournalFilter }, context: CallContext): Promise<Uint8Array>;
  /** Runs one reading statement on a database of the open account. Cancelled, or out of time: the query is gone. */
  query(request: SqlRequest, context: CallContext): Promise<SqlAnswer>;
  /** Tables, columns and functions of that database; the views come first. Also without an account. */
  schemaOutline(request: Record<string, never>, context: CallContext): Promise<readonly SqlTable[]>;
  /** The queries that come with the app. */
  shippedQueries(request: Record<string, never>, context: CallContext): Promise<readonly SavedQuery[]>;
  /** Rows of an answer as formula-safe CSV. */
  exportRows(request: Pick<SqlRows, 'columns' | 'rows'>, context: CallContext): Promise<string>;
  /** Rows of an answer as a spreadsheet. */
  exportRowsXlsx(request: Pick<SqlRows, 'columns' | 'rows'>, context: CallContext): Promise<Uint8Array>;
  /** A whole table as a spreadsheet: text that cannot run, amounts and instants as such. Only the journal is filtered. */
  exportTableXlsx(
    request: { readonly table: ExportName; readonly filter?: JournalFilter },
    context: CallContext,
  ): Promise<Uint8Array>;
}
