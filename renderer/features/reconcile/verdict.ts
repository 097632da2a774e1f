/** What the month comes to, in one short line. Only what ties is said in the colour of what ties. */
import { BadgeCheck, CircleAlert, CircleDotDashed, Clock3, type LucideIcon } from 'lucide-react';
import type { ReconciledMonth } from '../../../shared/contract/reconcile.ts';
import { amountText, isZero } from '../../ui/amountText.ts';
import { plural } from '../../ui/format.ts';

export interface VerdictLook {
  readonly icon: LucideIcon;
  readonly tone: 'credit' | 'expiry' | 'debt' | 'ink-2';
  readonly text: string;
}

export function verdictLook({ verdict, bridge, period, minorDigits }: ReconciledMonth): VerdictLook {
  // two that cancel out are unexplained all the same
  const residuals = bridge.steps.filter(({ category, amount }) => category === 'unexplained' && !isZero(amount));
  if (verdict === 'incomplete' || residuals.length > 0) {
    const left = residuals.map(({ amount }) => amountText(amount, { digits: minorDigits, sign: 'movement' }));
    return {
      icon: CircleDotDashed,
      tone: 'expiry',
      text: left.length === 0 ? 'Incomplete' : `Incomplete, ${left.join(' and ')} unexplained`,
    };
  }
  switch (verdict) {
    case 'reconciled':
      return {
        icon: BadgeCheck,
        tone: 'credit',
        text: `Reconciled, ${amountText('0', { digits: minorDigits })} unexplained`,
      };
    case 'reconciled_with_timing':
      return { icon: Clock3, tone: 'credit', text: 'Reconciled but for items in transit' };
    case 'breaks':
      return { icon: CircleAlert, tone: 'ink-2', text: `${plural(period.toDecide, 'difference')} to decide` };
  }
}
