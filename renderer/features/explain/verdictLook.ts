/** How sure an explanation is, as four looks that differ in shape and word, not in colour alone. Pure. */
import { ChartPie, EqualApproximately, ShieldCheck, type LucideIcon } from 'lucide-react';
import type { Explained, ExplainFamily, Explanation } from '../../../shared/contract/explain.ts';
import { plural } from '../../ui/format.ts';
import { countText } from '../../ui/amountText.ts';

export interface VerdictLook {
  readonly look: 'proven' | 'fits' | 'partial';
  readonly icon: LucideIcon;
  readonly text: string;
}

export function verdictOf({ verdict, rivals, percent }: Explanation): VerdictLook {
  switch (verdict) {
    case 'proven':
      return { look: 'proven', icon: ShieldCheck, text: 'Proven here' };
    case 'fits':
      return {
        look: 'fits',
        icon: EqualApproximately,
        text: rivals === 0 ? 'Fits, no rival' : `Fits, ${plural(rivals, 'rival')}`,
      };
    case 'partial':
      return { look: 'partial', icon: ChartPie, text: `Partial, ${percent} %` };
  }
}

const FAMILIES: readonly (readonly [ExplainFamily, string])[] = [
  ['arithmetic', 'Arithmetic: one item, twice, digits swapped, rate'],
  ['data', 'Data: hour, day, model, project, duplicates, gaps'],
  ['policy', 'Policy: one value changed, then pairs'],
];

export function triedRows({ tried }: Explained): readonly (readonly [string, string])[] {
  return FAMILIES.map(([family, name]) => [name, countText(tried[family])]);
}

export function triedCount({ tried }: Explained): number {
  return tried.arithmetic + tried.data + tried.policy;
}
