/**
 * Matches two lists of items by the conventions of reconciliation, in this order: drops; reference groups; exact amounts;
 * tolerance, tax and fee rules; exchange rates; bounded groups; date exceptions; leftovers classified.
 *
 * Pure: the same items and settings give the same result. Which items come together does not depend on the order of the
 * lists, only the order in which the result tells them (rule by rule, then as the ledger's list has them).
 */
import type { CallContext } from '../../contract/rpc.ts';
import type { Ended, Told } from './finish.ts';
import { Matching, type MatchStep } from './matching.ts';
import type { MatchItem, MatchResult, MatchSettings } from './types.ts';

/** @throws RangeError where a date is none or an id is there twice on its side; SyntaxError where the vendor's pattern is none. */
export function matchItems(
  ledger: readonly MatchItem[],
  statement: readonly MatchItem[],
  settings: MatchSettings,
): MatchResult {
  const steps = new Matching().steps(ledger, statement, settings);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { ...step.value.told, bridges: step.value.bridges() };
  }
}

/** What long matching needs of the place that runs it. */
export interface MatchHost {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly yieldToHost: () => Promise<void>;
  readonly context: CallContext;
}

/** Milliseconds of work between two reports. */
const PIECE_MS = 20;

/** The same, with progress, and given up where the caller cancels. @throws Cancelled */
export async function matchInPieces(
  ledger: readonly MatchItem[],
  statement: readonly MatchItem[],
  settings: MatchSettings,
  host: MatchHost,
): Promise<MatchResult> {
  const { told, bridges } = await ended(new Matching().steps(ledger, statement, settings), host);
  return { ...told, bridges: bridges() };
}

/** The same without bridges, going on from what nearly the same items came to before. @throws Cancelled */
export async function matchAgain(
  matching: Matching,
  ledger: readonly MatchItem[],
  statement: readonly MatchItem[],
  settings: MatchSettings,
  host: MatchHost,
): Promise<Told> {
  return (await ended(matching.steps(ledger, statement, settings), host)).told;
}

async function ended(steps: Generator<MatchStep, Ended>, { now, yieldToHost, context }: MatchHost): Promise<Ended> {
  let since = now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (now() - since < PIECE_MS) continue;
    context.progress({ what: 'items', ...step.value });
    await yieldToHost();
    context.throwIfCancelled();
    since = now();
  }
}
