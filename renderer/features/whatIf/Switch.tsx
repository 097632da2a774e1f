/** On or off, with the word beside it. */
import type { ReactNode } from 'react';
import './controls.css';

export function Switch(props: {
  readonly label: string;
  readonly on: boolean;
  /** Shown before it; without one the state's word is. */
  readonly words?: ReactNode;
  readonly onChange: (on: boolean) => void;
}): ReactNode {
  const { label, on, words, onChange } = props;
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={on}
      aria-label={label}
      onClick={() => onChange(!on)}
    >
      <span className="switch-words">{words ?? (on ? 'on' : 'off')}</span>
      <span className="switch-track" aria-hidden="true">
        <span className="switch-knob" />
      </span>
    </button>
  );
}
