/** What derivations of one account are worked out from: its history, and what was looked up in it before. */
import type { TraceSource } from '../../contract/trace.ts';
import type { Atoms } from '../../domain/money.ts';
import type { TimelineRecord } from '../../domain/result.ts';
import type { Rates } from '../../domain/scenario.ts';
import type { ControlEvent } from '../../domain/scenario.ts';
import type { UsageBatch } from '../../domain/usage.ts';
import { SCENARIO_SOURCE } from '../../engine/eventBatch.ts';
import type { ReplayInput } from '../../engine/input.ts';
import type { UsageLog } from '../../engine/usageLog.ts';
import type { State } from '../../engine/state.ts';
import type { Account } from '../account.ts';
import { countedAdjustments } from '../counted.ts';
import { withListedRates } from '../listedRates.ts';
import { historyOf, type History, type Place } from './history.ts';
import { ScenarioLines } from './scenarioLines.ts';

/** Kept of what was worked out: enough for a figure and all that is loaded with it. */
const MOST_REMEMBERED = 200;

/** Rows `[from, to)` in which all usage was accepted. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

export class Tracing {
  readonly account: Account;
  readonly history: History;
  readonly input: ReplayInput;
  readonly log: UsageLog;
  readonly state: State;
  readonly lines: ScenarioLines;
  readonly timeline: readonly TimelineRecord[];
  #rates: Rates | null = null;
  #accepted: readonly Run[] | null = null;
  #usageEvents: Uint32Array | null = null;
  #purchases: ReadonlyMap<string, number> | null = null;
  #eventIndexes: ReadonlyMap<ControlEvent, number> | null = null;
  #settingControls: readonly number[] | null = null;
  #sets = new Map<string, unknown>();

  constructor(account: Account) {
    this.account = account;
    this.history = historyOf(account);
    this.input = account.run.input;
    this.log = this.input.log;
    this.state = this.history.state;
    this.timeline = this.state.timeline;
    this.lines = new ScenarioLines(account.scenario.text);
  }

  /** Prices by which rows without a cost were priced. */
  get rates(): Rates {
    const { parsed, sources, priceList } = this.account;
    return (this.#rates ??= withListedRates(parsed, sources, priceList));
  }

  /** Accepted usage as the fewest ranges of rows. */
  get accepted(): readonly Run[] {
    if (this.#accepted !== null) return this.#accepted;
    const runs: { from: number; to: number }[] = [];
    for (const { from, to, status } of this.state.spans) {
      const last = runs.at(-1);
      if (status !== 'accepted') continue;
      if (last?.to === from) last.to = to;
      else runs.push({ from, to });
    }
    return (this.#accepted = runs);
  }

  /** The timeline record of a purchase that was paid, by its id; -1 where there is none. */
  purchaseRecord(id: string): number {
    this.#purchases ??= new Map(
      this.timeline.flatMap((entry, record) => (entry.type === 'purchase' ? [[entry.id, record] as const] : [])),
    );
    return this.#purchases.get(id) ?? -1;
  }

  /** The step in which a timeline record was made. */
  stepOf(record: number): number {
    return this.history.placeOfRecord(record).steps;
  }

  /** The place of a control event in the scenario's file; null for what an import brought. */
  eventIndex(event: ControlEvent): number | null {
    this.#eventIndexes ??= new Map(
      this.account.parsed.events.flatMap((one, index) => (one.type === 'usage' ? [] : [[one, index] as const])),
    );
    return this.#eventIndexes.get(event) ?? null;
  }

  /** Where a control event is from: the scenario, or an imported row that was a correction. */
  sourceOfControl(control: number): TraceSource | null {
    const event = this.input.controls[control]?.event;
    if (event === undefined) return null;
    const index = this.eventIndex(event);
    return index === null ? this.#sourceOfCorrection(control) : this.sourceOfEvent(index);
  }

  sourceOfEvent(event: number): TraceSource {
    return { event, line: this.lines.lineOf(['events', event]) };
  }

  /** Corrections of imports are control events in time order, as they are here. */
  #sourceOfCorrection(control: number): TraceSource | null {
    const corrections = this.remembered('corrections', () =>
      countedAdjustments(this.account.sources).sort((a, b) => a.at - b.at),
    );
    const places = this.remembered('correction places', () => {
      const found = new Map<number, number>();
      for (const [index, { event }] of this.input.controls.entries())
        if (this.eventIndex(event) === null) found.set(index, found.size);
      return found;
    });
    const correction = corrections[places.get(control) ?? -1];
    return correction === undefined ? null : { file: correction.source, line: correction.line };
  }

  /** Control events that change the policy, in order. */
  get settingControls(): readonly number[] {
    return (this.#settingControls ??= this.input.controls.flatMap(({ event }, index) =>
      event.type === 'policy' || event.type === 'auto_recharge' ? [index] : [],
    ));
  }

  /** The imported row that a row of the log is, or is a part of. */
  sourceOfRow(row: number): TraceSource {
    const { batch, index } = this.log.origin(row);
    if (isScenarios(batch)) return this.sourceOfEvent(this.#usageEvent(index));
    return { file: batch.source, line: batch.line?.[index] ?? null };
  }

  /** Usage events of the scenario are rows in time order. */
  #usageEvent(index: number): number {
    if (this.#usageEvents === null) {
      const { events } = this.account.parsed;
      const usage = events.flatMap(({ type }, event) => (type === 'usage' ? [event] : []));
      this.#usageEvents = Uint32Array.from(usage.sort((a, b) => events[a]!.at - events[b]!.at));
    }
    return this.#usageEvents[index]!;
  }

  /** The place of two numbers of a key; null where the run has none such. */
  place(steps: number | undefined, row: number | undefined): Place | null {
    if (steps === undefined || row === undefined || !Number.isInteger(steps)) return null;
    const here = steps < 0 ? undefined : this.history.states[steps];
    if (here === undefined || row < here.row) return null;
    const next = this.history.states[steps + 1];
    return row === here.row || (next?.kind === 'usage' && row < next.row) ? { steps, row } : null;
  }

  /** What a name stands for, worked out once and kept while it is among the last that were asked for. */
  remembered<T>(name: string, of: () => T): T {
    if (this.#sets.has(name)) return this.#sets.get(name) as T;
    const value = of();
    const oldest = this.#sets.keys().next();
    if (this.#sets.size >= MOST_REMEMBERED && oldest.done !== true) this.#sets.delete(oldest.value);
    this.#sets.set(name, value);
    return value;
  }

  /** The balance at a place. */
  balanceAt(place: Place): Atoms {
    const { credits, debt } = this.bookAt(place);
    return credits - debt;
  }

  bookAt(place: Place): { readonly credits: Atoms; readonly debt: Atoms } {
    const { credits, debt } = this.history.states[place.steps]!;
    const span = this.history.spanAt(place);
    if (span === null) return { credits, debt };
    const used = this.history.usedAt(place);
    const covered = used < credits ? used : credits;
    return { credits: credits - covered, debt: span.uncovered === 'overrun' ? debt + used - covered : debt };
  }
}

/** Whether a batch is the scenario's own usage events; a file may have any name, and its rows have lines or ids. */
function isScenarios({ source, line, ids, project }: UsageBatch): boolean {
  return source === SCENARIO_SOURCE && line === null && ids === null && project === null;
}

const known = new WeakMap<Account, Tracing>();

export function tracingOf(account: Account): Tracing {
  let tracing = known.get(account);
  if (tracing === undefined) known.set(account, (tracing = new Tracing(account)));
  return tracing;
}
