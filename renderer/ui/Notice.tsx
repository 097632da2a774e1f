/** States in words: what happened, what was kept, what can be done. */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './controls.css';

export function Notice(props: {
  readonly icon: LucideIcon;
  readonly tone?: 'debt' | 'expiry' | 'credit' | 'ink-2';
  readonly title: string;
  readonly children?: ReactNode;
}): ReactNode {
  const { icon: Icon, tone = 'ink-2', title, children } = props;
  return (
    <div className="notice">
      <Icon className={`notice-icon tone-${tone}`} size="1rem" strokeWidth={1.9} aria-hidden="true" />
      <div className="notice-text">
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  );
}
