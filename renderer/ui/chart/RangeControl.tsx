/** How much time is shown: usual spans, all of it, and the name of the range that is there now with its grain. */
import { memo, type ReactNode } from 'react';
import { DAY_MS, HOUR_MS, type Instant, type Zone } from '../../../shared/domain/time.ts';
import { rangeText } from '../format.ts';
import { Segmented } from '../Segmented.tsx';
import type { ChartActions } from './chartModel.ts';
import { grainOf, withSpan, type TimeWindow } from './timeWindow.ts';

const SPANS = [
  { name: '1 H', title: 'One hour', ms: HOUR_MS },
  { name: '1 D', title: 'One day', ms: DAY_MS },
  { name: '1 W', title: 'One week', ms: 7 * DAY_MS },
  { name: '1 M', title: 'One month', ms: 30 * DAY_MS },
  { name: '3 M', title: 'Three months', ms: 91 * DAY_MS },
  { name: '1 Y', title: 'One year', ms: 365 * DAY_MS },
] as const;

export const RangeControl = memo(function RangeControl(props: {
  readonly window: TimeWindow;
  readonly bounds: TimeWindow;
  readonly start: Instant;
  readonly end: Instant;
  readonly zone: Zone;
  readonly onMove: ChartActions['onMove'];
}): ReactNode {
  const { window, bounds, start, end, zone, onMove } = props;
  const span = window.to - window.from;
  // beyond the last event there is nothing to name
  const until = window.from < end ? Math.min(window.to, end) : window.to;
  const whole = window.from === bounds.from && window.to === bounds.to;
  const offered = SPANS.filter(({ ms }) => ms < bounds.to - bounds.from);
  const current = whole ? 'All' : (offered.find(({ ms }) => Math.abs(ms - span) < 1)?.name ?? null);
  return (
    <div className="range-control">
      <span className="range-name">
        {rangeText(Math.max(window.from, start), until, zone)}
        <span className="range-grain">{`by ${grainOf(span)}`}</span>
      </span>
      <Segmented
        label="Range"
        value={current}
        options={[
          ...offered.slice(-5).map(({ name, title }) => ({ value: name, label: name, title })),
          { value: 'All', label: 'All', title: 'Whole history' },
        ]}
        onChange={(name) => {
          const chosen = SPANS.find((option) => option.name === name);
          onMove((now, all) => (chosen === undefined ? all : withSpan(now, chosen.ms, all, end)), 'resting');
        }}
      />
    </div>
  );
});
