/** A balance of accounts: the figure, then the side that it stands on. */
import type { ReactNode } from 'react';
import { Amount } from '../../ui/Amount.tsx';
import { sidedBalance } from './journalWords.ts';

export function Sided(props: { readonly value: string; readonly digits: number; readonly exact?: boolean }): ReactNode {
  const { value, digits, exact = false } = props;
  const { figure, side } = sidedBalance(value);
  return (
    <span className="sided">
      <Amount value={figure} digits={digits} exact={exact} />
      <span className="sided-side" title={side === 'Cr' ? 'credit' : side === 'Dr' ? 'debit' : undefined}>
        {side}
      </span>
    </span>
  );
}
