/** The usage that a scenario brings itself: files it names, files given beside it, and what it generates. */
import type { LocatedProblem, NamedFile } from '../contract/importing.ts';
import type { CallContext } from '../contract/rpc.ts';
import type { Scenario, UsageSource } from '../domain/scenario.ts';
import { ContainerError, unpack } from '../import/containers/unpack.ts';
import type { StoredSource } from '../storage/source.ts';
import { generatedSource } from './generated.ts';
import { ReadingSequence } from './reading.ts';
import type { Surroundings } from './surroundings.ts';

/** The files that a scenario names stay beside it; larger ones than this are not kept a second time in the workspace. */
const MOST_KEPT = 1 << 24;

export class ScenarioUsage {
  readonly sources: StoredSource[] = [];
  readonly #currency: string;
  readonly #sequence: ReadingSequence;
  readonly #context: CallContext;

  constructor({ account }: Scenario, surroundings: Surroundings, context: CallContext) {
    this.#currency = account.currency;
    this.#sequence = new ReadingSequence([], surroundings);
    this.#context = context;
  }

  /**
   * Reads one file; one whose text came before brings nothing. @returns what keeps it from counting whole: a result on
   * part of its usage would not be the scenario's.
   */
  async addFile(file: NamedFile, format: string): Promise<readonly LocatedProblem[]> {
    const problem = (message: string): LocatedProblem => ({
      ...{ file: file.name, line: null, column: null, field: null, message },
    });
    const problems: LocatedProblem[] = [];
    try {
      const { content } = file;
      const keepText = (content instanceof Uint8Array ? content.length : content.size) <= MOST_KEPT;
      for (const text of await unpack(file)) {
        const request = { choices: { format }, profiles: {}, currency: this.#currency, sha256: null, keepText };
        const { source, unreadable } = await this.#sequence.read(text, request, this.#context);
        const { report } = source;
        if (source.statement !== null) problems.push(problem('this is a statement; a scenario takes usage here'));
        if (unreadable || report.rows.rejected > 0) problems.push(...report.problems);
        if (!report.repeatedFile) this.sources.push({ ...source, importedAt: null, ofScenario: true });
      }
    } catch (error) {
      if (!(error instanceof ContainerError)) throw error;
      problems.push(problem(error.message));
    }
    return problems;
  }

  addGenerated(source: UsageSource & { kind: 'generate' }, index: number, scenarioName: string): void {
    this.sources.push(generatedSource(source.generate, `${scenarioName}#usage[${index}]`, this.#currency));
  }
}
