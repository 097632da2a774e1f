/** Long work of the window: what is under way, and how the last attempt ended. */
import type { ImportReport, LocatedProblem } from '../../../shared/contract/importing.ts';
import type { Progress } from '../../../shared/contract/rpc.ts';
import type { SetSlice } from '../../ui/slice.ts';

export interface Activity {
  /** What is being done, with the file's name. */
  readonly what: string;
  readonly progress: Progress | null;
  /** How long it will take yet, by how long it took so far; null while that is not known. */
  readonly leftMs: number | null;
  /** What cancelling keeps, on the button. */
  readonly cancelLabel: string;
  readonly cancel: () => void;
}

/** Rows that a file had left out as repeats of another, and has now. */
export interface RowsBack {
  readonly file: string;
  readonly rows: number;
}

export type ImportOutcome =
  | { readonly kind: 'imported'; readonly reports: readonly ImportReport[]; readonly canUndo: boolean }
  | { readonly kind: 'undone' | 'compared'; readonly report: ImportReport; readonly back: readonly RowsBack[] }
  | {
      readonly kind: 'problems';
      readonly title: string;
      readonly kept: string;
      readonly problems: readonly LocatedProblem[];
    }
  | { readonly kind: 'failed'; readonly title: string; readonly detail: string; readonly kept: string };

export interface ImportingSlice {
  readonly activity: Activity | null;
  readonly outcome: ImportOutcome | null;
  activityStarted(activity: Activity): void;
  activityProgress(progress: Progress, leftMs: number | null): void;
  activityEnded(outcome: ImportOutcome | null): void;
  dismissOutcome(): void;
}

export function createImportingSlice(set: SetSlice<ImportingSlice>): ImportingSlice {
  return {
    activity: null,
    outcome: null,
    activityStarted: (activity) => set({ activity }),
    activityProgress: (progress, leftMs) =>
      set(({ activity }) => (activity === null ? {} : { activity: { ...activity, progress, leftMs } })),
    activityEnded: (outcome) => set({ activity: null, outcome }),
    dismissOutcome: () => set({ outcome: null }),
  };
}
