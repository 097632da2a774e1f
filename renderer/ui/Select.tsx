/** A native list of choices: long lists scroll, letters jump, and the system draws it as its users know it. */
import type { ReactNode } from 'react';
import './fields.css';

export function Select(props: {
  readonly label: string;
  /** Null: nothing is chosen yet, which `placeholder` says. */
  readonly value: string | null;
  readonly placeholder?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { label, value, placeholder = 'Choose', options, onChange } = props;
  const known = options.some((option) => option.value === value);
  return (
    <select
      className="select"
      aria-label={label}
      value={known && value !== null ? value : NOTHING}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {!known && (
        <option value={NOTHING} disabled>
          {value ?? placeholder}
        </option>
      )}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

/** No value of an option: options may have the empty text as theirs. */
const NOTHING = '\u0000';
