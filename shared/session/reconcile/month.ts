/** One month: which sides can be compared, its bridges matched, and what goes on into the next month. */
import type { ReconMonth, ReconSettings, ReconSide } from '../../contract/reconcile.ts';
import type { Decisions } from '../../reconcile/log/fold.ts';
import { areSame } from './inOrder.ts';
import { dayNumber, daysOfMonth, type Item } from './item.ts';
import { eachOf, forEachOf, inPieces, type Steps } from '../inPieces.ts';
import { LEG_SIDES, matchLeg, type Leg, type LegHost, type LegInput, type LegLink, type LegOutcome } from './leg.ts';
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
  /** What goes on into the next month; worked out when it is asked for. */
  readonly carry: () => Steps<readonly Carried[]>;
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

/** What a person put together, and whether it is complete in this month. */
export type HandMatch = LegInput['byHand'][number];

/** The month, or what came of it before where nothing that it rests on is another. */
export function reconcileMonth(input: MonthInput, host: LegHost): Promise<MonthOutcome> {
  const { month, decisions, carried } = input;
  const fromBefore = new Set(decisions.matches.length === 0 ? [] : carried.map(({ item }) => item.id));
  const byHand = decisions.matches.map(({ items, reason }) => ({
    ...{ items, reason },
    now: latest(items, input, fromBefore) === month,
  }));
  const make = (before: MonthOutcome | null): Promise<MonthOutcome> => workedMonth(input, byHand, before, host);
  return host.memory?.monthOf(input, byHand, make) ?? make(null);
}

/** @param before how it came out last */
async function workedMonth(
  input: MonthInput,
  byHand: readonly HandMatch[],
  before: MonthOutcome | null,
  host: LegHost,
): Promise<MonthOutcome> {
  const { month, decisions, carried, currency, settings } = input;
  const inScope = input.items.filter(({ ignored }) => ignored === null);
  const legs: LegOutcome[] = [];
  for (const leg of legsOf(input)) {
    const sides = LEG_SIDES[leg];
    const isOf = ({ item }: { readonly item: Item }): boolean =>
      item.side === sides.ledger || item.side === sides.statement;
    const items: Scoped[] = [];
    for (const known of carried) if (known.leg === leg) items.push({ item: known.item, ignored: null, category: null });
    for (const one of inScope) if (isOf(one)) items.push(one);
    const matched = await matchLeg(
      {
        ...{ leg, month, byHand, currency, settings, apart: decisions.apart },
        items,
        comparedBefore: input.comparedBefore.includes(leg),
      },
      host,
    );
    legs.push(matched);
  }
  const own = await inPieces(ownSteps(input, legs, before), host, host.context);
  let carry: readonly Carried[] | null = null;
  return {
    ...{ input, legs, ...own },
    carry: function* () {
      return (carry ??= yield* carrySteps(input, legs, inScope));
    },
  };
}

/** The items of the month that count, and those that do not. */
function* ownSteps(
  input: MonthInput,
  legs: readonly LegOutcome[],
  before: MonthOutcome | null,
): Steps<Pick<MonthOutcome, 'ofMonth' | 'ignored'>> {
  const never = legs.map(({ ignored }) => ignored);
  const isSame =
    before !== null &&
    areSame(before.input.items, input.items) &&
    areSame(before.legs.map(({ ignored }) => ignored).flat(), never.flat());
  if (isSame) return { ofMonth: before.ofMonth, ignored: before.ignored };
  const byItem = new Map(never.flat().map((one) => [one.item, one]));
  const left: MonthOutcome['ignored'][number][] = [];
  const ofMonth = new Map<string, Item>();
  yield* forEachOf('items', input.items, ({ item, ignored }) => {
    if (ignored !== null) left.push({ item, why: ignored });
    else if (item.date.startsWith(input.month) && !byItem.has(item)) ofMonth.set(item.id, item);
  });
  return { ofMonth, ignored: [...left, ...byItem.values()] };
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

/** What goes on: what was open before or is now; of what was not compared, what may still be on its way. */
function* carrySteps(input: MonthInput, legs: readonly LegOutcome[], inScope: readonly Scoped[]): Steps<Carried[]> {
  const { month, carried, decisions } = input;
  const accepted = new Set(decisions.accepted.flat());
  const earlier = new Map(carried.map((known) => [`${known.leg}/${known.item.id}`, known]));
  const left: { readonly leg: Leg; readonly item: Item }[] = [];
  for (const { leg, breaks } of legs)
    yield* forEachOf('items', breaks, ({ item, category }) => {
      if (!ALONE.includes(category) && !accepted.has(item.id)) left.push({ leg, item });
    });
  const others = (Object.keys(LEG_SIDES) as Leg[]).filter((leg) => !legs.some((known) => known.leg === leg));
  const waiting = carried.filter(({ leg }) => others.includes(leg));
  const lastDay = dayNumber(daysOfMonth(month).to) - 1;
  const onItsWay: { readonly leg: Leg; readonly item: Item }[] = [];
  for (const leg of others) {
    const waits = slowestOf(input.settings, LEG_SIDES[leg].statement);
    yield* forEachOf('items', inScope, ({ item, category }) => {
      const isLedger = item.side === LEG_SIDES[leg].ledger;
      if (!isLedger || category !== null || item.standing !== 'booked' || item.amount === 0n) return;
      if (dayNumber(item.date) + waits > lastDay) onItsWay.push({ leg, item });
    });
  }
  const links = yield* linksOfItems(legs, new Set([...left, ...onItsWay].map(({ item }) => item)));
  const linksOf = (item: Item, leg: Leg): LegLink[] => (links.get(item) ?? NO_LINKS).filter((link) => link.leg !== leg);
  const compared = yield* eachOf('items', left, ({ leg, item }): Carried => {
    const before = earlier.size === 0 ? undefined : earlier.get(`${leg}/${item.id}`);
    return { leg, item, since: before?.since ?? month, links: [...(before?.links ?? []), ...linksOf(item, leg)] };
  });
  return [
    ...compared,
    ...waiting,
    ...onItsWay.map(({ leg, item }) => ({ leg, item, since: month, links: linksOf(item, leg) })),
  ];
}

const NO_LINKS: LegLink[] = [];

/** Of some items, the links that they are in. */
function* linksOfItems(legs: readonly LegOutcome[], wanted: ReadonlySet<Item>): Steps<Map<Item, LegLink[]>> {
  const found = new Map<Item, LegLink[]>();
  for (const { links } of legs)
    yield* forEachOf('matches', links, (link) => {
      for (const members of [link.ledger, link.statement])
        for (const item of members) {
          if (!wanted.has(item)) continue;
          const known = found.get(item);
          if (known === undefined) found.set(item, [link]);
          else known.push(link);
        }
    });
  return found;
}
