/**
 * The ids of all rows that were read, over all files. Ids are compared byte by byte; a fingerprint of the row's content
 * tells a repeated row from another one of that id, which may be a grown copy of it (`rowIds.ts`).
 *
 * Ids of logs mostly come in their own order (counters, ULIDs, times in front). An id beyond the greatest so far is new
 * without a search, so the hash table is filled only when one arrives that is not. Measured with 1,000,000 ids of 12
 * bytes: 50 ms in order, 100 ms in any other; 28 bytes an id, and 8 to 16 more in the table.
 */
import { ABSENT, keyAt, type IdColumn, type UsageAdjustment, type UsageBatch } from '../domain/usage.ts';
import { contentOf, contentOfAdjustment, withCost, withMeter } from './content.ts';
import { putUtf8 } from './encoding.ts';
import { hashBytes, hashText } from './names.ts';

/** What `claim` answers for an id that was not there. */
export const NEW_ID = -1;

/** Most bytes of ids: 50 million of the longest usual ones. */
const MOST_BYTES = 2 ** 31 - 1;

export class IdSet {
  #count = 0;
  /** Bytes of all ids, in order of arrival; id `i` ends at `#ends[i]`. */
  #bytes = new Uint8Array(1 << 12);
  #view = new DataView(this.#bytes.buffer);
  #ends = new Float64Array(256);
  #contents = new Int32Array(256);
  /** Hashes of the ids that are in the table: the first `#placed`. */
  #hashes = new Int32Array(256);
  #placed = 0;
  /** The greatest id: the longest, and of those the last by their bytes. */
  #greatest = -1;
  /**
   * Number of the id + 1 in the low bits, bits of its hash above them (so most slots of other ids are passed over without
   * looking further); 0 is free. Never more than half full.
   */
  #slots = new Int32Array(512);
  /** Batches whose ids are here, and how many ids there were before each. */
  #batches: { readonly batch: UsageBatch; readonly before: number }[] = [];
  /** Batch and row of each id, found when first asked for. */
  #origins: { readonly batch: Uint32Array; readonly row: Uint32Array } | null = null;
  /** Contents of earlier files' ids that were replaced, and how many ids there were then. */
  readonly #replaced: { readonly id: number; readonly content: number; readonly size: number }[] = [];

  /** The ids of rows that were read before, for instance of a saved workspace. */
  static of(batches: Iterable<UsageBatch>): IdSet {
    const ids = new IdSet();
    for (const batch of batches) ids.addBatch(batch);
    return ids;
  }

  get size(): number {
    return this.#count;
  }

  /** Makes room for so many more ids, which is cheaper than growing on the way. */
  reserve(more: number): void {
    const wanted = this.#count + more;
    if (wanted > this.#contents.length) this.#growColumns(wanted);
  }

  /** Adds an id that is new and returns `NEW_ID`; else returns the number of the id that is there. `view` is over `bytes`. */
  claim(bytes: Uint8Array, view: DataView, start: number, end: number, content: number): number {
    const order = this.#greatest < 0 ? 1 : this.#compareToGreatest(bytes, view, start, end);
    if (order === 0) return this.#greatest;
    if (order > 0) {
      this.#greatest = this.#append(bytes, view, start, end, content);
      return NEW_ID;
    }
    this.#placeAll();
    const hash = hashBytes(bytes, view, start, end);
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const entry = slots[slot] ?? 0;
      if (entry === 0) break;
      // the id's number is below half the slots, so the bits above the mask are free for the hash's
      if (((entry ^ hash) & ~mask) === 0) {
        const id = (entry & mask) - 1;
        if (this.#equals(id, bytes, start, end)) return id;
      }
      slot = (slot + 1) & mask;
    }
    const id = this.#append(bytes, view, start, end, content);
    this.#hashes[id] = hash;
    this.#placed = id + 1;
    slots[slot] = (hash & ~mask) | (id + 1);
    if (2 * this.#count >= slots.length) this.#rehash(2 * slots.length);
    return NEW_ID;
  }

  /** Whether the row that brought an id had this content. */
  hasContent(id: number, content: number): boolean {
    return this.#contents[id] === content;
  }

  /** A grown copy took an id over; `before` of the ids are earlier files'. */
  replaceContent(id: number, content: number, before: number): void {
    if (id < before) this.#replaced.push({ id, content: this.#contents[id] ?? 0, size: this.#count });
    this.#contents[id] = content;
  }

  /** The whole text of an id, of both its parts. */
  textOf(id: number): string {
    const bytes = this.#bytes.subarray(this.#startOf(id), this.#startOf(id + 1));
    return keyAt({ bytes, ends: Float64Array.of(bytes.length) }, 0);
  }

  /** The last batch that has an id, and its row there; null where it is an adjustment's, or of a file being read. */
  originOf(id: number): { readonly batch: UsageBatch; readonly row: number } | null {
    const origins = (this.#origins ??= this.#findOrigins());
    const batch = this.#batches[(origins.batch[id] ?? 0) - 1]?.batch;
    return batch === undefined ? null : { batch, row: origins.row[id] ?? 0 };
  }

  /** The batch of a file that was read: its ids are here already, `before` were there when it began. */
  attach(batch: UsageBatch, before: number): void {
    this.#batches.push({ batch, before });
    this.#origins = null;
  }

  /** Forgets all ids but the first `count`: an import that was given up leaves no trace. */
  rollback(count: number): void {
    for (let last = this.#replaced.at(-1); last !== undefined && last.size >= count; last = this.#replaced.at(-1)) {
      this.#contents[last.id] = last.content;
      this.#replaced.pop();
    }
    if (count >= this.#count) return;
    this.#batches = this.#batches.filter(({ before }) => before < count);
    this.#origins = null;
    const mask = this.#slots.length - 1;
    // the slot of the last id that was placed is on no other id's way, so they leave in the reverse order of their coming
    for (let id = this.#placed - 1; id >= count; id--) {
      let slot = (this.#hashes[id] ?? 0) & mask;
      while (((this.#slots[slot] ?? 0) & mask) !== id + 1) slot = (slot + 1) & mask;
      this.#slots[slot] = 0;
    }
    this.#placed = Math.min(this.#placed, count);
    this.#count = count;
    if (this.#greatest >= count) this.#findGreatest();
  }

  /** The ids of a batch's rows: `numbers` has each row's id, counted from 1 in order of arrival, or 0 for none. */
  column(numbers: Uint32Array): IdColumn {
    const ends = new Float64Array(numbers.length);
    let length = 0;
    let before = 0;
    let inOrder = true;
    for (let row = 0; row < numbers.length; row++) {
      const number = numbers[row] ?? 0;
      if (number > 0) {
        length += (this.#ends[number - 1] ?? 0) - this.#startOf(number - 1);
        inOrder &&= before === 0 || number === before + 1;
        before = number;
      }
      ends[row] = length;
    }
    const bytes =
      inOrder && before > 0
        ? this.#bytes.slice(this.#startOf(before) - length, this.#startOf(before))
        : new Uint8Array(length);
    for (let row = 0; row < numbers.length && !inOrder; row++) {
      const id = (numbers[row] ?? 0) - 1;
      if (id >= 0) bytes.set(this.#bytes.subarray(this.#startOf(id), this.#ends[id]), row === 0 ? 0 : ends[row - 1]);
    }
    return { bytes, ends };
  }

  /** Adds what a source brought; of an id that is there the later row counts. */
  addBatch(batch: UsageBatch, adjustments: readonly UsageAdjustment[] = []): void {
    const before = this.#count;
    const { ids } = batch;
    const names = batch.sku.names.map(hashText);
    const meters = [...batch.meters].map(([name, column]) => ({ hash: hashText(name), ...column }));
    if (ids !== null) this.reserve(batch.count);
    eachId(batch, (row, view, start, end) => {
      let content = contentOf(batch.at[row] ?? 0, names[batch.sku.codes[row] ?? 0] ?? 0);
      content = withCost(content, batch.cost.whole[row] ?? ABSENT, batch.cost.pico?.[row] ?? 0);
      for (const { hash, whole, pico } of meters) {
        content = withMeter(content, hash, whole[row] ?? ABSENT, pico?.[row] ?? 0);
      }
      const known = this.claim(ids?.bytes ?? NO_BYTES, view, start, end, content);
      if (known !== NEW_ID) this.#contents[known] = content;
    });
    for (const { id, at, amount } of adjustments) {
      if (id === null) continue;
      const bytes = new Uint8Array(3 * id.length + 4);
      const { length } = bytesOfText(id, bytes);
      this.claim(bytes, new DataView(bytes.buffer), 0, length, contentOfAdjustment(at, amount));
    }
    this.attach(batch, before);
  }

  #findOrigins(): { readonly batch: Uint32Array; readonly row: Uint32Array } {
    const origins = { batch: new Uint32Array(this.#count), row: new Uint32Array(this.#count) };
    for (const [index, { batch }] of this.#batches.entries()) {
      eachId(batch, (row, view, start, end) => {
        const id = this.claim(batch.ids?.bytes ?? NO_BYTES, view, start, end, 0);
        origins.batch[id] = index + 1;
        origins.row[id] = row;
      });
    }
    return origins;
  }

  #startOf(id: number): number {
    // as an integer, which the loops over its bytes are three times as fast with
    return id === 0 ? 0 : (this.#ends[id - 1] ?? 0) | 0;
  }

  /** Positive where an id is beyond the greatest, zero where it is that one. */
  #compareToGreatest(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const from = this.#startOf(this.#greatest);
    const length = end - start;
    const difference = length - (this.#startOf(this.#greatest + 1) - from);
    if (difference !== 0) return difference;
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      const word = view.getUint32(start + i);
      const greatest = this.#view.getUint32(from + i);
      if (word !== greatest) return word > greatest ? 1 : -1;
    }
    for (; i < length; i++) {
      const byte = (bytes[start + i] ?? 0) - (this.#bytes[from + i] ?? 0);
      if (byte !== 0) return byte;
    }
    return 0;
  }

  #findGreatest(): void {
    this.#greatest = -1;
    for (let id = 0; id < this.#count; id++) {
      const [start, end] = [this.#startOf(id), this.#startOf(id + 1)];
      if (this.#greatest < 0 || this.#compareToGreatest(this.#bytes, this.#view, start, end) > 0) this.#greatest = id;
    }
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#startOf(id);
    if ((this.#ends[id] ?? 0) - from !== end - start) return false;
    for (let i = start; i < end; i++) if (this.#bytes[from + i - start] !== bytes[i]) return false;
    return true;
  }

  /** Stores an id as the last one and returns its number. */
  #append(bytes: Uint8Array, view: DataView, start: number, end: number, content: number): number {
    const id = this.#count;
    if (id === this.#contents.length) this.#growColumns(2 * id);
    const at = this.#startOf(id);
    const length = end - start;
    if (at + length > this.#bytes.length) this.#growBytes(at + length);
    let i = 0;
    for (; i + 4 <= length; i += 4) this.#view.setInt32(at + i, view.getInt32(start + i, true), true);
    for (; i < length; i++) this.#bytes[at + i] = bytes[start + i] ?? 0;
    this.#ends[id] = at + length;
    this.#contents[id] = content;
    this.#count = id + 1;
    return id;
  }

  #growBytes(least: number): void {
    if (least > MOST_BYTES) throw new RangeError('the ids of all files together take more than 2 GiB');
    const larger = new Uint8Array(Math.min(MOST_BYTES, 2 * least));
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

  /** Brings into the table what came in order. */
  #placeAll(): void {
    if (this.#placed === this.#count) return;
    for (let id = this.#placed; id < this.#count; id++) {
      this.#hashes[id] = hashBytes(this.#bytes, this.#view, this.#startOf(id), this.#startOf(id + 1));
    }
    const first = this.#placed;
    this.#placed = this.#count;
    let length = this.#slots.length;
    while (length <= 2 * this.#count) length *= 2;
    if (length > this.#slots.length) this.#rehash(length);
    else this.#place(first);
  }

  #rehash(length: number): void {
    this.#slots = new Int32Array(length);
    this.#place(0);
  }

  /** Places the ids from `first` on, in order of arrival, which `rollback` relies on. */
  #place(first: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let id = first; id < this.#placed; id++) {
      const hash = this.#hashes[id] ?? 0;
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (id + 1);
    }
  }
}

const NO_BYTES = new Uint8Array(0);

/** Calls for each row of a batch that has an id, with its place in the ids' bytes. */
function eachId(
  { ids, count }: UsageBatch,
  take: (row: number, view: DataView, start: number, end: number) => void,
): void {
  if (ids === null) return;
  const view = new DataView(ids.bytes.buffer, ids.bytes.byteOffset, ids.bytes.byteLength);
  let start = 0;
  for (let row = 0; row < count; row++) {
    const end = ids.ends[row] ?? 0;
    if (end > start) take(row, view, start, end);
    start = end;
  }
}

/** Writes a text's UTF-8 bytes and returns them. */
function bytesOfText(text: string, out: Uint8Array): Uint8Array {
  let length = 0;
  for (const character of text) length = putUtf8(out, length, character.codePointAt(0) ?? 0);
  return out.subarray(0, length);
}
