/**
 * What the chart asks of the worker: the points and marks of a window, the whole history, the account under the pointer
 * and at the selected instant. Each kind of question is asked one at a time.
 */
import type { AccountPoint } from '../../../shared/contract/engine.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Beside, ChartNotes } from '../../ui/chart/chartModel.ts';
import { withCarriedIn, type FetchedSeries } from '../../ui/chart/seriesPath.ts';
import type { TimeWindow } from '../../ui/chart/timeWindow.ts';
import { latestOnly, type LatestOnly } from '../../ui/latestOnly.ts';
import type { EngineClient } from '../../ui/slice.ts';
import type { ChartSelection } from './chartSlice.ts';
import { besideAt, secondOver, type SecondChoice, type SecondDrawn } from './secondRun.ts';

/** Enough for a strip as wide as any window. */
const WHOLE_COLUMNS = 1600;

export interface WindowQuestion {
  readonly window: TimeWindow;
  readonly columns: number;
}

export interface WindowAnswer {
  readonly series: FetchedSeries;
  readonly notes: ChartNotes;
  /** The run that is compared with; null where there is none, or none in this window. */
  readonly second: SecondDrawn | null;
}

/** What is at an instant, and beside it the run that the account is compared with. */
export type ChartPoint = AccountPoint & { readonly beside?: Beside | null };

interface Takers {
  readonly window: (answer: WindowAnswer) => void;
  readonly whole: (answer: WindowAnswer, bounds: TimeWindow) => void;
  /** The run that was compared with cannot be made any more. */
  readonly lostSecond: (error: unknown) => void;
  readonly hover: (point: ChartPoint) => void;
  readonly selection: (point: ChartPoint, selection: ChartSelection) => void;
}

interface ChartLoaders {
  readonly window: LatestOnly<WindowQuestion>;
  readonly whole: LatestOnly<TimeWindow>;
  readonly hover: LatestOnly<Instant>;
  readonly selection: LatestOnly<ChartSelection>;
}

export function createChartLoaders(
  engine: EngineClient,
  failed: (error: unknown) => void,
  known: () => { readonly start: Instant; readonly end: Instant; readonly second: SecondChoice | null },
  take: Takers,
): ChartLoaders {
  const secondIn = async (window: TimeWindow, columns: number): Promise<SecondDrawn | null> => {
    const { second } = known();
    try {
      return second === null ? null : await secondOver(engine, second, window, columns);
    } catch (error) {
      // the account itself is drawn all the same
      take.lostSecond(error);
      return null;
    }
  };
  const fetchWindow = async ({ window, columns }: WindowQuestion, whole = false): Promise<WindowAnswer> => {
    const { start, end } = known();
    const from = Math.max(window.from, start);
    const request = { from, to: Math.max(Math.min(window.to, end), from + 1) };
    const [points, carried, notes, second] = await Promise.all([
      engine.series({ ...request, columns }).result,
      // A window may begin between two changes: its first balance is the one carried in.
      engine.pointAt({ at: from }).result,
      engine.annotations(window).result,
      whole ? null : secondIn(request, columns),
    ]);
    return { series: { window: request, columns, end, points: withCarriedIn(points, from, carried.y) }, notes, second };
  };
  const pointOf = async (at: Instant): Promise<ChartPoint> => {
    const point = await engine.pointAt({ at }).result;
    const { second } = known();
    if (second === null) return point;
    // a run that was lost is said to be when it is drawn
    return { ...point, beside: await besideAt(engine, second, point).catch(() => null) };
  };
  return {
    window: latestOnly({ ask: (question) => fetchWindow(question), take: take.window, failed }),
    whole: latestOnly({
      ask: (window) => fetchWindow({ window, columns: WHOLE_COLUMNS }, true),
      take: take.whole,
      failed,
    }),
    hover: latestOnly({ ask: pointOf, take: take.hover, failed }),
    selection: latestOnly({ ask: ({ at }) => pointOf(at), take: take.selection, failed }),
  };
}
