/**
 * The balance itself: line, fill to zero, and the hatch below zero. The path is made once for an answer of the worker
 * and then only moved and stretched, so that a zooming hand costs no new geometry.
 */
import { memo, useId, useMemo, type ReactNode } from 'react';
import type { PlotGeometry } from './geometry.ts';
import { bandPath, stepPath, type FetchedSeries } from './seriesPath.ts';

interface SeriesLayerProps {
  readonly series: FetchedSeries;
  /** With the band of what the balance may be. */
  readonly band: boolean;
  readonly plot: PlotGeometry;
  /** Part of the plot in which this series is drawn, in pixels. */
  readonly left: number;
  readonly right: number;
  /** Without the tint down to zero, where another run is compared with it. */
  readonly bare?: boolean;
}

export const SeriesLayer = memo(function SeriesLayer(props: SeriesLayerProps): ReactNode {
  const { series, band, plot, left, right, bare = false } = props;
  const id = useId();
  const yTop = plot.y(1);
  const yZero = plot.y(0);
  const perUnit = yZero - yTop;
  const path = useMemo(() => {
    const { from, to } = series.window;
    const perMs = series.columns / (to - from);
    const x = (at: number): number => (at - from) * perMs;
    const y = (balance: number): number => yZero - balance * perUnit;
    return { ...stepPath(series, x, y), band: band ? bandPath(series, x, y) : '' };
  }, [series, band, yZero, perUnit]);
  if (path.line === '' || right <= left) return null;

  const start = plot.x(series.window.from);
  const stretch = (plot.x(series.window.to) - start) / series.columns;
  const transform = `translate(${start} 0) scale(${stretch} 1)`;
  const area = `${path.line}V${yZero}H${path.left}Z`;
  const horizon = Math.min(Math.max(yZero, plot.top), plot.bottom);
  const aboveId = `${id}above`;
  return (
    <g className="series">
      <defs>
        <clipPath id={aboveId}>
          <rect x={left} y={plot.top} width={right - left} height={Math.max(0, horizon - plot.top)} />
        </clipPath>
      </defs>
      <g clipPath={`url(#${aboveId})`}>
        {path.band !== '' && <path className="band-fill" d={path.band} transform={transform} />}
        {!bare && <path className="balance-fill" d={area} transform={transform} />}
        <path className="balance-line" d={path.line} transform={transform} vectorEffect="non-scaling-stroke" />
      </g>
      {(path.bottom > yZero || path.band !== '') && (
        <Debt
          band={path.band}
          id={id}
          line={path.line}
          area={area}
          transform={transform}
          box={{ x: left, y: horizon, width: right - left, height: Math.max(0, plot.bottom - horizon) }}
        />
      )}
    </g>
  );
});

/** What lies below zero: tinted and hatched down to the line, which is heavier there. */
function Debt(props: {
  readonly id: string;
  readonly band: string;
  readonly line: string;
  readonly area: string;
  readonly transform: string;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}): ReactNode {
  const { id, band, line, area, transform, box } = props;
  const belowId = `${id}below`;
  const areaId = `${id}area`;
  return (
    <g clipPath={`url(#${belowId})`}>
      <defs>
        <clipPath id={belowId}>
          <rect {...box} />
        </clipPath>
        <clipPath id={areaId}>
          <path d={area} transform={transform} />
        </clipPath>
      </defs>
      {band !== '' && <path className="band-debt" d={band} transform={transform} />}
      <g clipPath={`url(#${areaId})`}>
        <rect className="debt-fill" {...box} />
        <rect fill="url(#hatch-debt)" {...box} />
      </g>
      <path className="debt-line" d={line} transform={transform} vectorEffect="non-scaling-stroke" />
    </g>
  );
}

/** The two hatches: debt rises to the right, closed access falls. One definition for the chart and its export. */
export function Hatches(): ReactNode {
  return (
    <defs>
      <pattern id="hatch-debt" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path className="hatch-debt" d="M0 0 V6" />
      </pattern>
      <pattern id="hatch-closed" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <path className="hatch-closed" d="M0 0 V8" />
      </pattern>
    </defs>
  );
}
