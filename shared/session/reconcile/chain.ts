/**
 * The months of an account one behind another: what is open at the end of one goes on into the next. A sealed month is
 * worked out from what it was sealed with; items of it that came later go into the first month after it that is open.
 */
import type { ReconMonth, ReconSide } from '../../contract/reconcile.ts';
import type { CallContext } from '../../contract/rpc.ts';
import type { Surroundings } from '../surroundings.ts';
import { inPieces } from '../inPieces.ts';
import type { Basis } from './basis.ts';
import { monthOfDate, type Item } from './item.ts';
import type { Leg } from './leg.ts';
import type { MatchMemory } from './matchMemory.ts';
import { reconcileMonth, type Carried, type MonthOutcome } from './month.ts';
import type { Scoped } from './scope.ts';

/** The months up to a sealed one, as it was sealed; null where something of it is no longer there. */
export type SealedChain = (basis: Basis, month: ReconMonth) => MonthChain | null;

export class MonthChain {
  readonly basis: Basis;
  readonly #sealed: SealedChain;
  readonly #memory: MatchMemory;
  readonly #outcomes = new Map<ReconMonth, MonthOutcome>();
  readonly #pairs = new Map<ReconMonth, ReadonlyMap<string, Item>>();

  constructor(basis: Basis, sealed: SealedChain, memory: MatchMemory) {
    this.basis = basis;
    this.#sealed = sealed;
    this.#memory = memory;
  }

  /** Months worked out so far: what later ones say of one is the same as long as it is. */
  get count(): number {
    return this.#outcomes.size;
  }

  /** The outcome of a month, which takes those before it. Long work the first time. */
  async outcomeOf(month: ReconMonth, surroundings: Surroundings, context: CallContext): Promise<MonthOutcome> {
    const before = this.basis.months.filter((known) => known < month);
    for (const [done, known] of [...before, month].entries()) {
      if (this.#outcomes.has(known)) continue;
      context.progress({ what: 'months', done, total: before.length + 1 });
      await surroundings.yieldToHost();
      context.throwIfCancelled();
      this.#outcomes.set(known, await this.#made(known, surroundings, context));
    }
    const outcome = this.#outcomes.get(month);
    if (outcome === undefined) throw new Error(`${month} was not worked out`);
    return outcome;
  }

  /** The item that closes a bridge of `month` in a later one, among the months worked out so far. */
  later(month: ReconMonth, leg: Leg, item: string): Item | null {
    for (const known of this.basis.months) {
      if (known <= month) continue;
      const found = this.#pairsOf(known).get(`${leg}/${item}`);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** By leg and item that came from an earlier month, what it was matched with. */
  #pairsOf(month: ReconMonth): ReadonlyMap<string, Item> {
    const known = this.#pairs.get(month);
    const outcome = this.#outcomes.get(month);
    if (known !== undefined || outcome === undefined) return known ?? new Map();
    const pairs = new Map<string, Item>();
    for (const { leg, ledger, statement } of outcome.legs.flatMap((one) => one.links)) {
      const [ours, theirs] = [ledger[0], statement[0]];
      if (ours === undefined || theirs === undefined) continue;
      for (const { id } of ledger) pairs.set(`${leg}/${id}`, theirs);
      for (const { id } of statement) pairs.set(`${leg}/${id}`, ours);
    }
    this.#pairs.set(month, pairs);
    return pairs;
  }

  async #made(month: ReconMonth, surroundings: Surroundings, context: CallContext): Promise<MonthOutcome> {
    const { basis } = this;
    const old = basis.decisions.periods.get(month)?.state === 'sealed' ? this.#sealed(basis, month) : null;
    if (old !== null) return old.outcomeOf(month, surroundings, context);
    const previous = basis.months.findLast((known) => known < month);
    const before = previous === undefined ? undefined : this.#outcomes.get(previous);
    const carried = before === undefined ? [] : await inPieces(before.carry(), surroundings, context);
    return reconcileMonth(
      {
        ...{ month, carried: this.#asTheyAre(carried), decisions: basis.decisions, settings: basis.settings },
        currency: basis.account.run.input.currency,
        items: [...this.#late(month), ...(basis.byMonth.get(month) ?? [])],
        comparedBefore: before?.legs.map(({ leg }) => leg) ?? [],
        covered: {
          simulated: this.#covers('simulated', month),
          document: this.#covers('document', month),
          bank: this.#covers('bank', month),
        },
        monthOf: (id) => {
          const item = basis.byId.get(id);
          return item === undefined ? null : monthOfDate(item.date);
        },
      },
      { now: surroundings.now, yieldToHost: surroundings.yieldToHost, context, memory: this.#memory },
    );
  }

  /** Items that were carried out of a sealed month, as they are now; what a person ignores goes on no further. */
  #asTheyAre(carried: readonly Carried[]): readonly Carried[] {
    const { byId, decisions } = this.basis;
    const isSame = ({ item }: Carried): boolean =>
      !decisions.ignored.has(item.id) && (byId.get(item.id) ?? item) === item;
    if (carried.every(isSame)) return carried;
    return carried.flatMap((known) => {
      if (decisions.ignored.has(known.item.id)) return [];
      return isSame(known) ? [known] : [{ ...known, item: byId.get(known.item.id) ?? known.item }];
    });
  }

  /** Items of sealed months right before this one that those months do not know. */
  #late(month: ReconMonth): Scoped[] {
    const { months, decisions, byMonth } = this.basis;
    let late: Scoped[] = [];
    for (const known of months.filter((one) => one < month).reverse()) {
      const outcome = this.#outcomes.get(known);
      if (decisions.periods.get(known)?.state !== 'sealed' || outcome === undefined) break;
      const seen = new Set([...outcome.ofMonth.keys(), ...outcome.ignored.map(({ item }) => item.id)]);
      late = [...(byMonth.get(known) ?? []).filter(({ item }) => !seen.has(item.id)), ...late];
    }
    return late;
  }

  #covers(side: ReconSide, month: ReconMonth): boolean {
    const span = this.basis.spans[side];
    return span !== null && (side === 'simulated' || (span[0] <= month && month <= span[1]));
  }
}
