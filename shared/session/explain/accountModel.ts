/** An open account as a model to explain: its real replay under changed assumptions, beside what others state. */
import { divideRounded, minorUnit, parseAmount, type Atoms } from '../../domain/money.ts';
import { DAY_MS, MINUTE_MS, type Instant } from '../../domain/time.ts';
import { InputError } from '../../engine/input.ts';
import { SumOverflow } from '../../engine/prefixSums.ts';
import { Replay } from '../../engine/replay.ts';
import type { Change, Model, StatedFigure } from '../../reconcile/explain/model.ts';
import { zonesBeside } from '../../reconcile/explain/zones.ts';
import type { Account } from '../account.ts';
import { hasBuckets } from '../counted.ts';
import { ZONE_PATH } from '../whatIf/paths.ts';
import { inputUnder, rechargeProblem } from '../whatIf/runs.ts';
import { readValues } from '../whatIf/values.ts';
import { Measured, type Lens, type Measure } from './measures.ts';
import { nearbyPolicy, policyChanges, zoneChange } from './policyChanges.ts';
import { inputWith, type RowChoices } from './rowChoices.ts';
import { slicesOf } from './slices.ts';
import { postedAfter, sliceChanges, usageChanges, type Effect } from './usageChanges.ts';

/** A figure that somebody states of the account, and how it is worked out of a run. */
export interface StatedTotal {
  readonly id: string;
  readonly label: string;
  readonly measure: Measure;
  /** Exact decimal; of one that is no finer than the minor unit, as many digits are compared. */
  readonly stated: string;
}

/** Minutes by which usage may be posted later, where a zone is told from that. */
const SHIFTS = Array.from({ length: 24 }, (_, quarter) => 15 * (quarter + 1));

/** Runs that are kept for what only looks at them otherwise. */
const KEPT_RUNS = 300;

/** Rows that are laid together anew in a millisecond or two. */
const QUICK_ROWS = 5_000;

/** Beyond so many rows parts of the data are taken off figures and not replayed. */
const MOST_REPLAYED = 100_000;

/** Pairs that are run, those whose effects nearly add up first; fewer where each takes longer. */
export function pairsFor({ run }: Account): number {
  return run.input.log.count <= MOST_REPLAYED ? 1_500 : 300;
}

export class AccountModel implements Model {
  readonly totals: readonly StatedFigure[];
  readonly changes: readonly Change[];
  readonly tells: readonly Change[];
  readonly account: Account;
  readonly #stated: readonly StatedTotal[];
  readonly #units: readonly Atoms[];
  readonly #effects: Map<Change, Effect>;
  readonly #runs = new Map<string, Replay | null>();

  /**
   * @param target what differs
   * @param others whatever else is stated
   */
  constructor(account: Account, target: StatedTotal, others: readonly StatedTotal[], tells: readonly Change[] = []) {
    this.account = account;
    this.#stated = [target, ...others.filter(({ id }) => id !== target.id)];
    const { minorDigits } = account.run.input;
    // what is stated finer than the minor unit was not rounded to it
    this.#units = this.#stated.map(({ stated }) => (digitsOf(stated) > minorDigits ? 1n : minorUnit(minorDigits)));
    this.totals = this.#stated.map(({ id, label, stated, measure }, index): StatedFigure => ({
      ...{ id, label, stated: atomsOf(stated) },
      relation: index === 0 ? 'target' : isPart(measure, target.measure) ? 'part' : 'independent',
    }));
    const usage = touchesUsage(target.measure) ? [...usageChanges(account), ...this.#slices()] : [];
    this.#effects = new Map(usage.map((change) => [change, change.effect]));
    this.changes = [...policyChanges(account), ...usage];
    this.tells = tells;
  }

  /** What the target measures. */
  get measure(): Measure {
    return this.#stated[0]!.measure;
  }

  /**
   * Parts of the data are only taken off figures here: what else would have come of them is seen in `confirm`. Where that
   * may be much, for usage is refused or would be, all is replayed, as long as it is quick.
   */
  run(changes: readonly Change[]): (Atoms | null)[] | null {
    const slices = changes.flatMap((change) => this.#effectOf(change).slice ?? []);
    // of a file that is not there grown copies are not either, and what they took the place of is
    if (slices.some(({ kind, times }) => kind === 'file' && times < 0)) return this.confirm(changes);
    const measured = this.measured(changes);
    const isQuick = this.account.run.input.log.count <= QUICK_ROWS;
    return isQuick && measured?.slicesRefuse() === true ? this.confirm(changes) : this.#figures(measured);
  }

  confirm(changes: readonly Change[]): (Atoms | null)[] | null {
    return this.#figures(this.replayed(changes));
  }

  #figures(measured: Measured | null): (Atoms | null)[] | null {
    if (measured === null) return null;
    return this.#stated.map(({ measure }, index) => {
      const figure = measured.figure(measure);
      const unit = this.#units[index]!;
      return figure === null ? null : divideRounded(figure, unit, 'half_up') * unit;
    });
  }

  /** The account's run under changes, and how it is looked at; null where they cannot hold. */
  measured(changes: readonly Change[]): Measured | null {
    const effects = changes.map((change) => this.#effectOf(change));
    const { set, rows, lens } = merged(effects);
    const run = this.#runUnder(set, rows);
    if (run === null) return null;
    const { log } = run.input;
    const { zone } = this.account.run.input;
    const slices = effects.flatMap(({ slice }) => {
      if (slice === undefined) return [];
      const found = slicesOf(log, slice.kind, zone, rows.postedAfter ?? 0).get(slice.key) ?? [];
      return [{ slice: { rows: found }, times: slice.times }];
    });
    return new Measured(run, slices.length === 0 ? lens : { ...lens, slices });
  }

  /** As `measured`, with parts of the data left out or repeated before the replay. */
  replayed(changes: readonly Change[]): Measured | null {
    const effects = changes.map((change) => this.#effectOf(change));
    const slices = effects.flatMap(({ slice }) => slice ?? []);
    const { sources, run: saved } = this.account;
    // a bucket is no part of one hour alone; and to lay very many rows together anew takes too long
    const cutsBuckets = hasBuckets(sources) && slices.some(({ kind }) => kind === 'hour' || kind === 'day');
    if (slices.length === 0 || saved.input.log.count > MOST_REPLAYED || cutsBuckets) return this.measured(changes);
    const { set, rows, lens } = merged(effects);
    const run = this.#replayed(set, { ...rows, slices });
    return run === null ? null : new Measured(run, lens);
  }

  /** What What-if and a new version of the policy take; null where some change is none of the policy. */
  setOf(changes: readonly Change[]): Readonly<Record<string, string>> | null {
    const sets = changes.map((change) => this.#effectOf(change).set);
    return sets.some((set) => set === undefined) ? null : (Object.assign({}, ...sets) as Record<string, string>);
  }

  nearby(change: Change): readonly Change[] {
    const minutes = this.#effectOf(change).rows?.postedAfter;
    if (minutes !== undefined)
      return [minutes / MINUTE_MS - 1, minutes / MINUTE_MS + 1].map((each) => this.#added(each));
    // a clock that is ahead counts usage as if it were posted later
    if (change.parameter === ZONE_PATH)
      return [...zonesBeside(String(change.value)).map(zoneChange), ...SHIFTS.map((shift) => this.#added(shift))];
    return nearbyPolicy(change);
  }

  #added(minutes: number): Change {
    const change = postedAfter(minutes);
    this.#effects.set(change, change.effect);
    return change;
  }

  #effectOf(change: Change): Effect {
    return this.#effects.get(change) ?? { set: { [change.parameter]: String(change.value) } };
  }

  #runUnder(set: Readonly<Record<string, string>>, rows: RowChoices): Replay | null {
    const key = JSON.stringify([set, rows]);
    const kept = this.#runs.get(key);
    if (kept !== undefined) return kept;
    const run = key === '[{},{}]' ? this.account.run : this.#replayed(set, rows);
    if (this.#runs.size < KEPT_RUNS && (run === null || this.#isLight(run))) this.#runs.set(key, run);
    return run;
  }

  /** Whether a run may be kept: it has few rows, or the account's own, of which there is one. */
  #isLight({ input: { log } }: Replay): boolean {
    return log === this.account.run.input.log || log.count <= QUICK_ROWS;
  }

  #replayed(set: Readonly<Record<string, string>>, rows: RowChoices): Replay | null {
    const read = readValues(this.account, { set });
    if (!read.ok) return null;
    try {
      const input = inputUnder(this.account, read.values, inputWith(this.account, rows));
      return rechargeProblem(input) === null ? new Replay(input).advance(input.until) : null;
    } catch (error) {
      if (error instanceof InputError || error instanceof SumOverflow) return null;
      throw error;
    }
  }

  /** Parts of the data of which open figures are made, or that lie just beside them. */
  #slices(): ReturnType<typeof sliceChanges> {
    const base = new Measured(this.account.run, {});
    const figures = this.#figures(base) ?? [];
    const open = this.#stated.filter((_, index) => index === 0 || figures[index] !== this.totals[index]!.stated);
    const windows = open.flatMap(({ measure }, index) =>
      index === 0 || measure.kind === 'usage' ? [windowOf(measure, base)] : [],
    );
    const from = Math.min(...windows.map(([start]) => start));
    const to = Math.max(...windows.map(([, end]) => end));
    return sliceChanges(this.account, from - DAY_MS, to + DAY_MS);
  }
}

/** What changes do together. */
function merged(effects: readonly Effect[]): {
  readonly set: Readonly<Record<string, string>>;
  readonly rows: RowChoices;
  readonly lens: Lens;
} {
  return {
    set: Object.assign({}, ...effects.map(({ set }) => set ?? {})) as Record<string, string>,
    rows: Object.assign({}, ...effects.map(({ rows }) => rows ?? {})) as RowChoices,
    lens: Object.assign({}, ...effects.map(({ lens }) => lens ?? {})) as Lens,
  };
}

function windowOf(measure: Measure, base: Measured): readonly [from: Instant, to: Instant] {
  if (measure.kind === 'balance') return [measure.at - 31 * DAY_MS, measure.at];
  return 'period' in measure ? base.window(measure.period, 'day' in measure ? measure.day : null) : [0, 0];
}

function touchesUsage({ kind }: Measure): boolean {
  return kind !== 'charged';
}

/** Whether a figure is made of some of what another is made of, and so is no witness of its own. */
function isPart(measure: Measure, target: Measure): boolean {
  const isUsage = (one: Measure): one is Measure & { kind: 'usage' | 'due' } =>
    one.kind === 'usage' || one.kind === 'due';
  return isUsage(measure) && isUsage(target) && measure.period === target.period;
}

function digitsOf(stated: string): number {
  return stated.split('.')[1]?.length ?? 0;
}

/** @throws Error for a figure that cannot be read: whoever hands it on has read it before */
function atomsOf(stated: string): Atoms {
  const atoms = parseAmount(stated);
  if (typeof atoms !== 'bigint') throw new Error(`${stated} is no exact amount`);
  return atoms;
}
