/**
 * An account that is open: its scenario, the usage that belongs to it, and its run. What the app shows and the command
 * line prints both come from here, so both say the same.
 */
import type { LocatedProblem, NamedFile } from '../contract/engine.ts';
import type { CallContext } from '../contract/rpc.ts';
import type { Scenario, UsageSource } from '../domain/scenario.ts';
import { BalanceCourse } from '../engine/course.ts';
import { SCENARIO_SOURCE } from '../engine/eventBatch.ts';
import { replayChecked, type CheckedExpectation } from '../engine/expectations.ts';
import { InputError, prepare } from '../engine/input.ts';
import { SumOverflow } from '../engine/prefixSums.ts';
import type { Replay } from '../engine/replay.ts';
import type { RowProblem } from '../engine/usageLog.ts';
import { IdSet } from '../import/idSet.ts';
import { importUsage, type ImportOptions } from '../import/importUsage.ts';
import { readScenario } from '../scenario/read.ts';
import type { StoredSource } from '../storage/source.ts';
import { generatedSource } from './generated.ts';

/** What the surroundings lend: a clock for stating durations, and a way to let messages in during long work. */
export interface Surroundings {
  readonly now: () => number;
  readonly yieldToHost: () => Promise<void>;
  /** The host's own sha-256, where it has one that takes pieces. */
  readonly createHash?: ImportOptions['createHash'];
}

export interface ScenarioText {
  readonly name: string;
  readonly text: string;
}

export interface Account {
  readonly scenario: ScenarioText;
  readonly parsed: Scenario;
  readonly sources: readonly StoredSource[];
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
  const importer = new SourceImporter(read.scenario, [], surroundings, context);
  const problems: LocatedProblem[] = [];
  for (const [index, source] of read.scenario.usage.entries()) {
    const file = source.kind === 'file' ? await files.find(source.file) : null;
    if (source.kind === 'generate') importer.addGenerated(source, index, scenario.name);
    else if (file === null) {
      const message = `usage file ${source.file} is not there; put it beside the scenario file`;
      problems.push({
        file: scenario.name,
        ...read.locate(['usage', index, 'file']),
        field: `usage[${index}].file`,
        message,
      });
    } else problems.push(...rowProblems(await importer.addFile(file, source.format)));
  }
  for (const file of files.more) problems.push(...rowProblems(await importer.addFile(file, 'auto')));
  return problems.length > 0 ? { ok: false, problems } : replayAccount(scenario, importer.sources, surroundings);
}

/** Replays a scenario with sources that were imported before, such as a workspace's. */
export function replayAccount(
  scenario: ScenarioText,
  sources: readonly StoredSource[],
  { now }: Surroundings,
): AccountOutcome {
  const read = readScenario(scenario.text, scenario.name);
  if (!read.ok) return read;
  const general = (message: string): AccountOutcome => ({
    ok: false,
    problems: [{ file: scenario.name, line: 1, column: 1, field: null, message }],
  });
  try {
    const batches = sources.map(({ batch }) => batch);
    const { input, problems } = prepare(
      read.scenario,
      batches,
      sources.flatMap(({ adjustments }) => adjustments),
    );
    if (problems.length > 0)
      return { ok: false, problems: problems.map((problem) => locateRow(problem, scenario.name, read)) };
    const started = now();
    const { run, expectations } = replayChecked(input, read.scenario);
    const replayMs = now() - started;
    const course = new BalanceCourse(run);
    return { ok: true, account: { scenario, parsed: read.scenario, sources, run, course, expectations, replayMs } };
  } catch (error) {
    if (error instanceof InputError || error instanceof SumOverflow) return general(error.message);
    throw error;
  }
}

/** Imports files for one account: ids and files that came before are known. */
export class SourceImporter {
  readonly sources: StoredSource[] = [];
  readonly #scenario: Scenario;
  readonly #surroundings: Surroundings;
  readonly #context: CallContext;
  readonly #ids = new IdSet();
  readonly #files: Set<string>;

  constructor(scenario: Scenario, before: readonly StoredSource[], surroundings: Surroundings, context: CallContext) {
    this.#scenario = scenario;
    this.#surroundings = surroundings;
    this.#context = context;
    for (const { batch } of before) this.#ids.addBatch(batch);
    this.#files = new Set(before.map(({ report }) => report.sha256));
  }

  /** Reads one file; a file whose bytes came before brings no source. */
  async addFile(file: NamedFile, format: string): Promise<StoredSource> {
    const { batch, adjustments, report } = await importUsage(
      file,
      {
        format,
        currency: this.#scenario.account.currency,
        knownIds: this.#ids,
        knownFiles: this.#files,
        yieldToHost: this.#surroundings.yieldToHost,
        ...(this.#surroundings.createHash === undefined ? {} : { createHash: this.#surroundings.createHash }),
      },
      this.#context,
    );
    const size = file.content instanceof Uint8Array ? file.content.length : file.content.size;
    const source: StoredSource = { report, size, batch, adjustments };
    if (!report.repeatedFile) {
      this.#files.add(report.sha256);
      this.sources.push(source);
    }
    return source;
  }

  addGenerated(source: UsageSource & { kind: 'generate' }, index: number, scenarioName: string): void {
    this.sources.push(generatedSource(source.generate, `${scenarioName}#usage[${index}]`));
  }
}

/** What keeps a scenario's own usage file from counting whole. */
function rowProblems({ report }: StoredSource): readonly LocatedProblem[] {
  return report.rows.rejected > 0 || (report.rows.read === 0 && report.problemCount > 0) ? report.problems : [];
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
