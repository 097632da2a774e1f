/** What can be done with the journal and the console beside looking: exports, copies, queries that are kept. */
import type { TableName } from '../../shared/contract/engine.ts';
import type { ExportName, SavedQuery } from '../../shared/contract/journal.ts';
import type { HostApi } from '../../shared/contract/host.ts';
import type { PendingCall, Progress } from '../../shared/contract/rpc.ts';
import { fileNameFrom } from '../features/document/slice.ts';
import { filterOf, WHOLE_JOURNAL } from '../features/journal/journalFilter.ts';
import { withoutQuery, withQuery, type QueryHome } from '../features/sql/savedQueries.ts';
import { textOf } from '../features/sql/resultColumns.tsx';
import type { EngineClient } from '../ui/slice.ts';
import { plural } from '../ui/format.ts';
import { tabbed } from '../ui/tableText.ts';
import { createExporter, createExporting } from './exporting.ts';
import { failure, type LongWork } from './longWork.ts';
import type { AppStore } from './store.ts';

export type TableForm = 'csv' | 'xlsx';

export interface JournalActions {
  /** The run as scenario and workspace, in one zip. */
  exportArchive(): Promise<void>;
  /** A whole table as CSV. */
  exportTable(table: TableName): Promise<void>;
  /** A whole table as a spreadsheet. */
  exportSpreadsheet(table: Exclude<ExportName, 'journal'>): Promise<void>;
  /** The journal as it is filtered on screen. */
  exportJournal(form: TableForm): Promise<void>;
  /** The rows of the last answer. */
  exportAnswer(form: TableForm): Promise<void>;
  copyAnswer(): void;
  saveQuery(query: SavedQuery, home: QueryHome): Promise<void>;
  removeQuery(query: SavedQuery, home: QueryHome): Promise<void>;
}

export interface JournalActionDeps {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly work: LongWork;
  readonly host: Pick<HostApi, 'exportFile'>;
  readonly copy: (text: string) => void;
  readonly saveQueries: ((queries: readonly SavedQuery[]) => void) | undefined;
}

const MIME: Readonly<Record<TableForm, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export function createJournalActions(deps: JournalActionDeps): JournalActions {
  const { store, engine, copy, saveQueries } = deps;
  const state = store.getState;
  const exporter = createExporter(deps);

  const exporting = createExporting(deps);
  const exported = (
    title: string,
    form: TableForm,
    start: (onProgress: (progress: Progress) => void) => PendingCall<string | Uint8Array>,
  ): Promise<void> => exporting({ title, ending: `.${form}`, mimeType: MIME[form], start });

  /** A change of the document: it can be undone, and is saved with it. */
  const keepWithAccount = async (what: string, queries: readonly SavedQuery[]): Promise<void> => {
    if (state().view === null) return;
    try {
      const view = await engine.setQueries({ what, queries }).result;
      state().documentChanged();
      state().showAccount(view, true);
      state().sqlKeptShow(view.kept.queries);
    } catch (error) {
      state().activityEnded(failure('The query was not kept', error, 'The account is unchanged.'));
    }
  };

  const keepQueries = (queries: readonly SavedQuery[]): void => {
    state().sqlSavedShow(queries);
    try {
      saveQueries?.(queries);
    } catch {
      store.setState({ spoken: 'Queries cannot be kept on this computer; they hold until the window is closed' });
    }
  };

  return {
    exportArchive: async () => {
      const { view } = state();
      if (view === null) return;
      const name = fileNameFrom(view.title === '' ? view.account : view.title, '');
      const suggestedName = `${name}.zip`;
      const run = await exporter({
        ...{ suggestedName, mimeType: 'application/zip' },
        start: (onProgress) => engine.archiveRun({ name }, onProgress),
        content: ({ bytes }) => bytes,
      });
      if (run === null || run.missing.length === 0) return;
      state().activityEnded({
        kind: 'failed',
        title: `${suggestedName} lacks ${plural(run.missing.length, 'usage file')}`,
        detail: `${run.missing.join(', ')}: the text is not kept here. Put it beside the scenario to run that alone.`,
        kept: 'The workspace in the archive is whole.',
      });
    },
    exportTable: (table) => exported(table, 'csv', (onProgress) => engine.exportTable({ table }, onProgress)),
    exportSpreadsheet: (table) =>
      exported(table, 'xlsx', (onProgress) => engine.exportTableXlsx({ table }, onProgress)),
    exportJournal: (form) => {
      const filter = filterOf(state().journalShown?.choice ?? WHOLE_JOURNAL);
      return exported('journal', form, (onProgress) =>
        form === 'csv'
          ? engine.exportJournal({ filter }, onProgress)
          : engine.exportTableXlsx({ table: 'journal', filter }, onProgress),
      );
    },
    exportAnswer: async (form) => {
      const result = state().sqlResult;
      if (result === null) return;
      const { columns, rows } = result.rows;
      await exported('query', form, (onProgress) =>
        form === 'csv'
          ? engine.exportRows({ columns, rows }, onProgress)
          : engine.exportRowsXlsx({ columns, rows }, onProgress),
      );
    },
    copyAnswer: () => {
      const result = state().sqlResult;
      if (result === null) return;
      const { columns, rows } = result.rows;
      const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(textOf))];
      copy(tabbed(lines));
    },
    saveQuery: async (query, home) => {
      if (home === 'computer') keepQueries(withQuery(state().sqlSaved, query));
      else await keepWithAccount(`Saving of query ${query.name}`, withQuery(state().sqlKept, query));
    },
    removeQuery: async ({ name }, home) => {
      if (home === 'computer') keepQueries(withoutQuery(state().sqlSaved, name));
      else await keepWithAccount(`Removal of query ${name}`, withoutQuery(state().sqlKept, name));
    },
  };
}
