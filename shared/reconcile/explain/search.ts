/**
 * The search for a cause: every single change, then pairs. A pair is worth a run where the effects of its two changes add
 * up to nearly what is open, so pairs are run in that order, and each is confirmed by its own run. Changes that do nothing
 * by themselves may do something beside another (rows of the next month that are lost, once a zone brings them in): pairs
 * with one of them come last.
 */
import type { ExplainFamily } from '../../contract/explain.ts';
import { areKindred, likelyPairs, type Pair, type Single } from './likelyPairs.ts';
import { magnitude, type Change, type Figures, type Model } from './model.ts';
import { compareFindings, judged, ranked, type Finding, type Ranked } from './rank.ts';

/** Singles whose open totals are asked for a second cause. */
const MOST_COMPLETED = 2;

export interface SearchSettings {
  /** Most pairs that are run. */
  readonly mostPairs: number;
}

/** Can be gone on with at any time; what was found so far can be asked for at any time. */
export class Search {
  readonly #model: Model;
  readonly #settings: SearchSettings;
  readonly #base: Figures;
  readonly #singles: Single[] = [];
  /** Changes that leave every figure as it is. */
  readonly #silent: Single[] = [];
  readonly #found: Finding[] = [];
  readonly #tried: Record<ExplainFamily, number> = { arithmetic: 0, data: 0, policy: 0 };
  readonly #work: Iterator<void>;
  #done = false;

  /** @throws Error where the model has no figures even without a change. */
  constructor(model: Model, settings: SearchSettings) {
    const base = model.run([]);
    if (base === null) throw new Error('the model cannot be run as it is');
    this.#model = model;
    this.#settings = settings;
    this.#base = base;
    this.#work = this.#steps();
  }

  get base(): Figures {
    return this.#base;
  }

  get done(): boolean {
    return this.#done;
  }

  get tried(): Readonly<Record<ExplainFamily, number>> {
    return this.#tried;
  }

  /** Goes on, a run at a time, until `enough` says so or all was tried. */
  advance(enough: () => boolean): void {
    while (!this.#done && !enough()) this.#done = this.#work.next().done === true;
  }

  /** What was found so far, best first. */
  findings(): Ranked[] {
    return ranked(this.#model, this.#base, this.#found, this.#done);
  }

  *#steps(): Generator<void> {
    this.#tell();
    yield;
    for (const change of this.#model.changes) {
      this.#try([change]);
      yield;
    }
    if (!this.#found.some(({ residual, misses }) => residual === 0n && misses === 0)) yield* this.#pairs();
    yield* this.#neighbours();
  }

  #tell(): void {
    const { tells = [], totals } = this.#model;
    const target = totals[0]!;
    for (const tell of tells) {
      this.#tried.arithmetic++;
      // the same figure may be stated once more: of what a step of the bridge is, and as the total of a side
      const isSame = (figure: Figures[number], index: number): boolean =>
        figure === this.#base[0] && totals[index]!.stated === target.stated;
      const figures = this.#base.map((figure, index) => (isSame(figure, index) ? target.stated : figure));
      const finding = judged(this.#model, this.#base, [tell], figures);
      if (finding !== null) this.#found.push(finding);
    }
  }

  *#pairs(): Generator<void> {
    const places = new Map([...this.#singles, ...this.#silent].map((single, place) => [single, place]));
    const tried = new Set<string>();
    const pairs = [...this.#completions(), ...(yield* this.#likelyPairs())];
    for (const [a, b] of pairs) {
      const [i, j] = [places.get(a) ?? 0, places.get(b) ?? 0];
      const key = `${Math.min(i, j)} ${Math.max(i, j)}`;
      if (tried.has(key)) continue;
      tried.add(key);
      this.#try([a.change, b.change], [a, b]);
      yield;
    }
  }

  /** Beside what closes everything, its neighbours on the scale. */
  *#neighbours(): Generator<void> {
    const closing = this.#found.filter(({ residual, misses }) => residual === 0n && misses === 0);
    for (const { changes } of closing)
      for (const change of changes)
        for (const other of this.#model.nearby?.(change) ?? []) {
          const key = keyOf([other]);
          if (this.#model.changes.some((one) => keyOf([one]) === key)) continue;
          this.#try(changes.map((one) => (one === change ? other : one)));
          yield;
        }
  }

  #try(changes: readonly Change[], of: readonly Single[] = []): void {
    const family = changes.some((change) => change.family === 'policy') ? 'policy' : 'data';
    this.#tried[family]++;
    const figures = this.#model.run(changes);
    if (figures === null) return;
    const [change] = changes;
    const single = changes.length === 1 ? change : undefined;
    if (equal(figures, this.#base)) {
      if (single !== undefined) this.#silent.push({ change: single, figures });
      return;
    }
    const finding = judged(this.#model, this.#base, changes, figures);
    const confirmed = finding === null ? null : this.#confirmed(finding);
    if (single !== undefined) this.#singles.push({ change: single, figures: confirmed?.figures ?? figures });
    // one change alone does the same: the other explains nothing
    if (of.some((single) => equal(single.figures, confirmed?.figures ?? figures))) return;
    if (confirmed !== null && !this.#isRedundant(confirmed)) this.#found.push(confirmed);
  }

  #confirmed(finding: Finding): Finding | null {
    if (this.#model.confirm === undefined) return finding;
    const figures = this.#model.confirm(finding.changes);
    return figures === null ? null : judged(this.#model, this.#base, finding.changes, figures);
  }

  /** Whether part of it closes the target by itself and leaves no more open. */
  #isRedundant({ changes, misses, residual }: Finding): boolean {
    if (changes.length === 1) return false;
    return this.#found.some(
      (other) =>
        other.changes.length === 1 &&
        changes.includes(other.changes[0]!) &&
        magnitude(other.residual) <= magnitude(residual) &&
        other.misses <= misses,
    );
  }

  *#likelyPairs(): Generator<void, Pair[]> {
    const { mostPairs } = this.#settings;
    const [totals, base, singles, silent] = [this.#model.totals, this.#base, this.#singles, this.#silent];
    const kindred = yield* likelyPairs(totals, base, [singles, silent], Math.ceil(mostPairs / 5), areKindred);
    const pairs = [...kindred, ...(yield* likelyPairs(totals, base, [singles, singles], mostPairs - kindred.length))];
    for (const some of [singles, silent])
      if (pairs.length < mostPairs)
        pairs.push(...(yield* likelyPairs(totals, base, [some, silent], mostPairs - pairs.length)));
    return pairs;
  }

  /** The best that close the target and leave other totals open, each with every rule beside it. */
  #completions(): Pair[] {
    const best = this.#found
      .filter(({ residual, changes: [change] }) => residual === 0n && change?.family !== 'arithmetic')
      .sort(compareFindings)
      .slice(0, MOST_COMPLETED);
    return best.flatMap(({ changes }) => {
      const first = this.#singles.find(({ change }) => change === changes[0]);
      if (first === undefined) return [];
      return [...this.#singles, ...this.#silent]
        .filter(({ change }) => change.family === 'policy' && change.parameter !== first.change.parameter)
        .map((second) => [first, second] as const);
    });
  }
}

function equal(a: Figures, b: Figures): boolean {
  return a.every((figure, index) => figure === b[index]);
}

function keyOf(changes: readonly Change[]): string {
  return JSON.stringify(changes.map(({ parameter, value }) => [parameter, value]));
}
