/** A few choices in one row, of which at most one holds. */
import type { ReactNode } from 'react';
import './controls.css';
import { moveInRow } from './roving.ts';

export interface SegmentedOption<V extends string> {
  readonly value: V;
  readonly label: ReactNode;
  /** Spoken name where the label is an icon, and the hint on hover. */
  readonly title: string;
}

export function Segmented<V extends string>(props: {
  readonly label: string;
  readonly value: V | null;
  readonly options: readonly SegmentedOption<V>[];
  readonly onChange: (value: V) => void;
}): ReactNode {
  const { label, value, options, onChange } = props;
  const known = options.some((option) => option.value === value);
  return (
    <div className="segmented" role="toolbar" aria-label={label} onKeyDown={moveInRow}>
      {options.map((option, index) => (
        <button
          key={option.value}
          type="button"
          className="segment"
          tabIndex={option.value === value || (index === 0 && !known) ? 0 : -1}
          aria-pressed={option.value === value}
          aria-label={typeof option.label === 'string' ? undefined : option.title}
          title={option.title}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
