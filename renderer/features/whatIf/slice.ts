/**
 * The What-if place's part of the state: what is tried, what is kept of it, and the way back through both. A moved control
 * asks for a run as fast as answers come; what is on screen is always a whole run.
 */
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { RunId, Variant, WhatIfProblem, WhatIfRefused } from '../../../shared/contract/whatIf.ts';
import { MAX_VARIANTS } from '../../../shared/contract/whatIf.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import type { TimeWindow } from '../../ui/chart/timeWindow.ts';
import { chartPart, type WhatIfChartActions } from './chartPart.ts';
import { draftName, draftOf, fitted, NO_DRAFT, sameDraft, withHold, withValue, type Draft } from './draft.ts';
import { NO_HISTORY, redone, sameVariants, stepped, undone, type History } from './history.ts';
import { createRunLoader, type RunAnswer, type RunQuestion } from './runLoader.ts';
import { NOTHING_DRAWN, NOTHING_TRIED, type Hand, type WhatIfChart, type WhatIfModel } from './state.ts';

export interface WhatIfSlice extends WhatIfChartActions {
  readonly whatIf: WhatIfModel;
  readonly whatIfChart: WhatIfChart;
  /** The place is shown with this account; it is asked about where that is news. */
  whatIfOpen(view: AccountView, account: number, window: TimeWindow): Promise<void>;
  /** Tries a value; while the hand is moving it is no step of undo yet. */
  whatIfTry(path: string, text: string, hand: Hand): void;
  whatIfHold(path: string, held: boolean): void;
  /** One control back to the saved run, or all. */
  whatIfReset(path: string | null): void;
  /** False where there is nothing to go back or forward to. */
  whatIfUndo(): boolean;
  whatIfRedo(): boolean;
  whatIfPin(): Promise<void>;
  /** Tries a variant that is kept; null: the saved run. */
  whatIfSelect(id: string | null): void;
  whatIfRename(id: string, name: string): void;
  whatIfRemove(id: string): void;
  whatIfMove(id: string, by: number): void;
  whatIfOverlay(id: string): void;
  whatIfCompareWith(run: RunId): void;
  /** What is tried as a scenario; null where it cannot be one, which `problems` then says. */
  whatIfSaved(id: string | null): Promise<{ readonly name: string; readonly text: string } | null>;
  /** The account runs under what is tried, or under a variant, from now on. True where it does. */
  whatIfApply(id: string | null): Promise<boolean>;
  whatIfView(change: Partial<Pick<WhatIfModel, 'filter' | 'changedOnly' | 'folded' | 'allFigures'>>): void;
}

export interface WhatIfDeps extends SliceDeps {
  /** Shows the account as it is under other values. */
  readonly whatIfApplied: (view: AccountView) => void;
}

export function createWhatIfSlice(
  set: SetSlice<WhatIfSlice>,
  get: GetSlice<WhatIfSlice>,
  { engine, failed, whatIfApplied }: WhatIfDeps,
): WhatIfSlice {
  let era = 0;
  const model = (): WhatIfModel => get().whatIf;
  const put = (change: Partial<WhatIfModel>): void => set(({ whatIf }) => ({ whatIf: { ...whatIf, ...change } }));
  const currency = (): string => model().view?.currency ?? '';
  const known = (): { start: number; end: number } => ({ start: model().view?.from ?? 0, end: model().view?.to ?? 0 });

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
    const { draft, against, tried, overlaid, view } = model();
    const wanted = chart.wanted();
    if (view === null || wanted === null) return;
    const isTried = tried !== null && tried.against === against && sameDraft(tried.draft, draft);
    loader.ask({ ...wanted, draft, against, overlays: [...overlaid], tried: isTried ? tried : null });
  };
  const chart = chartPart(set, get, { engine, failed, known, ask });

  const table = latestOnly({
    ask: (against: RunId) => engine.variants({ against }).result,
    take: (answer) => put({ table: answer }),
    failed,
  });
  const variants = (): readonly Variant[] => model().history.now.variants;

  const record = (step: { readonly draft?: Draft; readonly variants?: readonly Variant[] }): void => {
    const { history } = model();
    put({ history: stepped(history, { ...history.now, ...step }) });
  };

  const tryDraft = (draft: Draft, hand: Hand): void => {
    put({ draft });
    if (hand === 'resting') record({ draft });
    chart.handIs(hand);
    ask();
  };

  /** The worker's answer about the variants; refused, all stays. */
  const took = (answer: { readonly ok: true; readonly variants: readonly Variant[] } | WhatIfRefused): boolean => {
    if (!answer.ok) {
      put({ problems: answer.problems });
      return false;
    }
    const kept = new Set(answer.variants.map(({ id }) => id));
    const { overlaid, against } = model();
    const gone = against !== 'saved' && !kept.has(against);
    put({ overlaid: new Set([...overlaid].filter((id) => kept.has(id))), ...(gone ? { against: 'saved' } : {}) });
    if (gone) runs.forget();
    table.ask(model().against);
    ask();
    return true;
  };

  const keep = async (next: readonly Variant[], recorded: boolean): Promise<void> => {
    const of = era;
    // shown at once: the list is the page's, its figures are the worker's
    if (recorded) record({ variants: next });
    try {
      const answer = await engine.setVariants({ variants: next }).result;
      if (of === era) took(answer);
    } catch (error) {
      failed(error);
    }
  };

  const goTo = (history: History | null): boolean => {
    if (history === null) return false;
    const before = variants();
    put({ history, draft: history.now.draft });
    if (!sameVariants(before, history.now.variants)) void keep(history.now.variants, false);
    chart.handIs('resting');
    ask();
    return true;
  };

  const saved: WhatIfSlice['whatIfSaved'] = async (id) => {
    const { draft, controls } = model();
    try {
      const request = id === null ? { ...draft, name: draftName(draft, controls) } : { id };
      const answer = await engine.saveVariant(request).result;
      if (answer.ok) return answer;
      put({ problems: answer.problems });
    } catch (error) {
      failed(error);
    }
    return null;
  };

  return {
    whatIf: NOTHING_TRIED,
    whatIfChart: NOTHING_DRAWN,
    ...chart.actions,
    whatIfOpen: async (view, account, window) => {
      const { view: shown, account: of } = model();
      if (shown === view) return;
      const mine = (era += 1);
      const sameAccount = of === account;
      loader.forget();
      table.forget();
      runs.forget();
      try {
        // variants of another account say nothing about this one
        const cleared = sameAccount || of === null ? null : await engine.setVariants({ variants: [] }).result;
        const [controls, kept] = await Promise.all([
          engine.policyControls({}).result,
          cleared === null ? engine.variants({}).result : null,
        ]);
        if (mine !== era) return;
        const base = sameAccount ? model() : { ...NOTHING_TRIED, folded: model().folded };
        const draft = fitted(base.draft, controls, view.currency);
        const list =
          kept === null ? [] : kept.variants.map(({ id, name, set: values, hold }) => plain(id, name, values, hold));
        const now = { draft, variants: list };
        put({
          ...base,
          ...{ view, account, controls, draft, table: kept, problems: [], tried: null },
          history: sameAccount ? { ...base.history, now } : { ...NO_HISTORY, now },
        });
        chart.open(view, window, sameAccount);
        ask();
      } catch (error) {
        if (mine === era) failed(error);
      }
    },
    whatIfTry: (path, text, hand) => {
      const { draft, controls } = model();
      const control = controls.find((one) => one.path === path);
      if (control !== undefined) tryDraft(withValue(draft, control, text, currency()), hand);
    },
    whatIfHold: (path, held) => tryDraft(withHold(model().draft, path, held), 'resting'),
    whatIfReset: (path) => {
      const { draft } = model();
      if (path === null) tryDraft(NO_DRAFT, 'resting');
      else {
        const values = { ...draft.set };
        Reflect.deleteProperty(values, path);
        tryDraft({ ...draft, set: values }, 'resting');
      }
    },
    whatIfUndo: () => goTo(undone(model().history)),
    whatIfRedo: () => goTo(redone(model().history)),
    whatIfPin: async () => {
      const { draft, controls } = model();
      const kept = variants();
      if (kept.length >= MAX_VARIANTS || kept.some((variant) => sameDraft(variant, draft))) return;
      const of = era;
      try {
        const answer = await engine.pinVariant({ ...draft, name: draftName(draft, controls) }).result;
        if (of === era && took(answer) && answer.ok) record({ draft, variants: answer.variants });
      } catch (error) {
        failed(error);
      }
    },
    whatIfSelect: (id) => {
      const variant = variants().find((one) => one.id === id);
      if (id === null) tryDraft(NO_DRAFT, 'resting');
      else if (variant !== undefined) tryDraft(draftOf(variant), 'resting');
    },
    whatIfRename: (id, name) => {
      const wanted = name.trim();
      if (wanted === '') return;
      void keep(
        variants().map((one) => (one.id === id ? { ...one, name: wanted } : one)),
        true,
      );
    },
    whatIfRemove: (id) =>
      void keep(
        variants().filter((one) => one.id !== id),
        true,
      ),
    whatIfMove: (id, by) => {
      const list = [...variants()];
      const from = list.findIndex((one) => one.id === id);
      const [moved] = list.splice(from, 1);
      if (from < 0 || moved === undefined) return;
      list.splice(Math.min(Math.max(from + by, 0), list.length), 0, moved);
      void keep(list, true);
    },
    whatIfOverlay: (id) => {
      const overlaid = new Set(model().overlaid);
      if (!overlaid.delete(id)) overlaid.add(id);
      put({ overlaid });
      ask();
    },
    whatIfCompareWith: (against) => {
      if (against === model().against) return;
      runs.forget();
      put({ against });
      table.ask(against);
      ask();
    },
    whatIfSaved: saved,
    whatIfApply: async (id) => {
      const of = era;
      const written = await saved(id);
      if (written === null) return false;
      try {
        const now = await engine.scenarioText({}).result;
        const answer = await engine.applyScenario({ name: now?.name ?? written.name, text: written.text }).result;
        if (of !== era) return false;
        if (answer.ok) whatIfApplied(answer.view);
        else put({ problems: answer.problems.map(({ message }) => ({ path: null, column: null, message })) });
        return answer.ok;
      } catch (error) {
        failed(error);
        return false;
      }
    },
    whatIfView: (change) => put(change),
  };
}

function plain(id: string, name: string, set: Variant['set'], hold: Variant['hold']): Variant {
  return { id, name, set, ...(hold === undefined || hold.length === 0 ? {} : { hold }) };
}

/** What is wrong with one control's value; of the run as a whole where the path is null. */
export function problemAt(problems: readonly WhatIfProblem[], path: string | null): string | null {
  return problems.find((problem) => problem.path === path)?.message ?? null;
}
