/** The plot in pixels: where it lies, and how instants and balances map to it. Pure. */
import type { ChartSpan } from '../../../shared/contract/engine.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { TimeWindow } from './timeWindow.ts';

export interface PlotGeometry {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
  x(at: Instant): number;
  y(balance: number): number;
  at(x: number): Instant;
}

/** A plot at the picture's top left, over a stretch of time and a range of balances. */
export function plotGeometry(
  width: number,
  height: number,
  window: TimeWindow,
  domain: { readonly low: number; readonly high: number },
): PlotGeometry {
  const perMs = width / (window.to - window.from);
  const perUnit = height / (domain.high - domain.low);
  return {
    ...{ left: 0, top: 0, right: width, bottom: height, width, height },
    x: (at) => (at - window.from) * perMs,
    y: (balance) => (domain.high - balance) * perUnit,
    at: (x) => window.from + x / perMs,
  };
}

/** The nearest float of an amount, for its place on the screen and nothing else. */
export function pixelValue(amount: string): number {
  return Number(amount);
}

/** A span is drawn at least this wide, so that a minute without access still shows in a year. */
const NARROWEST = 2;

export function spanEdges(
  span: ChartSpan,
  plot: PlotGeometry,
  end: Instant,
): { readonly left: number; readonly right: number } {
  const left = plot.x(span.from);
  const right = Math.max(plot.x(span.to ?? end), left + NARROWEST);
  return { left: Math.max(left, plot.left - 1), right: Math.min(right, plot.right + 1) };
}
