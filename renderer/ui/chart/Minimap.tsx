/**
 * The whole history in a strip, the window with its handles dragged over it. Overruns, cut-offs and expiries stay visible
 * however long the history is. A pointer's tool; keys do the same from the chart.
 */
import { useMemo, type ReactNode } from 'react';
import type { StatedPoint } from '../../../shared/contract/stated.ts';
import { DAY_MS, type Instant, type Zone } from '../../../shared/domain/time.ts';
import type { ChartAccount, ChartActions, ChartNotes, ChartState } from './chartModel.ts';
import './minimap.css';
import { extentBetween, stepPath, type StepPath } from './seriesPath.ts';
import { timeTicks } from './ticks.ts';
import { dayText } from '../format.ts';
import { useSize } from '../useSize.ts';
import { useWindowGrip } from './useWindowGrip.ts';
import type { TimeWindow } from './timeWindow.ts';

const STRIP_PX = 30;
const WORDS_PX = 14;
/** A history this long is told by months. */
const LONG_MS = 100 * DAY_MS;
const MONTH_MS = 30 * DAY_MS;
/** Between closer handles nothing could be gripped: they stand outside. */
const CLOSE_PX = 14;

interface Strip {
  readonly width: number;
  readonly strip: number;
  readonly height: number;
  readonly rem: number;
  x(at: Instant): number;
}

export function Minimap(props: {
  readonly account: ChartAccount;
  readonly state: ChartState;
  readonly onMove: ChartActions['onMove'];
}): ReactNode {
  const { account, state, onMove } = props;
  const { size, ref } = useSize();
  const { bounds, window, overview, history } = state;
  const rem = size?.rem ?? 1;
  const width = size?.width ?? 0;
  const strip = useMemo((): Strip => {
    const perMs = width / Math.max(1, bounds.to - bounds.from);
    const x = (at: Instant): number => (at - bounds.from) * perMs;
    return { width, strip: STRIP_PX * rem, height: (STRIP_PX + WORDS_PX) * rem, rem, x };
  }, [width, rem, bounds]);
  const handlers = useWindowGrip({ window, bounds, width, onMove });
  const line = useMemo(() => {
    if (overview === null || width === 0) return null;
    const extent = extentBetween(overview.points, overview.window.from, overview.window.to) ?? { low: 0, high: 1 };
    const low = Math.min(0, extent.low);
    const high = Math.max(low + 1e-9, extent.high);
    const y = (balance: number): number => 4 + ((high - balance) / (high - low)) * (strip.strip - 8);
    return { path: stepPath(overview, strip.x, y), y };
  }, [overview, width, strip]);
  return (
    <div className="minimap" ref={ref} aria-hidden="true">
      {line !== null && (
        <svg width={width} height={strip.height} {...handlers}>
          <rect className="minimap-ground" width={width} height={strip.height} />
          <Months strip={strip} bounds={bounds} zone={account.zone} />
          <History strip={strip} history={history} end={account.end} path={line.path} y={line.y} />
          <path className="minimap-edge" d={`M0 ${strip.strip + 0.5}H${width}`} />
          <WindowFrame strip={strip} window={window} />
          {!state.hidden.has('stated') && (
            <Differing strip={strip} points={history?.stated?.points ?? []} zone={account.zone} />
          )}
        </svg>
      )}
    </div>
  );
}

function Months(props: { readonly strip: Strip; readonly bounds: TimeWindow; readonly zone: Zone }): ReactNode {
  const { strip, bounds, zone } = props;
  const { width, height, rem, x } = strip;
  const ticks = useMemo(
    () => timeTicks(bounds, width, zone, 62 * rem, bounds.to - bounds.from > LONG_MS ? MONTH_MS : 0),
    [bounds, width, zone, rem],
  );
  return ticks.map(({ at, label }) => (
    <g key={at}>
      <path className="minimap-tick" d={`M${Math.round(x(at)) + 0.5} ${strip.strip}V${height}`} />
      <text className="axis-text" x={x(at) + 4} y={height - 3 * rem}>
        {x(at) + 46 * rem < width ? label : ''}
      </text>
    </g>
  ));
}

function History(props: {
  readonly strip: Strip;
  readonly history: ChartNotes | null;
  readonly end: Instant;
  readonly path: StepPath;
  readonly y: (balance: number) => number;
}): ReactNode {
  const { strip, history, end, path, y } = props;
  const { x, width } = strip;
  const zero = y(0);
  // Before its first credit an account is closed too, but nothing was cut off.
  const cutoffs = history?.spans.filter(({ record }) => record !== null) ?? [];
  return (
    <>
      {cutoffs.map((span) => (
        <rect
          key={span.from}
          fill="url(#hatch-closed)"
          x={x(span.from)}
          width={Math.max(3, x(span.to ?? end) - x(span.from))}
          height={strip.strip}
        />
      ))}
      <path className="minimap-zero" d={`M0 ${zero}H${width}`} />
      <path className="minimap-line" d={path.line} />
      {history?.overruns.map((overrun) => (
        <rect
          key={overrun.from}
          className="minimap-debt"
          x={x(overrun.from)}
          y={zero}
          width={Math.max(3, x(overrun.to) - x(overrun.from))}
          height={Math.max(3, strip.strip - zero - 1)}
        />
      ))}
      {history?.marks
        .filter(({ kind }) => kind === 'expiry')
        .map((mark) => (
          <rect
            key={mark.record}
            className="minimap-expiry"
            x={x(mark.at) - 1.5}
            y={y(mark.y) - 8}
            width={3}
            height={9}
          />
        ))}
    </>
  );
}

/** Between closer marks one stands for all. */
const APART_PX = 6;

/** Where what others state differs from the balance; what agrees needs no look. */
function Differing(props: {
  readonly strip: Strip;
  readonly points: readonly StatedPoint[];
  readonly zone: Zone;
}): ReactNode {
  const { strip, points, zone } = props;
  const marks = new Map<number, { readonly first: StatedPoint; readonly count: number }>();
  for (const point of points) {
    if (point.agrees) continue;
    const place = Math.round(strip.x(point.at) / APART_PX);
    const { first, count } = marks.get(place) ?? { first: point, count: 0 };
    marks.set(place, { first, count: count + 1 });
  }
  return [...marks].map(([place, { first, count }]) => (
    <path key={place} className="minimap-differs" d={diamondAt(strip.x(first.at), 5.5)}>
      <title>
        {`${dayText(first.at, zone, true)}: ${count === 1 ? 'a stated balance differs' : `${count} stated balances differ`}`}
      </title>
    </path>
  ));
}

function diamondAt(x: number, y: number): string {
  return `M${x} ${y - 4}l4 4l-4 4l-4 -4Z`;
}

function WindowFrame({ strip, window }: { readonly strip: Strip; readonly window: TimeWindow }): ReactNode {
  const { x, width, height } = strip;
  const left = x(window.from);
  const right = Math.max(x(window.to), left + 3);
  const close = right - left < CLOSE_PX;
  const handle = (at: number): ReactNode => (
    <rect
      className="minimap-handle"
      x={Math.min(width - 6.5, Math.max(0.5, at))}
      y={height / 2 - 8}
      width={6}
      height={16}
      rx={2}
    />
  );
  return (
    <>
      <rect
        className="minimap-window"
        x={left + 0.5}
        y={0.5}
        width={Math.max(2, right - left - 1)}
        height={height - 1}
      />
      {handle(close ? left - 6 : left - 3)}
      {handle(close ? right : right - 3)}
    </>
  );
}
