/** One bridge of a month: its two sides matched, what a person put together or apart before, and what is left over. */
import type { ReconLink, ReconMonth, ReconSettings, ReconSide, StepCategory } from '../../contract/reconcile.ts';
import type { Atoms } from '../../domain/money.ts';
import type { CalendarDate } from '../../domain/statement.ts';
import { matchInPieces, type MatchHost } from '../../reconcile/match/matchItems.ts';
import type {
  ExchangeRate,
  MatchEvidence,
  MatchItem,
  MatchResult,
  MatchSettings,
} from '../../reconcile/match/types.ts';
import { daysOfMonth, valueOf, type Item } from './item.ts';
import { differenceByHand, namedDifference, netTax, type DifferencePart } from './legDifference.ts';
import { reversalLink, reversalsOf } from './reversals.ts';
import type { Scoped } from './scope.ts';
import type { MatchMemory } from './matchMemory.ts';
import { settingsOfItems, termsOf, termsOfSources } from './sources.ts';

export type Leg = ReconLink['between'];

export const LEG_SIDES: Readonly<Record<Leg, { readonly ledger: ReconSide; readonly statement: ReconSide }>> = {
  simulated_document: { ledger: 'simulated', statement: 'document' },
  document_bank: { ledger: 'document', statement: 'bank' },
  simulated_bank: { ledger: 'simulated', statement: 'bank' },
};

export interface LegLink {
  readonly leg: Leg;
  readonly month: ReconMonth;
  readonly ledger: readonly Item[];
  readonly statement: readonly Item[];
  readonly rule: ReconLink['rule'];
  readonly status: ReconLink['status'];
  readonly ambiguous: boolean;
  /** Statement less ledger. */
  readonly difference: Atoms;
  /** What it is made of, by the steps of the bridge; the category names the first of them that is not stated by an item. */
  readonly parts: readonly DifferencePart[];
  readonly category: ReconLink['category'];
  /** Null for what a person put together. */
  readonly evidence: MatchEvidence | null;
  readonly reason: string | null;
}

export interface LegBreak {
  readonly leg: Leg;
  readonly item: Item;
  readonly category: StepCategory;
  /** Statement +, ledger -. */
  readonly amount: Atoms;
  readonly breakOn: CalendarDate | null;
  readonly candidates: readonly (readonly string[])[];
}

export interface LegOutcome {
  readonly leg: Leg;
  readonly links: readonly LegLink[];
  readonly breaks: readonly LegBreak[];
  /** Items that never count, by the words for why. */
  readonly ignored: readonly { readonly item: Item; readonly why: string }[];
}

export interface LegHost extends MatchHost {
  /** What was matched before; none: everything is matched anew. */
  readonly memory?: MatchMemory;
}

export interface LegInput {
  readonly leg: Leg;
  readonly month: ReconMonth;
  readonly currency: string;
  readonly settings: ReconSettings;
  /** In scope, of both sides: those of the month and those that are carried into it. */
  readonly items: readonly Scoped[];
  /** Put together by a person, of this and of other legs and months. */
  readonly byHand: readonly {
    readonly items: readonly string[];
    readonly reason: string | null;
    readonly now: boolean;
  }[];
  readonly apart: readonly (readonly string[])[];
}

const WHY: Readonly<Record<string, string>> = {
  out_of_scope: 'Other vendor',
  pending: 'Pending',
  no_cash_expected: 'Void',
  settled_by_credit: 'Paid by credit',
  duplicate_import: 'Imported twice',
};

/** The bridge, or what came of it before where nothing that it rests on is another. */
export function matchLeg(input: LegInput, host: LegHost): Promise<LegOutcome> {
  const make = (): Promise<LegOutcome> => matchedLeg(input, host);
  return host.memory?.legOf(input, make) ?? make();
}

async function matchedLeg(input: LegInput, host: LegHost): Promise<LegOutcome> {
  const { leg, items } = input;
  const sides = LEG_SIDES[leg];
  const known = new Map(items.map(({ item }) => [item.id, item]));
  const held = new Set(input.byHand.flatMap((group) => group.items));
  const categorised = items.filter(({ category }) => category !== null);
  const free = items.filter(({ item, category }) => category === null && !held.has(item.id));
  const settings = matchSettings(input, known, sides);
  // an account without tax is compared with what its documents ask for before tax
  const isNet =
    leg === 'simulated_document' && items.every(({ item }) => item.side !== 'simulated' || (item.tax ?? 0n) === 0n);
  const links: LegLink[] = [];
  const breaks: LegBreak[] = [];
  const ignored: { item: Item; why: string }[] = [];
  const paired = new Set<string>();

  for (const { items: ids, reason, now } of input.byHand) {
    if (!now) continue;
    // no cash moves for what is void or zero, whoever puts it together with something
    const counts = ({ standing, amount }: Item): boolean => standing === 'booked' && amount !== 0n;
    const members = ids.flatMap((id) => known.get(id) ?? []).filter(counts);
    const ledger = members.filter(({ side }) => side === sides.ledger);
    const statement = members.filter(({ side }) => side === sides.statement);
    if (ledger.length === 0 || statement.length === 0) continue;
    for (const { id } of [...ledger, ...statement]) paired.add(id);
    links.push({
      ...{ leg, month: input.month, ledger, statement, rule: 'by_hand', status: 'confirmed', ambiguous: false },
      ...differenceByHand(ledger, statement, input),
      ...{ evidence: null, reason },
    });
  }

  const take = async (part: string, some: readonly Scoped[]): Promise<void> => {
    const of = (side: ReconSide): MatchItem[] => {
      const made = keptItems(leg, side === sides.ledger, isNet);
      return some.flatMap(({ item }) => (item.side === side ? [made(item)] : []));
    };
    const make = (): Promise<MatchResult> => matchInPieces(of(sides.ledger), of(sides.statement), settings, host);
    const members = some.map(({ item }) => item);
    const result = await (host.memory?.resultOf(`${input.month}/${leg}/${part}`, members, settings, make) ?? make());
    const doubledWithin = (charge: Item): number => settingsOfItems(input.settings, [charge]).duplicateDays;
    const turned = sides.statement === 'bank' ? reversalsOf(result, members, doubledWithin) : [];
    if (turned.length > 0) {
      // what only stood in for a charge that was given back is free for others
      const gone = new Set(turned.flatMap(({ charge, reversal }) => [charge, reversal]));
      for (const reversal of turned) links.push(reversalLink(reversal, input));
      await take(
        `${part}, reversed`,
        some.filter(({ item }) => !gone.has(item)),
      );
      return;
    }
    for (const match of result.matches) {
      const ledger = match.ledger.flatMap((id) => known.get(id) ?? []);
      const statement = match.statement.flatMap((id) => known.get(id) ?? []);
      links.push({
        ...{ leg, month: input.month, rule: match.rule, status: match.status, ambiguous: match.ambiguous },
        ...{ ledger, statement, evidence: match.evidence, reason: null },
        ...namedDifference(match.category, ledger, statement, isNet, input.currency),
      });
    }
    for (const { id, category, breakOn, candidates } of result.breaks) {
      const item = known.get(id);
      if (item === undefined) continue;
      breaks.push({ leg, item, category, amount: signedWorth(item, input, sides.ledger), breakOn, candidates });
    }
    for (const { id, why } of result.ignored) {
      const item = known.get(id);
      if (item !== undefined) ignored.push({ item, why: WHY[why] ?? why });
    }
  };

  await take('free', free);
  // what a person holds has no other counterpart: each side is only told what it lacks
  const left = items.filter(({ item, category }) => category === null && held.has(item.id) && !paired.has(item.id));
  for (const side of [sides.ledger, sides.statement]) {
    const alone = left.filter(({ item }) => item.side === side);
    if (alone.length > 0) await take(side, alone);
  }
  for (const { item, category } of categorised) {
    if (category === null || paired.has(item.id)) continue;
    const amount = signedWorth(item, input, sides.ledger);
    breaks.push({ leg, item, category, amount, breakOn: null, candidates: [] });
  }
  return { leg, links, breaks, ignored };
}

function matchSettings(
  { month, settings, apart, currency }: LegInput,
  known: ReadonlyMap<string, Item>,
  sides: { readonly ledger: ReconSide; readonly statement: ReconSide },
): MatchSettings {
  const { from, to } = daysOfMonth(month);
  return {
    period: { from, to },
    ...termsOf(settings),
    sources: termsOfSources(settings, sides.statement),
    vendorPattern: null,
    ...{ exchangeRates: ratesAmong([...known.values()], currency), exchangeToleranceBps: EXCHANGE_BPS },
    apart: apart.flatMap((items) => {
      const of = (side: ReconSide): string[] => items.filter((id) => known.get(id)?.side === side);
      return of(sides.ledger).flatMap((ledger) => of(sides.statement).map((statement) => ({ ledger, statement })));
    }),
  };
}

/** Items made ready for matching, by bridge, side and whether tax is left out: kept as long as the items. */
const kept = new Map<string, WeakMap<Item, MatchItem>>();

function keptItems(leg: Leg, isLedger: boolean, isNet: boolean): (item: Item) => MatchItem {
  const key = `${leg} ${isLedger} ${isNet}`;
  const known = kept.get(key) ?? new WeakMap<Item, MatchItem>();
  kept.set(key, known);
  return (item) => {
    const before = known.get(item);
    if (before !== undefined) return before;
    const made = matchItem(item, leg, isLedger, isNet);
    known.set(item, made);
    return made;
  };
}

/** As matching compares it: before the fee that a bank put into its line. */
function matchItem(item: Item, leg: Leg, isLedger: boolean, isNet: boolean): MatchItem {
  // a document asks for its amount as it stands; a simulated one has its tax on top
  if (isNet && !isLedger)
    return matchItem({ ...item, amount: item.amount - netTax(item), tax: null }, leg, false, false);
  const simulatedTax = isLedger && leg !== 'document_bank' && item.tax !== 0n ? item.tax : null;
  return {
    ...{ id: item.id, date: item.date, currency: item.currency, description: item.text },
    amount: item.amount - (simulatedTax ?? 0n) - (item.fee ?? 0n),
    tax: isLedger ? simulatedTax : item.tax,
    ...{ reference: item.matchBy, original: item.original, importId: item.importId, status: item.standing },
    source: item.source,
  };
}

function signedWorth(item: Item, { currency }: LegInput, ledger: ReconSide): Atoms {
  const value = valueOf(item, currency) ?? 0n;
  return item.side === ledger ? -value : value;
}

/** How far what a bank made of an amount lies from its known rate: what cards add for themselves, in 1/10,000. */
const EXCHANGE_BPS = 300;

/** Of each currency the rate at which its items were converted. */
function ratesAmong(items: readonly Item[], currency: string): ExchangeRate[] {
  const rates = new Map(
    items.flatMap(({ currency: from, converted }) => (converted === null ? [] : [[from, converted.rate] as const])),
  );
  return [...rates].map(([from, rate]) => ({ from, to: currency, rate }));
}
