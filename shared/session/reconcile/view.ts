/** A month's reconciliation as the page shows it. */
import type { ReconciledMonth, ReconMonth, ReconPeriod, ReconVerdict } from '../../contract/reconcile.ts';
import { OPEN_PERIOD, stepsOf as undoSteps } from '../../reconcile/log/fold.ts';
import type { Steps } from '../inPieces.ts';
import type { Basis } from './basis.ts';
import { hasFiles } from './basis.ts';
import { adoptedIn } from './adopted.ts';
import type { BridgeMade } from './bridge.ts';
import { GroupList } from './groupList.ts';
import { acceptedBy } from './accepted.ts';
import { breakId, type GroupContext, type GroupListed } from './groups.ts';
import type { Item } from './item.ts';
import { daysOfMonth } from './item.ts';
import type { Leg } from './leg.ts';
import type { MonthOutcome } from './month.ts';
import type { MonthView } from './monthView.ts';
import type { OpenGroup } from './openLists.ts';
import { entrySays } from './says.ts';
import { monthInWords } from './words.ts';

export interface MonthShown {
  readonly groups: GroupList<GroupListed>;
  /** The same by date. */
  readonly listed: readonly GroupListed[];
  /** The group, if it is to decide or waits for what may still come. */
  readonly openIn: (group: GroupListed) => readonly OpenGroup[];
  readonly bridge: BridgeMade;
  readonly sums: ReconciledMonth['sums'];
  readonly verdict: ReconVerdict;
  readonly lacks: readonly string[];
  readonly toDecide: number;
}

/** @param later the item of a later month that closes a bridge of this one */
export function* monthSteps(
  basis: Basis,
  outcome: MonthOutcome,
  view: MonthView,
  later: (leg: Leg, item: string) => Item | null,
): Steps<MonthShown> {
  const { bridge, foreign, sums, listed, sections, toDecide } = yield* view.of(outcome);
  const { carried, decisions } = outcome.input;
  let since: ReadonlyMap<string, ReconMonth> | null = null;
  const context: GroupContext = {
    ...{ outcome, asOf: basis.asOf, later, isAccepted: acceptedBy(decisions.accepted) },
    sinceOf: (id: string) => {
      since ??= new Map(carried.map((known) => [breakId(known.leg, known.item.id), known.since]));
      return since.get(id) ?? null;
    },
  };
  const groups = new GroupList(sections, (group) => group.shownIn(context));
  const openIn = (group: GroupListed): readonly OpenGroup[] => group.openIn(context);
  const lacks = lacksOf(basis, outcome, foreign);
  const hasTiming = bridge.bridge.steps.some(({ category, items }) => category === 'timing' && items > 0);
  const verdict: ReconVerdict =
    lacks.length > 0 || bridge.residual !== 0n
      ? 'incomplete'
      : toDecide > 0
        ? 'breaks'
        : hasTiming
          ? 'reconciled_with_timing'
          : 'reconciled';
  return { groups, listed, openIn, bridge, sums, verdict, lacks, toDecide };
}

function lacksOf(basis: Basis, { input }: MonthOutcome, foreign: readonly string[]): string[] {
  const month = monthInWords(input.month);
  const lacks: string[] = [];
  if (!input.covered.document)
    lacks.push(hasFiles(basis, 'document') ? `no vendor documents of ${month}` : 'no vendor documents');
  if (!input.covered.bank) lacks.push(hasFiles(basis, 'bank') ? `no bank lines of ${month}` : 'no bank lines');
  if (foreign.length > 0) {
    const currencies = [...new Set(foreign)].join(', ');
    lacks.push(
      `${foreign.length === 1 ? '1 item is' : `${foreign.length} items are`} in ${currencies} without an amount in ${input.currency}`,
    );
  }
  const { problem } = basis.accountOf(input.month);
  if (problem !== null) lacks.push(`what was adopted for the vendor: it can no longer be replayed (${problem})`);
  return lacks;
}

export function periodShown(
  basis: Basis,
  month: ReconMonth,
  { toDecide, verdict }: Pick<MonthShown, 'toDecide' | 'verdict'>,
  since: readonly string[],
): ReconPeriod {
  const { state, prepared, reviewed, sealed } = basis.decisions.periods.get(month) ?? OPEN_PERIOD;
  return {
    ...{ period: month, ...daysOfMonth(month), state, prepared, reviewed },
    sealed: sealed === null ? null : { by: sealed.by, at: sealed.at, hash: sealed.hash },
    ...{ since, toDecide, verdict },
  };
}

export function monthShown(
  basis: Basis,
  outcome: MonthOutcome,
  shown: MonthShown,
  more: Pick<ReconciledMonth, 'usage' | 'balances'> & { readonly since: readonly string[] },
): ReconciledMonth {
  const { month } = outcome.input;
  const { input } = basis.accountOf(month).account.run;
  const { undo, redo } = undoSteps(basis.log, month);
  return {
    period: periodShown(basis, month, shown, more.since),
    ...{ vendor: outcome.input.settings.vendor, currency: input.currency, minorDigits: input.minorDigits },
    ...{ timezone: input.zone.name, adopted: adoptedIn(basis.decisions, month) },
    ...{ verdict: shown.verdict, lacks: shown.lacks, bridge: shown.bridge.bridge },
    ...{ usage: more.usage, balances: more.balances },
    sums: shown.sums,
    undo: undo === null ? null : entrySays(undo),
    redo: redo === null ? null : entrySays(redo),
    head: basis.log.at(-1)?.hash ?? null,
  };
}
