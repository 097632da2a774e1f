/**
 * The balance chart: `Axes` gives the frame, `PlotLayers` draws what the chart grammar asks for inside it. One focus stop:
 * arrows walk its events, and the page reads them out.
 */
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { rangeText } from '../format.ts';
import { AxisNames, TimeAxis, ValueAxis } from './Axes.tsx';
import './chart.css';
import './stated.css';
import type { ChartAccount, ChartActions, ChartState } from './chartModel.ts';
import { plotGeometry } from './geometry.ts';
import { PlotLayers } from './PlotLayers.tsx';
import { axisExtent, timeTicks, valueDomain, valueTicks } from './ticks.ts';
import { grainOf } from './timeWindow.ts';
import { useSize, type Size } from '../useSize.ts';

interface BalanceChartProps {
  readonly account: ChartAccount;
  readonly state: ChartState;
  readonly actions: ChartActions;
  /** With the lane of months under the axis. */
  readonly lane?: boolean;
}

export const VALUE_AXIS_PX = 60;
const TIME_AXIS_PX = 22;
const LANE_PX = 22;
const STATEMENT_PX = 16;
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
  const plotWidth = width - axis;
  const items = (state.history ?? state.notes)?.stated?.items.length ?? 0;
  const statements = withLane && items > 0 && !state.hidden.has('statements') ? Math.round(STATEMENT_PX * rem) : 0;
  const plotHeight = height - timeAxis - statements - lane - 2;
  const { zone } = account;
  const ticks = useMemo(() => timeTicks(window, plotWidth, zone, 76 * rem), [window, plotWidth, zone, rem]);
  const values = useMemo(() => {
    const spanned = axisExtent(extent ?? { low: 0, high: 1 });
    const domain = valueDomain(spanned, plotHeight, {
      ...ROOM,
      ...(spanned.low < 0 ? { bottom: ROOM_BELOW_ZERO } : {}),
    });
    return { domain, ...valueTicks(spanned, domain, plotHeight) };
  }, [extent, plotHeight]);
  const plot = useMemo(
    () => plotGeometry(plotWidth, plotHeight, window, values.domain),
    [plotWidth, plotHeight, window, values],
  );
  return (
    <>
      <svg width={width} height={height}>
        <ValueAxis plot={plot} values={values.values} step={values.step} edge={width - 2} rem={rem} />
        <TimeAxis plot={plot} ticks={ticks} rem={rem} />
        <PlotLayers
          account={account}
          state={state}
          actions={actions}
          plot={plot}
          rem={rem}
          axisHeight={timeAxis}
          laneHeight={lane}
          statementHeight={statements}
          cardHost={cardHost}
        />
        <AxisNames
          plot={plot}
          currency={account.currency}
          zone={zone}
          edge={width - 2}
          zoneY={height - lane - (withLane ? -14 : 10) * rem}
          zeroBelow={values.domain.low > 0}
          rem={rem}
        />
      </svg>
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
