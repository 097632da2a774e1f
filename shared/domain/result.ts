/**
 * What a run yields, in the spelling of the result format (scenario format, "The result"). Amounts are atoms here and
 * become decimal strings in `resultJson.ts`.
 */
import type { Atoms } from './money.ts';
import type { Plan } from './scenario.ts';
import type { Instant } from './time.ts';

export type LotKind = 'purchase' | 'auto_recharge' | 'grant' | 'adjustment';
export type PurchaseKind = 'purchase' | 'auto_recharge';
/** Why a usage row was rejected (billing model, section 5). */
export type RejectionReason = 'no_plan' | 'insufficient_quota' | 'monthly_limit';
export type PauseReason = 'declined' | 'refused' | 'expired_on_posting' | 'too_many_at_once';

/** One row of the timeline; usage rows are apart (they are spans of the usage log). */
export type TimelineRecord =
  | { at: Instant; type: 'purchase'; kind: PurchaseKind; id: string; amount: Atoms; tax: Atoms; charged: Atoms }
  | { at: Instant; type: 'purchase_rejected'; kind: PurchaseKind; amount: Atoms; reason: string }
  | { at: Instant; type: 'payment_declined'; kind: PurchaseKind; amount: Atoms }
  | { at: Instant; type: 'posting'; lot: string; kind: PurchaseKind; amount: Atoms; settled: Atoms; balance: Atoms }
  | { at: Instant; type: 'grant'; lot: string; amount: Atoms; settled: Atoms; balance: Atoms }
  | { at: Instant; type: 'adjustment'; amount: Atoms; balance: Atoms }
  | { at: Instant; type: 'refund'; lot: string; amount: Atoms; balance: Atoms }
  | { at: Instant; type: 'refund_rejected'; lot: string; reason: string }
  | { at: Instant; type: 'expiry'; lot: string; amount: Atoms; balance: Atoms }
  | { at: Instant; type: 'recharge_skipped'; reason: 'monthly_limit'; amount: Atoms }
  | { at: Instant; type: 'recharge_paused'; reason: PauseReason }
  | { at: Instant; type: 'recharge_resumed' }
  | { at: Instant; type: 'tier'; tier: string }
  | { at: Instant; type: 'cutoff'; balance: Atoms }
  | { at: Instant; type: 'restored'; balance: Atoms }
  | { at: Instant; type: 'limit_reached' }
  | { at: Instant; type: 'limit_lifted' }
  | { at: Instant; type: 'plan_cancelled'; plan: Plan }
  | { at: Instant; type: 'plan_started'; plan: Plan; debt_invoiced: Atoms }
  | { at: Instant; type: 'plan_rejected'; reason: string };

export type TimelineType = TimelineRecord['type'];

/** A usage row as the timeline shows it, on demand. */
export type UsageRecord =
  | { at: Instant; type: 'usage'; sku: string; cost: Atoms; overrun: Atoms; balance: Atoms }
  | { at: Instant; type: 'usage_rejected'; sku: string; cost: Atoms; reason: RejectionReason };

/** The invoice of one billing period `[from, to)` (billing model, section 10). */
export interface Invoice {
  /** Calendar month of `from` on the account's clock, `YYYY-MM`. */
  period: string;
  from: Instant;
  to: Instant;
  /** Accepted usage by SKU, each rounded, sorted by code point. */
  lines: [sku: string, amount: Atoms][];
  usage: Atoms;
  excess_billed: Atoms;
  carried: Atoms;
  credits_applied: Atoms;
  debt_brought_forward: Atoms;
  tax: Atoms;
  amount_due: Atoms;
  opening_balance: Atoms;
  purchased: Atoms;
  granted: Atoms;
  adjusted: Atoms;
  drawn: Atoms;
  expired: Atoms;
  refunded: Atoms;
  debt_invoiced: Atoms;
  closing_balance: Atoms;
  debt_settled: Atoms;
  purchase_tax: Atoms;
}

export interface LotState {
  readonly id: string;
  readonly kind: LotKind;
  readonly amount: Atoms;
  readonly remaining: Atoms;
  /** Forfeited at expiry. */
  readonly expired: Atoms;
  /** The instant it was bought or granted. */
  readonly bought_at: Instant;
  readonly posted_at: Instant;
  readonly expires_at: Instant | null;
  readonly priority: number;
}
