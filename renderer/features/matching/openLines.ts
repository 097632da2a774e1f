/**
 * What is not matched yet, in two panes: bank lines, and what they may be payment of. A document and the purchase that it
 * is surely of are one line, so that nothing is counted twice. Pure.
 */
import type { ReconGroup, ReconItem, ReconLink } from '../../../shared/contract/reconcile.ts';
import { formatAtoms, parseAmount } from '../../../shared/domain/money.ts';
import { isSettledAlone, itemName } from '../../ui/recon/reconWords.ts';

export type Pane = 'bank' | 'other';

export interface OpenLine {
  readonly id: string;
  readonly pane: Pane;
  readonly group: string;
  /** All that are matched with it; the first is what it is shown as. */
  readonly items: readonly ReconItem[];
  /** What counts in the running sum, in the account's currency; null where it is stated in another one alone. */
  readonly amount: string | null;
}

export interface OpenLines {
  readonly bank: readonly OpenLine[];
  readonly other: readonly OpenLine[];
}

export function openLines(groups: readonly ReconGroup[], currency: string): OpenLines {
  const bank: OpenLine[] = [];
  const other: OpenLine[] = [];
  for (const group of groups) {
    if (!isOpen(group)) continue;
    const { simulated, document, bank: booked } = group.cells;
    for (const item of booked) bank.push(lineOf('bank', group, [item], currency));
    const joined = document.length > 0 && simulated.length > 0 && isSure(linkBetween(group, 'simulated_document'));
    if (joined) other.push(lineOf('other', group, [...document, ...simulated], currency, document));
    else for (const item of [...document, ...simulated]) other.push(lineOf('other', group, [item], currency));
  }
  const byDate = (a: OpenLine, b: OpenLine): number => order(a).localeCompare(order(b));
  return { bank: bank.sort(byDate), other: other.sort(byDate) };
}

/** To decide, or waiting for what may still come. */
function isOpen(group: ReconGroup): boolean {
  const { section, break: open } = group;
  if (isSettledAlone(group)) return false;
  return section === 'to_decide' || (section !== 'ignored' && open !== null && open.life !== 'resolved');
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
  const amount = amounts.includes(null) ? null : sumOf(amounts.filter((one) => one !== null));
  return { id: items[0]?.id ?? group.id, pane, group: group.id, items, amount };
}

function amountIn({ amount, currency: own, original, converted }: ReconItem, currency: string): string | null {
  if (own === currency) return amount;
  if (original !== null && original.currency === currency) return original.amount;
  return converted?.amount ?? null;
}

function order({ items }: OpenLine): string {
  const item = items[0];
  return item === undefined ? '' : `${item.date} ${item.id}`;
}

/** Exact; an amount that cannot be read is no amount, and there is no sum. */
export function sumOf(amounts: readonly string[]): string | null {
  let sum = 0n;
  for (const amount of amounts) {
    const atoms = parseAmount(amount);
    if (typeof atoms !== 'bigint') return null;
    sum += atoms;
  }
  return formatAtoms(sum);
}

export interface Chosen {
  readonly count: number;
  /** Null where one of them has no amount in the account's currency. */
  readonly sum: string | null;
}

export function chosenOf(lines: readonly OpenLine[], chosen: ReadonlySet<string>): Chosen {
  const those = lines.filter(({ id }) => chosen.has(id));
  const amounts = those.map(({ amount }) => amount);
  return {
    count: those.length,
    sum: amounts.includes(null) ? null : sumOf(amounts.filter((amount) => amount !== null)),
  };
}

/** Bank less the others; null where a sum is not known. */
export function differenceOf(bank: Chosen, other: Chosen): string | null {
  if (bank.sum === null || other.sum === null) return null;
  const [paid, asked] = [parseAmount(bank.sum), parseAmount(other.sum)];
  return typeof paid === 'bigint' && typeof asked === 'bigint' ? formatAtoms(paid - asked) : null;
}

/** Lines that say it somewhere: day, name, reference or amount. */
export function filtered(lines: readonly OpenLine[], filter: string): readonly OpenLine[] {
  const words = filter
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return lines;
  return lines.filter(({ items }) => {
    const text = items
      .map((item) => `${item.date} ${itemName(item)} ${item.text} ${item.reference ?? ''} ${item.amount}`)
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word.replace(/,/g, '')));
  });
}
