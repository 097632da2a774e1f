/** The roll-forward of a month: opening and movements to closing, for the seller's books or the buyer's. */
import type { BookView, ReconMonth, RollForward } from '../../../shared/contract/reconcile.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export type RollForwardBy = RollForward['by'];

export interface RollForwardSlice {
  readonly rollForward: RollForward | null;
  readonly rollForwardView: BookView;
  readonly rollForwardBy: RollForwardBy;
  readonly rollForwardFailure: string | null;
  rollForwardLoad(period: ReconMonth): void;
  rollForwardChoose(period: ReconMonth, choice: { readonly view?: BookView; readonly by?: RollForwardBy }): void;
  rollForwardForget(): void;
}

export function createRollForwardSlice(
  set: SetSlice<RollForwardSlice>,
  get: GetSlice<RollForwardSlice>,
  { engine }: SliceDeps,
): RollForwardSlice {
  const asking = latestOnly({
    ask: (request: { period: ReconMonth; view: BookView; by: RollForwardBy }) => engine.rollForward(request).result,
    take: (rollForward) => set({ rollForward, rollForwardFailure: null }),
    failed: (error) => set({ rollForwardFailure: error instanceof Error ? error.message : String(error) }),
  });
  const load = (period: ReconMonth): void => {
    const { rollForwardView: view, rollForwardBy: by } = get();
    asking.ask({ period, view, by });
  };
  return {
    rollForward: null,
    rollForwardView: 'buyer',
    rollForwardBy: 'lot',
    rollForwardFailure: null,
    rollForwardLoad: load,
    rollForwardChoose: (period, { view = get().rollForwardView, by = get().rollForwardBy }) => {
      set({ rollForwardView: view, rollForwardBy: by });
      load(period);
    },
    rollForwardForget: () => {
      asking.forget();
      set({ rollForward: null, rollForwardFailure: null });
    },
  };
}
