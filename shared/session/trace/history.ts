/**
 * The steps of a run: each thing that happened, with what it set off at once, and the account's scalars after it. Made by
 * one more replay, a step at a time, when an account is first traced; what lots did is kept beside it.
 */
import type { Atoms } from '../../domain/money.ts';
import type { Policy } from '../../domain/policy.ts';
import type { PauseReason, RejectionReason } from '../../domain/result.ts';
import type { Plan } from '../../domain/scenario.ts';
import type { Instant } from '../../domain/time.ts';
import { rejection } from '../../engine/access.ts';
import type { ReplayInput } from '../../engine/input.ts';
import { lowerBound } from '../../engine/prefixSums.ts';
import { Replay, step } from '../../engine/replay.ts';
import { visibleAccess } from '../../engine/resultJson.ts';
import type { PendingPurchase, State, UsageSpan } from '../../engine/state.ts';
import type { CallContext } from '../../contract/rpc.ts';
import type { Account } from '../account.ts';
import type { Surroundings } from '../surroundings.ts';
import { LotHistory } from './lotHistory.ts';

export type StepKind = 'opening' | 'usage' | 'event' | 'month_end' | 'due';

/** The account after a step; recorded things as counts of what there was by then. */
export interface StepState {
  readonly kind: StepKind;
  readonly at: Instant;
  readonly row: number;
  readonly records: number;
  readonly controls: number;
  readonly invoices: number;
  readonly spans: number;
  readonly credits: Atoms;
  readonly debt: Atoms;
  readonly access: 'open' | 'closed';
  readonly accessReason: RejectionReason | null;
  readonly cutoffAt: Instant;
  readonly restoreAt: Instant;
  readonly limitStopAt: Instant;
  readonly plan: Plan;
  readonly tier: string | null;
  readonly policy: Policy;
  readonly pending: readonly PendingPurchase[];
  readonly pausedFor: PauseReason | null;
  readonly cooledAt: Instant;
  readonly waitUntil: Instant;
  readonly declines: number;
  readonly monthAccepted: Atoms;
  readonly monthRecharged: Atoms;
  readonly paid: Atoms;
  readonly firstPaidAt: Instant | null;
}

/** So many steps done, and of the next one the rows before `row`. */
export interface Place {
  readonly steps: number;
  readonly row: number;
}

export class History {
  /** Entry `n` is the account after `n` steps; entry 0 the one that has not opened. */
  readonly states: readonly StepState[];
  readonly lots: LotHistory;
  /** The run that was gone through; its spans are whole, whatever else the account's own run was stopped for. */
  readonly state: State;
  readonly input: ReplayInput;
  readonly #run: Replay;
  readonly #states: StepState[];
  #ended = false;

  /** Nothing is gone through yet: `goOn` does, and only then the rest means something. */
  constructor(input: ReplayInput) {
    this.input = input;
    this.#run = new Replay(input);
    this.state = this.#run.state;
    this.lots = new LotHistory();
    this.states = this.#states = [stateAfter(this.#run, 'opening', [])];
  }

  /** Goes through so many further steps of the run. @returns whether there are more */
  goOn(most: number): boolean {
    const [states, run, { state }] = [this.#states, this.#run, this];
    for (let done = 0; done < most && !this.#ended; done++) {
      const before = states[states.length - 1]!;
      const draws = this.lots.drawsAhead(run);
      this.#ended = !step(run, this.input.until);
      if (this.#ended) break;
      const kind = kindOf(before, state, states.length);
      const after = stateAfter(run, kind ?? before.kind, before.pending);
      if (kind === null) {
        // nothing to see: an evaluation that ended in nothing belongs to what came before it
        states[states.length - 1] = { ...after, at: before.at };
        continue;
      }
      this.lots.take(run, { step: states.length, spans: before.spans, records: before.records, draws });
      states.push(after);
    }
    return !this.#ended;
  }

  get steps(): number {
    return this.states.length - 1;
  }

  /** The end of the run. */
  get end(): Place {
    return this.after(this.steps);
  }

  /** The place at the end of so many steps. */
  after(steps: number): Place {
    return { steps, row: this.states[steps]!.row };
  }

  /** After everything at or before an instant. */
  placeAt(at: Instant): Place {
    const steps = this.#firstAfter((state) => state.at > at) - 1;
    if (steps < 0) return this.after(0);
    const next = this.states[steps + 1];
    const { log } = this.input;
    const { row } = this.states[steps]!;
    if (next?.kind !== 'usage' || log.at[row]! > at) return { steps, row };
    return { steps, row: Math.min(next.row, lowerBound(log.at, at + 1, row)) };
  }

  /** The end of the step in which a timeline record was made. */
  placeOfRecord(record: number): Place {
    return this.after(this.#firstAfter(({ records }) => records > record));
  }

  /** Right after a usage row; at the end of its step where it is its last. */
  placeOfRow(row: number): Place {
    const next = this.#firstAfter((state) => state.row > row);
    return this.states[next]!.row === row + 1 ? this.after(next) : { steps: next - 1, row: row + 1 };
  }

  /** The step that issued an invoice. */
  stepOfInvoice(invoice: number): number {
    return this.#firstAfter(({ invoices }) => invoices > invoice);
  }

  /** The span of the rows that a place lies within; null at the end of a step. */
  spanAt({ steps, row }: Place): UsageSpan | null {
    const { row: done, spans } = this.states[steps]!;
    return row > done ? this.state.spans[spans]! : null;
  }

  /** What of the span that a place lies within was used by then. */
  usedAt(place: Place): Atoms {
    const span = this.spanAt(place);
    return span?.status === 'accepted' ? this.input.log.sums.between(span.from, place.row) : 0n;
  }

  /** The first state for which a test holds that holds for all after it. */
  #firstAfter(holds: (state: StepState) => boolean): number {
    let low = 0;
    let high = this.states.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.states[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const known = new WeakMap<Account, History>();
/** Some milliseconds of work, after which messages can come in. */
const STEPS_A_TURN = 500;
/** Sooner than this nothing is said of progress. */
const QUIET_MS = 100;

function begun(account: Account): History {
  let history = known.get(account);
  if (history === undefined) known.set(account, (history = new History(account.run.input)));
  return history;
}

export function historyOf(account: Account): History {
  const history = begun(account);
  while (history.goOn(STEPS_A_TURN));
  return history;
}

/**
 * Makes an account's history a piece at a time, where it is not made yet: with some 100,000 recharges it takes seconds.
 * What a cancel leaves is gone on with when it is asked for again.
 * @throws Cancelled
 */
export async function historyMade(
  account: Account,
  { now, yieldToHost }: Pick<Surroundings, 'now' | 'yieldToHost'>,
  context: CallContext,
): Promise<void> {
  const history = begun(account);
  const started = now();
  while (history.goOn(STEPS_A_TURN)) {
    const [done, total] = [history.state.row, account.run.input.log.at.length];
    if (now() - started > QUIET_MS) context.progress({ what: 'Going through the run, usage row', done, total });
    await yieldToHost();
    context.throwIfCancelled();
  }
}

/** Null where nothing was taken and nothing recorded. */
function kindOf(before: StepState, after: State, done: number): StepKind | null {
  if (done === 1) return 'opening';
  if (after.row > before.row) return 'usage';
  if (after.control > before.controls) return 'event';
  if (after.invoices.length > before.invoices) return 'month_end';
  return after.timeline.length > before.records ? 'due' : null;
}

function stateAfter(run: Replay, kind: StepKind, pendingBefore: readonly PendingPurchase[]): StepState {
  const { state } = run;
  const { recharge } = state;
  const samePending =
    pendingBefore.length === state.pending.length && pendingBefore.every((one, i) => one === state.pending[i]);
  return {
    kind,
    at: state.now,
    row: state.row,
    records: state.timeline.length,
    controls: state.control,
    invoices: state.invoices.length,
    spans: state.spans.length,
    credits: state.book.credits,
    debt: state.book.debt,
    access: visibleAccess(run),
    accessReason: rejection(state),
    cutoffAt: state.cutoffAt,
    restoreAt: state.restoreAt,
    limitStopAt: state.limitStopAt,
    plan: state.plan,
    tier: state.tier,
    policy: state.policy,
    pending: samePending ? pendingBefore : [...state.pending],
    pausedFor: recharge.pausedFor,
    cooledAt: recharge.cooledAt,
    waitUntil: recharge.waitUntil,
    declines: recharge.declines,
    monthAccepted: state.monthAccepted,
    monthRecharged: state.monthRecharged,
    paid: state.paid,
    firstPaidAt: state.firstPaidAt,
  };
}

export function balanceOfStep({ credits, debt }: StepState): Atoms {
  return credits - debt;
}
