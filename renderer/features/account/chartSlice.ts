/**
 * What the balance chart shows: the stretch of time, the worker's points and marks for it, what is under the pointer and
 * what is selected. Asks for a new stretch only as fast as answers come, and drops answers about an older account.
 */
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { ChartNotes, ChartSpot } from '../../ui/chart/chartModel.ts';
import type { LegendKey } from '../../ui/chart/legendKeys.ts';
import { shownExtent, type FetchedSeries } from '../../ui/chart/seriesPath.ts';
import { clampWindow, covers, overscanned, revealing, type TimeWindow } from '../../ui/chart/timeWindow.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import { createChartLoaders, type ChartPoint } from './chartLoaders.ts';
import { boundsOf, firstWindow } from './chartWindows.ts';
import type { SecondChoice, SecondDrawn } from './secondRun.ts';

/** What a selected record says about itself; the point at its instant may be an older usage row. */
export interface SelectionWords {
  readonly what: string;
  /** Null: the balance at that instant. */
  readonly balance: string | null;
  readonly source: string | null;
}

export interface ChartSelection {
  readonly at: Instant;
  readonly record: number | null;
  readonly words: SelectionWords | null;
  /** As the chart draws it; null until the worker has said what is there. */
  readonly spot: ChartSpot | null;
}

/** Whether the hand is still at it; the value axis rescales only once it rests. */
export type Hand = 'moving' | 'resting';

/** What the slice holds; the chart's own part of the state. */
interface ChartFields {
  readonly chartBounds: TimeWindow;
  readonly chartWindow: TimeWindow;
  readonly chartColumns: number;
  readonly chartHand: Hand;
  readonly chartSeries: FetchedSeries | null;
  /** The whole history: the minimap, and what is drawn where the series does not reach yet. */
  readonly chartOverview: FetchedSeries | null;
  readonly chartHistory: ChartNotes | null;
  readonly chartAnnotations: ChartNotes | null;
  readonly chartExtent: { readonly low: number; readonly high: number } | null;
  readonly chartHidden: ReadonlySet<LegendKey>;
  readonly chartHover: ChartPoint | null;
  readonly chartPinned: boolean;
  readonly chartSelection: ChartSelection | null;
  /** The stated balance, or the line of the statement lane, that is selected, by its place. */
  readonly chartStated: number | null;
  readonly chartItem: number | null;
  /** The run that is compared with, and what is drawn of it. */
  readonly chartSecond: SecondChoice | null;
  readonly chartSecondDrawn: SecondDrawn | null;
}

export interface ChartSlice extends ChartFields {
  chartOpen(view: AccountView, sameAccount: boolean): void;
  chartResize(columns: number): void;
  chartShow(window: TimeWindow, hand: Hand): void;
  chartHoverAt(at: Instant | null): void;
  chartPin(): void;
  chartSelect(at: Instant, record: number | null, words?: SelectionWords): void;
  /** A selection that is something that others state. */
  chartSelectStated(
    at: Instant,
    which: { readonly point?: number; readonly item?: number },
    words: SelectionWords,
  ): void;
  chartDeselect(): void;
  chartToggle(key: LegendKey): void;
  /** Compares with another run; null: with none. */
  chartCompareWith(choice: SecondChoice | null): void;
}

const NOTHING: TimeWindow = { from: 0, to: 0 };
const NOTHING_YET: ChartFields = {
  chartBounds: NOTHING,
  chartWindow: NOTHING,
  chartColumns: 0,
  chartHand: 'resting',
  chartSeries: null,
  chartOverview: null,
  chartHistory: null,
  chartAnnotations: null,
  chartExtent: null,
  chartHidden: new Set(),
  chartHover: null,
  chartPinned: false,
  chartSelection: null,
  chartStated: null,
  chartItem: null,
  chartSecond: null,
  chartSecondDrawn: null,
};

export function createChartSlice(set: SetSlice<ChartSlice>, get: GetSlice<ChartSlice>, deps: SliceDeps): ChartSlice {
  const { engine, failed } = deps;
  let start: Instant = 0;
  let end: Instant = 0;
  let fresh = true;

  const loaders = createChartLoaders(engine, failed, () => ({ start, end, second: get().chartSecond }), {
    window: ({ series, notes, second }) => {
      set({ chartSeries: series, chartAnnotations: notes, chartSecondDrawn: second });
      settle();
    },
    whole: ({ series, notes }, bounds) => {
      set({ chartOverview: series, chartHistory: notes });
      if (!fresh) return;
      fresh = false;
      set({ chartWindow: firstWindow(bounds, end, notes) });
      load();
    },
    lostSecond: (error) => {
      set({ chartSecond: null, chartSecondDrawn: null });
      failed(error);
    },
    hover: (point) => {
      if (!get().chartPinned) set({ chartHover: point });
    },
    selection: (point, selection) => set({ chartSelection: { ...selection, spot: spotOf(point, selection) } }),
  });

  const load = (): void => {
    const { chartWindow, chartBounds, chartColumns, chartHand } = get();
    if (chartColumns === 0 || chartBounds.to === chartBounds.from) return;
    const window = overscanned(chartWindow, chartBounds);
    const wider = (window.to - window.from) / (chartWindow.to - chartWindow.from);
    // A moving hand sees every other column, so that the page keeps up with it; at rest each has its own points.
    const share = chartHand === 'moving' ? 0.5 : 1;
    const columns = Math.max(1, Math.ceil(chartColumns * wider * share));
    loaders.window.ask({ window, columns });
  };

  /** Once the hand rests and the points are there, the value axis fits what is visible. */
  const settle = (): void => {
    const { chartHand, chartWindow, chartSeries } = get();
    if (chartHand === 'moving' || chartSeries === null) return;
    const shown = { from: Math.max(chartWindow.from, start), to: Math.min(chartWindow.to, end) };
    if (!covers(chartSeries.window, shown)) return;
    const withBand = !get().chartHidden.has('band');
    const extent = shownExtent(chartSeries.points, shown.from, shown.to, withBand);
    set({ chartExtent: withSecond(withStated(extent, get(), chartWindow), get(), shown) });
  };

  return {
    ...NOTHING_YET,
    chartOpen: (view, sameAccount) => {
      ({ from: start, to: end } = view);
      fresh = !sameAccount;
      for (const { forget } of [loaders.window, loaders.whole, loaders.hover, loaders.selection]) forget();
      const chartBounds = boundsOf(view);
      set(fieldsOf(get(), chartBounds, sameAccount));
      loaders.whole.ask(chartBounds);
      if (!fresh) load();
    },
    chartResize: (columns) => {
      if (columns === get().chartColumns) return;
      set({ chartColumns: columns });
      if (!fresh) load();
    },
    chartShow: (window, hand) => {
      const { chartWindow, chartBounds, chartHand } = get();
      const next = clampWindow(window, chartBounds);
      const moved = next.from !== chartWindow.from || next.to !== chartWindow.to;
      if (!moved && hand === chartHand) return;
      // Whoever moves the window before the first answer has chosen it.
      if (moved) fresh = false;
      set({ chartWindow: next, chartHand: hand });
      if (moved || hand === 'resting') load();
      settle();
    },
    chartHoverAt: (at) => {
      if (get().chartPinned) return;
      if (at !== null) {
        loaders.hover.ask(at);
        return;
      }
      loaders.hover.forget();
      set({ chartHover: null });
    },
    chartPin: () => {
      const { chartPinned, chartHover } = get();
      if (chartPinned) set({ chartPinned: false, chartHover: null });
      else if (chartHover !== null) set({ chartPinned: true });
    },
    chartSelect: (at, record, words) => {
      const { chartWindow, chartBounds, chartSelection } = get();
      const spot = chartSelection?.at === at && chartSelection.record === record ? chartSelection.spot : null;
      const selection: ChartSelection = { at, record, words: words ?? null, spot };
      set({ chartSelection: selection, chartPinned: false, chartHover: null, chartStated: null, chartItem: null });
      loaders.selection.ask(selection);
      get().chartShow(revealing(chartWindow, at, chartBounds), 'resting');
    },
    chartSelectStated: (at, { point, item }, words) => {
      get().chartSelect(at, null, words);
      set({ chartStated: point ?? null, chartItem: item ?? null });
    },
    chartDeselect: () => {
      loaders.selection.forget();
      set({ chartSelection: null, chartPinned: false, chartHover: null, chartStated: null, chartItem: null });
    },
    chartCompareWith: (choice) => {
      set({ chartSecond: choice, ...(choice === null ? { chartSecondDrawn: null } : {}) });
      load();
      settle();
    },
    chartToggle: (key) => {
      set(({ chartHidden }) => ({ chartHidden: switched(chartHidden, key) }));
      if (key === 'band' || key === 'stated') settle();
    },
  };
}

/** Room for the stated balances that differ and are shown. */
function withStated(
  extent: ChartFields['chartExtent'],
  state: ChartFields,
  window: TimeWindow,
): ChartFields['chartExtent'] {
  const points = state.chartHidden.has('stated') ? [] : (state.chartAnnotations?.stated?.points ?? []);
  const shown = points.filter(({ at, agrees }) => !agrees && at >= window.from && at <= window.to).map(({ y }) => y);
  if (extent === null || shown.length === 0) return extent;
  return { low: Math.min(extent.low, ...shown), high: Math.max(extent.high, ...shown) };
}

/** Room for the run that is compared with. */
function withSecond(
  extent: ChartFields['chartExtent'],
  state: ChartFields,
  window: TimeWindow,
): ChartFields['chartExtent'] {
  const points = state.chartSecondDrawn?.series.points;
  const second = points === undefined ? null : shownExtent(points, window.from, window.to, false);
  if (extent === null || second === null) return extent;
  return { low: Math.min(extent.low, second.low), high: Math.max(extent.high, second.high) };
}

function switched(keys: ReadonlySet<LegendKey>, key: LegendKey): ReadonlySet<LegendKey> {
  const all = new Set(keys);
  if (!all.delete(key)) all.add(key);
  return all;
}

/** A selection as the chart shows it: the point that is there, in the words of what was selected. */
function spotOf(point: ChartPoint, { at, words }: ChartSelection): ChartSpot {
  if (words === null) return point;
  const { y, between = null, beside = null } = point;
  return { at, y, between, beside, ...words, balance: words.balance ?? point.balance };
}

/** What the chart begins with on an account, or on the same one after a change. */
function fieldsOf({ chartWindow, chartBounds: old }: ChartFields, chartBounds: TimeWindow, sameAccount: boolean) {
  const whole = chartWindow.from === old.from && chartWindow.to === old.to;
  return {
    chartBounds,
    chartWindow: sameAccount && !whole ? clampWindow(chartWindow, chartBounds) : chartBounds,
    chartHand: 'resting',
    chartHover: null,
    chartPinned: false,
    ...{ chartSelection: null, chartStated: null, chartItem: null },
    ...(sameAccount
      ? {}
      : {
          ...{ chartSecond: null, chartSecondDrawn: null },
          chartSeries: null,
          chartOverview: null,
          chartHistory: null,
          chartAnnotations: null,
          chartExtent: null,
        }),
  } satisfies Partial<ChartFields>;
}
