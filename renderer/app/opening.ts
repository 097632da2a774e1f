/**
 * Opening and importing: asks the worker, and on success shows the new account in every part of the window. On failure
 * the old account stays and the report says why.
 */
import type { AccountView, NamedFile, Opened } from '../../shared/contract/engine.ts';
import { Cancelled, type PendingCall, type Progress } from '../../shared/contract/rpc.ts';
import type { DocumentOrigin } from '../features/document/slice.ts';
import type { ImportOutcome } from '../features/importing/slice.ts';
import { classify } from '../features/importing/classify.ts';
import { countText } from '../ui/amountText.ts';
import type { EngineClient } from '../ui/slice.ts';
import type { AppStore } from './store.ts';

export interface Opening {
  openScenario(
    request: { name: string; text: string; files: readonly NamedFile[] },
    origin: DocumentOrigin,
  ): Promise<boolean>;
  openWorkspace(request: { name: string; bytes: Uint8Array; ref: string | null }): Promise<boolean>;
  addUsage(files: readonly NamedFile[]): Promise<boolean>;
  /** Opens whatever was dropped or chosen. */
  openFiles(files: readonly File[]): Promise<void>;
}

export function createOpening(store: AppStore, engine: EngineClient): Opening {
  const run = async (
    { what, name }: { readonly what: string; readonly name: string },
    start: (onProgress: (progress: Progress) => void) => PendingCall<Opened>,
    opened: (view: AccountView) => ImportOutcome | null,
  ): Promise<boolean> => {
    const { activity, activityStarted, activityProgress, activityEnded, setUpdating } = store.getState();
    // One at a time: the worker has one account, and its figures must be the last ones asked for.
    if (activity !== null) return false;
    const call = start((progress) => activityProgress(progress));
    activityStarted({ what, progress: null, cancel: () => call.cancel() });
    setUpdating(true);
    try {
      const answer = await call.result;
      if (!answer.ok) {
        const count = answer.problems.length;
        activityEnded({
          kind: 'problems',
          title: `${name} has ${count === 1 ? '1 problem' : `${countText(count)} problems`}`,
          kept: keptSentence(store),
          problems: answer.problems,
        });
        return false;
      }
      activityEnded(opened(answer.view));
      return true;
    } catch (error) {
      activityEnded(
        error instanceof Cancelled
          ? null
          : {
              kind: 'failed',
              title: `${name} was not opened`,
              detail: error instanceof Error ? error.message : String(error),
              kept: keptSentence(store),
            },
      );
      return false;
    } finally {
      setUpdating(false);
    }
  };

  const opening: Opening = {
    openScenario: (request, origin) =>
      run(
        { what: `Opening ${request.name}`, name: request.name },
        (progress) => engine.openScenario({ ...request, demo: origin === 'demo' }, progress),
        (view) => {
          store
            .getState()
            .documentOpened({ name: origin === 'demo' ? 'Demo account' : request.name, origin, ref: null });
          showView(store, view, false);
          const reports = view.imports.filter(({ format }) => format !== 'generated');
          return reports.length === 0 ? null : { kind: 'imported', reports };
        },
      ),
    openWorkspace: ({ name, bytes, ref }) =>
      run(
        { what: `Opening ${name}`, name },
        (progress) => engine.openWorkspace({ name, bytes }, progress),
        (view) => {
          store.getState().documentOpened({ name, origin: 'workspace', ref });
          showView(store, view, false);
          return null;
        },
      ),
    addUsage: (files) => {
      const [first, second] = files;
      if (first === undefined) return Promise.resolve(false);
      const known = new Set(store.getState().view?.imports.map(({ sha256 }) => sha256) ?? []);
      return run(
        second === undefined
          ? { what: `Importing ${first.name}`, name: first.name }
          : { what: `Importing ${countText(files.length)} files`, name: `${countText(files.length)} files` },
        (progress) => engine.addUsage({ files }, progress),
        (view) => {
          const before = store.getState().view;
          store.getState().documentChanged();
          showView(store, view, before?.account === view.account);
          const names = new Set(files.map(({ name }) => name));
          const fresh = view.imports.filter(({ sha256, file }) => !known.has(sha256) || names.has(file));
          return { kind: 'imported', reports: fresh };
        },
      );
    },
    openFiles: async (files) => {
      if (files.length === 0) return;
      const dropped = await classify(files);
      switch (dropped.kind) {
        case 'workspace':
          await opening.openWorkspace({
            name: dropped.file.name,
            bytes: new Uint8Array(await dropped.file.arrayBuffer()),
            ref: null,
          });
          return;
        case 'scenario': {
          const { file, siblings } = dropped;
          await opening.openScenario(
            { name: file.name, text: await file.text(), files: siblings.map(named) },
            'scenario',
          );
          return;
        }
        case 'usage':
          await opening.addUsage(dropped.files.map(named));
          return;
        case 'unclear':
          store.getState().activityEnded({
            kind: 'failed',
            title: 'Nothing was opened',
            detail: dropped.reason,
            kept: keptSentence(store),
          });
      }
    },
  };
  return opening;
}

function named(file: File): NamedFile {
  // Files from a chosen folder carry their path, by which a scenario names them.
  return { name: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, content: file };
}

function keptSentence(store: AppStore): string {
  const { view } = store.getState();
  return view === null ? 'Nothing was kept.' : `${view.title} stays open as it was.`;
}

function showView(store: AppStore, view: AccountView, sameAccount: boolean): void {
  const state = store.getState();
  state.showAccount(view, sameAccount);
  state.chartOpen(view, sameAccount);
  state.timelineOpen(view.counts.timeline);
  state.lotsOpen(view.counts.lots);
  state.invoicesOpen(view.counts.invoices);
  state.usageOpen(view.counts.usage);
}
