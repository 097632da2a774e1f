/** The frame of the inspector: what it is about, the one before and after, its tabs. A drawer where there is no room. */
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { IconButton } from '../../ui/Button.tsx';
import { nextIndex } from '../../ui/roving.ts';
import './inspector.css';

export interface InspectorTabName<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly count: number | null;
}

export function Inspector<V extends string>(props: {
  readonly title: string;
  readonly figure: string;
  readonly tabs: readonly InspectorTabName<V>[];
  readonly tab: V;
  /** It floats over what is beside it. */
  readonly floats: boolean;
  /** Null where there is nothing before or after. */
  readonly onStep: ((by: -1 | 1) => void) | null;
  readonly onTab: (tab: V) => void;
  readonly onClose: () => void;
  readonly foot: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const { title, figure, tabs, tab, floats, onStep, onTab, onClose, foot, children } = props;
  const onTabKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next = nextIndex(
      event.key,
      tabs.findIndex(({ value }) => value === tab),
      tabs.length,
    );
    const chosen = next === null ? undefined : tabs[next];
    if (chosen === undefined || event.key === 'ArrowDown' || event.key === 'ArrowUp') return;
    event.preventDefault();
    onTab(chosen.value);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${chosen.value}"]`)?.focus();
  };
  return (
    <aside
      className={floats ? 'inspector floats' : 'inspector'}
      aria-label={`${title} ${figure}`.trim()}
      tabIndex={-1}
      data-inspector=""
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className="inspector-head">
        <h2 title={title}>
          {title} <span>{figure}</span>
        </h2>
        {onStep !== null && (
          <>
            <IconButton icon={ArrowUp} label="The one above" onClick={() => onStep(-1)} />
            <IconButton icon={ArrowDown} label="The one below" onClick={() => onStep(1)} />
          </>
        )}
        <IconButton icon={X} label="Close" onClick={onClose} />
      </header>
      <div className="tabs inspector-tabs" role="tablist" aria-label="About it" onKeyDown={onTabKey}>
        {tabs.map(({ value, label, count }) => (
          <button
            key={value}
            type="button"
            role="tab"
            id={`inspector-${value}`}
            data-tab={value}
            aria-selected={value === tab}
            aria-controls="inspector-panel"
            tabIndex={value === tab ? 0 : -1}
            className="tab"
            onClick={() => onTab(value)}
          >
            {label} {count !== null && <span className="tab-count">{count}</span>}
          </button>
        ))}
      </div>
      <div
        className="inspector-body"
        role="tabpanel"
        id="inspector-panel"
        aria-labelledby={`inspector-${tab}`}
        tabIndex={0}
      >
        {children}
      </div>
      {foot !== null && <footer className="inspector-foot">{foot}</footer>}
    </aside>
  );
}
