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
  /** Shortcut, for showing. */
  readonly keys?: string;
  /** Does nothing; the label says what it waits for. It keeps its place for Tab, so that it can be read. */
  readonly disabled?: boolean;
  /** Of a button that shows and hides a part of the page. */
  readonly expanded?: boolean;
  readonly onClick: () => void;
}

export function Button(props: ButtonProps): ReactNode {
  const { children, icon: Icon, look = 'outline', small = false, hint, keys, disabled = false, expanded } = props;
  return (
    <button
      type="button"
      className={`button ${look}${small ? ' small' : ''}`}
      title={hint}
      aria-disabled={disabled ? true : undefined}
      aria-expanded={expanded}
      aria-keyshortcuts={keys?.replaceAll('Ctrl ', 'Control+')}
      onClick={disabled ? undefined : props.onClick}
    >
      {Icon !== undefined && <Icon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />}
      {children}
      {keys !== undefined && <kbd aria-hidden="true">{keys}</kbd>}
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
