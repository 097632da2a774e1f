/** Buttons are ink, not blue; at most one solid on a screen. */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './controls.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly icon?: LucideIcon;
  readonly look?: 'outline' | 'solid' | 'quiet';
  readonly small?: boolean;
  readonly hint?: string;
  readonly onClick: () => void;
}

export function Button({
  children,
  icon: Icon,
  look = 'outline',
  small = false,
  hint,
  onClick,
}: ButtonProps): ReactNode {
  return (
    <button type="button" className={`button ${look}${small ? ' small' : ''}`} title={hint} onClick={onClick}>
      {Icon !== undefined && <Icon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />}
      {children}
    </button>
  );
}

export function IconButton(props: {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onClick: () => void;
}): ReactNode {
  const { icon: Icon, label, onClick } = props;
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={onClick}>
      <Icon size="1rem" strokeWidth={1.9} aria-hidden="true" />
    </button>
  );
}
