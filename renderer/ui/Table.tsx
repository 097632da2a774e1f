/**
 * A table of any length: only the visible rows exist. One focus stop with a selected row; arrows move, Shift extends,
 * Enter opens, Ctrl C copies what is selected with its headers.
 */
import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { rowByKey } from './rowKeys.ts';
import { ROW_PX, useSize } from './useSize.ts';
import './table.css';
import { tsv, type Column } from './tableText.ts';
import { useRowCopy } from './useRowCopy.tsx';
import { scrollTopFor, virtualRows } from './virtualRows.ts';

interface TableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly total: number;
  readonly row: (index: number) => T | undefined;
  readonly onNeed: (first: number, last: number) => void;
  readonly selected: number | null;
  readonly onSelect: (index: number | null) => void;
  /** Enter or a double click on a row. */
  readonly onOpen?: (index: number) => void;
  readonly rowClass?: (row: T) => string;
  /** The row under the pointer; null when it leaves. */
  readonly onHover?: (row: T | null) => void;
  /** Rows of what is under the pointer elsewhere. */
  readonly isLit?: (row: T) => boolean;
  /** Below this width the table scrolls sideways, its first column fixed. */
  readonly minWidth: string;
  readonly empty: ReactNode;
}

export function Table<T>(props: TableProps<T>): ReactNode {
  const { label, columns, total, row, onNeed, selected, onSelect, minWidth, empty } = props;
  const id = useId();
  const { size, element, ref } = useSize();
  const [scrollTop, setScrollTop] = useState(0);
  const [anchor, setAnchor] = useState<number | null>(null);
  const rowHeight = size?.row ?? ROW_PX;
  const viewport = useMemo(
    () => ({ scrollTop, height: Math.max(0, (size?.height ?? 0) - rowHeight) }),
    [scrollTop, size, rowHeight],
  );
  const { height, first, seen, end, offset } = virtualRows(total, rowHeight, viewport);
  useEffect(() => {
    if (end > first) onNeed(first, end - 1);
  }, [first, end, total, onNeed]);
  useEffect(() => {
    if (element === null || selected === null) return;
    const measured = { scrollTop: element.scrollTop, height: element.clientHeight - rowHeight };
    element.scrollTo({ top: scrollTopFor(selected, total, rowHeight, measured) });
  }, [element, selected, total, rowHeight]);

  const moveTo = (index: number, extend: boolean): void => {
    setAnchor(extend ? (anchor ?? selected ?? index) : null);
    onSelect(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(viewport.height / rowHeight) - 1);
    const next = rowByKey(event, { at: selected, total, page });
    if (next !== null) {
      event.preventDefault();
      moveTo(next, event.shiftKey);
    } else if (event.key === 'Enter' && !event.ctrlKey && selected !== null && props.onOpen !== undefined) {
      event.preventDefault();
      props.onOpen(selected);
    } else if (event.key === 'Escape' && selected !== null) {
      setAnchor(null);
      onSelect(null);
    }
  };
  const [low, high] = selected === null ? [-1, -2] : span(anchor ?? selected, selected);
  const { onCopy, said } = useRowCopy({
    ...{ row, onNeed },
    range: [low, high],
    text: (rows) => tsv(columns, rows),
  });
  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  return (
    <>
      <div
        ref={ref}
        className="table"
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-multiselectable="true"
        {...(selected === null ? {} : { 'aria-activedescendant': `${id}row${selected}` })}
        tabIndex={0}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onCopy={onCopy}
        onPointerLeave={() => props.onHover?.(null)}
      >
        <div className="table-inner" style={{ minWidth: `max(100%, ${minWidth})` }} role="presentation">
          <div className="table-head" role="row" aria-rowindex={1} style={template}>
            {columns.map(({ key, header, align }) => (
              <div key={key} role="columnheader" className={align === 'right' ? 'cell right' : 'cell'}>
                {header}
              </div>
            ))}
          </div>
          <div className="table-body" role="presentation" style={{ height }}>
            {indexes.map((index, place) => (
              <Row
                key={index}
                id={`${id}row${index}`}
                index={index}
                top={offset + place * rowHeight}
                height={rowHeight}
                row={row(index)}
                previous={index === first || index === seen ? undefined : row(index - 1)}
                columns={columns}
                template={template}
                chosen={index >= low && index <= high}
                rowClass={props.rowClass}
                isLit={props.isLit}
                onHover={props.onHover}
                onClick={(extend) => moveTo(index, extend)}
                onDoubleClick={() => props.onOpen?.(index)}
              />
            ))}
          </div>
          {total === 0 && <div className="table-empty">{empty}</div>}
        </div>
      </div>
      {said}
    </>
  );
}

interface RowProps<T> {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly row: T | undefined;
  readonly previous: T | undefined;
  readonly columns: readonly Column<T>[];
  readonly template: { readonly gridTemplateColumns: string };
  readonly chosen: boolean;
  readonly rowClass: ((row: T) => string) | undefined;
  readonly isLit: ((row: T) => boolean) | undefined;
  readonly onHover: ((row: T | null) => void) | undefined;
  readonly onClick: (extend: boolean) => void;
  readonly onDoubleClick: () => void;
}

function Row<T>(props: RowProps<T>): ReactNode {
  const { id, index, top, height, row, previous, columns, template, chosen, rowClass, onClick } = props;
  const classes = ['table-row', chosen ? 'chosen' : '', row === undefined ? 'awaited' : (rowClass?.(row) ?? '')];
  if (row !== undefined && props.isLit?.(row) === true) classes.push('lit');
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={classes.filter((name) => name !== '').join(' ')}
      style={{ ...template, top, height }}
      onPointerEnter={() => props.onHover?.(row ?? null)}
      onClick={(event) => onClick(event.shiftKey)}
      onDoubleClick={props.onDoubleClick}
    >
      {columns.map(({ key, cell, align }) => (
        <div key={key} role="gridcell" className={align === 'right' ? 'cell right' : 'cell'}>
          {row === undefined ? null : cell(row, previous, index)}
        </div>
      ))}
    </div>
  );
}

function span(a: number, b: number): [number, number] {
  return a < b ? [a, b] : [b, a];
}
