/** A short fact in the colour of its meaning, always with an icon beside it. */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './fields.css';

export type Tone = 'ink-2' | 'balance' | 'credit' | 'debt' | 'expiry' | 'closed';

export function Chip(props: {
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly large?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { icon: Icon, tone, large = false, children } = props;
  return (
    <span className={`chip tone-${tone}${large ? ' large' : ''}`}>
      <Icon size={large ? '1.125rem' : '0.875rem'} strokeWidth={2.1} aria-hidden="true" />
      {children}
    </span>
  );
}
