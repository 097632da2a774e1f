/**
 * Everything inside the frame, back to front as the chart grammar orders it: month ends, spans, fills, threshold, zero,
 * line, expiry, marks, labels, crosshair; on top the surface that takes the hand.
 */
import { useMemo, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { chartLabels } from './chartLabelLayout.ts';
import { ComparedRuns, RunLetters } from './CompareLayer.tsx';
import type { ChartAccount, ChartActions, ChartNotes, ChartState } from './chartModel.ts';
import { pixelValue, type PlotGeometry } from './geometry.ts';
import { HoverCard } from './HoverCard.tsx';
import { MarkLayer } from './MarkLayer.tsx';
import { layOutMarks } from './markLayout.ts';
import { MonthEnds, MonthLane } from './MonthLayer.tsx';
import { Hatches, SeriesLayer } from './SeriesLayer.tsx';
import { SpanLayer } from './SpanLayer.tsx';
import { StatedLayer } from './StatedLayer.tsx';
import { layOutStated } from './statedLayout.ts';
import { StatementLane, type LaneItem } from './StatementLane.tsx';
import { covers } from './timeWindow.ts';
import { useGestures } from './useGestures.ts';

interface PlotLayersProps {
  readonly account: ChartAccount;
  readonly state: ChartState;
  readonly actions: ChartActions;
  readonly plot: PlotGeometry;
  readonly rem: number;
  readonly axisHeight: number;
  readonly laneHeight: number;
  /** Of the lane of documents and bank lines, between the axis and the months; 0: there are none. */
  readonly statementHeight: number;
  /** Where the hover card is drawn: above the picture, not in it. */
  readonly cardHost: HTMLElement | null;
}

const NO_NOTES: ChartNotes = { marks: [], spans: [], overruns: [], months: [] };

export function PlotLayers(props: PlotLayersProps): ReactNode {
  const { account, state, actions, plot, rem, cardHost } = props;
  const [item, setItem] = useState<LaneItem | null>(null);
  const { hidden, compare = null } = state;
  const notes = state.notes ?? state.history ?? NO_NOTES;
  const months = state.history?.months ?? notes.months;
  const marks = useMemo(
    () =>
      layOutMarks(
        notes.marks.filter(({ kind }) => !hidden.has(kind)),
        plot,
        rem,
      ),
    [notes, hidden, plot, rem],
  );
  const points = notes.stated?.points;
  const stated = useMemo(
    () => (points === undefined || hidden.has('stated') ? [] : layOutStated(points, plot)),
    [points, hidden, plot],
  );
  const { attach, dragged, hovered, hoveredStated, handlers } = useGestures(plot, marks, stated, actions);

  const spans = hidden.has('cutoff') ? NO_NOTES.spans : notes.spans;
  const overruns = hidden.has('overrun') ? NO_NOTES.overruns : notes.overruns;
  const spot = state.hover ?? state.selection;
  const labels = chartLabels({
    ...{ account, state, plot, rem, spans, overruns, marks, stated, hoveredStated, spot },
  });
  const zero = plot.y(0);
  const zeroVisible = zero >= plot.top && zero <= plot.bottom;
  const endX = plot.x(account.end);
  const endVisible = endX > plot.left && endX <= plot.right;
  const clusterHovered = hovered !== null && hovered.marks.length > 1 ? hovered : null;
  const markHovered = hovered?.marks.length === 1 ? (hovered.marks[0] ?? null) : null;
  return (
    <g>
      <Hatches />
      <MonthEnds months={months} plot={plot} />
      <SpanLayer spans={spans} plot={plot} end={account.end} />
      {compare !== null && (
        <ComparedRuns
          series={state.series}
          compare={compare}
          spans={hidden.has('cutoff') ? NO_NOTES.spans : compare.baselineSpans}
          plot={plot}
          end={account.end}
        />
      )}
      {!hidden.has('balance') && <Balance state={state} plot={plot} />}
      <Threshold account={account} plot={plot} />
      {zeroVisible && <path className="zero-line" d={`M${plot.left} ${Math.round(zero) + 0.5}H${plot.right}`} />}
      {endVisible && <path className="now-line" d={`M${Math.round(endX) + 0.5} ${plot.top}V${plot.bottom}`} />}
      <MarkLayer marks={marks} selected={state.selectedRecord} rem={rem} />
      <StatedLayer points={stated} selected={state.selectedStated ?? null} />
      {endVisible && labels.endY !== null && <circle className="now-dot" cx={endX} cy={labels.endY} r="3.5" />}
      <PlacedLabels labels={labels} rem={rem} />
      {endVisible && labels.baselineY !== null && (
        <circle className="baseline-dot" cx={endX} cy={labels.baselineY} r="3.5" />
      )}
      <Lanes {...props} notes={notes} months={months} onHover={setItem} />
      {dragged !== null && (
        <rect
          data-transient=""
          className="drag-range"
          x={dragged.left}
          y={plot.top}
          width={dragged.right - dragged.left}
          height={plot.height}
        />
      )}
      {spot !== null && clusterHovered === null && (
        <Crosshair plot={plot} x={plot.x(spot.at)} y={plot.y(spot.y)} firm={state.hover !== null} debt={spot.y < 0} />
      )}
      <rect
        ref={attach}
        className={hovered === null && hoveredStated === null ? 'chart-surface' : 'chart-surface on-mark'}
        data-chart-surface=""
        data-transient=""
        x={plot.left}
        y={plot.top}
        width={plot.width}
        height={plot.height}
        {...handlers}
      />
      {compare !== null && <RunLetters overlays={compare.overlays} plot={plot} rem={rem} actions={actions} />}
      {cardHost !== null &&
        createPortal(
          <HoverCard
            account={account}
            plot={plot}
            rem={rem}
            spot={spot}
            cluster={clusterHovered}
            mark={markHovered}
            stated={hoveredStated}
            item={item}
            spans={notes.spans}
            pinned={state.pinned}
            moving={state.hover !== null}
            lineBetween={labels.lineBetween}
            marks={marks}
          />,
          cardHost,
        )}
    </g>
  );
}

function PlacedLabels({
  labels,
  rem,
}: {
  readonly labels: ReturnType<typeof chartLabels>;
  readonly rem: number;
}): ReactNode {
  return labels.placed.map(({ key, text, tone, box }) => (
    <text
      key={key}
      className={`chart-label tone-${tone}${labels.replaced.has(key) ? ' replaced' : ''}`}
      x={box.left}
      y={box.bottom - 3.5 * rem}
    >
      {text}
    </text>
  ));
}

/** Under the axis: documents and bank lines, then the months. */
function Lanes(
  props: PlotLayersProps & {
    readonly notes: ChartNotes;
    readonly months: ChartNotes['months'];
    readonly onHover: (item: LaneItem | null) => void;
  },
): ReactNode {
  const { account, state, actions, plot, rem, axisHeight, laneHeight, statementHeight, notes, months, onHover } = props;
  return (
    <>
      {statementHeight > 0 && (
        <StatementLane
          items={notes.stated?.items ?? []}
          plot={plot}
          top={Math.round(plot.bottom + axisHeight)}
          height={statementHeight}
          selected={state.selectedItem ?? null}
          onHover={onHover}
          onItem={(chosen) => actions.onItem?.(chosen)}
        />
      )}
      {laneHeight > 0 && (
        <MonthLane
          months={months}
          plot={plot}
          axisHeight={axisHeight + statementHeight}
          laneHeight={laneHeight}
          digits={account.digits}
          rem={rem}
          selected={state.selectedInvoice}
          onMonth={actions.onMonth}
        />
      )}
    </>
  );
}

/** The series, and the coarse one beside it where a zooming hand has outrun the answer. */
function Balance({ state, plot }: { readonly state: ChartState; readonly plot: PlotGeometry }): ReactNode {
  const { series, overview, window, hidden } = state;
  const bare = (state.compare?.letter ?? '') !== '';
  const band = !hidden.has('band');
  if (series === null) {
    return overview === null ? null : (
      <SeriesLayer series={overview} band={band} plot={plot} left={plot.left} right={plot.right} />
    );
  }
  const left = Math.max(plot.left, plot.x(series.window.from));
  const right = Math.min(plot.right, plot.x(series.window.to));
  const known = {
    from: Math.max(window.from, overview?.window.from ?? window.from),
    to: Math.min(window.to, series.end),
  };
  const outrun = overview !== null && !covers(series.window, known);
  return (
    <>
      {outrun && (
        <SeriesLayer series={overview} band={band} plot={plot} left={plot.left} right={Math.min(left, plot.right)} />
      )}
      {outrun && (
        <SeriesLayer series={overview} band={band} plot={plot} left={Math.max(right, plot.left)} right={plot.right} />
      )}
      <SeriesLayer series={series} band={band} plot={plot} left={left} right={right} bare={bare} />
    </>
  );
}

function Threshold({ account, plot }: { readonly account: ChartAccount; readonly plot: PlotGeometry }): ReactNode {
  if (account.threshold === null) return null;
  const y = plot.y(pixelValue(account.threshold));
  if (y < plot.top || y > plot.bottom) return null;
  return <path className="threshold-line" d={`M${plot.left} ${y}H${plot.right}`} />;
}

function Crosshair(props: {
  readonly plot: PlotGeometry;
  readonly x: number;
  readonly y: number;
  readonly firm: boolean;
  readonly debt: boolean;
}): ReactNode {
  const { plot, x, y, firm, debt } = props;
  if (x < plot.left - 0.5 || x > plot.right + 0.5) return null;
  return (
    <g className={debt ? 'crosshair tone-debt' : 'crosshair tone-balance'} data-transient="">
      {firm && <path className="crosshair-line" d={`M${x} ${plot.top}V${plot.bottom}`} />}
      <circle className="crosshair-ring" cx={x} cy={Math.min(Math.max(y, plot.top), plot.bottom)} r="4.5" />
    </g>
  );
}
