/** Texts that repeat (models, projects, keys), kept once and known by a number. Looked up by their bytes. */
import type { NameColumn } from '../domain/usage.ts';
import { isUtf8, textOf } from './encoding.ts';

/** Hash of a byte string, four bytes at a time, well mixed in all 32 bits. `view` is over the same bytes. */
export function hashBytes(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  let hash = (end - start) ^ 0x9e3779b9;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    hash = Math.imul(hash ^ view.getInt32(i, true), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  for (; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 15);
}

/** Hash of a text, the same in every file and session. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}

export class NameTable {
  readonly names: string[];
  /** `hashText` of each name. */
  readonly hashes: number[];
  /** A name was no valid UTF-8, and read as Windows-1252. */
  foreign = false;
  /** Two encodings of one text are one name. */
  readonly #byText: Map<string, number>;
  /** Open addressing: code + 1 by hash of the bytes; 0 is free. Never more than half full. */
  #slots = new Int32Array(64);
  #slotHashes = new Int32Array(64);
  #used = 0;
  /** The byte strings that were seen, one after the other; entry `i` of a slot's code is at `starts[i]`. */
  readonly #seen: { readonly bytes: Uint8Array; readonly code: number; readonly hash: number }[] = [];

  /** `first` is the name with code 0: the one of rows without a value. */
  constructor(first: string) {
    this.names = [first];
    this.hashes = [hashText(first)];
    this.#byText = new Map([[first, 0]]);
  }

  /** Code of the name that these bytes spell; spaces around it are no part of it. Empty is code 0. */
  codeOf(bytes: Uint8Array, view: DataView, from: number, to: number): number {
    let start = from;
    let end = to;
    while (start < end && (bytes[start] ?? 0) <= 32) start++;
    while (start < end && (bytes[end - 1] ?? 0) <= 32) end--;
    if (start === end) return 0;
    const hash = hashBytes(bytes, view, start, end);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0) return this.#add(bytes.slice(start, end), hash);
      if (this.#slotHashes[slot] !== hash) continue;
      const known = this.#seen[entry - 1];
      if (known !== undefined && equalBytes(known.bytes, bytes, start, end)) return known.code;
    }
  }

  /** Code of a text that was put together elsewhere. */
  codeOfText(text: string): number {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const code = this.names.length;
    this.names.push(text);
    this.hashes.push(hashText(text));
    this.#byText.set(text, code);
    return code;
  }

  column(codes: Uint32Array): NameColumn {
    return { codes, names: this.names };
  }

  #add(bytes: Uint8Array, hash: number): number {
    this.foreign ||= !isUtf8(bytes);
    const code = this.codeOfText(textOf(bytes));
    this.#seen.push({ bytes, code, hash });
    this.#used++;
    if (2 * this.#used > this.#slots.length) this.#slots = new Int32Array(2 * this.#slots.length);
    else {
      this.#place(this.#used);
      return code;
    }
    this.#slotHashes = new Int32Array(this.#slots.length);
    for (let entry = 1; entry <= this.#used; entry++) this.#place(entry);
    return code;
  }

  #place(entry: number): void {
    const hash = this.#seen[entry - 1]?.hash ?? 0;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
    this.#slotHashes[slot] = hash;
  }
}

function equalBytes(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
