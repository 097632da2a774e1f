/**
 * One pane of the workbench: lines to choose from. A list box of any length with one stop for Tab; arrows move, Space
 * chooses, the other arrows change the pane.
 */
import { useEffect, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { OpenLine, Pane } from '../../../shared/contract/reconLists.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { itemDay, itemName, itemTitle } from '../../ui/recon/reconWords.ts';
import { rowAt, type Pages } from '../../ui/pages.ts';
import { ROW_PX, useSize } from '../../ui/useSize.ts';
import { scrollTopFor, virtualRows } from '../../ui/virtualRows.ts';
import './matching.css';
import type { Focus, Step } from './lineSlice.ts';

export function MatchPane(props: {
  readonly pane: Pane;
  readonly label: string;
  readonly lines: Pages<OpenLine>;
  readonly chosen: ReadonlyMap<string, OpenLine>;
  readonly focus: Focus | null;
  /** It has the keys of the workbench. */
  readonly active: boolean;
  /** Lines of the other pane's suggestions. */
  readonly marked: ReadonlySet<string>;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly empty: string;
  readonly onNeed: (pane: Pane, first: number, last: number) => void;
  readonly onMove: (to: Step) => void;
  readonly onToggle: (line: OpenLine) => void;
  readonly onToggleFocused: () => void;
  readonly onOther: () => void;
}): ReactNode {
  const { pane, label, lines, chosen, focus, active, marked, zone, digits, currency, empty } = props;
  const { onNeed, onMove, onToggle, onToggleFocused, onOther } = props;
  const { total } = lines;
  const id = useId();
  const { size, element, ref } = useSize();
  const [scrollTop, setScrollTop] = useState(0);
  const rowHeight = size?.row ?? ROW_PX;
  const { height, first, end, offset } = virtualRows(total, rowHeight, { scrollTop, height: size?.height ?? 0 });
  const at = focus?.place ?? -1;
  useEffect(() => {
    if (end > first) onNeed(pane, first, end - 1);
  }, [pane, first, end, total, onNeed]);
  useEffect(() => {
    if (element === null || at < 0) return;
    const measured = { scrollTop: element.scrollTop, height: element.clientHeight };
    element.scrollTo({ top: scrollTopFor(at, total, rowHeight, measured) });
  }, [element, at, total, rowHeight]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = stepOf(event.key, Math.max(1, Math.floor((size?.height ?? 0) / rowHeight) - 1), total);
    if (step !== null && total > 0) {
      event.preventDefault();
      onMove({ by: step });
    } else if (event.key === ' ') {
      event.preventDefault();
      onToggleFocused();
    } else if (event.key === (pane === 'bank' ? 'ArrowRight' : 'ArrowLeft')) {
      event.preventDefault();
      onOther();
    }
  };
  return (
    <div
      ref={ref}
      className={active ? 'match-pane active' : 'match-pane'}
      // a list box has options; without any it is a place that says why
      role={total === 0 ? 'group' : 'listbox'}
      aria-label={label}
      aria-multiselectable={total === 0 ? undefined : 'true'}
      {...(at < 0 ? {} : { 'aria-activedescendant': `${id}line${at}` })}
      tabIndex={0}
      data-pane={pane}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onFocus={() => onMove({ by: 0 })}
      onKeyDown={onKeyDown}
    >
      <div className="match-lines" role="presentation" style={{ height }}>
        {Array.from({ length: Math.max(0, end - first) }, (_, index) => {
          const place = first + index;
          const line = rowAt(lines, place);
          if (line === undefined) return null;
          return (
            <Line
              key={line.id}
              id={`${id}line${place}`}
              line={line}
              place={place}
              total={total}
              style={{ top: offset + index * rowHeight, height: rowHeight }}
              chosen={chosen.has(line.id)}
              focused={line.id === focus?.id && active}
              marked={marked.has(line.id)}
              zone={zone}
              digits={digits}
              currency={currency}
              onClick={() => {
                onMove({ place });
                onToggle(line);
              }}
            />
          );
        })}
      </div>
      {total === 0 && <p className="match-none">{empty}</p>}
    </div>
  );
}

function Line(props: {
  readonly id: string;
  readonly line: OpenLine;
  readonly place: number;
  readonly total: number;
  readonly style: { readonly top: number; readonly height: number };
  readonly chosen: boolean;
  readonly focused: boolean;
  readonly marked: boolean;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly onClick: () => void;
}): ReactNode {
  const { id, line, place, total, style, chosen, focused, marked, zone, digits, currency, onClick } = props;
  const item = line.items[0];
  if (item === undefined) return null;
  const also = line.items.slice(1).find(({ side }) => side !== item.side);
  const classes = ['match-line', chosen ? 'chosen' : '', focused ? 'focused' : '', marked ? 'marked' : ''];
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      aria-posinset={place + 1}
      aria-setsize={total}
      className={classes.filter((name) => name !== '').join(' ')}
      style={style}
      title={itemTitle(item)}
      onClick={onClick}
    >
      <span className="match-tick" aria-hidden="true" />
      <span className="item-day">{itemDay(item, zone)}</span>
      <span className="item-name">{itemName(item)}</span>
      {item.side !== 'bank' && (
        <span className="match-kind">
          {item.side === 'simulated' ? 'no document' : also === undefined ? 'document' : itemName(also)}
        </span>
      )}
      <span className="item-amount">
        <Amount value={line.amount ?? item.amount} digits={digits} />
        {line.amount === null && item.currency !== currency && <span className="item-currency"> {item.currency}</span>}
      </span>
    </div>
  );
}

function stepOf(key: string, page: number, total: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -total,
    End: total,
  };
  return steps[key] ?? null;
}
