/**
 * The bridge between the totals of the sides: pillars, filled steps up, hollow steps down, what stays unexplained at the
 * end of each. A step is a button that shows its items; the row of them is one stop for Tab.
 */
import { Check, TriangleAlert } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { BridgePillar, BridgeStep, ReconBridge } from '../../../shared/contract/reconcile.ts';
import { amountText, isNegative, isZero } from '../amountText.ts';
import { plural } from '../format.ts';
import { moveInRow } from '../roving.ts';
import { useSize } from '../useSize.ts';
import './bridge.css';
import { bridgeLayout, levelY, type BridgeColumn, type BridgeLayout } from './bridgeLayout.ts';

/** Widths of a pillar and of a step, in parts of the row; the same numbers are the tracks of its grid. */
const PARTS = { pillar: 1.5, step: 1 } as const;
const PLOT_REM = 6.75;
const LEAST_REM = { pillar: 5.5, step: 4.25 } as const;
/** Widest marks: of few columns on a wide screen too a pillar is a pillar. */
const MOST_BAR_REM = { pillar: 7, step: 4.5 } as const;

export function Bridge(props: {
  readonly bridge: ReconBridge;
  readonly digits: number;
  readonly chosen: string | null;
  readonly onChoose: (step: string | null) => void;
}): ReactNode {
  const { bridge, digits, chosen, onChoose } = props;
  const layout = useMemo(() => bridgeLayout(bridge), [bridge]);
  const { size, ref } = useSize();
  const { columns } = layout;
  const tracks = columns.map(({ kind }) => `minmax(${LEAST_REM[kind]}rem, ${PARTS[kind]}fr)`).join(' ');
  const least = columns.reduce((sum, { kind }) => sum + LEAST_REM[kind], 0);
  const stop = columns.find((column) => column.kind === 'step' && opens(column.step));
  return (
    <div className="bridge-scroll" tabIndex={-1}>
      <div
        className="bridge"
        ref={ref}
        role="toolbar"
        aria-label="Steps of the bridge"
        style={{ gridTemplateColumns: tracks, minWidth: `${least}rem` }}
        onKeyDown={moveInRow}
      >
        {size !== null && <Plot layout={layout} width={size.width} rem={16 * size.rem} chosen={chosen} />}
        {columns.map((column) =>
          column.kind === 'pillar' ? (
            <Pillar key={`pillar-${column.pillar.side}`} pillar={column.pillar} digits={digits} />
          ) : (
            <Step
              key={column.step.id}
              step={column.step}
              digits={digits}
              chosen={column.step.id === chosen}
              isStop={column.step.id === chosen || (chosen === null && column === stop)}
              onChoose={() => onChoose(column.step.id === chosen ? null : column.step.id)}
            />
          ),
        )}
      </div>
    </div>
  );
}

/** A step of nothing has no items to show. */
function opens({ category, amount, items }: BridgeStep): boolean {
  return items > 0 || (category === 'unexplained' && !isZero(amount));
}

function Pillar({ pillar, digits }: { readonly pillar: BridgePillar; readonly digits: number }): ReactNode {
  return (
    <div className="bridge-column pillar">
      <strong>{amountText(pillar.total, { digits })}</strong>
      <span className="bridge-name">{pillar.label}</span>
      <span className="bridge-note">{pillar.note}</span>
    </div>
  );
}

function Step(props: {
  readonly step: BridgeStep;
  readonly digits: number;
  readonly chosen: boolean;
  readonly isStop: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  const { step, digits, chosen, isStop, onChoose } = props;
  const { label, amount, items, category } = step;
  const text = (
    <>
      <strong className={`bridge-amount ${toneOf(step)}`}>{amountText(amount, { digits, sign: 'movement' })}</strong>
      <span>{label}</span>
      <span className="bridge-note">
        {category === 'unexplained' ? (isZero(amount) ? '' : 'incomplete') : plural(items, 'item')}
      </span>
    </>
  );
  if (!opens(step)) return <div className="bridge-column">{text}</div>;
  return (
    <button
      type="button"
      className="bridge-column step"
      aria-pressed={chosen}
      tabIndex={isStop ? 0 : -1}
      title={chosen ? 'Show all items again' : `Show what ${label} is made of`}
      onClick={onChoose}
    >
      {text}
    </button>
  );
}

function toneOf({ category, amount }: BridgeStep): string {
  if (category === 'unexplained') return isZero(amount) ? 'closes' : 'alone';
  return isBreak(category) ? 'alone' : '';
}

/** What one side states and no other does, or what nothing explains. */
function isBreak(category: BridgeStep['category']): boolean {
  return category === 'missing_in_ledger' || category === 'missing_in_statement' || category === 'unexplained';
}

function Plot(props: {
  readonly layout: BridgeLayout;
  readonly width: number;
  readonly rem: number;
  readonly chosen: string | null;
}): ReactNode {
  const { layout, width, rem, chosen } = props;
  const height = PLOT_REM * rem;
  const boxes = boxesOf(layout.columns, width, rem);
  const y = (level: number): number => levelY(layout, level, height);
  return (
    <svg
      className="bridge-plot"
      width={width}
      height={height + 8}
      viewBox={`0 -4 ${width} ${height + 8}`}
      aria-hidden="true"
    >
      {boxes.map((box, index) => {
        const next = boxes[index + 1];
        if (next === undefined) return null;
        const at = y(box.column.kind === 'pillar' ? box.column.level : box.column.to);
        return <line key={index} className="bridge-link" x1={box.right} x2={next.left} y1={at} y2={at} />;
      })}
      {boxes.map(({ column, left, right }) =>
        column.kind === 'pillar' ? (
          <g key={column.pillar.side}>
            <path className="bridge-pillar" d={pillarPath(left, right, y(column.level), y(0), height, layout.broken)} />
            {layout.broken && <path className="bridge-break" d={breakPath(left, right, height - 0.8 * rem)} />}
            <line className="bridge-head" x1={left} x2={right} y1={y(column.level)} y2={y(column.level)} />
          </g>
        ) : (
          <StepMark
            key={column.step.id}
            column={column}
            left={left}
            right={right}
            y={y}
            chosen={column.step.id === chosen}
          />
        ),
      )}
    </svg>
  );
}

interface Box {
  readonly column: BridgeColumn;
  readonly left: number;
  readonly right: number;
}

/** The marks' left and right edges; tracks grow from their least widths as the browser's grid does. */
function boxesOf(columns: readonly BridgeColumn[], width: number, rem: number): readonly Box[] {
  const widths = trackWidths(columns, width, rem);
  let x = 0;
  return columns.map((column, index) => {
    const track = widths[index] ?? 0;
    const bar = Math.min(track * (column.kind === 'pillar' ? 0.68 : 0.6), MOST_BAR_REM[column.kind] * rem);
    const left = Math.round(x + (track - bar) / 2) + 0.5;
    x += track;
    return { column, left, right: left + Math.round(bar) };
  });
}

/** `minmax(least, parts fr)`: tracks whose share is less than their least keep that, the others share the rest. */
function trackWidths(columns: readonly BridgeColumn[], width: number, rem: number): readonly number[] {
  const fixed = new Set<number>();
  for (;;) {
    const held = [...fixed].reduce((sum, index) => sum + leastOf(columns[index], rem), 0);
    const parts = columns.reduce((sum, { kind }, index) => sum + (fixed.has(index) ? 0 : PARTS[kind]), 0);
    const share = parts === 0 ? 0 : Math.max(0, width - held) / parts;
    const short = columns.flatMap((column, index) =>
      !fixed.has(index) && share * PARTS[column.kind] < leastOf(column, rem) ? [index] : [],
    );
    if (short.length === 0)
      return columns.map((column, index) => (fixed.has(index) ? leastOf(column, rem) : share * PARTS[column.kind]));
    for (const index of short) fixed.add(index);
  }
}

function leastOf(column: BridgeColumn | undefined, rem: number): number {
  return column === undefined ? 0 : LEAST_REM[column.kind] * rem;
}

function pillarPath(left: number, right: number, top: number, zero: number, height: number, broken: boolean): string {
  const foot = broken ? height : zero;
  return `M${left} ${top}H${right}V${foot}H${left}Z`;
}

/** The broken foot: a zigzag in the colour of the page. */
function breakPath(left: number, right: number, at: number): string {
  const teeth = 4;
  const step = (right - left) / teeth;
  const points = Array.from(
    { length: teeth + 1 },
    (_, index) => `${left + index * step} ${at + (index % 2 === 0 ? 4 : 0)}`,
  );
  return `M${points.join('L')}`;
}

const ICON = 14;

function StepMark(props: {
  readonly column: BridgeColumn & { kind: 'step' };
  readonly left: number;
  readonly right: number;
  readonly y: (level: number) => number;
  readonly chosen: boolean;
}): ReactNode {
  const { column, left, right, y, chosen } = props;
  const { step, from, to } = column;
  const [top, bottom] = [y(Math.max(from, to)), y(Math.min(from, to))];
  if (isZero(step.amount)) {
    const middle = (left + right) / 2;
    const closes = step.category === 'unexplained';
    return (
      <g>
        <line className="bridge-link" x1={left} x2={right} y1={top} y2={top} />
        {closes && (
          <>
            <rect className="bridge-gap" x={middle - 11} y={top - 8} width={22} height={16} />
            <Check className="bridge-check" x={middle - ICON / 2} y={top - ICON / 2} size={ICON} strokeWidth={2.4} />
          </>
        )}
      </g>
    );
  }
  const kind = chosen ? 'chosen' : isBreak(step.category) ? 'alone' : '';
  const way = isNegative(step.amount) ? 'down' : 'up';
  return (
    <g>
      <rect
        className={`bridge-step ${way} ${kind}`}
        x={left}
        y={top}
        width={right - left}
        height={Math.max(1.5, bottom - top)}
      />
      {step.category === 'unexplained' && (
        <TriangleAlert
          className="bridge-warning"
          x={(left + right) / 2 - ICON / 2}
          y={Math.max(-3, top - ICON - 3)}
          size={ICON}
          strokeWidth={2.1}
        />
      )}
    </g>
  );
}
