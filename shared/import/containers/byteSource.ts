/** Bytes that can be read at any place: a dropped file, a part of one, or something unpacked and held. */
import type { NamedFile } from '../../contract/importing.ts';
import { ContainerError, sizeText, type Allowance } from './bounds.ts';

export type ByteStream = () => AsyncIterable<Uint8Array>;

export interface ByteSource {
  readonly size: number;
  /** Fewer bytes than asked where the source ends. */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** Bytes of a piece that is read at once. */
const SLICE_BYTES = 2 * 1024 * 1024;

export function sourceOf(content: NamedFile['content']): ByteSource {
  if (content instanceof Uint8Array) {
    return { size: content.length, read: (from, to) => Promise.resolve(content.subarray(from, to)) };
  }
  return {
    size: content.size,
    read: async (from, to) => new Uint8Array(await content.slice(from, to).arrayBuffer()),
  };
}

/** A part of a source as a source of its own. */
export function partOf(source: ByteSource, from: number, size: number): ByteSource {
  return {
    size,
    read: (start, end) => source.read(from + Math.min(start, size), from + Math.min(end, size)),
  };
}

export async function* sliced(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.size; at += SLICE_BYTES) {
    yield await source.read(at, Math.min(at + SLICE_BYTES, source.size));
  }
}

/** The first bytes of a stream, as many as there are up to `count`. */
export async function firstBytes(stream: AsyncIterable<Uint8Array>, count: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    length += piece.length;
    if (length >= count) break;
  }
  return joined(pieces, length).subarray(0, count);
}

/** All of a stream, to be read at any place. */
export async function held(name: string, stream: AsyncIterable<Uint8Array>, allowance: Allowance): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    length += piece.length;
    if (length > allowance.held) {
      throw new ContainerError(
        `${name} has to be held in memory to be read, and that is bounded to ` +
          `${sizeText(allowance.bounds.heldBytes)} for a file with all that is in it. Unpack it and import what is inside.`,
      );
    }
    pieces.push(piece);
  }
  allowance.takeHeld(length);
  return joined(pieces, length);
}

export function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

const GATHERED_BYTES = 1024 * 1024;

/** The same bytes in pieces of about a mebibyte, none of them empty. */
export async function* gathered(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    if (piece.length === 0) continue;
    pieces.push(piece);
    length += piece.length;
    if (length < GATHERED_BYTES) continue;
    yield joined(pieces, length);
    pieces = [];
    length = 0;
  }
  if (length > 0) yield joined(pieces, length);
}
