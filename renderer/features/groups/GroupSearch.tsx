/** Narrows the groups to those that have all words: names, references, amounts, states. */
import type { ReactNode } from 'react';
import './groups.css';

export function GroupSearch(props: { readonly value: string; readonly onChange: (search: string) => void }): ReactNode {
  const { value, onChange } = props;
  return (
    <div className="groups-tools">
      <input
        type="search"
        className="field"
        aria-label="Find groups"
        aria-keyshortcuts="/"
        placeholder="Find a name, number or amount, key /"
        data-filter=""
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onChange('');
          document.querySelector<HTMLElement>('.table.groups')?.focus();
        }}
      />
    </div>
  );
}
