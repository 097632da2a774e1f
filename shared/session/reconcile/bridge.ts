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
import { valueOf, type Item } from './item.ts';
import { LEG_SIDES, type Leg, type LegLink, type LegOutcome } from './leg.ts';
import type { MonthOutcome } from './month.ts';
import { stepLabel } from './words.ts';

/** In the order in which steps stand. */
const ORDER: readonly StepCategory[] = [
  ...(['tax', 'fee', 'fx', 'rounding', 'amount_difference', 'timing', 'timing_prior_period'] as const),
  ...(['reversed'] as const),
  ...(['duplicate_in_ledger', 'duplicate_in_statement', 'missing_in_ledger', 'missing_in_statement'] as const),
  ...(['ambiguous', 'unexplained'] as const),
];

interface Sum {
  amount: Atoms;
  items: number;
}

export interface BridgeMade {
  readonly bridge: ReconBridge;
  /** Of every bridge; zero, or there is no conclusion. */
  readonly residual: Atoms;
  /** Steps in which an item counts. */
  readonly stepsOf: ReadonlyMap<string, readonly string[]>;
  readonly totals: ReadonlyMap<ReconSide, Atoms>;
  /** Items that state no amount in the account's currency. */
  readonly foreign: readonly Item[];
}

export function bridgeOf(outcome: MonthOutcome): BridgeMade {
  const { legs, ofMonth, input } = outcome;
  const items = [...ofMonth.values()];
  const foreign = items.filter((item) => valueOf(item, input.currency) === null);
  const total = (side: ReconSide): Atoms =>
    items.reduce((sum, item) => sum + (item.side === side ? (valueOf(item, input.currency) ?? 0n) : 0n), 0n);
  const shown = (['simulated', 'document', 'bank'] as const).filter((side) =>
    legs.length === 0
      ? input.covered[side]
      : legs.some(({ leg }) => LEG_SIDES[leg].ledger === side || LEG_SIDES[leg].statement === side),
  );
  const totals = new Map(shown.map((side) => [side, total(side)]));
  const stepsOf = new Map<string, readonly string[]>();
  let residual = 0n;
  let gross = 0n;
  const steps = legs.flatMap((leg): BridgeStep[] => {
    const sums = sumsOf(leg, outcome, stepsOf);
    const sides = LEG_SIDES[leg.leg];
    const difference = (totals.get(sides.statement) ?? 0n) - (totals.get(sides.ledger) ?? 0n);
    const explained = [...sums.values()].reduce((sum, { amount }) => sum + amount, 0n);
    sums.set('unexplained', { amount: difference - explained, items: 0 });
    residual = difference === explained ? residual : difference - explained;
    return ORDER.flatMap((category): BridgeStep[] => {
      const sum = sums.get(category);
      if (sum === undefined) return [];
      gross += sum.amount < 0n ? -sum.amount : sum.amount;
      return [
        {
          ...{ id: stepId(leg.leg, category), after: shown.indexOf(sides.ledger), category },
          ...{ label: stepLabel(leg.leg, category), amount: formatAtoms(sum.amount), items: sum.items },
        },
      ];
    });
  });
  const pillars = shown.map((side): BridgePillar => pillarOf(side, totals.get(side) ?? 0n, outcome));
  return { bridge: { pillars, steps, gross: formatAtoms(gross) }, residual, stepsOf, totals, foreign };
}

function stepOf(category: LegLink['category']): StepCategory {
  return category === 'none' ? 'reversed' : category;
}

export function stepId(leg: Leg, category: StepCategory): string {
  return `${leg}/${category}`;
}

/** What matches and leftovers of the month say of the difference; of items of earlier months only their pairs count. */
function sumsOf(
  { leg, links, breaks }: LegOutcome,
  { ofMonth, input }: MonthOutcome,
  stepsOf: Map<string, readonly string[]>,
): Map<StepCategory, Sum> {
  const sums = new Map<StepCategory, Sum>();
  /** Most items count in one step: they share its list. */
  const singles = new Map<string, readonly string[]>();
  const add = (category: StepCategory, amount: Atoms, items: readonly Item[]): void => {
    const sum = sums.get(category) ?? { amount: 0n, items: 0 };
    sums.set(category, { amount: sum.amount + amount, items: sum.items + 1 });
    const step = stepId(leg, category);
    const alone = singles.get(step) ?? [step];
    singles.set(step, alone);
    for (const { id } of items) {
      const known = stepsOf.get(id);
      if (known === undefined) stepsOf.set(id, alone);
      else if (!known.includes(step)) stepsOf.set(id, [...known, step]);
    }
  };
  const isHere = ({ id }: Item): boolean => ofMonth.has(id);
  const worth = (items: readonly Item[]): Atoms =>
    items.reduce((sum, item) => sum + (ofMonth.has(item.id) ? (valueOf(item, input.currency) ?? 0n) : 0n), 0n);
  for (const { ledger, statement, difference, parts, category, rule } of links) {
    const isAllHere = ledger.every(isHere) && statement.every(isHere);
    if (isAllHere && parts.length === 0 && rule !== 'reversal') continue;
    const members = [...ledger, ...statement];
    // charged and given back: a net of zero hides neither
    if (rule === 'reversal' && isAllHere) {
      for (const item of statement) add(item.amount < 0n ? 'reversed' : stepOf(category), worth([item]), [item]);
      continue;
    }
    for (const part of parts) add(part.category, part.amount, members);
    const ofPrior = worth(statement) - worth(ledger) - difference;
    if (!isAllHere) {
      if (ofPrior !== 0n) add('timing_prior_period', ofPrior, members);
    }
  }
  for (const { item, category, amount } of breaks) {
    if (ofMonth.has(item.id)) add(category, valueOf(item, input.currency) === null ? 0n : amount, [item]);
  }
  return sums;
}

function pillarOf(side: ReconSide, total: Atoms, { ofMonth, ignored, input }: MonthOutcome): BridgePillar {
  const count = [...ofMonth.values()].filter((item) => item.side === side).length;
  const left = ignored.filter(({ item }) => item.side === side && isOf(item, input.month));
  const voided = left.filter(({ item }) => item.standing === 'void').length;
  const others = left.length - voided;
  const counted = {
    simulated: `${count} paid`,
    document: count === 1 ? '1 document' : `${count} documents`,
    bank: count === 1 ? '1 line' : `${count} lines`,
  }[side];
  const label = { simulated: 'Simulated', document: 'Vendor documents', bank: 'Bank' }[side];
  const parts = [counted, ...(voided > 0 ? [`${voided} void`] : []), ...(others > 0 ? [`${others} ignored`] : [])];
  return { side, label, total: formatAtoms(total), note: parts.join(', ') };
}

function isOf({ date }: Item, month: ReconMonth): boolean {
  return date.startsWith(month);
}
