/** What every rule works on: the input, the state, and the two ways to put something on record. */
import type { JournalAccount, JournalEntry } from '../domain/journal.ts';
import type { Atoms } from '../domain/money.ts';
import type { TimelineRecord } from '../domain/result.ts';
import { InputError, type ReplayInput } from './input.ts';
import type { State } from './state.ts';

/** Section 2: a run that would make more ends with an error. */
const MAX_TIMELINE_ROWS = 1_000_000;

export interface Run {
  readonly input: ReplayInput;
  readonly state: State;
}

export function record(run: Run, entry: TimelineRecord): void {
  const { timeline } = run.state;
  if (timeline.length >= MAX_TIMELINE_ROWS)
    throw new InputError(
      'the run would make more than 1,000,000 timeline rows; shorten it, or raise what each recharge adds',
    );
  timeline.push(entry);
}

/** Posts one balanced pair; an amount of zero moves nothing and leaves no entry. */
export function post(
  run: Run,
  debit: JournalAccount,
  credit: JournalAccount,
  amount: Atoms,
  cause: JournalEntry['cause'],
): void {
  if (amount > 0n) run.state.journal.push({ at: run.state.now, debit, credit, amount, cause });
}

/** The timeline record that the next `record` call will make, as a cause. */
export function nextRecord(run: Run): { readonly record: number } {
  return { record: run.state.timeline.length };
}
