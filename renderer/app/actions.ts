/** What the user can do, in one place: menus, keys and drops call these, and nothing else talks to shell or worker. */
import type { TableName, TimelineRow } from '../../shared/contract/engine.ts';
import { HostError, type HostApi } from '../../shared/contract/host.ts';
import type { SelectionWords } from '../features/account/chartSlice.ts';
import { accountZone } from '../features/account/selectors.ts';
import { fileNameFrom, suggestedName } from '../features/document/slice.ts';
import { spokenRow } from '../features/timeline/describe.ts';
import { amountText } from '../ui/amountText.ts';
import { instantText, isoDurationText, rangeText } from '../ui/format.ts';
import type { EngineClient } from '../ui/slice.ts';
import { createOpening, type Opening } from './opening.ts';
import type { AppStore } from './store.ts';
import type { Theme } from './theme.ts';

export interface Actions extends Opening {
  /** The demo, with its most telling moment selected: where access was cut off. */
  openDemo(demo: { readonly name: string; readonly text: string }): Promise<void>;
  chooseScenario(): Promise<void>;
  chooseWorkspace(): Promise<void>;
  chooseUsage(): Promise<void>;
  save(): Promise<void>;
  saveAs(): Promise<void>;
  exportChart(): Promise<void>;
  exportTable(table: TableName): Promise<void>;
  setTheme(theme: Theme): void;
  /** A timeline row, from wherever it was chosen: selected in the table, shown on the chart. */
  selectRecord(index: number | null): Promise<void>;
  /** A place on the chart; selects the row that made it, where there is one. */
  selectAt(at: number, record: number | null): void;
  stepEvent(by: number): Promise<void>;
  selectLot(index: number | null): Promise<void>;
  selectInvoice(index: number | null): Promise<void>;
  selectUsage(index: number | null): Promise<void>;
}

export interface ActionDeps {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly host: HostApi;
  readonly chooseFiles: (options: { accept: string; multiple: boolean }) => Promise<File[]>;
  /** The chart on screen as a PNG, with a title above it. */
  readonly chartPng: (caption: { title: string; detail: string }) => Promise<Uint8Array>;
  readonly applyTheme: (theme: Theme) => void;
  /** Time of day of this computer, for `Saved 09:02`. */
  readonly timeOfDay: () => string;
}

export function createActions(deps: ActionDeps): Actions {
  const { store, engine, host, chooseFiles, chartPng, applyTheme, timeOfDay } = deps;
  const opening = createOpening(store, engine);
  const state = store.getState;

  /** A failure of shell or worker becomes a report; the account stays. */
  const guarded = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      state().activityEnded({
        kind: 'failed',
        title: what,
        detail: error instanceof Error ? error.message : String(error),
        kept: error instanceof HostError ? '' : 'The account on screen is unchanged.',
      });
    }
  };

  const save = (ref: string | null): Promise<void> =>
    guarded('The workspace was not saved', async () => {
      const bytes = await engine.saveWorkspace({}).result;
      const saved = await host.saveDocument({ ref, suggestedName: suggestedName(state().documentName), bytes });
      if (saved !== null) state().documentSaved({ ...saved, at: timeOfDay() });
    });

  const speak = (sentence: string): void => store.setState({ spoken: sentence });

  const selectRecord = async (index: number | null): Promise<void> => {
    state().timelineSelect(index);
    if (index === null) {
      state().chartDeselect();
      return;
    }
    const row = await state().timelineRow(index);
    const { view } = state();
    if (row === undefined || view === null || state().timelineSelected !== index) return;
    state().chartSelect(row.at, index, wordsOf(row, view.minorDigits));
    const balance = amountText(row.balance, { digits: view.minorDigits });
    speak(`${instantText(row.at, accountZone(view))}: ${spokenRow(row, view.minorDigits)}. Balance ${balance} ${view.currency}`);
  };

  return {
    ...opening,
    openDemo: async ({ name, text }) => {
      if (!(await opening.openScenario({ name, text, files: [] }, 'demo'))) return;
      const { view, timelineSelect, chartSelect } = state();
      if (view === null) return;
      const { spans } = await engine.annotations({ from: view.from, to: view.to }).result;
      const story = spans.findLast(({ reason, record }) => reason !== 'no_plan' && record !== null);
      if (story === undefined || state().view !== view || state().timelineSelected !== null) return;
      timelineSelect(story.record);
      const row = story.record === null ? undefined : await state().timelineRow(story.record);
      if (row !== undefined) chartSelect(row.at, row.index, wordsOf(row, view.minorDigits));
    },
    chooseScenario: () =>
      guarded('The scenario was not opened', async () => {
        await opening.openFiles(await chooseFiles({ accept: '.yaml,.yml,.json,.csv,.ndjson,.jsonl,.gz,.zip', multiple: true }));
      }),
    chooseWorkspace: () =>
      guarded('The workspace was not opened', async () => {
        const document = await host.openDocument();
        if (document !== null) await opening.openWorkspace(document);
      }),
    chooseUsage: () =>
      guarded('The files were not read', async () => {
        await opening.openFiles(await chooseFiles({ accept: '', multiple: true }));
      }),
    save: () => save(state().documentRef),
    saveAs: () => save(null),
    exportChart: () =>
      guarded('The chart was not exported', async () => {
        const { view, chartWindow } = state();
        if (view === null) return;
        const zone = accountZone(view);
        const range = rangeText(Math.max(chartWindow.from, view.from), Math.min(chartWindow.to, view.to), zone);
        const bytes = await chartPng({ title: view.title, detail: `Balance in ${view.currency}, ${range}, ${zone.name}` });
        await host.exportFile({ suggestedName: fileNameFrom(view.title, '.png'), mimeType: 'image/png', bytes });
      }),
    exportTable: (table) =>
      guarded('The table was not exported', async () => {
        const { view } = state();
        if (view === null) return;
        const bytes = new TextEncoder().encode(await engine.exportTable({ table }).result);
        await host.exportFile({ suggestedName: fileNameFrom(`${view.title} ${table}`, '.csv'), mimeType: 'text/csv', bytes });
      }),
    setTheme: (theme) => {
      applyTheme(theme);
      store.setState({ theme });
    },
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
