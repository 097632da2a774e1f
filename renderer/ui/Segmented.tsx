/** A few choices in one row, of which at most one holds. */
import type { ReactNode } from 'react';
import './controls.css';

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
  return (
    <div className="segmented" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="segment"
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
