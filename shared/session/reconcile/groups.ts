/** What belongs together over all sides of a month: links of its bridges joined, what stands alone, and what is ignored. */
import type { ReconBreak, ReconGroup, ReconItem, ReconMonth, ReconSide } from '../../contract/reconcile.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { eachOf, type Steps } from '../inPieces.ts';
import type { ListedGroup } from './groupList.ts';
import { dayNumber, itemSays, shownItem, valueOf, type Item } from './item.ts';
import { LEG_SIDES, type Leg, type LegBreak, type LegLink } from './leg.ts';
import { ALONE, type MonthOutcome } from './month.ts';
import { dayInWords, evidenceOf, lackOf, linkState, stepLabel, monthInWords } from './words.ts';

const SIDES: readonly ReconSide[] = ['simulated', 'document', 'bank'];

export interface GroupMade {
  readonly items: readonly Item[];
  readonly links: readonly LegLink[];
  readonly breaks: readonly LegBreak[];
  readonly ignored: string | null;
}

/** In the order of their first items: by date, then by side. */
export function* groupSteps({ input, legs, ignored, ofMonth }: MonthOutcome): Steps<GroupMade[]> {
  const compared = new Set(legs.map(({ leg }) => leg));
  const earlier = new Set(input.carried.flatMap(({ leg, links }) => (compared.has(leg) ? links : [])));
  const links = [...earlier, ...legs.flatMap((leg) => leg.links)];
  const breaks = legs.flatMap((leg) => leg.breaks);
  const items = new Map<string, Item>();
  const joined = new Joined();
  yield* eachOf('matches', links, ({ ledger, statement }) => {
    const first = ledger[0] ?? statement[0];
    for (const members of [ledger, statement])
      for (const item of members) {
        items.set(item.id, item);
        if (first !== undefined && item !== first) joined.join(first.id, item.id);
      }
  });
  for (const { item } of breaks) items.set(item.id, item);
  for (const [id, item] of ofMonth) items.set(id, item);
  const groups = new Map<string, Gathered>();
  yield* eachOf('items', [...items.values()], (item) => {
    const root = joined.rootOf(item.id);
    const known = groups.get(root);
    if (known === undefined) groups.set(root, { items: [item], links: NO_LINKS, breaks: NO_BREAKS, ignored: null });
    else known.items.push(item);
  });
  for (const link of links) {
    const group = groups.get(joined.rootOf((link.ledger[0] ?? link.statement[0])?.id ?? ''));
    if (group === undefined) continue;
    if (group.links === NO_LINKS) group.links = [link];
    else group.links.push(link);
  }
  for (const found of breaks) {
    const group = groups.get(joined.rootOf(found.item.id));
    if (group === undefined) continue;
    if (group.breaks === NO_BREAKS) group.breaks = [found];
    else group.breaks.push(found);
  }
  const made = yield* eachOf('groups', [...groups.values()], (group): GroupMade => {
    if (group.items.length > 1) group.items.sort(byDate);
    return group;
  });
  const alone = ignored
    .filter(({ item }) => item.date.startsWith(input.month))
    .map(({ item, why }): GroupMade => ({ items: [item], links: [], breaks: [], ignored: why }));
  return [...made, ...alone].sort((a, b) => compare(a.items[0], b.items[0]));
}

interface Gathered extends GroupMade {
  readonly items: Item[];
  links: LegLink[];
  breaks: LegBreak[];
}

/** Most groups have none of one of them: they share it, and nothing is put into it. */
const NO_LINKS: LegLink[] = [];
const NO_BREAKS: LegBreak[] = [];

function byDate(a: Item, b: Item): number {
  return SIDES.indexOf(a.side) - SIDES.indexOf(b.side) || compare(a, b);
}

function compare(a: Item | undefined, b: Item | undefined): number {
  if (a === undefined || b === undefined) return 0;
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Sets that grow together. */
class Joined {
  readonly #parents = new Map<string, string>();

  rootOf(id: string): string {
    let root = id;
    for (let up = this.#parents.get(root); up !== undefined; up = this.#parents.get(root)) root = up;
    if (root !== id) this.#parents.set(id, root);
    return root;
  }

  join(one: string, other: string): void {
    const [a, b] = [this.rootOf(one), this.rootOf(other)];
    if (a !== b) this.#parents.set(b, a);
  }
}

export interface GroupContext {
  readonly outcome: MonthOutcome;
  readonly stepsOf: ReadonlyMap<string, readonly string[]>;
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

function standingOf({ links, breaks, ignored }: GroupMade, { isAccepted, outcome: { input } }: GroupContext): Standing {
  // what an earlier month left to decide is decided there
  const openLink = links.find((link) => link.month === input.month && !isLinkSettled(link, isAccepted)) ?? null;
  const openBreaks = breaks.filter((found) => !isBreakSettled(found, isAccepted));
  const openBreak = openBreaks.find(({ category }) => !isTiming(category)) ?? openBreaks[0] ?? null;
  const anyBreak = openBreak ?? breaks.find(({ category }) => !isTiming(category)) ?? breaks[0] ?? null;
  const toDecide = openLink !== null || (openBreak !== null && !isTiming(openBreak.category));
  return { openLink, openBreak, anyBreak, section: ignored !== null ? 'ignored' : toDecide ? 'to_decide' : 'matched' };
}

const NO_STEPS: readonly string[] = [];

/** A group as lists have it: its words and amounts are written out when they are looked at. */
export class GroupListed implements ListedGroup {
  readonly section: ReconGroup['section'];
  readonly isOpen: boolean;
  readonly steps: readonly string[];
  readonly #made: GroupMade;
  readonly #context: GroupContext;

  constructor(made: GroupMade, context: GroupContext) {
    this.#made = made;
    this.#context = context;
    const standing = standingOf(made, context);
    const { section } = standing;
    this.section = section;
    this.steps = stepsOf(made, context);
    this.isOpen = section === 'to_decide' || (section === 'matched' && isWaiting(breakShown(made, standing, context)));
  }

  get id(): string {
    return groupId(this.#made);
  }

  get height(): number {
    let most = 1;
    for (const side of SIDES) {
      let own = 0;
      for (const item of this.#made.items) if (item.side === side) own += 1;
      if (own > most) most = own;
    }
    return most;
  }

  has(item: string): boolean {
    return this.#made.items.some(({ id }) => id === item);
  }

  /** In the words of the screen. */
  get state(): string {
    const { openLink, openBreak } = standingOf(this.#made, this.#context);
    return stateOf(this.#made, openLink, openBreak);
  }

  /** The item of its outermost side, by which people know it. */
  get outermost(): Item {
    const { items } = this.#made;
    return items.reduce((one, other) => (SIDES.indexOf(other.side) > SIDES.indexOf(one.side) ? other : one));
  }

  get items(): readonly string[] {
    return this.#made.items.map(({ id }) => id);
  }

  says(): string {
    return this.#made.items.map(itemSays).join(' ');
  }

  shown(): ReconGroup {
    return shownGroup(this.#made, this.#context);
  }
}

function groupId({ items: [first] }: GroupMade): string {
  return `group/${first?.id ?? ''}`;
}

function stepsOf({ items }: GroupMade, context: GroupContext): readonly string[] {
  let found: readonly string[] = NO_STEPS;
  for (const { id } of items) {
    const own = context.stepsOf.get(id);
    if (own !== undefined) found = found.length === 0 ? own : [...new Set([...found, ...own])];
  }
  return found;
}

/** A fee or tax on a line of its own is no break. */
function breakShown(group: GroupMade, standing: Standing, context: GroupContext): ReconBreak | null {
  const { openLink, openBreak, anyBreak } = standing;
  const isAlone = openBreak === null && anyBreak !== null && ALONE.includes(anyBreak.category);
  return isAlone ? null : breakOf(group, openLink, anyBreak, context);
}

function isWaiting(found: ReconBreak | null): boolean {
  return found !== null && found.life !== 'resolved';
}

function shownGroup(group: GroupMade, context: GroupContext): ReconGroup {
  const { outcome, isAccepted } = context;
  const { decisions } = outcome.input;
  const { items, links, ignored } = group;
  const standing = standingOf(group, context);
  const { openLink, openBreak, anyBreak, section } = standing;
  const differing = links.find(({ category }) => category !== 'none') ?? null;
  return {
    id: groupId(group),
    section,
    cells: cellsOf(items),
    missing: missingOf(group, context),
    links: links.map((link) => ({
      ...{ between: link.leg, rule: link.rule, status: link.status, ambiguous: link.ambiguous },
      ...{ accepted: isAccepted([...link.ledger, ...link.statement]), difference: formatAtoms(link.difference) },
      ...{ category: link.category, evidence: evidenceOf(link) },
    })),
    state: stateOf(group, openLink, openBreak),
    category: openLink?.category ?? anyBreak?.category ?? differing?.category ?? 'none',
    steps: stepsOf(group, context),
    difference: formatAtoms(differenceOf(items, outcome)),
    break: breakShown(group, standing, context),
    ignored,
    notes: [...new Set([groupId(group), ...items.map(({ id }) => id)])].reduce(
      (count, subject) => count + (decisions.notes.get(subject) ?? 0),
      0,
    ),
    candidates: anyBreak?.candidates ?? [],
  };
}

/** Whether some items lie wholly in something that a person accepted. */
export function acceptedBy(accepted: readonly (readonly string[])[]): (items: readonly Item[]) => boolean {
  const sets = new Map<string, ReadonlySet<string>[]>();
  for (const items of accepted) {
    const set = new Set(items);
    for (const id of items) sets.set(id, [...(sets.get(id) ?? []), set]);
  }
  return (items) => (sets.get(items[0]?.id ?? '') ?? []).some((set) => items.every(({ id }) => set.has(id)));
}

export function isLinkSettled(link: LegLink, isAccepted: (items: readonly Item[]) => boolean): boolean {
  return link.status === 'confirmed' || isAccepted([...link.ledger, ...link.statement]);
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

function stateOf({ links, breaks, ignored }: GroupMade, openLink: LegLink | null, openBreak: LegBreak | null): string {
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
