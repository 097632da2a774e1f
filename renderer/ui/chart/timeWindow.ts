/**
 * Zoom arithmetic: which stretch of time is shown after a wheel turn, a drag, a key. Pure, in milliseconds; a window never
 * leaves the account's history and never gets narrower than a second.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type Instant } from '../../../shared/domain/time.ts';

export interface TimeWindow {
  readonly from: Instant;
  readonly to: Instant;
}

export const NARROWEST_MS = SECOND_MS;

/** What one look at the chart tells apart; named in the range control. */
export type Grain = 'month' | 'day' | 'hour' | 'minute' | 'event';

export function grainOf(span: number): Grain {
  if (span > 400 * DAY_MS) return 'month';
  if (span > 8 * DAY_MS) return 'day';
  if (span > 30 * HOUR_MS) return 'hour';
  if (span > 20 * MINUTE_MS) return 'minute';
  return 'event';
}

/**
 * How far a chart of a history can be moved: all of it, with room on both sides as shares of it. An account with one event
 * is a point; an hour around it has words that can be read.
 */
export function boundsAround(history: TimeWindow, before: number, after: number): TimeWindow {
  const span = history.to - history.from;
  if (span < HOUR_MS) return { from: history.from - HOUR_MS / 2, to: history.to + HOUR_MS / 2 };
  return { from: history.from - span * before, to: history.to + span * after };
}

/** The window inside its bounds, moved before it is narrowed. */
export function clampWindow(window: TimeWindow, bounds: TimeWindow): TimeWindow {
  const whole = bounds.to - bounds.from;
  const span = Math.min(Math.max(window.to - window.from, Math.min(NARROWEST_MS, whole)), whole);
  const from = Math.min(Math.max(window.from, bounds.from), bounds.to - span);
  return { from, to: from + span };
}

/** Narrower (factor below 1) or wider around an instant, which keeps its place on the screen. */
export function zoomAt(window: TimeWindow, at: Instant, factor: number, bounds: TimeWindow): TimeWindow {
  const span = window.to - window.from;
  const next = Math.max(Math.min(NARROWEST_MS, bounds.to - bounds.from), span * factor);
  const share = span === 0 ? 0.5 : (at - window.from) / span;
  const from = at - next * share;
  return clampWindow({ from, to: from + next }, bounds);
}

/** Moved by a share of its own width. */
export function panBy(window: TimeWindow, share: number, bounds: TimeWindow): TimeWindow {
  const step = (window.to - window.from) * share;
  return clampWindow({ from: window.from + step, to: window.to + step }, bounds);
}

/** Room beside the last event in a window that ends with it, as a share of its width. */
const ROOM_AFTER_END = 0.04;

/**
 * The window of a given width: around the middle of the present one, or the last of that width where the present one
 * shows the account's end. `end` is the last that happened; the bounds reach beyond it.
 */
export function withSpan(window: TimeWindow, span: number, bounds: TimeWindow, end: Instant): TimeWindow {
  const middle = (window.from + window.to) / 2;
  const latest = Math.min(end + span * ROOM_AFTER_END, bounds.to);
  const to = window.to >= end ? latest : Math.min(middle + span / 2, latest);
  return clampWindow({ from: to - span, to }, bounds);
}

/** Moved as little as possible so that an instant is well inside. */
export function revealing(window: TimeWindow, at: Instant, bounds: TimeWindow): TimeWindow {
  const span = window.to - window.from;
  const inner = span * 0.06;
  if (at >= window.from + inner && at <= window.to - inner) return window;
  const from = at < window.from + inner ? at - span * 0.25 : at - span * 0.75;
  return clampWindow({ from, to: from + span }, bounds);
}

/** How far a wheel turn zooms: a notch is a fifth, a trackpad's small steps are proportionally less. */
export function wheelFactor(deltaY: number): number {
  return Math.exp(Math.max(-240, Math.min(240, deltaY)) * 0.0018);
}

/** The window with room beside it, so that a small pan shows real points before the answer comes. */
export function overscanned(window: TimeWindow, bounds: TimeWindow): TimeWindow {
  const room = (window.to - window.from) * 0.25;
  return { from: Math.max(bounds.from, window.from - room), to: Math.min(bounds.to, window.to + room) };
}

export function covers(outer: TimeWindow, inner: TimeWindow): boolean {
  return outer.from <= inner.from && outer.to >= inner.to;
}
