/**
 * What the page asks of the worker: all parsing, SQL and replay is behind this. Amounts cross as exact decimal strings,
 * instants as milliseconds; floats are for pixels only.
 */
import type { Instant } from '../domain/time.ts';
import type { Placement } from '../domain/usage.ts';
import type { CopyApi } from './copies.ts';
import type { FindApi } from './find.ts';
import type {
  FilePreview,
  ImportReport,
  LocatedProblem,
  NamedFile,
  Profiles,
  ReadingChoices,
  SourceText,
  StoredFile,
} from './importing.ts';
import type { JournalApi } from './journal.ts';
import type { KeptApi, KeptWork } from './kept.ts';
import type { PricesApi } from './prices.ts';
import type { ExplainApi } from './explain.ts';
import type { ReconcileApi } from './reconcile.ts';
import type { ReportApi, RunExportApi } from './report.ts';
import type { CallContext } from './rpc.ts';
import type { ScenarioApi } from './scenario.ts';
import type { SecondApi } from './second.ts';
import type { StatedCounts, StatedNotes } from './stated.ts';
import type { TableFilterApi } from './tableFilter.ts';
import type { TraceApi } from './trace.ts';
import type { WhatIfApi } from './whatIf.ts';

export interface AccountView {
  readonly title: string;
  readonly account: string;
  readonly currency: string;
  readonly minorDigits: number;
  readonly timezone: string;
  readonly plan: string;
  /** First and last instant that the chart can show. */
  readonly from: Instant;
  readonly to: Instant;
  readonly figures: {
    readonly balance: string;
    readonly lots: string;
    readonly lotsOpen: number;
    readonly debt: string;
    readonly access: 'open' | 'closed';
    /** Why access is closed, in the policy's words. */
    readonly accessReason: 'no_plan' | 'insufficient_quota' | 'monthly_limit' | null;
    readonly accessSince: Instant | null;
    /** That instant is uncertain: it depends on when in their buckets usage fell. */
    readonly accessSinceAbout?: boolean;
    readonly tier: string | null;
    /** What the next tier needs beyond what was paid; null at the top or without tiers. */
    readonly nextTier: { readonly name: string; readonly missing: string; readonly days: number } | null;
    readonly nextExpiry: { readonly at: Instant; readonly lot: string; readonly amount: string } | null;
    readonly accepted: { readonly count: number; readonly cost: string };
    readonly rejected: {
      readonly count: number;
      readonly cost: string;
      readonly reasons: readonly { readonly reason: string; readonly count: number; readonly cost: string }[];
    };
    readonly overrun: string;
  };
  readonly counts: {
    readonly timeline: number;
    readonly lots: number;
    readonly invoices: number;
    readonly usage: number;
    readonly files: number;
    /** Marks by kind, for the legend. */
    readonly marks: Readonly<Partial<Record<MarkKind, number>>>;
    readonly overruns: number;
    readonly cutoffs: number;
    /** Of what others state; absent or null where nobody states anything. */
    readonly stated?: StatedCounts | null;
  };
  /** Null where every row is as good as an instant: none covers more than a minute. */
  readonly placement: PlacementView | null;
  readonly threshold: string | null;
  readonly floor: string | null;
  readonly expectations: { readonly held: number; readonly failed: number; readonly failures: readonly string[] };
  /** Debits less credits over the whole journal; anything but `0` is shown as an error. */
  readonly trialBalance: string;
  /** Imported rows that no price is known for: no figure contains them. Null where every row has its cost. */
  readonly unpriced: { readonly rows: number; readonly skus: readonly string[] } | null;
  readonly replayMs: number;
  /** The change that undo would take back, in words; null where there is none. */
  readonly undo: string | null;
  readonly redo: string | null;
  readonly imports: readonly ImportReport[];
  /** As it is kept when the view is made; variants change without another view. */
  readonly kept: KeptWork;
}

/** Rows that cover a time, and what of the account depends on when in it their usage fell. */
export interface PlacementView {
  /** Rows that cover more than a minute. */
  readonly rows: number;
  readonly longestMs: number;
  /** Where their usage is placed: of each file that has such rows, each once. */
  readonly placements: readonly Placement[];
  /**
   * Lowest and highest of the runs with all usage at the start of its bucket, at the end, spread over it, and as it is
   * placed. Null where one of them cannot be run: then nothing is known of how far off a figure is.
   */
  readonly bounds: {
    readonly balance: Range;
    readonly overrun: Range;
    readonly rejected: Range;
    /** Auto-recharges that were paid. */
    readonly recharges: readonly [low: number, high: number];
    readonly cutoffs: readonly [low: number, high: number];
    /** How access stands at the end, in one run or another. */
    readonly access: readonly ('open' | 'closed')[];
    /** When the balance first fell below zero; null where, in the run in which that was latest, it never did. */
    readonly firstBelowZero: readonly [earliest: Instant | null, latest: Instant | null];
  } | null;
}

export type Range = readonly [low: string, high: string];

export type MarkKind =
  | 'purchase'
  | 'auto_recharge'
  | 'grant'
  | 'expiry'
  | 'skipped'
  | 'declined'
  | 'refund'
  | 'adjustment'
  | 'paused'
  | 'plan'
  | 'tier';

/** A mark on the chart; `record` is the timeline row it stands for. */
export interface ChartMark {
  readonly at: Instant;
  readonly kind: MarkKind;
  readonly amount: string | null;
  /** Balance after it, for placing it; currency units as a float. */
  readonly y: number;
  readonly record: number;
  /** As in `TimelineRow`. */
  readonly about?: boolean;
}

/** A time in which access was closed. `to` is null while it lasts. */
export interface ChartSpan {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly reason: 'insufficient_quota' | 'monthly_limit' | 'no_plan';
  readonly record: number | null;
  /** It depends on when in their buckets usage fell. */
  readonly about?: boolean;
}

/** A time in which the balance was below zero, with its lowest value. */
export interface ChartOverrun {
  readonly from: Instant;
  readonly to: Instant;
  readonly lowest: string;
  /** It depends on when in their buckets usage fell. */
  readonly about?: boolean;
}

export interface ChartMonth {
  readonly period: string;
  readonly from: Instant;
  readonly to: Instant;
  /** Null for the month that is still open. */
  readonly invoice: number | null;
  readonly used: string;
  readonly carried: string;
  readonly due: string;
}

/**
 * The balance between two instants: at most four points a column (first, highest, lowest, last in time order), each a
 * real value of the account. Arrays run in parallel; `at` never decreases; a rise at one instant is two points.
 */
export interface BalanceSeries {
  readonly at: Float64Array;
  /** Balance after `at`, in currency units: pixels only. */
  readonly balance: Float64Array;
  /** Where usage that covers a time makes the balance uncertain; absent or null where it does not. */
  readonly band?: BalanceBand | null;
}

/**
 * Lowest and highest balance of each pixel column under all placements of buckets: at the start, at the end, spread.
 * Entry `i` holds from `at[i]` to the next, the last to the end of the window.
 */
export interface BalanceBand {
  readonly at: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** A real point of the account: its last change at or before an instant, in words. */
export interface AccountPoint {
  readonly at: Instant;
  readonly balance: string;
  /** The balance for placing it; currency units as a float. */
  readonly y: number;
  /** What the balance may be, by where in their buckets usage fell; absent or null where that makes no difference. */
  readonly between?: Range | null;
  readonly what: string;
  /** File and line of a usage row. */
  readonly source: string | null;
  /** The timeline row that it is; null for a usage row. */
  readonly record: number | null;
}

/** One line of the timeline table. */
export interface TimelineRow {
  readonly index: number;
  readonly at: Instant;
  readonly type: string;
  /** For purchases and postings: `purchase` or `auto_recharge`. */
  readonly kind: string | null;
  /** Lot or purchase id, tier or plan name, reason: what the row is about. */
  readonly subject: string | null;
  /** Details in result-format fields, as text, for the "what happened" column. */
  readonly fields: Readonly<Record<string, string>>;
  /** The policy value that made it happen, e.g. `cutoff.delay`, and its value. */
  readonly rule: { readonly name: string; readonly value: string } | null;
  /** Signed movement of the balance. */
  readonly amount: string | null;
  readonly balance: string;
  /** Access is closed right after it. */
  readonly closed: boolean;
  /** Its instant is uncertain: it depends on when in their buckets usage fell. */
  readonly about?: boolean;
}

/** A run of usage rows between two timeline rows, or one usage row; for the usage table. */
export interface UsageRow {
  readonly index: number;
  readonly at: Instant;
  readonly sku: string;
  readonly cost: string;
  readonly status: 'accepted' | 'no_plan' | 'insufficient_quota' | 'monthly_limit';
  /** Part that no credit covered. */
  readonly overrun: string;
  readonly balance: string;
  /** File and line, or the scenario's event. */
  readonly source: string;
  readonly line: number | null;
}

export interface LotRow {
  readonly index: number;
  readonly id: string;
  readonly kind: string;
  readonly bought_at: Instant;
  readonly posted_at: Instant;
  readonly expires_at: Instant | null;
  readonly priority: number;
  readonly amount: string;
  readonly settled: string;
  readonly drawn: string;
  readonly expired: string;
  readonly refunded: string;
  readonly remaining: string;
}

/** An invoice as the result format gives it, amounts as strings. */
export interface InvoiceRow {
  readonly index: number;
  readonly period: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly lines: readonly { readonly sku: string; readonly amount: string }[];
  /** The figures of the result format by name. */
  readonly figures: Readonly<Record<string, string>>;
}

export interface Page<T> {
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly T[];
}

export type TableName = 'timeline' | 'lots' | 'invoices' | 'usage';

/** The worker's answer to opening something: a view, or the problems that kept it from opening. The old account stays then. */
export type Opened =
  | { readonly ok: true; readonly view: AccountView }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

/** The answer to undo and redo: also whether what is open now is the demo as it was opened. */
export type Stepped =
  | { readonly ok: true; readonly view: AccountView; readonly isDemo: boolean }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

export interface EngineApi
  extends
    FindApi,
    KeptApi,
    CopyApi,
    TableFilterApi,
    PricesApi,
    JournalApi,
    TraceApi,
    WhatIfApi,
    ScenarioApi,
    ReconcileApi,
    ExplainApi,
    ReportApi,
    RunExportApi,
    SecondApi {
  /** Reads and replays a scenario file; `files` are the usage files it names, by their relative path. */
  openScenario(
    /** `demo`: usage that is added later begins an account of its own. */
    request: {
      readonly name: string;
      readonly text: string;
      readonly files: readonly NamedFile[];
      readonly demo?: boolean;
    },
    context: CallContext,
  ): Promise<Opened>;
  /** Opens a saved workspace and replays it. */
  openWorkspace(request: { readonly name: string; readonly bytes: Uint8Array }, context: CallContext): Promise<Opened>;
  /** Reads files and holds them beside those that are staged already; nothing is stored. Cancelled: these are dropped. */
  stageFiles(
    request: { readonly files: readonly NamedFile[]; readonly profiles: Profiles },
    context: CallContext,
  ): Promise<readonly FilePreview[]>;
  /** Reads a staged file again under other choices. @returns all staged files: what one brings can change another. */
  restage(
    request: { readonly id: number; readonly choices: ReadingChoices },
    context: CallContext,
  ): Promise<readonly FilePreview[]>;
  /** The staged files as they stand against the account that is open now. */
  staged(request: Record<string, never>, context: CallContext): Promise<readonly FilePreview[]>;
  /** Lets go of one staged file, or of all. */
  unstage(request: { readonly id: number | null }, context: CallContext): Promise<readonly FilePreview[]>;
  /** Stores these staged files in one transaction and replays; the others are let go. All or nothing. */
  takeStaged(request: { readonly ids: readonly number[] }, context: CallContext): Promise<Opened>;
  /** Files of the open account. */
  files(request: Record<string, never>, context: CallContext): Promise<readonly StoredFile[]>;
  /** Takes one import back and replays: later files have what they left out as repeats of it. */
  undoImport(request: { readonly id: number }, context: CallContext): Promise<Opened>;
  /** Places a stored file's buckets anew and replays. */
  place(request: { readonly id: number; readonly placement: Placement }, context: CallContext): Promise<Opened>;
  /** Makes a stored file evidence: it counts no more, and later files have what they left out for it. */
  compareOnly(request: { readonly id: number }, context: CallContext): Promise<Opened>;
  /**
   * Lets evidence count: its text is read again behind all other files, and what they have of it is left out. Fails where
   * its text was not kept, where another file counts the same usage in other rows, and where a month is sealed with rows that
   * would be left out.
   */
  countUsage(request: { readonly id: number }, context: CallContext): Promise<Opened>;
  /** Takes the last change of the document back, and replays. Opening another document forgets all changes. */
  undoChange(request: Record<string, never>, context: CallContext): Promise<Stepped>;
  redoChange(request: Record<string, never>, context: CallContext): Promise<Stepped>;
  /** Lines of a stored file around `line`, as many before and after it as `around`. */
  sourceAt(
    request: { readonly file: string; readonly line: number; readonly around: number },
    context: CallContext,
  ): Promise<SourceText>;
  /** Balance points for a time window drawn on so many pixel columns. */
  series(
    request: { readonly from: Instant; readonly to: Instant; readonly columns: number },
    context: CallContext,
  ): Promise<BalanceSeries>;
  /** Marks, spans, overruns and months that touch a time window. Marks are at most `limit`, the rarest kinds first. */
  annotations(
    request: { readonly from: Instant; readonly to: Instant },
    context: CallContext,
  ): Promise<{
    readonly marks: readonly ChartMark[];
    readonly spans: readonly ChartSpan[];
    readonly overruns: readonly ChartOverrun[];
    readonly months: readonly ChartMonth[];
    /** What others state of that time; absent where nobody states anything. */
    readonly stated?: StatedNotes;
  }>;
  /** Stated balances against the replayed one, and lines of documents and banks, that touch a time window. */
  statedPoints(request: { readonly from: Instant; readonly to: Instant }, context: CallContext): Promise<StatedNotes>;
  /** The account at an instant, snapped to the last change at or before it. */
  pointAt(request: { readonly at: Instant }, context: CallContext): Promise<AccountPoint>;
  timeline(
    request: { readonly offset: number; readonly limit: number },
    context: CallContext,
  ): Promise<Page<TimelineRow>>;
  usage(request: { readonly offset: number; readonly limit: number }, context: CallContext): Promise<Page<UsageRow>>;
  lots(request: { readonly offset: number; readonly limit: number }, context: CallContext): Promise<Page<LotRow>>;
  invoices(
    request: { readonly offset: number; readonly limit: number },
    context: CallContext,
  ): Promise<Page<InvoiceRow>>;
  /** A whole table as formula-safe CSV (UTF-8, ISO instants, exact amounts). */
  exportTable(request: { readonly table: TableName }, context: CallContext): Promise<Uint8Array>;
  /** The workspace as an SQLite file. */
  saveWorkspace(request: Record<string, never>, context: CallContext): Promise<Uint8Array>;
}
