/** The rows of the usage table that are at hand, and the selected one. */
import type { UsageRow } from '../../../shared/contract/engine.ts';
import { NO_PAGES, createPager, type Pages } from '../../ui/pages.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface UsageSlice {
  readonly usage: Pages<UsageRow>;
  readonly usageSelected: number | null;
  usageOpen(total: number): void;
  usageNeed(first: number, last: number): void;
  usageRow(index: number): Promise<UsageRow | undefined>;
  usageSelect(index: number | null): void;
}

export function createUsageSlice(set: SetSlice<UsageSlice>, get: GetSlice<UsageSlice>, deps: SliceDeps): UsageSlice {
  const pager = createPager<UsageRow>({
    fetch: (request) => deps.engine.usage(request).result,
    read: () => get().usage,
    write: (usage) => set({ usage }),
    failed: deps.failed,
  });
  return {
    usage: NO_PAGES,
    usageSelected: null,
    usageOpen: (total) => {
      set({ usageSelected: null });
      pager.reset(total);
      pager.need(0, 0);
    },
    usageNeed: pager.need,
    usageRow: pager.row,
    usageSelect: (usageSelected) => set({ usageSelected }),
  };
}
