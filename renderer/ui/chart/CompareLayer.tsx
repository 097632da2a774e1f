/**
 * A run beside the one it is compared with: dots between them where it is higher, upright lines where it is lower, the
 * baseline dashed, and further runs as thin lines with their letters.
 */
import { memo, useMemo, type ReactNode } from 'react';
import type { Instant } from '../../../shared/domain/time.ts';
import './compare.css';
import type { ChartActions, ChartCompare, OverlaidRun } from './chartModel.ts';
import { columnHeights, comparedPaths } from './comparePath.ts';
import type { PlotGeometry } from './geometry.ts';
import { SpanLayer } from './SpanLayer.tsx';
import { lastAtOrBefore, stepPath, type FetchedSeries } from './seriesPath.ts';

/** Everything of the other runs, back to front; the line of the run itself comes over it. */
export const ComparedRuns = memo(function ComparedRuns(props: {
  readonly series: FetchedSeries | null;
  readonly compare: ChartCompare;
  /** Of the baseline; none where they are hidden. */
  readonly spans: ChartCompare['baselineSpans'];
  readonly plot: PlotGeometry;
  readonly end: Instant;
}): ReactNode {
  const { series, compare, spans, plot, end } = props;
  return (
    <>
      <ComparePatterns />
      <PlotClip plot={plot} />
      <SpanLayer baseline spans={spans} plot={plot} end={end} />
      {compare.letter !== '' && (
        <>
          <ComparedFill series={series} baseline={compare.baseline} plot={plot} />
          <RunLine series={compare.baseline} plot={plot} look="baseline-line" />
        </>
      )}
      <OverlayLines overlays={compare.overlays} plot={plot} />
    </>
  );
});

/** One definition for the chart and the strip of the difference. */
function ComparePatterns(): ReactNode {
  return (
    <defs>
      <pattern id="dots-higher" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect className="higher-tint" width="6" height="6" />
        <circle className="dot-higher" cx="1.5" cy="1.5" r="0.95" />
        <circle className="dot-higher" cx="4.5" cy="4.5" r="0.95" />
      </pattern>
      <pattern id="lines-lower" width="4" height="4" patternUnits="userSpaceOnUse">
        <path className="line-lower" d="M1.5 0V4" />
      </pattern>
    </defs>
  );
}

function ComparedFill(props: {
  readonly series: FetchedSeries | null;
  readonly baseline: FetchedSeries;
  readonly plot: PlotGeometry;
}): ReactNode {
  const { series, baseline, plot } = props;
  // the baseline stands still while a control is moved
  const below = useMemo(() => columnHeights(baseline, plot), [baseline, plot]);
  const { higher, lower } = useMemo(
    () => (series === null ? { higher: '', lower: '' } : comparedPaths(columnHeights(series, plot), below, plot.left)),
    [series, below, plot],
  );
  return (
    <g className="compared" clipPath="url(#compared-plot)">
      {higher !== '' && <path fill="url(#dots-higher)" d={higher} />}
      {lower !== '' && <path fill="url(#lines-lower)" d={lower} />}
    </g>
  );
}

/** What lies beyond the axis while a hand moves a control is not drawn over its words. */
function PlotClip({ plot }: { readonly plot: PlotGeometry }): ReactNode {
  return (
    <defs>
      <clipPath id="compared-plot">
        <rect x={plot.left} y={plot.top} width={plot.width} height={plot.height} />
      </clipPath>
    </defs>
  );
}

function OverlayLines(props: { readonly overlays: readonly OverlaidRun[]; readonly plot: PlotGeometry }): ReactNode {
  const { overlays, plot } = props;
  return overlays.map(({ letter, series, pointed = false }) => (
    <RunLine key={letter} series={series} plot={plot} look={pointed ? 'overlay-line pointed' : 'overlay-line'} />
  ));
}

/** The letters of further runs, over the surface that takes the hand: each can be pointed at and chosen. */
export function RunLetters(props: {
  readonly overlays: readonly OverlaidRun[];
  readonly plot: PlotGeometry;
  readonly rem: number;
  readonly actions: Pick<ChartActions, 'onRun' | 'onRunPointed'>;
}): ReactNode {
  const { overlays, plot, rem, actions } = props;
  return overlays.map((run, place) => (
    <g
      key={run.letter}
      className={run.pointed === true ? 'overlay-run pointed' : 'overlay-run'}
      onPointerEnter={() => actions.onRunPointed?.(run.letter)}
      onPointerLeave={() => actions.onRunPointed?.(null)}
      onClick={() => actions.onRun?.(run.letter)}
    >
      <OverlayLetter letter={run.letter} series={run.series} plot={plot} rem={rem} place={place} />
    </g>
  ));
}

const RunLine = memo(function RunLine(props: {
  readonly series: FetchedSeries;
  readonly plot: PlotGeometry;
  readonly look: 'baseline-line' | 'overlay-line' | 'overlay-line pointed';
}): ReactNode {
  const { series, plot, look } = props;
  const yZero = plot.y(0);
  const perUnit = yZero - plot.y(1);
  const line = useMemo(() => {
    const { from, to } = series.window;
    const perMs = series.columns / (to - from);
    return stepPath(
      series,
      (at) => (at - from) * perMs,
      (balance) => yZero - balance * perUnit,
    ).line;
  }, [series, yZero, perUnit]);
  const start = plot.x(series.window.from);
  const stretch = (plot.x(series.window.to) - start) / series.columns;
  return (
    <g clipPath="url(#compared-plot)">
      <path
        className={look}
        d={line}
        transform={`translate(${start} 0) scale(${stretch} 1)`}
        vectorEffect="non-scaling-stroke"
      />
    </g>
  );
});

/** The letter at the last balance that is in sight; several step aside to the left. */
function OverlayLetter(props: {
  readonly letter: string;
  readonly series: FetchedSeries;
  readonly plot: PlotGeometry;
  readonly rem: number;
  readonly place: number;
}): ReactNode {
  const { letter, series, plot, rem, place } = props;
  const { at, balance } = series.points;
  const right = Math.min(plot.right, plot.x(series.end)) - (14 + place * 16) * rem;
  const found = lastAtOrBefore(at, plot.at(right));
  const value = balance[found];
  if (value === undefined || right < plot.left) return null;
  const y = Math.min(Math.max(plot.y(value), plot.top + 8), plot.bottom - 8);
  return (
    <g transform={`translate(${right} ${y})`}>
      <rect className="overlay-tag" x={-7 * rem} y={-7 * rem} width={14 * rem} height={14 * rem} rx="3" />
      <text className="overlay-letter" y={4 * rem} textAnchor="middle">
        {letter}
      </text>
    </g>
  );
}
