/**
 * Explaining a difference: which small change of what is assumed makes the simulated figure the stated one, and how sure
 * that is. An explanation is a hypothesis; what decides between rivals is whether it closes other totals too.
 */
import type { Instant } from '../domain/time.ts';
import type { ReconMonth } from './reconcile.ts';
import type { CallContext } from './rpc.ts';

/** The difference that is to be explained. */
export type ExplainTarget =
  /** Usage or an invoice line of `Reconciliation.usage`. */
  | { readonly kind: 'usage'; readonly period: ReconMonth; readonly line: string }
  /** A point of `Reconciliation.balances`. */
  | { readonly kind: 'balance'; readonly period: ReconMonth; readonly point: string }
  /** A group's difference, or the item that stands alone in it. */
  | { readonly kind: 'group'; readonly period: ReconMonth; readonly group: string }
  /** Everything in one step of the bridge. */
  | { readonly kind: 'step'; readonly period: ReconMonth; readonly step: string };

export type ExplainFamily = 'arithmetic' | 'data' | 'policy';

/**
 * `proven`: closes this and at least one other independent total, and no rival does. `fits`: closes this; so do rivals.
 * `partial`: takes at least 80 % of the difference away.
 */
export type ExplainVerdict = 'proven' | 'fits' | 'partial';

/** Another total that the same change moves or leaves. */
export interface AlsoCloses {
  readonly label: string;
  /** What was left over before and is after. */
  readonly before: string;
  readonly after: string;
  readonly closes: boolean;
}

/** A row whose place or cost the change moves. */
export interface MovedRow {
  readonly at: Instant;
  readonly label: string;
  readonly amount: string;
  readonly file: string | null;
  readonly line: number | null;
}

export interface Explanation {
  readonly id: string;
  readonly family: ExplainFamily;
  /** What is changed: policy paths, import choices or tells, by name, with the value that explains. */
  readonly changes: Readonly<Record<string, string | number | boolean | null>>;
  readonly residual: string;
  readonly verdict: ExplainVerdict;
  /** How many others close it as well. */
  readonly rivals: number;
  /** Of the difference that is explained, whole percent. */
  readonly percent: number;
  /** `If the vendor's month ends at midnight Pacific, the bill is 6.77, as stated.` */
  readonly sentence: string;
  /** Its evidence: `1 Oct 03:12 UTC is 30 Sep 20:12 there, so the purchase is in its September.` */
  readonly detail: string;
  readonly before: string;
  readonly after: string;
  readonly stated: string;
  readonly also: readonly AlsoCloses[];
  readonly movedCount: number;
  /** The first of them. */
  readonly moved: readonly MovedRow[];
  /** Values that What-if and `adopt` take; null for what is no policy (a missing row, a wrong field). */
  readonly set: Readonly<Record<string, string>> | null;
}

export interface Explained {
  readonly label: string;
  readonly simulated: string;
  readonly stated: string;
  readonly difference: string;
  /** Best first: least residual, fewest changes, prior, breadth. */
  readonly explanations: readonly Explanation[];
  readonly tried: Readonly<Record<ExplainFamily, number>>;
  readonly ms: number;
  /** Null where everything was tried; else what to go on with. */
  readonly next: number | null;
}

/** An explanation as it stood when somebody adopted it or kept it as a note. */
export interface KeptCause extends Pick<
  Explanation,
  'sentence' | 'detail' | 'verdict' | 'rivals' | 'percent' | 'residual'
> {
  /** What it explains. */
  readonly label: string;
  readonly difference: string;
}

export interface ExplainApi {
  /**
   * Tries what it can in some 100 ms and answers with the best so far; asked again with `next`, it goes on. Not asking
   * again is how it is cancelled.
   */
  explain(
    request: { readonly target: ExplainTarget; readonly next?: number },
    context: CallContext,
  ): Promise<Explained>;
}
