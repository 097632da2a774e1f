/** Month ends through the plot, and the lane under the axis with what each month used, carried and owes. */
import { memo, type ReactNode } from 'react';
import type { ChartMonth } from '../../../shared/contract/engine.ts';
import type { PlotGeometry } from './geometry.ts';
import { GAP_PX, ICON_ROOM_PX, monthText } from './monthLane.ts';

interface MonthLayerProps {
  readonly months: readonly ChartMonth[];
  readonly plot: PlotGeometry;
  readonly axisHeight: number;
  readonly laneHeight: number;
  readonly digits: number;
  readonly rem: number;
  readonly selected: number | null;
  readonly onMonth: (invoice: number) => void;
}

/** Narrower months than this have a line where a year begins and none else. */
const NARROW_PX = 14;

export const MonthEnds = memo(function MonthEnds({
  months,
  plot,
}: {
  readonly months: readonly ChartMonth[];
  readonly plot: PlotGeometry;
}): ReactNode {
  return months.map(({ period, from, to, invoice }) => {
    const x = plot.x(to);
    if (invoice === null || x <= plot.left || x >= plot.right) return null;
    if (x - plot.x(from) < NARROW_PX && !period.endsWith('-12')) return null;
    return (
      <path key={`${period}${to}`} className="month-end" d={`M${Math.round(x) + 0.5} ${plot.top}V${plot.bottom}`} />
    );
  });
});

const RECEIPT = 'M-4 -6 H4 V6 L2 4.8 L0 6 L-2 4.8 L-4 6 Z M-1.8 -2.8 H1.8 M-1.8 0.2 H1.8';
const CLOCK = 'M0 -5.5 A5.5 5.5 0 1 1 -0.01 -5.5 Z M0 -3 V0.4 L2.2 1.6';

export const MonthLane = memo(function MonthLane(props: MonthLayerProps): ReactNode {
  const { months, plot, axisHeight, laneHeight, digits, rem, selected, onMonth } = props;
  const top = Math.round(plot.bottom + axisHeight) + 0.5;
  return (
    <g className="month-lane">
      <path
        className="lane-edge"
        d={`M${plot.left} ${top}H${plot.right}M${plot.left} ${top + laneHeight}H${plot.right}`}
      />
      {months.map((month) => {
        const left = Math.max(plot.x(month.from), plot.left);
        const right = Math.min(plot.x(month.to), plot.right);
        const width = right - left;
        if (width < 6) return null;
        const { name, rest, icon } = monthText(month, width, 11 * rem, digits);
        const middle = top + laneHeight / 2;
        const { invoice } = month;
        return (
          <g
            key={`${month.period}${month.from}`}
            data-chart-month={month.period}
            {...(invoice === null ? {} : { className: 'lane-month', onClick: () => onMonth(invoice) })}
          >
            <rect
              className={selected !== null && selected === invoice ? 'lane-ground lane-chosen' : 'lane-ground'}
              x={left}
              y={top}
              width={width}
              height={laneHeight}
            />
            {plot.x(month.from) > plot.left && (width >= NARROW_PX || month.period.endsWith('-01')) && (
              <path className="month-end" d={`M${Math.round(left) + 0.5} ${top}V${top + laneHeight}`} />
            )}
            {icon && (
              <path
                className="lane-icon"
                transform={`translate(${left + 15} ${middle})`}
                d={invoice === null ? CLOCK : RECEIPT}
              />
            )}
            <text className="lane-text" x={left + (icon ? ICON_ROOM_PX : GAP_PX)} y={middle + 4 * rem}>
              <tspan className="lane-name">{name}</tspan>
              {rest === '' ? '' : ` ${rest}`}
            </text>
          </g>
        );
      })}
    </g>
  );
});
