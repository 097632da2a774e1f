/**
 * Groups of items that belong together, a cell for each side. However many there are, only the lines in view are drawn.
 * One stop for Tab: arrows move by group, Shift extends, Enter opens, Ctrl C copies with headers.
 */
import { useEffect, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { GroupLine } from '../../../shared/contract/reconLists.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { countText } from '../../ui/amountText.ts';
import { rowAt } from '../../ui/pages.ts';
import { ROW_PX, useSize } from '../../ui/useSize.ts';
import { useRowCopy } from '../../ui/useRowCopy.tsx';
import { scrollTopFor, virtualRows } from '../../ui/virtualRows.ts';
import { GroupRow } from './GroupRow.tsx';
import './groups.css';
import { SECTION_TITLES, groupsText } from './groupLines.ts';
import type { GroupsModel, Move } from './slice.ts';

export function GroupTable(props: {
  readonly model: GroupsModel;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly selected: string | null;
  readonly empty: ReactNode;
  readonly onNeed: (first: number, last: number) => void;
  readonly onMove: (move: Move, extend: boolean) => void;
  readonly onClear: () => void;
  /** Null: the selected one. */
  readonly onOpen: (group: string | null) => void;
}): ReactNode {
  const { model, zone, digits, currency, selected, empty, onNeed, onMove, onClear, onOpen } = props;
  const { lines, at, anchor } = model;
  const { total } = lines;
  const id = useId();
  const { size, element, ref } = useSize();
  const [scrollTop, setScrollTop] = useState(0);
  const lineHeight = size?.row ?? ROW_PX;
  const viewport = { scrollTop, height: Math.max(0, (size?.height ?? 0) - lineHeight) };
  const { height, first, end, offset } = virtualRows(total, lineHeight, viewport);
  const line = at !== null && at.group === selected ? at.line : null;
  useEffect(() => {
    if (end > first) onNeed(first, end - 1);
  }, [first, end, total, onNeed]);
  const isBelowTitle = line !== null && line > 0 && rowAt(lines, line - 1)?.kind === 'section';
  useEffect(() => {
    if (element === null || line === null) return;
    const measured = { scrollTop: element.scrollTop, height: element.clientHeight - lineHeight };
    // the title above a section's first group is shown with it
    for (const each of [line, isBelowTitle ? line - 1 : line])
      element.scrollTo({ top: scrollTopFor(each, total, lineHeight, { ...measured, scrollTop: element.scrollTop }) });
  }, [element, line, isBelowTitle, total, lineHeight]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const to = moveOf(event, Math.max(1, Math.floor(viewport.height / lineHeight) - 1));
    if (to !== null && total > 0) {
      event.preventDefault();
      onMove(to, event.shiftKey);
    } else if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault();
      onOpen(null);
    } else if (event.key === 'Escape' && selected !== null) {
      event.preventDefault();
      onClear();
    }
  };
  const low = line === null ? -1 : Math.min(anchor ?? line, line);
  const high = line === null ? -2 : Math.max(anchor ?? line, line);
  const { onCopy, said } = useRowCopy<GroupLine>({
    row: (index) => rowAt(lines, index),
    range: [low, high],
    onNeed,
    text: (rows) => copyText(rows, currency),
  });
  return (
    <>
      <div
        ref={ref}
        className="table groups"
        role="grid"
        aria-label="Groups of items"
        aria-rowcount={total + 1}
        aria-multiselectable="true"
        {...(line === null ? {} : { 'aria-activedescendant': `${id}line${line}` })}
        tabIndex={0}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onCopy={onCopy}
      >
        <div className="table-inner groups-inner" role="presentation">
          <Head zone={zone} currency={currency} />
          <div className="table-body" role="presentation" style={{ height }}>
            {Array.from({ length: Math.max(0, end - first) }, (_, index) => {
              const here = first + index;
              const shown = rowAt(lines, here);
              const place = { top: offset + index * lineHeight, height: lineHeight };
              if (shown === undefined)
                return (
                  <div key={here} className="table-row awaited" role="row" aria-rowindex={here + 2} style={place} />
                );
              if (shown.kind === 'section')
                return (
                  <div key={shown.section} className="groups-section" role="row" aria-rowindex={here + 2} style={place}>
                    <span role="gridcell">
                      <strong>{SECTION_TITLES[shown.section]}</strong>{' '}
                      <span className="groups-count">{countText(shown.count)}</span>
                    </span>
                  </div>
                );
              const start = here - shown.at;
              return (
                <GroupRow
                  key={`${shown.group.id} ${shown.at}`}
                  id={`${id}line${here}`}
                  line={shown}
                  rowIndex={here + 2}
                  style={place}
                  chosen={shown.group.id === selected || (start >= low && start <= high)}
                  zone={zone}
                  digits={digits}
                  currency={currency}
                  onClick={(extend) => onMove({ group: shown.group.id, line: start }, extend)}
                  onDoubleClick={() => onOpen(shown.group.id)}
                />
              );
            })}
          </div>
          {total === 0 && <div className="table-empty">{empty}</div>}
        </div>
      </div>
      {said}
    </>
  );
}

/** The groups that begin on these lines. */
function copyText(lines: readonly GroupLine[], currency: string): string {
  const groups = lines.flatMap((line) => (line.kind === 'group' && line.at === 0 ? [line.group] : []));
  return groupsText(groups, currency);
}

function Head({ zone, currency }: { readonly zone: Zone; readonly currency: string }): ReactNode {
  const heads = [
    ['State', ''],
    ['Simulated', `time ${zone.name}`],
    ['Vendor document', 'as dated there'],
    ['Bank', 'booking day'],
    ['Difference', currency],
  ] as const;
  return (
    <div className="table-head groups-grid" role="row" aria-rowindex={1}>
      {heads.map(([name, note]) => (
        <div key={name} role="columnheader" className={name === 'Difference' ? 'cell right' : 'cell'}>
          {name} <span className="groups-note">{note}</span>
        </div>
      ))}
    </div>
  );
}

/** Where a key moves to; null for other keys. */
function moveOf(event: KeyboardEvent, page: number): Move | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const moves: Readonly<Record<string, Move>> = {
    ArrowDown: { by: 'group', count: 1 },
    ArrowUp: { by: 'group', count: -1 },
    PageDown: { by: 'line', count: page },
    PageUp: { by: 'line', count: -page },
    Home: { to: 'first' },
    End: { to: 'last' },
  };
  return moves[event.key] ?? null;
}
