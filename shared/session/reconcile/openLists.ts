/** What is not matched yet, in two lists: bank lines, and what they may be payment of; and what may belong together. */
import type { Page } from '../../contract/engine.ts';
import type { OpenLine, Pane, Suggestion } from '../../contract/reconLists.ts';
import type { ReconGroup, ReconItem, ReconLink } from '../../contract/reconcile.ts';
import { formatAtoms, parseAmount } from '../../domain/money.ts';
import { wordsOf } from './groupList.ts';
import { dayNumber, searchText } from './item.ts';

/** Suggestions that are told of one line. */
const MOST = 6;
const NEAR_DAYS = 31;

export class OpenLists {
  readonly #lines: Readonly<Record<Pane, readonly OpenLine[]>>;
  readonly #groups: ReadonlyMap<string, ReconGroup>;
  readonly #byItem = new Map<string, OpenLine>();
  /** Of each pane, by amount. */
  readonly #byAmount: Readonly<Record<Pane, Map<string, OpenLine[]>>> = { bank: new Map(), other: new Map() };
  readonly #filtered = new Map<Pane, { readonly search: string; readonly lines: readonly OpenLine[] }>();

  /** @param groups those that are to decide, or wait for what may still come */
  constructor(groups: readonly ReconGroup[], currency: string) {
    const bank: OpenLine[] = [];
    const other: OpenLine[] = [];
    for (const group of groups) {
      const { simulated, document, bank: booked } = group.cells;
      // a line that surely pays something waits for nothing, whatever else its group lacks
      const isPaid = isSure(linkBetween(group, 'document_bank')) || isSure(linkBetween(group, 'simulated_bank'));
      if (!isPaid) for (const item of booked) bank.push(lineOf('bank', group, [item], currency));
      const joined = document.length > 0 && simulated.length > 0 && isSure(linkBetween(group, 'simulated_document'));
      if (joined) other.push(lineOf('other', group, [...document, ...simulated], currency, document));
      else for (const item of [...document, ...simulated]) other.push(lineOf('other', group, [item], currency));
    }
    this.#lines = { bank: byDate(bank), other: byDate(other) };
    this.#groups = new Map(groups.map((group) => [group.id, group]));
    for (const line of [...bank, ...other]) {
      for (const { id } of line.items) this.#byItem.set(id, line);
      if (line.amount === null) continue;
      const same = this.#byAmount[line.pane].get(line.amount);
      if (same === undefined) this.#byAmount[line.pane].set(line.amount, [line]);
      else same.push(line);
    }
  }

  page(request: { pane: Pane; search: string; offset: number; limit: number }): Page<OpenLine> {
    const { pane, search, offset, limit } = request;
    const lines = this.#linesOf(pane, search);
    return { total: lines.length, offset, rows: lines.slice(offset, offset + limit) };
  }

  /** Where the line of an item stands; null where there is none. */
  placeOf({ pane, search, line }: { pane: Pane; search: string; line: string }): number | null {
    const found = this.#byItem.get(line);
    const place = found === undefined ? -1 : this.#linesOf(pane, search).indexOf(found);
    return place === -1 ? null : place;
  }

  /** The matching's own suggestions, then lines of the same amount. */
  suggestionsFor(id: string): readonly Suggestion[] {
    const line = this.#byItem.get(id);
    if (line === undefined) return [];
    const theirs = line.pane === 'bank' ? 'other' : 'bank';
    const found = new Map<string, Suggestion>();
    const add = (lines: readonly OpenLine[], reasons: readonly string[]): void => {
      const key = lines.map((one) => one.id).join('\n');
      if (lines.length > 0 && !found.has(key)) found.set(key, { lines, reasons });
    };
    const linesOf = (items: readonly string[]): OpenLine[] => [
      ...new Set(items.flatMap((item) => this.#byItem.get(item) ?? []).filter(({ pane }) => pane === theirs)),
    ];
    const group = this.#groups.get(line.group);
    const evidence = group?.links
      .filter(({ between }) => between !== 'simulated_document')
      .flatMap((link) => [...link.evidence, ...(link.ambiguous ? ['ambiguous'] : [])]);
    add(linesOf(Object.values(group?.cells ?? {}).flatMap((items) => items.map((item) => item.id))), evidence ?? []);
    for (const ids of group?.candidates ?? []) add(linesOf(ids), ['would do as well']);
    for (const { other, days } of this.#sameAmount(line, theirs))
      add([other], ['same amount', days === 0 ? 'same day' : days === 1 ? '1 day apart' : `${days} days apart`]);
    return [...found.values()].slice(0, MOST);
  }

  #sameAmount(line: OpenLine, pane: Pane): { other: OpenLine; days: number }[] {
    const day = dayOf(line);
    return (line.amount === null ? [] : (this.#byAmount[pane].get(line.amount) ?? []))
      .flatMap((other) => {
        const days = Math.abs(dayOf(other) - day);
        return days <= NEAR_DAYS ? [{ other, days }] : [];
      })
      .sort((a, b) => a.days - b.days);
  }

  #linesOf(pane: Pane, search: string): readonly OpenLine[] {
    const words = wordsOf(search);
    if (words.length === 0) return this.#lines[pane];
    const known = this.#filtered.get(pane);
    if (known?.search === search) return known.lines;
    const lines = this.#lines[pane].filter(({ items }) => {
      const text = items
        .map((item) => searchText(item.date, item.kind, item.text, item.reference, item.amount))
        .join(' ');
      return words.every((word) => text.includes(word));
    });
    this.#filtered.set(pane, { search, lines });
    return lines;
  }
}

function linkBetween({ links }: ReconGroup, between: ReconLink['between']): ReconLink | undefined {
  return links.find((link) => link.between === between);
}

function isSure(link: ReconLink | undefined): boolean {
  return link !== undefined && (link.accepted || (link.status === 'confirmed' && !link.ambiguous));
}

function lineOf(
  pane: Pane,
  group: ReconGroup,
  items: readonly ReconItem[],
  currency: string,
  counted: readonly ReconItem[] = items,
): OpenLine {
  const amounts = counted.map((item) => amountIn(item, currency));
  return { id: items[0]?.id ?? group.id, pane, group: group.id, items, amount: sumOf(amounts) };
}

function amountIn({ amount, currency: own, original, converted }: ReconItem, currency: string): string | null {
  if (own === currency) return amount;
  if (original !== null && original.currency === currency) return original.amount;
  return converted?.amount ?? null;
}

/** Null where one is not known, or cannot be read. */
function sumOf(amounts: readonly (string | null)[]): string | null {
  let sum = 0n;
  for (const amount of amounts) {
    const atoms = amount === null ? null : parseAmount(amount);
    if (typeof atoms !== 'bigint') return null;
    sum += atoms;
  }
  return formatAtoms(sum);
}

function byDate(lines: readonly OpenLine[]): OpenLine[] {
  return lines
    .map((line) => ({ line, order: `${line.items[0]?.date} ${line.id}` }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
    .map(({ line }) => line);
}

function dayOf({ items: [item] }: OpenLine): number {
  return item === undefined ? 0 : dayNumber(item.date);
}
