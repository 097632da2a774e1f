/** What a file was like at one time, so that a later look tells whether another program wrote it since. */
import { open } from 'node:fs/promises';

/** The start of an SQLite file holds its change counter; a few more bytes hold the first page. */
const HEAD_BYTES = 4096;

export interface FileStamp {
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly size: number;
  /** Another file under the same name is another one, however alike. */
  readonly inode: number;
  readonly head: Buffer;
}

/** The file as it is now; `null` where there is none. */
export async function stampOf(file: string): Promise<FileStamp | null> {
  try {
    const handle = await open(file, 'r');
    try {
      const { mtimeMs, size, ino } = await handle.stat();
      const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
      await handle.read(head, 0, head.length, 0);
      return { modified: mtimeMs, size, inode: ino, head };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}

export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.modified === b.modified && a.size === b.size && a.inode === b.inode && a.head.equals(b.head);
}
