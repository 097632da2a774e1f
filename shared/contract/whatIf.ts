/**
 * What page and worker say to each other in the What-if place: the account's rules as controls, a run under other values,
 * variants that are kept, and a variant as scenario text.
 *
 * Values cross as the texts of `shared/domain/controlText.ts`, figures as exact decimal strings; floats are for pixels.
 *
 * **What a changed value does.** It takes the place of the account's value at the opening: of the scenario's `policy`,
 * `account.timezone`, `rates` or of a grant's `priority`. What the scenario says happens later still happens: a `policy` or
 * `auto_recharge` event that sets the same value wins from its instant on, as in a scenario file. `changes` of a control
 * lists those events. A path in `hold` holds throughout instead: such events then set the value that is held. Amount and
 * target of auto-recharge, of which one clears the other, are held together. A path that is held and not in `set` holds at
 * its saved value.
 */
import type { ControlForm } from '../domain/controlText.ts';
import type { SliderTexts } from '../domain/controlSlider.ts';
import type { ControlGroup } from '../domain/policyControls.ts';
import type { Instant } from '../domain/time.ts';
import type { BalanceSeries, ChartMark, ChartMonth, ChartOverrun, ChartSpan, MarkKind } from './engine.ts';
import type { CallContext } from './rpc.ts';

/** Variants that are kept at a time. */
export const MAX_VARIANTS = 6;

/**
 * A value that can be set. Paths: those of the policy (`cutoff.delay`, `tiers`), single cells of the tiers
 * (`tiers[0].paid`; not listed as controls of their own), `account.timezone`, prices (`rates["gpt-4o"][0].input_tokens`, by
 * SKU and place of the dated entry), and the priority of grants (`events[3].priority`).
 */
export interface WhatIfControl {
  readonly path: string;
  readonly label: string;
  readonly group: ControlGroup;
  readonly help: string;
  readonly form: ControlForm;
  /** What stands beside the field: the currency, `%`, `USD per 1000000`; empty where the text says it itself. */
  readonly unit: string;
  /** The account's value at the opening, in its one form. */
  readonly saved: string;
  /** The product's default; null for what has none (prices). */
  readonly standard: string | null;
  readonly slider: SliderTexts | null;
  /** Values that one press sets. */
  readonly presets: readonly string[];
  /** Later events of the scenario that set it, with what they set. */
  readonly changes: readonly { readonly at: Instant; readonly event: number; readonly value: string }[];
}

/** Values that differ from the saved ones. */
export interface WhatIfChange {
  /** Texts by path, as typed. */
  readonly set: Readonly<Record<string, string>>;
  /** Paths that hold throughout. */
  readonly hold?: readonly string[];
}

/** A run that can be drawn: the saved one, the last that was tried, or a variant by its id. */
export type RunId = 'saved' | 'tried' | (string & {});

export interface Window {
  readonly from: Instant;
  readonly to: Instant;
  readonly columns: number;
}

export type FigureKind = 'amount' | 'count' | 'duration' | 'text';

/** A figure of a run. Amounts are exact decimals, counts whole numbers, durations whole milliseconds, all as text. */
export interface WhatIfFigure {
  readonly name: string;
  readonly label: string;
  readonly kind: FigureKind;
  readonly value: string;
  /** Less the baseline's, exact, in the form of `value` with its sign; null for a text. */
  readonly delta: string | null;
  /** The baseline has the same. */
  readonly same: boolean;
}

/** How many of each there are in the whole run. */
export interface WhatIfCounts {
  readonly marks: Readonly<Partial<Record<MarkKind, number>>>;
  readonly spans: number;
  readonly overruns: number;
  readonly months: number;
  readonly timeline: number;
  readonly lots: number;
  readonly invoices: number;
}

/** What keeps a value, or values together, from being run. */
export interface WhatIfProblem {
  /** The control's path; null where it is of the run as a whole. */
  readonly path: string | null;
  /** Column of the typed text, from 1; null where the text itself is well. */
  readonly column: number | null;
  readonly message: string;
}

export type WhatIfRefused = { readonly ok: false; readonly problems: readonly WhatIfProblem[] };

/** Marks, spans, overruns and months of a run that touch a window. */
export interface RunNotes {
  readonly marks: readonly ChartMark[];
  readonly spans: readonly ChartSpan[];
  readonly overruns: readonly ChartOverrun[];
  readonly months: readonly ChartMonth[];
}

export interface WhatIfTried {
  readonly ok: true;
  readonly series: BalanceSeries;
  readonly figures: readonly WhatIfFigure[];
  readonly counts: WhatIfCounts;
  /** What differs from the saved values, each in its one form; what was set to its saved value is not listed. */
  readonly changed: readonly { readonly path: string; readonly value: string; readonly saved: string }[];
  readonly replayMs: number;
  /** Time that pricing the rows anew took; 0 where no price was changed since the last call. */
  readonly pricingMs: number;
  /** What is drawn beside the line. */
  readonly notes: RunNotes;
  /** How far the run lies above the one that figures are compared with. */
  readonly difference: DifferenceSeries;
}

/** A variant as it is kept: plain JSON, for undo and for the workspace. */
export interface Variant extends WhatIfChange {
  readonly id: string;
  readonly name: string;
}

export interface VariantRow extends Variant {
  /** Empty where it cannot be run; `problems` then says why. */
  readonly figures: readonly WhatIfFigure[];
  readonly problems: readonly WhatIfProblem[];
}

export interface VariantTable {
  /** The baseline's figures: deltas are against these. */
  readonly baseline: readonly WhatIfFigure[];
  readonly variants: readonly VariantRow[];
}

/** The difference of two runs, `b` less `a`: the least and greatest of each column, each holding to the next `at`. */
export interface DifferenceSeries {
  readonly at: Float64Array;
  /** Currency units as floats: pixels only. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The extremes of the window, exact, and when they are first reached; null where the two runs never differ in it. */
  readonly lowest: { readonly at: Instant; readonly value: string } | null;
  readonly highest: { readonly at: Instant; readonly value: string } | null;
}

export interface WhatIfApi {
  policyControls(request: Record<string, never>, context: CallContext): Promise<readonly WhatIfControl[]>;
  /**
   * Runs the account under other values, and answers with all that is shown of it: a control that is dragged costs one
   * message a step. Of calls that overlap the latest is the one that `tried` is. Refused, the last
   * good run stays `tried`.
   */
  tryPolicy(
    request: WhatIfChange &
      Window & {
        /** The variant on top of which the values are set; default: the saved values. */
        readonly variant?: string;
        /** The run that figures are compared with; default: the saved one. */
        readonly against?: RunId;
        /** Columns of the difference to that run. */
        readonly strip: number;
      },
    context: CallContext,
  ): Promise<WhatIfTried | WhatIfRefused>;
  /** Keeps a variant, at most `MAX_VARIANTS`. @returns all variants, in order, its own last. */
  pinVariant(
    request: WhatIfChange & { readonly name: string; readonly variant?: string },
    context: CallContext,
  ): Promise<{ readonly ok: true; readonly variants: readonly Variant[] } | WhatIfRefused>;
  /** Takes these variants in the place of all: rename, remove, reorder, undo, and what a workspace kept. */
  setVariants(
    request: { readonly variants: readonly Variant[] },
    context: CallContext,
  ): Promise<{ readonly ok: true; readonly variants: readonly Variant[] } | WhatIfRefused>;
  /** Every variant with its figures. Those of an earlier account are run on the one that is open. */
  variants(request: { readonly against?: RunId }, context: CallContext): Promise<VariantTable>;
  /** The balance of a run for the chart. @throws where the run cannot be made. */
  variantSeries(request: Window & { readonly id: RunId }, context: CallContext): Promise<BalanceSeries>;
  variantAnnotations(
    request: { readonly id: RunId; readonly from: Instant; readonly to: Instant },
    context: CallContext,
  ): Promise<RunNotes>;
  compareSeries(
    request: Window & { readonly a: RunId; readonly b: RunId },
    context: CallContext,
  ): Promise<DifferenceSeries>;
  /**
   * The scenario's text with the values written into it; comments, order and everything else stay. `commentsKept` is false
   * where that could not be done and the scenario was written anew.
   */
  saveVariant(
    request: { readonly id: string } | (WhatIfChange & { readonly name?: string }),
    context: CallContext,
  ): Promise<
    { readonly ok: true; readonly name: string; readonly text: string; readonly commentsKept: boolean } | WhatIfRefused
  >;
}
