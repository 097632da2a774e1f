/**
 * Tracing and stepping: what any figure of the app is made of, and the account before and after each single event.
 * Amounts are exact decimal strings, instants milliseconds.
 */
import type { Instant } from '../domain/time.ts';
import type { CallContext } from './rpc.ts';

/** A figure of an invoice that is a sum or product of others, besides its lines. */
export type InvoiceFigure =
  | 'usage'
  | 'excess_billed'
  | 'carried'
  | 'credits_applied'
  | 'debt_brought_forward'
  | 'tax'
  | 'amount_due'
  | 'opening_balance'
  | 'purchased'
  | 'granted'
  | 'adjusted'
  | 'drawn'
  | 'expired'
  | 'refunded'
  | 'debt_invoiced'
  | 'closing_balance'
  | 'debt_settled'
  | 'purchase_tax';

export type KeyFigure =
  | 'accepted_cost'
  | 'accepted_count'
  | 'rejected_cost'
  | 'rejected_count'
  | 'overrun'
  | 'next_expiry'
  | 'next_tier'
  | 'next_tier_days';

/**
 * What can be asked for. `at` is after everything at that instant; without it, the end of the run. Places in tables are
 * those of the tables' rows.
 */
export type TraceTarget =
  | { readonly kind: 'balance' | 'lots' | 'debt'; readonly at?: Instant }
  /** What remains of a lot, by its place in the lots table. */
  | { readonly kind: 'lot'; readonly lot: number; readonly at?: Instant }
  /** The columns of the lots table, at the end of the run. */
  | {
      readonly kind: 'lot_amount' | 'lot_settled' | 'lot_drawn' | 'lot_expired' | 'lot_refunded';
      readonly lot: number;
    }
  /** A timeline row: its movement of the balance, else the amount that it is about. */
  | { readonly kind: 'record'; readonly record: number }
  /** The balance right after a timeline row. */
  | { readonly kind: 'record_balance'; readonly record: number }
  | { readonly kind: 'invoice'; readonly invoice: number; readonly figure?: InvoiceFigure }
  | { readonly kind: 'invoice_line'; readonly invoice: number; readonly line: number }
  /** The billing period that has no invoice yet, unrounded. */
  | { readonly kind: 'open_period'; readonly figure: 'used' | 'carried' | 'due' }
  | { readonly kind: 'figure'; readonly figure: KeyFigure }
  /** What was rejected for one reason. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly of: 'cost' | 'count' }
  /** A usage row: its cost, what no credit covered of it, or the balance right after it. */
  | { readonly kind: 'usage'; readonly row: number; readonly of: 'cost' | 'overrun' | 'balance' };

/** Where a policy value is from: the product's default, the scenario's policy, or the scenario's event that set it. */
export type RuleOrigin =
  | { readonly kind: 'default' }
  | { readonly kind: 'scenario'; readonly line: number | null }
  | { readonly kind: 'event'; readonly event: number; readonly at: Instant; readonly line: number | null }
  /** The price list in force. */
  | { readonly kind: 'prices' }
  /** How a file with rows that cover a time was imported. */
  | { readonly kind: 'import' }
  /** A rule of the billing model that is no policy value. */
  | { readonly kind: 'model' };

export interface TraceRule {
  /** As scenario files spell it: `cutoff.delay`. */
  readonly name: string;
  /** `null` where it is none (`purchase.maximum`). */
  readonly value: string | null;
  readonly from: RuleOrigin;
}

/** Imported row, by file and line, or the scenario's event by its place in the file. */
export type TraceSource =
  { readonly file: string; readonly line: number | null } | { readonly event: number; readonly line: number | null };

/**
 * How a node counts in its parent: added or taken away in a sum, multiplied or divided by in a product; `=` stands beside
 * the figure and explains it without being part of it. A root is `=`.
 */
export type TraceSign = '+' | '-' | '*' | '/' | '=';

export interface TraceNode {
  /** Names the node: the same in every answer while the account is. Asks for its children. */
  readonly key: string;
  readonly label: string;
  /** Exact; null where the node is words alone. */
  readonly amount: string | null;
  /** ISO 4217 code, or what is counted: `rows`, `days`, a meter's name; null where it has no unit (a rate). */
  readonly unit: string | null;
  readonly sign: TraceSign;
  /**
   * `sum`: equals its children by their signs, exactly. `product`: equals its factors, to 12 digits half-even. `row`: a
   * usage row or a record, the end of the line. `rule`: a policy value, or what a rule made of the figures beside it.
   */
  readonly kind: 'sum' | 'product' | 'rule' | 'row' | 'fact';
  readonly rule?: TraceRule;
  readonly at?: Instant;
  readonly source?: TraceSource;
  /** The table row behind it, to select: of the timeline, the lots, the invoices or usage. */
  readonly row?: { readonly table: 'timeline' | 'lots' | 'invoices' | 'usage'; readonly index: number };
  readonly note?: string;
  /** The figure has a derivation of its own that is not repeated here: trace this. */
  readonly opens?: TraceTarget;
  /** How many children it has: `children` may be the first of them. */
  readonly childCount: number;
  /** Null: not loaded; ask `traceChildren`. */
  readonly children: readonly TraceNode[] | null;
}

/**
 * A place in the run: so many steps done, and of the next one, where that is usage, the rows before `row`. At the end of
 * a step `row` is what the step left it at.
 */
export interface StepPlace {
  readonly steps: number;
  readonly row: number;
}

export type StepRequest =
  /** The last event at or before an instant. */
  | { readonly at: Instant }
  | { readonly record: number }
  | { readonly row: number }
  | { readonly from: StepPlace; readonly by: 1 | -1; readonly rows?: boolean };

export interface SteppedState {
  readonly balance: string;
  readonly credits: string;
  readonly debt: string;
  readonly access: 'open' | 'closed';
  readonly accessReason: 'no_plan' | 'insufficient_quota' | 'monthly_limit' | null;
  readonly cutoffAt: Instant | null;
  readonly restoreAt: Instant | null;
  readonly limitStopAt: Instant | null;
  readonly plan: string;
  readonly tier: string | null;
  /** Lots that have something left, in the order of making. The first 1,000. */
  readonly lots: readonly { readonly lot: number; readonly id: string; readonly remaining: string }[];
  readonly lotsOpen: number;
  /** Paid, not posted. The first 1,000. */
  readonly pending: readonly { readonly id: string; readonly amount: string; readonly postsAt: Instant }[];
  readonly pendingTotal: string;
  readonly recharge: {
    readonly enabled: boolean;
    readonly pausedFor: string | null;
    readonly inFlight: number;
    /** End of the cooldown or of the wait after a declined payment, where one runs. */
    readonly cooledAt: Instant | null;
    readonly waitUntil: Instant | null;
    readonly declines: number;
    /** The calendar month's total. */
    readonly monthRecharged: string;
  };
  /** The calendar month's accepted usage. */
  readonly monthAccepted: string;
  /** Cumulative amount paid. */
  readonly paid: string;
}

/** What happened in a step: a thing of its own and whatever it set off at once. */
export interface StepEvent {
  readonly kind: 'opening' | 'usage' | 'event' | 'month_end' | 'due';
  readonly label: string;
  readonly at: Instant;
  /** Of usage: first and last row, and the instant of the first. */
  readonly rows: { readonly from: number; readonly to: number; readonly since: Instant; readonly cost: string } | null;
  /** Of usage: the first row's file and line; of an event: the scenario's. */
  readonly source: TraceSource | null;
  /** Timeline rows `[from, to)` that it made. */
  readonly records: { readonly from: number; readonly to: number };
  readonly invoice: number | null;
}

export interface Step {
  /** The place after it, from which to go on. */
  readonly place: StepPlace;
  /** Of all steps, this one's number from 1: `event 82 of 95`. A row within a step has its step's. */
  readonly number: number;
  readonly total: number;
  readonly event: StepEvent;
  readonly before: SteppedState;
  readonly after: SteppedState;
  /** Whether there is a step before it, and one after it. */
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

export interface TraceApi {
  /** A figure's derivation, its first levels loaded. */
  trace(request: { readonly of: TraceTarget }, context: CallContext): Promise<TraceNode>;
  /** Children of a node, by its key. */
  traceChildren(
    request: { readonly key: string; readonly offset: number; readonly limit: number },
    context: CallContext,
  ): Promise<{ readonly total: number; readonly rows: readonly TraceNode[] }>;
  /** One event, and the account before and after it; null where there is none (before the first, after the last). */
  stepAt(request: StepRequest, context: CallContext): Promise<Step | null>;
}
