/**
 * A scenario after reading: an account, its policy, what happened, what is expected. Text never gets this far; the
 * reader in `shared/scenario/` turned it into exact values or into located problems. Field names are the file's.
 */
import type { Atoms } from './money.ts';
import type { AutoRecharge, Policy, PolicyPatch } from './policy.ts';
import type { Duration, Instant } from './time.ts';

export type Plan = 'prepaid' | 'monthly' | 'none';

export interface Account {
  readonly id: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** IANA zone name, checked by the reader. */
  readonly timezone: string;
  readonly plan: Plan;
  /** `null`: the first event's instant. */
  readonly opened: Instant | null;
}

/** Token counts and the like of one usage row, by meter name; non-negative exact quantities in atoms (10^-12). */
export type Meters = Readonly<Record<string, Atoms>>;

export interface UsageEvent {
  readonly type: 'usage';
  readonly at: Instant;
  readonly id: string | null;
  /** Default `usage`. */
  readonly sku: string;
  /** `null`: priced from `meters` by the price list. */
  readonly cost: Atoms | null;
  readonly meters: Meters;
}

/** Everything that can happen but usage: each is one boundary of the replay. */
export type ControlEvent =
  | {
      readonly type: 'purchase';
      readonly at: Instant;
      readonly id: string | null;
      readonly amount: Atoms;
      readonly payment: 'ok' | 'declined';
    }
  | {
      readonly type: 'grant';
      readonly at: Instant;
      readonly id: string | null;
      readonly amount: Atoms;
      readonly expires_at: Instant | null;
      readonly expire_after: Duration | null;
      readonly priority: number;
    }
  | { readonly type: 'adjustment'; readonly at: Instant; readonly id: string | null; readonly amount: Atoms }
  | { readonly type: 'refund'; readonly at: Instant; readonly id: string | null; readonly lot: string }
  | {
      readonly type: 'auto_recharge';
      readonly at: Instant;
      readonly id: string | null;
      readonly set: Partial<AutoRecharge>;
    }
  | { readonly type: 'policy'; readonly at: Instant; readonly id: string | null; readonly set: PolicyPatch }
  | { readonly type: 'plan'; readonly at: Instant; readonly id: string | null; readonly action: 'cancel' }
  | {
      readonly type: 'plan';
      readonly at: Instant;
      readonly id: string | null;
      readonly action: 'start';
      readonly plan: 'prepaid' | 'monthly';
    };

export type ScenarioEvent = UsageEvent | ControlEvent;

/** A half-open window `[from, to)` in which every payment is declined. */
export interface DeclineWindow {
  readonly from: Instant;
  readonly to: Instant;
}

/** One dated entry of a SKU's price list: the price of `per` units of each meter. */
export interface RateEntry {
  readonly from: Instant;
  readonly per: Atoms;
  readonly prices: Readonly<Record<string, Atoms>>;
}

/** Price list by SKU, entries in ascending `from`. */
export type Rates = ReadonlyMap<string, readonly RateEntry[]>;

export interface GeneratedUsage {
  readonly from: Instant;
  readonly to: Instant;
  readonly seed: number;
  /** Mean rows in one millisecond is `rows / perMs`. */
  readonly rate: { readonly rows: number; readonly perMs: number };
  readonly cost:
    | { readonly kind: 'fixed'; readonly value: Atoms }
    | { readonly kind: 'uniform'; readonly min: Atoms; readonly max: Atoms }
    | { readonly kind: 'lognormal'; readonly median: Atoms; readonly sigma: number };
  readonly shape: 'flat' | 'diurnal' | 'weekly';
  /** SKUs with their relative weights; one entry `usage` by default. */
  readonly skus: readonly { readonly sku: string; readonly weight: number }[];
}

export type UsageSource =
  | { readonly kind: 'file'; readonly file: string; readonly format: string }
  | { readonly kind: 'generate'; readonly generate: GeneratedUsage };

export type Expectation =
  | {
      readonly kind: 'at';
      readonly at: Instant;
      readonly balance?: Atoms;
      readonly debt?: Atoms;
      readonly access?: 'open' | 'closed';
      readonly plan?: Plan;
      readonly tier?: string | null;
      /** Remaining amount by lot id. */
      readonly lots?: Readonly<Record<string, Atoms>>;
    }
  | {
      readonly kind: 'invoice';
      /** `YYYY-MM` */
      readonly period: string;
      /** Chooses an invoice of the period by its start; else the last. */
      readonly from: Instant | null;
      /** Expected figures by their name in the result; `lines` apart. */
      readonly figures: Readonly<Record<string, Atoms>>;
      readonly lines?: Readonly<Record<string, Atoms>>;
    }
  | {
      readonly kind: 'event';
      readonly event: string;
      readonly status: 'accepted' | 'rejected';
      readonly reason: string | null;
    }
  | { readonly kind: 'count'; readonly count: string; readonly equals: number };

export interface Scenario {
  readonly title: string;
  readonly account: Account;
  /** Defaults with the file's policy merged over them: in force from the opening. */
  readonly policy: Policy;
  readonly rates: Rates;
  readonly declines: readonly DeclineWindow[];
  readonly usage: readonly UsageSource[];
  /** In the order of the file. */
  readonly events: readonly ScenarioEvent[];
  readonly until: Instant | null;
  readonly expect: readonly Expectation[];
}
