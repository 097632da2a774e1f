/**
 * What groups add to the steps of a bridge and to what is settled on each side. Kept up to date as groups come and go: what
 * one took part in is taken out as it was put in.
 */
import type { ReconSide, StepCategory } from '../../contract/reconcile.ts';
import type { Atoms } from '../../domain/money.ts';
import { isLinkSettled } from './accepted.ts';
import type { GroupMade } from './grouping.ts';
import { valueOf, type Item } from './item.ts';
import type { Leg, LegBreak, LegLink } from './leg.ts';
import type { MonthOutcome } from './month.ts';

/** What of a month decides what a group counts. */
export interface Facts {
  readonly here: Pick<MonthOutcome, 'ofMonth' | 'input' | 'legs'>;
  readonly isAccepted: (items: readonly Item[]) => boolean;
}

export interface Sum {
  amount: Atoms;
  /** Matches and leftovers that it is the sum of. */
  items: number;
}

export class Tally {
  /** By their steps; none is there of which nothing is the sum. */
  readonly steps = new Map<string, Sum>();
  readonly settled: Record<ReconSide, Atoms> = { simulated: 0n, document: 0n, bank: 0n };

  add(made: GroupMade, facts: Facts): void {
    this.#count(made, facts, 1);
  }

  remove(made: GroupMade, facts: Facts): void {
    this.#count(made, facts, -1);
  }

  #count(made: GroupMade, facts: Facts, sign: 1 | -1): void {
    forEachStep(made, facts.here, (step, amount) => {
      const sum = this.steps.get(step) ?? { amount: 0n, items: 0 };
      sum.amount += sign === 1 ? amount : -amount;
      sum.items += sign;
      if (sum.items === 0) this.steps.delete(step);
      else this.steps.set(step, sum);
    });
    const { ofMonth, input } = facts.here;
    for (const item of settledIn(made, facts)) {
      if (!ofMonth.has(item.id)) continue;
      const value = valueOf(item, input.currency) ?? 0n;
      this.settled[item.side] += sign === 1 ? value : -value;
    }
  }
}

function settledIn({ links }: GroupMade, { here, isAccepted }: Facts): Iterable<Item> {
  const [first] = links;
  if (first === undefined) return [];
  const settled = new Set<Item>();
  for (const link of links) {
    if (link.month !== here.input.month || !isLinkSettled(link, isAccepted)) continue;
    for (const item of link.ledger) settled.add(item);
    for (const item of link.statement) settled.add(item);
  }
  return settled;
}

/** Most groups count in one step, or in none: they share its list. */
const singles = new Map<string, readonly string[]>();
const NO_STEPS: readonly string[] = [];

function singleOf(step: string): readonly string[] {
  const known = singles.get(step) ?? [step];
  singles.set(step, known);
  return known;
}

/** The steps in which any item of a group counts: item by item, for each in the order of bridges, links and leftovers. */
export function stepsOfGroup(made: GroupMade, here: Facts['here']): readonly string[] {
  const single: string[] = [];
  forEachStep(made, here, (step) => {
    if (!single.includes(step)) single.push(step);
  });
  if (single.length <= 1) return single[0] === undefined ? NO_STEPS : singleOf(single[0]);
  const found = new Map<string, string[]>();
  forEachStep(made, here, (step, _amount, members) => {
    for (const { id } of members) found.set(id, [...(found.get(id) ?? []), step]);
  });
  return [...new Set(made.items.flatMap(({ id }) => found.get(id) ?? []))];
}

const ids = new Map<Leg, Map<StepCategory, string>>();

/** Written out once. */
export function stepId(leg: Leg, category: StepCategory): string {
  let ofLeg = ids.get(leg);
  if (ofLeg === undefined) ids.set(leg, (ofLeg = new Map<StepCategory, string>()));
  let id = ofLeg.get(category);
  if (id === undefined) ofLeg.set(category, (id = `${leg}/${category}`));
  return id;
}

type Each = (step: string, amount: Atoms, members: readonly Item[]) => void;

function forEachStep({ links, breaks }: GroupMade, here: Facts['here'], each: Each): void {
  if (links.length + breaks.length === 0) return;
  for (const { leg } of here.legs) {
    for (const link of links) if (link.leg === leg && link.month === here.input.month) addLink(link, here, each);
    for (const found of breaks) if (found.leg === leg) addBreak(found, here, each);
  }
}

/** Of items of earlier months only their pairs count. */
function addLink(
  { leg, ledger, statement, difference, parts, rule, category }: LegLink,
  { ofMonth, input }: Facts['here'],
  each: Each,
): void {
  const isHere = ({ id }: Item): boolean => ofMonth.has(id);
  const isAllHere = ledger.every(isHere) && statement.every(isHere);
  if (isAllHere && parts.length === 0 && rule !== 'reversal') return;
  const worth = (items: readonly Item[]): Atoms =>
    items.reduce((sum, item) => sum + (isHere(item) ? (valueOf(item, input.currency) ?? 0n) : 0n), 0n);
  const members = [...ledger, ...statement];
  // charged and given back: a net of zero hides neither
  if (rule === 'reversal' && isAllHere) {
    for (const item of statement)
      each(stepId(leg, item.amount < 0n ? 'reversed' : stepOf(category)), worth([item]), [item]);
    return;
  }
  for (const part of parts) each(stepId(leg, part.category), part.amount, members);
  const ofPrior = worth(statement) - worth(ledger) - difference;
  if (!isAllHere && ofPrior !== 0n) each(stepId(leg, 'timing_prior_period'), ofPrior, members);
}

function stepOf(category: LegLink['category']): StepCategory {
  return category === 'none' ? 'reversed' : category;
}

function addBreak({ leg, item, category, amount }: LegBreak, { ofMonth, input }: Facts['here'], each: Each): void {
  if (ofMonth.has(item.id)) each(stepId(leg, category), valueOf(item, input.currency) === null ? 0n : amount, [item]);
}
