/**
 * The roll-forward of a month as the page shows it. Amounts are exact decimal strings in the account's currency.
 */
import type { CallContext } from './rpc.ts';

/** A month on the account's clock, `YYYY-MM`. */
export type ReconMonth = string;

/**
 * Line of the roll-forward: opening + purchases + grants + adjustments - usage - expired - refunds + transfers = closing.
 */
export interface RollForwardRow {
  /** A lot, a purchase month, `debt` or `total`. */
  readonly id: string;
  readonly label: string;
  readonly opening: string;
  readonly purchases: string;
  readonly grants: string;
  readonly adjustments: string;
  readonly usage: string;
  readonly expired: string;
  readonly refunds: string;
  /**
   * Signed. Credit that settled debt, out of its lot's row and into the debt's; and debt that a monthly plan's invoice took
   * over. In the total only the latter remains.
   */
  readonly transfers: string;
  readonly closing: string;
}

/** Paid credits by the month they were bought in, and what of them is revenue for want of use, by either method. */
export interface BreakageRow {
  /** Or `total`. */
  readonly month: ReconMonth;
  /** What was bought, less refunds and negative adjustments, of lots made before the period's end. */
  readonly bought: string;
  /** Used of it so far, debt that it settled included. */
  readonly used: string;
  /** What is expected to expire unused, by the rate. */
  readonly expected: string;
  /** Recognised in the period. */
  readonly whenExpired: string;
  readonly inProportion: string;
  /** Contract liability at the period's end under either method. */
  readonly liabilityWhenExpired: string;
  readonly liabilityInProportion: string;
}

/** A view of the same figures: contract liability, revenue, breakage; or prepaid expense. */
export type BookView = 'seller' | 'buyer';

export interface RollForward {
  readonly view: BookView;
  readonly by: 'lot' | 'purchase_month';
  readonly rows: readonly RollForwardRow[];
  readonly total: RollForwardRow;
  /** Ties: each with both figures and their difference. */
  readonly ties: readonly {
    readonly label: string;
    readonly ours: string;
    readonly theirs: string | null;
    readonly difference: string | null;
  }[];
  /** Named figures of the view: `Contract liability`, `Revenue`, `Breakage, recognised when expired`, ... */
  readonly figures: readonly { readonly label: string; readonly amount: string; readonly note: string }[];
  /** The seller's view only: breakage by purchase month, the total last. Empty for the buyer. */
  readonly breakage: readonly BreakageRow[];
}

export interface RollForwardApi {
  /**
   * @param request.breakageRate share of paid credits that the seller expects to expire, `0` to below `1`; what the
   * account's own past shows, where it is absent
   */
  rollForward(
    request: {
      readonly period: ReconMonth;
      readonly view: BookView;
      readonly by: 'lot' | 'purchase_month';
      readonly breakageRate?: string;
    },
    context: CallContext,
  ): Promise<RollForward>;
}
