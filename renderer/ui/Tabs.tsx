/** Tabs with counts; arrows move between them, and the panel belongs to the chosen one. */
import type { KeyboardEvent, ReactNode } from 'react';
import { countText } from './amountText.ts';
import './controls.css';

export interface Tab<V extends string> {
  readonly value: V;
  readonly label: string;
  /** Null where there is nothing to count. */
  readonly count: number | null;
  /** What it comes to, where that is no count: `8 of 9 points agree`. */
  readonly note?: string;
}

export function Tabs<V extends string>(props: {
  readonly label: string;
  readonly tabs: readonly Tab<V>[];
  readonly value: V;
  readonly onChange: (value: V) => void;
}): ReactNode {
  const { label, tabs, value, onChange } = props;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const to =
      event.key === 'ArrowRight'
        ? at + 1
        : event.key === 'ArrowLeft'
          ? at - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? -1
              : null;
    const next = to === null ? undefined : tabs.at(to % tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    onChange(next.value);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.value}"]`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          id={`tab-${tab.value}`}
          data-tab={tab.value}
          aria-selected={tab.value === value}
          aria-controls="tab-panel"
          tabIndex={tab.value === value ? 0 : -1}
          className="tab"
          onClick={() => onChange(tab.value)}
        >
          {tab.label} {tab.count !== null && <span className="tab-count">{countText(tab.count)}</span>}
          {tab.note !== undefined && <span className="tab-count">{tab.note}</span>}
        </button>
      ))}
    </div>
  );
}
