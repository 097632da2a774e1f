/** The left column: every value of the account in groups that fold, a filter over them, and what the marks mean. */
import { ChevronDown, ChevronRight, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WhatIfControl } from '../../../shared/contract/whatIf.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import './controls.css';
import { groupsOf, type ControlSection } from './groups.ts';

export interface ControlsPanelProps {
  readonly controls: readonly WhatIfControl[];
  readonly changed: ReadonlySet<string>;
  readonly filter: string;
  readonly changedOnly: boolean;
  readonly folded: ReadonlySet<string>;
  readonly onFilter: (filter: string) => void;
  readonly onChangedOnly: (only: boolean) => void;
  readonly onFold: (group: string) => void;
  /** A control; those that switch their whole group stand in its heading. */
  readonly row: (control: WhatIfControl, place: 'row' | 'heading') => ReactNode;
}

export function ControlsPanel(props: ControlsPanelProps): ReactNode {
  const { controls, changed, filter, changedOnly, folded, onFilter, onChangedOnly } = props;
  const narrowed = filter.trim() !== '' || changedOnly;
  const sections = groupsOf(controls, { filter, only: changedOnly ? changed : null });
  return (
    <section className="controls-panel" aria-label="Controls">
      <div className="controls-find">
        <label className="find-field">
          <Search size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
          <input
            type="search"
            aria-label="Find a value"
            placeholder="Find a value"
            value={filter}
            data-filter=""
            onChange={(event) => onFilter(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || filter === '') return;
              event.stopPropagation();
              onFilter('');
            }}
          />
          {filter === '' && <kbd aria-hidden="true">/</kbd>}
        </label>
        <Checkbox label="Changed only" checked={changedOnly} onChange={onChangedOnly} />
      </div>
      <div className="controls-list">
        {sections.map((section) => (
          <Section
            key={section.group}
            {...props}
            section={section}
            isFolded={!narrowed && folded.has(section.group)}
            canFold={!narrowed}
          />
        ))}
        {sections.length === 0 && (
          <div className="controls-none">
            <p>{changedOnly && changed.size === 0 ? 'Nothing is changed.' : 'No value fits.'}</p>
            <Button
              small
              onClick={() => {
                onFilter('');
                onChangedOnly(false);
              }}
            >
              Show all values
            </Button>
          </div>
        )}
      </div>
      <p className="controls-key">
        <span className="key-tick" /> saved run <span className="key-ring" /> product default{' '}
        <span className="key-bar" /> change
      </p>
    </section>
  );
}

function Section(
  props: ControlsPanelProps & {
    readonly section: ControlSection;
    readonly isFolded: boolean;
    readonly canFold: boolean;
  },
): ReactNode {
  const { section, isFolded, canFold, changed, onFold, row } = props;
  const { group, head, controls } = section;
  const count = [...controls, ...(head === null ? [] : [head])].filter(({ path }) => changed.has(path)).length;
  const Icon = isFolded ? ChevronRight : ChevronDown;
  return (
    <section className="control-group" aria-label={group}>
      <div className="group-head">
        <h2>
          <button
            type="button"
            className="group-fold"
            aria-expanded={!isFolded}
            aria-disabled={canFold ? undefined : true}
            onClick={canFold ? () => onFold(group) : undefined}
          >
            <Icon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
            {group}
          </button>
        </h2>
        {count > 0 && <span className="group-count">{`${count} changed`}</span>}
        {isFolded && count === 0 && <span className="group-size">{controls.length}</span>}
        {head !== null && row(head, 'heading')}
      </div>
      {!isFolded && controls.map((control) => row(control, 'row'))}
    </section>
  );
}
