/** A plain chart of a query's answer: lines or bars, told apart by dashes and fills, never by colours that mean something. */
import { useMemo, useState, type ReactNode } from 'react';
import { Bar, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts';
import { zoneOf, type Zone } from '../../../shared/domain/time.ts';
import { axisExtent, timeTicks, valueDomain, valueLabel, valueTicks } from '../chart/ticks.ts';
import { plural } from '../format.ts';
import { useSize, type Size } from '../useSize.ts';
import '../chart/chart.css';
import './queryChart.css';
import { MOST_BARS, pointsOf, shownAtFirst, type QueryChartData, type QueryPoint } from './queryChartData.ts';

export type QueryMark = 'line' | 'bars';

const VALUE_AXIS_PX = 84;
const TIME_AXIS_PX = 24;
const ROOM = { top: 16, bottom: 8 };
/** Answers have their instants in UTC. */
const UTC: Zone | null = zoneOf('UTC');

export function QueryChart(props: { readonly data: QueryChartData; readonly mark: QueryMark }): ReactNode {
  const { data, mark } = props;
  const { size, ref } = useSize();
  const [shown, setShown] = useState<readonly number[]>(() => shownAtFirst(data.series));
  const cut = mark === 'bars' && data.labels.length > MOST_BARS;
  return (
    <div className="query-chart">
      <div className="query-legend" role="group" aria-label="Columns that are drawn">
        {data.series.map(({ name }, index) => (
          <button
            key={index}
            type="button"
            aria-pressed={shown.includes(index)}
            onClick={() => setShown(toggledIn(shown, index))}
          >
            <Sample mark={mark} order={shown.indexOf(index)} />
            {name}
          </button>
        ))}
        <span className="query-legend-note">
          {cut
            ? `The first ${MOST_BARS} of ${plural(data.labels.length, 'row')}; lines show all`
            : `${data.figure ?? ''} over ${data.along}${data.places === null ? '' : ', UTC'}`}
        </span>
      </div>
      <div ref={ref} className="query-plot" role="img" aria-label={spoken(data, shown, mark)}>
        {size !== null && size.width > 160 && size.height > 80 && (
          <Plot data={data} mark={mark} shown={shown} size={size} />
        )}
      </div>
    </div>
  );
}

function toggledIn(shown: readonly number[], index: number): readonly number[] {
  return shown.includes(index) ? shown.filter((each) => each !== index) : [...shown, index].sort((a, b) => a - b);
}

function spoken(data: QueryChartData, shown: readonly number[], mark: QueryMark): string {
  const names = shown.map((index) => data.series[index]?.name ?? '').join(', ');
  return `${mark === 'bars' ? 'Bars' : 'Lines'} of ${names === '' ? 'nothing' : names} over ${data.along}, ${plural(data.labels.length, 'row')}; the table has the figures`;
}

function Sample({ mark, order }: { readonly mark: QueryMark; readonly order: number }): ReactNode {
  return (
    <svg className="query-sample" width="18" height="10" aria-hidden="true">
      {order < 0 ? (
        <rect className="query-off" x="0.5" y="1.5" width="17" height="7" />
      ) : mark === 'bars' ? (
        <rect className={`query-bar query-${order % 3}`} x="0" y="1" width="18" height="8" />
      ) : (
        <line className={`query-line query-${order % 3}`} x1="0" x2="18" y1="5" y2="5" />
      )}
    </svg>
  );
}

interface PlotProps {
  readonly data: QueryChartData;
  readonly mark: QueryMark;
  readonly shown: readonly number[];
  readonly size: Size;
}

function Plot({ data, mark, shown, size }: PlotProps): ReactNode {
  const { width, height, rem } = size;
  const axis = VALUE_AXIS_PX * rem;
  const below = Math.round(TIME_AXIS_PX * rem);
  const plotWidth = Math.max(1, width - axis);
  const points = useMemo(() => {
    const all = pointsOf(data, mark === 'line' ? plotWidth : 0);
    return mark === 'bars' ? all.slice(0, MOST_BARS) : all;
  }, [data, mark, plotWidth]);
  const values = useMemo(() => valuesOf(points, shown, height - below, mark), [points, shown, height, below, mark]);
  const along = useMemo(() => alongOf(data, points, mark, plotWidth, rem), [data, points, mark, plotWidth, rem]);
  return (
    <ComposedChart
      width={width}
      height={height}
      data={points}
      margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
      barGap={1}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} syncWithTicks stroke="var(--hairline)" />
      <XAxis
        {...(mark === 'bars'
          ? { type: 'category' as const, dataKey: 'row' }
          : { type: 'number' as const, dataKey: 'place', domain: along.domain, allowDataOverflow: true })}
        ticks={along.ticks}
        interval={0}
        height={below}
        tickSize={4}
        axisLine={{ className: 'axis-line' }}
        tickLine={{ className: 'axis-tick' }}
        tick={({ x, y, payload }) => (
          <text
            className="axis-text"
            x={Number(x)}
            y={Number(y) + 8 * rem}
            textAnchor={edge(Number(x), plotWidth, rem)}
          >
            {along.label(Number(payload.value))}
          </text>
        )}
      />
      <YAxis
        type="number"
        orientation="right"
        domain={[values.domain.low, values.domain.high]}
        allowDataOverflow
        ticks={values.values}
        interval={0}
        width={axis}
        axisLine={false}
        tickLine={false}
        tick={({ y, payload }) => (
          <text
            className={Number(payload.value) === 0 ? 'axis-text axis-zero' : 'axis-text'}
            x={width - 24 * rem}
            y={Number(y) + 4 * rem}
            textAnchor="end"
          >
            {valueLabel(Number(payload.value), values.step)}
          </text>
        )}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={mark === 'bars' ? { className: 'query-cursor-band' } : { className: 'query-cursor' }}
        content={({ active, payload }) => {
          const point: unknown = payload[0]?.payload;
          return active && isPoint(point) ? <Card data={data} shown={shown} row={point.row} /> : null;
        }}
      />
      {shown.map((index, order) =>
        mark === 'bars' ? (
          <Bar
            key={index}
            dataKey={`y${index}`}
            className={`query-bar query-${order % 3}`}
            isAnimationActive={false}
            maxBarSize={48}
          />
        ) : (
          <Line
            key={index}
            dataKey={`y${index}`}
            type="linear"
            className={`query-line query-${order % 3}`}
            dot={points.length < 40}
            activeDot={false}
            isAnimationActive={false}
          />
        ),
      )}
    </ComposedChart>
  );
}

function isPoint(value: unknown): value is QueryPoint {
  return typeof value === 'object' && value !== null && 'row' in value;
}

/** Words at the plot's ends stay inside it. */
function edge(x: number, width: number, rem: number): 'start' | 'middle' | 'end' {
  return x < 30 * rem ? 'start' : x > width - 30 * rem ? 'end' : 'middle';
}

function Card(props: {
  readonly data: QueryChartData;
  readonly shown: readonly number[];
  readonly row: number;
}): ReactNode {
  const { data, shown, row } = props;
  return (
    <div className="query-card">
      <strong>{data.labels[row]}</strong>
      <dl>
        {shown.map((index) => (
          <div key={index}>
            <dt>{data.series[index]?.name}</dt>
            <dd>{data.series[index]?.texts[row] ?? ''}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function valuesOf(
  points: readonly QueryPoint[],
  shown: readonly number[],
  height: number,
  mark: QueryMark,
): {
  readonly domain: { readonly low: number; readonly high: number };
  readonly values: number[];
  readonly step: number;
} {
  let low = Infinity;
  let high = -Infinity;
  for (const point of points) {
    for (const index of shown) {
      const value = point[`y${index}`] ?? null;
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  // a bar's length means its value only where it stands on zero
  const spanned = mark === 'bars' ? { low: Math.min(0, low), high: Math.max(0, high) } : { low, high };
  const extent = axisExtent(low > high ? { low: 0, high: 1 } : spanned);
  const domain = valueDomain(extent, height, ROOM);
  return { domain, ...valueTicks(extent, domain, height) };
}

interface Along {
  readonly domain: [number, number];
  readonly ticks: readonly number[];
  readonly label: (at: number) => string;
}

/** Words along the axis, as many as fit. */
function alongOf(
  data: QueryChartData,
  points: readonly QueryPoint[],
  mark: QueryMark,
  width: number,
  rem: number,
): Along {
  const [first, last] = [points[0]?.place ?? 0, points.at(-1)?.place ?? 1];
  const domain: [number, number] = first === last ? [first - 1, last + 1] : [first, last];
  if (mark === 'line' && data.places !== null && UTC !== null) {
    const ticks = timeTicks({ from: domain[0], to: domain[1] }, width, UTC, 76 * rem);
    const labels = new Map(ticks.map(({ at, label }) => [at, label]));
    return { domain, ticks: ticks.map(({ at }) => at), label: (at) => labels.get(at) ?? '' };
  }
  const count = mark === 'bars' ? points.length : data.labels.length;
  const longest = data.labels.slice(0, count).reduce((most, label) => Math.max(most, Math.min(20, label.length)), 1);
  const room = longest * 6.2 * rem + 12;
  const each = Math.max(1, Math.ceil((room * count) / width));
  const ticks = Array.from({ length: Math.ceil(count / each) }, (_, index) => index * each);
  return { domain, ticks, label: (row) => shortened(data.labels[row] ?? '') };
}

function shortened(label: string): string {
  return label.length > 20 ? `${label.slice(0, 19)}…` : label;
}
