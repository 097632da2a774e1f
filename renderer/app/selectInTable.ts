/**
 * What was chosen on the chart, in the table that is open: the lot that a posting made, the invoice of a month, the usage
 * row at an instant. The timeline has rows of its own for every mark and is selected by itself.
 */
import type { Instant } from '../../shared/domain/time.ts';
import type { AppState, AppStore } from './store.ts';

/** More lots than anybody clicks through; beyond, the timeline alone is selected. */
const MOST_LOTS = 2_000;

export async function selectInTable(store: AppStore, at: Instant, record: number | null): Promise<void> {
  const state = store.getState();
  switch (state.tab) {
    case 'lots': {
      const index = record === null ? null : await lotOf(state, record);
      if (store.getState().tab === 'lots') state.lotsSelect(index);
      return;
    }
    case 'invoices': {
      const month = (state.chartHistory?.months ?? []).find(({ from, to }) => from <= at && at < to);
      state.invoicesSelect(month?.invoice ?? null);
      return;
    }
    case 'usage': {
      const index = record === null ? await usageAt(state, at) : null;
      if (store.getState().tab === 'usage') state.usageSelect(index);
      return;
    }
    case 'timeline':
      return;
  }
}

/** The lot that a posting, a grant or an expiry is about. */
async function lotOf(state: AppState, record: number): Promise<number | null> {
  const lot = (await state.timelineRow(record))?.subject ?? null;
  if (lot === null) return null;
  for (let index = 0; index < Math.min(state.lots.total, MOST_LOTS); index++)
    if ((await state.lotsRow(index))?.id === lot) return index;
  return null;
}

/** The last row of usage at or before an instant. */
async function usageAt(state: AppState, at: Instant): Promise<number | null> {
  let low = 0;
  let high = state.usage.total;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = await state.usageRow(middle);
    if (row === undefined || row.at > at) high = middle;
    else low = middle + 1;
  }
  return low === 0 ? null : low - 1;
}
