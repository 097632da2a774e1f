/** The head of a run's column: its letter and name try it, an eye draws it over the chart, and the rest is in a menu. */
import {
  ArrowLeft,
  ArrowRight,
  Ellipsis,
  Eye,
  EyeOff,
  FileDown,
  FileCheck,
  Pencil,
  Pin,
  Scale,
  Trash2,
} from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import type { RunColumn } from './columns.ts';

export interface VariantActions {
  readonly onSelect: (id: string) => void;
  readonly onPin: () => void;
  readonly onRename: (id: string, name: string) => void;
  readonly onRemove: (id: string) => void;
  readonly onMove: (id: string, by: number) => void;
  readonly onOverlay: (id: string) => void;
  /** The pointer or the focus is on it; null: has left it. */
  readonly onPoint: (id: string | null) => void;
  readonly onCompareWith: (id: string) => void;
  readonly onSave: (id: string) => void;
  readonly onApply: (id: string) => void;
}

export function VariantHead(props: {
  readonly column: RunColumn;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly actions: VariantActions;
}): ReactNode {
  const { column, isFirst, isLast, actions } = props;
  const { id, letter, name, isTried, isOverlaid, problem } = column;
  const [renaming, setRenaming] = useState(false);
  const head = useRef<HTMLTableCellElement>(null);
  useEffect(() => {
    if (isTried) head.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isTried]);
  return (
    <th
      ref={head}
      scope="colgroup"
      colSpan={2}
      className={`variant-head${isTried ? ' tried' : ''}${column.isPointed ? ' pointed' : ''}`}
      onPointerEnter={() => actions.onPoint(id)}
      onPointerLeave={() => actions.onPoint(null)}
      onFocus={() => actions.onPoint(id)}
      onBlur={() => actions.onPoint(null)}
    >
      <div className="variant-line">
        <span className={isTried ? 'variant-letter tried' : 'variant-letter'} aria-hidden="true">
          {letter}
        </span>
        {renaming && id !== null ? (
          <NameField
            name={name}
            onDone={(next) => {
              setRenaming(false);
              if (next !== null && next !== name) actions.onRename(id, next);
            }}
          />
        ) : id === null ? (
          <span className="variant-name" title={`${name}, not pinned`}>
            {name}
          </span>
        ) : (
          <button
            type="button"
            className="variant-name"
            aria-pressed={isTried}
            aria-label={`${letter}, ${name}`}
            title={name}
            onClick={() => actions.onSelect(id)}
            onDoubleClick={() => setRenaming(true)}
          >
            {name}
          </button>
        )}
        {id === null ? (
          <button type="button" className="variant-tool" aria-label={`Pin ${name}`} title="Pin" onClick={actions.onPin}>
            <Pin size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
          </button>
        ) : (
          <>
            {!isTried && column.figures.length > 0 && (
              <button
                type="button"
                className="variant-tool"
                aria-pressed={isOverlaid}
                aria-label={`${letter} in the chart`}
                title={isOverlaid ? 'Take its line out of the chart' : 'Draw its line over the chart'}
                onClick={() => actions.onOverlay(id)}
              >
                {isOverlaid ? (
                  <Eye size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
                ) : (
                  <EyeOff size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
                )}
              </button>
            )}
            <Menu
              label={`${letter}, more`}
              icon={Ellipsis}
              iconOnly
              groups={menuOf({ column, id, isFirst, isLast, actions, rename: () => setRenaming(true) })}
            />
          </>
        )}
      </div>
      {problem !== null && <div className="variant-problem">{problem}</div>}
    </th>
  );
}

function menuOf(of: {
  readonly column: RunColumn;
  readonly id: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly actions: VariantActions;
  readonly rename: () => void;
}): MenuItem[][] {
  const { column, id, isFirst, isLast, actions, rename } = of;
  return [
    [
      { label: 'Rename', icon: Pencil, onChoose: rename },
      ...(isFirst ? [] : [{ label: 'Move left', icon: ArrowLeft, onChoose: () => actions.onMove(id, -1) }]),
      ...(isLast ? [] : [{ label: 'Move right', icon: ArrowRight, onChoose: () => actions.onMove(id, 1) }]),
    ],
    [
      ...(column.isBaseline
        ? []
        : [{ label: 'Compare with it', icon: Scale, onChoose: () => actions.onCompareWith(id) }]),
      { label: 'Save as scenario…', icon: FileDown, onChoose: () => actions.onSave(id) },
      { label: 'Apply to this account', icon: FileCheck, onChoose: () => actions.onApply(id) },
    ],
    [{ label: 'Remove', icon: Trash2, onChoose: () => actions.onRemove(id) }],
  ];
}

function NameField(props: { readonly name: string; readonly onDone: (name: string | null) => void }): ReactNode {
  const { name, onDone } = props;
  const [typed, setTyped] = useState(name);
  return (
    <input
      type="text"
      className="field variant-rename"
      aria-label="Name of the variant"
      maxLength={200}
      value={typed}
      data-dirty=""
      ref={(element) => {
        if (element !== null && document.activeElement !== element) element.focus();
      }}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => onDone(typed.trim() === '' ? null : typed.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone(null);
      }}
    />
  );
}
