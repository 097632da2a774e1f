/**
 * What finance takes out of the app: the report of a reconciled month, and a run for other programs. Every text is made
 * from the same figures; formula-safe where a spreadsheet opens it.
 */
import type { KeptCause } from './explain.ts';
import type {
  BookView,
  LogEntry,
  ReconGroup,
  Reconciliation,
  ReconMonth,
  ReconSettings,
  RollForward,
} from './reconcile.ts';
import type { Instant } from '../domain/time.ts';
import type { CallContext } from './rpc.ts';

/** Plain-text accounting programs. */
export type JournalForm = 'hledger' | 'beancount';

export interface ReportRequest {
  readonly period: ReconMonth;
  /** Whose words the roll-forward has. */
  readonly view: BookView;
  readonly by: RollForward['by'];
  /** As in `rollForward`. */
  readonly breakageRate?: string;
}

/** A file that the report rests on. */
export interface ReportSource {
  readonly name: string;
  readonly format: string;
  readonly sha256: string;
  readonly rows: number;
}

export interface ReportCause extends KeptCause {
  readonly by: string;
  readonly at: Instant;
  readonly isAdopted: boolean;
  /** The month was reopened since: its figures may be others now. */
  readonly isBeforeReopening: boolean;
}

/** A month's report before it is laid out: print view, spreadsheet and JSON show the same. */
export interface ReportDocument {
  readonly account: string;
  readonly title: string;
  /** Version of the program that computed it. */
  readonly engine: string;
  readonly reconciliation: Reconciliation;
  readonly rollForward: RollForward;
  readonly settings: ReconSettings;
  readonly sources: readonly ReportSource[];
  /** Decisions on this month that stand: accepted differences, ignored items, matches by hand, with reason and person. */
  readonly decisions: readonly LogEntry[];
  /** Causes that were adopted or kept as a note, in the order in which they were. */
  readonly causes: readonly ReportCause[];
  /** Who prepared it also reviewed it. */
  readonly samePerson: boolean;
}

/** What the print view lays out: lists cut to what is read on paper, and what was cut said; totals count everything. */
export interface PrintedReport extends ReportDocument {
  /** Rows of a list at most. Of `reconciliation.groups`, of decisions and causes and of the roll-forward the first. */
  readonly most: number;
  /** How many rows each has in all. */
  readonly whole: Readonly<Record<'groups' | 'breaks' | 'stated' | 'decisions' | 'causes' | 'rollForward', number>>;
  /** The first groups with a break. */
  readonly breaks: readonly ReconGroup[];
  /** At what items were converted that state no amount in the account's currency: `1 EUR = 1.08 USD`. */
  readonly rates: readonly string[];
}

/** One month's report in every form. Long work: progress and cancel as reconciling has them. */
export interface ReportApi {
  /** All of it; also the report's JSON. */
  reportDocument(request: ReportRequest, context: CallContext): Promise<ReportDocument>;
  reportPrinted(request: ReportRequest, context: CallContext): Promise<PrintedReport>;
  /** Sheets: summary and bridge, matches, breaks, roll-forward, settings and hashes. */
  reportXlsx(request: ReportRequest, context: CallContext): Promise<Uint8Array>;
  /** The document itself. */
  reportJson(request: ReportRequest, context: CallContext): Promise<string>;
  /** A row an item of every group, formula-safe by column. */
  reportCsv(request: ReportRequest, context: CallContext): Promise<string>;
  /** The month as the buyer books it. What is not matched is flagged and in suspense. */
  reportJournal(
    request: { readonly period: ReconMonth; readonly form: JournalForm },
    context: CallContext,
  ): Promise<string>;
}

export interface RunExportApi {
  /**
   * The run as FOCUS 1.2: purchases and overage at what is billed, usage at what it used up. BilledCost summed by InvoiceId
   * is what each invoice demands.
   */
  exportFocus(request: Record<string, never>, context: CallContext): Promise<string>;
  /** The run's own double entry as another program's journal, every account held to its closing balance. */
  exportRunJournal(request: { readonly form: JournalForm }, context: CallContext): Promise<string>;
}
