/**
 * Groups of items that belong together, a cell for each side. However many there are, only the lines in view are drawn.
 * One stop for Tab: arrows move by group, Shift extends, Enter opens, Ctrl C copies with headers.
 */
import { useEffect, useId, useMemo, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode } from 'react';
import type { ReconGroup } from '../../../shared/contract/reconcile.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { ROW_PX, useSize } from '../../ui/useSize.ts';
import { scrollTopFor, virtualRows } from '../../ui/virtualRows.ts';
import { GroupRow } from './GroupRow.tsx';
import './groups.css';
import { groupLines, groupsText } from './groupLines.ts';

export function GroupTable(props: {
  readonly groups: readonly ReconGroup[];
  /** Of the bridge: only its groups are listed. */
  readonly step: string | null;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly selected: string | null;
  readonly empty: ReactNode;
  readonly onSelect: (group: string | null) => void;
  readonly onOpen: (group: string) => void;
}): ReactNode {
  const { groups: all, step, zone, digits, currency, selected, empty, onSelect, onOpen } = props;
  const { lines, groups, lineOf } = useMemo(() => groupLines(all, step), [all, step]);
  const id = useId();
  const { size, element, ref } = useSize();
  const [scrollTop, setScrollTop] = useState(0);
  const [anchor, setAnchor] = useState<string | null>(null);
  const lineHeight = size?.row ?? ROW_PX;
  const viewport = { scrollTop, height: Math.max(0, (size?.height ?? 0) - lineHeight) };
  const { height, first, end, offset } = virtualRows(lines.length, lineHeight, viewport);
  const places = useMemo(() => new Map(groups.map((group, place) => [group.id, place])), [groups]);
  const at = selected === null ? -1 : (places.get(selected) ?? -1);
  const line = at < 0 ? undefined : lineOf[at];
  useEffect(() => {
    if (element === null || line === undefined) return;
    const measured = { scrollTop: element.scrollTop, height: element.clientHeight - lineHeight };
    // the title above a section's first group is shown with it
    const wanted = lines[line - 1]?.kind === 'section' ? line - 1 : line;
    for (const each of [line, wanted])
      element.scrollTo({
        top: scrollTopFor(each, lines.length, lineHeight, { ...measured, scrollTop: element.scrollTop }),
      });
  }, [element, line, lines, lineHeight]);

  const moveTo = (place: number, extend: boolean): void => {
    const next = groups[Math.min(groups.length - 1, Math.max(0, place))];
    if (next === undefined) return;
    setAnchor(extend ? (anchor ?? selected ?? next.id) : null);
    onSelect(next.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = stepOf(event, Math.max(1, Math.floor(viewport.height / lineHeight) - 1), groups.length);
    if (step !== null && groups.length > 0) {
      event.preventDefault();
      const fromNowhere = event.key === 'Home' || step > 0 ? 0 : groups.length - 1;
      moveTo(at < 0 ? (event.key === 'End' ? groups.length - 1 : fromNowhere) : at + step, event.shiftKey);
    } else if (event.key === 'Enter' && !event.ctrlKey && at >= 0 && selected !== null) {
      event.preventDefault();
      onOpen(selected);
    } else if (event.key === 'Escape' && at >= 0) {
      event.preventDefault();
      setAnchor(null);
      onSelect(null);
    }
  };
  const from = anchor === null ? at : (places.get(anchor) ?? at);
  const [low, high] = from < at ? [from, at] : [at, from];
  const onCopy = (event: ClipboardEvent): void => {
    if (at < 0) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', groupsText(groups.slice(low, high + 1), currency));
  };
  return (
    <div
      ref={ref}
      className="table groups"
      role="grid"
      aria-label="Groups of items"
      aria-rowcount={lines.length + 1}
      aria-multiselectable="true"
      {...(line === undefined ? {} : { 'aria-activedescendant': `${id}line${line}` })}
      tabIndex={0}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
    >
      <div className="table-inner groups-inner" role="presentation">
        <Head zone={zone} currency={currency} />
        <div className="table-body" role="presentation" style={{ height }}>
          {lines.slice(first, end).map((shown, index) => {
            const place = { top: offset + index * lineHeight, height: lineHeight };
            const rowIndex = first + index + 2;
            if (shown.kind === 'section')
              return (
                <div key={shown.title} className="groups-section" role="row" aria-rowindex={rowIndex} style={place}>
                  <span role="gridcell">
                    <strong>{shown.title}</strong> <span className="groups-count">{shown.count}</span>
                  </span>
                </div>
              );
            return (
              <GroupRow
                key={`${shown.group.id} ${shown.at}`}
                id={`${id}line${first + index}`}
                line={shown}
                rowIndex={rowIndex}
                style={place}
                chosen={shown.place >= low && shown.place <= high && at >= 0}
                zone={zone}
                digits={digits}
                currency={currency}
                onClick={(extend) => moveTo(shown.place, extend)}
                onDoubleClick={() => onOpen(shown.group.id)}
              />
            );
          })}
        </div>
        {lines.length === 0 && <div className="table-empty">{empty}</div>}
      </div>
    </div>
  );
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

/** How many groups a key moves; null for other keys. */
function stepOf(event: KeyboardEvent, page: number, total: number): number | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -total,
    End: total,
  };
  return steps[event.key] ?? null;
}
