/**
 * The documents that one window has open: each with what its file was like when it was last read or written here, and with
 * the lock that tells others. Saving looks at both first.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { HostError, type HostDocument, type SaveConflict, type SavedDocument } from '../shared/contract/host.ts';
import { readWhole, writeAtomically } from './files.ts';
import { MAX_BYTES } from './guards.ts';
import type { DocumentLocks, Owner } from './locks.ts';
import type { Recents } from './recents.ts';
import type { RecoveryStore } from './recovery.ts';
import { sameStamp, stampOf, type FileStamp } from './stamps.ts';

/** What the windows of a process share. */
export interface SharedDocuments {
  readonly locks: DocumentLocks;
  readonly recents: Recents;
  readonly recovery: RecoveryStore;
}

interface OpenDocument {
  readonly file: string;
  /** Null: whatever is there may be replaced, because the user chose the place for saving and confirmed it. */
  stamp: FileStamp | null;
}

export class OpenDocuments {
  readonly #shared: SharedDocuments;
  readonly #owner: Owner;
  readonly #open = new Map<string, OpenDocument>();

  constructor(shared: SharedDocuments, owner: Owner) {
    this.#shared = shared;
    this.#owner = owner;
  }

  async open(file: string): Promise<HostDocument> {
    const read = await readStamped(file);
    const heldBy = await this.#shared.locks.take(file, this.#owner, { byForce: false });
    await this.#shared.recents.add(file);
    return { ref: this.#refTo(file, read.stamp), name: path.basename(file), bytes: read.bytes, heldBy };
  }

  async reload(ref: string): Promise<HostDocument> {
    const document = this.#known(ref);
    const { bytes, stamp } = await readStamped(document.file);
    document.stamp = stamp;
    const heldBy = await this.#shared.locks.take(document.file, this.#owner, { byForce: false });
    return { ref, name: path.basename(document.file), bytes, heldBy };
  }

  saveAs(file: string, bytes: Uint8Array): Promise<SavedDocument | SaveConflict> {
    return this.save(this.#refTo(file, null), bytes, false);
  }

  async save(ref: string, bytes: Uint8Array, overwrite: boolean): Promise<SavedDocument | SaveConflict> {
    const document = this.#known(ref);
    const { file } = document;
    const name = path.basename(file);
    const conflict = await this.#conflict(document, overwrite);
    if (conflict !== null) return { kind: 'conflict', ref, name, ...conflict };
    await writeAtomically(file, bytes);
    document.stamp = await stampOf(file);
    await this.#shared.recents.add(file);
    return { kind: 'saved', ref, name };
  }

  async close(ref: string): Promise<void> {
    const document = this.#open.get(ref);
    if (document === undefined) return;
    this.#open.delete(ref);
    // The same file may be open by another reference: opened twice, or saved over itself.
    if ([...this.#open.values()].some(({ file }) => file === document.file)) return;
    await this.#shared.locks.release(document.file, this.#owner);
  }

  fileOf(ref: string): string {
    return this.#known(ref).file;
  }

  async #conflict(
    { file, stamp }: OpenDocument,
    overwrite: boolean,
  ): Promise<Pick<SaveConflict, 'reason' | 'at' | 'heldBy'> | null> {
    const heldBy = await this.#shared.locks.take(file, this.#owner, { byForce: overwrite });
    if (heldBy !== null) return { reason: 'held', at: null, heldBy };
    if (stamp === null || overwrite) return null;
    const now = await stampOf(file);
    if (now === null) return { reason: 'gone', at: null, heldBy: null };
    return sameStamp(now, stamp) ? null : { reason: 'changed', at: now.modified, heldBy: null };
  }

  #known(ref: string): OpenDocument {
    const document = this.#open.get(ref);
    if (document === undefined) {
      throw new HostError('That document is not open in this window. Use “Save as” instead.');
    }
    return document;
  }

  #refTo(file: string, stamp: FileStamp | null): string {
    const ref = randomBytes(16).toString('hex');
    this.#open.set(ref, { file, stamp });
    return ref;
  }
}

/** The stamp is taken first: a change while reading is then seen at the next save, and never missed. */
async function readStamped(file: string): Promise<{ bytes: Uint8Array; stamp: FileStamp | null }> {
  const stamp = await stampOf(file).catch(() => null);
  return { bytes: await readWhole(file, MAX_BYTES), stamp };
}
