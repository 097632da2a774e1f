/** What a month concludes, whatever is only said about it: kept from one act to the next, and worked out anew where it is another. */
import type { ReconciledMonth, ReconSide } from '../../contract/reconcile.ts';
import { formatAtoms } from '../../domain/money.ts';
import type { Decisions } from '../../reconcile/log/fold.ts';
import { forEachOf, type Steps } from '../inPieces.ts';
import { bridgeOf, totalSteps, type BridgeMade, type Totals } from './bridge.ts';
import { Grouping, partsOf } from './grouping.ts';
import { acceptedBy } from './accepted.ts';
import { GroupListed } from './groups.ts';
import { areSame } from './inOrder.ts';
import type { MonthOutcome } from './month.ts';
import { Tally, type Facts } from './tally.ts';

export interface Concluded {
  readonly bridge: BridgeMade;
  /** Currencies of items that state no amount in the account's, one an item. */
  readonly foreign: readonly string[];
  readonly sums: ReconciledMonth['sums'];
  readonly listed: readonly GroupListed[];
  /** To decide, matched, ignored. */
  readonly sections: readonly GroupListed[];
  readonly toDecide: number;
}

interface Known extends Facts {
  readonly accepted: Decisions['accepted'];
  readonly outcome: MonthOutcome;
  readonly totals: Totals;
  readonly tally: Tally;
  readonly concluded: Concluded;
}

export class MonthView {
  readonly #grouping = new Grouping<GroupListed>();
  #known: Known | null = null;

  *of(outcome: MonthOutcome): Steps<Concluded> {
    const { accepted } = outcome.input.decisions;
    const known = this.#known;
    if (known?.accepted === accepted && isSame(known.outcome, outcome)) return known.concluded;
    const facts: Facts = { here: outcome, isAccepted: acceptedBy(accepted) };
    const totals = known?.outcome.ofMonth === outcome.ofMonth ? known.totals : yield* totalSteps(outcome);
    const { groups, gone, added } = yield* this.#grouping.of(partsOf(outcome), (made) => new GroupListed(made, facts));
    const tally = known === null || gone === null ? new Tally() : known.tally;
    if (known !== null)
      yield* forEachOf('groups', gone ?? [], ({ made }) => {
        tally.remove(made, known);
      });
    yield* forEachOf('groups', added, ({ made }) => {
      tally.add(made, facts);
    });
    const of = (wanted: GroupListed['section']): GroupListed[] => groups.filter(({ section }) => section === wanted);
    const open = of('to_decide');
    const concluded = {
      bridge: bridgeOf(outcome, totals, tally.steps),
      foreign: totals.foreign,
      sums: sumsOf(totals, tally),
      listed: groups,
      sections: [...open, ...of('matched'), ...of('ignored')],
      toDecide: open.length,
    };
    this.#known = { ...facts, accepted, outcome, totals, tally, concluded };
    return concluded;
  }
}

function isSame(one: MonthOutcome, other: MonthOutcome): boolean {
  return (
    one.legs === other.legs &&
    one.ofMonth === other.ofMonth &&
    one.ignored === other.ignored &&
    areSame(Object.values(one.input.covered), Object.values(other.input.covered))
  );
}

function sumsOf({ sides }: Totals, { settled }: Tally): ReconciledMonth['sums'] {
  const of = (side: ReconSide): ReconciledMonth['sums'][ReconSide] => {
    const [total, matched] = [sides[side].total, settled[side]];
    return { total: formatAtoms(total), matched: formatAtoms(matched), open: formatAtoms(total - matched) };
  };
  return { simulated: of('simulated'), document: of('document'), bank: of('bank') };
}
