/** Dragging the minimap's window: by its handles, as a whole, or to where the strip was pressed. */
import { useRef, type PointerEvent as ReactPointerEvent } from 'react';
import type { ChartActions } from './chartModel.ts';
import { NARROWEST_MS, clampWindow, type TimeWindow } from './timeWindow.ts';

type Grip = 'from' | 'to' | 'both';

interface Held {
  readonly what: Grip;
  readonly x: number;
  readonly window: TimeWindow;
}

const REACH_PX = 7;

export interface GripHandlers {
  readonly onPointerDown: (event: ReactPointerEvent<SVGSVGElement>) => void;
  readonly onPointerMove: (event: ReactPointerEvent<SVGSVGElement>) => void;
  readonly onPointerUp: () => void;
}

export function useWindowGrip(strip: {
  readonly window: TimeWindow;
  readonly bounds: TimeWindow;
  readonly width: number;
  readonly onMove: ChartActions['onMove'];
}): GripHandlers {
  const { window, bounds, width, onMove } = strip;
  const held = useRef<Held | null>(null);
  const msPerPx = Math.max(1, bounds.to - bounds.from) / Math.max(1, width);
  const edges = {
    left: (window.from - bounds.from) / msPerPx,
    right: (window.to - bounds.from) / msPerPx,
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const x = place(event);
      const what = gripAt(x, edges);
      if (what !== null) {
        held.current = { what, x, window };
        return;
      }
      const at = bounds.from + x * msPerPx;
      const half = (window.to - window.from) / 2;
      const centred = clampWindow({ from: at - half, to: at + half }, bounds);
      held.current = { what: 'both', x, window: centred };
      onMove(() => centred, 'moving');
    },
    onPointerMove: (event) => {
      const x = place(event);
      const { current } = held;
      if (current !== null) {
        onMove(() => dragged(current, (x - current.x) * msPerPx), 'moving');
        return;
      }
      const over = gripAt(x, edges);
      event.currentTarget.style.cursor = over === 'both' ? 'grab' : over === null ? 'pointer' : 'ew-resize';
    },
    onPointerUp: () => {
      if (held.current === null) return;
      held.current = null;
      onMove((now) => now, 'resting');
    },
  };
}

function place(event: ReactPointerEvent<SVGSVGElement>): number {
  return event.clientX - event.currentTarget.getBoundingClientRect().left;
}

export function gripAt(x: number, { left, right }: { readonly left: number; readonly right: number }): Grip | null {
  const [toLeft, toRight] = [Math.abs(x - left), Math.abs(x - right)];
  if (toLeft <= REACH_PX && toLeft <= toRight) return 'from';
  if (toRight <= REACH_PX) return 'to';
  return x > left && x < right ? 'both' : null;
}

export function dragged({ what, window: { from, to } }: Pick<Held, 'what' | 'window'>, by: number): TimeWindow {
  if (what === 'both') return { from: from + by, to: to + by };
  if (what === 'from') return { from: Math.min(from + by, to - NARROWEST_MS), to };
  return { from, to: Math.max(to + by, from + NARROWEST_MS) };
}
