/** Balances that others state: a hollow diamond on the line agrees; a filled one, tied to the line by dots, differs. */
import type { ReactNode } from 'react';
import { DIAMOND_PX, type LaidOutPoint } from './statedLayout.ts';

const DIAMOND = `M0 ${-DIAMOND_PX} L${DIAMOND_PX} 0 L0 ${DIAMOND_PX} L${-DIAMOND_PX} 0 Z`;

export function StatedLayer(props: {
  readonly points: readonly LaidOutPoint[];
  readonly selected: number | null;
}): ReactNode {
  const { points, selected } = props;
  return points.map(({ point, x, y, lineY, bar }) => (
    <g key={point.index} data-stated={point.agrees ? 'agrees' : 'differs'}>
      {bar !== null && (
        <path
          className="stated-day"
          d={`M${bar.left} ${y}H${bar.right}M${bar.left} ${y - 3}V${y + 3}M${bar.right} ${y - 3}V${y + 3}`}
        />
      )}
      {!point.agrees && <path className="stated-tie" d={`M${x} ${lineY}V${y}`} />}
      <g transform={`translate(${x} ${y})`}>
        {selected === point.index && <circle className="mark-chosen" r="9" />}
        <path className={point.agrees ? 'glyph-hollow tone-evidence' : 'glyph-solid tone-evidence'} d={DIAMOND} />
      </g>
    </g>
  ));
}
