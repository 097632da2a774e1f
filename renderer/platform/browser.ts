/**
 * The host of a plain page. With the File System Access pickers a workspace is saved in place (the browser writes to a
 * swap file and renames it, so a save is whole or did not happen); without them it is downloaded.
 */
import { HostError, type HostApi, type HostDocument, type SavedDocument } from '../../shared/contract/host.ts';
import { chooseFiles } from './chooseFiles.ts';
import { WORKSPACE_TYPES, isDismissal, pickers } from './fileAccess.ts';

export function browserHost(): HostApi {
  const handles = new Map<string, FileSystemFileHandle>();
  let unsaved = false;
  window.addEventListener('beforeunload', (event) => {
    if (unsaved) event.preventDefault();
  });

  const keep = (handle: FileSystemFileHandle): string => {
    const ref = `file-${handles.size + 1}`;
    handles.set(ref, handle);
    return ref;
  };

  const openWithPicker = async (): Promise<HostDocument | null> => {
    const handle = (await pickers()?.showOpenFilePicker({ types: WORKSPACE_TYPES, multiple: false }))?.[0];
    if (handle === undefined) return null;
    const file = await handle.getFile();
    return { ref: keep(handle), name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  };

  const openWithInput = async (): Promise<HostDocument | null> => {
    const file = (await chooseFiles({ accept: '.drawdown,.sqlite,.db', multiple: false }))[0];
    return file === undefined ? null : { ref: null, name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  };

  const save = async (ref: string | null, suggestedName: string, bytes: Uint8Array): Promise<SavedDocument> => {
    const known = ref === null ? undefined : handles.get(ref);
    const handle = known ?? (await pickers()?.showSaveFilePicker({ types: WORKSPACE_TYPES, suggestedName }));
    if (handle === undefined) {
      download(suggestedName, 'application/vnd.sqlite3', bytes);
      return { ref: null, name: suggestedName };
    }
    const stream = await handle.createWritable();
    try {
      await stream.write(asPart(bytes));
      await stream.close();
    } catch (error) {
      await stream.abort().catch(() => undefined);
      const reason = error instanceof Error ? error.message : String(error);
      throw new HostError(`${handle.name} was not written: ${reason}. The file is as it was before.`);
    }
    return { ref: known === undefined ? keep(handle) : ref, name: handle.name };
  };

  return {
    describe: () => Promise.resolve({ shell: 'page', version: 'page', canSaveInPlace: pickers() !== null }),
    openDocument: () => nullWhenDismissed(pickers() === null ? openWithInput() : openWithPicker()),
    launchDocument: () => Promise.resolve(null),
    saveDocument: ({ ref, suggestedName, bytes }) => nullWhenDismissed(save(ref, suggestedName, bytes)),
    exportFile: ({ suggestedName, mimeType, bytes }) => {
      download(suggestedName, mimeType, bytes);
      return Promise.resolve({ name: suggestedName });
    },
    setUnsaved: (request) => {
      ({ unsaved } = request);
      return Promise.resolve();
    },
  };
}

async function nullWhenDismissed<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isDismissal(error)) return null;
    throw error;
  }
}

function download(name: string, mimeType: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([asPart(bytes)], { type: mimeType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken the bytes once the task that started it is over.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}

/** Bytes from the worker are never shared memory; the DOM's types cannot know. */
function asPart(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
