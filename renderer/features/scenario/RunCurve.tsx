/** The balance of the last good run in one look: it moves while the text is typed. The Account place has the whole chart. */
import { useId, type ReactNode } from 'react';
import type { BalanceSeries } from '../../../shared/contract/engine.ts';
import type { Instant, Zone } from '../../../shared/domain/time.ts';
import { extentBetween, stepPath } from '../../ui/chart/seriesPath.ts';
import { rangeText } from '../../ui/format.ts';

export interface RunSeries {
  readonly from: Instant;
  readonly to: Instant;
  readonly columns: number;
  readonly points: BalanceSeries;
}

const WIDTH = 320;
const HEIGHT = 72;
/** Above and below the curve. */
const ROOM = 3;

export function RunCurve({ series, zone }: { readonly series: RunSeries; readonly zone: Zone }): ReactNode {
  const id = useId();
  const { from, to, columns, points } = series;
  const extent = extentBetween(points, from, to);
  if (extent === null || to <= from) return null;
  const top = Math.max(extent.high, 0);
  const bottom = Math.min(extent.low, 0);
  const perUnit = (HEIGHT - 2 * ROOM) / Math.max(top - bottom, 1e-9);
  const y = (balance: number): number => ROOM + (top - balance) * perUnit;
  const x = (at: Instant): number => ((at - from) / (to - from)) * WIDTH;
  const { line, left } = stepPath({ window: { from, to }, columns, points, end: to }, x, y);
  const zero = y(0);
  const area = `${line}V${zero}H${left}Z`;
  const range = rangeText(from, to, zone);
  return (
    <>
      <svg
        className="run-curve"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Balance, ${range}`}
      >
        <defs>
          <clipPath id={`${id}above`}>
            <rect x="0" y="0" width={WIDTH} height={zero} />
          </clipPath>
          <clipPath id={`${id}below`}>
            <rect x="0" y={zero} width={WIDTH} height={HEIGHT - zero} />
          </clipPath>
          <pattern id={`${id}hatch`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path className="run-hatch" d="M0 0V5" />
          </pattern>
        </defs>
        <g clipPath={`url(#${id}above)`}>
          <path className="run-fill" d={area} />
          <path className="run-line" d={line} />
        </g>
        <g clipPath={`url(#${id}below)`}>
          <path fill={`url(#${id}hatch)`} d={area} />
          <path className="run-line run-debt" d={line} />
        </g>
        <path className="run-zero" d={`M0 ${zero}H${WIDTH}`} />
      </svg>
      <p className="usage-ends">
        <span>{range}</span>
        <span>{zone.name}</span>
      </p>
    </>
  );
}
