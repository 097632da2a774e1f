/** A figure: an exact decimal in, grouped digits out, every digit that was given on hover and for screen readers. */
import type { ReactNode } from 'react';
import { amountParts, fullAmountText } from './amountText.ts';

interface AmountProps {
  /** Exact decimal, as the worker gives it. */
  readonly value: string;
  readonly digits: number;
  /** Signed, for movements and differences. */
  readonly movement?: boolean;
  /** All digits, redundant zeros faint. */
  readonly exact?: boolean;
  readonly strong?: boolean;
}

export function Amount({ value, digits, movement = false, exact = false, strong = false }: AmountProps): ReactNode {
  const { sign, figure, faint, negative } = amountParts(value, {
    digits,
    exact,
    sign: movement ? 'movement' : 'negative',
  });
  const classes = ['amount', negative && !movement ? 'amount-debt' : '', strong ? 'amount-strong' : ''];
  return (
    <span className={classes.filter((name) => name !== '').join(' ')} title={fullAmountText(value, digits)}>
      {sign}
      {figure}
      {faint !== '' && <span className="amount-faint">{faint}</span>}
    </span>
  );
}
