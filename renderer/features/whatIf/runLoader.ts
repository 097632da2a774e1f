/**
 * What the place asks of the worker about a run: its series and figures, then all that is drawn beside them. One question
 * at a time, the newest next; what is drawn together is answered together.
 */
import type { BalanceSeries } from '../../../shared/contract/engine.ts';
import type { RunId, WhatIfProblem } from '../../../shared/contract/whatIf.ts';
import type { ChartNotes } from '../../ui/chart/chartModel.ts';
import type { FetchedSeries } from '../../ui/chart/seriesPath.ts';
import type { TimeWindow } from '../../ui/chart/timeWindow.ts';
import type { EngineClient } from '../../ui/slice.ts';
import type { Draft } from './draft.ts';
import type { Drawing, Known, TriedRun } from './state.ts';

/** Columns of the strip: it shows steps, and they are few. */
const STRIP_COLUMNS = 400;

export interface RunQuestion {
  readonly draft: Draft;
  readonly against: RunId;
  readonly window: TimeWindow;
  readonly columns: number;
  readonly overlays: readonly string[];
  /** The draft was run already: only another window of it is wanted. */
  readonly tried: TriedRun | null;
}

export type RunAnswer =
  | { readonly ok: true; readonly tried: TriedRun; readonly drawing: Drawing }
  | { readonly ok: false; readonly problems: readonly WhatIfProblem[] };

/** The run that others are compared with does not change while a control is moved: it is asked for once a window. */
interface BaselineDrawn {
  readonly key: string;
  readonly series: FetchedSeries;
  readonly notes: ChartNotes;
}

export interface RunLoader {
  ask(question: RunQuestion): Promise<RunAnswer>;
  /** The account, or the run that is compared with, is another. */
  forget(): void;
}

export function createRunLoader(engine: EngineClient, known: () => Known): RunLoader {
  let baseline: BaselineDrawn | null = null;

  const drawn = (points: BalanceSeries, window: TimeWindow, columns: number): FetchedSeries => ({
    window,
    columns,
    points,
    end: known().end,
  });

  const seriesOf = async (id: RunId, window: TimeWindow, columns: number): Promise<FetchedSeries> =>
    drawn(await engine.variantSeries({ id, ...window, columns }).result, window, columns);

  const baselineOf = async (id: RunId, window: TimeWindow, columns: number): Promise<BaselineDrawn> => {
    const key = [id, window.from, window.to].join(' ');
    if (baseline?.key === key && baseline.series.columns >= columns) return baseline;
    const [series, notes] = await Promise.all([
      seriesOf(id, window, columns),
      engine.variantAnnotations({ id, ...window }).result,
    ]);
    return (baseline = { key, series, notes });
  };

  const drawing = async (question: RunQuestion, window: TimeWindow, series: FetchedSeries): Promise<Drawing> => {
    const { against, columns, overlays } = question;
    const [notes, base, difference, ...over] = await Promise.all([
      engine.variantAnnotations({ id: 'tried', ...window }).result,
      baselineOf(against, window, columns),
      engine.compareSeries({ a: against, b: 'tried', ...window, columns: Math.min(columns, STRIP_COLUMNS) }).result,
      ...overlays.map(async (id) => ({ id, series: await seriesOf(id, window, columns) })),
    ]);
    return {
      series,
      notes,
      baseline: base.series,
      baselineNotes: base.notes,
      difference,
      differenceWindow: window,
      overlays: over,
    };
  };

  return {
    ask: async (question) => {
      const { draft, against, columns, tried } = question;
      const { start, end } = known();
      const from = Math.max(question.window.from, start);
      const window = { from, to: Math.max(Math.min(question.window.to, end), from + 1) };
      if (tried !== null) {
        const series = await seriesOf('tried', window, columns);
        return { ok: true, tried, drawing: await drawing(question, window, series) };
      }
      const answer = await engine.tryPolicy({ ...draft, ...window, columns, against }).result;
      if (!answer.ok) return answer;
      const { figures, counts, replayMs, series } = answer;
      return {
        ok: true,
        tried: { draft, against, figures, counts, replayMs },
        drawing: await drawing(question, window, drawn(series, window, columns)),
      };
    },
    forget: () => {
      baseline = null;
    },
  };
}
