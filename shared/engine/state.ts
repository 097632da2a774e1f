/**
 * The whole state of a run as plain data: what section 2 of the billing model names, what is scheduled, and what has
 * been recorded so far. Copying it is a snapshot; a run goes on from a snapshot as if it had never stopped.
 */
import type { Atoms } from '../domain/money.ts';
import type { Policy } from '../domain/policy.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { Invoice, PauseReason, PurchaseKind, RejectionReason, TimelineRecord } from '../domain/result.ts';
import type { Plan } from '../domain/scenario.ts';
import { monthOf, startOfMonth, type Instant } from '../domain/time.ts';
import type { ReplayInput } from './input.ts';
import { copyBook, emptyBook, type Draw, type LotBook } from './lots.ts';

/** Nothing scheduled. */
export const NEVER = Infinity;

/** A purchase that is paid and has not posted. */
export interface PendingPurchase {
  readonly id: string;
  readonly kind: PurchaseKind;
  readonly amount: Atoms;
  readonly bought_at: Instant;
  readonly posts_at: Instant;
  readonly expires_at: Instant | null;
}

/** A run of usage rows `[from, to)` that shared one fate, with what it began on; single rows follow from it. */
export interface UsageSpan {
  readonly from: number;
  readonly to: number;
  readonly status: 'accepted' | RejectionReason;
  /** What lots do not cover becomes debt, or is billed. */
  readonly uncovered: 'overrun' | 'excess';
  readonly credits: Atoms;
  readonly debt: Atoms;
  readonly draws: readonly Draw[];
  /** Timeline records made before it. */
  readonly records: number;
}

/** Figures of the billing period that is open. */
export interface Period {
  readonly from: Instant;
  readonly opening_balance: Atoms;
  /** Accepted row ranges. */
  readonly ranges: { from: number; to: number }[];
  excess: Atoms;
  overrun: Atoms;
  debt_brought_forward: Atoms;
  purchased: Atoms;
  granted: Atoms;
  adjusted: Atoms;
  drawn: Atoms;
  expired: Atoms;
  refunded: Atoms;
  debt_invoiced: Atoms;
  debt_settled: Atoms;
  purchase_tax: Atoms;
}

/** From `at` on usage is rejected for `reason`, or accepted where it is null. */
export interface AccessChange {
  readonly at: Instant;
  readonly reason: RejectionReason | null;
  /** Timeline records made before it took effect, its own included. */
  readonly records: number;
}

export interface State {
  now: Instant;
  opened: boolean;
  /** Usage rows taken. */
  row: number;
  /** Control events taken. */
  control: number;

  plan: Plan;
  policy: Policy;
  readonly book: LotBook;
  /** Paid, not posted; in order of posting. */
  readonly pending: PendingPurchase[];
  access: 'open' | 'closed';
  cutoffAt: Instant;
  restoreAt: Instant;

  tier: string | null;
  tierDueAt: Instant;
  paid: Atoms;
  firstPaidAt: Instant | null;

  /** End of the calendar month. */
  monthEnd: Instant;
  monthAccepted: Atoms;
  monthRecharged: Atoms;
  monthSkipRecorded: boolean;
  limitStopAt: Instant;
  limitStopped: boolean;

  recharge: {
    pausedFor: PauseReason | null;
    /** Something changed since auto-recharge was last evaluated. */
    dirty: boolean;
    /** The last evaluation ended in a skip: more usage alone cannot change that. */
    skipped: boolean;
    evaluatedAt: Instant;
    lastAttemptAt: Instant;
    /** End of the cooldown that the last attempt began, at the setting in force. */
    cooledAt: Instant;
    declines: number;
    /** End of the wait after a declined payment. */
    waitUntil: Instant;
    firedAt: Instant;
    firedCount: number;
  };

  period: Period;
  /** Numbering of unnamed lots, per kind. */
  readonly counters: { purchase: number; auto: number; grant: number; adjustment: number };
  /** Ids of lots made and of purchases that will make one. */
  readonly lotIds: Set<string>;

  accepted: { rows: number; cost: Atoms };
  readonly rejected: Map<RejectionReason, { rows: number; cost: Atoms }>;
  overrun: Atoms;

  readonly timeline: TimelineRecord[];
  readonly spans: UsageSpan[];
  readonly invoices: Invoice[];
  readonly journal: JournalEntry[];
  /** By control event: null where it took effect, else why not. */
  readonly outcomes: (string | null)[];
  readonly accessChanges: AccessChange[];
}

/** The account at the instant before anything happens: opened with nothing (section 2). */
export function initialState(input: ReplayInput): State {
  return {
    now: input.opened,
    opened: false,
    row: 0,
    control: 0,
    plan: input.plan,
    policy: input.policy,
    book: emptyBook(),
    pending: [],
    access: input.plan === 'monthly' ? 'open' : 'closed',
    cutoffAt: NEVER,
    restoreAt: NEVER,
    tier: null,
    tierDueAt: NEVER,
    paid: 0n,
    firstPaidAt: null,
    monthEnd: startOfMonth(input.opened, input.zone, 1),
    monthAccepted: 0n,
    monthRecharged: 0n,
    monthSkipRecorded: false,
    limitStopAt: NEVER,
    limitStopped: false,
    recharge: {
      pausedFor: null,
      dirty: false,
      skipped: false,
      evaluatedAt: -Infinity,
      lastAttemptAt: -Infinity,
      cooledAt: -Infinity,
      declines: 0,
      waitUntil: -Infinity,
      firedAt: -Infinity,
      firedCount: 0,
    },
    period: newPeriod(input.opened, 0n),
    counters: { purchase: 0, auto: 0, grant: 0, adjustment: 0 },
    lotIds: new Set(),
    accepted: { rows: 0, cost: 0n },
    rejected: new Map(),
    overrun: 0n,
    timeline: [],
    spans: [],
    invoices: [],
    journal: [],
    outcomes: [],
    accessChanges: [],
  };
}

/** A copy that shares nothing that later steps change; recorded things never change and are shared. */
export function copyState(state: State): State {
  return {
    ...state,
    book: copyBook(state.book),
    pending: [...state.pending],
    recharge: { ...state.recharge },
    period: { ...state.period, ranges: state.period.ranges.map((range) => ({ ...range })) },
    counters: { ...state.counters },
    lotIds: new Set(state.lotIds),
    accepted: { ...state.accepted },
    rejected: new Map([...state.rejected].map(([reason, total]) => [reason, { ...total }])),
    timeline: [...state.timeline],
    spans: [...state.spans],
    invoices: [...state.invoices],
    journal: [...state.journal],
    outcomes: [...state.outcomes],
    accessChanges: [...state.accessChanges],
  };
}

export function newPeriod(from: Instant, openingBalance: Atoms): Period {
  return {
    from,
    opening_balance: openingBalance,
    ranges: [],
    excess: 0n,
    overrun: 0n,
    debt_brought_forward: 0n,
    purchased: 0n,
    granted: 0n,
    adjusted: 0n,
    drawn: 0n,
    expired: 0n,
    refunded: 0n,
    debt_invoiced: 0n,
    debt_settled: 0n,
    purchase_tax: 0n,
  };
}

/** The month label of a billing period. */
export function periodLabel(period: Period, input: ReplayInput): string {
  return monthOf(period.from, input.zone);
}
