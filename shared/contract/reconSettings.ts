/**
 * Settings of matching by the source of what is matched: a bank or card account, or an issuer of documents. In every pair
 * those of the outer side decide (bank over document over simulated), for they say how that source behaves.
 */
import type { ReconMonth } from './rollForward.ts';
import type { ReconSettings, ReconSide } from './reconcile.ts';
import type { CallContext } from './rpc.ts';

/** What a source may have of its own. */
export interface SourceTerms {
  /** Days that its items may lie before and after their counterpart. */
  readonly before: number;
  readonly after: number;
  readonly exceptionDays: number;
  readonly graceDays: number;
  readonly duplicateDays: number;
  /** Amount in the account's currency. */
  readonly tolerance: string;
  readonly toleranceBps: number;
  readonly feeBps: number | null;
  readonly groups: boolean;
  readonly groupSize: number;
}

/** What is absent is the account's. */
export interface SourceSettings {
  /** Key of the source. */
  readonly source: string;
  /** What it is called, also where its files are no longer there. */
  readonly name: string;
  readonly set: Partial<SourceTerms>;
}

/** Something that items come from. */
export interface ReconSource {
  readonly source: string;
  readonly side: Exclude<ReconSide, 'simulated'>;
  readonly name: string;
  /** Items that come from it, of all months. */
  readonly items: number;
}

/** What a month would be under other settings. */
export interface SettingsEffect {
  /** Groups to decide, and matched ones, now and then. */
  readonly toDecide: { readonly now: number; readonly then: number };
  readonly matched: { readonly now: number; readonly then: number };
  /** Groups that would be others, or stand otherwise. */
  readonly changed: number;
  /** The first of them, by date. */
  readonly examples: readonly {
    readonly text: string;
    readonly date: string;
    readonly amount: string;
    /** States in the words of the screen. */
    readonly now: string;
    readonly then: string;
  }[];
}

export interface ReconSettingsApi {
  /** Accounts of the bank first, then issuers; those that have settings and no items any more are last. */
  reconSources(request: Record<string, never>, context: CallContext): Promise<readonly ReconSource[]>;
  /** What settings would change in a month, before they are saved. Long work: progress and cancel. */
  reconSettingsEffect(
    request: { readonly period: ReconMonth; readonly settings: Partial<ReconSettings> },
    context: CallContext,
  ): Promise<SettingsEffect>;
}
