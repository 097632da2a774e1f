/** An account's run under other values, and what is drawn of it, each part worked out when it is first asked for. */
import type { WhatIfProblem } from '../../contract/whatIf.ts';
import type { CallContext } from '../../contract/rpc.ts';
import { minorUnit } from '../../domain/money.ts';
import { autoRechargeProblem, mergeAutoRecharge, mergePolicy } from '../../domain/policy.ts';
import { policyPatch, policyValue } from '../../domain/policyControls.ts';
import type { ControlEvent } from '../../domain/scenario.ts';
import { formatInstant, startOfMonth, type Instant } from '../../domain/time.ts';
import { BalanceCourse } from '../../engine/course.ts';
import { InputError, type ReplayInput } from '../../engine/input.ts';
import { SumOverflow } from '../../engine/prefixSums.ts';
import { Replay } from '../../engine/replay.ts';
import type { Account } from '../account.ts';
import type { Surroundings } from '../surroundings.ts';
import { valueSetBy } from './controls.ts';
import { figuresOf, type Figure } from './figures.ts';
import { repriced } from './ratesInForce.ts';
import type { Values } from './values.ts';

/** After a month of the account that takes longer than this, messages can come in. */
const PATIENCE_MS = 10;

export class WhatIfRun {
  readonly run: Replay;
  readonly replayMs: number;
  readonly pricingMs: number;
  #course: BalanceCourse | null;
  #figures: readonly Figure[] | null = null;
  #account: Account | null;
  readonly #of: Account;

  constructor(of: Account, run: Replay, replayMs = 0, pricingMs = 0) {
    this.run = run;
    this.replayMs = replayMs;
    this.pricingMs = pricingMs;
    this.#of = of;
    this.#course = run === of.run ? of.course : null;
    this.#account = run === of.run ? of : null;
  }

  get course(): BalanceCourse {
    return (this.#course ??= new BalanceCourse(this.run));
  }

  get figures(): readonly Figure[] {
    return (this.#figures ??= figuresOf(this.run, this.course));
  }

  /**
   * The run in an account's clothes, for what is drawn of accounts. Without its sources: how far off figures are where usage
   * covers a time is not worked out here, for that takes two further runs of every change.
   */
  get account(): Account {
    const { run, course, replayMs } = this;
    return (this.#account ??= { ...this.#of, run, course, replayMs, sources: [], expectations: [] });
  }
}

export type RunMade =
  { readonly ok: true; readonly made: WhatIfRun } | { readonly ok: false; readonly problems: readonly WhatIfProblem[] };

/** Replays an account under other values. Long runs let messages in, so that they can be cancelled. */
export async function runUnder(
  account: Account,
  values: Values,
  { now, yieldToHost }: Surroundings,
  context: CallContext,
): Promise<RunMade> {
  try {
    const started = now();
    const input = inputUnder(account, values);
    const problem = rechargeProblem(input);
    if (problem !== null) return { ok: false, problems: [problem] };
    const priced = now();
    const run = new Replay(input);
    // month by month: there every run has a boundary, so that it is the same as one made in one go
    for (let monthEnd = run.state.monthEnd; ; monthEnd = startOfMonth(monthEnd, input.zone, 1)) {
      const monthStarted = now();
      run.advance(Math.min(monthEnd - 1, input.until));
      if (monthEnd > input.until) break;
      if (now() - monthStarted < PATIENCE_MS) continue;
      await yieldToHost();
      context.throwIfCancelled();
    }
    const pricingMs = values.rates.size === 0 ? 0 : priced - started;
    return { ok: true, made: new WhatIfRun(account, run, now() - priced, pricingMs) };
  } catch (error) {
    if (!(error instanceof InputError || error instanceof SumOverflow)) throw error;
    return { ok: false, problems: [{ path: null, column: null, message: error.message }] };
  }
}

/**
 * What a run under other values is made of.
 * @param from the account's input, or one with its usage read otherwise
 * @throws SumOverflow
 */
export function inputUnder(account: Account, values: Values, from?: ReplayInput): ReplayInput {
  const priced = from ?? repriced(account, values.rates);
  const events = changedEvents(account, values);
  return {
    ...priced,
    policy: values.policy,
    zone: values.zone ?? priced.zone,
    controls:
      events.size === 0
        ? priced.controls
        : priced.controls.map((placed) => {
            const event = events.get(placed.event);
            return event === undefined ? placed : { ...placed, event };
          }),
  };
}

/** The scenario's events that other values change: grants of another priority, and what would set a value that is held. */
function changedEvents({ parsed }: Account, values: Values): Map<ControlEvent, ControlEvent> {
  const changed = new Map<ControlEvent, ControlEvent>();
  if (values.priorities.size + values.held.size === 0) return changed;
  for (const [index, event] of parsed.events.entries()) {
    if (event.type === 'usage') continue;
    const priority = values.priorities.get(index);
    if (event.type === 'grant' && priority !== undefined) changed.set(event, { ...event, priority });
    const held = heldIn(event, values);
    if (held.length > 0) changed.set(event, holding(event, held));
  }
  return changed;
}

/** Held values that an event would set. */
export function heldIn(event: ControlEvent, { held, policy }: Values) {
  return [...held].flatMap((path) =>
    valueSetBy(event, path) === undefined ? [] : [[path, policyValue(policy, path)] as const],
  );
}

export function holding(event: ControlEvent, held: ReturnType<typeof heldIn>): ControlEvent {
  const patch = policyPatch(held);
  if (event.type === 'auto_recharge') return { ...event, set: { ...event.set, ...patch.auto_recharge } };
  if (event.type !== 'policy') return event;
  const set: Record<string, unknown> = { ...event.set };
  for (const [group, value] of Object.entries(patch) as [string, unknown][])
    set[group] = isMap(value) ? { ...(set[group] as object | undefined), ...value } : value;
  return { ...event, set };
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Settings of auto-recharge that do not go together, at the opening or after an event that sets some of them. */
export function rechargeProblem({
  policy: first,
  controls,
  minorDigits,
  opened,
  until,
}: ReplayInput): WhatIfProblem | null {
  const minor = minorUnit(minorDigits);
  let policy = first;
  const found = (at: Instant): WhatIfProblem | null => {
    const problem = autoRechargeProblem(policy.auto_recharge, minor);
    if (problem === null) return null;
    const since = at === opened ? '' : ` (in force from ${formatInstant(at)})`;
    return { path: `auto_recharge.${problem.field}`, column: null, message: problem.what + since };
  };
  let problem = found(opened);
  for (const { event } of controls) {
    if (problem !== null || event.at > until) break;
    if (event.type === 'auto_recharge')
      policy = { ...policy, auto_recharge: mergeAutoRecharge(policy.auto_recharge, event.set) };
    else if (event.type === 'policy') policy = mergePolicy(policy, event.set);
    else continue;
    problem = found(event.at);
  }
  return problem;
}
