/**
 * What page and worker say to each other about reconciliation: three sides of one month (simulated, vendor documents,
 * bank), the bridge between them, the groups of items that belong together, and what people decide about them.
 *
 * Amounts are exact decimal strings, + the customer pays. Instants are milliseconds, days the bank's or the document's own
 * calendar dates. Nothing imported is ever changed: every decision is an entry in an append-only log, and what is shown is
 * that log folded over the items.
 */
import type { CalendarDate } from '../domain/statement.ts';
import type { Instant } from '../domain/time.ts';
import type { Page } from './engine.ts';
import type { KeptCause } from './explain.ts';
import type { ReconListsApi } from './reconLists.ts';
import type { ReconSettingsApi, SourceSettings, SourceTerms } from './reconSettings.ts';
import type { ReconMonth, RollForwardApi } from './rollForward.ts';
import type { CallContext } from './rpc.ts';

export type { BookView, BreakageRow, ReconMonth, RollForward, RollForwardRow } from './rollForward.ts';

/** Always in this order. */
export type ReconSide = 'simulated' | 'document' | 'bank';

/** open, prepared, reviewed, sealed; a sealed one cannot change, reopening needs a reason. */
export type PeriodState = 'open' | 'prepared' | 'reviewed' | 'sealed';

/** `incomplete`: a residual that is not zero, or data that is missing; never shown as agreement. */
export type ReconVerdict = 'reconciled' | 'reconciled_with_timing' | 'breaks' | 'incomplete';

/** Why two totals differ, or why an item stands alone. Never a cause: causes are explanations. */
export type StepCategory =
  | 'tax'
  | 'fee'
  | 'fx'
  | 'rounding'
  | 'amount_difference'
  | 'timing'
  | 'timing_prior_period'
  | 'reversed'
  | 'duplicate_in_ledger'
  | 'duplicate_in_statement'
  | 'missing_in_ledger'
  | 'missing_in_statement'
  | 'ambiguous'
  | 'unexplained';

/** One thing that one side states. */
export interface ReconItem {
  /** The same in every run over the same data. */
  readonly id: string;
  readonly side: ReconSide;
  readonly kind: 'purchase' | 'auto_recharge' | 'invoice' | 'receipt' | 'credit_note' | 'refund' | 'payment' | 'fee';
  /** Null where only a day is known. */
  readonly at: Instant | null;
  readonly date: CalendarDate;
  /** What is paid for it in all, with tax. */
  readonly amount: string;
  readonly currency: string;
  readonly tax: string | null;
  /** What was paid in another currency. */
  readonly original: { readonly amount: string; readonly currency: string } | null;
  /** Worth in the account's currency at a rate that was set or that bank lines tell; null where the item states it itself. */
  readonly converted: { readonly amount: string; readonly rate: string } | null;
  readonly reference: string | null;
  readonly text: string;
  /** The vendor's or the bank's own word: `paid`, `void`, `pending`. */
  readonly status: string | null;
  /** Imported lines that state it: several where one purchase has an invoice and a receipt. Empty for simulated items. */
  readonly sources: readonly { readonly file: string; readonly line: number }[];
  /**
   * The timeline row, or the invoice, that a simulated item is: the row in the saved run, null where only values that were
   * adopted bring it about; the invoice among those of the month's own run.
   */
  readonly record: number | null;
  readonly invoice: number | null;
  /** Entered by hand, as an entry of the log. */
  readonly entry: number | null;
}

/** How two cells of a group belong together. */
export interface ReconLink {
  readonly between: 'simulated_document' | 'document_bank' | 'simulated_bank';
  /** `reversal`: a charge and its return on one bank account, with nothing on the other side. */
  readonly rule: 'reference' | 'exact' | 'tolerance' | 'fx' | 'group' | 'date_exception' | 'reversal' | 'by_hand';
  /** `confirmed` may be accepted in bulk; `suggested` waits for a person; `exception`: paired, but it needs a decision. */
  readonly status: 'confirmed' | 'suggested' | 'exception';
  readonly ambiguous: boolean;
  /** A person accepted it. */
  readonly accepted: boolean;
  readonly difference: string;
  readonly category: StepCategory | 'none';
  /** In words: `same invoice number`, `1 day apart`, `2 others have this amount`. */
  readonly evidence: readonly string[];
}

export type BreakLife = 'new' | 'persisting' | 'resolved';

/** An item that stands alone, or a difference that needs a decision. It keeps its id when its category changes. */
export interface ReconBreak {
  readonly id: string;
  readonly category: StepCategory;
  readonly amount: string;
  readonly life: BreakLife;
  /** The month in which it first was open. */
  readonly since: ReconMonth;
  readonly ageDays: number;
  /** Until this day a missing counterpart is timing; from it on a break. Null for what is no timing. */
  readonly breakOn: CalendarDate | null;
  readonly owner: string | null;
}

/** Items that belong together, a cell per side; an empty cell says what is missing. */
export interface ReconGroup {
  readonly id: string;
  readonly section: 'to_decide' | 'matched' | 'ignored';
  readonly cells: Readonly<Record<ReconSide, readonly ReconItem[]>>;
  /** What an empty cell lacks and until when it may: `not yet on the bank, expected by 6 Nov`. */
  readonly missing: Readonly<Partial<Record<ReconSide, string>>>;
  readonly links: readonly ReconLink[];
  /** Its first open link or break in the words of the screen: `Suggested`, `No document`, `Reference`, `In transit`. */
  readonly state: string;
  readonly category: StepCategory | 'none';
  /** Steps of the bridge that it counts in. */
  readonly steps: readonly string[];
  /** Bank or document less simulated, whichever is known last. */
  readonly difference: string;
  readonly break: ReconBreak | null;
  /** Why it is ignored: the rule's or the person's words. */
  readonly ignored: string | null;
  readonly notes: number;
  /** Several would do: what to choose from. */
  readonly candidates: readonly (readonly string[])[];
}

/** A total of one side. */
export interface BridgePillar {
  readonly side: ReconSide;
  readonly label: string;
  readonly total: string;
  /** `7 paid, month in UTC`. */
  readonly note: string;
}

/** What leads from one total to the next; the last of each bridge is `unexplained`, zero or the verdict is incomplete. */
export interface BridgeStep {
  readonly id: string;
  /** The pillar after which it stands. */
  readonly after: number;
  readonly category: StepCategory;
  readonly label: string;
  readonly amount: string;
  readonly items: number;
}

export interface ReconBridge {
  readonly pillars: readonly BridgePillar[];
  readonly steps: readonly BridgeStep[];
  /** Sum of all steps without their signs: a net of zero hides nothing. */
  readonly gross: string;
}

/** One figure that the vendor states beside the simulated one: usage of a month, a day, a SKU; an invoice's total. */
export interface UsageLine {
  readonly id: string;
  readonly what: 'month' | 'day' | 'sku' | 'invoice';
  readonly label: string;
  readonly simulated: string | null;
  readonly stated: string | null;
  readonly difference: string | null;
  /** Who states it: file or document. */
  readonly source: string | null;
  readonly agrees: boolean;
}

export interface BalancePoint {
  readonly id: string;
  readonly at: Instant;
  /** Only the day is stated: it agrees with any balance of that day. */
  readonly day: boolean;
  readonly simulated: string;
  readonly stated: string;
  readonly difference: string;
  readonly source: string;
  readonly line: number | null;
  readonly agrees: boolean;
}

export interface Signed {
  readonly by: string;
  readonly at: Instant;
}

export interface ReconPeriod {
  readonly period: ReconMonth;
  readonly from: CalendarDate;
  /** Exclusive. */
  readonly to: CalendarDate;
  readonly state: PeriodState;
  readonly prepared: Signed | null;
  readonly reviewed: Signed | null;
  readonly sealed: (Signed & { readonly hash: string }) | null;
  /** What changed since the seal, in words; empty where nothing did. */
  readonly since: readonly string[];
  readonly toDecide: number;
  readonly verdict: ReconVerdict;
}

/** Values that were adopted for the vendor, as What-if takes them. */
export interface AdoptedValues {
  /** The month from which on they are in force. */
  readonly from: ReconMonth;
  readonly set: Readonly<Record<string, string>>;
  readonly sentence: string;
}

/** A month without its groups, which are read by the page (`reconLists.ts`). */
export interface ReconciledMonth {
  readonly period: ReconPeriod;
  readonly vendor: string;
  readonly currency: string;
  readonly minorDigits: number;
  readonly timezone: string;
  /** In force in this month, earliest first; a later one goes over an earlier. */
  readonly adopted: readonly AdoptedValues[];
  readonly verdict: ReconVerdict;
  /** What is not there that a conclusion needs: `no bank lines of October`. */
  readonly lacks: readonly string[];
  readonly bridge: ReconBridge;
  readonly usage: readonly UsageLine[];
  readonly balances: readonly BalancePoint[];
  /** Sum of all items of a side in scope, and what of it is matched. */
  readonly sums: Readonly<
    Record<ReconSide, { readonly total: string; readonly matched: string; readonly open: string }>
  >;
  /** The last entry that undo would take back, in words. */
  readonly undo: string | null;
  readonly redo: string | null;
  /** The log's last hash. */
  readonly head: string | null;
}

/** A month with all its groups. */
export interface Reconciliation extends ReconciledMonth {
  /** To decide, matched, ignored, each by date. */
  readonly groups: readonly ReconGroup[];
}

/** What decides whose line an item is and what becomes of it. Made from an example, previewed, kept in the log. */
export interface ReconRule {
  readonly id: string;
  readonly name: string;
  readonly side: ReconSide;
  /** Normalised text that the item's begins with or contains; empty: any. */
  readonly text: string;
  readonly how: 'begins' | 'contains';
  readonly low: string | null;
  readonly high: string | null;
  readonly currency: string | null;
  readonly then:
    | { readonly kind: 'in_scope' }
    | { readonly kind: 'ignore'; readonly reason: string }
    | { readonly kind: 'category'; readonly category: 'fee' | 'tax' | 'fx' | 'rounding' };
}

/** Settings of matching, kept in the log; defaults as in the conventions of the vectors. */
export interface ReconSettings extends SourceTerms {
  readonly vendor: string;
  /** Normalised descriptor prefixes under which the vendor charges. */
  readonly aliases: readonly string[];
  /** What one unit of another currency is worth in the account's, for all months; absent: as bank lines tell. */
  readonly rates: readonly { readonly currency: string; readonly rate: string }[];
  readonly rules: readonly ReconRule[];
  /** Sources that have settings of their own; all that they leave out is as above. */
  readonly sources: readonly SourceSettings[];
}

/** What a person can do. Each becomes one entry of the log. */
export type ReconAct =
  /** Items of any sides that belong together. What they were matched with before is let go. */
  | { readonly kind: 'match'; readonly items: readonly string[]; readonly reason?: string }
  | { readonly kind: 'unmatch'; readonly group: string }
  /** Suggestions and exceptions that a person takes as they are. */
  | { readonly kind: 'accept'; readonly groups: readonly string[]; readonly reason?: string }
  /** One item in parts that add up to it. */
  | { readonly kind: 'split'; readonly item: string; readonly parts: readonly string[] }
  | { readonly kind: 'ignore'; readonly items: readonly string[]; readonly reason: string }
  | { readonly kind: 'heed'; readonly items: readonly string[] }
  | { readonly kind: 'note'; readonly subject: string; readonly text: string; readonly cause?: KeptCause }
  | { readonly kind: 'own'; readonly break: string; readonly owner: string | null }
  | { readonly kind: 'settings'; readonly settings: Partial<ReconSettings> }
  /** A document that no file holds: entered by hand, with who entered it. */
  | {
      readonly kind: 'document';
      readonly document: {
        readonly kind: 'invoice' | 'receipt' | 'credit_note';
        readonly number: string;
        readonly date: CalendarDate;
        readonly amount: string;
        readonly tax: string | null;
        readonly text: string;
      };
    }
  /** A new version of what the vendor is taken to do, from this month on; the scenario stays as it is. */
  | {
      readonly kind: 'adopt';
      readonly set: Readonly<Record<string, string>>;
      readonly sentence: string;
      readonly cause?: KeptCause;
    }
  | { readonly kind: 'prepare' }
  | { readonly kind: 'review' }
  | { readonly kind: 'seal' }
  | { readonly kind: 'reopen'; readonly reason: string }
  /** Undo and redo: an entry that takes another back, or a taken one up again. */
  | { readonly kind: 'take_back' }
  | { readonly kind: 'take_up' };

/** An entry of the log, as it is shown. */
export interface LogEntry {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: string;
  readonly period: ReconMonth | null;
  readonly kind: ReconAct['kind'];
  readonly says: string;
  readonly takenBack: boolean;
  readonly hash: string;
  /** The explanation that was adopted or kept by it. */
  readonly cause?: KeptCause;
}

export type ReconActed =
  | {
      readonly ok: true;
      readonly reconciliation: ReconciledMonth;
      /** The group to be looked at: the one that was, while it is there, else what is next to decide in its place. */
      readonly group: string | null;
    }
  /** Why it cannot be done: the period is sealed, parts do not add up. */
  | { readonly ok: false; readonly message: string };

export interface ReconcileApi extends RollForwardApi, ReconListsApi, ReconSettingsApi {
  /** Months of the account and of what was imported, oldest first, with how they stand. */
  reconPeriods(request: Record<string, never>, context: CallContext): Promise<readonly ReconPeriod[]>;
  /** Matches one month anew. Long work: progress and cancel. */
  reconcile(request: { readonly period: ReconMonth }, context: CallContext): Promise<ReconciledMonth>;
  /** The same with all groups: for reports and other programs, too much for a page. */
  reconciliation(request: { readonly period: ReconMonth }, context: CallContext): Promise<Reconciliation>;
  /** @param request.actor who does it; never empty. @param request.group the one that is looked at */
  reconAct(
    request: {
      readonly period: ReconMonth;
      readonly actor: string;
      readonly act: ReconAct;
      readonly group?: string | null;
    },
    context: CallContext,
  ): Promise<ReconActed>;
  /** Those of now, or those under which a month is matched: a sealed one keeps those of its seal. */
  reconSettings(request: { readonly period: ReconMonth | null }, context: CallContext): Promise<ReconSettings>;
  /** What a rule would take in this month: the items, and how many in all months. */
  reconRulePreview(
    request: { readonly period: ReconMonth; readonly rule: ReconRule },
    context: CallContext,
  ): Promise<{ readonly items: readonly ReconItem[]; readonly everywhere: number }>;
  /** A rule that takes an item and its like. */
  reconRuleFrom(
    request: { readonly period: ReconMonth; readonly item: string },
    context: CallContext,
  ): Promise<ReconRule>;
  /** The log, latest first; of one group, item or break, where one is named. */
  reconHistory(
    request: { readonly subject: string | null; readonly offset: number; readonly limit: number },
    context: CallContext,
  ): Promise<Page<LogEntry>>;
}
