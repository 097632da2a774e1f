/** A zip archive's list of members, read from its central directory at the end: only that says where members lie. */
import { textOf } from '../encoding.ts';
import { ContainerError, damaged, type Allowance } from './bounds.ts';
import type { ByteSource } from './byteSource.ts';

export interface ZipEntry {
  /** As shown: no way out of the archive, no drive, unlike the others'. */
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Of the member's own header. */
  readonly offset: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;

const END_BYTES = 22;
const ENTRY_BYTES = 46;
const MOST_COMMENT_BYTES = 0xffff;
/** In place of a 32-bit number that the zip64 extension states. */
const ELSEWHERE = 0xffffffff;
const ENCRYPTED = 0x2041;
const AES = 99;

/** Longest list that is read: 1,000 entries of the longest names, extras and comments are some 190 MiB, real ones 100 KiB. */
const MOST_DIRECTORY_BYTES = 16 * 1024 * 1024;

interface Directory {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
}

export async function zipEntries(name: string, source: ByteSource, allowance: Allowance): Promise<ZipEntry[]> {
  const { count, size, offset } = await directoryOf(name, source);
  allowance.takeEntries(name, count);
  if (size > MOST_DIRECTORY_BYTES || offset + size > source.size) throw damaged(name);
  const bytes = await source.read(offset, offset + size);
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY) {
      throw damaged(name, new Error('its list of files breaks off'));
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const end = at + ENTRY_BYTES + nameBytes! + extraBytes! + commentBytes!;
    if (end > bytes.length) throw damaged(name, new Error('its list of files breaks off'));
    entries.push(entryAt(name, bytes, view, at));
    at = end;
  }
  refuseOverlap(name, entries);
  return distinct(entries);
}

async function directoryOf(name: string, source: ByteSource): Promise<Directory> {
  const from = Math.max(0, source.size - END_BYTES - MOST_COMMENT_BYTES);
  const tail = await source.read(from, source.size);
  const view = viewOf(tail);
  let at = tail.length - END_BYTES;
  while (
    at >= 0 &&
    !(view.getUint32(at, true) === END && at + END_BYTES + view.getUint16(at + 20, true) <= tail.length)
  ) {
    at--;
  }
  if (at < 0) throw damaged(name, new Error('a zip archive without its list of files'));
  const wide = at >= 20 && view.getUint32(at - 20, true) === LOCATOR_64;
  if (wide) return await wideDirectory(name, source, Number(view.getBigUint64(at - 12, true)));
  if (view.getUint16(at + 4, true) !== 0 || view.getUint16(at + 6, true) !== 0) {
    throw new ContainerError(`${name} is one part of an archive in several files. Join them and import the whole.`);
  }
  return {
    count: view.getUint16(at + 10, true),
    size: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
  };
}

async function wideDirectory(name: string, source: ByteSource, at: number): Promise<Directory> {
  const bytes = at + 56 <= source.size ? await source.read(at, at + 56) : new Uint8Array(0);
  const view = viewOf(bytes);
  if (bytes.length < 56 || view.getUint32(0, true) !== END_64) throw damaged(name);
  const number = (place: number): number => Number(view.getBigUint64(place, true));
  return { count: number(32), size: number(40), offset: number(48) };
}

function entryAt(archive: string, bytes: Uint8Array, view: DataView, at: number): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const nameEnd = at + ENTRY_BYTES + view.getUint16(at + 28, true);
  const name = shownName(textOf(bytes.subarray(at + ENTRY_BYTES, nameEnd)));
  if ((flags & ENCRYPTED) !== 0 || method === AES) {
    throw new ContainerError(`${archive}/${name} is encrypted. Unpack it with its password and import what is inside.`);
  }
  const extra = viewOf(bytes.subarray(nameEnd, nameEnd + view.getUint16(at + 30, true)));
  const [size, packedSize, offset] = wideNumbers(extra, [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ]);
  return { name, method, crc: view.getUint32(at + 16, true), packedSize: packedSize!, size: size!, offset: offset! };
}

/** Numbers that the zip64 extra field states in place of those that are full. */
function wideNumbers(extra: DataView, numbers: readonly number[]): number[] {
  let at = 0;
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== 1) at += 4 + extra.getUint16(at + 2, true);
  at += 4;
  return numbers.map((number) => {
    if (number !== ELSEWHERE || at + 8 > extra.byteLength) return number;
    at += 8;
    return Number(extra.getBigUint64(at - 8, true));
  });
}

/** Members that share bytes are how a small archive unpacks to a huge one; no archiver writes them. */
function refuseOverlap(name: string, entries: readonly ZipEntry[]): void {
  let end = 0;
  for (const entry of entries.toSorted((one, other) => one.offset - other.offset)) {
    if (entry.offset < end) {
      throw new ContainerError(
        `${name}/${entry.name} lies inside another file of the archive, as in files made to do harm; it is not read.`,
      );
    }
    end = entry.offset + 30 + entry.packedSize;
  }
}

/** Nothing is written by these names; they only have to be clear to a reader. */
function shownName(name: string): string {
  const parts = name
    .replaceAll('\\', '/')
    .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/^[A-Za-z]:/, '')
    .split('/');
  const kept = parts.filter((part, i) => part !== '.' && part !== '..' && (part !== '' || i === parts.length - 1));
  return kept.join('/');
}

function distinct(entries: readonly ZipEntry[]): ZipEntry[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const times = (seen.get(entry.name) ?? 0) + 1;
    seen.set(entry.name, times);
    return times === 1 ? entry : { ...entry, name: `${entry.name} (${times})` };
  });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
