/**
 * One pane of the workbench: lines to choose from. A list box of any length with one stop for Tab; arrows move, Space
 * chooses, the other arrows change the pane.
 */
import { useEffect, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { itemDay, itemName, itemTitle } from '../../ui/recon/reconWords.ts';
import { ROW_PX, useSize } from '../../ui/useSize.ts';
import { scrollTopFor, virtualRows } from '../../ui/virtualRows.ts';
import './matching.css';
import type { OpenLine, Pane } from './openLines.ts';

export function MatchPane(props: {
  readonly pane: Pane;
  readonly label: string;
  readonly lines: readonly OpenLine[];
  readonly chosen: ReadonlySet<string>;
  readonly focus: string | null;
  /** It has the keys of the workbench. */
  readonly active: boolean;
  /** Lines of the other pane's suggestions. */
  readonly marked: ReadonlySet<string>;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly empty: string;
  readonly onFocus: (line: string | null) => void;
  readonly onToggle: (line: string) => void;
  readonly onOther: () => void;
}): ReactNode {
  const { pane, label, lines, chosen, focus, active, marked, zone, digits, currency, empty } = props;
  const { onFocus, onToggle, onOther } = props;
  const id = useId();
  const { size, element, ref } = useSize();
  const [scrollTop, setScrollTop] = useState(0);
  const rowHeight = size?.row ?? ROW_PX;
  const { height, first, end, offset } = virtualRows(lines.length, rowHeight, { scrollTop, height: size?.height ?? 0 });
  const at = lines.findIndex((line) => line.id === focus);
  useEffect(() => {
    if (element === null || at < 0) return;
    const measured = { scrollTop: element.scrollTop, height: element.clientHeight };
    element.scrollTo({ top: scrollTopFor(at, lines.length, rowHeight, measured) });
  }, [element, at, lines.length, rowHeight]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = stepOf(event.key, Math.max(1, Math.floor((size?.height ?? 0) / rowHeight) - 1), lines.length);
    if (step !== null && lines.length > 0) {
      event.preventDefault();
      const to = at < 0 ? (step < 0 ? lines.length - 1 : 0) : Math.min(lines.length - 1, Math.max(0, at + step));
      onFocus(lines[to]?.id ?? null);
    } else if (event.key === ' ' && at >= 0 && focus !== null) {
      event.preventDefault();
      onToggle(focus);
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
      role={lines.length === 0 ? 'group' : 'listbox'}
      aria-label={label}
      aria-multiselectable={lines.length === 0 ? undefined : 'true'}
      {...(at < 0 ? {} : { 'aria-activedescendant': `${id}line${at}` })}
      tabIndex={0}
      data-pane={pane}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onFocus={() => onFocus(at < 0 ? (lines[0]?.id ?? null) : focus)}
      onKeyDown={onKeyDown}
    >
      <div className="match-lines" role="presentation" style={{ height }}>
        {lines.slice(first, end).map((line, index) => (
          <Line
            key={line.id}
            id={`${id}line${first + index}`}
            line={line}
            place={first + index}
            total={lines.length}
            style={{ top: offset + index * rowHeight, height: rowHeight }}
            chosen={chosen.has(line.id)}
            focused={line.id === focus && active}
            marked={marked.has(line.id)}
            zone={zone}
            digits={digits}
            currency={currency}
            onClick={() => {
              onFocus(line.id);
              onToggle(line.id);
            }}
          />
        ))}
      </div>
      {lines.length === 0 && <p className="match-none">{empty}</p>}
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
