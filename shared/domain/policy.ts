/**
 * The policy: every rule value of the billing model that a user may set, with its default (section 12).
 *
 * Fields keep the spelling that scenario files use, so that a value has one name in the file, in the code, in the
 * database and on the screen.
 */
import type { Atoms, Rounding } from './money.ts';
import { ATOMS_PER_UNIT } from './money.ts';
import { parseDuration, type Duration } from './time.ts';

export interface Tier {
  readonly name: string;
  /** Cumulative amount paid, without tax, that the tier needs. */
  readonly paid: Atoms;
  /** Whole 24-hour days since the first successful payment that the tier needs. */
  readonly days: number;
  readonly max_purchase: Atoms | null;
  readonly monthly_limit: Atoms | null;
}

export interface AutoRecharge {
  readonly enabled: boolean;
  readonly threshold: Atoms | null;
  /** Credits added by one firing; exactly one of this and `top_up_to` is set while enabled. */
  readonly amount: Atoms | null;
  readonly top_up_to: Atoms | null;
  readonly monthly_limit: Atoms | null;
  readonly count_pending: boolean;
  readonly trigger: 'below' | 'at_or_below';
  readonly in_flight: 'one' | 'many';
  readonly cooldown: Duration;
  readonly retry_after: readonly Duration[];
}

export interface Policy {
  readonly purchase: {
    readonly minimum: Atoms;
    readonly maximum: Atoms | null;
    readonly maximum_of: 'purchase' | 'balance';
    readonly posting_delay: Duration;
    readonly tax_rate: Atoms;
  };
  readonly credits: {
    /** `null`: never. */
    readonly expire_after: Duration | null;
    readonly expiry: 'anniversary' | 'start_of_day' | 'end_of_day' | 'end_of_month';
    readonly refundable: boolean;
  };
  readonly cutoff: { readonly delay: Duration; readonly restore_delay: Duration; readonly floor: Atoms };
  readonly exhausted: 'cut_off' | 'bill_excess';
  readonly auto_recharge: AutoRecharge;
  readonly tiers: readonly Tier[];
  readonly tier_change: 'automatic' | 'at_purchase';
  readonly invoice: { readonly rounding: Rounding; readonly tax_rate: Atoms };
}

/** What a `policy` event sets: maps merge, lists and scalars replace. */
export type PolicyPatch = {
  readonly [K in keyof Policy]?: Policy[K] extends readonly unknown[] | string ? Policy[K] : Partial<Policy[K]>;
};

const AT_ONCE = parseDuration('PT0S') as Duration;

/** Section 12 of the billing model. */
export const DEFAULT_POLICY: Policy = {
  purchase: {
    minimum: 5n * ATOMS_PER_UNIT,
    maximum: null,
    maximum_of: 'purchase',
    posting_delay: AT_ONCE,
    tax_rate: 0n,
  },
  credits: { expire_after: parseDuration('P1Y'), expiry: 'anniversary', refundable: false },
  cutoff: { delay: AT_ONCE, restore_delay: AT_ONCE, floor: 0n },
  exhausted: 'cut_off',
  auto_recharge: {
    enabled: false,
    threshold: null,
    amount: null,
    top_up_to: null,
    monthly_limit: null,
    count_pending: true,
    trigger: 'below',
    in_flight: 'one',
    cooldown: AT_ONCE,
    retry_after: [],
  },
  tiers: [],
  tier_change: 'automatic',
  invoice: { rounding: 'half_even', tax_rate: 0n },
};

/** New auto-recharge settings: given values replace; giving one of `amount` and `top_up_to` clears the other (section 7). */
export function mergeAutoRecharge(base: AutoRecharge, patch: Partial<AutoRecharge>): AutoRecharge {
  const merged = { ...base, ...patch };
  const givesAmount = patch.amount != null;
  const givesTarget = patch.top_up_to != null;
  if (givesAmount && !givesTarget) return { ...merged, top_up_to: null };
  if (givesTarget && !givesAmount) return { ...merged, amount: null };
  return merged;
}

/** The policy in force after a patch. */
export function mergePolicy(base: Policy, patch: PolicyPatch): Policy {
  return {
    purchase: { ...base.purchase, ...patch.purchase },
    credits: { ...base.credits, ...patch.credits },
    cutoff: { ...base.cutoff, ...patch.cutoff },
    exhausted: patch.exhausted ?? base.exhausted,
    auto_recharge:
      patch.auto_recharge === undefined
        ? base.auto_recharge
        : mergeAutoRecharge(base.auto_recharge, patch.auto_recharge),
    tiers: patch.tiers ?? base.tiers,
    tier_change: patch.tier_change ?? base.tier_change,
    invoice: { ...base.invoice, ...patch.invoice },
  };
}

/**
 * What is wrong with auto-recharge settings that are in force, or null (section 7: enabled needs a threshold and exactly
 * one of amount and top_up_to, the amount in whole minor units, the target not below the threshold).
 */
export function autoRechargeProblem(
  settings: AutoRecharge,
  minorUnitAtoms: Atoms,
): { field: keyof AutoRecharge; what: string } | null {
  if (!settings.enabled) return null;
  const { threshold, amount, top_up_to, trigger } = settings;
  if (threshold === null)
    return { field: 'threshold', what: 'auto-recharge is enabled without a threshold; set auto_recharge.threshold' };
  if (amount === null && top_up_to === null)
    return {
      field: 'amount',
      what: 'auto-recharge is enabled without an amount; set either auto_recharge.amount or auto_recharge.top_up_to',
    };
  if (amount !== null && top_up_to !== null)
    return { field: 'top_up_to', what: 'auto-recharge has both amount and top_up_to; set one of them' };
  if (amount !== null && (amount <= 0n || amount % minorUnitAtoms !== 0n))
    return { field: 'amount', what: 'auto_recharge.amount must be positive and a whole number of minor units' };
  if (top_up_to !== null && top_up_to < threshold)
    return { field: 'top_up_to', what: 'auto_recharge.top_up_to must not be below the threshold' };
  if (top_up_to !== null && trigger === 'at_or_below' && top_up_to === threshold)
    return {
      field: 'top_up_to',
      what: 'auto_recharge.top_up_to must be above the threshold where trigger is at_or_below',
    };
  return null;
}
