/** The roll-forward of a month: opening and movements to closing, for the seller's books or the buyer's. */
import type { BookView, ReconMonth, RollForward } from '../../../shared/contract/reconcile.ts';
import { latestOnly } from '../../ui/latestOnly.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export type RollForwardBy = RollForward['by'];

export interface RollForwardSlice {
  readonly rollForward: RollForward | null;
  readonly rollForwardView: BookView;
  readonly rollForwardBy: RollForwardBy;
  /** Share of paid credits that the seller expects to expire, `0.025`; null: as the account's own past shows. */
  readonly rollForwardRate: string | null;
  readonly rollForwardFailure: string | null;
  rollForwardLoad(period: ReconMonth): void;
  rollForwardChoose(
    period: ReconMonth,
    choice: { readonly view?: BookView; readonly by?: RollForwardBy; readonly rate?: string | null },
  ): void;
  rollForwardForget(): void;
}

export function createRollForwardSlice(
  set: SetSlice<RollForwardSlice>,
  get: GetSlice<RollForwardSlice>,
  { engine }: SliceDeps,
): RollForwardSlice {
  const asking = latestOnly({
    ask: (request: Parameters<SliceDeps['engine']['rollForward']>[0]) => engine.rollForward(request).result,
    take: (rollForward) => set({ rollForward, rollForwardFailure: null }),
    failed: (error) => set({ rollForwardFailure: error instanceof Error ? error.message : String(error) }),
  });
  const load = (period: ReconMonth): void => {
    const { rollForwardView: view, rollForwardBy: by, rollForwardRate: rate } = get();
    asking.ask({ period, view, by, ...(rate === null ? {} : { breakageRate: rate }) });
  };
  return {
    rollForward: null,
    rollForwardView: 'buyer',
    rollForwardBy: 'lot',
    rollForwardRate: null,
    rollForwardFailure: null,
    rollForwardLoad: load,
    rollForwardChoose: (period, choice) => {
      const { view = get().rollForwardView, by = get().rollForwardBy, rate = get().rollForwardRate } = choice;
      set({ rollForwardView: view, rollForwardBy: by, rollForwardRate: rate });
      load(period);
    },
    rollForwardForget: () => {
      asking.forget();
      set({ rollForward: null, rollForwardFailure: null });
    },
  };
}
