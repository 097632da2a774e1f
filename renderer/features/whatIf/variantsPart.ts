/** Variants that are kept: pinned, tried again, renamed, moved, compared with; and the way back through all steps. */
import { MAX_VARIANTS, type Variant, type WhatIfRefused } from '../../../shared/contract/whatIf.ts';
import { draftName, draftOf, NO_DRAFT, sameDraft } from './draft.ts';
import { redone, sameVariants, undone, type History } from './history.ts';
import type { Lab } from './lab.ts';
import type { WhatIfSlice } from './slice.ts';

type VariantActions = Pick<
  WhatIfSlice,
  | 'whatIfUndo'
  | 'whatIfRedo'
  | 'whatIfPin'
  | 'whatIfSelect'
  | 'whatIfRename'
  | 'whatIfRemove'
  | 'whatIfMove'
  | 'whatIfOverlay'
  | 'whatIfPoint'
  | 'whatIfCompareWith'
>;

/** @param kept other variants are kept than before */
export function variantsPart(lab: Lab, kept: () => void): VariantActions {
  const { engine, failed, era, chart, runs, table, model, put, variants, ask, record, tryDraft } = lab;

  /** The worker's answer about the variants; refused, all stays. */
  const took = (answer: { readonly ok: true; readonly variants: readonly Variant[] } | WhatIfRefused): boolean => {
    if (!answer.ok) {
      put({ problems: answer.problems });
      return false;
    }
    const ids = new Set(answer.variants.map(({ id }) => id));
    const { overlaid, pointed, against } = model();
    const gone = against !== 'saved' && !ids.has(against);
    put({
      overlaid: new Set([...overlaid].filter((id) => ids.has(id))),
      ...(pointed !== null && !ids.has(pointed) ? { pointed: null } : {}),
      ...(gone ? { against: 'saved' } : {}),
    });
    // an id that was free again may be another run's
    runs.forget();
    table.ask(model().against);
    ask();
    kept();
    return true;
  };

  const keep = async (next: readonly Variant[], recorded: boolean): Promise<void> => {
    const of = era.current;
    // shown at once: the list is the page's, its figures are the worker's
    if (recorded) record({ variants: next });
    try {
      const answer = await engine.setVariants({ variants: next }).result;
      if (of === era.current) took(answer);
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

  return {
    whatIfUndo: () => goTo(undone(model().history)),
    whatIfRedo: () => goTo(redone(model().history)),
    whatIfPin: async () => {
      const { draft, controls } = model();
      const pinned = variants();
      if (pinned.length >= MAX_VARIANTS || pinned.some((variant) => sameDraft(variant, draft))) return;
      const of = era.current;
      try {
        const answer = await engine.pinVariant({ ...draft, name: draftName(draft, controls) }).result;
        if (of === era.current && took(answer) && answer.ok) record({ draft, variants: answer.variants });
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
    whatIfPoint: (id) => {
      if (id === model().pointed) return;
      put({ pointed: id });
      ask();
    },
    whatIfCompareWith: (against) => {
      if (against === model().against) return;
      runs.forget();
      put({ against });
      table.ask(against);
      ask();
    },
  };
}
