/**
 * Times without access: a full-height hatch between two hairlines, a lock on top where there is room for one. The time
 * before an account's first credit is hatched only: nothing was cut off.
 */
import { memo, type ReactNode } from 'react';
import type { ChartSpan } from '../../../shared/contract/engine.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { spanEdges, type PlotGeometry } from './geometry.ts';

export const LOCK_PATH = 'M-4.2 -0.6 H4.2 V5.4 H-4.2 Z M-2.6 -0.6 V-2.8 A2.6 2.6 0 0 1 2.6 -2.8 V-0.6';

export const SpanLayer = memo(function SpanLayer(props: {
  readonly spans: readonly ChartSpan[];
  readonly plot: PlotGeometry;
  readonly end: Instant;
  /** Of the run that is compared with: fainter, its edges dashed, without a lock. */
  readonly baseline?: boolean;
}): ReactNode {
  const { spans, plot, end, baseline = false } = props;
  return spans.map((span) => {
    const { left, right } = spanEdges(span, plot, end);
    if (right <= plot.left || left >= plot.right) return null;
    return (
      <g key={span.from} className={baseline ? 'cutoff-span baseline' : 'cutoff-span'} data-chart-span={span.reason}>
        <rect className="closed-fill" x={left} y={plot.top} width={right - left} height={plot.height} />
        <rect fill="url(#hatch-closed)" x={left} y={plot.top} width={right - left} height={plot.height} />
        {span.record !== null && left >= plot.left && (
          <path className="span-edge" d={`M${left} ${plot.top}V${plot.bottom}`} />
        )}
        {span.record !== null && span.to !== null && right <= plot.right && (
          <path className="span-edge" d={`M${right} ${plot.top}V${plot.bottom}`} />
        )}
        {!baseline && span.record !== null && right - left >= 18 && (
          <g transform={`translate(${(left + right) / 2} ${plot.top + 14})`}>
            <circle className="lock-ground" r="9" />
            <path className="lock" d={LOCK_PATH} />
          </g>
        )}
      </g>
    );
  });
});
