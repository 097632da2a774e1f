/**
 * The account under what was adopted for its vendor. An adoption is in force from the month of its entry on; a sealed month
 * keeps what was adopted before its seal. The scenario stays as it is: a run under other values stands in for its own.
 */
import type { AdoptedValues, ReconMonth } from '../../contract/reconcile.ts';
import type { WhatIfProblem } from '../../contract/whatIf.ts';
import type { ControlEvent, ScenarioEvent } from '../../domain/scenario.ts';
import { BalanceCourse } from '../../engine/course.ts';
import { InputError, type ReplayInput } from '../../engine/input.ts';
import { SumOverflow } from '../../engine/prefixSums.ts';
import { Replay } from '../../engine/replay.ts';
import type { Decisions } from '../../reconcile/log/fold.ts';
import type { Account } from '../account.ts';
import { ratesOf } from '../whatIf/ratesInForce.ts';
import { inputUnder, rechargeProblem } from '../whatIf/runs.ts';
import { readValues, type Values } from '../whatIf/values.ts';
import { nextMonth } from './item.ts';

type ValueSet = AdoptedValues['set'];

/** What stands for a month: the account under what is adopted, or as it is saved where that cannot be. */
export interface MonthAccount {
  readonly account: Account;
  /** Why what is adopted cannot be replayed; null where it can. */
  readonly problem: string | null;
}

/** In force in a month, earliest first: a later one goes over an earlier. */
export function adoptedIn({ adopted, periods }: Decisions, month: ReconMonth): AdoptedValues[] {
  const sealed = periods.get(month)?.sealed ?? null;
  return adopted
    .filter(({ from, seq }) => from <= month && (sealed === null || seq < sealed.seq))
    .sort((a, b) => (a.from === b.from ? a.seq - b.seq : a.from < b.from ? -1 : 1))
    .map(({ from, set, sentence }) => ({ from, set, sentence }));
}

/** The accounts that stand for some month, as they first do; the saved one first. */
export function accountsOf(account: Account, decisions: Decisions): Account[] {
  // what is in force changes with an adoption, and before and after a sealed month
  const turns = [...decisions.adopted.map(({ from }) => from), ...decisions.periods.keys()];
  const months = decisions.adopted.length === 0 ? [] : turns.sort().flatMap((month) => [month, nextMonth(month)]);
  const sets = new Map(months.map((month) => valuesOf(adoptedIn(decisions, month))).map((set) => [keyOf(set), set]));
  return [...new Set([account, ...[...sets.values()].map((set) => accountUnder(account, set).account)])];
}

/** All values of several adoptions, each as the last of them says. */
export function valuesOf(adopted: readonly Pick<AdoptedValues, 'set'>[]): ValueSet {
  return Object.assign({}, ...adopted.map(({ set }) => set)) as ValueSet;
}

/** Runs by the values that they are under: a month is looked at again after every decision. */
const made = new WeakMap<Account, Map<string, MonthAccount>>();

export function accountUnder(account: Account, set: ValueSet): MonthAccount {
  const key = keyOf(set);
  if (key === '[]') return { account, problem: null };
  const known = made.get(account) ?? new Map<string, MonthAccount>();
  made.set(account, known);
  const found = known.get(key) ?? replayed(account, set);
  known.set(key, found);
  return found;
}

/** The same for the same values, in whatever order they were adopted. */
export function keyOf(set: ValueSet): string {
  return JSON.stringify(Object.entries(set).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function replayed(account: Account, set: ValueSet): MonthAccount {
  const failed = (problem: string): MonthAccount => ({ account, problem });
  const read = readValues(account, { set });
  if (!read.ok) return failed(read.problems.map(problemText).join('; '));
  try {
    const input = inputUnder(account, read.values);
    const problem = rechargeProblem(input);
    if (problem !== null) return failed(problemText(problem));
    const run = new Replay(input).advance(input.until);
    const course = new BalanceCourse(run);
    return { account: { ...account, parsed: parsedUnder(account, read.values, input), run, course }, problem: null };
  } catch (error) {
    if (error instanceof InputError || error instanceof SumOverflow) return failed(error.message);
    throw error;
  }
}

function problemText({ path, message }: WhatIfProblem): string {
  return path === null ? message : `${path} ${message}`;
}

/** The scenario with the values in it, so that what is changed next is changed on top of them. */
function parsedUnder(account: Account, { policy, zone, rates }: Values, input: ReplayInput): Account['parsed'] {
  const { parsed, run } = account;
  // the events of the run under the values, in the place of those of the saved one
  const changed = new Map<ScenarioEvent, ControlEvent>(
    run.input.controls.map(({ event }, index) => [event, input.controls[index]?.event ?? event]),
  );
  return {
    ...{ ...parsed, policy, events: parsed.events.map((event) => changed.get(event) ?? event) },
    account: zone === null ? parsed.account : { ...parsed.account, timezone: zone.name },
    rates: rates.size === 0 ? parsed.rates : new Map([...ratesOf(account), ...rates]),
  };
}
