/**
 * What must hold between the parts of a scenario, beyond what each part says for itself: instants against the opening
 * and the end, and the auto-recharge settings that are in force.
 */
import { minorDigitsOf, minorUnit } from '../domain/money.ts';
import {
  autoRechargeProblem,
  DEFAULT_POLICY,
  mergeAutoRecharge,
  mergePolicy,
  type AutoRecharge,
  type PolicyPatch,
} from '../domain/policy.ts';
import type { Account, DeclineWindow, Expectation, Rates, ScenarioEvent, UsageSource } from '../domain/scenario.ts';
import { addDuration, formatInstant, parseDuration, zoneOf, type Duration, type Instant } from '../domain/time.ts';
import type { Finding } from './issues.ts';
import type { Path } from './problems.ts';

/** A scenario as far as it could be read: what is wrong in itself (and reported) is `undefined`, `null` was not given. */
export interface Draft {
  readonly title: string | undefined;
  readonly account: Account | undefined;
  readonly policy: PolicyPatch | undefined;
  readonly rates: Rates | undefined;
  readonly until: Instant | null | undefined;
  readonly declines: readonly (DeclineWindow | undefined)[];
  readonly usage: readonly (UsageSource | undefined)[];
  readonly events: readonly (ScenarioEvent | undefined)[];
  readonly expect: readonly (Expectation | undefined)[];
}

type Report = (finding: Finding) => void;

const LONGEST = parseDuration('P100Y') as Duration;

/** Reports everything that does not fit together. What could not be read is taken to be right. */
export function checkDraft(draft: Draft, report: Report): void {
  checkInstants(draft, report);
  checkAutoRecharge(draft, report);
}

function checkInstants({ account, usage, events, until, expect }: Draft, report: Report): void {
  if (account === undefined) return;
  const wrong = (path: Path, message: string): void => report({ path, atKey: false, message });
  const { opened } = account;
  if (opened === null && events.length === 0 && usage.length === 0) {
    wrong(
      ['account', 'opened'],
      'opened is missing, and there is no event or usage source to take it from; add opened to the account, or events',
    );
    return;
  }
  if (opened !== null) {
    const before = `lies before account.opened, ${formatInstant(opened)}; nothing can happen before the account opens`;
    events.forEach((event, index) => {
      if (event !== undefined && event.at < opened) wrong(['events', index, 'at'], `at ${before}`);
    });
    usage.forEach((source, index) => {
      if (source?.kind === 'generate' && source.generate.from < opened)
        wrong(['usage', index, 'generate', 'from'], `from ${before}`);
    });
  }

  const opening = openingRange(opened, usage, events);
  const beforeOpening = `lies before the opening of the account, ${formatIfFinite(opening.least)}`;
  const latest = Number.isFinite(opening.most)
    ? addDuration(opening.most, LONGEST, zoneOf(account.timezone) ?? { name: 'UTC', offsetAt: () => 0 })
    : Infinity;
  const tooLate = `lies more than 100 years after the opening of the account, ${formatIfFinite(opening.most)}`;
  if (typeof until === 'number') {
    if (until < opening.least) wrong(['until'], `until ${beforeOpening}; a simulation ends at its opening or later`);
    else if (until > latest) wrong(['until'], `until ${tooLate}; end the simulation earlier`);
  } else if (until === null) {
    // without `until` the last event ends the simulation
    events.forEach((event, index) => {
      if (event !== undefined && event.at > latest)
        wrong(['events', index, 'at'], `at ${tooLate}; set until to end the simulation earlier`);
    });
  }
  expect.forEach((expectation, index) => {
    if (expectation?.kind === 'at' && expectation.at < opening.least)
      wrong(['expect', index, 'at'], `at ${beforeOpening}; there is nothing to expect yet`);
  });
}

/** The bounds of the opening instant: equal where it is given or follows from the file alone. */
function openingRange(
  opened: Instant | null,
  usage: Draft['usage'],
  events: Draft['events'],
): { readonly least: number; readonly most: number } {
  if (opened !== null) return { least: opened, most: opened };
  let least = Infinity;
  let most = Infinity;
  for (const event of events) {
    // an event that could not be read may be the first
    least = Math.min(least, event?.at ?? -Infinity);
    most = Math.min(most, event?.at ?? Infinity);
  }
  for (const source of usage) least = Math.min(least, source?.kind === 'generate' ? source.generate.from : -Infinity);
  return { least, most };
}

function formatIfFinite(instant: number): string {
  return Number.isFinite(instant) ? formatInstant(instant) : '';
}

/** Auto-recharge settings must be consistent at the opening and after each event that changes them, in order of time. */
function checkAutoRecharge({ account, policy, events, until }: Draft, report: Report): void {
  if (account === undefined || policy === undefined || until === undefined) return;
  // one that could not be read may be what makes a later one right
  if (events.includes(undefined)) return;
  const unit = minorUnit(minorDigitsOf(account.currency));
  let settings = mergePolicy(DEFAULT_POLICY, policy).auto_recharge;
  let last: string | null = null;
  const check = (base: Path): void => {
    const problem = autoRechargeProblem(settings, unit);
    // an event is answerable for what it breaks, not for what was broken before it
    if (problem !== null && problem.what !== last)
      report({ path: [...base, problem.field], atKey: false, message: problem.what });
    last = problem?.what ?? null;
  };
  check(['policy', 'auto_recharge']);
  for (const { event, index, set, base } of rechargeEvents(events)) {
    if (until !== null && event.at > until) continue;
    settings = mergeAutoRecharge(settings, set);
    check(['events', index, ...base]);
  }
}

interface RechargeEvent {
  readonly event: ScenarioEvent;
  readonly index: number;
  readonly set: Partial<AutoRecharge>;
  /** Where in the event its settings stand. */
  readonly base: Path;
}

/** The events that change auto-recharge, in order of time; at one instant in that of the file. */
function rechargeEvents(events: Draft['events']): RechargeEvent[] {
  const found: RechargeEvent[] = [];
  events.forEach((event, index) => {
    if (event?.type === 'auto_recharge') found.push({ event, index, set: event.set, base: [] });
    if (event?.type === 'policy' && event.set.auto_recharge !== undefined)
      found.push({ event, index, set: event.set.auto_recharge, base: ['set', 'auto_recharge'] });
  });
  return found.sort((one, other) => one.event.at - other.event.at);
}
