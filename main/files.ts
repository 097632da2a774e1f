/**
 * Reading and writing a user's files. Writing is atomic: the bytes go to a new file beside the old one, reach the disk,
 * and take its name; whatever fails on the way, the old file is as it was and nothing is left lying about.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { HostError } from '../shared/contract/host.ts';

/** What went wrong, in a user's words, by the system's error code. */
const CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'you are not allowed to',
  EPERM: 'you are not allowed to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  ENOENT: 'it or its folder is not there any more',
  ENOTDIR: 'its folder is not there any more',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
  EBUSY: 'another program is using it',
};

/** Windows says the same of a file that another program has open as of one that is protected. */
const WINDOWS_CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'another program is using it, or you are not allowed to',
  EPERM: 'another program is using it, or you are not allowed to',
};

function causeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (process.platform === 'win32' && code in WINDOWS_CAUSES) return WINDOWS_CAUSES[code] ?? code;
  return CAUSES[code] ?? (code === '' ? 'the system gave no reason' : `the system says ${code}`);
}

function nameOf(file: string): string {
  return `“${path.basename(file)}”`;
}

/** Reads a whole file of at most `maxBytes`. */
export async function readWhole(file: string, maxBytes: number): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    const found = await handle.stat();
    if (!found.isFile()) throw new HostError(`${nameOf(file)} could not be read: it is not a file.`);
    if (found.size > maxBytes) {
      throw new HostError(
        `${nameOf(file)} could not be read: ${found.size} bytes are more than the ${maxBytes} allowed.`,
      );
    }
    return new Uint8Array(await handle.readFile());
  } catch (error) {
    if (error instanceof HostError) throw error;
    throw new HostError(`${nameOf(file)} could not be read: ${causeOf(error)}.`, { cause: error });
  } finally {
    await handle?.close();
  }
}

/** The file behind a link, so that saving does not put a file in the link's place; the path itself where none is there. */
async function targetOf(file: string): Promise<{ target: string; mode: number | null }> {
  try {
    const target = await realpath(file);
    const found = await stat(target);
    if (found.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    // Renaming over a write-protected file would succeed; its owner did not mean that.
    await access(target, constants.W_OK);
    return { target, mode: found.mode & 0o7777 };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { target: file, mode: null };
    throw error;
  }
}

async function writeBeside(target: string, mode: number | null, bytes: Uint8Array): Promise<void> {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode ?? 0o666);
    try {
      // The mode given to `open` is cut by the umask; the old file's was not.
      if (mode !== null) await handle.chmod(mode);
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Makes the new name itself survive a power cut. Windows cannot open a folder; the file is safe without it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    return;
  }
}

/** Writes `bytes` as the whole of `file`, or leaves everything as it was and throws a `HostError`. */
export async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  let kept = true;
  try {
    const { target, mode } = await targetOf(file);
    kept = mode !== null;
    await writeBeside(target, mode, bytes);
    await syncFolder(path.dirname(target));
  } catch (error) {
    const rest = kept ? ' The file on disk is as it was.' : '';
    throw new HostError(`${nameOf(file)} could not be saved: ${causeOf(error)}.${rest}`, { cause: error });
  }
}
