/** One month: which sides can be compared, its bridges matched, and what goes on into the next month. */
import type { ReconMonth, ReconSettings, ReconSide } from '../../contract/reconcile.ts';
import type { Decisions } from '../../reconcile/log/fold.ts';
import { dayNumber, daysOfMonth, monthOfDate, type Item } from './item.ts';
import { LEG_SIDES, matchLeg, type Leg, type LegBreak, type LegHost, type LegLink, type LegOutcome } from './leg.ts';
import type { Scoped } from './scope.ts';
import { slowestOf } from './sources.ts';

/** An item of an earlier month that has found nothing on the other side of a bridge. */
export interface Carried {
  readonly leg: Leg;
  readonly item: Item;
  /** The month in which it first was open. */
  readonly since: ReconMonth;
  /** What it was matched with on its other bridge. */
  readonly links: readonly LegLink[];
}

export interface MonthInput {
  readonly month: ReconMonth;
  readonly currency: string;
  readonly settings: ReconSettings;
  readonly decisions: Decisions;
  /** Items of the month, and late ones of months that are sealed. */
  readonly items: readonly Scoped[];
  readonly carried: readonly Carried[];
  /** Sides of which something is known in this month. */
  readonly covered: Readonly<Record<ReconSide, boolean>>;
  /** Bridges on which the month before was compared. */
  readonly comparedBefore: readonly Leg[];
  /** By what groups that a person made are told to belong to this month or to a later one. */
  readonly monthOf: (item: string) => ReconMonth | null;
}

export interface MonthOutcome {
  readonly input: MonthInput;
  /** The bridges that were compared, in their order. */
  readonly legs: readonly LegOutcome[];
  readonly carry: readonly Carried[];
  /** Items of this month that count, by id. */
  readonly ofMonth: ReadonlyMap<string, Item>;
  readonly ignored: readonly { readonly item: Item; readonly why: string }[];
}

/** Documents of an earlier month that wait for their payment are compared also where this one has none. */
function legsOf({ covered, carried }: MonthInput): Leg[] {
  const waits = carried.some(({ item }) => item.side === 'document');
  if (!covered.document && !(waits && covered.bank)) return covered.simulated && covered.bank ? ['simulated_bank'] : [];
  return [
    ...(covered.simulated && covered.document ? (['simulated_document'] as const) : []),
    ...(covered.bank ? (['document_bank'] as const) : []),
  ];
}

/** Categories that have no counterpart by their nature: nothing is waited for. */
export const ALONE: readonly string[] = ['fee', 'tax', 'fx', 'rounding'];

export async function reconcileMonth(input: MonthInput, host: LegHost): Promise<MonthOutcome> {
  const { month, decisions, carried } = input;
  const inScope = input.items.filter(({ ignored }) => ignored === null);
  const fromBefore = new Set(carried.map(({ item }) => item.id));
  const byHand = decisions.matches.map(({ items, reason }) => ({
    ...{ items, reason },
    now: latest(items, input, fromBefore) === month,
  }));
  const legs: LegOutcome[] = [];
  for (const leg of legsOf(input)) {
    const sides = LEG_SIDES[leg];
    const isOf = ({ item }: { readonly item: Item }): boolean =>
      item.side === sides.ledger || item.side === sides.statement;
    const before = carried.flatMap((known) =>
      known.leg === leg ? [{ item: known.item, ignored: null, category: null }] : [],
    );
    const matched = await matchLeg(
      {
        ...{ leg, month, byHand, currency: input.currency, settings: input.settings, apart: decisions.apart },
        items: [...before, ...inScope.filter(isOf)],
      },
      host,
    );
    legs.push({ ...matched, breaks: matched.breaks.map((found) => known(found, input)) });
  }
  const never = new Map(legs.flatMap(({ ignored }) => ignored).map((one) => [one.item.id, one]));
  const left = input.items.flatMap(({ item, ignored }) => (ignored === null ? [] : [{ item, why: ignored }]));
  const ofMonth = new Map<string, Item>();
  for (const { item } of inScope) if (item.date.startsWith(month) && !never.has(item.id)) ofMonth.set(item.id, item);
  return { input, legs, ofMonth, ignored: [...left, ...never.values()], carry: carryOf(input, legs, inScope) };
}

/** Where the month before was compared too, what could have been its counterpart there is known not to be. */
function known(found: LegBreak, { month, comparedBefore }: MonthInput): LegBreak {
  const isPrior = found.category === 'timing_prior_period' || monthOfDate(found.item.date) < month;
  const waits = ['timing_prior_period', 'timing', 'missing_in_ledger', 'missing_in_statement'];
  if (!isPrior || !comparedBefore.includes(found.leg) || !waits.includes(found.category)) return found;
  const isLedger = found.item.side === LEG_SIDES[found.leg].ledger;
  return { ...found, category: isLedger ? 'missing_in_statement' : 'missing_in_ledger', breakOn: null };
}

/** The month in which a group that a person made is complete. */
function latest(
  items: readonly string[],
  { month, monthOf }: MonthInput,
  carried: ReadonlySet<string>,
): ReconMonth | null {
  const months = items.map((id) => monthOf(id) ?? (carried.has(id) ? month : null));
  return months.some((known) => known === null) ? null : months.reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b), null);
}

/** Of some items, the links that they are in. */
function linksOfItems(legs: readonly LegOutcome[], wanted: ReadonlySet<string>): Map<string, LegLink[]> {
  const found = new Map<string, LegLink[]>();
  const add = ({ id }: Item, link: LegLink): void => {
    if (wanted.has(id)) found.set(id, [...(found.get(id) ?? []), link]);
  };
  for (const { links } of legs)
    for (const link of links) {
      for (const item of link.ledger) add(item, link);
      for (const item of link.statement) add(item, link);
    }
  return found;
}

/** What goes on: what was open before or is now; of what was not compared, what may still be on its way. */
function carryOf(input: MonthInput, legs: readonly LegOutcome[], inScope: readonly Scoped[]): Carried[] {
  const { month, carried, decisions } = input;
  const accepted = new Set(decisions.accepted.flat());
  const earlier = new Map(carried.map((known) => [`${known.leg}/${known.item.id}`, known]));
  const open = (found: LegBreak): boolean => !ALONE.includes(found.category) && !accepted.has(found.item.id);
  const left = legs.flatMap(({ leg, breaks }) => breaks.filter(open).map(({ item }) => ({ leg, item })));
  const others = (Object.keys(LEG_SIDES) as Leg[]).filter((leg) => !legs.some((known) => known.leg === leg));
  const waiting = carried.filter(({ leg }) => others.includes(leg));
  const lastDay = dayNumber(daysOfMonth(month).to) - 1;
  const onItsWay = others.flatMap((leg) => {
    const waits = slowestOf(input.settings, LEG_SIDES[leg].statement);
    return inScope.flatMap(({ item, category }) => {
      const isLedger = item.side === LEG_SIDES[leg].ledger;
      if (!isLedger || category !== null || item.standing !== 'booked' || item.amount === 0n) return [];
      return dayNumber(item.date) + waits > lastDay ? [{ leg, item }] : [];
    });
  });
  const byItem = linksOfItems(legs, new Set([...left, ...onItsWay].map(({ item }) => item.id)));
  const linksOf = ({ id }: Item, leg: Leg): LegLink[] => (byItem.get(id) ?? []).filter((link) => link.leg !== leg);
  const compared = left.map(({ leg, item }): Carried => {
    const before = earlier.get(`${leg}/${item.id}`);
    return { leg, item, since: before?.since ?? month, links: [...(before?.links ?? []), ...linksOf(item, leg)] };
  });
  return [
    ...compared,
    ...waiting,
    ...onItsWay.map(({ leg, item }) => ({ leg, item, since: month, links: linksOf(item, leg) })),
  ];
}
