/**
 * The bridge of a month: totals of its sides, and the steps that lead from one to the next. The totals are sums of items,
 * the steps sums of what came of matching; what one leaves of the other is `unexplained`, and is shown also where it is 0.
 */
import type {
  BridgePillar,
  BridgeStep,
  ReconBridge,
  ReconMonth,
  ReconSide,
  StepCategory,
} from '../../contract/reconcile.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { forEachOf, type Steps } from '../inPieces.ts';
import { valueOf, type Item } from './item.ts';
import { LEG_SIDES } from './leg.ts';
import type { MonthOutcome } from './month.ts';
import { stepId, type Sum } from './tally.ts';
import { stepLabel } from './words.ts';

/** In the order in which steps stand; after them what is unexplained. */
const ORDER: readonly StepCategory[] = [
  ...(['tax', 'fee', 'fx', 'rounding', 'amount_difference', 'timing', 'timing_prior_period'] as const),
  ...(['reversed'] as const),
  ...(['duplicate_in_ledger', 'duplicate_in_statement', 'missing_in_ledger', 'missing_in_statement'] as const),
  ...(['ambiguous'] as const),
];

export interface BridgeMade {
  readonly bridge: ReconBridge;
  /** Of every bridge; zero, or there is no conclusion. */
  readonly residual: Atoms;
}

/** What the items of a side come to, whatever came of them. */
export interface SideTotal {
  total: Atoms;
  items: number;
}

export interface Totals {
  readonly sides: Readonly<Record<ReconSide, SideTotal>>;
  /** Currencies of items that state no amount in the account's, one an item. */
  readonly foreign: readonly string[];
}

export function* totalSteps({ ofMonth, input }: Pick<MonthOutcome, 'ofMonth' | 'input'>): Steps<Totals> {
  const foreign: string[] = [];
  const side = (): SideTotal => ({ total: 0n, items: 0 });
  const sides = { simulated: side(), document: side(), bank: side() };
  yield* forEachOf('bridge', [...ofMonth.values()], (item) => {
    const value = valueOf(item, input.currency);
    const of = sides[item.side];
    if (value === null) foreign.push(item.currency);
    else of.total += value;
    of.items += 1;
  });
  return { sides, foreign };
}

/** @param sums of the steps, by their ids */
export function bridgeOf(
  outcome: MonthOutcome,
  { sides }: Totals,
  sums: ReadonlyMap<string, Readonly<Sum>>,
): BridgeMade {
  const { legs, input } = outcome;
  const shown = (['simulated', 'document', 'bank'] as const).filter((side) =>
    legs.length === 0
      ? input.covered[side]
      : legs.some(({ leg }) => LEG_SIDES[leg].ledger === side || LEG_SIDES[leg].statement === side),
  );
  let residual = 0n;
  let gross = 0n;
  const steps: BridgeStep[] = [];
  for (const { leg } of legs) {
    const { ledger, statement } = LEG_SIDES[leg];
    const own = ORDER.flatMap((category) => {
      const sum = sums.get(stepId(leg, category));
      return sum === undefined ? [] : [{ category, ...sum }];
    });
    const explained = own.reduce((sum, { amount }) => sum + amount, 0n);
    const unexplained = sides[statement].total - sides[ledger].total - explained;
    if (unexplained !== 0n) residual = unexplained;
    for (const { category, amount, items } of [
      ...own,
      { category: 'unexplained' as const, amount: unexplained, items: 0 },
    ]) {
      gross += amount < 0n ? -amount : amount;
      steps.push({
        ...{ id: stepId(leg, category), after: shown.indexOf(ledger), category },
        ...{ label: stepLabel(leg, category), amount: formatAtoms(amount), items },
      });
    }
  }
  const pillars = shown.map((side): BridgePillar => pillarOf(side, sides[side], outcome));
  return { bridge: { pillars, steps, gross: formatAtoms(gross) }, residual };
}

function pillarOf(side: ReconSide, { total, items }: SideTotal, { ignored, input }: MonthOutcome): BridgePillar {
  const left = ignored.filter(({ item }) => item.side === side && isOf(item, input.month));
  const voided = left.filter(({ item }) => item.standing === 'void').length;
  const others = left.length - voided;
  const counted = {
    simulated: `${items} paid`,
    document: items === 1 ? '1 document' : `${items} documents`,
    bank: items === 1 ? '1 line' : `${items} lines`,
  }[side];
  const label = { simulated: 'Simulated', document: 'Vendor documents', bank: 'Bank' }[side];
  const parts = [counted, ...(voided > 0 ? [`${voided} void`] : []), ...(others > 0 ? [`${others} ignored`] : [])];
  return { side, label, total: formatAtoms(total), note: parts.join(', ') };
}

function isOf({ date }: Item, month: ReconMonth): boolean {
  return date.startsWith(month);
}
