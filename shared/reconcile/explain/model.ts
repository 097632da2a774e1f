/**
 * What explaining works on: a model that can be run under changed assumptions, the total that differs, and other totals
 * that somebody states. What the figures are (cents, atoms) is the model's matter; here they are whole numbers.
 */
import type { ExplainFamily } from '../../contract/explain.ts';

export type ChangeValue = string | number | boolean | null;

/** One assumption set to another value. */
export interface Change {
  /** What is changed: the name of a policy value or of an import choice. */
  readonly parameter: string;
  readonly value: ChangeValue;
  /** `arithmetic`: a tell, which says what the figure looks like and is not run. */
  readonly family: ExplainFamily;
  /** How unlikely it is before anything is looked at: 1 a zone, 2 another rule, 3 a part of the data that is missing. */
  readonly prior: number;
  /** What is supposed, as a clause: `the vendor's month ends at midnight in Los Angeles`. */
  readonly clause: string;
}

/** A figure that somebody states. */
export interface StatedFigure {
  readonly id: string;
  readonly label: string;
  readonly stated: bigint;
  /**
   * How it stands to the target: `independent` of it; `part` of it, or what it is a part of: that both close then says
   * less; `target`: the figure itself.
   */
  readonly relation: 'target' | 'independent' | 'part';
}

/** Figures of a run, in the order of `Model.totals`; null where the run has no such figure. */
export type Figures = readonly (bigint | null)[];

export interface Model {
  /** The target first. */
  readonly totals: readonly StatedFigure[];
  /** Everything that may be changed, likeliest first where priors are equal. Two values of one parameter exclude each other. */
  readonly changes: readonly Change[];
  /** What the difference of the target looks like; each makes it vanish and leaves all other totals as they are. */
  readonly tells?: readonly Change[];
  /** The totals under these changes; null where they cannot hold together. The same changes always give the same. */
  run(changes: readonly Change[]): Figures | null;
  /** The totals exactly, where `run` takes a short way for some changes: asked of what would explain the difference. */
  confirm?(changes: readonly Change[]): Figures | null;
  /** Neighbouring values of a change on a scale: where they close the same totals, that value is not the only one. */
  nearby?(change: Change): readonly Change[];
}

/** What is left over: stated less simulated; null where there is no figure. */
export function residualOf(total: StatedFigure, figure: bigint | null | undefined): bigint | null {
  return figure === null || figure === undefined ? null : total.stated - figure;
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
