/** The rows of the invoices table that are at hand, and the selected one. */
import type { InvoiceRow } from '../../../shared/contract/engine.ts';
import { NO_PAGES, createPager, type Pages } from '../../ui/pages.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface InvoicesSlice {
  readonly invoices: Pages<InvoiceRow>;
  readonly invoicesSelected: number | null;
  invoicesOpen(total: number): void;
  invoicesNeed(first: number, last: number): void;
  invoicesRow(index: number): Promise<InvoiceRow | undefined>;
  invoicesSelect(index: number | null): void;
}

export function createInvoicesSlice(
  set: SetSlice<InvoicesSlice>,
  get: GetSlice<InvoicesSlice>,
  deps: SliceDeps,
): InvoicesSlice {
  const pager = createPager<InvoiceRow>({
    fetch: (request) => deps.engine.invoices(request).result,
    read: () => get().invoices,
    write: (invoices) => set({ invoices }),
    failed: deps.failed,
  });
  return {
    invoices: NO_PAGES,
    invoicesSelected: null,
    invoicesOpen: (total) => {
      set({ invoicesSelected: null });
      pager.reset(total);
      pager.need(0, 0);
    },
    invoicesNeed: pager.need,
    invoicesRow: pager.row,
    invoicesSelect: (invoicesSelected) => set({ invoicesSelected }),
  };
}
