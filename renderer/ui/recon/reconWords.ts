/** What the sides, items and groups of a reconciliation are called on every screen, and how they look. Pure. */
import {
  CalendarClock,
  Check,
  CircleDashed,
  Clock3,
  Copy,
  FileX,
  GitFork,
  Minus,
  EqualNot,
  type LucideIcon,
} from 'lucide-react';
import type { ReconGroup, ReconItem, ReconLink, ReconSide, StepCategory } from '../../../shared/contract/reconcile.ts';
import { timeText, dateText } from '../format.ts';
import type { Zone } from '../../../shared/domain/time.ts';

export const SIDES: readonly ReconSide[] = ['simulated', 'document', 'bank'];

export const SIDE_NAMES: Readonly<Record<ReconSide, string>> = {
  simulated: 'Simulated',
  document: 'Vendor document',
  bank: 'Bank',
};

/** Beside an amount: what kind of difference it is. */
export const CATEGORY_NAMES: Readonly<Record<StepCategory, string>> = {
  tax: 'tax',
  fee: 'fee',
  fx: 'exchange rate',
  rounding: 'rounding',
  amount_difference: 'amount',
  timing: 'in transit',
  timing_prior_period: 'other period',
  reversed: 'reversed',
  duplicate_in_ledger: 'simulated twice',
  duplicate_in_statement: 'doubled',
  missing_in_ledger: 'not simulated',
  missing_in_statement: 'not stated',
  ambiguous: 'ambiguous',
  unexplained: 'unexplained',
};

const KIND_NAMES: Readonly<Record<ReconItem['kind'], string>> = {
  purchase: 'Purchase',
  auto_recharge: 'Recharge',
  invoice: 'Invoice',
  receipt: 'Receipt',
  credit_note: 'Credit note',
  refund: 'Refund',
  payment: 'Payment',
  fee: 'Fee',
};

/** `2 Sep 16:38` where the instant is known, else the side's own calendar date. */
export function itemDay(item: ReconItem, zone: Zone): string {
  const day = dateText(item.date);
  return item.side === 'simulated' && item.at !== null ? `${day} ${timeText(item.at, zone, 'minute')}` : day;
}

/** What names an item on its side: a document by its number, a bank line by its text. */
export function itemName(item: ReconItem): string {
  const kind = KIND_NAMES[item.kind];
  if (item.side === 'bank') return item.text === '' ? kind : item.text;
  if (item.side === 'document') return item.reference ?? (item.text === '' ? kind : item.text);
  return item.text === '' ? kind : item.text;
}

/** All that is known of an item, for hovering and for screen readers. */
export function itemTitle(item: ReconItem): string {
  const { original, status, reference } = item;
  return [
    KIND_NAMES[item.kind],
    item.text,
    reference !== null && reference !== item.text ? reference : '',
    original === null ? '' : `${original.amount} ${original.currency}`,
    item.converted === null ? '' : `worth ${item.converted.amount} at ${item.converted.rate}`,
    status ?? '',
    item.entry === null ? '' : 'entered by hand',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export interface GroupLook {
  readonly icon: LucideIcon;
  readonly tone: 'credit' | 'debt' | 'expiry' | 'ink-2' | 'ink-3';
}

/** The link that still waits for a person; the first, as the group's state names it. */
export function openLink({ links }: ReconGroup): ReconLink | undefined {
  return links.find((link) => !link.accepted && (link.status !== 'confirmed' || link.ambiguous));
}

/** Steps that are known for what they are: a line that is one lacks no counterpart. */
const ALONE: readonly string[] = ['fee', 'tax', 'fx', 'rounding'];

/** Nothing is waited for: a fee or tax on a bank line of its own. */
export function isSettledAlone({ section, links, category }: ReconGroup): boolean {
  return section === 'matched' && links.length === 0 && ALONE.includes(category);
}

/** What is to be decided of a group's difference, or all of it; and what it is called. */
export function shownDifference(group: ReconGroup): { readonly amount: string; readonly word: string } {
  const { section, difference, links, category } = group;
  const open = section === 'to_decide' ? openLink(group) : undefined;
  if (open !== undefined && open.difference !== '0' && open.category !== 'none')
    return { amount: open.difference, word: CATEGORY_NAMES[open.category] };
  // in transit it is already known what the sides that are there differ by
  const known = category === 'timing' ? links.find((link) => link.category !== 'none')?.category : undefined;
  const named = known ?? category;
  return { amount: difference, word: named === 'none' || section === 'ignored' ? '' : CATEGORY_NAMES[named] };
}

export function groupLook(group: ReconGroup): GroupLook {
  if (group.section === 'ignored') return { icon: Minus, tone: 'ink-3' };
  if (group.category === 'timing') return { icon: Clock3, tone: 'ink-2' };
  // with nothing to compare it with, nothing agrees
  if (group.links.length === 0 && group.break === null && !isSettledAlone(group)) return { icon: Minus, tone: 'ink-2' };
  if (group.section === 'matched') return { icon: Check, tone: 'credit' };
  const link = openLink(group);
  if (link !== undefined) return linkLook(link);
  switch (group.category) {
    case 'timing_prior_period':
      return { icon: CalendarClock, tone: 'ink-2' };
    case 'duplicate_in_ledger':
    case 'duplicate_in_statement':
      return { icon: Copy, tone: 'expiry' };
    case 'ambiguous':
      return { icon: GitFork, tone: 'expiry' };
    case 'missing_in_ledger':
    case 'missing_in_statement':
      return { icon: FileX, tone: 'debt' };
    case 'amount_difference':
    case 'fee':
    case 'fx':
    case 'none':
    case 'rounding':
    case 'reversed':
    case 'tax':
    case 'unexplained':
      return { icon: EqualNot, tone: 'expiry' };
  }
}

function linkLook(link: ReconLink): GroupLook {
  if (link.ambiguous) return { icon: GitFork, tone: 'expiry' };
  if (link.status === 'suggested') return { icon: CircleDashed, tone: 'ink-2' };
  if (link.rule === 'date_exception') return { icon: CalendarClock, tone: 'ink-2' };
  return { icon: EqualNot, tone: 'expiry' };
}
