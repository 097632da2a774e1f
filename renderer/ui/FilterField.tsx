/** The field that narrows the list below it. The window's `/` goes there; Escape empties it and goes on to the list. */
import type { ReactNode } from 'react';

export function FilterField(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Where the focus goes on Escape. */
  readonly list: string;
}): ReactNode {
  const { label, placeholder, value, onChange, list } = props;
  return (
    <input
      type="search"
      className="field"
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder={placeholder}
      data-filter=""
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onChange('');
        document.querySelector<HTMLElement>(list)?.focus();
      }}
    />
  );
}
