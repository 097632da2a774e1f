/**
 * Saves by itself. Unsaved work is kept as a copy that the next start finds, two seconds after a change at most; a document
 * with a file is written to it a few seconds after the last change, unless its file is in dispute or autosave is off. The
 * worker needs long for the bytes of a large account, which are therefore written to its file every 10 seconds at most; it
 * answers questions meanwhile.
 */
import type { HostApi } from '../../shared/contract/host.ts';
import type { EngineClient } from '../ui/slice.ts';
import type { Saving } from './documentSaving.ts';
import { paced, type Pace } from './paced.ts';
import { createRecoveryCopies } from './recoveryCopies.ts';
import type { AppStore } from './store.ts';

const COPY: Pace = { afterLastMs: 1_000, afterFirstMs: 2_000 };
const FILE: Pace = { afterLastMs: 3_000, afterFirstMs: 10_000 };
/** Between two files of a large account, and between two attempts of what was refused: a full disk stays full. */
const SELDOM_MS = 10_000;
/** An account of more rows takes long to write. */
const LARGE_ROWS = 200_000;
/** After a large account was opened, its base is made ahead of the first change. */
const PREPARE_AFTER_MS = 3_000;

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
  const { store, host, saving, now } = deps;
  const state = store.getState;
  const copies = createRecoveryCopies(deps);

  const isBusy = (): boolean => state().activity !== null || state().updating;
  const isLarge = (): boolean => (state().view?.counts.usage ?? 0) > LARGE_ROWS;
  const hasFile = (): boolean => {
    const { autosave, documentRef, documentConflict } = state();
    return autosave && documentRef !== null && documentConflict === null;
  };
  /** Does it, and says why it failed. @returns whether it was refused */
  const isRefused = async (write: () => Promise<unknown>, also: { documentKeptAt?: null }): Promise<boolean> => {
    const { documentSerial } = state();
    try {
      await write();
      return false;
    } catch (error) {
      const documentUnkept = error instanceof Error ? error.message : String(error);
      if (state().documentSerial === documentSerial) store.setState({ documentUnkept, ...also });
      return true;
    }
  };

  let isFileRefused = false;
  const file = paced({
    ...{ pace: FILE, now, isBusy },
    isWanted: () => state().documentUnsaved && hasFile(),
    restMs: () => (isFileRefused || isLarge() ? SELDOM_MS : 0),
    run: async () => {
      isFileRefused = await isRefused(() => saving.write({ ref: state().documentRef, byItself: true }), {});
    },
  });

  let isCopyRefused = false;
  const copy = paced({
    ...{ pace: COPY, now },
    isWanted: () => state().documentUnsaved && !copies.isKept(),
    // what changed is written also while other work runs; a base is not
    isBusy: () => false,
    restMs: () => (isCopyRefused ? SELDOM_MS : 0),
    run: async () => {
      isCopyRefused = await isRefused(() => copies.keep(() => !isBusy()), { documentKeptAt: null });
      if (!isCopyRefused && !isFileRefused) store.setState({ documentUnkept: null });
    },
  });

  let ahead: ReturnType<typeof setTimeout> | undefined;
  const prepare = (): void => {
    if (isBusy()) ahead = setTimeout(prepare, PREPARE_AFTER_MS);
    else if (isLarge()) void copies.prepare().catch(() => undefined);
  };

  store.subscribe((current, before) => {
    if (current.documentSerial !== before.documentSerial) {
      copies.forget(before);
      const { documentRef } = before;
      if (documentRef !== null && documentRef !== current.documentRef) {
        void host.closeDocument({ ref: documentRef }).catch(() => undefined);
      }
      isFileRefused = isCopyRefused = false;
      clearTimeout(ahead);
      ahead = setTimeout(prepare, PREPARE_AFTER_MS);
    } else if (!current.documentUnsaved && before.documentUnsaved) copies.drop();
    const asksForMore =
      current.documentChanges !== before.documentChanges ||
      current.documentUnsaved !== before.documentUnsaved ||
      current.documentSerial !== before.documentSerial ||
      current.documentConflict !== before.documentConflict ||
      current.autosave !== before.autosave;
    if (!asksForMore) return;
    file.changed();
    copy.changed();
  });
}
