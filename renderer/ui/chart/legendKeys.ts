/** The entries of the legend, in its order, and the words that name them. */
import type { MarkKind } from '../../../shared/contract/engine.ts';

export type LegendKey = 'balance' | 'band' | MarkKind | 'overrun' | 'cutoff' | 'stated' | 'statements';

export const LEGEND: readonly { readonly key: LegendKey; readonly name: string }[] = [
  { key: 'balance', name: 'Balance' },
  { key: 'band', name: 'Placement of buckets' },
  { key: 'auto_recharge', name: 'Auto-recharge' },
  { key: 'skipped', name: 'skipped' },
  { key: 'declined', name: 'declined' },
  { key: 'purchase', name: 'Purchase' },
  { key: 'grant', name: 'Grant' },
  { key: 'adjustment', name: 'Adjustment' },
  { key: 'refund', name: 'Refund' },
  { key: 'expiry', name: 'Expiry' },
  { key: 'overrun', name: 'Overrun' },
  { key: 'cutoff', name: 'Cut off' },
  { key: 'stated', name: 'Stated balance' },
  { key: 'statements', name: 'Documents and bank' },
  { key: 'paused', name: 'Recharge paused' },
  { key: 'plan', name: 'Plan' },
  { key: 'tier', name: 'Tier' },
];

/** What a mark is called where it stands alone. */
export const MARK_NAMES: Readonly<Record<MarkKind, string>> = {
  purchase: 'Purchase',
  auto_recharge: 'Auto-recharge',
  grant: 'Grant',
  expiry: 'Expired',
  skipped: 'Auto-recharge skipped',
  declined: 'Payment declined',
  refund: 'Refund',
  adjustment: 'Adjustment',
  paused: 'Auto-recharge paused',
  plan: 'Plan changed',
  tier: 'Tier reached',
};
