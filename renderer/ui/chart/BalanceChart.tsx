/**
 * The balance chart. recharts gives the frame (size, scales, axes, grid); `PlotLayers` draws what the chart grammar asks
 * for inside it. One focus stop: arrows walk its events, and the page reads them out.
 */
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { CartesianGrid, ComposedChart, XAxis, YAxis } from 'recharts';
import { rangeText } from '../format.ts';
import './chart.css';
import type { ChartAccount, ChartActions, ChartState } from './chartModel.ts';
import { PlotLayers } from './PlotLayers.tsx';
import { axisExtent, timeTicks, valueDomain, valueLabel, valueTicks } from './ticks.ts';
import { grainOf } from './timeWindow.ts';
import { useSize, type Size } from '../useSize.ts';

interface BalanceChartProps {
  readonly account: ChartAccount;
  readonly state: ChartState;
  readonly actions: ChartActions;
  /** With the lane of months under the axis. */
  readonly lane?: boolean;
}

const NO_DATA: readonly never[] = [];
export const VALUE_AXIS_PX = 60;
const TIME_AXIS_PX = 22;
const LANE_PX = 22;
/** Above the line stand words, below it marks; below zero also the card of what is selected. */
const ROOM = { top: 34, bottom: 26 };
const ROOM_BELOW_ZERO = 48;

export function BalanceChart({ account, state, actions, lane = true }: BalanceChartProps): ReactNode {
  const { size, ref } = useSize();
  const { onColumns, onPin } = actions;
  const rem = size?.rem ?? 1;
  const columns = size === null ? 0 : Math.max(0, Math.floor(size.width - VALUE_AXIS_PX * rem));
  useEffect(() => onColumns(columns), [columns, onColumns]);
  useEffect(() => listenToShift(onPin), [onPin]);
  const { window } = state;
  const { start, end, zone } = account;
  const range = rangeText(Math.max(window.from, start), Math.min(window.to, end), zone);
  return (
    <div
      ref={ref}
      className="balance-chart"
      tabIndex={0}
      role="application"
      aria-roledescription="chart"
      aria-label={`Balance chart, ${range}, by ${grainOf(window.to - window.from)}`}
      aria-describedby="chart-keys"
      data-chart=""
    >
      <span id="chart-keys" className="visually-hidden">
        Left and right arrows walk the events, with Shift they move the range; plus and minus zoom, 0 shows all.
      </span>
      {size !== null && size.height > 80 && columns > 80 && window.to > window.from && (
        <Frame account={account} state={state} actions={actions} size={size} lane={lane} />
      )}
    </div>
  );
}

function Frame({
  account,
  state,
  actions,
  size,
  lane: withLane = true,
}: BalanceChartProps & { readonly size: Size }): ReactNode {
  const [cardHost, setCardHost] = useState<HTMLElement | null>(null);
  const { rem, width, height } = size;
  const { window, extent } = state;
  const axis = VALUE_AXIS_PX * rem;
  const timeAxis = Math.round(TIME_AXIS_PX * rem);
  const lane = withLane ? Math.round(LANE_PX * rem) : 0;
  const plotHeight = height - timeAxis - lane - 2;
  const ticks = useMemo(
    () => timeTicks(window, width - axis, account.zone, 76 * rem),
    [window, width, axis, account.zone, rem],
  );
  const labelOf = useMemo(() => new Map(ticks.map(({ at, label }) => [at, label])), [ticks]);
  const values = useMemo(() => {
    const spanned = axisExtent(extent ?? { low: 0, high: 1 });
    const domain = valueDomain(spanned, plotHeight, {
      ...ROOM,
      ...(spanned.low < 0 ? { bottom: ROOM_BELOW_ZERO } : {}),
    });
    return { domain, ...valueTicks(spanned, domain, plotHeight) };
  }, [extent, plotHeight]);
  // Edge ticks lose their words rather than have them cut.
  const tickAts = useMemo(() => ticks.map(({ at }) => at), [ticks]);
  const margin = (window.to - window.from) * (18 / Math.max(1, width - axis)) * rem;
  return (
    <>
      <ComposedChart
        width={width}
        height={height}
        data={NO_DATA}
        margin={{ top: 0, right: 0, bottom: lane + 2, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} syncWithTicks stroke="var(--hairline)" />
        <XAxis
          type="number"
          dataKey="at"
          domain={[window.from, window.to]}
          allowDataOverflow
          ticks={tickAts}
          interval={0}
          height={timeAxis}
          tickSize={4}
          axisLine={{ className: 'axis-line' }}
          tickLine={{ className: 'axis-tick' }}
          tick={({ x, y, payload }) => {
            const at = Number(payload.value);
            const inside = at - window.from > margin && window.to - at > margin;
            return (
              <text className="axis-text" x={Number(x)} y={Number(y) + 7 * rem} textAnchor="middle">
                {inside ? (labelOf.get(at) ?? '') : ''}
              </text>
            );
          }}
        />
        <YAxis
          type="number"
          orientation="right"
          domain={[values.domain.low, values.domain.high]}
          allowDataOverflow
          ticks={values.values}
          interval={0}
          width={axis}
          axisLine={false}
          tickLine={false}
          tick={({ y, payload }) => {
            const value = Number(payload.value);
            // The unit stands once, on top; a figure that would touch it gives way.
            if (Number(y) < 24 * rem) return <text />;
            return (
              <text
                className={value === 0 ? 'axis-text axis-zero' : 'axis-text'}
                x={width - 2}
                y={Number(y) + 4 * rem}
                textAnchor="end"
              >
                {valueLabel(value, values.step)}
              </text>
            );
          }}
        />
        <PlotLayers
          account={account}
          state={state}
          actions={actions}
          rem={rem}
          axisHeight={timeAxis}
          laneHeight={lane}
          cardHost={cardHost}
        />
        <text className="axis-text" x={width - 2} y={11 * rem} textAnchor="end">
          {account.currency}
        </text>
        <text className="axis-text" x={width - 2} y={height - lane - (withLane ? -14 : 10) * rem} textAnchor="end">
          {account.zone.name.slice(account.zone.name.lastIndexOf('/') + 1).replaceAll('_', ' ')}
          <title>{account.zone.name}</title>
        </text>
        {values.domain.low > 0 && (
          <text className="axis-text axis-zero" x={width - 2} y={plotHeight - 4} textAnchor="end">
            ↓ 0
          </text>
        )}
      </ComposedChart>
      <div className="card-host" ref={setCardHost} />
    </>
  );
}

/** Shift alone, pressed and released, pins the hover card; with another key or the wheel it means something else. */
function listenToShift(onPin: () => void): () => void {
  let alone = false;
  const down = (event: KeyboardEvent): void => {
    alone = event.key === 'Shift' && !event.repeat;
  };
  const up = (event: KeyboardEvent): void => {
    if (event.key === 'Shift' && alone) onPin();
    alone = false;
  };
  const other = (): void => {
    alone = false;
  };
  window.addEventListener('keydown', down);
  window.addEventListener('keyup', up);
  window.addEventListener('wheel', other, { passive: true });
  window.addEventListener('pointerdown', other);
  return () => {
    window.removeEventListener('keydown', down);
    window.removeEventListener('keyup', up);
    window.removeEventListener('wheel', other);
    window.removeEventListener('pointerdown', other);
  };
}
