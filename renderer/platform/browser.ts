/**
 * The host of a plain page. With the File System Access pickers a workspace is saved in place; without them it is
 * downloaded, and there is no file to come back to.
 */
import type { HostApi, HostDocument, SaveConflict, SavedDocument } from '../../shared/contract/host.ts';
import { blobOf } from './blobOf.ts';
import { BrowserDocuments } from './browserDocuments.ts';
import { BrowserLocks } from './browserLocks.ts';
import { browserRecovery } from './browserRecovery.ts';
import { BrowserStore } from './browserStore.ts';
import { chooseFiles } from './chooseFiles.ts';
import { WORKSPACE_TYPES, isDismissal, pickers } from './fileAccess.ts';

/** @param now milliseconds since 1970 */
export function browserHost(now: () => number): HostApi {
  const store = new BrowserStore();
  const locks = new BrowserLocks();
  const documents = new BrowserDocuments(store, locks, now);
  let unsaved = false;
  window.addEventListener('beforeunload', (event) => {
    if (unsaved) event.preventDefault();
  });

  const openWithPicker = async (): Promise<HostDocument | null> => {
    const handle = (await pickers()?.showOpenFilePicker({ types: WORKSPACE_TYPES, multiple: false }))?.[0];
    return handle === undefined ? null : documents.open(handle);
  };
  const saveAs = async (suggestedName: string, bytes: Uint8Array): Promise<SavedDocument | SaveConflict> => {
    const handle = await pickers()?.showSaveFilePicker({ types: WORKSPACE_TYPES, suggestedName });
    if (handle !== undefined) return documents.saveAs(handle, bytes);
    await download(suggestedName, 'application/vnd.sqlite3', bytes);
    return { kind: 'saved', ref: null, name: suggestedName };
  };

  return {
    describe: () =>
      Promise.resolve({ shell: 'page', version: 'page', canSaveInPlace: pickers() !== null, canReveal: false }),
    openDocument: () => nullWhenDismissed(pickers() === null ? openWithInput() : openWithPicker()),
    launchDocument: () => Promise.resolve(null),
    reloadDocument: ({ ref }) => documents.reload(ref),
    saveDocument: ({ ref, suggestedName, bytes, overwrite }) =>
      nullWhenDismissed(ref === null ? saveAs(suggestedName, bytes) : documents.save(ref, bytes, overwrite)),
    closeDocument: ({ ref }) => {
      documents.close(ref);
      return Promise.resolve();
    },
    // A page is not told where its files are.
    revealDocument: () => Promise.resolve(),
    recentDocuments: () => documents.recent(),
    openRecent: ({ id }) => nullWhenDismissed(documents.openRecent(id)),
    ...browserRecovery(store, locks, now),
    exportFile: async ({ suggestedName, mimeType, bytes }) => {
      await download(suggestedName, mimeType, bytes);
      return { name: suggestedName };
    },
    savePdf: () => {
      // its dialog offers the paper, and a PDF as a printer
      window.print();
      return Promise.resolve(null);
    },
    setUnsaved: (request) => {
      ({ unsaved } = request);
      return Promise.resolve();
    },
    openWindow: () => {
      window.open(window.location.href, '_blank', 'noopener');
      return Promise.resolve();
    },
    // The browser asks by itself (`beforeunload`), and closes without the page's help.
    closeAsked: () => new Promise(() => undefined),
    answerClose: () => Promise.resolve(),
  };
}

async function openWithInput(): Promise<HostDocument | null> {
  const file = (await chooseFiles({ accept: '.drawdown,.sqlite,.db', multiple: false }))[0];
  if (file === undefined) return null;
  return { ref: null, name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), heldBy: null };
}

async function nullWhenDismissed<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isDismissal(error)) return null;
    throw error;
  }
}

async function download(name: string, mimeType: string, bytes: Uint8Array): Promise<void> {
  const url = URL.createObjectURL(await blobOf(bytes, mimeType));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken the bytes once the task that started it is over.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
