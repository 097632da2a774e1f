/** The files that the command line reads; `-` is standard input. */
import { openAsBlob } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { NamedFile } from '../../shared/contract/importing.ts';
import { BadInput } from './badInput.ts';

/** A whole text file in UTF-8. @throws BadInput where it cannot be read or is no UTF-8. */
export async function readText(name: string): Promise<string> {
  const bytes = name === '-' ? await buffer(process.stdin) : await read(name, () => readFile(name));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadInput([`${name}:1:1: the file is not UTF-8 text; save it as UTF-8`]);
  }
}

/** A usage file, read a slice at a time. @throws BadInput */
export async function openUsageFile(name: string): Promise<NamedFile> {
  if (name === '-') return { name: 'standard input', content: await buffer(process.stdin) };
  const content = await read(name, () => openBlob(name));
  const { mtimeMs } = await read(name, () => stat(name));
  return { name, content, modified: Math.floor(mtimeMs) };
}

/**
 * A file that a scenario names, inside the scenario's folder also after links are followed; null where there is none.
 * The scenario reader has refused absolute paths and `..` before.
 */
export async function siblingFile(folder: string, relative: string): Promise<NamedFile | null> {
  try {
    const file = await realpath(path.join(folder, relative));
    const inside = path.relative(await realpath(folder), file);
    if (inside.startsWith('..') || path.isAbsolute(inside)) return null;
    return { name: relative, content: await openBlob(file) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw new BadInput([`${relative}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

async function openBlob(file: string): Promise<Blob> {
  if (!(await stat(file)).isFile()) throw new Error('it is not a file');
  return openAsBlob(file);
}

async function read<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = missing ? 'there is no such file' : error instanceof Error ? error.message : String(error);
    throw new BadInput([`${name}:1:1: cannot be read: ${reason}`]);
  }
}
