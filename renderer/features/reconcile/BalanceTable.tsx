/** Balances that others state, each beside the replayed balance of its instant. */
import { useMemo, type ReactNode } from 'react';
import type { BalancePoint } from '../../../shared/contract/reconcile.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { isZero, widestFraction } from '../../ui/amountText.ts';
import { instantText, isoText, middleCut, timeText, weekdayText } from '../../ui/format.ts';
import type { Column } from '../../ui/tableText.ts';
import { Agreement, StatedTable, type Selecting } from './StatedTable.tsx';

export function BalanceTable(
  props: {
    readonly points: readonly BalancePoint[];
    readonly zone: Zone;
    readonly digits: number;
    readonly currency: string;
  } & Selecting,
): ReactNode {
  const { points, zone, digits, currency, ...rest } = props;
  const columns = useMemo(() => columnsOf(points, zone, digits, currency), [points, zone, digits, currency]);
  return <StatedTable label="Stated balances" columns={columns} rows={points} {...rest} />;
}

function columnsOf(
  points: readonly BalancePoint[],
  zone: Zone,
  least: number,
  currency: string,
): readonly Column<BalancePoint>[] {
  const digits = widestFraction(
    points.flatMap(({ simulated, stated, difference }) => [simulated, stated, difference]),
    least,
  );
  const wide = `minmax(${5.5 + digits * 0.45}rem, 0.5fr)`;
  const amount = (key: 'simulated' | 'stated', header: string): Column<BalancePoint> => ({
    key,
    header,
    width: wide,
    align: 'right',
    cell: (point) => <Amount value={point[key]} digits={digits} exact />,
    text: (point) => point[key],
  });
  return [
    {
      key: 'state',
      header: 'State',
      width: '7rem',
      cell: ({ agrees }) => <Agreement agrees={agrees} known />,
      text: ({ agrees }) => (agrees ? 'agrees' : 'differs'),
    },
    {
      key: 'at',
      header: `Instant (${zone.name})`,
      width: 'minmax(12rem, 0.8fr)',
      cell: ({ at, day }) => (
        <time dateTime={isoText(at)} title={day ? 'Any balance of the day agrees' : instantText(at, zone)}>
          <strong className="agreement-label">{weekdayText(at, zone, true)}</strong>{' '}
          {day ? <span className="agreement-none">any time</span> : timeText(at, zone)}
        </time>
      ),
      text: ({ at }) => isoText(at),
    },
    amount('simulated', `Simulated ${currency}`),
    amount('stated', `Stated ${currency}`),
    {
      key: 'difference',
      header: 'Difference',
      width: wide,
      align: 'right',
      cell: ({ difference }) =>
        isZero(difference) ? (
          <span className="agreement-none">=</span>
        ) : (
          <Amount value={difference} digits={digits} movement exact strong />
        ),
      text: ({ difference }) => difference,
    },
    {
      key: 'source',
      header: 'Stated by',
      width: 'minmax(8rem, 1fr)',
      cell: ({ source, line }) => (
        <span title={source}>{line === null ? middleCut(source, 34) : `${middleCut(source, 34)}:${line}`}</span>
      ),
      text: ({ source, line }) => (line === null ? source : `${source}:${line}`),
    },
  ];
}
