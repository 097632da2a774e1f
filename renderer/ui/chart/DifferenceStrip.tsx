/** The difference of two runs in a strip of its own on the chart's time axis: dots above zero, upright lines below. */
import { useMemo, type ReactNode } from 'react';
import type { Instant } from '../../../shared/domain/time.ts';
import { amountText } from '../amountText.ts';
import { useSize, type Size } from '../useSize.ts';
import { VALUE_AXIS_PX } from './BalanceChart.tsx';
import './compare.css';
import { differencePath, type DifferenceColumns } from './differencePath.ts';
import { textWidth } from './labels.ts';
import { niceStep, valueLabel } from './ticks.ts';
import type { TimeWindow } from './timeWindow.ts';

export interface DifferenceShown extends DifferenceColumns {
  readonly lowest: { readonly at: Instant; readonly value: string } | null;
  readonly highest: { readonly at: Instant; readonly value: string } | null;
}

interface StripProps {
  readonly difference: DifferenceShown;
  /** The time that the columns cover. */
  readonly covered: TimeWindow;
  readonly window: TimeWindow;
  readonly digits: number;
  readonly hoverAt: Instant | null;
  readonly label: string;
}

export function DifferenceStrip(props: StripProps): ReactNode {
  const { size, ref } = useSize();
  return (
    <div ref={ref} className="difference-strip" role="img" aria-label={props.label}>
      {size !== null && size.width > 80 && size.height > 24 && <Strip {...props} size={size} />}
    </div>
  );
}

/** Room for the words of the extremes. */
const ROOM = 14;

function Strip({
  difference,
  covered,
  window,
  digits,
  hoverAt,
  size,
}: StripProps & { readonly size: Size }): ReactNode {
  const { width, height, rem } = size;
  const plotWidth = Math.max(1, width - VALUE_AXIS_PX * rem);
  const span = Math.max(1, window.to - window.from);
  const { low, high } = useMemo(() => extentOf(difference), [difference]);
  const room = ROOM * rem;
  const scale = high === low ? 0 : (height - 2 * room) / (high - low);
  const x = (at: Instant): number => ((at - window.from) / span) * plotWidth;
  const y = (value: number): number => (high === low ? height / 2 : room + (high - value) * scale);
  const zero = Math.round(y(0)) + 0.5;
  const { above, below } = differencePath(difference, covered, x, y);
  const step = niceStep(high - low, Math.max(2, Math.floor((height - 2 * room) / (24 * rem))));
  const ticks = high === low ? [] : ticksOf(low, high, step);
  return (
    <svg width={width} height={height} aria-hidden="true">
      <defs>
        <clipPath id="strip-plot">
          <rect x="0" y="0" width={plotWidth} height={height} />
        </clipPath>
      </defs>
      <g clipPath="url(#strip-plot)">
        {above !== '' && <path className="difference-edge" fill="url(#dots-higher)" d={above} />}
        {below !== '' && <path className="difference-edge" fill="url(#lines-lower)" d={below} />}
        <path className="zero-line" d={`M0 ${zero}H${plotWidth}`} />
        {hoverAt !== null && <path className="crosshair-line" d={`M${x(hoverAt)} 0V${height}`} />}
      </g>
      <Extreme of={difference.highest} digits={digits} x={x} y={y(high) - 4 * rem} plotWidth={plotWidth} rem={rem} up />
      <Extreme of={difference.lowest} digits={digits} x={x} y={y(low) + 11 * rem} plotWidth={plotWidth} rem={rem} />
      {ticks.map((value) => (
        <text
          key={value}
          className={value === 0 ? 'axis-text axis-zero' : 'axis-text'}
          x={width - 2}
          y={y(value) + 4 * rem}
          textAnchor="end"
        >
          {value > 0 ? `+${valueLabel(value, step)}` : valueLabel(value, step)}
        </text>
      ))}
    </svg>
  );
}

/** The largest difference on its side, in words; none where the runs never differ that way. */
function Extreme(props: {
  readonly of: DifferenceShown['highest'];
  readonly digits: number;
  readonly x: (at: Instant) => number;
  readonly y: number;
  readonly plotWidth: number;
  readonly rem: number;
  readonly up?: boolean;
}): ReactNode {
  const { of, digits, x, y, plotWidth, rem, up = false } = props;
  if (of === null || of.value.startsWith('-') === up || /^-?0*(\.0*)?$/.test(of.value)) return null;
  const text = amountText(of.value, { digits, sign: 'movement' });
  const half = (textWidth(text, 11 * rem) * 1.05) / 2;
  const at = x(of.at);
  if (at < 0 || at > plotWidth) return null;
  return (
    <text className="chart-label tone-ink" x={Math.min(Math.max(at, half), plotWidth - half)} y={y} textAnchor="middle">
      {text}
    </text>
  );
}

function extentOf({ low, high }: DifferenceColumns): { low: number; high: number } {
  let [least, most] = [0, 0];
  for (let place = 0; place < low.length; place += 1) {
    least = Math.min(least, low[place] ?? 0);
    most = Math.max(most, high[place] ?? 0);
  }
  return { low: least, high: most };
}

function ticksOf(low: number, high: number, step: number): number[] {
  const ticks: number[] = [];
  for (let count = Math.ceil(low / step - 1e-9); count * step <= high + step * 1e-9; count += 1)
    ticks.push(count === 0 ? 0 : count * step);
  return ticks;
}
