/** A month's reconciliation as the page shows it. */
import type { ReconciledMonth, ReconMonth, ReconPeriod, ReconSide, ReconVerdict } from '../../contract/reconcile.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { OPEN_PERIOD, stepsOf as undoSteps, type Decisions } from '../../reconcile/log/fold.ts';
import { eachOf, type Steps } from '../inPieces.ts';
import type { Basis } from './basis.ts';
import { hasFiles } from './basis.ts';
import { adoptedIn } from './adopted.ts';
import { bridgeSteps, stepsOfGroup, type BridgeMade } from './bridge.ts';
import { Grouping, partsOf } from './grouping.ts';
import { GroupList } from './groupList.ts';
import { acceptedBy, breakId, GroupListed, isLinkSettled, type GroupContext, type GroupFacts } from './groups.ts';
import { areSame } from './inOrder.ts';
import { valueOf, type Item } from './item.ts';
import { daysOfMonth } from './item.ts';
import type { Leg } from './leg.ts';
import type { MonthInput, MonthOutcome } from './month.ts';
import { entrySays } from './says.ts';
import { monthInWords } from './words.ts';

export interface MonthShown {
  readonly groups: GroupList<GroupListed>;
  /** The same by date. */
  readonly listed: readonly GroupListed[];
  /** To decide, or waiting for what may still come. */
  readonly isOpen: (group: GroupListed) => boolean;
  readonly bridge: BridgeMade;
  readonly sums: ReconciledMonth['sums'];
  readonly verdict: ReconVerdict;
  readonly lacks: readonly string[];
  readonly toDecide: number;
}

/** What a month concludes, whatever is only said about it. */
interface Concluded {
  readonly parts: Pick<MonthOutcome, 'legs' | 'ofMonth' | 'ignored'> & Pick<MonthInput, 'carried' | 'covered'>;
  readonly accepted: Decisions['accepted'];
  readonly bridge: BridgeMade;
  readonly sums: ReconciledMonth['sums'];
  readonly listed: readonly GroupListed[];
  /** To decide, matched, ignored. */
  readonly sections: readonly GroupListed[];
  readonly toDecide: number;
}

/** What of a month's view stays from one act to the next. */
export class MonthView {
  readonly #grouping = new Grouping<GroupListed>();
  #concluded: Concluded | null = null;

  *of(outcome: MonthOutcome): Steps<Concluded> {
    const { legs, ofMonth, ignored, input } = outcome;
    const { carried, covered, month } = input;
    const { accepted } = input.decisions;
    const known = this.#concluded;
    const isKnown =
      known?.accepted === accepted &&
      known.parts.legs === legs &&
      known.parts.ofMonth === ofMonth &&
      known.parts.ignored === ignored &&
      areSame(Object.values(known.parts.covered), Object.values(covered));
    if (isKnown) return known;
    const bridge = yield* bridgeSteps(outcome);
    const sums = yield* sumSteps(outcome, accepted);
    const facts: GroupFacts = {
      ...{ month, isAccepted: acceptedBy(accepted) },
      stepsOf: (made) => stepsOfGroup(made, outcome),
    };
    const listed = yield* this.#grouping.of(partsOf(outcome), (made) => new GroupListed(made, facts));
    const of = (wanted: GroupListed['section']): GroupListed[] => listed.filter(({ section }) => section === wanted);
    const open = of('to_decide');
    const sections = [...open, ...of('matched'), ...of('ignored')];
    const parts = { legs, ofMonth, ignored, carried, covered };
    this.#concluded = { parts, accepted, bridge, sums, listed, sections, toDecide: open.length };
    return this.#concluded;
  }
}

/** @param later the item of a later month that closes a bridge of this one */
export function* monthSteps(
  basis: Basis,
  outcome: MonthOutcome,
  view: MonthView,
  later: (leg: Leg, item: string) => Item | null,
): Steps<MonthShown> {
  const { bridge, sums, listed, sections, toDecide } = yield* view.of(outcome);
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
  const isOpen = (group: GroupListed): boolean => group.isOpenIn(context);
  const lacks = lacksOf(basis, outcome, bridge);
  const hasTiming = bridge.bridge.steps.some(({ category, items }) => category === 'timing' && items > 0);
  const verdict: ReconVerdict =
    lacks.length > 0 || bridge.residual !== 0n
      ? 'incomplete'
      : toDecide > 0
        ? 'breaks'
        : hasTiming
          ? 'reconciled_with_timing'
          : 'reconciled';
  return { groups, listed, isOpen, bridge, sums, verdict, lacks, toDecide };
}

function lacksOf(basis: Basis, { input }: MonthOutcome, { foreign }: BridgeMade): string[] {
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

function* sumSteps(outcome: MonthOutcome, accepted: Decisions['accepted']): Steps<ReconciledMonth['sums']> {
  const isAccepted = acceptedBy(accepted);
  const settled = new Set<Item>();
  for (const { links } of outcome.legs)
    yield* eachOf('sums', links, (link) => {
      if (!isLinkSettled(link, isAccepted)) return;
      for (const item of link.ledger) settled.add(item);
      for (const item of link.statement) settled.add(item);
    });
  const totals: Record<ReconSide, Atoms> = { simulated: 0n, document: 0n, bank: 0n };
  const matches: Record<ReconSide, Atoms> = { simulated: 0n, document: 0n, bank: 0n };
  yield* eachOf('sums', [...outcome.ofMonth.values()], (item) => {
    const value = valueOf(item, outcome.input.currency) ?? 0n;
    totals[item.side] += value;
    if (settled.has(item)) matches[item.side] += value;
  });
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
    sums: shown.sums,
    undo: undo === null ? null : entrySays(undo),
    redo: redo === null ? null : entrySays(redo),
    head: basis.log.at(-1)?.hash ?? null,
  };
}
