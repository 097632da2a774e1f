/** Opening and importing: what is under way, and how the last attempt ended. */
import type { ImportReport, LocatedProblem } from '../../../shared/contract/engine.ts';
import type { Progress } from '../../../shared/contract/rpc.ts';
import type { SetSlice } from '../../ui/slice.ts';

export interface Activity {
  /** What is being done, with the file's name. */
  readonly what: string;
  readonly progress: Progress | null;
  readonly cancel: () => void;
}

export type ImportOutcome =
  | { readonly kind: 'imported'; readonly reports: readonly ImportReport[] }
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
  activityProgress(progress: Progress): void;
  activityEnded(outcome: ImportOutcome | null): void;
  dismissOutcome(): void;
}

export function createImportingSlice(set: SetSlice<ImportingSlice>): ImportingSlice {
  return {
    activity: null,
    outcome: null,
    activityStarted: (activity) => set({ activity }),
    activityProgress: (progress) =>
      set(({ activity }) => (activity === null ? {} : { activity: { ...activity, progress } })),
    activityEnded: (outcome) => set({ activity: null, outcome }),
    dismissOutcome: () => set({ outcome: null }),
  };
}
