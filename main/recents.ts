/** The documents that were opened last, in a file of the app's own folder. What cannot be read there is an empty list. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RecentDocument } from '../shared/contract/host.ts';
import { writeAtomically } from './files.ts';

const MOST = 10;

interface Entry {
  readonly id: string;
  readonly file: string;
  readonly openedAt: number;
}

export class Recents {
  readonly #store: string;
  readonly #now: () => number;
  #entries: Promise<readonly Entry[]> | null = null;

  /** @param folder the app's own */
  constructor(folder: string, now: () => number) {
    this.#store = path.join(folder, 'recent.json');
    this.#now = now;
  }

  async list(): Promise<readonly RecentDocument[]> {
    return (await this.#read()).map(({ id, file, openedAt }) => ({
      id,
      name: path.basename(file),
      folder: path.basename(path.dirname(file)),
      openedAt,
    }));
  }

  async fileOf(id: string): Promise<string | null> {
    return (await this.#read()).find((entry) => entry.id === id)?.file ?? null;
  }

  /** A document was opened or saved. */
  add(file: string): Promise<void> {
    return this.#change((entries) => {
      const id = entries.find((entry) => entry.file === file)?.id ?? randomBytes(16).toString('hex');
      return [{ id, file, openedAt: this.#now() }, ...entries.filter((entry) => entry.file !== file)].slice(0, MOST);
    });
  }

  forget(id: string): Promise<void> {
    return this.#change((entries) => entries.filter((entry) => entry.id !== id));
  }

  #read(): Promise<readonly Entry[]> {
    return (this.#entries ??= readFile(this.#store, 'utf8').then(entriesOf, () => []));
  }

  async #change(change: (entries: readonly Entry[]) => readonly Entry[]): Promise<void> {
    const changed = this.#read().then(change);
    this.#entries = changed;
    try {
      const text = JSON.stringify(await changed);
      await mkdir(path.dirname(this.#store), { recursive: true });
      await writeAtomically(this.#store, new TextEncoder().encode(text));
    } catch {
      // A list of names is not worth a failed save; it holds until the app is closed.
    }
  }
}

function entriesOf(text: string): readonly Entry[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.flatMap(entryOf).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function entryOf(item: unknown): readonly Entry[] {
  if (typeof item !== 'object' || item === null) return [];
  const { id, file, openedAt } = item as Record<string, unknown>;
  if (typeof id !== 'string' || typeof file !== 'string' || typeof openedAt !== 'number') return [];
  return path.isAbsolute(file) ? [{ id, file, openedAt }] : [];
}
