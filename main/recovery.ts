/**
 * Copies of unsaved work in the app's own folder. A copy is three files: a base, which is large and written once; what
 * changed since, whose name says of which base; and one beside them that names the copy, its time and the base that counts.
 * That one is written last, so whatever is cut off before it leaves the copy as it was. A copy belongs to the window that
 * wrote or asked for it; one whose window is gone is offered to the next that asks.
 */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { HostError, type RecoveredWork, type Recovery } from '../shared/contract/host.ts';
import { readWhole, writeAtomically } from './files.ts';
import type { Owner } from './locks.ts';

interface Claim {
  readonly owner: Owner;
  /** The window works on it, and does not only offer it. */
  readonly isOpen: boolean;
}

type Named = { readonly id: string; readonly base: string };

const BASE = '.drawdown';
const CHANGES = '.changes';
const ABOUT = '.json';
/** `id.base.drawdown`, `id.base.changes`, `id.json`; and one of these that was being written when the app ended. */
const OURS = /^\.?([0-9a-f]{32})\.(?:([0-9a-f]{32})\.(?:drawdown|changes)|json)(?:\.[0-9a-f]+\.tmp)?$/;

export class RecoveryStore {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #claims = new Map<string, Claim>();

  /** @param folder the app's own */
  constructor(folder: string, now: () => number) {
    this.#folder = path.join(folder, 'recovery');
    this.#now = now;
  }

  async saveBase(owner: Owner, { id, base, bytes }: Named & { bytes: Uint8Array }): Promise<void> {
    await this.#write(owner, id, `${id}.${base}${BASE}`, bytes);
  }

  async save(owner: Owner, { id, name, base, bytes }: Named & { name: string; bytes: Uint8Array }): Promise<void> {
    await this.#write(owner, id, `${id}.${base}${CHANGES}`, bytes);
    const about = JSON.stringify({ name, savedAt: this.#now(), base });
    await this.#write(owner, id, `${id}${ABOUT}`, new TextEncoder().encode(about));
    await this.#remove(id, (file) => !file.startsWith(`${id}.${base}.`) && file !== `${id}${ABOUT}`);
  }

  /** What no other window looks after; from now on this one does. What is no whole copy is cleared away. */
  async list(owner: Owner): Promise<readonly Recovery[]> {
    const found: Recovery[] = [];
    for (const id of new Set((await this.#files()).map(idOf))) {
      const claim = this.#claims.get(id);
      if (claim !== undefined && claim.owner !== owner) continue;
      const about = await this.#about(id);
      // what this window is writing just now is no remnant
      const isWritten = this.#claims.get(id)?.isOpen === true;
      if (!isWritten) await this.#remove(id, (file) => about === null || file.startsWith('.'));
      if (about === null) continue;
      this.#claims.set(id, { owner, isOpen: false });
      found.push({ id, ...about });
    }
    return found.sort((a, b) => b.savedAt - a.savedAt);
  }

  async read(owner: Owner, id: string, maxBytes: number): Promise<RecoveredWork> {
    const about = this.#claims.get(id)?.owner === owner ? await this.#about(id) : null;
    if (about === null) throw new HostError('That copy is not there any more.');
    this.#claims.set(id, { owner, isOpen: true });
    const read = (ending: string): Promise<Uint8Array> =>
      readWhole(path.join(this.#folder, `${id}.${about.base}${ending}`), maxBytes);
    return { whole: await read(BASE), changes: await read(CHANGES) };
  }

  async drop(owner: Owner, id: string, { keepBase }: { readonly keepBase: boolean }): Promise<void> {
    const claim = this.#claims.get(id);
    if (claim !== undefined && claim.owner !== owner) return;
    if (!keepBase) this.#claims.delete(id);
    // the file that makes it a copy goes first
    await this.#remove(id, (file) => file.endsWith(ABOUT));
    await this.#remove(id, (file) => !keepBase || file.endsWith(CHANGES));
  }

  /** The window is gone: its copies stay for the next that asks. */
  releaseAll(owner: Owner): void {
    for (const [id, claim] of this.#claims) if (claim.owner === owner) this.#claims.delete(id);
  }

  /** The user closes the window and does not want its work. What it only offered stays. */
  async discardAll(owner: Owner): Promise<void> {
    const own = [...this.#claims].filter(([, claim]) => claim.owner === owner && claim.isOpen).map(([id]) => id);
    for (const id of own) await this.drop(owner, id, { keepBase: false });
  }

  async #write(owner: Owner, id: string, file: string, bytes: Uint8Array): Promise<void> {
    this.#claims.set(id, { owner, isOpen: true });
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeAtomically(path.join(this.#folder, file), bytes);
  }

  async #files(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => OURS.test(name));
  }

  /**
   * Null where there is no whole copy. One whose own file is damaged is still a copy where a base and its changes are
   * there: that file is written last, so they are of one moment.
   */
  async #about(id: string): Promise<Omit<Recovery, 'id'> | null> {
    const files = new Set((await this.#files()).filter((file) => idOf(file) === id));
    const isWhole = (base: string): boolean =>
      files.has(`${id}.${base}${BASE}`) && files.has(`${id}.${base}${CHANGES}`);
    if (!files.has(`${id}${ABOUT}`)) return null;
    try {
      const about: unknown = JSON.parse(await readFile(path.join(this.#folder, `${id}${ABOUT}`), 'utf8'));
      const { name, savedAt, base } = about as Record<string, unknown>;
      if (typeof name === 'string' && typeof savedAt === 'number' && typeof base === 'string')
        return isWhole(base) ? { name, savedAt, base } : null;
    } catch {
      // Told by the files themselves, below.
    }
    const base = [...files].map((file) => OURS.exec(file)?.[2] ?? '').find(isWhole);
    if (base === undefined) return null;
    const found = await stat(path.join(this.#folder, `${id}.${base}${CHANGES}`)).catch(() => null);
    return { name: 'Untitled', savedAt: found?.mtimeMs ?? this.#now(), base };
  }

  async #remove(id: string, which: (file: string) => boolean): Promise<void> {
    const own = (await this.#files()).filter((file) => idOf(file) === id && which(file));
    for (const file of own) await rm(path.join(this.#folder, file), { force: true });
  }
}

function idOf(file: string): string {
  return OURS.exec(file)?.[1] ?? '';
}
