/**
 * What the parts of the What-if place share: its model, the questions to the worker about the draft that is tried, and the
 * steps of undo. A moved control asks for a run as fast as answers come; what is on screen is always a whole run.
 */
import type { RunId, Variant } from '../../../shared/contract/whatIf.ts';
import { latestOnly, type LatestOnly } from '../../ui/latestOnly.ts';
import type { EngineClient, GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import { chartPart, type ChartPart } from './chartPart.ts';
import { sameDraft, type Draft } from './draft.ts';
import { stepped, type Step } from './history.ts';
import { createRunLoader, type RunAnswer, type RunLoader, type RunQuestion } from './runLoader.ts';
import type { WhatIfSlice } from './slice.ts';
import type { Hand, Known, WhatIfModel } from './state.ts';

export interface Lab {
  readonly engine: EngineClient;
  readonly failed: (error: unknown) => void;
  /** Counts accounts: answers about an older one are dropped. */
  readonly era: { current: number };
  readonly chart: ChartPart;
  readonly runs: RunLoader;
  /** Figures of all variants, against a baseline. */
  readonly table: LatestOnly<RunId>;
  model(): WhatIfModel;
  put(change: Partial<WhatIfModel>): void;
  variants(): readonly Variant[];
  /** Asks for what is to be on screen now. */
  ask(): void;
  record(step: Partial<Step>): void;
  /** Tries a draft; once the hand rests it is a step of undo. */
  tryDraft(draft: Draft, hand: Hand): void;
  /** Answers that are under way are not wanted any more. */
  forget(): void;
}

export function createLab(set: SetSlice<WhatIfSlice>, get: GetSlice<WhatIfSlice>, { engine, failed }: SliceDeps): Lab {
  const model = (): WhatIfModel => get().whatIf;
  const put = (change: Partial<WhatIfModel>): void => set(({ whatIf }) => ({ whatIf: { ...whatIf, ...change } }));
  const known = (): Known => ({ start: model().view?.from ?? 0, end: model().view?.to ?? 0 });

  const runs = createRunLoader(engine, known);
  const loader = latestOnly<RunQuestion, RunAnswer>({
    ask: (question) => runs.ask(question),
    take: (answer) => {
      if (!answer.ok) {
        put({ problems: answer.problems });
        return;
      }
      const { tried, drawing } = answer;
      set(({ whatIf, whatIfChart }) => ({
        whatIf: { ...whatIf, tried, problems: [] },
        whatIfChart: { ...whatIfChart, drawing },
      }));
      chart.settle();
    },
    failed,
  });

  const ask = (): void => {
    const { draft, against, tried, overlaid, pointed, view } = model();
    const wanted = chart.wanted();
    if (view === null || wanted === null) return;
    const isTried = tried !== null && tried.against === against && sameDraft(tried.draft, draft);
    const shown = variants().find(({ id }) => id === pointed && id !== against);
    // what is tried has a line of its own
    const overlays = shown === undefined || sameDraft(shown, draft) ? overlaid : new Set([...overlaid, shown.id]);
    loader.ask({ ...wanted, draft, against, overlays: [...overlays], tried: isTried ? tried : null });
  };
  const chart = chartPart(set, get, { engine, failed, known, ask });

  const table = latestOnly({
    ask: (against: RunId) => engine.variants({ against }).result,
    take: (answer) => put({ table: answer }),
    failed,
  });
  const variants = (): readonly Variant[] => model().history.now.variants;

  const record = (step: Partial<Step>): void => {
    const { history } = model();
    put({ history: stepped(history, { ...history.now, ...step }) });
  };

  const tryDraft = (draft: Draft, hand: Hand): void => {
    // a hand that moves less than a step of its control
    if (hand === 'moving' && get().whatIfChart.hand === 'moving' && sameDraft(draft, model().draft)) return;
    put({ draft });
    if (hand === 'resting') record({ draft });
    chart.handIs(hand);
    ask();
  };

  return {
    ...{ engine, failed, era: { current: 0 }, chart, runs, table, model, put, variants, ask, record, tryDraft },
    forget: () => {
      loader.forget();
      table.forget();
      runs.forget();
    },
  };
}
