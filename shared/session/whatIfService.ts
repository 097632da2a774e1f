/** Serves `WhatIfApi`: runs of the open account under other values, and the variants that are kept of it. */
import { Transfer, type CallContext } from '../contract/rpc.ts';
import type {
  DifferenceSeries,
  RunId,
  RunNotes,
  Variant,
  VariantRow,
  WhatIfApi,
  WhatIfChange,
  WhatIfRefused,
  WhatIfTried,
  Window,
} from '../contract/whatIf.ts';
import type { Instant } from '../domain/time.ts';
import type { Account } from './account.ts';
import { annotationsOf, touching } from './annotations.ts';
import type { Surroundings } from './surroundings.ts';
import { controlsOf } from './whatIf/controls.ts';
import { differenceOf } from './whatIf/difference.ts';
import { comparedFigures, countsOf, type Figure } from './whatIf/figures.ts';
import { runUnder, WhatIfRun, type RunMade } from './whatIf/runs.ts';
import { savedText } from './whatIf/savedText.ts';
import { readValues } from './whatIf/values.ts';
import { freeId, plainVariant, variantsProblem } from './whatIf/variantList.ts';

/** Wider than any screen. */
const MOST_COLUMNS = 10_000;
const MAX_MARKS = 20_000;

/** As it is served: series hand their buffers over. */
type Served = { [K in keyof WhatIfApi]: (...args: Parameters<WhatIfApi[K]>) => Promise<unknown> };

/** Where variants are kept. */
interface Shelf {
  variants: readonly Variant[];
}

/** @param opened the account that is open; throws where there is none. */
export function whatIfService(
  opened: () => Account,
  surroundings: Surroundings,
  shelf: Shelf = { variants: [] },
): Served {
  const lab = new Lab(opened, surroundings, shelf);
  return {
    policyControls: () => Promise.resolve(controlsOf(opened())),
    tryPolicy: (request, context) => lab.try(request, context),
    pinVariant: ({ name, variant, set, hold }) => {
      const change = lab.onTopOf(variant, { set, hold: hold ?? [] });
      const read = readValues(opened(), change);
      return Promise.resolve(read.ok ? lab.take([...lab.variants, lab.named(name, change)]) : read);
    },
    setVariants: ({ variants }) => Promise.resolve(lab.take(variants)),
    variants: async ({ against }, context) => {
      const baseline = (await lab.run(against ?? 'saved', context)).figures;
      const variants: VariantRow[] = [];
      for (const variant of lab.variants) variants.push(await lab.row(variant, baseline, context));
      return { baseline: comparedFigures(baseline, baseline), variants };
    },
    variantSeries: async ({ id, ...window }, context) => {
      const { course } = await lab.run(id, context);
      const { from, to, columns } = bounded(window);
      const series = course.series(from, to, columns);
      return new Transfer(series, [series.at.buffer, series.balance.buffer]);
    },
    variantAnnotations: async ({ id, from, to }, context) => notesOf(await lab.run(id, context), from, to),
    compareSeries: async ({ a, b, ...window }, context) => {
      const [one, other] = [await lab.run(a, context), await lab.run(b, context)];
      const difference = differenceOf(one.course, other.course, bounded(window));
      return new Transfer(difference, buffersOf(difference));
    },
    saveVariant: (request) => {
      const change = 'id' in request ? lab.variant(request.id) : request;
      const read = readValues(opened(), change);
      return Promise.resolve(read.ok ? savedText(opened(), read.values, change.name ?? 'what-if') : read);
    },
  };
}

function notesOf({ account }: WhatIfRun, from: Instant, to: Instant): RunNotes {
  const { marks, spans, overruns, months } = annotationsOf(account);
  return {
    marks: marks.filter(({ at }) => at >= from && at <= to).slice(0, MAX_MARKS),
    spans: touching(spans, from, to),
    overruns: touching(overruns, from, to),
    months: touching(months, from, to),
  };
}

function buffersOf({ at, low, high }: DifferenceSeries): ArrayBufferLike[] {
  return [at.buffer, low.buffer, high.buffer];
}

function bounded({ from, to, columns }: Window): Window {
  return { from, to: Math.max(from, to), columns: Math.max(1, Math.min(Math.ceil(columns) || 1, MOST_COLUMNS)) };
}

/** The runs of one account: made when they are asked for, kept while it is open. */
class Lab {
  readonly #opened: () => Account;
  readonly #surroundings: Surroundings;
  readonly #shelf: Shelf;
  #account: Account | null = null;
  #saved: WhatIfRun | null = null;
  #tried: WhatIfRun | null = null;
  #tries = 0;
  /** By what they change, so that a renamed or moved variant keeps its run. */
  #runs = new Map<string, RunMade>();

  constructor(opened: () => Account, surroundings: Surroundings, shelf: Shelf) {
    this.#opened = opened;
    this.#surroundings = surroundings;
    this.#shelf = shelf;
  }

  get variants(): readonly Variant[] {
    return this.#shelf.variants;
  }

  async try(request: Parameters<WhatIfApi['tryPolicy']>[0], context: CallContext): Promise<unknown> {
    const turn = ++this.#tries;
    const account = this.#current();
    const baseline = await this.run(request.against ?? 'saved', context);
    const read = readValues(account, this.onTopOf(request.variant, request));
    if (!read.ok) return read satisfies WhatIfRefused;
    const outcome = await runUnder(account, read.values, this.#surroundings, context);
    if (!outcome.ok) return outcome satisfies WhatIfRefused;
    const { made } = outcome;
    if (turn === this.#tries && account === this.#account) this.#tried = made;
    const { from, to, columns } = bounded(request);
    const series = made.course.series(from, to, columns);
    const difference = differenceOf(baseline.course, made.course, bounded({ from, to, columns: request.strip }));
    const answer: WhatIfTried = {
      ok: true,
      series,
      figures: comparedFigures(made.figures, baseline.figures),
      counts: countsOf(made.run, made.course),
      changed: read.values.changed,
      replayMs: made.replayMs,
      pricingMs: made.pricingMs,
      notes: notesOf(made, from, to),
      difference,
    };
    return new Transfer(answer, [series.at.buffer, series.balance.buffer, ...buffersOf(difference)]);
  }

  /** A change on top of a variant's. */
  onTopOf(id: string | undefined, { set, hold = [] }: WhatIfChange): Required<WhatIfChange> {
    if (id === undefined) return { set, hold };
    const base = this.variant(id);
    return { set: { ...base.set, ...set }, hold: [...new Set([...(base.hold ?? []), ...hold])] };
  }

  named(name: string, change: WhatIfChange): Variant {
    return { ...change, id: freeId(this.variants), name };
  }

  take(variants: readonly Variant[]): { readonly ok: true; readonly variants: readonly Variant[] } | WhatIfRefused {
    const problem = variantsProblem(variants);
    if (problem !== null) return { ok: false, problems: [problem] };
    this.#shelf.variants = variants.map(plainVariant);
    const kept = new Set(this.variants.map(keyOf));
    this.#runs = new Map([...this.#runs].filter(([key]) => kept.has(key)));
    return { ok: true, variants: this.variants };
  }

  variant(id: string): Variant {
    const variant = this.variants.find((one) => one.id === id);
    if (variant === undefined) throw new Error(`there is no variant ${id}`);
    return variant;
  }

  async row(variant: Variant, baseline: readonly Figure[], context: CallContext): Promise<VariantRow> {
    const outcome = await this.#variantRun(variant, context);
    return outcome.ok
      ? { ...variant, figures: comparedFigures(outcome.made.figures, baseline), problems: [] }
      : { ...variant, figures: [], problems: outcome.problems };
  }

  async run(id: RunId, context: CallContext): Promise<WhatIfRun> {
    const account = this.#current();
    const saved = (this.#saved ??= new WhatIfRun(account, account.run, account.replayMs));
    if (id === 'saved') return saved;
    // before anything was tried, what stands is the saved run
    if (id === 'tried') return this.#tried ?? saved;
    const outcome = await this.#variantRun(this.variant(id), context);
    if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('; '));
    return outcome.made;
  }

  async #variantRun(variant: Variant, context: CallContext): Promise<RunMade> {
    const account = this.#current();
    const known = this.#runs.get(keyOf(variant));
    if (known !== undefined) return known;
    const read = readValues(account, variant);
    const outcome: RunMade = read.ok ? await runUnder(account, read.values, this.#surroundings, context) : read;
    if (account === this.#account) this.#runs.set(keyOf(variant), outcome);
    return outcome;
  }

  /** The open account; with another one all runs are made anew. */
  #current(): Account {
    const account = this.#opened();
    if (account !== this.#account) {
      this.#account = account;
      this.#saved = null;
      this.#tried = null;
      this.#runs = new Map();
    }
    return account;
  }
}

function keyOf({ set, hold = [] }: WhatIfChange): string {
  return JSON.stringify([Object.entries(set), hold]);
}
