/** Marks and clusters where `layOutMarks` put them; an expiry is a heavy drop along the line. */
import { memo, type ReactNode } from 'react';
import type { MarkKind } from '../../../shared/contract/engine.ts';
import { GlyphShape } from './MarkGlyph.tsx';
import { clusterHalfWidth, type LaidOutMark } from './markLayout.ts';
import { inTenths } from './tenths.ts';

const CREDITS: ReadonlySet<MarkKind> = new Set<MarkKind>(['purchase', 'auto_recharge', 'grant']);

export const MarkLayer = memo(function MarkLayer(props: {
  readonly marks: readonly LaidOutMark[];
  readonly selected: number | null;
  readonly rem: number;
}): ReactNode {
  const { marks, selected, rem } = props;
  return marks.map((mark) => {
    const first = mark.marks[0];
    if (first === undefined) return null;
    const key = `${mark.kind}${first.record}`;
    const chosen = selected !== null && mark.marks.some(({ record }) => record === selected);
    if (mark.kind === 'expiry' && mark.from !== null) {
      const end = mark.y - 2;
      return (
        <g key={key} data-chart-mark="expiry">
          {mark.from < end && <path className="expiry-drop" d={`M${mark.x} ${mark.from}V${end}`} />}
          <g transform={`translate(${inTenths(mark.x)} ${inTenths(mark.y)})`}>
            {chosen && <circle className="mark-chosen" r="9" />}
            <GlyphShape kind="expiry" />
          </g>
        </g>
      );
    }
    if (mark.marks.length === 1) {
      return (
        <g key={key} data-chart-mark={mark.kind} transform={`translate(${inTenths(mark.x)} ${inTenths(mark.y)})`}>
          {chosen && <circle className="mark-chosen" r="9" />}
          <GlyphShape kind={mark.kind} />
        </g>
      );
    }
    const half = clusterHalfWidth(mark.marks.length, rem);
    return (
      <g
        key={key}
        data-chart-mark={mark.kind}
        data-count={mark.marks.length}
        transform={`translate(${inTenths(mark.x)} ${inTenths(mark.y)})`}
      >
        <rect
          className={`cluster${CREDITS.has(mark.kind) ? ' cluster-credit' : ''}${chosen ? ' cluster-chosen' : ''}`}
          x={-half}
          y="-8"
          width={half * 2}
          height="16"
          rx="3"
        />
        <g transform={`translate(${-half + 9} 0) scale(0.8)`}>
          <GlyphShape kind={mark.kind} />
        </g>
        <text className="cluster-count" x={half - 5} y="4" textAnchor="end">
          {mark.marks.length}
        </text>
      </g>
    );
  });
});
