/**
 * The usage of a scenario whose text is being edited: what was imported stays, files that the text names are those that
 * were read with it, and a generator makes its rows anew only where it changed.
 */
import type { LocatedProblem, NamedFile } from '../contract/importing.ts';
import type { CallContext } from '../contract/rpc.ts';
import type { GeneratedUsage, Scenario, UsageSource } from '../domain/scenario.ts';
import type { ReadResult } from '../scenario/read.ts';
import type { StoredSource } from '../storage/source.ts';
import type { Account, ScenarioText } from './account.ts';
import { generatedSource } from './generated.ts';
import { ScenarioUsage } from './scenarioUsage.ts';
import type { Surroundings } from './surroundings.ts';

type Read = ReadResult & { readonly ok: true };
export type SourcesOutcome =
  | { readonly ok: true; readonly sources: readonly StoredSource[] }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

export class EditingSources {
  readonly #surroundings: Surroundings;
  /** The account that was open when it was last looked. */
  #seen: Account | null = null;
  /** Text that the editor itself applied: an account that has it is still the one that is edited. */
  #applied: string | null = null;
  /** Files that the text named at some time: undo can name them again. */
  #files: readonly StoredSource[] = [];
  /** By what they are made of. */
  #generated = new Map<string, StoredSource>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Takes notice of the account that is open. */
  look(account: Account | null): void {
    if (account === this.#seen) return;
    const isEdited = account !== null && account.scenario.text === this.#applied;
    const files = account === null ? [] : ownSources(account).files;
    this.#files = isEdited ? replaced(this.#files, files) : files;
    this.#seen = account;
  }

  applied(account: Account): void {
    this.#applied = account.scenario.text;
    this.look(account);
  }

  /** Usage files that came with a text. @returns what keeps them from being read whole. */
  async read(
    files: readonly NamedFile[],
    { scenario }: Read,
    context: CallContext,
  ): Promise<readonly LocatedProblem[]> {
    const usage = new ScenarioUsage(scenario, this.#surroundings, context);
    const problems: LocatedProblem[] = [];
    for (const file of files) {
      const named = scenario.usage.find((source) => source.kind === 'file' && belongs(file.name, source.file));
      problems.push(...(await usage.addFile(file, named?.kind === 'file' ? named.format : 'auto')));
    }
    if (problems.length === 0) this.#files = replaced(this.#files, usage.sources);
    return problems;
  }

  /** All sources that a text runs on, in the order in which they are kept. */
  sourcesFor(scenario: ScenarioText, read: Read): SourcesOutcome {
    const problems: LocatedProblem[] = [];
    const sources: StoredSource[] = [];
    const wrong = (index: number, key: string, message: string): void => {
      const place = read.locate(['usage', index, key]);
      problems.push({ file: scenario.name, ...place, field: `usage[${index}].${key}`, message });
    };
    const generated = new Map<string, StoredSource>();
    for (const [index, source] of read.scenario.usage.entries()) {
      if (source.kind === 'file') {
        const found = this.#named(source);
        if (typeof found === 'string') wrong(index, 'file', found);
        else sources.push(...found);
        continue;
      }
      try {
        const key = keyOf(source.generate, read.scenario);
        const made = this.#generate(source.generate, key, read.scenario);
        generated.set(key, made);
        sources.push(renamed(made, `${scenario.name}#usage[${index}]`));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        wrong(index, 'generate', error.message);
      }
    }
    const kept = this.#seen === null ? [] : ownSources(this.#seen).others;
    const mixed = this.#otherCurrency(read.scenario, [...kept, ...sources]);
    if (mixed !== null) {
      const place = read.locate(['account', 'currency']);
      problems.push({ file: scenario.name, ...place, field: 'account.currency', message: mixed });
    }
    if (problems.length > 0) return { ok: false, problems };
    this.#generated = generated;
    return { ok: true, sources: [...sources, ...kept] };
  }

  /** @throws RangeError where it would make too many rows */
  generator(generate: GeneratedUsage, scenario: Scenario): StoredSource {
    const key = keyOf(generate, scenario);
    const made = this.#generate(generate, key, scenario);
    this.#generated.set(key, made);
    return made;
  }

  #generate(generate: GeneratedUsage, key: string, { account }: Scenario): StoredSource {
    return this.#generated.get(key) ?? this.#open(key) ?? generatedSource(generate, '', account.currency);
  }

  /** One that the open account has made already. */
  #open(key: string): StoredSource | undefined {
    if (this.#seen === null) return undefined;
    const { parsed, scenario, sources } = this.#seen;
    const index = parsed.usage.findIndex(
      (source) => source.kind === 'generate' && keyOf(source.generate, parsed) === key,
    );
    return sources.find(({ report }) => index >= 0 && report.file === `${scenario.name}#usage[${index}]`);
  }

  #named({ file, format }: UsageSource & { kind: 'file' }): readonly StoredSource[] | string {
    const found = this.#files.filter(({ report }) => belongs(report.file, file));
    if (found.length === 0)
      return `usage file ${file} is not part of this account; open the scenario together with its usage file`;
    const other = found.find(({ choices }) => (choices.format ?? 'auto') !== format)?.choices.format;
    return other === undefined
      ? found
      : `usage file ${file} was read as ${other}; open the scenario together with its usage file to read it as ${format}`;
  }

  /** Rows that were read in one currency do not become amounts of another. */
  #otherCurrency({ account }: Scenario, sources: readonly StoredSource[]): string | null {
    if (this.#seen === null || this.#seen.parsed.account.currency === account.currency) return null;
    const other = sources.find(
      ({ report }) =>
        report.kind === 'usage' &&
        Object.keys(report.totals).length > 0 &&
        !Object.hasOwn(report.totals, account.currency),
    );
    if (other === undefined) return null;
    const [currency = ''] = Object.keys(other.report.totals);
    return `currency is ${account.currency}, and the usage of ${other.report.file} is in ${currency}; an account has one currency`;
  }
}

/** What an account's scenario names, and what came otherwise. */
function ownSources({ sources, parsed }: Account): {
  readonly files: readonly StoredSource[];
  readonly others: readonly StoredSource[];
} {
  const isNamed = ({ ofScenario, report }: StoredSource): boolean =>
    ofScenario && parsed.usage.some((source) => source.kind === 'file' && belongs(report.file, source.file));
  const isGenerated = ({ ofScenario, report }: StoredSource): boolean => ofScenario && report.format === 'generated';
  return {
    files: sources.filter(isNamed),
    others: sources.filter((source) => !isNamed(source) && !isGenerated(source)),
  };
}

/** A file by its path or bare name; of an archive, what was inside. */
function belongs(name: string, path: string): boolean {
  const base = path.slice(path.lastIndexOf('/') + 1);
  return [path, base].some((known) => name === known || /^[^\w.-]/.test(after(name, known)));
}

function after(name: string, known: string): string {
  return name.startsWith(known) ? name.slice(known.length) : '';
}

function replaced(before: readonly StoredSource[], by: readonly StoredSource[]): StoredSource[] {
  const names = new Set(by.map(({ report }) => report.file));
  return [...before.filter(({ report }) => !names.has(report.file)), ...by];
}

function renamed(source: StoredSource, name: string): StoredSource {
  if (source.report.file === name) return source;
  return { ...source, report: { ...source.report, file: name }, batch: { ...source.batch, source: name } };
}

function keyOf(generate: GeneratedUsage, { account }: Scenario): string {
  const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
  return `${account.currency} ${JSON.stringify(generate, plain)}`;
}
