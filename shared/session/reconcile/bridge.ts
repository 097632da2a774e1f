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
import { eachOf, type Steps } from '../inPieces.ts';
import { valueOf, type Item } from './item.ts';
import type { GroupMade } from './grouping.ts';
import { LEG_SIDES, type Leg, type LegBreak, type LegLink, type LegOutcome } from './leg.ts';
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
  /** Currencies of items that state no amount in the account's, one an item. */
  readonly foreign: readonly string[];
}

interface Side {
  total: Atoms;
  items: number;
}

export function* bridgeSteps(outcome: MonthOutcome): Steps<BridgeMade> {
  const { legs, ofMonth, input } = outcome;
  const foreign: string[] = [];
  const sides: Readonly<Record<ReconSide, Side>> = {
    simulated: { total: 0n, items: 0 },
    document: { total: 0n, items: 0 },
    bank: { total: 0n, items: 0 },
  };
  yield* eachOf('bridge', [...ofMonth.values()], (item) => {
    const value = valueOf(item, input.currency);
    const side = sides[item.side];
    if (value === null) foreign.push(item.currency);
    else side.total += value;
    side.items += 1;
  });
  const shown = (['simulated', 'document', 'bank'] as const).filter((side) =>
    legs.length === 0
      ? input.covered[side]
      : legs.some(({ leg }) => LEG_SIDES[leg].ledger === side || LEG_SIDES[leg].statement === side),
  );
  let residual = 0n;
  let gross = 0n;
  const steps: BridgeStep[] = [];
  for (const leg of legs) {
    const sums = yield* sumSteps(leg, outcome);
    const { ledger, statement } = LEG_SIDES[leg.leg];
    const difference = sides[statement].total - sides[ledger].total;
    const explained = [...sums.values()].reduce((sum, { amount }) => sum + amount, 0n);
    sums.set('unexplained', { amount: difference - explained, items: 0 });
    residual = difference === explained ? residual : difference - explained;
    for (const category of ORDER) {
      const sum = sums.get(category);
      if (sum === undefined) continue;
      gross += sum.amount < 0n ? -sum.amount : sum.amount;
      steps.push({
        ...{ id: stepId(leg.leg, category), after: shown.indexOf(ledger), category },
        ...{ label: stepLabel(leg.leg, category), amount: formatAtoms(sum.amount), items: sum.items },
      });
    }
  }
  const pillars = shown.map((side): BridgePillar => pillarOf(side, sides[side], outcome));
  return { bridge: { pillars, steps, gross: formatAtoms(gross) }, residual, foreign };
}

function stepOf(category: LegLink['category']): StepCategory {
  return category === 'none' ? 'reversed' : category;
}

export function stepId(leg: Leg, category: StepCategory): string {
  return `${leg}/${category}`;
}

/** Of what a step is counted. */
type Add = (category: StepCategory, amount: Atoms, items: readonly Item[]) => void;

type Here = Pick<MonthOutcome, 'ofMonth' | 'input'>;

/** What matches and leftovers of the month say of the difference. */
function* sumSteps({ links, breaks }: LegOutcome, here: Here): Steps<Map<StepCategory, Sum>> {
  const sums = new Map<StepCategory, Sum>();
  const add: Add = (category, amount) => {
    const sum = sums.get(category);
    if (sum === undefined) {
      sums.set(category, { amount, items: 1 });
      return;
    }
    sum.amount += amount;
    sum.items += 1;
  };
  yield* eachOf('bridge', links, (link) => {
    addLink(link, here, add);
  });
  yield* eachOf('bridge', breaks, (found) => {
    addBreak(found, here, add);
  });
  return sums;
}

/** Of items of earlier months only their pairs count. */
function addLink({ ledger, statement, difference, parts, rule, category }: LegLink, here: Here, add: Add): void {
  const { ofMonth, input } = here;
  const isHere = ({ id }: Item): boolean => ofMonth.has(id);
  const isAllHere = ledger.every(isHere) && statement.every(isHere);
  if (isAllHere && parts.length === 0 && rule !== 'reversal') return;
  const worth = (items: readonly Item[]): Atoms =>
    items.reduce((sum, item) => sum + (isHere(item) ? (valueOf(item, input.currency) ?? 0n) : 0n), 0n);
  const members = [...ledger, ...statement];
  // charged and given back: a net of zero hides neither
  if (rule === 'reversal' && isAllHere) {
    for (const item of statement) add(item.amount < 0n ? 'reversed' : stepOf(category), worth([item]), [item]);
    return;
  }
  for (const part of parts) add(part.category, part.amount, members);
  const ofPrior = worth(statement) - worth(ledger) - difference;
  if (!isAllHere && ofPrior !== 0n) add('timing_prior_period', ofPrior, members);
}

function addBreak({ item, category, amount }: LegBreak, { ofMonth, input }: Here, add: Add): void {
  if (ofMonth.has(item.id)) add(category, valueOf(item, input.currency) === null ? 0n : amount, [item]);
}

/** Most groups count in one step, or in none: they share its list. */
const singles = new Map<string, readonly string[]>([['', []]]);

function singleOf(step: string): readonly string[] {
  const known = singles.get(step) ?? [step];
  singles.set(step, known);
  return known;
}

/** The steps in which any item of a group counts: item by item, for each in the order of bridges, links and leftovers. */
export function stepsOfGroup({ items, links, breaks }: GroupMade, outcome: MonthOutcome): readonly string[] {
  const found = new Map<string, string[]>();
  for (const { leg } of outcome.legs) {
    const add: Add = (category, _amount, members) => {
      const step = stepId(leg, category);
      for (const { id } of members) found.set(id, [...(found.get(id) ?? []), step]);
    };
    for (const link of links) if (link.leg === leg && link.month === outcome.input.month) addLink(link, outcome, add);
    for (const one of breaks) if (one.leg === leg) addBreak(one, outcome, add);
  }
  if (found.size === 0) return singleOf('');
  const steps = [...new Set(items.flatMap(({ id }) => found.get(id) ?? []))];
  return steps.length === 1 ? singleOf(steps[0] ?? '') : steps;
}

function pillarOf(side: ReconSide, { total, items }: Side, { ignored, input }: MonthOutcome): BridgePillar {
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
