/** What is not matched yet, in two lists: bank lines, and what they may be payment of; and what may belong together. */
import type { Page } from '../../contract/engine.ts';
import type { OpenLine, Pane, Suggestion } from '../../contract/reconLists.ts';
import type { ReconGroup, ReconLink, ReconSide } from '../../contract/reconcile.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import { wordsOf } from './groupList.ts';
import { dayNumber, itemSays, shownItem, type Item } from './item.ts';

/** Suggestions that are told of one line. */
const MOST = 6;
const NEAR_DAYS = 31;

/** A group that is to decide, or waits for what may still come. */
export interface OpenGroup {
  readonly id: string;
  readonly items: readonly Item[];
  /** Whether its first link between two sides needs nobody's word. */
  readonly isSure: (between: ReconLink['between']) => boolean;
  readonly shown: () => ReconGroup;
}

/** A line before it is looked at: its words and amounts are written out then. */
interface Line {
  readonly pane: Pane;
  readonly group: OpenGroup;
  readonly items: readonly Item[];
  /** Of these, those that its amount is the sum of. */
  readonly counted: readonly Item[];
}

export class OpenLists {
  readonly #currency: string;
  readonly #lines: Readonly<Record<Pane, readonly Line[]>>;
  readonly #filtered = new Map<Pane, { readonly search: string; readonly lines: readonly Line[] }>();
  #byItem: ReadonlyMap<string, Line> | null = null;
  /** Of each pane, by amount. */
  #byAmount: Readonly<Record<Pane, ReadonlyMap<Atoms, readonly Line[]>>> | null = null;

  constructor(groups: readonly OpenGroup[], currency: string) {
    this.#currency = currency;
    const bank: Line[] = [];
    const other: Line[] = [];
    const add = (lines: Line[], group: OpenGroup, items: readonly Item[], counted = items): void => {
      lines.push({ pane: lines === bank ? 'bank' : 'other', group, items, counted });
    };
    for (const group of groups) {
      const of = (side: ReconSide): Item[] => group.items.filter((item) => item.side === side);
      const [simulated, document, booked] = [of('simulated'), of('document'), of('bank')];
      // a line that surely pays something waits for nothing, whatever else its group lacks
      const isPaid = booked.length > 0 && (group.isSure('document_bank') || group.isSure('simulated_bank'));
      if (!isPaid) for (const item of booked) add(bank, group, [item]);
      const isJoined = document.length > 0 && simulated.length > 0 && group.isSure('simulated_document');
      if (isJoined) add(other, group, [...document, ...simulated], document);
      else for (const item of [...document, ...simulated]) add(other, group, [item]);
    }
    this.#lines = { bank: bank.sort(byDate), other: other.sort(byDate) };
  }

  page(request: { pane: Pane; search: string; offset: number; limit: number }): Page<OpenLine> {
    const { pane, search, offset, limit } = request;
    const lines = this.#linesOf(pane, search);
    const rows = lines.slice(offset, offset + limit).map((line) => this.#shown(line));
    return { total: lines.length, offset, rows };
  }

  /** Where the line of an item stands; null where there is none. */
  placeOf({ pane, search, line }: { pane: Pane; search: string; line: string }): number | null {
    const found = this.#lineOf(line);
    const place = found === undefined ? -1 : this.#linesOf(pane, search).indexOf(found);
    return place === -1 ? null : place;
  }

  /** The matching's own suggestions, then lines of the same amount. */
  suggestionsFor(id: string): readonly Suggestion[] {
    const line = this.#lineOf(id);
    if (line === undefined) return [];
    const theirs = line.pane === 'bank' ? 'other' : 'bank';
    const found = new Map<string, Suggestion>();
    const add = (lines: readonly Line[], reasons: readonly string[]): void => {
      const key = lines.map(lineId).join('\n');
      if (lines.length === 0 || found.has(key)) return;
      found.set(key, { lines: lines.map((one) => this.#shown(one)), reasons });
    };
    const linesOf = (items: readonly string[]): Line[] => [
      ...new Set(items.flatMap((item) => this.#lineOf(item) ?? []).filter(({ pane }) => pane === theirs)),
    ];
    const { links, cells, candidates } = line.group.shown();
    const evidence = links
      .filter(({ between }) => between !== 'simulated_document')
      .flatMap((link) => [...link.evidence, ...(link.ambiguous ? ['ambiguous'] : [])]);
    add(linesOf(Object.values(cells).flatMap((items) => items.map((item) => item.id))), evidence);
    for (const ids of candidates) add(linesOf(ids), ['would do as well']);
    for (const { other, days } of this.#sameAmount(line, theirs))
      add([other], ['same amount', days === 0 ? 'same day' : days === 1 ? '1 day apart' : `${days} days apart`]);
    return [...found.values()].slice(0, MOST);
  }

  #shown(line: Line): OpenLine {
    const { pane, group, items } = line;
    const amount = this.#amountOf(line);
    return {
      ...{ id: lineId(line), pane, group: group.id, items: items.map(shownItem) },
      amount: amount === null ? null : formatAtoms(amount),
    };
  }

  /** In the account's currency; null where that is not known. */
  #amountOf({ counted }: Line): Atoms | null {
    let sum = 0n;
    for (const item of counted) {
      const amount = amountIn(item, this.#currency);
      if (amount === null) return null;
      sum += amount;
    }
    return sum;
  }

  #lineOf(item: string): Line | undefined {
    this.#byItem ??= new Map(
      [...this.#lines.bank, ...this.#lines.other].flatMap((line) => line.items.map(({ id }) => [id, line] as const)),
    );
    return this.#byItem.get(item);
  }

  #sameAmount(line: Line, pane: Pane): { other: Line; days: number }[] {
    const day = dayOf(line);
    const amount = this.#amountOf(line);
    this.#byAmount ??= { bank: this.#amountsOf('bank'), other: this.#amountsOf('other') };
    return (amount === null ? [] : (this.#byAmount[pane].get(amount) ?? []))
      .flatMap((other) => {
        const days = Math.abs(dayOf(other) - day);
        return days <= NEAR_DAYS ? [{ other, days }] : [];
      })
      .sort((a, b) => a.days - b.days);
  }

  #amountsOf(pane: Pane): Map<Atoms, Line[]> {
    const found = new Map<Atoms, Line[]>();
    for (const line of this.#lines[pane]) {
      const amount = this.#amountOf(line);
      if (amount === null) continue;
      const same = found.get(amount);
      if (same === undefined) found.set(amount, [line]);
      else same.push(line);
    }
    return found;
  }

  #linesOf(pane: Pane, search: string): readonly Line[] {
    const words = wordsOf(search);
    if (words.length === 0) return this.#lines[pane];
    const known = this.#filtered.get(pane);
    if (known?.search === search) return known.lines;
    const lines = this.#lines[pane].filter(({ items }) => {
      const text = items.map(itemSays).join(' ');
      return words.every((word) => text.includes(word));
    });
    this.#filtered.set(pane, { search, lines });
    return lines;
  }
}

function lineId({ items, group }: Line): string {
  return items[0]?.id ?? group.id;
}

function amountIn({ amount, currency: own, original, converted }: Item, currency: string): Atoms | null {
  if (own === currency) return amount;
  if (original !== null && original.currency === currency) return original.amount;
  return converted?.amount ?? null;
}

function byDate(one: Line, other: Line): number {
  const [a, b] = [one.items[0], other.items[0]];
  if (a === undefined || b === undefined) return 0;
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function dayOf({ items: [item] }: Line): number {
  return item === undefined ? 0 : dayNumber(item.date);
}
