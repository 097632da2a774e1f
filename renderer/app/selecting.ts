/**
 * Selecting links: a row shows its place on the chart, a mark its row, a month its invoice. What is selected is also read
 * out.
 */
import type { TimelineRow } from '../../shared/contract/engine.ts';
import type { StatedPoint, StatementItem } from '../../shared/contract/stated.ts';
import type { SelectionWords } from '../features/account/chartSlice.ts';
import { accountZone } from '../features/account/selectors.ts';
import { spokenRow } from '../features/timeline/describe.ts';
import { amountText } from '../ui/amountText.ts';
import { instantText, isoDurationText } from '../ui/format.ts';
import { selectInTable } from './selectInTable.ts';
import { recordBeside, statedBetween } from './eventWalk.ts';
import type { AppStore } from './store.ts';

/** Marks at which a lot's credit is posted. */
const CREDITS: ReadonlySet<string> = new Set(['purchase', 'auto_recharge', 'grant']);

export interface Selecting {
  /** A timeline row, from wherever it was chosen: selected in the table, shown on the chart. */
  selectRecord(index: number | null): Promise<void>;
  /** A place on the chart; selects the row that made it, where there is one. */
  selectAt(at: number, record: number | null): void;
  /** A stated balance: shown on the chart, read out, and on a click its source opened. */
  selectStated(point: StatedPoint, how: { readonly open: boolean }): void;
  selectItem(item: StatementItem): void;
  /** Walks what happened and what was stated, in time. */
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

  const selectStated: Selecting['selectStated'] = (point, { open }) => {
    const { view } = state();
    if (view === null) return;
    const what = statedWords(point, view.minorDigits);
    const source = `${point.file}:${point.line}`;
    const at = point.until === null ? point.at : (point.at + point.until) / 2;
    state().timelineSelect(null);
    state().chartSelectStated(at, { point: point.index }, { what, balance: null, source });
    if (open) state().sourceOpen(point.file, point.line);
    const when = instantText(point.at, accountZone(view));
    store.setState({ spoken: `${when}: ${what}, ${view.currency}` });
  };

  return {
    selectRecord,
    selectAt: (at, record) => {
      void selectInTable(store, at, record);
      if (record !== null) {
        const { tab } = state();
        if (tab === 'usage') store.setState({ tab: 'timeline' });
        void selectRecord(record);
        return;
      }
      state().timelineSelect(null);
      state().chartSelect(at, null);
    },
    selectStated,
    selectItem: (item) => {
      const { view } = state();
      if (view === null) return;
      const amount = amountText(item.amount, { digits: view.minorDigits });
      const source = `${item.file}:${item.line}`;
      const what = `${item.side === 'document' ? 'Document' : 'Bank'}: ${item.what}, ${amount} ${item.currency}`;
      state().timelineSelect(null);
      state().chartSelectStated(item.from, { item: item.index }, { what, balance: null, source });
      state().sourceOpen(item.file, item.line);
      store.setState({ spoken: what });
    },
    stepEvent: async (by) => {
      const { timeline } = state();
      const point = await statedBetween(store, by);
      if (point !== null) {
        selectStated(point, { open: false });
        return;
      }
      if (timeline.total === 0) return;
      const next = await recordBeside(store, by);
      if (next === null) return;
      store.setState({ tab: 'timeline' });
      await selectRecord(next);
    },
    selectLot: async (index) => {
      state().lotsSelect(index);
      const row = index === null ? undefined : await state().lotsRow(index);
      if (row === undefined) return;
      const mark = (state().chartHistory?.marks ?? []).find(
        ({ at, kind }) => at === row.posted_at && CREDITS.has(kind),
      );
      if (mark === undefined) state().chartSelect(row.posted_at, null);
      else await selectRecord(mark.record);
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

function statedWords({ by, until, stated, difference, agrees }: StatedPoint, digits: number): string {
  const amount = (text: string): string => amountText(text, { digits, exact: true });
  const says = `${by ?? 'A file'} states ${amount(stated)}${until === null ? '' : ' for the day'}`;
  if (agrees) return `${says}, which agrees`;
  return `${says}, ${amountText(difference, { digits, exact: true, sign: 'movement' })} from the replayed balance`;
}
