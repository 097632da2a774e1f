/**
 * Documents of the plain page, by the browser's file handles. A handle has no name that is its own, so each gets one in the
 * list of recent documents, which all windows of the browser share: by it one window knows that another has the file open.
 */
import {
  HostError,
  type HostDocument,
  type RecentDocument,
  type SaveConflict,
  type SavedDocument,
} from '../../shared/contract/host.ts';
import { blobOf } from './blobOf.ts';
import type { BrowserLocks } from './browserLocks.ts';
import type { BrowserStore, Table } from './browserStore.ts';
import { isAllowed } from './fileAccess.ts';

interface RecentRecord extends RecentDocument {
  readonly handle: FileSystemFileHandle;
}

/** What a file was like when it was last read or written here. */
interface Stamp {
  readonly modified: number;
  readonly size: number;
}

interface OpenDocument {
  readonly handle: FileSystemFileHandle;
  readonly recentId: string;
  /** Null: whatever is there may be replaced, because the user has just chosen the place. */
  stamp: Stamp | null;
}

const MOST_RECENT = 10;

export class BrowserDocuments {
  readonly #recents: Table<RecentRecord>;
  readonly #locks: BrowserLocks;
  readonly #now: () => number;
  readonly #open = new Map<string, OpenDocument>();
  #nextRef = 1;

  constructor(store: BrowserStore, locks: BrowserLocks, now: () => number) {
    this.#recents = store.table<RecentRecord>('recent');
    this.#locks = locks;
    this.#now = now;
  }

  async open(handle: FileSystemFileHandle): Promise<HostDocument> {
    const file = await handle.getFile();
    const bytes = new Uint8Array(await file.arrayBuffer());
    const ref = await this.#refTo(handle, stampOf(file));
    return { ref, name: handle.name, bytes, heldBy: await this.#holder(this.#known(ref), false) };
  }

  async reload(ref: string): Promise<HostDocument> {
    const document = this.#known(ref);
    const file = await document.handle.getFile();
    const bytes = new Uint8Array(await file.arrayBuffer());
    document.stamp = stampOf(file);
    return { ref, name: document.handle.name, bytes, heldBy: await this.#holder(document, false) };
  }

  async saveAs(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<SavedDocument | SaveConflict> {
    return this.save(await this.#refTo(handle, null), bytes, false);
  }

  async save(ref: string, bytes: Uint8Array, overwrite: boolean): Promise<SavedDocument | SaveConflict> {
    const document = this.#known(ref);
    const { handle } = document;
    const conflict = await this.#conflict(document, overwrite);
    if (conflict !== null) return { kind: 'conflict', ref, name: handle.name, ...conflict };
    await write(handle, bytes);
    document.stamp = stampOf(await handle.getFile());
    return { kind: 'saved', ref, name: handle.name };
  }

  close(ref: string): void {
    const document = this.#open.get(ref);
    this.#open.delete(ref);
    if (document === undefined) return;
    // The same file may be open by another reference: opened twice, or saved over itself.
    if ([...this.#open.values()].some(({ recentId }) => recentId === document.recentId)) return;
    this.#locks.release(lockOf(document.recentId));
  }

  async recent(): Promise<readonly RecentDocument[]> {
    const all = (await this.#recents.all()).toSorted((a, b) => b.openedAt - a.openedAt);
    for (const { id } of all.slice(MOST_RECENT)) await this.#recents.remove(id);
    return all.slice(0, MOST_RECENT).map(({ id, name, folder, openedAt }) => ({ id, name, folder, openedAt }));
  }

  async openRecent(id: string): Promise<HostDocument | null> {
    const record = await this.#recents.get(id);
    if (record === null) throw new HostError('That document is not in the list any more.');
    if (!(await isAllowed(record.handle))) return null;
    try {
      return await this.open(record.handle);
    } catch (error) {
      await this.#recents.remove(id);
      const reason = error instanceof Error ? error.message : String(error);
      throw new HostError(`${record.name} could not be read: ${reason}`, { cause: error });
    }
  }

  async #conflict(
    document: OpenDocument,
    overwrite: boolean,
  ): Promise<Pick<SaveConflict, 'reason' | 'at' | 'heldBy'> | null> {
    const heldBy = await this.#holder(document, overwrite);
    if (heldBy !== null) return { reason: 'held', at: null, heldBy };
    if (document.stamp === null || overwrite) return null;
    const now = await document.handle.getFile().then(stampOf, () => null);
    if (now === null) return { reason: 'gone', at: null, heldBy: null };
    const { modified, size } = document.stamp;
    return now.modified === modified && now.size === size
      ? null
      : { reason: 'changed', at: now.modified, heldBy: null };
  }

  async #holder({ recentId }: OpenDocument, byForce: boolean): Promise<string | null> {
    return (await this.#locks.take(lockOf(recentId), { byForce })) ? null : 'another window';
  }

  #known(ref: string): OpenDocument {
    const document = this.#open.get(ref);
    if (document === undefined) {
      throw new HostError('That document is not open in this window. Use “Save as” instead.');
    }
    return document;
  }

  async #refTo(handle: FileSystemFileHandle, stamp: Stamp | null): Promise<string> {
    const recentId = await this.#remember(handle);
    const ref = `file-${this.#nextRef++}`;
    this.#open.set(ref, { handle, recentId, stamp });
    return ref;
  }

  /** The id of a file among the recent ones, where it comes first now. */
  async #remember(handle: FileSystemFileHandle): Promise<string> {
    let id: string = crypto.randomUUID();
    for (const record of await this.#recents.all()) {
      if (await handle.isSameEntry(record.handle)) ({ id } = record);
    }
    try {
      await this.#recents.put({ id, name: handle.name, folder: '', openedAt: this.#now(), handle });
    } catch {
      // A browser that keeps nothing has no recent documents, and knows of no other window.
    }
    return id;
  }
}

function stampOf({ lastModified, size }: File): Stamp {
  return { modified: lastModified, size };
}

function lockOf(recentId: string): string {
  return `drawdown-document-${recentId}`;
}

/** The browser writes beside the file and takes its name at the end, so a save is whole or did not happen. */
async function write(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<void> {
  try {
    const stream = await handle.createWritable();
    try {
      await stream.write(await blobOf(bytes));
      await stream.close();
    } catch (error) {
      await stream.abort().catch(() => undefined);
      throw error;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError(`${handle.name} was not written: ${reason}. The file is as it was before.`, { cause: error });
  }
}
