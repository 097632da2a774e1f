/**
 * The copy of unsaved work that the next start finds: what changed since a base, and before the first one that base. The
 * worker needs long for the base of a large account and no time for what changed, which is therefore written after every
 * change; a base again only where many rows have come.
 */
import type { HostApi } from '../../shared/contract/host.ts';
import type { EngineClient } from '../ui/slice.ts';
import type { AppState, AppStore } from './store.ts';

export interface RecoveryCopies {
  /** The copy has all changes. */
  isKept(): boolean;
  /** Writes the copy. Not done where a base is due and `mayWriteBase` says no. */
  keep(mayWriteBase: () => boolean): Promise<void>;
  /** Writes a base where there is none, before there is anything to keep. */
  prepare(): Promise<void>;
  /** All changes are in a file: nothing is left to recover. */
  drop(): void;
  /** Another document is open: the copy of the one before it goes, and its base. */
  forget(before: AppState): void;
}

export function createRecoveryCopies(deps: {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly host: HostApi;
  readonly timeOfDay: () => string;
  /** 32 hexadecimal digits that nobody else has. */
  readonly newId: () => string;
}): RecoveryCopies {
  const { store, engine, host, timeOfDay, newId } = deps;
  const state = store.getState;
  let id = newId();
  /** The base that the shell has; a document that was recovered brings its own. */
  let base: string | null = null;
  /** The copy's number of changes; null where there is no copy. */
  let kept: number | null = null;

  /** What is written and what is taken away keep their order. */
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = (work: () => Promise<void>): Promise<void> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };

  const idOf = ({ documentRecovery }: AppState): string => documentRecovery?.id ?? id;
  const baseOf = ({ documentRecovery }: AppState): string | null => base ?? documentRecovery?.base ?? null;
  const isSame = ({ documentSerial }: AppState): boolean => state().documentSerial === documentSerial;

  /** Null where another document was opened meanwhile: opening it takes away what is there of this one. */
  const writeBase = async (of: string, before: AppState): Promise<string | null> => {
    const made = newId();
    const bytes = await engine.copyBase({ base: made }).result;
    if (!isSame(before)) return null;
    await host.saveRecoveryBase({ id: of, base: made, bytes });
    return isSame(before) ? (base = made) : null;
  };

  const write = async (mayWriteBase: () => boolean): Promise<void> => {
    const before = state();
    const of = idOf(before);
    let on = baseOf(before);
    let { documentChanges } = before;
    let bytes = on === null ? null : await engine.copyChanges({ base: on }).result;
    if (bytes === null) {
      on = isSame(before) && mayWriteBase() ? await writeBase(of, before) : null;
      if (on === null) return;
      ({ documentChanges } = state());
      bytes = await engine.copyChanges({ base: on }).result;
    }
    // null where many rows came once more meanwhile: the next time has them
    if (bytes === null || on === null || !isSame(before) || !state().documentUnsaved) return;
    await host.saveRecovery({ id: of, name: copyName(before), base: on, bytes });
    if (!isSame(before)) return;
    kept = documentChanges;
    store.setState({ documentKeptAt: timeOfDay() });
  };

  const drop = (of: string, keepBase: boolean): void =>
    void inOrder(() => host.dropRecovery({ id: of, keepBase })).catch(() => undefined);

  return {
    isKept: () => kept === state().documentChanges,
    keep: (mayWriteBase) => inOrder(() => write(mayWriteBase)),
    prepare: () =>
      inOrder(async () => {
        if (baseOf(state()) === null) await writeBase(idOf(state()), state());
      }),
    drop: () => {
      drop(idOf(state()), true);
      void inOrder(() => {
        kept = null;
        store.setState({ documentKeptAt: null });
        return Promise.resolve();
      });
    },
    forget: (before) => {
      drop(idOf(before), false);
      id = newId();
      base = null;
      kept = null;
    },
  };
}

/** What the copy is offered under: the document's name, or the account's where it has none. */
function copyName({ documentName, view }: AppState): string {
  const name = documentName === 'Untitled' ? (view?.title ?? documentName) : documentName;
  return name.slice(0, 200);
}
