/** The chart's part of the What-if place: the stretch of time that is shown, and what both runs are under the pointer. */
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { plusAmount } from '../../ui/amountSum.ts';
import { amountText } from '../../ui/amountText.ts';
import type { ChartSpot } from '../../ui/chart/chartModel.ts';
import type { LegendKey } from '../../ui/chart/legendKeys.ts';
import { lastAtOrBefore, shownExtent } from '../../ui/chart/seriesPath.ts';
import {
  boundsAround,
  clampWindow,
  covers,
  overscanned,
  revealing,
  type TimeWindow,
} from '../../ui/chart/timeWindow.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { EngineClient, GetSlice, SetSlice } from '../../ui/slice.ts';
import { letterOf, letterOfDraft } from './draft.ts';
import type { WhatIfSlice } from './slice.ts';
import { NOTHING_DRAWN, type Drawing, type Hand, type Known, type WhatIfChart } from './state.ts';

export interface WhatIfChartActions {
  whatIfResize(columns: number): void;
  whatIfShow(window: TimeWindow, hand: Hand): void;
  whatIfHoverAt(at: Instant | null): void;
  /** Selects the event before or after the selected one; the place reads it out. */
  whatIfStep(direction: 1 | -1): void;
  whatIfSelectAt(at: Instant | null): void;
  whatIfToggle(key: LegendKey): void;
}

export interface ChartPart {
  readonly actions: WhatIfChartActions;
  open(view: AccountView, window: TimeWindow, sameAccount: boolean): void;
  /** The stretch to ask for, and in how many columns; null before the chart has a size. */
  wanted(): { readonly window: TimeWindow; readonly columns: number } | null;
  handIs(hand: Hand): void;
  settle(): void;
}

/** Room before the first instant for its mark, and behind the last for the words that name the balances. */
const ROOM_BEFORE = 0.008;
const ROOM_AFTER = 0.055;

interface PointQuestion {
  readonly at: Instant;
  readonly y: number;
  readonly kind: 'hover' | 'selection';
}

export function chartPart(
  set: SetSlice<WhatIfSlice>,
  get: GetSlice<WhatIfSlice>,
  deps: {
    readonly engine: EngineClient;
    readonly failed: (error: unknown) => void;
    readonly known: () => Known;
    readonly ask: () => void;
  },
): ChartPart {
  const { engine, failed, known, ask } = deps;
  const put = (change: Partial<WhatIfChart>): void =>
    set(({ whatIfChart }) => ({ whatIfChart: { ...whatIfChart, ...change } }));

  const points = latestOnly<PointQuestion, ChartSpot>({
    ask: ({ at, y }) => spotAt(engine, get, at, y),
    take: (spot, { kind }) => put(kind === 'hover' ? { hover: spot } : { selection: spot }),
    failed,
  });

  const settle = (): void => {
    const { hand, drawing, window } = get().whatIfChart;
    if (hand === 'moving' || drawing === null) return;
    const shown = { from: Math.max(window.from, known().start), to: Math.min(window.to, known().end) };
    if (!covers(drawing.series.window, shown)) return;
    // a line that is only pointed at moves no axis: what it is compared with would jump
    const { overlaid } = get().whatIf;
    const overlays = drawing.overlays.filter(({ id }) => overlaid.has(id));
    put({ extent: extentOf({ ...drawing, overlays }, shown) });
  };

  const show = (window: TimeWindow, hand: Hand): void => {
    const now = get().whatIfChart;
    const next = clampWindow(window, now.bounds);
    const moved = next.from !== now.window.from || next.to !== now.window.to;
    if (!moved && hand === now.hand) return;
    put({ window: next, hand });
    ask();
    settle();
  };

  const selectAt = (at: Instant | null): void => {
    const { drawing, window, bounds } = get().whatIfChart;
    if (at === null || drawing === null) {
      points.forget();
      put({ selection: null });
      return;
    }
    show(revealing(window, at, bounds), 'resting');
    points.ask({ ...changeBefore(drawing, at), kind: 'selection' });
  };

  return {
    open: (view, window, sameAccount) => {
      const bounds = boundsAround({ from: view.from, to: view.to }, ROOM_BEFORE, ROOM_AFTER);
      const { window: shown, columns, hidden } = get().whatIfChart;
      const kept = sameAccount && shown.to > shown.from ? shown : window.to > window.from ? window : bounds;
      points.forget();
      put({ ...NOTHING_DRAWN, columns, hidden, bounds, window: clampWindow(kept, bounds) });
    },
    wanted: () => {
      const { window, bounds, columns, hand } = get().whatIfChart;
      if (columns === 0 || bounds.to === bounds.from) return null;
      const wide = overscanned(window, bounds);
      const wider = (wide.to - wide.from) / (window.to - window.from);
      // A moving hand sees every other column, so that the page keeps up with it.
      return { window: wide, columns: Math.max(1, Math.ceil(columns * wider * (hand === 'moving' ? 0.5 : 1))) };
    },
    handIs: (hand) => {
      if (get().whatIfChart.hand !== hand) put({ hand });
      points.forget();
      const { hover, selection } = get().whatIfChart;
      if (hover !== null || selection !== null) put({ hover: null, selection: null });
    },
    settle,
    actions: {
      whatIfResize: (columns) => {
        if (columns === get().whatIfChart.columns) return;
        put({ columns });
        ask();
      },
      whatIfShow: show,
      whatIfHoverAt: (at) => {
        const { drawing } = get().whatIfChart;
        if (at === null || drawing === null) {
          points.forget();
          if (get().whatIfChart.hover !== null) put({ hover: null });
        } else points.ask({ ...changeBefore(drawing, at), kind: 'hover' });
      },
      whatIfSelectAt: selectAt,
      whatIfStep: (direction) => {
        const { drawing, selection, window } = get().whatIfChart;
        const here = selection?.at ?? (direction > 0 ? window.from : window.to);
        const instants = (drawing?.notes.marks ?? []).map(({ at }) => at).sort((a, b) => a - b);
        const next = direction > 0 ? instants.find((at) => at > here) : instants.findLast((at) => at < here);
        if (next !== undefined) selectAt(next);
      },
      whatIfToggle: (key) =>
        set(({ whatIfChart }) => {
          const hidden = new Set(whatIfChart.hidden);
          if (!hidden.delete(key)) hidden.add(key);
          return { whatIfChart: { ...whatIfChart, hidden } };
        }),
    },
  };
}

/** The last change of the run that is tried: a real point of it. */
function changeBefore({ series: { points, end } }: Drawing, wanted: Instant): { at: Instant; y: number } {
  const at = Math.min(wanted, end);
  const place = Math.max(0, lastAtOrBefore(points.at, at));
  return { at: points.at[place] ?? at, y: points.balance[place] ?? 0 };
}

function extentOf(drawing: Drawing, { from, to }: TimeWindow): { low: number; high: number } | null {
  const all = [drawing.series, drawing.baseline, ...drawing.overlays.map(({ series }) => series)];
  const extents = all.flatMap(({ points }) => shownExtent(points, from, to, false) ?? []);
  if (extents.length === 0) return null;
  return { low: Math.min(...extents.map(({ low }) => low)), high: Math.max(...extents.map(({ high }) => high)) };
}

/** Both runs at an instant, exactly: what is saved, and how far what is tried lies from it. */
async function spotAt(engine: EngineClient, get: GetSlice<WhatIfSlice>, at: Instant, y: number): Promise<ChartSpot> {
  const { against, draft, history, view } = get().whatIf;
  const at1 = { from: at, to: at, columns: 1 };
  const [saved, fromSaved, fromBase] = await Promise.all([
    engine.pointAt({ at }).result,
    engine.compareSeries({ a: 'saved', b: 'tried', ...at1 }).result,
    against === 'saved' ? null : engine.compareSeries({ a: against, b: 'tried', ...at1 }).result,
  ]);
  const offSaved = fromSaved.highest?.value ?? '0';
  const off = fromBase === null ? offSaved : (fromBase.highest?.value ?? '0');
  const balance = plusAmount(saved.balance, offSaved);
  const digits = view?.minorDigits ?? 2;
  const place = history.now.variants.findIndex(({ id }) => id === against);
  const base = place < 0 ? 'saved run' : letterOf(place);
  const letter = letterOfDraft(draft, history.now.variants);
  const difference = amountText(off, { digits, sign: 'movement' });
  const what =
    changedNothing(draft) || off === '0'
      ? `${base} has the same`
      : `${letter}; ${base} ${amountText(plusAmount(balance, off, -1n), { digits })}, difference ${difference}`;
  return { at, y, balance, what, source: null };
}

function changedNothing({ set, hold }: { readonly set: object; readonly hold: readonly string[] }): boolean {
  return Object.keys(set).length + hold.length === 0;
}
