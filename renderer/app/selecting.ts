/**
 * Selecting links: a row shows its place on the chart, a mark its row, a month its invoice. What is selected is also read
 * out.
 */
import type { TimelineRow } from '../../shared/contract/engine.ts';
import type { SelectionWords } from '../features/account/chartSlice.ts';
import { accountZone } from '../features/account/selectors.ts';
import { spokenRow } from '../features/timeline/describe.ts';
import { amountText } from '../ui/amountText.ts';
import { instantText, isoDurationText } from '../ui/format.ts';
import type { AppStore } from './store.ts';

export interface Selecting {
  /** A timeline row, from wherever it was chosen: selected in the table, shown on the chart. */
  selectRecord(index: number | null): Promise<void>;
  /** A place on the chart; selects the row that made it, where there is one. */
  selectAt(at: number, record: number | null): void;
  stepEvent(by: number): Promise<void>;
  selectLot(index: number | null): Promise<void>;
  selectInvoice(index: number | null): Promise<void>;
  selectUsage(index: number | null): Promise<void>;
}

export function createSelecting(store: AppStore): Selecting {
  const state = store.getState;

  const selectRecord = async (index: number | null): Promise<void> => {
    state().timelineSelect(index);
    if (index === null) {
      state().chartDeselect();
      return;
    }
    const row = await state().timelineRow(index);
    const { view } = state();
    // Another row may have been selected while this one was fetched.
    if (row === undefined || view === null || state().timelineSelected !== index) return;
    state().chartSelect(row.at, index, wordsOf(row, view.minorDigits));
    const balance = amountText(row.balance, { digits: view.minorDigits });
    const when = `${row.about === true ? 'about ' : ''}${instantText(row.at, accountZone(view))}`;
    store.setState({ spoken: `${when}: ${spokenRow(row, view.minorDigits)}. Balance ${balance} ${view.currency}` });
  };

  return {
    selectRecord,
    selectAt: (at, record) => {
      if (record !== null) {
        store.setState({ tab: 'timeline' });
        void selectRecord(record);
        return;
      }
      state().timelineSelect(null);
      state().chartSelect(at, null);
    },
    stepEvent: async (by) => {
      const { timelineSelected, timeline } = state();
      if (timeline.total === 0) return;
      const next = timelineSelected === null ? (by > 0 ? 0 : timeline.total - 1) : timelineSelected + by;
      store.setState({ tab: 'timeline' });
      await selectRecord(Math.min(timeline.total - 1, Math.max(0, next)));
    },
    selectLot: async (index) => {
      state().lotsSelect(index);
      const row = index === null ? undefined : await state().lotsRow(index);
      if (row !== undefined) state().chartSelect(row.posted_at, null);
    },
    selectInvoice: async (index) => {
      state().invoicesSelect(index);
      const row = index === null ? undefined : await state().invoicesRow(index);
      if (row !== undefined) state().chartSelect(row.to, null);
    },
    selectUsage: async (index) => {
      state().usageSelect(index);
      const row = index === null ? undefined : await state().usageRow(index);
      if (row !== undefined) state().chartSelect(row.at, null);
    },
  };
}

/** What the chart's card says of a selected row. */
function wordsOf(row: TimelineRow, digits: number): SelectionWords {
  const source = row.rule === null ? null : `${row.rule.name} ${isoDurationText(row.rule.value)}`;
  return { what: spokenRow(row, digits), balance: row.balance, source };
}
