/**
 * A timeline row in words: what it is called, what happened, which icon stands for it. Plain and exact; the figures are
 * those of the record.
 */
import type { TimelineRow } from '../../../shared/contract/engine.ts';
import { amountText, isZero } from '../../ui/amountText.ts';
import { isoDurationText } from '../../ui/format.ts';

export type TimelineIcon =
  | 'purchase'
  | 'auto_recharge'
  | 'posting'
  | 'grant'
  | 'adjustment'
  | 'refund'
  | 'refused'
  | 'declined'
  | 'expiry'
  | 'skipped'
  | 'paused'
  | 'resumed'
  | 'tier'
  | 'cutoff'
  | 'restored'
  | 'limit'
  | 'plan';

export interface Described {
  readonly icon: TimelineIcon;
  readonly title: string;
  readonly happened: string;
}

export function describeRow(row: TimelineRow, digits: number): Described {
  const { fields, rule, subject } = row;
  const field = (name: string): string => fields[name] ?? '';
  const amount = (name: string): string => amountText(fields[name] ?? '', { digits });
  const recharge = row.kind === 'auto_recharge';
  const named = (title: string): string => (subject === null ? title : `${title}, ${subject}`);
  const made = (title: string, happened = ''): Described => ({ icon: iconOf(row), title, happened });
  switch (row.type) {
    case 'purchase': {
      const tax = isZero(field('tax')) || field('tax') === '' ? '' : ` + tax ${amount('tax')}`;
      const posts =
        rule?.name === 'purchase.posting_delay' && !isZeroDuration(rule.value)
          ? `, posts in ${isoDurationText(rule.value)}`
          : '';
      return made(recharge ? 'Auto-recharge paid' : 'Purchase paid', `${amount('amount')}${tax}${posts}`);
    }
    case 'purchase_rejected':
      return made(
        recharge ? 'Auto-recharge refused' : 'Purchase refused',
        `${amount('amount')}, ${words(field('reason'))}`,
      );
    case 'payment_declined':
      return made('Payment declined', `${recharge ? 'auto-recharge of' : 'purchase of'} ${amount('amount')}`);
    case 'posting':
      return made(named('Credit posted'), settled(fields, digits));
    case 'grant':
      return made(named('Credit granted'), settled(fields, digits));
    case 'adjustment':
      return made('Adjustment', subject ?? '');
    case 'refund':
      return made(named('Lot refunded'), `${amount('amount')} taken back`);
    case 'refund_rejected':
      return made(named('Refund refused'), words(field('reason')));
    case 'expiry':
      return made(named('Credit expired'), `${amount('amount')} forfeited`);
    case 'recharge_skipped':
      return made('Auto-recharge skipped', skipped(row, digits));
    case 'recharge_paused':
      return made('Auto-recharge paused', words(field('reason')));
    case 'recharge_resumed':
      return made('Auto-recharge resumed');
    case 'tier':
      return made(`${field('tier') === '' ? (subject ?? 'Tier') : field('tier')} reached`);
    case 'cutoff':
      return made('Access cut off', cutOff(row));
    case 'restored':
      return made('Access restored', 'balance above the floor');
    case 'limit_reached':
      return made('Monthly limit reached', 'usage is refused until it is lifted');
    case 'limit_lifted':
      return made('Monthly limit lifted', 'usage is accepted again');
    case 'plan_started':
      return made(`Plan started, ${planName(row)}`, debtInvoiced(fields, digits));
    case 'plan_cancelled':
      return made(`Plan cancelled, ${planName(row)}`, 'access closed');
    case 'plan_rejected':
      return made('Plan change refused', words(field('reason')));
    default:
      return made(words(row.type), subject ?? '');
  }
}

/** One sentence for the live region: instant and balance are added by who reads it out. */
export function spokenRow(row: TimelineRow, digits: number): string {
  const { title, happened } = describeRow(row, digits);
  return happened === '' ? title : `${title}, ${happened}`;
}

/** Types of rows whose title has all these words: what the worker is asked for by its own names. */
export function typesCalled(text: string): readonly string[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return Object.keys(ICONS).filter((type) =>
    [null, 'auto_recharge'].some((kind) => {
      const { title } = describeRow({ ...UNTOLD, type, kind }, 0);
      return words.every((word) => title.toLowerCase().includes(word));
    }),
  );
}

/** Kinds of rows, `type/kind`, that have the word in what the screen says of every one of them. */
export function eventsCalled(word: string): readonly string[] {
  return Object.keys(ICONS).flatMap((type) =>
    [null, 'purchase', 'auto_recharge'].flatMap((kind) => {
      const { title, happened } = describeRow({ ...UNTOLD, type, kind }, 0);
      return `${title} ${happened}`.toLowerCase().includes(word) ? [`${type}/${kind ?? ''}`] : [];
    }),
  );
}

const UNTOLD: Omit<TimelineRow, 'type' | 'kind'> = {
  ...{ index: 0, at: 0, subject: null, fields: {}, rule: null, amount: null, balance: '0', closed: false },
};

const ICONS: Readonly<Record<string, TimelineIcon>> = {
  purchase: 'purchase',
  purchase_rejected: 'refused',
  payment_declined: 'declined',
  posting: 'posting',
  grant: 'grant',
  adjustment: 'adjustment',
  refund: 'refund',
  refund_rejected: 'refused',
  expiry: 'expiry',
  recharge_skipped: 'skipped',
  recharge_paused: 'paused',
  recharge_resumed: 'resumed',
  tier: 'tier',
  cutoff: 'cutoff',
  restored: 'restored',
  limit_reached: 'limit',
  limit_lifted: 'restored',
  plan_started: 'plan',
  plan_cancelled: 'plan',
  plan_rejected: 'refused',
};

function iconOf(row: TimelineRow): TimelineIcon {
  if (row.type === 'purchase' && row.kind === 'auto_recharge') return 'auto_recharge';
  return ICONS[row.type] ?? 'plan';
}

function words(code: string): string {
  return code.replaceAll('_', ' ');
}

function planName({ fields, subject }: TimelineRow): string {
  return fields['plan'] ?? subject ?? '';
}

function isZeroDuration(text: string): boolean {
  return /^P(?:T?0[A-Z])+$/.test(text);
}

function settled(fields: Readonly<Record<string, string>>, digits: number): string {
  const { settled: debt } = fields;
  return debt === undefined || isZero(debt) ? '' : `settles debt ${amountText(debt, { digits })}`;
}

function skipped({ fields, rule }: TimelineRow, digits: number): string {
  const amount = amountText(fields['amount'] ?? '', { digits });
  const limit = rule === null ? '' : ` of ${amountText(rule.value, { digits })}`;
  return `${amount} would pass the monthly limit${limit}`;
}

function cutOff({ rule }: TimelineRow): string {
  if (rule?.name !== 'cutoff.delay') return 'at or below the floor';
  return isZeroDuration(rule.value) ? 'at or below the floor' : `${isoDurationText(rule.value)} at or below the floor`;
}

function debtInvoiced(fields: Readonly<Record<string, string>>, digits: number): string {
  const { debt_invoiced: debt } = fields;
  return debt === undefined || isZero(debt) ? '' : `debt ${amountText(debt, { digits })} goes to the next invoice`;
}
