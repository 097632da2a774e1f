/**
 * The derivation as a tree of rows with stepped sums. One focus stop with a selected row: up and down move, right opens,
 * left closes or goes to the parent, Enter follows a figure or a source. Only the visible rows exist.
 */
import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { TraceNode } from '../../../shared/contract/trace.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { ROW_PX, useSize } from '../../ui/useSize.ts';
import { scrollTopFor, virtualRows } from '../../ui/virtualRows.ts';
import { amountColumns, CHARACTER_REM, columnsWidth, type Money } from './figures.ts';
import { columnsText } from './traceWords.ts';
import { movedRow, type TreeRow } from './tree.ts';
import { MoreLine, NodeLine, type RowShow } from './TraceRow.tsx';
import { follow, type TreeActions } from './treeActions.ts';
import './tree.css';

/** What label, rule and the space between them need. */
const WORDS_REM = 18 + 11 + 4.5;

export function TraceTree(props: {
  readonly root: TraceNode;
  readonly rows: readonly TreeRow[];
  readonly selected: string;
  readonly awaited: boolean;
  readonly zone: Zone;
  readonly money: Money;
  readonly actions: TreeActions;
}): ReactNode {
  const { root, rows, selected, awaited, zone, money, actions } = props;
  const id = useId();
  const { size, element, ref } = useSize();
  const [scrollTop, setScrollTop] = useState(0);
  const rowHeight = size?.row ?? ROW_PX;
  const viewport = { scrollTop, height: Math.max(0, (size?.height ?? 0) - rowHeight) };
  const { height, first, end, offset } = virtualRows(rows.length, rowHeight, viewport);
  const at = rows.findIndex((row) => row.id === selected);
  const room = size === null ? Infinity : (size.width / size.rem / 16 - WORDS_REM) / CHARACTER_REM;
  const columns = useMemo(() => amountColumns(rows, money, room), [rows, money, room]);
  const show: RowShow = { zone, money, columns, rootAt: root.at };

  useEffect(() => {
    if (element === null || at < 0) return;
    const measured = { scrollTop: element.scrollTop, height: element.clientHeight - rowHeight };
    element.scrollTo({ top: scrollTopFor(at, rows.length, rowHeight, measured) });
  }, [element, at, rows.length, rowHeight]);
  // Who came here by a figure that is gone from the page goes on in the tree.
  useEffect(() => {
    if (element !== null && document.activeElement === document.body) element.focus();
  }, [element, root]);

  const page = Math.max(1, Math.floor(viewport.height / rowHeight) - 1);
  const amounts = columnsWidth(columns) * CHARACTER_REM;
  const style = { gridTemplateColumns: `minmax(18rem, 1fr) minmax(11rem, 15rem) ${amounts}rem` };
  return (
    <div
      ref={ref}
      className={awaited ? 'trace-tree awaited' : 'trace-tree'}
      role="treegrid"
      aria-label={`Derivation of ${root.label}`}
      aria-busy={awaited}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={at < 0 ? undefined : `${id}${selected}`}
      tabIndex={0}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={(event) => onTreeKey(event, rows, at, page, actions)}
    >
      <div className="trace-inner" role="presentation" style={{ minWidth: `${WORDS_REM + amounts}rem` }}>
        <div className="trace-head" role="row" aria-rowindex={1} style={style}>
          <span role="columnheader">Derivation</span>
          <span role="columnheader">Rule or source</span>
          <span role="columnheader" className="right">
            <span>{columnsText(root, money)}</span>
          </span>
        </div>
        <div className="trace-body" role="presentation" style={{ height }}>
          {rows.slice(first, end).map((row, place) => {
            const shared = {
              id: `${id}${row.id}`,
              rowIndex: first + place + 2,
              style: { ...style, top: offset + place * rowHeight, height: rowHeight },
              selected: row.id === selected,
              actions,
            };
            return row.kind === 'node' ? (
              <NodeLine key={row.id} row={row} show={show} {...shared} />
            ) : (
              <MoreLine key={row.id} row={row} {...shared} />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function onTreeKey(
  event: KeyboardEvent<HTMLElement>,
  rows: readonly TreeRow[],
  at: number,
  page: number,
  actions: TreeActions,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const row = rows[at];
  if (row === undefined || !acted(event.key, row, rows, actions)) {
    const next = movedRow(rows, row?.id ?? '', event.key, page);
    const to = rows.find(({ id }) => id === next);
    if (to === undefined) return;
    actions.onSelect(to);
  }
  event.preventDefault();
}

/** What a key does with the selected row itself. */
function acted(key: string, row: TreeRow, rows: readonly TreeRow[], actions: TreeActions): boolean {
  if (key === 'ArrowLeft' && (row.kind === 'more' || row.expanded !== true)) {
    const parent = rows.find(({ id }) => id === row.parent);
    if (parent !== undefined) actions.onSelect(parent);
    return true;
  }
  if (row.kind === 'more') {
    if (key !== 'Enter' && key !== ' ') return false;
    actions.onMore(row.node);
    return true;
  }
  switch (key) {
    case 'ArrowRight':
      if (row.expanded === false) actions.onToggle(row, true);
      else if (row.expanded === true) {
        const child = rows[rows.indexOf(row) + 1];
        if (child?.parent === row.id) actions.onSelect(child);
      }
      return true;
    case 'ArrowLeft':
      actions.onToggle(row, false);
      return true;
    case ' ':
      if (row.expanded !== null) actions.onToggle(row, !row.expanded);
      return true;
    case 'Enter':
      if (!(row.depth > 0 && follow(row.node, actions)) && row.expanded !== null) actions.onToggle(row, !row.expanded);
      return true;
    default:
      return false;
  }
}
