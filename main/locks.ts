/**
 * Who has which document open. Windows of this process know it of each other; other processes, also on other computers of
 * a shared folder, by a lock file beside the document, as office programs do it. Systems have locks of their own, but not
 * ones that Node can take on all three, nor ones that survive replacing the file, which is how a document is saved.
 *
 * What each system shows of other programs: SQLite's own files beside the document, everywhere; on Windows also that a file
 * cannot be replaced while another program has it open. On macOS and Linux nothing else can be seen, and a change by
 * another program is noticed by the file itself (`stamps.ts`).
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A window, by a number of its own. */
export type Owner = number;

interface LockFile {
  readonly host: string;
  readonly pid: number;
}

export class DocumentLocks {
  readonly #owners = new Map<string, Owner>();
  readonly #self: LockFile;

  constructor(self: LockFile = { host: os.hostname(), pid: process.pid }) {
    this.#self = self;
  }

  /** Takes a document for a window. @returns who has it instead, in words; `null` where the window has it now. */
  async take(file: string, owner: Owner, options: { readonly byForce: boolean }): Promise<string | null> {
    const target = await realOf(file);
    const writer = await sqliteWriter(target);
    // Replacing a database under its own journal would damage it, so that no force helps.
    if (writer !== null) return writer;
    const other = this.#owners.get(target);
    if (other !== undefined && other !== owner && !options.byForce) return 'another window';
    const holder = other === undefined ? this.#lock(target, options.byForce) : null;
    if (holder !== null) return holder;
    this.#owners.set(target, owner);
    return null;
  }

  /** The window that has a document open; `null` where none of this process does. */
  async ownerOf(file: string): Promise<Owner | null> {
    return this.#owners.get(await realOf(file)) ?? null;
  }

  async release(file: string, owner: Owner): Promise<void> {
    this.#release(await realOf(file), owner);
  }

  /** The window is gone. At once, because the process may be the next to go. */
  releaseAll(owner: Owner): void {
    for (const target of [...this.#owners.keys()]) this.#release(target, owner);
  }

  #release(target: string, owner: Owner): void {
    if (this.#owners.get(target) !== owner) return;
    this.#owners.delete(target);
    try {
      if (isSame(readLock(target), this.#self)) rmSync(lockOf(target), { force: true });
    } catch {
      // The folder is gone, or no longer ours: then so is the lock.
    }
  }

  #lock(target: string, byForce: boolean): string | null {
    const found = readLock(target);
    if (found !== null && !byForce && !isSame(found, this.#self) && !this.#isOver(found)) {
      return found.host === this.#self.host ? 'another Drawdown on this computer' : `Drawdown on ${found.host}`;
    }
    try {
      writeFileSync(lockOf(target), JSON.stringify(this.#self), { flag: found === null ? 'wx' : 'w' });
    } catch {
      // A folder that takes no lock file (read-only, full) is worked in without one.
    }
    return null;
  }

  /** A lock whose process ended without clearing up. Of another computer that cannot be known. */
  #isOver({ host, pid }: LockFile): boolean {
    if (host !== this.#self.host) return false;
    try {
      process.kill(pid, 0);
      return false;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ESRCH';
    }
  }
}

export function lockOf(target: string): string {
  return path.join(path.dirname(target), `.${path.basename(target)}.lock`);
}

/** A lock file that cannot be read as one is nobody's. */
function readLock(target: string): LockFile | null {
  try {
    const found: unknown = JSON.parse(readFileSync(lockOf(target), 'utf8'));
    if (typeof found !== 'object' || found === null || !('host' in found) || !('pid' in found)) return null;
    const { host, pid } = found;
    return typeof host === 'string' && Number.isSafeInteger(pid) && Number(pid) > 0 ? { host, pid: Number(pid) } : null;
  } catch {
    return null;
  }
}

function isSame(a: LockFile | null, b: LockFile): boolean {
  return a !== null && a.host === b.host && a.pid === b.pid;
}

async function realOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    return path.resolve(file);
  }
}

/** A program that is writing the file as a database keeps its journal beside it. */
async function sqliteWriter(target: string): Promise<string | null> {
  for (const ending of ['-journal', '-wal']) {
    try {
      await access(`${target}${ending}`);
      return `another program, whose ${path.basename(target)}${ending} is beside it`;
    } catch {
      continue;
    }
  }
  return null;
}
