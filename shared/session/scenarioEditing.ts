/** Serves `ScenarioApi`: a text is checked and run beside the open account, and takes its place where that is asked for. */
import type { AccountView, Opened } from '../contract/engine.ts';
import type { LocatedProblem } from '../contract/importing.ts';
import type { CallContext } from '../contract/rpc.ts';
import type { ScenarioApi, ScenarioCheck, ScenarioRequest } from '../contract/scenario.ts';
import type { GeneratedUsage } from '../domain/scenario.ts';
import { DAY_MS, HOUR_MS } from '../domain/time.ts';
import { scenarioDocs } from '../scenario/editingDocs.ts';
import { readScenario, type ReadResult } from '../scenario/read.ts';
import { replayAccount, type Account } from './account.ts';
import { expectationResults } from './scenarioEditingResults.ts';
import { EditingSources } from './scenarioEditingSources.ts';
import type { Surroundings } from './surroundings.ts';

/** Wider than any screen. */
const MOST_COLUMNS = 4_000;

export interface Edited {
  readonly account: () => Account | null;
  /** Text of the user's own price list. */
  readonly own: () => string | null;
  /** Makes it the open account. */
  readonly take: (account: Account, step?: string) => AccountView;
}

interface Run {
  readonly name: string;
  readonly text: string;
  /** The account on whose usage it ran. */
  readonly on: Account | null;
  readonly read: ReadResult & { readonly ok: true };
  readonly account: Account;
}

interface Shape {
  readonly columns: number;
  readonly counts: readonly number[];
  readonly weekHours: readonly number[];
}

type RunOutcome =
  { readonly ok: true; readonly run: Run } | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

export function scenarioService(edited: Edited, surroundings: Surroundings): ScenarioApi {
  const editing = new Editing(edited, surroundings);
  return {
    scenarioText: () => Promise.resolve(edited.account()?.scenario ?? null),
    scenarioDocs: () => Promise.resolve(scenarioDocs()),
    checkScenario: async (request, context) => checked(await editing.run(request, context)),
    applyScenario: async (request, context): Promise<Opened> => {
      const outcome = await editing.run(request, context);
      return outcome.ok ? { ok: true, view: editing.take(outcome.run, request.step) } : outcome;
    },
    generatePreview: ({ text, index, columns }) => Promise.resolve(editing.preview(text, index, columns)),
  };
}

function checked(outcome: RunOutcome): ScenarioCheck {
  if (!outcome.ok) return { ok: false, problems: outcome.problems, expectations: [], generators: [] };
  const { read, account } = outcome.run;
  const generators = read.scenario.usage.flatMap(({ kind }, index) =>
    kind === 'generate' ? [{ index, line: read.locate(['usage', index, 'generate']).line }] : [],
  );
  return { ok: true, problems: [], expectations: expectationResults(read, account.expectations), generators };
}

class Editing {
  readonly #edited: Edited;
  readonly #surroundings: Surroundings;
  readonly #sources: EditingSources;
  readonly #shapes = new WeakMap<Float64Array, Shape>();
  /** What was checked is what is applied next. */
  #last: Run | null = null;

  constructor(edited: Edited, surroundings: Surroundings) {
    this.#edited = edited;
    this.#surroundings = surroundings;
    this.#sources = new EditingSources(surroundings);
  }

  async run({ name, text, files = [] }: ScenarioRequest, context: CallContext): Promise<RunOutcome> {
    const open = this.#edited.account();
    this.#sources.look(open);
    const last = this.#last;
    const isLast = last !== null && last.on === open && last.name === name && last.text === text;
    if (isLast && files.length === 0) return { ok: true, run: last };
    const read = readScenario(text, name);
    if (!read.ok) return read;
    if (files.length > 0) {
      const problems = await this.#sources.read(files, read, context);
      if (problems.length > 0) return { ok: false, problems };
    }
    context.throwIfCancelled();
    const isOpen = open !== null && open.scenario.name === name && open.scenario.text === text;
    const outcome = isOpen ? { ok: true as const, account: open } : this.#replay({ name, text }, read, open);
    if (!outcome.ok) return outcome;
    const run: Run = { name, text, on: open, read, account: outcome.account };
    this.#last = run;
    return { ok: true, run };
  }

  take(run: Run, step?: string): AccountView {
    this.#sources.applied(run.account);
    this.#last = { ...run, on: run.account };
    return this.#edited.take(run.account, step);
  }

  preview(text: string, index: number, columns: number): Awaited<ReturnType<ScenarioApi['generatePreview']>> {
    const read = readScenario(text, '');
    if (!read.ok) return { ok: false, message: read.problems[0]?.message ?? 'the text cannot be read' };
    const source = read.scenario.usage[index];
    if (source?.kind !== 'generate') return { ok: false, message: `usage[${index}] is no generator` };
    const { generate } = source;
    try {
      const { batch, report } = this.#sources.generator(generate, read.scenario);
      const { currency } = read.scenario.account;
      const { counts, weekHours } = this.#shape(batch.at, generate, columns);
      const { from, to, shape, seed } = generate;
      const cost = report.totals[currency] ?? '0';
      return { ok: true, from, to, rows: batch.count, cost, currency, counts, weekHours, shape, seed };
    } catch (error) {
      if (error instanceof RangeError) return { ok: false, message: error.message };
      throw error;
    }
  }

  /** Texts that differ elsewhere have the same rows, and these the same shape. */
  #shape(at: Float64Array, generate: GeneratedUsage, columns: number): Shape {
    const known = this.#shapes.get(at);
    if (known?.columns === columns) return known;
    const count = Math.max(1, Math.min(Math.floor(columns) || 1, MOST_COLUMNS));
    const shape = { columns, counts: countsOf(at, generate, count), weekHours: weekHoursOf(at) };
    this.#shapes.set(at, shape);
    return shape;
  }

  #replay(
    scenario: { readonly name: string; readonly text: string },
    read: ReadResult & { readonly ok: true },
    open: Account | null,
  ): ReturnType<typeof replayAccount> {
    const found = this.#sources.sourcesFor(scenario, read);
    if (!found.ok) return found;
    const own = open === null ? this.#edited.own() : open.priceList;
    return replayAccount(scenario, found.sources, this.#surroundings, own);
  }
}

/** The epoch was a Thursday. */
const MONDAY_MS = 3 * DAY_MS;

function weekHoursOf(at: Float64Array): number[] {
  const hours = new Array<number>(168).fill(0);
  for (const instant of at) {
    const hour = Math.floor((instant + MONDAY_MS) / HOUR_MS) % 168;
    const place = hour < 0 ? hour + 168 : hour;
    hours[place] = (hours[place] ?? 0) + 1;
  }
  return hours;
}

function countsOf(at: Float64Array, { from, to }: Pick<GeneratedUsage, 'from' | 'to'>, columns: number): number[] {
  const counts = new Array<number>(columns).fill(0);
  for (const instant of at) {
    const column = Math.min(columns - 1, Math.floor(((instant - from) / (to - from)) * columns));
    counts[column] = (counts[column] ?? 0) + 1;
  }
  return counts;
}
