/** The plot in pixels: where it lies, and how instants and balances map to it. From recharts' own scales. */
import { usePlotArea, useXAxisInverseScale, useXAxisScale, useYAxisScale } from 'recharts';
import type { ChartSpan } from '../../../shared/contract/engine.ts';
import type { Instant } from '../../../shared/domain/time.ts';

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

/** Null until recharts has laid its axes out. */
export function usePlotGeometry(): PlotGeometry | null {
  const area = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  const inverse = useXAxisInverseScale();
  if (area === undefined || xScale === undefined || yScale === undefined || inverse === undefined) return null;
  const { x: left, y: top, width, height } = area;
  return {
    left,
    top,
    right: left + width,
    bottom: top + height,
    width,
    height,
    x: (at) => xScale(at) ?? left,
    y: (balance) => yScale(balance) ?? top,
    at: (x) => Number(inverse(x)),
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
