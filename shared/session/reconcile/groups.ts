/** How a group stands, and how it is shown. */
import type { ReconBreak, ReconGroup, ReconItem, ReconMonth, ReconSide } from '../../contract/reconcile.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { isLinkSettled } from './accepted.ts';
import { SIDES, type GroupMade } from './grouping.ts';
import type { ListedGroup } from './groupList.ts';
import { dayNumber, itemSays, shownItem, valueOf, type Item } from './item.ts';
import { LEG_SIDES, type Leg, type LegBreak, type LegLink } from './leg.ts';
import { ALONE, type MonthOutcome } from './month.ts';
import type { OpenGroup } from './openLists.ts';
import { stepsOfGroup, type Facts } from './tally.ts';
import { dayInWords, evidenceOf, lackOf, linkState, stepLabel, monthInWords } from './words.ts';

export interface GroupContext {
  readonly outcome: MonthOutcome;
  /** The last day of which anything is known. */
  readonly asOf: number;
  /** The month in which a break that is carried first was open; null for one of this month. */
  readonly sinceOf: (breakId: string) => ReconMonth | null;
  readonly isAccepted: (items: readonly Item[]) => boolean;
  /** Items of later months that close a bridge of this one, by leg and item. */
  readonly later: (leg: Leg, item: string) => Item | null;
}

export function breakId(leg: Leg, item: string): string {
  return `${leg}/${item}`;
}

/** How a group stands: its first link and break that wait for a decision. */
interface Standing {
  readonly openLink: LegLink | null;
  readonly openBreak: LegBreak | null;
  /** An open one, else any. */
  readonly anyBreak: LegBreak | null;
  readonly section: ReconGroup['section'];
}

function standingOf({ links, breaks, ignored }: GroupMade, { isAccepted, here }: Facts): Standing {
  // what an earlier month left to decide is decided there
  const openLink = links.find((link) => link.month === here.input.month && !isLinkSettled(link, isAccepted)) ?? null;
  const openBreaks = breaks.filter((found) => !isBreakSettled(found, isAccepted));
  const openBreak = openBreaks.find(({ category }) => !isTiming(category)) ?? openBreaks[0] ?? null;
  const anyBreak = openBreak ?? breaks.find(({ category }) => !isTiming(category)) ?? breaks[0] ?? null;
  const toDecide = openLink !== null || (openBreak !== null && !isTiming(openBreak.category));
  return { openLink, openBreak, anyBreak, section: ignored !== null ? 'ignored' : toDecide ? 'to_decide' : 'matched' };
}

/** A group as lists have it: its words and amounts are written out when they are looked at. */
export class GroupListed implements ListedGroup {
  readonly made: GroupMade;
  readonly standing: Standing;
  readonly steps: readonly string[];
  readonly height: number;

  constructor(made: GroupMade, facts: Facts) {
    this.made = made;
    this.standing = standingOf(made, facts);
    this.steps = stepsOfGroup(made, facts.here);
    this.height = heightOf(made);
  }

  get id(): string {
    return groupId(this.made);
  }

  /** Without writing the id out: one is looked for among very many. */
  isCalled(id: string): boolean {
    const first = this.made.items[0]?.id ?? '';
    return id.length === PREFIX.length + first.length && id.endsWith(first) && id.startsWith(PREFIX);
  }

  get section(): ReconGroup['section'] {
    return this.standing.section;
  }

  has(item: string): boolean {
    return this.made.items.some(({ id }) => id === item);
  }

  /** In the words of the screen. */
  get state(): string {
    return stateOf(this.made, this.standing);
  }

  /** The item of its outermost side, by which people know it. */
  get outermost(): Item {
    const { items } = this.made;
    return items.reduce((one, other) => (SIDES.indexOf(other.side) > SIDES.indexOf(one.side) ? other : one));
  }

  get items(): readonly string[] {
    return this.made.items.map(({ id }) => id);
  }

  says(): string {
    return this.made.items.map(itemSays).join(' ');
  }

  /** Itself, if it is to decide or waits for what may still come. */
  openIn(context: GroupContext): readonly OpenGroup[] {
    if (this.section === 'ignored') return [];
    if (this.section === 'matched') {
      const found = breakShown(this, context);
      if (found === null || found.life === 'resolved') return [];
    }
    const { links, items } = this.made;
    const isSure = (between: Leg): boolean => {
      const link = links.find(({ leg }) => leg === between);
      if (link === undefined) return false;
      return (
        (link.status === 'confirmed' && !link.ambiguous) || context.isAccepted([...link.ledger, ...link.statement])
      );
    };
    return [{ id: this.id, items, isSure, shown: () => this.shownIn(context) }];
  }

  shownIn(context: GroupContext): ReconGroup {
    return shownGroup(this, context);
  }
}

const PREFIX = 'group/';

function groupId({ items: [first] }: GroupMade): string {
  return `${PREFIX}${first?.id ?? ''}`;
}

function heightOf({ items }: GroupMade): number {
  if (items.length === 1) return 1;
  return Math.max(1, ...SIDES.map((side) => items.reduce((own, item) => own + (item.side === side ? 1 : 0), 0)));
}

/** A fee or tax on a line of its own is no break. */
function breakShown({ made, standing }: GroupListed, context: GroupContext): ReconBreak | null {
  const { openLink, openBreak, anyBreak } = standing;
  const isAlone = openBreak === null && anyBreak !== null && ALONE.includes(anyBreak.category);
  return isAlone ? null : breakOf(made, openLink, anyBreak, context);
}

function shownGroup(group: GroupListed, context: GroupContext): ReconGroup {
  const { made, standing, steps } = group;
  const { outcome, isAccepted } = context;
  const { decisions } = outcome.input;
  const { items, links, ignored } = made;
  const { openLink, anyBreak, section } = standing;
  const differing = links.find(({ category }) => category !== 'none') ?? null;
  return {
    id: groupId(made),
    section,
    cells: cellsOf(items),
    missing: missingOf(made, context),
    links: links.map((link) => ({
      ...{ between: link.leg, rule: link.rule, status: link.status, ambiguous: link.ambiguous },
      ...{ accepted: isAccepted([...link.ledger, ...link.statement]), difference: formatAtoms(link.difference) },
      ...{ category: link.category, evidence: evidenceOf(link) },
    })),
    state: stateOf(made, standing),
    category: openLink?.category ?? anyBreak?.category ?? differing?.category ?? 'none',
    steps,
    difference: formatAtoms(differenceOf(items, outcome)),
    break: breakShown(group, context),
    ignored,
    notes: [...new Set([groupId(made), ...items.map(({ id }) => id)])].reduce(
      (count, subject) => count + (decisions.notes.get(subject) ?? 0),
      0,
    ),
    candidates: anyBreak?.candidates ?? [],
  };
}

/** A fee or tax on a line of its own is known for what it is. */
function isBreakSettled({ item, category }: LegBreak, isAccepted: (items: readonly Item[]) => boolean): boolean {
  return ALONE.includes(category) || isAccepted([item]);
}

export function isTiming(category: string): boolean {
  return category === 'timing';
}

function cellsOf(items: readonly Item[]): Record<ReconSide, readonly ReconItem[]> {
  const of = (side: ReconSide): ReconItem[] => items.flatMap((item) => (item.side === side ? [shownItem(item)] : []));
  return { simulated: of('simulated'), document: of('document'), bank: of('bank') };
}

function missingOf({ items, breaks }: GroupMade, { outcome, later }: GroupContext): ReconGroup['missing'] {
  const missing: Partial<Record<ReconSide, string>> = {};
  for (const { leg, item, category, breakOn } of breaks) {
    if (ALONE.includes(category)) continue;
    const { ledger, statement } = LEG_SIDES[leg];
    const side = item.side === ledger ? statement : ledger;
    if (items.some((other) => other.side === side)) continue;
    const found = later(leg, item.id);
    missing[side] =
      found === null
        ? lackOf(side, category, breakOn)
        : `not in ${monthInWords(outcome.input.month)}, ${side === 'bank' ? 'booked' : 'dated'} ${dayInWords(found.date)}`;
  }
  // what only the bank knows is neither on paper nor simulated
  const isSimulated = outcome.legs.some(({ leg }) => LEG_SIDES[leg].ledger === 'simulated');
  const onlyBank = items.every(({ side }) => side === 'bank');
  if (missing.document !== undefined && onlyBank && isSimulated)
    missing.simulated ??= lackOf('simulated', 'missing_in_ledger', null);
  return missing;
}

function stateOf({ links, breaks, ignored }: GroupMade, { openLink, openBreak }: Standing): string {
  if (ignored !== null) return ignored;
  if (openLink !== null) return linkState(openLink);
  if (openBreak !== null) return stepLabel(openBreak.leg, openBreak.category);
  const [first] = links;
  if (first !== undefined) return linkState({ ...first, status: 'confirmed' });
  const [alone] = breaks;
  if (alone === undefined) return 'Nothing beside it';
  return ALONE.includes(alone.category) ? stepLabel(alone.leg, alone.category) : 'Accepted';
}

/** The side that is known last less the simulated one; bank less document where nothing is simulated at all. */
function differenceOf(items: readonly Item[], { input, legs }: MonthOutcome): Atoms {
  const sum = (side: ReconSide): Atoms | null => {
    const own = items.filter((item) => item.side === side);
    return own.length === 0 ? null : own.reduce((total, item) => total + (valueOf(item, input.currency) ?? 0n), 0n);
  };
  const [simulated, document, bank] = [sum('simulated') ?? 0n, sum('document'), sum('bank')];
  const isSimulated = legs.some(({ leg }) => leg !== 'document_bank');
  return isSimulated ? (bank ?? document ?? 0n) - simulated : (bank ?? 0n) - (document ?? 0n);
}

function breakOf(
  { links }: GroupMade,
  openLink: LegLink | null,
  found: LegBreak | null,
  { outcome, asOf, later, sinceOf }: GroupContext,
): ReconBreak | null {
  const { decisions, month } = outcome.input;
  const differing = openLink ?? links.find(({ category }) => category === 'amount_difference') ?? null;
  const item = found?.item ?? differing?.ledger[0] ?? null;
  const leg = found?.leg ?? differing?.leg ?? null;
  if (item === null || leg === null) return null;
  if (found === null && (differing === null || differing.category === 'none')) return null;
  const id = breakId(leg, item.id);
  const since: ReconMonth = sinceOf(id) ?? month;
  const closed = found !== null && later(leg, item.id) !== null;
  return {
    ...{ id, category: found?.category ?? (differing?.category as ReconBreak['category']) },
    amount: formatAtoms(found?.amount ?? differing?.difference ?? 0n),
    life: closed ? 'resolved' : since === month ? 'new' : 'persisting',
    ...{ since, ageDays: Math.max(0, asOf - dayNumber(item.date)), breakOn: found?.breakOn ?? null },
    owner: decisions.owners.get(id) ?? null,
  };
}
