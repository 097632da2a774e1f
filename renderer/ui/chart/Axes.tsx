/**
 * Grid, axes and their words. Each part is drawn anew only when its own scale changes: a hand on a control moves the line,
 * not the axes.
 */
import { memo, type ReactNode } from 'react';
import type { Zone } from '../../../shared/domain/time.ts';
import type { PlotGeometry } from './geometry.ts';
import { valueLabel, type TimeTick } from './ticks.ts';

const TICK_PX = 4;
/** From the plot's edge to the words under it, and half of their height. */
const TIME_WORDS_PX = 6;
const HALF_LINE_PX = 4;
/** What a word at the plot's edge would need beside it. */
const EDGE_PX = 18;
/** The unit stands on top once; a figure that would touch it gives way. */
const UNIT_PX = 24;
/** Room of the word at the foot that says that zero lies below. */
const ZERO_BELOW_PX = 18;

/** Level lines at round values, and their figures at the right edge. */
export const ValueAxis = memo(function ValueAxis(props: {
  readonly plot: PlotGeometry;
  readonly values: readonly number[];
  readonly step: number;
  /** Where the figures end. */
  readonly edge: number;
  readonly rem: number;
}): ReactNode {
  const { plot, values, step, edge, rem } = props;
  const lowest = plot.y(0) > plot.bottom ? plot.bottom - ZERO_BELOW_PX * rem : plot.bottom;
  return values.map((value) => {
    const y = plot.y(value);
    return (
      <g key={value}>
        <path className="axis-grid" d={`M${plot.left} ${y}H${plot.right}`} />
        {y >= UNIT_PX * rem && y <= lowest && (
          <text
            data-value={value}
            className={value === 0 ? 'axis-text axis-zero' : 'axis-text'}
            x={edge}
            y={y + HALF_LINE_PX * rem}
            textAnchor="end"
          >
            {valueLabel(value, step)}
          </text>
        )}
      </g>
    );
  });
});

/** The plot's lower edge with the calendar under it. */
export const TimeAxis = memo(function TimeAxis(props: {
  readonly plot: PlotGeometry;
  readonly ticks: readonly TimeTick[];
  readonly rem: number;
}): ReactNode {
  const { plot, ticks, rem } = props;
  const { left, right, bottom } = plot;
  const edge = EDGE_PX * rem;
  return (
    <>
      <path className="axis-line" d={`M${left} ${bottom}H${right}`} />
      {ticks.map(({ at, label }) => {
        const x = plot.x(at);
        return (
          <g key={at}>
            <path className="axis-tick" d={`M${x} ${bottom}V${bottom + TICK_PX}`} />
            {/* Words at the edges are left out rather than cut. */}
            {x > left + edge && x < right - edge && (
              <text className="axis-text" x={x} y={bottom + TIME_WORDS_PX + 7 * rem} textAnchor="middle">
                {label}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
});

/** What the figures are in: the unit on top, the zone below; and that zero lies under what is shown. */
export const AxisNames = memo(function AxisNames(props: {
  readonly plot: PlotGeometry;
  readonly currency: string;
  readonly zone: Zone;
  readonly edge: number;
  readonly zoneY: number;
  readonly zeroBelow: boolean;
  readonly rem: number;
}): ReactNode {
  const { plot, currency, zone, edge, zoneY, zeroBelow, rem } = props;
  return (
    <>
      <text className="axis-text" x={edge} y={11 * rem} textAnchor="end">
        {currency}
      </text>
      <text className="axis-text" x={edge} y={zoneY} textAnchor="end">
        {zone.name.slice(zone.name.lastIndexOf('/') + 1).replaceAll('_', ' ')}
        <title>{zone.name}</title>
      </text>
      {zeroBelow && (
        <text className="axis-text axis-zero" x={edge} y={plot.bottom - 4} textAnchor="end">
          ↓ 0
        </text>
      )}
    </>
  );
});
