/** One bridge of a month: its two sides matched, what a person put together or apart before, and what is left over. */
import type { ReconLink, ReconMonth, ReconSettings, ReconSide, StepCategory } from '../../contract/reconcile.ts';
import type { Atoms } from '../../domain/money.ts';
import type { CalendarDate } from '../../domain/statement.ts';
import { matchAgain, type MatchHost } from '../../reconcile/match/matchItems.ts';
import type { ExchangeRate, Match, MatchEvidence, MatchItem, MatchSettings } from '../../reconcile/match/types.ts';
import { forEachOf, inPieces, type Steps } from '../inPieces.ts';
import { daysOfMonth, monthOfDate, valueOf, type Item } from './item.ts';
import { KeptLeg, type KeptPart } from './keptLeg.ts';
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
  /** The month before was compared on this bridge too. */
  readonly comparedBefore: boolean;
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
  const make = (kept: KeptLeg): Promise<LegOutcome> => new LegMatching(input, kept, host).outcome();
  return host.memory?.legOf(input, make) ?? make(new KeptLeg());
}

class LegMatching {
  readonly #input: LegInput;
  readonly #kept: KeptLeg;
  readonly #host: LegHost;
  readonly #sides: { readonly ledger: ReconSide; readonly statement: ReconSide };
  readonly #settings: MatchSettings;
  /** An account without tax is compared with what its documents ask for before tax. */
  readonly #isNet: boolean;
  readonly #links: LegLink[] = [];
  readonly #breaks: (readonly LegBreak[])[] = [];
  readonly #ignored: LegOutcome['ignored'][] = [];
  #byId: ReadonlyMap<string, Item> | null = null;

  constructor(input: LegInput, kept: KeptLeg, host: LegHost) {
    const { leg, items } = input;
    this.#input = input;
    this.#kept = kept;
    this.#host = host;
    this.#sides = LEG_SIDES[leg];
    this.#isNet =
      leg === 'simulated_document' && items.every(({ item }) => item.side !== 'simulated' || (item.tax ?? 0n) === 0n);
    this.#settings = matchSettings(input, this.#among(new Set(input.apart.flat())), this.#sides);
  }

  async outcome(): Promise<LegOutcome> {
    const { leg, items, byHand } = this.#input;
    const held = new Set(byHand.flatMap((group) => group.items));
    const paired = this.#byHand(this.#among(held));
    const free: Item[] = [];
    const left: Item[] = [];
    const categorised: Scoped[] = [];
    await this.#steps(
      forEachOf('items', items, (one) => {
        const { item, category } = one;
        if (category === null && !held.has(item.id)) free.push(item);
        else if (paired.has(item.id)) return;
        else if (category === null) left.push(item);
        else categorised.push(one);
      }),
    );
    await this.#take('free', free);
    // what a person holds has no other counterpart: each side is only told what it lacks
    for (const side of [this.#sides.ledger, this.#sides.statement]) {
      const alone = left.filter((item) => item.side === side);
      if (alone.length > 0) await this.#take(side, alone);
    }
    const known = this.#part('by rule').categorised.of('items', categorised, ({ item, category }) =>
      this.#breakOf(item, { category: category ?? 'unexplained', breakOn: null, candidates: [] }),
    );
    this.#breaks.push(await this.#steps(known));
    return { leg, links: this.#links, breaks: this.#breaks.flat(), ignored: this.#ignored.flat() };
  }

  #steps<T>(work: Steps<T>): Promise<T> {
    return inPieces(work, this.#host, this.#host.context);
  }

  #part(name: string): KeptPart {
    const { currency, comparedBefore } = this.#input;
    return this.#kept.part(name, `${this.#isNet} ${currency} ${comparedBefore}`);
  }

  /** Of some ids, the items that are on this bridge. */
  #among(ids: ReadonlySet<string>): ReadonlyMap<string, Item> {
    const found = new Map<string, Item>();
    if (ids.size > 0) for (const { item } of this.#input.items) if (ids.has(item.id)) found.set(item.id, item);
    return found;
  }

  #itemOf(id: string): Item {
    this.#byId ??= this.#kept.itemsById(this.#input.items.map(({ item }) => item));
    const item = this.#byId.get(id);
    if (item === undefined) throw new Error(`${id} is not on this bridge`);
    return item;
  }

  /** @returns the ids of items that a person put together */
  #byHand(held: ReadonlyMap<string, Item>): ReadonlySet<string> {
    const { leg, month, byHand } = this.#input;
    const paired = new Set<string>();
    for (const { items: ids, reason, now } of byHand) {
      if (!now) continue;
      // no cash moves for what is void or zero, whoever puts it together with something
      const counts = ({ standing, amount }: Item): boolean => standing === 'booked' && amount !== 0n;
      const members = ids.flatMap((id) => held.get(id) ?? []).filter(counts);
      const ledger = members.filter(({ side }) => side === this.#sides.ledger);
      const statement = members.filter(({ side }) => side === this.#sides.statement);
      if (ledger.length === 0 || statement.length === 0) continue;
      for (const { id } of [...ledger, ...statement]) paired.add(id);
      this.#links.push({
        ...{ leg, month, ledger, statement, rule: 'by_hand', status: 'confirmed', ambiguous: false },
        ...differenceByHand(ledger, statement, this.#input),
        ...{ evidence: null, reason },
      });
    }
    return paired;
  }

  async #take(name: string, members: readonly Item[]): Promise<void> {
    const { leg, settings } = this.#input;
    const { ledger, statement } = this.#sides;
    const part = this.#part(name);
    const own = members.filter(({ side }) => side === ledger);
    const theirs = members.filter(({ side }) => side === statement);
    const told = await matchAgain(
      part.matching,
      await this.#steps(part.ledger.of('items', own, keptItems(leg, true, this.#isNet))),
      await this.#steps(part.statement.of('items', theirs, keptItems(leg, false, this.#isNet))),
      this.#settings,
      this.#host,
    );
    const doubledWithin = (charge: Item): number => settingsOfItems(settings, [charge]).duplicateDays;
    const turned = statement === 'bank' ? reversalsOf(told, members, doubledWithin) : [];
    if (turned.length > 0) {
      // what only stood in for a charge that was given back is free for others
      const gone = new Set(turned.flatMap(({ charge, reversal }) => [charge, reversal]));
      for (const reversal of turned) this.#links.push(reversalLink(reversal, this.#input));
      await this.#take(
        `${name}, reversed`,
        members.filter((item) => !gone.has(item)),
      );
      return;
    }
    const links = await this.#steps(part.links.of('matches', told.matches, (match) => this.#linkOf(match)));
    for (const link of links) this.#links.push(link);
    this.#breaks.push(
      await this.#steps(part.breaks.of('items', told.breaks, (found) => this.#breakOf(this.#itemOf(found.id), found))),
    );
    this.#ignored.push(
      await this.#steps(
        part.ignored.of('items', told.ignored, ({ id, why }) => ({ item: this.#itemOf(id), why: WHY[why] ?? why })),
      ),
    );
  }

  #linkOf({ rule, status, ambiguous, evidence, ...match }: Match): LegLink {
    const { leg, month, currency } = this.#input;
    const ledger = match.ledger.map((id) => this.#itemOf(id));
    const statement = match.statement.map((id) => this.#itemOf(id));
    return {
      ...{ leg, month, rule, status, ambiguous, ledger, statement, evidence, reason: null },
      ...namedDifference(match.category, ledger, statement, this.#isNet, currency),
    };
  }

  #breakOf(item: Item, found: Pick<LegBreak, 'category' | 'breakOn' | 'candidates'>): LegBreak {
    const { leg, month, comparedBefore } = this.#input;
    const { category, breakOn, candidates } = found;
    const value = valueOf(item, this.#input.currency) ?? 0n;
    const isLedger = item.side === this.#sides.ledger;
    const known = { leg, item, amount: isLedger ? -value : value, candidates };
    const isPrior = category === 'timing_prior_period' || monthOfDate(item.date) < month;
    if (!isPrior || !comparedBefore || !WAITING.includes(category)) return { ...known, category, breakOn };
    // where the month before was compared too, what could have been its counterpart there is known not to be
    return { ...known, category: isLedger ? 'missing_in_statement' : 'missing_in_ledger', breakOn: null };
  }
}

const WAITING: readonly StepCategory[] = ['timing_prior_period', 'timing', 'missing_in_ledger', 'missing_in_statement'];

function matchSettings(
  { month, settings, apart, currency, items }: LegInput,
  known: ReadonlyMap<string, Item>,
  sides: { readonly ledger: ReconSide; readonly statement: ReconSide },
): MatchSettings {
  const { from, to } = daysOfMonth(month);
  return {
    period: { from, to },
    ...termsOf(settings),
    sources: termsOfSources(settings, sides.statement),
    vendorPattern: null,
    ...{ exchangeRates: ratesAmong(items, currency), exchangeToleranceBps: EXCHANGE_BPS },
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

/** How far what a bank made of an amount lies from its known rate: what cards add for themselves, in 1/10,000. */
const EXCHANGE_BPS = 300;

/** Of each currency the rate at which its items were converted. */
function ratesAmong(items: readonly Scoped[], currency: string): ExchangeRate[] {
  const rates = new Map<string, Atoms>();
  for (const { item } of items) if (item.converted !== null) rates.set(item.currency, item.converted.rate);
  return [...rates].map(([from, rate]) => ({ from, to: currency, rate }));
}
