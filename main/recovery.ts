/**
 * Copies of unsaved work in the app's own folder: the bytes in one file, name and time in another beside it. A copy belongs
 * to the window that wrote or asked for it; one whose window is gone is offered to the next that asks.
 */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { HostError, type Recovery } from '../shared/contract/host.ts';
import { readWhole, writeAtomically } from './files.ts';
import type { Owner } from './locks.ts';

interface Claim {
  readonly owner: Owner;
  /** The window works on it, and does not only offer it. */
  readonly isOpen: boolean;
}

export class RecoveryStore {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #claims = new Map<string, Claim>();

  /** @param folder the app's own */
  constructor(folder: string, now: () => number) {
    this.#folder = path.join(folder, 'recovery');
    this.#now = now;
  }

  async save(owner: Owner, { id, name, bytes }: { id: string; name: string; bytes: Uint8Array }): Promise<void> {
    this.#claims.set(id, { owner, isOpen: true });
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeAtomically(this.#at(id, BYTES), bytes);
    const about = JSON.stringify({ name, savedAt: this.#now() });
    await writeAtomically(this.#at(id, ABOUT), new TextEncoder().encode(about));
  }

  /** What no other window looks after; from now on this one does. */
  async list(owner: Owner): Promise<readonly Recovery[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const found: Recovery[] = [];
    for (const id of names.filter((name) => name.endsWith(BYTES)).map((name) => name.slice(0, -BYTES.length))) {
      const claim = this.#claims.get(id);
      if (claim !== undefined && claim.owner !== owner) continue;
      this.#claims.set(id, { owner, isOpen: false });
      found.push({ id, ...(await this.#about(id)) });
    }
    return found.sort((a, b) => b.savedAt - a.savedAt);
  }

  async read(owner: Owner, id: string, maxBytes: number): Promise<Uint8Array> {
    if (this.#claims.get(id)?.owner !== owner) throw new HostError('That copy is not there any more.');
    this.#claims.set(id, { owner, isOpen: true });
    return readWhole(this.#at(id, BYTES), maxBytes);
  }

  async drop(owner: Owner, id: string): Promise<void> {
    const claim = this.#claims.get(id);
    if (claim !== undefined && claim.owner !== owner) return;
    this.#claims.delete(id);
    await this.#remove(id);
  }

  /** The window is gone: its copies stay for the next that asks. */
  releaseAll(owner: Owner): void {
    for (const [id, claim] of this.#claims) if (claim.owner === owner) this.#claims.delete(id);
  }

  /** The user closes the window and does not want its work. What it only offered stays. */
  async discardAll(owner: Owner): Promise<void> {
    const own = [...this.#claims].filter(([, claim]) => claim.owner === owner && claim.isOpen).map(([id]) => id);
    for (const id of own) await this.drop(owner, id);
  }

  #at(id: string, ending: string): string {
    return path.join(this.#folder, `${id}${ending}`);
  }

  /** A copy whose second file is lost or damaged is still a copy. */
  async #about(id: string): Promise<{ name: string; savedAt: number }> {
    try {
      const about: unknown = JSON.parse(await readFile(this.#at(id, ABOUT), 'utf8'));
      const { name, savedAt } = about as Record<string, unknown>;
      if (typeof name === 'string' && typeof savedAt === 'number') return { name, savedAt };
    } catch {
      // Told by the file itself, below.
    }
    const found = await stat(this.#at(id, BYTES)).catch(() => null);
    return { name: 'Untitled', savedAt: found?.mtimeMs ?? this.#now() };
  }

  async #remove(id: string): Promise<void> {
    await rm(this.#at(id, BYTES), { force: true });
    await rm(this.#at(id, ABOUT), { force: true });
  }
}

const BYTES = '.drawdown';
const ABOUT = '.json';
