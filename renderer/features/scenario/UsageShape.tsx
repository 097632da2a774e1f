/** A generator's rows as bars over its time, with what they come to. */
import type { ReactNode } from 'react';
import type { GeneratedUsagePreview } from '../../../shared/contract/scenario.ts';
import { DAY_MS, type Zone } from '../../../shared/domain/time.ts';
import { amountText, countText } from '../../ui/amountText.ts';
import { rangeText } from '../../ui/format.ts';

const HEIGHT = 40;
/** Between the days of a week. */
const DAYS = [24, 48, 72, 96, 120, 144].map((hour) => `M${hour} 0V${HEIGHT}`).join('');

export function UsageShape(props: {
  readonly usage: GeneratedUsagePreview;
  readonly zone: Zone;
  readonly digits: number;
}): ReactNode {
  const { usage, zone, digits } = props;
  const { counts, weekHours, rows, cost, currency, from, to, shape, seed } = usage;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const range = rangeText(from, to, zone);
  return (
    <>
      <svg
        className="usage-shape"
        viewBox={`0 0 ${counts.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${countText(rows)} rows over ${range}, at most ${countText(most)} in one of ${counts.length} columns`}
      >
        <path d={barsPath(counts, most)} />
      </svg>
      <p className="usage-ends">
        <span>{range}</span>
        <span>{`at most ${countText(most)}`}</span>
      </p>
      {to - from >= 14 * DAY_MS && (
        <>
          <svg
            className="usage-shape usage-week"
            viewBox={`0 0 168 ${HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label="Rows by hour of the week"
          >
            <path
              d={barsPath(
                weekHours,
                weekHours.reduce((a, b) => Math.max(a, b), 0),
              )}
            />
            <path className="usage-days" d={DAYS} />
          </svg>
          <p className="usage-ends">
            <span>the same by hour of the week</span>
            <span>Mon – Sun, UTC</span>
          </p>
        </>
      )}
      <p>
        <strong>{`${countText(rows)} rows, ${amountText(cost, { digits })} ${currency}`}</strong>
      </p>
      <p className="second">{`${shape}, seed ${seed}`}</p>
    </>
  );
}

/** One closed outline: hundreds of bars are one element. */
export function barsPath(counts: readonly number[], most: number): string {
  if (most === 0) return '';
  const level = (count: number): number => Math.round((HEIGHT - (count / most) * HEIGHT) * 100) / 100;
  return `M0 ${HEIGHT}${counts.map((count, column) => `V${level(count)}H${column + 1}`).join('')}V${HEIGHT}Z`;
}
