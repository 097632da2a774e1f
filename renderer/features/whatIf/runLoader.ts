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

/** Runs that a moved control does not change, over one window: each is asked for once. */
interface Still {
  readonly window: TimeWindow;
  readonly columns: number;
  readonly series: Map<RunId, FetchedSeries>;
  readonly notes: Map<RunId, ChartNotes>;
}

/** What is drawn of the run that is tried. */
type OfTried = Pick<Drawing, 'series' | 'notes' | 'difference'>;

export interface RunLoader {
  ask(question: RunQuestion): Promise<RunAnswer>;
  /** The account, or a run beside the one that is tried, is another. */
  forget(): void;
}

export function createRunLoader(engine: EngineClient, known: () => Known): RunLoader {
  let still: Still | null = null;

  const drawn = (points: BalanceSeries, window: TimeWindow, columns: number): FetchedSeries => ({
    window,
    columns,
    points,
    end: known().end,
  });

  const seriesOf = async (id: RunId, window: TimeWindow, columns: number): Promise<FetchedSeries> =>
    drawn(await engine.variantSeries({ id, ...window, columns }).result, window, columns);

  const stillOver = (window: TimeWindow, columns: number): Still => {
    const fits = still?.window.from === window.from && still.window.to === window.to && still.columns >= columns;
    if (still !== null && fits) return still;
    return (still = { window, columns, series: new Map(), notes: new Map() });
  };

  const stillSeries = async (id: RunId, window: TimeWindow, columns: number): Promise<FetchedSeries> => {
    const { series } = stillOver(window, columns);
    const made = series.get(id) ?? (await seriesOf(id, window, columns));
    series.set(id, made);
    return made;
  };

  const stillNotes = async (id: RunId, window: TimeWindow, columns: number): Promise<ChartNotes> => {
    const { notes } = stillOver(window, columns);
    const made = notes.get(id) ?? (await engine.variantAnnotations({ id, ...window }).result);
    notes.set(id, made);
    return made;
  };

  const ofTried = async ({ against, columns }: RunQuestion, window: TimeWindow): Promise<OfTried> => {
    const strip = stripColumns(columns);
    const [series, notes, difference] = await Promise.all([
      seriesOf('tried', window, columns),
      engine.variantAnnotations({ id: 'tried', ...window }).result,
      engine.compareSeries({ a: against, b: 'tried', ...window, columns: strip }).result,
    ]);
    return { series, notes, difference };
  };

  const drawing = async (question: RunQuestion, window: TimeWindow, made: Promise<OfTried>): Promise<Drawing> => {
    const { against, columns, overlays } = question;
    const [tried, baseline, baselineNotes, ...over] = await Promise.all([
      made,
      stillSeries(against, window, columns),
      stillNotes(against, window, columns),
      ...overlays.map(async (id) => ({ id, series: await stillSeries(id, window, columns) })),
    ]);
    return { ...tried, baseline, baselineNotes, differenceWindow: window, overlays: over };
  };

  return {
    ask: async (question) => {
      const { draft, against, columns, tried } = question;
      const { start, end } = known();
      const from = Math.max(question.window.from, start);
      const window = { from, to: Math.max(Math.min(question.window.to, end), from + 1) };
      if (tried !== null)
        return { ok: true, tried, drawing: await drawing(question, window, ofTried(question, window)) };
      const strip = stripColumns(columns);
      const answer = await engine.tryPolicy({ ...draft, ...window, columns, against, strip }).result;
      if (!answer.ok) return answer;
      const { figures, counts, replayMs, series, notes, difference } = answer;
      const made = { series: drawn(series, window, columns), notes, difference };
      return {
        ok: true,
        tried: { draft, against, figures, counts, replayMs },
        drawing: await drawing(question, window, Promise.resolve(made)),
      };
    },
    forget: () => {
      still = null;
    },
  };
}

function stripColumns(columns: number): number {
  return Math.min(columns, STRIP_COLUMNS);
}
