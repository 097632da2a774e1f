/**
 * Saves by itself. A document with a file is written to it a few seconds after the last change; one without, or whose file
 * is in dispute, or with autosave off, is kept as a copy that the next start finds. Never while other work runs. The worker
 * needs long for the bytes of a large account, which then are made at most every 10 seconds; it answers questions meanwhile.
 */
import type { HostApi } from '../../shared/contract/host.ts';
import type { EngineClient } from '../ui/slice.ts';
import type { Saving } from './documentSaving.ts';
import type { AppState, AppStore } from './store.ts';

/** After the last change; a copy is there within three seconds of it. */
const COPY_AFTER_MS = 1_500;
const FILE_AFTER_MS = 3_000;
/** While changes never stop, it is not put off longer than this. */
const PUT_OFF_MS = 10_000;
const BUSY_MS = 500;
const SELDOM_MS = 10_000;
/** What is larger than this is done seldom; what is not small, where it takes the worker long on this computer. */
const LARGE_BYTES = 16 * 1_024 * 1_024;
const SMALL_BYTES = 2 * 1_024 * 1_024;
const SLOW_MS = 400;
/** An account of which nothing is known yet is judged by its rows. */
const LARGE_ROWS = 200_000;

export function startAutosave(deps: {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly host: HostApi;
  readonly saving: Saving;
  readonly now: () => number;
  readonly timeOfDay: () => string;
  /** 32 hexadecimal digits that nobody else has. */
  readonly newId: () => string;
}): void {
  const { store, engine, host, saving, now, timeOfDay, newId } = deps;
  const state = store.getState;
  let id = newId();
  /** The copy's number of changes; null where there is no copy. */
  let kept: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince: number | null = null;
  let lastRun = -Infinity;
  let isRunning = false;
  let isSlow: boolean | null = null;
  /** Whatever refused (a full disk) will not agree in a second. */
  let isRefused = false;

  const idOf = ({ documentRecovery }: AppState): string => documentRecovery?.id ?? id;
  const toFile = (): boolean => {
    const { autosave, documentRef, documentConflict } = state();
    return autosave && documentRef !== null && documentConflict === null;
  };
  const seldom = (): boolean => isRefused || (isSlow ?? (state().view?.counts.usage ?? 0) > LARGE_ROWS);
  const isDone = (): boolean => !state().documentUnsaved || (!toFile() && kept === state().documentChanges);

  const drop = (of: string): void => {
    kept = null;
    void saving.alone(() => host.dropRecovery({ id: of })).catch(() => undefined);
  };

  const plan = (): void => {
    clearTimeout(timer);
    if (isDone()) {
      waitingSince = null;
      return;
    }
    if (isRunning) return;
    waitingSince ??= now();
    const soon = toFile() ? FILE_AFTER_MS : COPY_AFTER_MS;
    const latest = waitingSince + PUT_OFF_MS - now();
    const earliest = seldom() ? lastRun + SELDOM_MS - now() : 0;
    timer = setTimeout(fire, Math.max(0, Math.min(soon, latest), earliest));
  };

  const fire = (): void => {
    const { activity, updating } = state();
    if (activity !== null || updating) timer = setTimeout(fire, BUSY_MS);
    else void run();
  };

  const run = async (): Promise<void> => {
    isRunning = true;
    waitingSince = null;
    const { documentSerial, documentRef } = state();
    try {
      if (toFile()) await saving.write({ ref: documentRef, byItself: true });
      else await saving.alone(keepCopy);
      isRefused = false;
    } catch (error) {
      const documentUnkept = error instanceof Error ? error.message : String(error);
      if (state().documentSerial === documentSerial) store.setState({ documentUnkept });
      isRefused = true;
    }
    isRunning = false;
    lastRun = now();
    plan();
  };

  const keepCopy = async (): Promise<void> => {
    const before = state();
    const { documentSerial, documentChanges } = before;
    const started = now();
    const bytes = await engine.saveWorkspace({}).result;
    isSlow = bytes.length > (now() - started > SLOW_MS ? SMALL_BYTES : LARGE_BYTES);
    if (state().documentSerial !== documentSerial || !state().documentUnsaved) return;
    await host.saveRecovery({ id: idOf(before), name: copyName(before), bytes });
    if (state().documentSerial !== documentSerial) {
      await host.dropRecovery({ id: idOf(before) });
      return;
    }
    kept = documentChanges;
    store.setState({ documentKeptAt: timeOfDay(), documentKeptSeldom: isSlow, documentUnkept: null });
  };

  store.subscribe((current, before) => {
    if (current.documentSerial !== before.documentSerial) {
      if (kept !== null || before.documentRecovery !== null) drop(idOf(before));
      const { documentRef } = before;
      if (documentRef !== null && documentRef !== current.documentRef) {
        void host.closeDocument({ ref: documentRef }).catch(() => undefined);
      }
      id = newId();
      isSlow = null;
      isRefused = false;
      lastRun = -Infinity;
    } else if (!current.documentUnsaved && before.documentUnsaved) {
      if (kept !== null || current.documentRecovery !== null) drop(idOf(current));
      store.setState({ documentKeptAt: null });
    }
    const asksForMore =
      current.documentChanges !== before.documentChanges ||
      current.documentUnsaved !== before.documentUnsaved ||
      current.documentSerial !== before.documentSerial ||
      current.documentConflict !== before.documentConflict ||
      current.autosave !== before.autosave;
    if (asksForMore) plan();
  });
}

/** What the copy is offered under: the document's name, or the account's where it has none. */
function copyName({ documentName, view }: AppState): string {
  const name = documentName === 'Untitled' ? (view?.title ?? documentName) : documentName;
  return name.slice(0, 200);
}
