/** A row of a derivation: its words, the rule or source that it cites, its amount in the column of its depth. */
import { ChevronDown, ChevronRight, CornerDownRight } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import type { TraceNode } from '../../../shared/contract/trace.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { countText, fullAmountText } from '../../ui/amountText.ts';
import { instantText, middleCut } from '../../ui/format.ts';
import { CHARACTER_REM, figureParts, inColumn, type AmountColumn, type Money } from './figures.ts';
import {
  momentText,
  noteText,
  originSentence,
  originText,
  ruleValue,
  SIGN_MARKS,
  SIGN_WORDS,
  sourceText,
} from './traceWords.ts';
import { MOST_CHILDREN, PAGE_CHILDREN, type MoreRow, type NodeRow } from './tree.ts';
import { follow, type TreeActions } from './treeActions.ts';

export interface RowShow {
  readonly zone: Zone;
  readonly money: Money;
  readonly columns: readonly AmountColumn[];
  /** Not repeated in each row. */
  readonly rootAt: number | undefined;
}

interface LineProps {
  readonly id: string;
  readonly rowIndex: number;
  readonly style: CSSProperties;
  readonly selected: boolean;
  readonly actions: TreeActions;
}

export function NodeLine(props: LineProps & { readonly row: NodeRow; readonly show: RowShow }): ReactNode {
  const { id, rowIndex, style, selected, actions, row, show } = props;
  const { node, depth, expanded, position, siblings } = row;
  const beside = node.sign === '=' && depth > 0;
  const cites = node.rule !== undefined || node.source !== undefined;
  // words may reach as far as the row's own amount
  const column = inColumn(node) ? show.columns[depth] : undefined;
  const room = {
    marginInlineEnd: column === undefined ? 0 : `${(column.offset + column.width + 2) * CHARACTER_REM}rem`,
  };
  return (
    <div
      id={id}
      role="row"
      aria-level={depth + 1}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-rowindex={rowIndex}
      aria-selected={selected}
      aria-expanded={expanded ?? undefined}
      className={`trace-row${selected ? ' chosen' : ''}${depth === 0 ? ' root' : ''}${beside ? ' beside' : ''}`}
      style={style}
      onClick={() => actions.onSelect(row)}
      onDoubleClick={() => {
        if (depth > 0) follow(node, actions);
      }}
    >
      <div role="gridcell" className={cites ? 'trace-label' : 'trace-label wide'} style={cites ? undefined : room}>
        <Guides depth={depth} />
        <Twisty row={row} actions={actions} />
        <Sign node={node} depth={depth} />
        <Label node={node} depth={depth} show={show} actions={actions} />
      </div>
      <div role="gridcell" className="trace-cited" style={room}>
        <Cited node={node} show={show} actions={actions} />
      </div>
      <div role="gridcell" className="trace-amount">
        <Figure node={node} depth={depth} show={show} />
      </div>
    </div>
  );
}

export function MoreLine(props: LineProps & { readonly row: MoreRow }): ReactNode {
  const { id, rowIndex, style, selected, actions, row } = props;
  const { depth, shown, total, node } = row;
  const full = shown >= MOST_CHILDREN;
  const next = Math.min(total, MOST_CHILDREN) - shown;
  const label =
    next <= PAGE_CHILDREN && total <= MOST_CHILDREN
      ? `Show all ${countText(total)}`
      : `Show ${countText(Math.min(next, PAGE_CHILDREN))} more`;
  return (
    <div
      id={id}
      role="row"
      aria-level={depth + 1}
      aria-rowindex={rowIndex}
      aria-selected={selected}
      className={`trace-row more${selected ? ' chosen' : ''}`}
      style={style}
      onClick={() => actions.onSelect(row)}
    >
      <div role="gridcell" className="trace-label">
        <Guides depth={depth} />
        <span className="trace-twisty" />
        {full ? (
          <span className="trace-note">{`The first ${countText(shown)} of ${countText(total)}; the sum above is of all. An earlier “as of” has fewer.`}</span>
        ) : (
          <button type="button" className="trace-more" tabIndex={-1} onClick={() => actions.onMore(node)}>
            {label}
            <span className="trace-note">{`${countText(total - shown)} of ${countText(total)} not shown`}</span>
          </button>
        )}
      </div>
    </div>
  );
}

function Guides({ depth }: { readonly depth: number }): ReactNode {
  return Array.from({ length: depth }, (_, level) => <span key={level} className="trace-guide" aria-hidden="true" />);
}

function Twisty({ row, actions }: { readonly row: NodeRow; readonly actions: TreeActions }): ReactNode {
  if (row.expanded === null) return <span className="trace-twisty" />;
  const open = row.expanded;
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      className="trace-twisty"
      tabIndex={-1}
      aria-label={open ? 'Close' : 'Open'}
      onClick={(event) => {
        event.stopPropagation();
        actions.onToggle(row, !open);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
    </button>
  );
}

function Sign({ node, depth }: { readonly node: TraceNode; readonly depth: number }): ReactNode {
  if (depth === 0) return null;
  const words = SIGN_WORDS[node.sign];
  return (
    <span className="trace-sign">
      <span aria-hidden="true">{SIGN_MARKS[node.sign]}</span>
      {words !== '' && <span className="visually-hidden">{`${words} `}</span>}
    </span>
  );
}

function Label(props: {
  readonly node: TraceNode;
  readonly depth: number;
  readonly show: RowShow;
  readonly actions: TreeActions;
}): ReactNode {
  const { node, depth, show, actions } = props;
  const { zone, rootAt } = show;
  const { label, at, note, opens, unit } = node;
  const details = [
    ...(at === undefined || (depth > 0 && at === rootAt)
      ? []
      : [depth === 0 ? instantText(at, zone) : momentText(at, zone, false)]),
    ...(note === undefined ? [] : [noteText(note)]),
  ].join(', ');
  const counted = node.amount !== null && unit !== null && node.kind !== 'rule' && /^[a-z]/.test(unit) ? unit : '';
  return (
    <span className="trace-words" title={[label, details].filter((text) => text !== '').join(', ')}>
      {opens !== undefined && depth > 0 ? (
        <button
          type="button"
          className="trace-opens"
          tabIndex={-1}
          title={`Trace ${label}`}
          onClick={() => actions.onOpen(opens)}
        >
          {label}
          <CornerDownRight size="0.75rem" strokeWidth={2.1} aria-hidden="true" />
        </button>
      ) : (
        <span className="trace-name">{label}</span>
      )}
      {counted !== '' && <span className="trace-note">{counted}</span>}
      {details !== '' && <span className="trace-note">{details}</span>}
    </span>
  );
}

function Cited(props: { readonly node: TraceNode; readonly show: RowShow; readonly actions: TreeActions }): ReactNode {
  const { node, show, actions } = props;
  const { rule, source } = node;
  const { zone, money } = show;
  if (rule !== undefined) {
    const value = ruleValue(rule, node.unit, money);
    const origin = originText(rule.from, zone);
    // a value that counts stands in its column already
    const stated = inColumn(node) && rule.value === node.amount;
    return (
      <span className="trace-rule" title={`${rule.name}: ${value}, ${originSentence(rule.from, zone)}`}>
        <span className="mono">{rule.name}</span>
        {!stated && <strong>{value}</strong>}
        <span className="mono trace-origin">{origin}</span>
      </span>
    );
  }
  if (source === undefined) return null;
  const text = sourceText(source);
  if (!('file' in source) || source.line === null)
    return (
      <span className="mono trace-source" title={text}>
        {middleCut(text, 34)}
      </span>
    );
  const { file, line } = source;
  return (
    <button
      type="button"
      className="mono trace-source"
      tabIndex={-1}
      title={`Open ${text}`}
      onClick={() => actions.onSource(file, line)}
    >
      {middleCut(text, 34)}
    </button>
  );
}

function Figure(props: { readonly node: TraceNode; readonly depth: number; readonly show: RowShow }): ReactNode {
  const { node, depth, show } = props;
  const column = show.columns[depth];
  if (!inColumn(node) || column === undefined) return null;
  const { sign, figure, faint, negative } = figureParts(node, show.money, column.digits);
  const beside = node.sign === '=' && depth > 0;
  return (
    <span
      className={`trace-figure mono${negative ? ' amount-debt' : ''}`}
      style={{ insetInlineEnd: `${column.offset * CHARACTER_REM}rem` }}
      title={`${fullAmountText(node.amount ?? '', 0)}${node.unit === null ? '' : ` ${node.unit}`}`}
    >
      {beside && (
        <span className="trace-beside" aria-hidden="true">
          =
        </span>
      )}
      {sign}
      {figure}
      {faint !== '' && <span className="amount-faint">{faint}</span>}
    </span>
  );
}
