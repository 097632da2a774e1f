/** What the user does with files that are stored: lists them, places their buckets, takes an import back, reads a source. */
import type { ImportReport, StoredFile } from '../../shared/contract/importing.ts';
import type { Placement } from '../../shared/domain/usage.ts';
import type { SavedProfile } from '../features/data/slice.ts';
import type { RowsBack } from '../features/importing/slice.ts';
import type { EngineClient } from '../ui/slice.ts';
import { failure, keptSentence, showView, tookOpened, type LongWork } from './longWork.ts';
import { sameFile } from './staging.ts';
import type { AppStore } from './store.ts';

export interface DataActions {
  loadFiles(): Promise<void>;
  placeFile(file: StoredFile, placement: Placement): Promise<boolean>;
  /** Its usage counts no more: it is evidence that the account is compared with. */
  compareOnly(file: StoredFile): Promise<boolean>;
  /** The way back: its usage counts, as far as no other file has it. */
  countUsage(file: StoredFile): Promise<boolean>;
  undoImport(file: StoredFile): Promise<boolean>;
  /** The same for a file that is known by its report. */
  undoReport(report: ImportReport): Promise<boolean>;
  openSource(file: string, line: number): void;
  deleteProfile(fingerprint: string): void;
}

export function createDataActions(deps: {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly work: LongWork;
  readonly keepProfiles: (profiles: readonly SavedProfile[]) => void;
}): DataActions {
  const { store, engine, work, keepProfiles } = deps;
  const state = store.getState;

  const filesNow = async (): Promise<readonly StoredFile[]> => {
    const files = await engine.files({}).result;
    state().storedShow(files);
    return files;
  };
  const failedTo = (title: string, error: unknown): void =>
    state().activityEnded(failure(title, error, keptSentence(store)));

  const undoImport = ({ id, report }: StoredFile): Promise<boolean> =>
    work.runNext(() => ({
      what: `Taking back ${report.file}`,
      failed: `${report.file} was not taken back`,
      cancelLabel: 'Cancel, keep the import',
      changesAccount: true,
      start: (progress) => engine.undoImport({ id }, progress),
      took: tookOpened(store, report.file, (view) => {
        const sameAccount = state().view?.account === view.account;
        state().documentChanged();
        showView(store, view, sameAccount);
        store.setState({ spoken: `Took back ${report.file}` });
        return { kind: 'undone', report, back: rowsBack(state().storedFiles, view.imports) };
      }),
    }));

  return {
    loadFiles: async () => {
      try {
        await filesNow();
      } catch (error) {
        state().storedShow([]);
        failedTo('The files could not be listed', error);
      }
    },
    placeFile: ({ id, report }, placement) =>
      work.runNext(() => ({
        what: `Placing the rows of ${report.file}`,
        failed: `The rows of ${report.file} stay where they were`,
        cancelLabel: 'Cancel, keep them where they are',
        changesAccount: true,
        start: (progress) => engine.place({ id, placement }, progress),
        took: tookOpened(store, report.file, (view) => {
          state().documentChanged();
          showView(store, view, true);
          return null;
        }),
      })),
    compareOnly: ({ id, report }) =>
      work.runNext(() => ({
        what: `Taking the usage of ${report.file} out of the account`,
        failed: `${report.file} still counts`,
        cancelLabel: 'Cancel, let it count',
        changesAccount: true,
        start: (progress) => engine.compareOnly({ id }, progress),
        took: tookOpened(store, report.file, (view) => {
          state().documentChanged();
          showView(store, view, true);
          store.setState({ spoken: `${report.file} is only compared` });
          const back = rowsBack(state().storedFiles, view.imports);
          return back.length === 0 ? null : { kind: 'compared', report, back };
        }),
      })),
    countUsage: ({ id, report }) =>
      work.runNext(() => ({
        what: `Reading ${report.file} again`,
        failed: `${report.file} is still only compared`,
        cancelLabel: 'Cancel, only compare it',
        changesAccount: true,
        start: (progress) => engine.countUsage({ id }, progress),
        took: tookOpened(store, report.file, (view) => {
          state().documentChanged();
          showView(store, view, true);
          store.setState({ spoken: `${report.file} counts` });
          return null;
        }),
      })),
    undoImport,
    undoReport: async (report) => {
      try {
        const file = (await filesNow()).find((stored) => !stored.ofScenario && sameFile(stored.report, report));
        if (file === undefined) throw new Error('It is no file of this account any more.');
        return await undoImport(file);
      } catch (error) {
        failedTo(`${report.file} was not taken back`, error);
        return false;
      }
    },
    openSource: (file, line) => state().sourceOpen(file, line),
    deleteProfile: (gone) => keepProfiles(state().profiles.filter(({ fingerprint }) => fingerprint !== gone)),
  };
}

/** What files have more of than when they were listed. */
function rowsBack(listed: readonly StoredFile[] | null, now: readonly ImportReport[]): readonly RowsBack[] {
  return (listed ?? []).flatMap(({ report }) => {
    const after = now.find((each) => sameFile(each, report));
    const rows = rowsOf(after ?? report) - rowsOf(report);
    return rows > 0 ? [{ file: report.file, rows }] : [];
  });
}

function rowsOf({ rows }: ImportReport): number {
  return rows.stored + rows.adjustments;
}
