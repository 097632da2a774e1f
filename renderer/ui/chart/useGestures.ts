/**
 * The hand on the plot: wheel zooms at the pointer (with Shift, or sideways, it pans), a drag selects a range, a click
 * selects what is there. Wheel turns are gathered and applied once a frame.
 */
import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent, type RefCallback } from 'react';
import type { ChartActions } from './chartModel.ts';
import type { PlotGeometry } from './geometry.ts';
import { markAt, type LaidOutMark } from './markLayout.ts';
import { pointAt, type LaidOutPoint } from './statedLayout.ts';
import { panBy, wheelFactor, zoomAt } from './timeWindow.ts';

/** The hand rests when it has done nothing for so long. */
const REST_MS = 160;
const CLICK_PX = 4;

export interface Gestures {
  /** For the element that takes the hand. */
  readonly attach: RefCallback<SVGRectElement>;
  /** The range being dragged, in pixels. */
  readonly dragged: { readonly left: number; readonly right: number } | null;
  readonly hovered: LaidOutMark | null;
  /** It stands before the marks. */
  readonly hoveredStated: LaidOutPoint | null;
  readonly handlers: {
    readonly onPointerDown: (event: ReactPointerEvent<SVGRectElement>) => void;
    readonly onPointerMove: (event: ReactPointerEvent<SVGRectElement>) => void;
    readonly onPointerUp: (event: ReactPointerEvent<SVGRectElement>) => void;
    readonly onPointerLeave: () => void;
  };
}

export function useGestures(
  plot: PlotGeometry,
  marks: readonly LaidOutMark[],
  stated: readonly LaidOutPoint[],
  actions: ChartActions,
): Gestures {
  const [surface, attach] = useState<SVGRectElement | null>(null);
  const pressed = useRef<number | null>(null);
  const [dragged, setDragged] = useState<{ left: number; right: number } | null>(null);
  // The place, not the mark: under a still pointer a zoom brings other marks.
  const [pointer, setPointer] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const hoveredStated = pointer === null ? null : pointAt(stated, pointer.x, pointer.y);
  const hovered = pointer === null || hoveredStated !== null ? null : markAt(marks, pointer.x, pointer.y);
  const { onMove } = actions;

  useEffect(() => (surface === null ? undefined : listenToWheel(surface, onMove)), [surface, onMove]);

  const place = (event: ReactPointerEvent<SVGRectElement>): { x: number; y: number } => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - bounds.left + plot.left, y: event.clientY - bounds.top + plot.top };
  };

  const handlers: Gestures['handlers'] = {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      pressed.current = place(event).x;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event) => {
      const { x, y } = place(event);
      const from = pressed.current;
      if (from !== null && Math.abs(x - from) > CLICK_PX) {
        const edge = Math.min(Math.max(x, plot.left), plot.right);
        setPointer(null);
        setDragged({ left: Math.min(from, edge), right: Math.max(from, edge) });
        actions.onHover(null);
        return;
      }
      setPointer({ x, y });
      if (pointAt(stated, x, y) !== null) {
        actions.onHover(null);
        return;
      }
      const mark = markAt(marks, x, y);
      actions.onHover(mark?.marks.length === 1 ? (mark.marks[0]?.at ?? plot.at(x)) : plot.at(x));
    },
    onPointerUp: (event) => {
      const from = pressed.current;
      pressed.current = null;
      if (from === null) return;
      const { x, y } = place(event);
      if (dragged !== null) {
        const range = { from: plot.at(dragged.left), to: plot.at(dragged.right) };
        setDragged(null);
        onMove(() => range, 'resting');
        return;
      }
      const said = pointAt(stated, x, y);
      if (said !== null && actions.onStated !== undefined) actions.onStated(said.point);
      else select(markAt(marks, x, y), plot.at(x), actions);
    },
    onPointerLeave: () => {
      setPointer(null);
      if (pressed.current === null) actions.onHover(null);
    },
  };
  return { attach, dragged, hovered, hoveredStated, handlers };
}

function select(mark: LaidOutMark | null, at: number, actions: ChartActions): void {
  const first = mark?.marks[0];
  const last = mark?.marks.at(-1);
  if (first === undefined || last === undefined) actions.onSelect(at, null);
  else if (first === last) actions.onSelect(first.at, first.record);
  else {
    const room = Math.max((last.at - first.at) * 0.15, 1000);
    actions.onMove(() => ({ from: first.at - room, to: last.at + room }), 'resting');
  }
}

function listenToWheel(element: SVGRectElement, onMove: ChartActions['onMove']): () => void {
  let factor = 1;
  let pan = 0;
  let share = 0.5;
  let frame = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const apply = (): void => {
    frame = 0;
    const [zoom, shift] = [factor, pan];
    [factor, pan] = [1, 0];
    onMove((window, bounds) => {
      const at = window.from + share * (window.to - window.from);
      return panBy(zoomAt(window, at, zoom, bounds), shift, bounds);
    }, 'moving');
    clearTimeout(rest);
    rest = setTimeout(() => {
      onMove((window) => window, 'resting');
    }, REST_MS);
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const bounds = element.getBoundingClientRect();
    const scale = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 32 : 1;
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    const zooms = !event.shiftKey && Math.abs(event.deltaY) >= Math.abs(event.deltaX);
    share = (event.clientX - bounds.left) / bounds.width;
    if (zooms) factor *= wheelFactor(event.deltaY * scale);
    else pan += (sideways * scale) / bounds.width;
    if (frame === 0) frame = requestAnimationFrame(apply);
  };
  element.addEventListener('wheel', onWheel, { passive: false });
  return () => {
    element.removeEventListener('wheel', onWheel);
    cancelAnimationFrame(frame);
    clearTimeout(rest);
  };
}
