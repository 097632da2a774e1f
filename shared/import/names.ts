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
  /** Two spellings of one text are one name. */
  readonly #byText: Map<string, number>;
  /** The byte strings that were seen, one behind the other: string `i` ends at `#ends[i]`. */
  #bytes = new Uint8Array(1 << 10);
  #view = new DataView(this.#bytes.buffer);
  readonly #ends: number[] = [];
  readonly #codes: number[] = [];
  /** Open addressing: byte string + 1 by its hash; 0 is free. Never more than half full. */
  #slots = new Int32Array(64);
  #slotHashes = new Int32Array(64);

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
      if (entry === 0) return this.#add(bytes.subarray(start, end), hash);
      if (this.#slotHashes[slot] === hash && this.#equals(entry - 1, bytes, view, start, end)) {
        return this.#codes[entry - 1] ?? 0;
      }
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

  #startOf(entry: number): number {
    return entry === 0 ? 0 : (this.#ends[entry - 1] ?? 0);
  }

  #equals(entry: number, bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    const from = this.#startOf(entry);
    const length = end - start;
    if ((this.#ends[entry] ?? 0) - from !== length) return false;
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      if (this.#view.getInt32(from + i, true) !== view.getInt32(start + i, true)) return false;
    }
    for (; i < length; i++) if (this.#bytes[from + i] !== bytes[start + i]) return false;
    return true;
  }

  #add(name: Uint8Array, hash: number): number {
    this.foreign ||= !isUtf8(name);
    const code = this.codeOfText(textOf(name));
    const entry = this.#codes.length;
    const at = this.#startOf(entry);
    if (at + name.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * (at + name.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.#bytes.set(name, at);
    this.#ends.push(at + name.length);
    this.#codes.push(code);
    if (2 * this.#codes.length > this.#slots.length) this.#growSlots();
    this.#place(entry, hash);
    return code;
  }

  #growSlots(): void {
    const [slots, hashes] = [this.#slots, this.#slotHashes];
    this.#slots = new Int32Array(2 * slots.length);
    this.#slotHashes = new Int32Array(2 * slots.length);
    for (let slot = 0; slot < slots.length; slot++) {
      const entry = slots[slot] ?? 0;
      if (entry !== 0) this.#place(entry - 1, hashes[slot] ?? 0);
    }
  }

  #place(entry: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry + 1;
    this.#slotHashes[slot] = hash;
  }
}
