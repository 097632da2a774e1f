/** The rows of the lots table that are at hand, and the selected one. */
import type { LotRow } from '../../../shared/contract/engine.ts';
import { NO_PAGES, createPager, type Pages } from '../../ui/pages.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface LotsSlice {
  readonly lots: Pages<LotRow>;
  readonly lotsSelected: number | null;
  lotsOpen(total: number): void;
  lotsNeed(first: number, last: number): void;
  lotsRow(index: number): Promise<LotRow | undefined>;
  lotsSelect(index: number | null): void;
}

export function createLotsSlice(set: SetSlice<LotsSlice>, get: GetSlice<LotsSlice>, deps: SliceDeps): LotsSlice {
  const pager = createPager<LotRow>({
    fetch: (request) => deps.engine.lots(request).result,
    read: () => get().lots,
    write: (lots) => set({ lots }),
    failed: deps.failed,
  });
  return {
    lots: NO_PAGES,
    lotsSelected: null,
    lotsOpen: (total) => {
      set({ lotsSelected: null });
      pager.reset(total);
      pager.need(0, 0);
    },
    lotsNeed: pager.need,
    lotsRow: pager.row,
    lotsSelect: (lotsSelected) => set({ lotsSelected }),
  };
}
