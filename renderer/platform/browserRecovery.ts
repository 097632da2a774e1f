/**
 * Copies of unsaved work in the browser's own storage. A copy belongs to the window that holds its lock; the browser takes
 * the lock back when the window ends, and the next window that asks finds the copy free.
 */
import { HostError, type HostApi, type Recovery } from '../../shared/contract/host.ts';
import { blobOf } from './blobOf.ts';
import type { BrowserLocks } from './browserLocks.ts';
import type { BrowserStore } from './browserStore.ts';

interface RecoveryRecord extends Recovery {
  /** A blob, because the browser keeps those on disk and hands them over without a copy. */
  readonly content: Blob;
}

type RecoveryApi = Pick<HostApi, 'saveRecovery' | 'recoveries' | 'readRecovery' | 'dropRecovery'>;

/** A page that was just left may hold its locks for a moment yet. */
const SECOND_LOOK_MS = 250;

export function browserRecovery(store: BrowserStore, locks: BrowserLocks, now: () => number): RecoveryApi {
  const table = store.table<RecoveryRecord>('recovery');

  const free = async (records: readonly RecoveryRecord[]): Promise<readonly RecoveryRecord[]> => {
    const taken = await Promise.all(records.map(({ id }) => locks.take(lockOf(id), { byForce: false })));
    return records.filter((_record, index) => taken[index] === true);
  };

  return {
    saveRecovery: async ({ id, name, bytes }) => {
      await locks.take(lockOf(id), { byForce: false });
      try {
        await table.put({ id, name, savedAt: now(), content: await blobOf(bytes) });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new HostError(`The browser keeps no copy of ${name}: ${reason}. Save it to a file.`, { cause: error });
      }
    },
    recoveries: async () => {
      const all = await table.all();
      const first = await free(all);
      const rest = all.filter((record) => !first.includes(record));
      if (rest.length > 0) await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS));
      const found = [...first, ...(await free(rest))];
      return found.map(({ id, name, savedAt }) => ({ id, name, savedAt })).sort((a, b) => b.savedAt - a.savedAt);
    },
    readRecovery: async ({ id }) => {
      const record = locks.has(lockOf(id)) ? await table.get(id) : null;
      if (record === null) throw new HostError('That copy is not there any more.');
      return new Uint8Array(await record.content.arrayBuffer());
    },
    dropRecovery: async ({ id }) => {
      if (!(await locks.take(lockOf(id), { byForce: false }))) return;
      await table.remove(id);
      locks.release(lockOf(id));
    },
  };
}

function lockOf(id: string): string {
  return `drawdown-recovery-${id}`;
}
