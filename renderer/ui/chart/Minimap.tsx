/**
 * The whole history in a strip: the window with its handles is dragged over it. Overruns, cut-offs and expiries stay
 * visible however long the history is. A pointer's tool; keys do the same from the chart.
 */
import { useMemo, useRef, type PointerEvent as ReactPointerEvent, type ReactNode } from 'react';
import type { ChartAccount, ChartActions, ChartState } from './chartModel.ts';
import { extentBetween, stepPath } from './seriesPath.ts';
import { timeTicks } from './ticks.ts';
import { clampWindow, type TimeWindow } from './timeWindow.ts';
import { useSize } from '../useSize.ts';

type Grip = 'from' | 'to' | 'both';

const STRIP_PX = 30;
const WORDS_PX = 14;
const HANDLE_PX = 7;

export function Minimap(props: {
  readonly account: ChartAccount;
  readonly state: ChartState;
  readonly onMove: ChartActions['onMove'];
}): ReactNode {
  const { account, state, onMove } = props;
  const { size, ref } = useSize();
  const grip = useRef<{ readonly what: Grip; readonly x: number; readonly window: TimeWindow } | null>(null);
  const { bounds, window, overview, history } = state;
  const rem = size?.rem ?? 1;
  const width = size === null ? 0 : size.width;
  const strip = STRIP_PX * rem;
  const height = strip + WORDS_PX * rem;
  const whole = Math.max(1, bounds.to - bounds.from);
  const x = (at: number): number => ((at - bounds.from) / whole) * width;

  const drawn = useMemo(() => {
    if (overview === null || width === 0) return null;
    const extent = extentBetween(overview.points, overview.window.from, overview.window.to) ?? { low: 0, high: 1 };
    const low = Math.min(0, extent.low);
    const high = Math.max(low + 1e-9, extent.high);
    const y = (balance: number): number => 4 + ((high - balance) / (high - low)) * (strip - 8);
    const perMs = width / whole;
    return { ...stepPath(overview, (at) => (at - bounds.from) * perMs, y), zero: y(0), y };
  }, [overview, width, strip, bounds, whole]);

  const gripAt = (px: number): Grip | null => {
    const [left, right] = [x(window.from), x(window.to)];
    if (Math.abs(px - left) <= HANDLE_PX && Math.abs(px - left) <= Math.abs(px - right)) return 'from';
    if (Math.abs(px - right) <= HANDLE_PX) return 'to';
    return px > left && px < right ? 'both' : null;
  };
  const place = (event: ReactPointerEvent<SVGSVGElement>): number => event.clientX - event.currentTarget.getBoundingClientRect().left;

  const onPointerDown = (event: ReactPointerEvent<SVGSVGElement>): void => {
    if (event.button !== 0) return;
    const px = place(event);
    const what = gripAt(px);
    event.currentTarget.setPointerCapture(event.pointerId);
    if (what !== null) {
      grip.current = { what, x: px, window };
      return;
    }
    const at = bounds.from + (px / width) * whole;
    const span = window.to - window.from;
    const centred = clampWindow({ from: at - span / 2, to: at + span / 2 }, bounds);
    grip.current = { what: 'both', x: px, window: centred };
    onMove(() => centred, 'moving');
  };
  const onPointerMove = (event: ReactPointerEvent<SVGSVGElement>): void => {
    const held = grip.current;
    const px = place(event);
    if (held === null) {
      const over = gripAt(px);
      event.currentTarget.style.cursor = over === 'both' ? 'grab' : over === null ? 'pointer' : 'ew-resize';
      return;
    }
    const by = ((px - held.x) / width) * whole;
    onMove(() => dragged(held, by), 'moving');
  };
  const onPointerUp = (): void => {
    if (grip.current === null) return;
    grip.current = null;
    onMove((now) => now, 'resting');
  };

  const left = x(window.from);
  const right = Math.max(x(window.to), left + 3);
  return (
    <div className="minimap" ref={ref} aria-hidden="true">
      {size !== null && drawn !== null && (
        <svg width={width} height={height} onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp}>
          <rect className="minimap-ground" width={width} height={height} />
          {timeTicks(bounds, width, account.zone, 62 * rem).map(({ at, label }) => (
            <g key={at}>
              <path className="minimap-tick" d={`M${Math.round(x(at)) + 0.5} ${strip}V${height}`} />
              <text className="axis-text" x={x(at) + 4} y={height - 3 * rem}>
                {x(at) + 46 * rem < width ? label : ''}
              </text>
            </g>
          ))}
          {history?.spans.map((span) => (
            <rect
              key={span.from}
              fill="url(#hatch-closed)"
              x={x(span.from)}
              width={Math.max(3, x(span.to ?? account.end) - x(span.from))}
              height={strip}
            />
          ))}
          <path className="minimap-zero" d={`M0 ${drawn.zero}H${width}`} />
          <path className="minimap-line" d={drawn.line} />
          {history?.overruns.map((overrun) => (
            <rect
              key={overrun.from}
              className="minimap-debt"
              x={x(overrun.from)}
              y={drawn.zero}
              width={Math.max(3, x(overrun.to) - x(overrun.from))}
              height={Math.max(3, strip - drawn.zero - 1)}
            />
          ))}
          {history?.marks
            .filter(({ kind }) => kind === 'expiry')
            .map((mark) => (
              <rect key={mark.record} className="minimap-expiry" x={x(mark.at) - 1.5} y={drawn.y(mark.y) - 8} width={3} height={9} />
            ))}
          <path className="minimap-edge" d={`M0 ${strip + 0.5}H${width}`} />
          <rect className="minimap-window" x={left + 0.5} y={0.5} width={Math.max(2, right - left - 1)} height={height - 1} />
          <rect className="minimap-handle" x={Math.max(0.5, left - 3)} y={height / 2 - 8} width={6} height={16} rx={2} />
          <rect className="minimap-handle" x={Math.min(width - 6.5, right - 3)} y={height / 2 - 8} width={6} height={16} rx={2} />
        </svg>
      )}
    </div>
  );
}

function dragged(held: { readonly what: Grip; readonly window: TimeWindow }, by: number): TimeWindow {
  const { from, to } = held.window;
  if (held.what === 'both') return { from: from + by, to: to + by };
  if (held.what === 'from') return { from: Math.min(from + by, to - 1000), to };
  return { from, to: Math.max(to + by, from + 1000) };
}
