/** The What-if place's part of the state: what is tried, what is kept of it, and the way back through both. */
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { RunId, WhatIfProblem } from '../../../shared/contract/whatIf.ts';
import type { TimeWindow } from '../../ui/chart/timeWindow.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import { accountPart } from './accountPart.ts';
import type { WhatIfChartActions } from './chartPart.ts';
import { NO_DRAFT, withHold, withValue } from './draft.ts';
import { createLab } from './lab.ts';
import { NOTHING_DRAWN, NOTHING_TRIED, type Hand, type WhatIfChart, type WhatIfModel } from './state.ts';
import { variantsPart } from './variantsPart.ts';

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
  /** Null: the pointer and the focus are on none. */
  whatIfPoint(id: string | null): void;
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
  /** Other variants are kept than before. */
  readonly whatIfKept: () => void;
}

export function createWhatIfSlice(
  set: SetSlice<WhatIfSlice>,
  get: GetSlice<WhatIfSlice>,
  deps: WhatIfDeps,
): WhatIfSlice {
  const lab = createLab(set, get, deps);
  const { model, tryDraft } = lab;
  return {
    whatIf: NOTHING_TRIED,
    whatIfChart: NOTHING_DRAWN,
    ...lab.chart.actions,
    ...variantsPart(lab, deps.whatIfKept),
    ...accountPart(lab, deps.whatIfApplied),
    whatIfTry: (path, text, hand) => {
      const { draft, controls } = model();
      const control = controls.find((one) => one.path === path);
      if (control !== undefined) tryDraft(withValue(draft, control, text, model().view?.currency ?? ''), hand);
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
    whatIfView: (change) => lab.put(change),
  };
}

/** What is wrong with one control's value; of the run as a whole where the path is null. */
export function problemAt(problems: readonly WhatIfProblem[], path: string | null): string | null {
  return problems.find((problem) => problem.path === path)?.message ?? null;
}
