/**
 * The event at which one stands, with the account before and after it, and the chart of the time around it. Steps are
 * asked for one at a time; those of a held key pile up to the newest only.
 */
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { Step, StepRequest } from '../../../shared/contract/trace.ts';
import { DAY_MS, type Instant } from '../../../shared/domain/time.ts';
import type { ChartNotes } from '../../ui/chart/chartModel.ts';
import { shownExtent, withCarriedIn, type FetchedSeries } from '../../ui/chart/seriesPath.ts';
import { clampWindow, revealing, type TimeWindow } from '../../ui/chart/timeWindow.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface StepSlice {
  readonly step: Step | null;
  readonly stepWindow: TimeWindow;
  readonly stepColumns: number;
  readonly stepSeries: FetchedSeries | null;
  readonly stepNotes: ChartNotes | null;
  readonly stepExtent: { readonly low: number; readonly high: number } | null;
  stepTo(request: StepRequest): void;
  /** The event before or after, or the row. */
  stepBy(by: 1 | -1, rows: boolean): void;
  stepResize(columns: number): void;
  stepShow(window: TimeWindow): void;
  stepAccountChanged(view: Pick<AccountView, 'from' | 'to'>, bounds: TimeWindow): void;
}

const NOTHING: TimeWindow = { from: 0, to: 0 };
/** What led to an event takes more room than what followed. */
const BEFORE_MS = 2 * DAY_MS;
const AFTER_MS = 1.2 * DAY_MS;

export function createStepSlice(set: SetSlice<StepSlice>, get: GetSlice<StepSlice>, deps: SliceDeps): StepSlice {
  const { engine, failed } = deps;
  let start: Instant = 0;
  let end: Instant = 0;
  let bounds = NOTHING;
  const steps = latestOnly({
    ask: (request: StepRequest) => engine.stepAt(request).result,
    take: (step) => {
      if (step === null) return;
      set({ step });
      reveal(step.event.at);
    },
    failed,
  });
  const chart = latestOnly({
    ask: async ({ window, columns }: { window: TimeWindow; columns: number }) => {
      const from = Math.max(window.from, start);
      const request = { from, to: Math.max(Math.min(window.to, end), from + 1) };
      const [points, carried, notes] = await Promise.all([
        engine.series({ ...request, columns }).result,
        engine.pointAt({ at: from }).result,
        engine.annotations(window).result,
      ]);
      return { request, notes, points: withCarriedIn(points, from, carried.y) };
    },
    take: ({ request, notes, points }, { columns }) =>
      set({
        stepSeries: { window: request, columns, end, points },
        stepNotes: notes,
        stepExtent: shownExtent(points, request.from, request.to, false),
      }),
    failed,
  });

  const draw = (): void => {
    const { stepWindow: window, stepColumns: columns } = get();
    if (columns > 0 && window.to > window.from) chart.ask({ window, columns });
  };
  const reveal = (at: Instant): void => {
    const { stepWindow } = get();
    const next =
      stepWindow.to === stepWindow.from
        ? clampWindow({ from: at - BEFORE_MS, to: at + AFTER_MS }, bounds)
        : revealing(stepWindow, at, bounds);
    if (next.from === stepWindow.from && next.to === stepWindow.to) return;
    set({ stepWindow: next });
    draw();
  };

  return {
    step: null,
    stepWindow: NOTHING,
    stepColumns: 0,
    stepSeries: null,
    stepNotes: null,
    stepExtent: null,
    stepTo: (request) => steps.ask(request),
    stepBy: (by, rows) => {
      const { step } = get();
      if (step === null || !(by < 0 ? step.hasPrevious : step.hasNext)) return;
      steps.ask({ from: step.place, by, rows });
    },
    stepResize: (stepColumns) => {
      if (stepColumns === get().stepColumns) return;
      set({ stepColumns });
      draw();
    },
    stepShow: (window) => {
      set({ stepWindow: clampWindow(window, bounds) });
      draw();
    },
    stepAccountChanged: (view, newBounds) => {
      ({ from: start, to: end } = view);
      bounds = newBounds;
      steps.forget();
      chart.forget();
      set({ step: null, stepWindow: NOTHING, stepSeries: null, stepNotes: null, stepExtent: null });
    },
  };
}
