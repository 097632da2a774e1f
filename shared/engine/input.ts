/**
 * A scenario made ready for replay: usage as a log, everything else as control events that know their place in it.
 */
import { minorDigitsOf } from '../domain/money.ts';
import { autoRechargeProblem, mergeAutoRecharge, mergePolicy, type Policy } from '../domain/policy.ts';
import { minorUnit } from '../domain/money.ts';
import type { ControlEvent, DeclineWindow, Plan, Scenario, UsageEvent } from '../domain/scenario.ts';
import { addDuration, formatInstant, parseDuration, zoneOf, type Instant, type Zone } from '../domain/time.ts';
import { batchOfEvents } from './eventBatch.ts';
import type { Placement, UsageAdjustment, UsageBatch } from '../domain/usage.ts';
import { lowerBound } from './prefixSums.ts';
import { buildUsageLog, type RowProblem, type UsageLog } from './usageLog.ts';

/** A control event and the number of usage rows that come before it. */
export interface PlacedEvent {
  readonly event: ControlEvent;
  readonly position: number;
}

export interface ReplayInput {
  readonly title: string;
  readonly accountId: string;
  readonly currency: string;
  readonly minorDigits: number;
  readonly zone: Zone;
  readonly plan: Plan;
  readonly policy: Policy;
  readonly declines: readonly DeclineWindow[];
  readonly opened: Instant;
  readonly until: Instant;
  readonly log: UsageLog;
  readonly controls: readonly PlacedEvent[];
}

/** An input that the model calls an error; the message says what would be right. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

const LONGEST_RUN = parseDuration('P100Y')!;

/**
 * Lays a scenario and the rows of its usage sources together. Rows of `sources` come after the scenario's own events of
 * the same instant (scenario format). Negative rows that importers met arrive as adjustments. `placements` say where the
 * buckets of each source are placed (`placement.ts`); wherever that is, the run covers them whole.
 * @returns the input, and the rows that could not be priced (they are left at no cost; a caller refuses to run on them).
 * @throws InputError where the model calls the input an error.
 */
export function prepare(
  scenario: Scenario,
  sources: readonly UsageBatch[] = [],
  adjustments: readonly UsageAdjustment[] = [],
  placements: readonly (Placement | null)[] = [],
): { readonly input: ReplayInput; readonly problems: readonly RowProblem[] } {
  const usageEvents: UsageEvent[] = [];
  const controls: { event: ControlEvent; usageBefore: number }[] = [];
  for (const event of inTimeOrder(scenario.events)) {
    if (event.type === 'usage') usageEvents.push(event);
    else controls.push({ event, usageBefore: usageEvents.length });
  }
  const own = usageEvents.length > 0 ? [batchOfEvents(usageEvents)] : [];
  const { log, problems } = buildUsageLog([...own, ...sources], scenario.rates, [
    ...own.map(() => null),
    ...placements,
  ]);
  const placed = placeEvents(controls, usageEvents, adjustments, log);
  const input = inputOf(scenario, log, placed);
  check(input);
  return { input, problems };
}

/** The same usage and events under another policy, account or set of declines; nothing is copied. */
export function withPolicy(input: ReplayInput, policy: Policy): ReplayInput {
  return { ...input, policy };
}

function inTimeOrder<E extends { readonly at: Instant }>(events: readonly E[]): readonly E[] {
  return [...events].sort((a, b) => a.at - b.at);
}

function placeEvents(
  controls: readonly { event: ControlEvent; usageBefore: number }[],
  usageEvents: readonly UsageEvent[],
  adjustments: readonly UsageAdjustment[],
  log: UsageLog,
): PlacedEvent[] {
  const placed: PlacedEvent[] = [];
  let from = 0;
  for (const { event, usageBefore } of controls) {
    // rows of this instant that the scenario lists before the event precede it; they come first among its rows
    let sameInstant = 0;
    while (sameInstant < usageBefore && usageEvents[usageBefore - 1 - sameInstant]!.at === event.at) sameInstant++;
    from = lowerBound(log.at, event.at, from);
    placed.push({ event, position: from + sameInstant });
  }
  if (adjustments.length === 0) return placed;
  const corrections = inTimeOrder(adjustments).map(({ at, amount }): PlacedEvent => {
    const event: ControlEvent = { type: 'adjustment', at, id: null, amount };
    // like rows of a usage source: after the scenario's events and rows of the instant
    return { event, position: lowerBound(log.at, at + 1, 0) };
  });
  return [...placed, ...corrections].sort((a, b) => a.event.at - b.event.at || a.position - b.position);
}

function inputOf(scenario: Scenario, log: UsageLog, controls: readonly PlacedEvent[]): ReplayInput {
  const { account } = scenario;
  const zone = zoneOf(account.timezone);
  if (zone === null) throw new InputError(`account.timezone ${account.timezone} is not a known IANA zone`);
  const firsts = [log.from, controls[0]?.event.at ?? Infinity];
  const lasts = [log.to, controls.at(-1)?.event.at ?? -Infinity];
  const opened = account.opened ?? Math.min(...firsts);
  if (opened === Infinity) throw new InputError('the scenario has no event and no account.opened; give one of them');
  const until = scenario.until ?? Math.max(opened, ...lasts);
  return {
    title: scenario.title,
    accountId: account.id,
    currency: account.currency,
    minorDigits: minorDigitsOf(account.currency),
    zone,
    plan: account.plan,
    policy: scenario.policy,
    declines: scenario.declines,
    opened,
    until,
    log,
    controls,
  };
}

/** The errors of section 2 that only the whole input shows. The scenario reader locates most of them before. */
function check(input: ReplayInput): void {
  const { opened, until, log, controls, zone } = input;
  const first = Math.min(log.from, controls[0]?.event.at ?? Infinity);
  if (first < opened)
    throw new InputError(
      `an event at ${formatInstant(first)} lies before the opening at ${formatInstant(opened)}; open the account earlier`,
    );
  if (until < opened)
    throw new InputError(`until ${formatInstant(until)} lies before the opening at ${formatInstant(opened)}`);
  if (until > addDuration(opened, LONGEST_RUN, zone))
    throw new InputError('until lies more than 100 years after the opening');
  checkAutoRecharge(input);
}

function checkAutoRecharge(input: ReplayInput): void {
  const minor = minorUnit(input.minorDigits);
  let { policy } = input;
  const refuse = (at: Instant): void => {
    const problem = autoRechargeProblem(policy.auto_recharge, minor);
    if (problem !== null) throw new InputError(`${problem.what} (in force from ${formatInstant(at)})`);
  };
  refuse(input.opened);
  for (const { event } of input.controls) {
    if (event.at > input.until) break;
    if (event.type === 'auto_recharge')
      policy = { ...policy, auto_recharge: mergeAutoRecharge(policy.auto_recharge, event.set) };
    else if (event.type === 'policy') policy = mergePolicy(policy, event.set);
    else continue;
    refuse(event.at);
  }
}
