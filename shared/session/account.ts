/**
 * An account that is open: its scenario, the usage that belongs to it, and its run. What the app shows and the command
 * line prints both come from here, so both say the same.
 */
import type { LocatedProblem, NamedFile } from '../contract/importing.ts';
import type { CallContext } from '../contract/rpc.ts';
import type { Scenario } from '../domain/scenario.ts';
import { BalanceCourse } from '../engine/course.ts';
import { SCENARIO_SOURCE } from '../engine/eventBatch.ts';
import { replayChecked, type CheckedExpectation } from '../engine/expectations.ts';
import { InputError, prepare } from '../engine/input.ts';
import { SumOverflow } from '../engine/prefixSums.ts';
import type { Replay } from '../engine/replay.ts';
import type { RowProblem } from '../engine/usageLog.ts';
import { readScenario } from '../scenario/read.ts';
import type { StoredSource } from '../storage/source.ts';
import { countedAdjustments, countedBatches } from './counted.ts';
import { withListedRates } from './listedRates.ts';
import { ScenarioUsage } from './scenarioUsage.ts';
import type { Surroundings } from './surroundings.ts';

export interface ScenarioText {
  readonly name: string;
  readonly text: string;
}

export interface Account {
  readonly scenario: ScenarioText;
  readonly parsed: Scenario;
  readonly sources: readonly StoredSource[];
  /** Imported rows that no price is known for: they count as nothing, and every figure says that they are missing. */
  readonly unpriced: readonly RowProblem[];
  /** Text of the user's own price list; null where the published one is in force. */
  readonly priceList: string | null;
  readonly run: Replay;
  readonly course: BalanceCourse;
  readonly expectations: readonly CheckedExpectation[];
  readonly replayMs: number;
}

export type AccountOutcome =
  | { readonly ok: true; readonly account: Account }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

/** A usage file that a scenario names; null where there is none of that name. */
export type FindFile = (path: string) => Promise<NamedFile | null>;

/**
 * Reads a scenario, takes the usage it names and whatever else is given, and replays. A row that cannot be read keeps a
 * scenario from opening: a result on part of its usage would not be its result.
 */
export async function openScenario(
  scenario: ScenarioText,
  files: { readonly find: FindFile; readonly more: readonly NamedFile[] },
  surroundings: Surroundings,
  context: CallContext,
): Promise<AccountOutcome> {
  const read = readScenario(scenario.text, scenario.name);
  if (!read.ok) return read;
  const usage = new ScenarioUsage(read.scenario, surroundings, context);
  const problems: LocatedProblem[] = [];
  for (const [index, source] of read.scenario.usage.entries()) {
    const file = source.kind === 'file' ? await files.find(source.file) : null;
    if (source.kind === 'generate') usage.addGenerated(source, index, scenario.name);
    else if (file === null) {
      const message = `usage file ${source.file} is not there; put it beside the scenario file`;
      problems.push({
        file: scenario.name,
        ...read.locate(['usage', index, 'file']),
        field: `usage[${index}].file`,
        message,
      });
    } else problems.push(...(await usage.addFile(file, source.format)));
  }
  for (const file of files.more) problems.push(...(await usage.addFile(file, 'auto')));
  return problems.length > 0 ? { ok: false, problems } : replayAccount(scenario, usage.sources, surroundings);
}

/**
 * Replays a scenario with sources that were imported before, such as a workspace's. What the scenario brings itself must
 * have a price; of imported rows without one the account says so.
 * @param priceList text of the user's own price list
 */
export function replayAccount(
  scenario: ScenarioText,
  sources: readonly StoredSource[],
  { now }: Surroundings,
  priceList: string | null = null,
): AccountOutcome {
  const read = readScenario(scenario.text, scenario.name);
  if (!read.ok) return read;
  const general = (message: string): AccountOutcome => ({
    ok: false,
    problems: [{ file: scenario.name, line: 1, column: 1, field: null, message }],
  });
  try {
    const { input, problems } = prepare(
      { ...read.scenario, rates: withListedRates(read.scenario, sources, priceList) },
      countedBatches(sources),
      countedAdjustments(sources),
      sources.map(({ placement }) => placement),
    );
    const imported = new Set(sources.flatMap(({ ofScenario, report }) => (ofScenario ? [] : [report.file])));
    const [unpriced, wrong] = parted(problems, ({ source }) => imported.has(source));
    if (wrong.length > 0)
      return { ok: false, problems: wrong.map((problem) => locateRow(problem, scenario.name, read)) };
    const started = now();
    const { run, expectations } = replayChecked(input, read.scenario);
    const replayMs = now() - started;
    const course = new BalanceCourse(run);
    return {
      ok: true,
      account: { scenario, parsed: read.scenario, sources, unpriced, priceList, run, course, expectations, replayMs },
    };
  } catch (error) {
    if (error instanceof InputError || error instanceof SumOverflow) return general(error.message);
    throw error;
  }
}

function parted<T>(all: readonly T[], first: (each: T) => boolean): readonly [T[], T[]] {
  return [all.filter(first), all.filter((each) => !first(each))];
}

function locateRow(
  problem: RowProblem,
  scenarioName: string,
  read: ReturnType<typeof readScenario> & { ok: true },
): LocatedProblem {
  const { source, row, line, message } = problem;
  if (source !== SCENARIO_SOURCE)
    return { file: source, line, column: line === null ? null : 1, field: 'cost', message };
  const events = read.scenario.events
    .map((event, index) => ({ event, index }))
    .filter(({ event }) => event.type === 'usage');
  const index = events.sort((a, b) => a.event.at - b.event.at)[row]!.index;
  return { file: scenarioName, ...read.locate(['events', index]), field: `events[${index}]`, message };
}
