/** A month's reconciliation as the page shows it. */
import type { ReconciledMonth, ReconMonth, ReconPeriod, ReconSide, ReconVerdict } from '../../contract/reconcile.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { OPEN_PERIOD, stepsOf as undoSteps } from '../../reconcile/log/fold.ts';
import { eachOf, type Steps } from '../inPieces.ts';
import type { Basis } from './basis.ts';
import { hasFiles } from './basis.ts';
import { adoptedIn } from './adopted.ts';
import { bridgeOf, type BridgeMade } from './bridge.ts';
import { GroupList } from './groupList.ts';
import { acceptedBy, breakId, groupSteps, GroupListed, isLinkSettled } from './groups.ts';
import { valueOf, type Item } from './item.ts';
import { daysOfMonth } from './item.ts';
import type { Leg } from './leg.ts';
import type { MonthOutcome } from './month.ts';
import { entrySays } from './says.ts';
import { monthInWords } from './words.ts';

export interface MonthShown {
  readonly groups: GroupList;
  /** The same by date. */
  readonly listed: readonly GroupListed[];
  readonly bridge: BridgeMade;
  readonly verdict: ReconVerdict;
  readonly lacks: readonly string[];
  readonly toDecide: number;
}

/** @param later the item of a later month that closes a bridge of this one */
export function* monthSteps(
  basis: Basis,
  outcome: MonthOutcome,
  later: (leg: Leg, item: string) => Item | null,
): Steps<MonthShown> {
  const bridge = bridgeOf(outcome);
  const { asOf } = basis;
  const { carried, decisions } = outcome.input;
  const since = new Map(carried.map((known) => [breakId(known.leg, known.item.id), known.since]));
  const known = {
    ...{ outcome, stepsOf: bridge.stepsOf, asOf, later, isAccepted: acceptedBy(decisions.accepted) },
    sinceOf: (id: string) => since.get(id) ?? null,
  };
  const made = yield* groupSteps(outcome);
  const listed = yield* eachOf('groups', made, (group) => new GroupListed(group, known));
  const of = (wanted: GroupListed['section']): GroupListed[] => listed.filter(({ section }) => section === wanted);
  const open = of('to_decide');
  const groups = new GroupList([...open, ...of('matched'), ...of('ignored')]);
  const lacks = lacksOf(basis, outcome, bridge);
  const toDecide = open.length;
  const hasTiming = bridge.bridge.steps.some(({ category, items }) => category === 'timing' && items > 0);
  const verdict: ReconVerdict =
    lacks.length > 0 || bridge.residual !== 0n
      ? 'incomplete'
      : toDecide > 0
        ? 'breaks'
        : hasTiming
          ? 'reconciled_with_timing'
          : 'reconciled';
  return { groups, listed, bridge, verdict, lacks, toDecide };
}

function lacksOf(basis: Basis, { input }: MonthOutcome, { foreign }: BridgeMade): string[] {
  const month = monthInWords(input.month);
  const lacks: string[] = [];
  if (!input.covered.document)
    lacks.push(hasFiles(basis, 'document') ? `no vendor documents of ${month}` : 'no vendor documents');
  if (!input.covered.bank) lacks.push(hasFiles(basis, 'bank') ? `no bank lines of ${month}` : 'no bank lines');
  if (foreign.length > 0) {
    const currencies = [...new Set(foreign.map(({ currency }) => currency))].join(', ');
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

export function sumsOf(outcome: MonthOutcome, accepted: readonly (readonly string[])[]): ReconciledMonth['sums'] {
  const isAccepted = acceptedBy(accepted);
  const settled = new Set<string>();
  for (const { links } of outcome.legs)
    for (const link of links) {
      if (!isLinkSettled(link, isAccepted)) continue;
      for (const { id } of link.ledger) settled.add(id);
      for (const { id } of link.statement) settled.add(id);
    }
  const totals: Record<ReconSide, Atoms> = { simulated: 0n, document: 0n, bank: 0n };
  const matches: Record<ReconSide, Atoms> = { simulated: 0n, document: 0n, bank: 0n };
  for (const item of outcome.ofMonth.values()) {
    const value = valueOf(item, outcome.input.currency) ?? 0n;
    totals[item.side] += value;
    if (settled.has(item.id)) matches[item.side] += value;
  }
  const of = (side: ReconSide): ReconciledMonth['sums'][ReconSide] => {
    const [total, matched] = [totals[side], matches[side]];
    return { total: formatAtoms(total), matched: formatAtoms(matched), open: formatAtoms(total - matched) };
  };
  return { simulated: of('simulated'), document: of('document'), bank: of('bank') };
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
    sums: sumsOf(outcome, outcome.input.decisions.accepted),
    undo: undo === null ? null : entrySays(undo),
    redo: redo === null ? null : entrySays(redo),
    head: basis.log.at(-1)?.hash ?? null,
  };
}
