/**
 * The ids of all rows that were read, over all files: the first row of an id wins. Open addressing over the ids' bytes,
 * with an exact comparison; a fingerprint of the row's content tells a repeated row from one that reuses an id.
 *
 * Measured with 1,000,000 ids of 12 bytes: 8 MB of slots, 16 MB per-id columns and the ids' 12 MB.
 */
import { ABSENT, type IdColumn, type UsageBatch } from '../domain/usage.ts';
import { hashBytes, hashText } from './names.ts';

/** What `claim` answers for an id that was not there. */
export const NEW_ID = -1;

export class IdSet {
  #count = 0;
  /** Bytes of all ids, in order of arrival; id `i` ends at `#ends[i]`. */
  #bytes = new Uint8Array(1 << 12);
  #view = new DataView(this.#bytes.buffer);
  #ends = new Float64Array(256);
  #hashes = new Int32Array(256);
  #contents = new Int32Array(256);
  /**
   * Number of the id + 1 in the low bits, bits of its hash above them (so most slots of other ids are passed over without
   * looking further); 0 is free. Never more than half full.
   */
  #slots = new Int32Array(512);

  /** The ids of rows that were read before, for instance of a saved workspace. */
  static of(batches: Iterable<UsageBatch>): IdSet {
    const ids = new IdSet();
    for (const batch of batches) ids.addBatch(batch);
    return ids;
  }

  get size(): number {
    return this.#count;
  }

  /** Makes room for so many more ids of `bytes` each, which is cheaper than growing on the way. */
  reserve(more: number, bytes: number): void {
    const wanted = this.#count + more;
    if (wanted > this.#hashes.length) this.#growColumns(wanted);
    const used = this.#count === 0 ? 0 : (this.#ends[this.#count - 1] ?? 0);
    this.#growBytes(used + more * bytes);
    let slots = this.#slots.length;
    while (slots < 2 * wanted) slots *= 2;
    if (slots > this.#slots.length) this.#rehash(slots);
  }

  /** Adds an id that is new (`view` is over the same bytes) and returns `NEW_ID`; else returns the number of the id that is there. */
  claim(bytes: Uint8Array, view: DataView, start: number, end: number, content: number): number {
    const hash = hashBytes(bytes, view, start, end);
    const slots = this.#slots;
    const mask = slots.length - 1;
    // the id's number is below half the slots, so the bits above the mask are free for the hash's
    let slot = hash & mask;
    for (;;) {
      const entry = slots[slot] ?? 0;
      if (entry === 0) break;
      if (((entry ^ hash) & ~mask) === 0) {
        const id = (entry & mask) - 1;
        if (this.#equals(id, bytes, start, end)) return id;
      }
      slot = (slot + 1) & mask;
    }
    const id = this.#count;
    if (id === this.#hashes.length) this.#growColumns(2 * id);
    this.#append(id, bytes, view, start, end);
    this.#hashes[id] = hash;
    this.#contents[id] = content;
    this.#count = id + 1;
    slots[slot] = (hash & ~mask) | (id + 1);
    if (2 * this.#count >= slots.length) this.#rehash(2 * slots.length);
    return NEW_ID;
  }

  /** Whether the row that brought an id had this content. */
  hasContent(id: number, content: number): boolean {
    return this.#contents[id] === content;
  }

  /** Forgets all ids but the first `count`: an import that was given up leaves no trace. */
  rollback(count: number): void {
    const mask = this.#slots.length - 1;
    // the slot of the last id that came is on no other id's way, so the ids leave in the reverse order of their coming
    for (let id = this.#count - 1; id >= count; id--) {
      let slot = (this.#hashes[id] ?? 0) & mask;
      while (((this.#slots[slot] ?? 0) & mask) !== id + 1) slot = (slot + 1) & mask;
      this.#slots[slot] = 0;
    }
    this.#count = Math.min(this.#count, count);
  }

  /** The ids of a batch's rows: `numbers` has each row's id, counted from 1 in order of arrival, or 0 for none. */
  column(numbers: Uint32Array): IdColumn {
    const ends = new Float64Array(numbers.length);
    let length = 0;
    for (let row = 0; row < numbers.length; row++) {
      const number = numbers[row] ?? 0;
      if (number > 0) length += (this.#ends[number - 1] ?? 0) - this.#startOf(number - 1);
      ends[row] = length;
    }
    const first = numbers[0] ?? 0;
    const from = first === 0 ? 0 : this.#startOf(first - 1);
    const last = numbers[numbers.length - 1] ?? 0;
    // nearly always the rows' ids came one after the other
    if (first > 0 && last > 0 && (this.#ends[last - 1] ?? 0) - from === length) {
      return { bytes: this.#bytes.slice(from, from + length), ends };
    }
    const bytes = new Uint8Array(length);
    for (let row = 0; row < numbers.length; row++) {
      const id = (numbers[row] ?? 0) - 1;
      if (id >= 0) bytes.set(this.#bytes.subarray(this.#startOf(id), this.#ends[id]), row === 0 ? 0 : ends[row - 1]);
    }
    return { bytes, ends };
  }

  addBatch(batch: UsageBatch): void {
    const { ids } = batch;
    if (ids === null) return;
    const names = batch.sku.names.map(hashText);
    const meters = [...batch.meters].map(([name, column]) => ({ hash: hashText(name), ...column }));
    const view = new DataView(ids.bytes.buffer, ids.bytes.byteOffset, ids.bytes.byteLength);
    this.reserve(batch.count, batch.count === 0 ? 0 : (ids.ends[batch.count - 1] ?? 0) / batch.count);
    for (let row = 0; row < batch.count; row++) {
      const start = row === 0 ? 0 : (ids.ends[row - 1] ?? 0);
      const end = ids.ends[row] ?? 0;
      if (start === end) continue;
      let content = contentOf(batch.at[row] ?? 0, names[batch.sku.codes[row] ?? 0] ?? 0);
      content = withCost(content, batch.cost.whole[row] ?? ABSENT, batch.cost.pico?.[row] ?? 0);
      for (const { hash, whole, pico } of meters) {
        content = withMeter(content, hash, whole[row] ?? ABSENT, pico?.[row] ?? 0);
      }
      this.claim(ids.bytes, view, start, end, content);
    }
  }

  #startOf(id: number): number {
    // as an integer, which the loops over its bytes are three times as fast with; 2^31 bytes are 50 million ids
    return id === 0 ? 0 : (this.#ends[id - 1] ?? 0) | 0;
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#startOf(id);
    if ((this.#ends[id] ?? 0) - from !== end - start) return false;
    for (let i = start; i < end; i++) if (this.#bytes[from + i - start] !== bytes[i]) return false;
    return true;
  }

  #append(id: number, bytes: Uint8Array, view: DataView, start: number, end: number): void {
    const at = this.#startOf(id);
    const length = end - start;
    if (at + length > this.#bytes.length) this.#growBytes(2 * (at + length));
    let i = 0;
    for (; i + 4 <= length; i += 4) this.#view.setInt32(at + i, view.getInt32(start + i, true), true);
    for (; i < length; i++) this.#bytes[at + i] = bytes[start + i] ?? 0;
    this.#ends[id] = at + length;
  }

  #growBytes(length: number): void {
    if (length <= this.#bytes.length) return;
    const larger = new Uint8Array(length);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  #growColumns(capacity: number): void {
    const ends = new Float64Array(capacity);
    ends.set(this.#ends);
    this.#ends = ends;
    const hashes = new Int32Array(capacity);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    const contents = new Int32Array(capacity);
    contents.set(this.#contents);
    this.#contents = contents;
  }

  /** In order of arrival, which `rollback` relies on. */
  #rehash(length: number): void {
    const slots = new Int32Array(length);
    const mask = length - 1;
    for (let id = 0; id < this.#count; id++) {
      const hash = this.#hashes[id] ?? 0;
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (id + 1);
    }
    this.#slots = slots;
  }
}

/** One number of several: 32 bits of two doubles' integer values. */
function mix(hash: number, low: number, high: number): number {
  const mixed = Math.imul(hash ^ low, 0x85ebca6b) ^ Math.imul(high ^ (hash >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}

const TWO_32 = 4_294_967_296;

/**
 * Fingerprint of what of a row moves money: instant, SKU, cost, meters. A row's first part; `withCost` and `withMeter` add
 * the others. Meters come in any order, and one of zero is as if it were absent.
 */
export function contentOf(at: number, sku: number): number {
  return mix(sku, at | 0, (at / TWO_32) | 0);
}

export function withCost(content: number, whole: number, pico: number): number {
  return mix(content ^ (whole | 0), pico | 0, (pico / TWO_32) | 0);
}

export function withMeter(content: number, meter: number, whole: number, pico: number): number {
  if (whole <= 0 && pico === 0) return content;
  return (content + mix(meter ^ (pico | 0), whole | 0, (whole / TWO_32) | 0)) | 0;
}
