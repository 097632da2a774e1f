/**
 * Copies of unsaved work in the browser's own storage: a record that names the copy, holds what changed since a base and
 * says which base that is, and a record for each base. The first is written after its base, so a page that ends between
 * the two leaves the copy before it. A copy belongs to the window that holds its lock; the browser takes the lock back when
 * the window ends, and the next window that asks finds the copy free.
 */
import { HostError, type HostApi, type Recovery } from '../../shared/contract/host.ts';
import { blobOf } from './blobOf.ts';
import type { BrowserLocks } from './browserLocks.ts';
import type { BrowserStore } from './browserStore.ts';

interface CopyRecord extends Recovery {
  /** A blob, because the browser keeps those on disk and hands them over without a copy. */
  readonly changes: Blob;
}

interface BaseRecord {
  readonly id: string;
  /** The copy that it is for. */
  readonly of: string;
  readonly content: Blob;
}

type RecoveryApi = Pick<HostApi, 'saveRecoveryBase' | 'saveRecovery' | 'recoveries' | 'readRecovery' | 'dropRecovery'>;

/** A page that was just left may hold its locks for a moment yet. */
const SECOND_LOOK_MS = 250;

export function browserRecovery(store: BrowserStore, locks: BrowserLocks, now: () => number): RecoveryApi {
  const table = store.table<CopyRecord | BaseRecord>('recovery');

  /** All there is, by the copy it belongs to. */
  const byCopy = async (): Promise<Map<string, readonly (CopyRecord | BaseRecord)[]>> => {
    const found = new Map<string, (CopyRecord | BaseRecord)[]>();
    for (const record of await table.all()) {
      const of = isBase(record) ? record.of : record.id;
      found.set(of, [...(found.get(of) ?? []), record]);
    }
    return found;
  };

  const free = async (ids: readonly string[]): Promise<readonly string[]> => {
    const taken = await Promise.all(ids.map((id) => locks.take(lockOf(id), { byForce: false })));
    return ids.filter((_id, index) => taken[index] === true);
  };

  const put = async (of: string, what: string, record: CopyRecord | BaseRecord): Promise<void> => {
    await locks.take(lockOf(of), { byForce: false });
    try {
      await table.put(record);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new HostError(`The browser keeps no copy of ${what}: ${reason}. Save it to a file.`, { cause: error });
    }
  };

  const remove = async (of: string, which: (record: CopyRecord | BaseRecord) => boolean): Promise<void> => {
    for (const record of (await byCopy()).get(of) ?? []) if (which(record)) await table.remove(record.id);
  };

  return {
    saveRecoveryBase: async ({ id, base, bytes }) =>
      put(id, 'this account', { id: base, of: id, content: await blobOf(bytes) }),
    saveRecovery: async ({ id, name, base, bytes }) => {
      await put(id, name, { id, name, base, savedAt: now(), changes: await blobOf(bytes) });
      await remove(id, (record) => isBase(record) && record.id !== base);
    },
    recoveries: async () => {
      const all = await byCopy();
      const ids = [...all.keys()];
      const first = await free(ids);
      const rest = ids.filter((id) => !first.includes(id));
      if (rest.length > 0) await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS));
      const found: Recovery[] = [];
      for (const id of [...first, ...(await free(rest))]) {
        const records = all.get(id) ?? [];
        const copy = records.find((record): record is CopyRecord => !isBase(record));
        if (copy !== undefined && records.some((record) => isBase(record) && record.id === copy.base)) {
          const { name, savedAt, base } = copy;
          found.push({ id, name, savedAt, base });
          continue;
        }
        // a base that no copy came to
        await remove(id, () => true);
        locks.release(lockOf(id));
      }
      return found.sort((a, b) => b.savedAt - a.savedAt);
    },
    readRecovery: async ({ id }) => {
      const copy = locks.has(lockOf(id)) ? await table.get(id) : null;
      const base = copy === null || isBase(copy) ? null : await table.get(copy.base);
      if (copy === null || isBase(copy) || base === null || !isBase(base))
        throw new HostError('That copy is not there any more.');
      return { whole: await bytesOf(base.content), changes: await bytesOf(copy.changes) };
    },
    dropRecovery: async ({ id, keepBase }) => {
      if (!(await locks.take(lockOf(id), { byForce: false }))) return;
      await remove(id, (record) => !isBase(record));
      if (keepBase) return;
      await remove(id, () => true);
      locks.release(lockOf(id));
    },
  };
}

function isBase(record: CopyRecord | BaseRecord): record is BaseRecord {
  return 'of' in record;
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

function lockOf(id: string): string {
  return `drawdown-recovery-${id}`;
}
