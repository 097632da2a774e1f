/** Documents as the user handles them: new, open, recent, save, reload, leave, undo and redo, and work that was recovered. */
import type { Stepped } from '../../shared/contract/engine.ts';
import type { HostApi, HostDocument, Recovery } from '../../shared/contract/host.ts';
import type { PendingCall } from '../../shared/contract/rpc.ts';
import { blankScenario, type BlankAccount } from '../features/document/blankAccount.ts';
import { failure, keptSentence, showView, tookOpened, type LongWork } from './longWork.ts';
import type { EngineClient } from '../ui/slice.ts';
import type { Leaving } from './leaving.ts';
import type { Opening } from './opening.ts';
import type { Saving } from './documentSaving.ts';
import type { AppStore } from './store.ts';

export interface DocumentActions {
  save(): Promise<void>;
  saveAs(): Promise<void>;
  /** The answers to a file that is not as it was. */
  overwrite(): Promise<void>;
  reload(): Promise<void>;
  chooseWorkspace(): Promise<void>;
  openRecent(id: string): Promise<void>;
  loadRecents(): Promise<void>;
  newAccount(account: BlankAccount): Promise<boolean>;
  newWindow(): Promise<void>;
  reveal(): Promise<void>;
  setAutosave(on: boolean): void;
  undo(): Promise<boolean>;
  redo(): Promise<boolean>;
  /** Work that was recovered: the user wants it, or does not. */
  keepRecovered(): void;
  discardRecovered(): Promise<void>;
  openRecovery(recovery: Recovery): Promise<boolean>;
  discardRecovery(recovery: Recovery): Promise<void>;
  /** The first document of a window. */
  start(): Promise<void>;
  /** Saves when the window is closed and the user wants that; never ends. */
  saveOnClose(): Promise<never>;
}

export interface DocumentDeps {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly host: HostApi;
  readonly work: LongWork;
  readonly saving: Saving;
  readonly leaving: Leaving;
  readonly opening: Pick<Opening, 'openScenario' | 'openWorkspace' | 'openCopy'>;
  readonly openDemo: () => Promise<void>;
  readonly keepAutosave: (on: boolean) => void;
}

export function createDocuments(deps: DocumentDeps): DocumentActions {
  const { store, host, saving, leaving, opening, openDemo } = deps;
  const state = store.getState;

  const guarded = async <T>(what: string, otherwise: T, act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      state().activityEnded(failure(what, error, keptSentence(store)));
      return otherwise;
    }
  };

  /** Opens what the shell gives; a document that was opened in vain is let go. */
  const openGiven = async (document: HostDocument | null): Promise<void> => {
    if (document === null) return;
    const isOpen = await opening.openWorkspace(document);
    if (!isOpen && document.ref !== null) await host.closeDocument({ ref: document.ref });
  };
  const open = (choose: () => Promise<HostDocument | null>): Promise<void> =>
    guarded('The workspace was not opened', undefined, async () => {
      if (await leaving.mayLeave()) await openGiven(await choose());
    });

  const save = (request: Parameters<Saving['write']>[0]): Promise<boolean> =>
    guarded('The workspace was not saved', false, () => saving.write(request));

  const openRecovery = (recovery: Recovery): Promise<boolean> =>
    guarded(`${recovery.name} was not recovered`, false, async () => {
      const { name, base } = recovery;
      if (!(await opening.openCopy({ name, base, ...(await host.readRecovery({ id: recovery.id })) }))) return false;
      state().documentRecovered(recovery);
      return true;
    });
  const noLongerWaiting = ({ id }: Recovery): void =>
    store.setState(({ recoveriesWaiting }) => ({
      recoveriesWaiting: recoveriesWaiting.filter((waiting) => waiting.id !== id),
    }));

  return {
    ...stepping(deps),
    save: async () => {
      await save({ ref: state().documentRef });
    },
    saveAs: async () => {
      await save({ ref: null });
    },
    overwrite: async () => {
      const { documentConflict } = state();
      if (documentConflict !== null) await save({ ref: documentConflict.ref, overwrite: true });
    },
    reload: () =>
      guarded('The workspace was not read again', undefined, async () => {
        const { documentConflict } = state();
        if (documentConflict !== null) await openGiven(await host.reloadDocument({ ref: documentConflict.ref }));
      }),
    chooseWorkspace: () => open(() => host.openDocument()),
    openRecent: async (id) => {
      await open(() => host.openRecent({ id }));
      await loadRecents(deps);
    },
    loadRecents: () => loadRecents(deps),
    newAccount: (account) =>
      guarded('The account was not made', false, async () => {
        if (!(await leaving.mayLeave())) return false;
        const request = { name: account.name.trim(), text: blankScenario(account), files: [] };
        return opening.openScenario(request, 'usage');
      }),
    newWindow: () => guarded('No window was opened', undefined, () => host.openWindow()),
    reveal: () =>
      guarded('The file was not shown', undefined, async () => {
        const { documentRef } = state();
        if (documentRef !== null) await host.revealDocument({ ref: documentRef });
      }),
    setAutosave: (autosave) => {
      deps.keepAutosave(autosave);
      store.setState({ autosave, spoken: autosave ? 'Autosave is on' : 'Autosave is off' });
    },
    keepRecovered: () => store.setState({ recoveryAnswered: true }),
    discardRecovered: () =>
      guarded('The copy was not discarded', undefined, async () => {
        const { documentRecovery } = state();
        // nothing of it is kept any more, and its copy is gone before another account is shown
        store.setState({ documentUnsaved: false });
        if (documentRecovery !== null) await host.dropRecovery({ id: documentRecovery.id, keepBase: false });
        await openDemo();
      }),
    openRecovery: async (recovery) => {
      if (!(await leaving.mayLeave()) || !(await openRecovery(recovery))) return false;
      noLongerWaiting(recovery);
      return true;
    },
    discardRecovery: (recovery) =>
      guarded('The copy was not discarded', undefined, async () => {
        await host.dropRecovery({ id: recovery.id, keepBase: false });
        noLongerWaiting(recovery);
      }),
    start: async () => {
      const { canReveal } = await host.describe();
      store.setState({ canReveal });
      const launched = await host.launchDocument();
      const waiting = await host.recoveries().catch(() => []);
      const [latest, ...rest] = waiting;
      const isRecovered = launched === null && latest !== undefined && (await openRecovery(latest));
      store.setState({ recoveriesWaiting: isRecovered ? rest : waiting });
      if (launched !== null) await openGiven(launched);
      else if (!isRecovered) await openDemo();
      await loadRecents(deps);
    },
    saveOnClose: async () => {
      for (;;) {
        await host.closeAsked();
        const close = !state().documentUnsaved || (await save({ ref: state().documentRef }));
        await host.answerClose({ close });
      }
    },
  };
}

async function loadRecents({ store, host }: DocumentDeps): Promise<void> {
  // A list of names is not worth a failure on screen.
  store.setState({ recentDocuments: await host.recentDocuments().catch(() => []) });
}

function stepping({ store, engine, work }: DocumentDeps): Pick<DocumentActions, 'undo' | 'redo'> {
  const step = (way: 'undo' | 'redo', start: () => PendingCall<Stepped>): Promise<boolean> =>
    work.runNext(() => {
      const { view } = store.getState();
      const what = view?.[way] ?? null;
      if (view === null || what === null) return null;
      const isDone = way === 'undo' ? 'Undid' : 'Redid';
      return {
        what: `${way === 'undo' ? 'Undoing' : 'Redoing'}: ${what}`,
        failed: `${what} could not be ${way === 'undo' ? 'undone' : 'redone'}`,
        changesAccount: true,
        start,
        took: (answer) => {
          const { ok, outcome } = tookOpened(store, what, (after) => {
            const isDemo = answer.ok && answer.isDemo;
            if (isDemo) store.getState().documentOpened({ name: 'Demo account', origin: 'demo', ref: null });
            else store.getState().documentChanged();
            showView(store, after, after.account === view.account);
            store.setState({ spoken: `${isDone}: ${what}` });
            return null;
          })(answer);
          return { ok, outcome };
        },
      };
    });
  return {
    undo: () => step('undo', () => engine.undoChange({})),
    redo: () => step('redo', () => engine.redoChange({})),
  };
}
