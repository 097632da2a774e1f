/**
 * What page and worker say to each other in the Scenario place: the text of the open account, what is wrong with another
 * text, what its expectations come to, and what the format has to say about each of its fields.
 */
import type { Instant } from '../domain/time.ts';
import type { Opened } from './engine.ts';
import type { LocatedProblem, NamedFile } from './importing.ts';
import type { CallContext } from './rpc.ts';

export interface ScenarioFile {
  readonly name: string;
  readonly text: string;
}

/** A scenario's text and, where it is new here, the usage files that it names. */
export interface ScenarioRequest extends ScenarioFile {
  readonly files?: readonly NamedFile[];
}

/** A field of which the run has something else than the scenario says. */
export interface ExpectationDifference {
  /** As in the file: `balance`, `lots.next`, `lines["gpt-4o"]`. */
  readonly field: string;
  readonly expected: string;
  /** Null where the run has none. */
  readonly actual: string | null;
}

/** One expectation against the run. */
export interface ExpectationResult {
  /** Where it begins, both from 1. */
  readonly line: number;
  readonly column: number;
  readonly held: boolean;
  /** What it is of: `at 2025-02-01T00:00:00.000Z`, `invoice 2025-01`, `event too-late`, `count cutoff`. */
  readonly of: string;
  /** Every field with what is expected. */
  readonly expected: string;
  readonly differences: readonly ExpectationDifference[];
}

/** A generator of the scenario, by its place in `usage`. */
export interface GeneratorPlace {
  readonly index: number;
  readonly line: number;
}

export interface ScenarioCheck {
  /** It can be applied. Expectations may fail all the same. */
  readonly ok: boolean;
  readonly problems: readonly LocatedProblem[];
  /** In the order of the file; none where it is not ok. */
  readonly expectations: readonly ExpectationResult[];
  /** None where it is not ok. */
  readonly generators: readonly GeneratorPlace[];
}

export interface GeneratedUsagePreview {
  readonly ok: true;
  readonly from: Instant;
  readonly to: Instant;
  readonly rows: number;
  /** Sum over all rows, exact. */
  readonly cost: string;
  readonly currency: string;
  /** Rows of each column; the columns are as long as each other. */
  readonly counts: readonly number[];
  /** Rows of each hour of the week from Monday 00:00 UTC, summed over all weeks. */
  readonly weekHours: readonly number[];
  readonly shape: 'flat' | 'diurnal' | 'weekly';
  readonly seed: number;
}

/** A field of the format. */
export interface FieldDoc {
  readonly key: string;
  /** What it is, in a sentence or two. */
  readonly description: string;
  /** What it takes: `an amount of 0 or more`, `ISO 8601 duration, or null`. */
  readonly takes: string;
  readonly holds: 'scalar' | 'map' | 'list';
  /** All values that it can have, where they can be listed. */
  readonly values: readonly string[];
  readonly examples: readonly string[];
  /** What holds where it is left out; null where nothing does. */
  readonly standard: string | null;
  readonly required: boolean;
}

/** One form of a map: its fields, and what stands under any other key. */
export interface MapForm {
  /** `purchase` of an event, `invoice` of an expectation; empty where there is one form. */
  readonly name: string;
  readonly description: string;
  readonly fields: readonly FieldDoc[];
  /** Null where no other key may stand. */
  readonly others: FieldDoc | null;
}

/** A map of the format by where it stands: `policy.cutoff`, `events[]`, `rates.*[]`; empty for the file itself. */
export interface MapDoc {
  readonly path: string;
  readonly forms: readonly MapForm[];
}

export interface ScenarioApi {
  /** The text of the open account; null where none is open. */
  scenarioText(request: Record<string, never>, context: CallContext): Promise<ScenarioFile | null>;
  /** The whole format, a line for each of its fields. */
  scenarioDocs(request: Record<string, never>, context: CallContext): Promise<readonly MapDoc[]>;
  /** Reads and runs a text on the usage of the open account, which stays as it is. */
  checkScenario(request: ScenarioRequest, context: CallContext): Promise<ScenarioCheck>;
  /**
   * Runs the open account under this text: what was imported stays, usage files that the scenario names are those that
   * were read with it. Without an open account the text opens one. `step` is the name of a change of its own; without it
   * edits that follow one another are one.
   */
  applyScenario(request: ScenarioRequest & { readonly step?: string }, context: CallContext): Promise<Opened>;
  /** What a generator makes, as counts over its time. */
  generatePreview(
    request: { readonly text: string; readonly index: number; readonly columns: number },
    context: CallContext,
  ): Promise<GeneratedUsagePreview | { readonly ok: false; readonly message: string }>;
}
