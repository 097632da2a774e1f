/** Opening whatever was dropped or chosen: a scenario, a workspace, or files that are read and shown before they are kept. */
import type { Opened } from '../../shared/contract/engine.ts';
import type { RecoveredWork } from '../../shared/contract/host.ts';
import type { NamedFile } from '../../shared/contract/importing.ts';
import type { DocumentOrigin } from '../features/document/slice.ts';
import { classify } from '../features/importing/classify.ts';
import type { EngineClient } from '../ui/slice.ts';
import type { Leaving } from './leaving.ts';
import { keptSentence, showView, tookOpened, type Job, type LongWork } from './longWork.ts';
import type { Staging } from './staging.ts';
import type { AppStore } from './store.ts';

export interface Opening {
  openScenario(
    request: { name: string; text: string; files: readonly NamedFile[] },
    origin: DocumentOrigin,
  ): Promise<boolean>;
  openWorkspace(request: {
    name: string;
    bytes: Uint8Array;
    ref: string | null;
    heldBy?: string | null;
  }): Promise<boolean>;
  /** Opens a copy of unsaved work. */
  openCopy(request: { name: string; base: string } & RecoveredWork): Promise<boolean>;
  /** Opens whatever was dropped or chosen. */
  openFiles(files: readonly File[]): Promise<void>;
}

export function createOpening(deps: {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly work: LongWork;
  readonly staging: Pick<Staging, 'stageFiles'>;
  readonly leaving: Pick<Leaving, 'mayLeave'>;
}): Opening {
  const { store, engine, work, staging, leaving } = deps;
  const savedWork = (
    { name, ref, heldBy }: { name: string; ref: string | null; heldBy: string | null },
    start: Job<Opened>['start'],
  ): Promise<boolean> =>
    work.run({
      what: `Opening ${name}`,
      failed: `${name} was not opened`,
      changesAccount: true,
      start,
      took: tookOpened(store, name, (view) => {
        store.getState().documentOpened({ name, origin: 'workspace', ref, heldBy });
        showView(store, view, false);
        store.setState({ place: 'account' });
        return null;
      }),
    });
  const opening: Opening = {
    openScenario: (request, origin) =>
      work.run({
        what: `Opening ${request.name}`,
        failed: `${request.name} was not opened`,
        changesAccount: true,
        start: (progress) => engine.openScenario({ ...request, demo: origin === 'demo' }, progress),
        took: tookOpened(store, request.name, (view) => {
          const name = origin === 'demo' ? 'Demo account' : request.name;
          store.getState().documentOpened({ name, origin, ref: null });
          showView(store, view, false);
          store.setState({ place: 'account' });
          const reports = view.imports.filter(({ format }) => format !== 'generated');
          return reports.length === 0 ? null : { kind: 'imported', reports, canUndo: false };
        }),
      }),
    openWorkspace: ({ name, bytes, ref, heldBy = null }) =>
      savedWork({ name, ref, heldBy }, (progress) => engine.openWorkspace({ name, bytes }, progress)),
    openCopy: (copy) =>
      savedWork({ name: copy.name, ref: null, heldBy: null }, (progress) => engine.openCopy(copy, progress)),
    openFiles: async (files) => {
      if (files.length === 0) return;
      const dropped = await classify(files);
      switch (dropped.kind) {
        case 'workspace':
          if (!(await leaving.mayLeave())) return;
          await opening.openWorkspace({
            name: dropped.file.name,
            bytes: new Uint8Array(await dropped.file.arrayBuffer()),
            ref: null,
          });
          return;
        case 'scenario': {
          const { file, siblings } = dropped;
          if (!(await leaving.mayLeave())) return;
          await opening.openScenario(
            { name: file.name, text: await file.text(), files: siblings.map(named) },
            'scenario',
          );
          return;
        }
        case 'data':
          await staging.stageFiles(dropped.files.map(named));
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
  const name = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
  return { name, content: file, modified: file.lastModified };
}
