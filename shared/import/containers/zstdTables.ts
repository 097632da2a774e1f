/**
 * The two kinds of code that zstd blocks are written in: finite state entropy and Huffman, with their descriptions
 * (RFC 8878, sections 4.1 and 4.2). Every read is within the bytes that belong to it.
 */

/** Thrown inside the zstd reader; its caller says which file it was. */
export class ZstdFault extends Error {}

/** Reads bits backwards from the last one that is set, as zstd writes both codes. */
export class BackwardBits {
  readonly #bytes: Uint8Array;
  /** Bits that are left; less than none where more were read than there are. */
  left: number;

  constructor(bytes: Uint8Array) {
    const last = bytes.at(-1) ?? 0;
    if (last === 0) throw new ZstdFault('a bit stream has no end');
    this.#bytes = bytes;
    this.left = (bytes.length - 1) * 8 + highBit(last);
  }

  /** The next `count` bits, at most 31; those before the first are 0. */
  read(count: number): number {
    this.left -= count;
    return this.#at(this.left, count);
  }

  peek(count: number): number {
    return this.#at(this.left - count, count);
  }

  #at(from: number, count: number): number {
    if (from < 0) return count + from <= 0 ? 0 : this.#at(0, count + from) << -from;
    const bytes = this.#bytes;
    const at = from >> 3;
    const shift = from & 7;
    let value = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> shift;
    if (shift + count > 32) value |= bytes[at + 4]! << (32 - shift);
    return value & ((1 << count) - 1);
  }
}

/** Position of the highest bit set; -1 for 0. */
export function highBit(value: number): number {
  return 31 - Math.clz32(value);
}

export interface FseTable {
  readonly accuracy: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

export function fseTable(counts: readonly number[], accuracy: number): FseTable {
  const size = 1 << accuracy;
  const symbols = new Uint8Array(size);
  const next = new Uint16Array(counts.length);
  let high = size - 1;
  counts.forEach((count, symbol) => {
    next[symbol] = count === -1 ? 1 : count;
    if (count === -1) symbols[high--] = symbol;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  counts.forEach((count, symbol) => {
    for (let i = 0; i < count; i++) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at > high);
    }
  });
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (let state = 0; state < size; state++) {
    const from = next[symbols[state]!]!++;
    bits[state] = accuracy - highBit(from);
    bases[state] = (from << bits[state]!) - size;
  }
  return { accuracy, symbols, bits, bases };
}

/** A table of one symbol, which takes no bits. */
export function singleTable(symbol: number): FseTable {
  return { accuracy: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), bases: new Uint16Array(1) };
}

/** Reads a table's description, bits forwards, and tells how many bytes it took. */
export function readFseTable(
  bytes: Uint8Array,
  mostAccuracy: number,
  mostSymbol: number,
): { readonly table: FseTable; readonly length: number } {
  let at = 0;
  const take = (count: number): number => {
    let value = 0;
    for (let bit = 0; bit < count; bit++, at++) value |= ((bytes[at >> 3]! >> (at & 7)) & 1) << bit;
    if (at > bytes.length * 8) throw new ZstdFault('a code table breaks off');
    return value;
  };
  const accuracy = take(4) + 5;
  if (accuracy > mostAccuracy) throw new ZstdFault('a code table is too large');
  const counts: number[] = [];
  let left = 1 << accuracy;
  while (left > 0 && counts.length <= mostSymbol) {
    // a value up to left + 1; the small ones take a bit less
    const width = highBit(left + 1) + 1;
    const short = (1 << width) - 1 - (left + 1);
    let value = take(width - 1);
    if (value >= short) {
      value |= take(1) << (width - 1);
      if (value >= 1 << (width - 1)) value -= short;
    }
    const count = value - 1;
    left -= Math.abs(count);
    counts.push(count);
    if (count !== 0) continue;
    for (let repeat = 3; repeat === 3;) {
      repeat = take(2);
      for (let i = 0; i < repeat; i++) counts.push(0);
    }
  }
  if (left !== 0 || counts.length > mostSymbol + 1) throw new ZstdFault('a code table does not add up');
  return { table: fseTable(counts, accuracy), length: (at + 7) >> 3 };
}

export interface HuffmanTable {
  readonly width: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
}

const MOST_HUFFMAN_BITS = 11;

/** Reads the description of a Huffman code, and tells how many bytes it took. */
export function readHuffmanTable(bytes: Uint8Array): { readonly table: HuffmanTable; readonly length: number } {
  const [first = 0] = bytes;
  const length = 1 + (first < 128 ? first : (first - 126) >> 1);
  if (length > bytes.length) throw new ZstdFault('a code table breaks off');
  const body = bytes.subarray(1, length);
  const weights = first < 128 ? packedWeights(body) : plainWeights(body, first - 127);
  return { table: huffmanTable(weights), length };
}

function plainWeights(body: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (i % 2 === 0 ? body[i >> 1]! >> 4 : body[i >> 1]! & 15));
}

/** Two states take turns until the bits are used up; each then gives one more weight. */
function packedWeights(body: Uint8Array): number[] {
  const { table, length } = readFseTable(body, 6, 255);
  const stream = new BackwardBits(body.subarray(length));
  const weights: number[] = [];
  let state = stream.read(table.accuracy);
  let other = stream.read(table.accuracy);
  if (stream.left < 0) throw new ZstdFault('a code table breaks off');
  while (weights.length < 255) {
    weights.push(table.symbols[state]!);
    const next = table.bases[state]! + stream.read(table.bits[state]!);
    if (stream.left < 0) {
      weights.push(table.symbols[other]!);
      return weights;
    }
    [state, other] = [other, next];
  }
  throw new ZstdFault('a code table is too large');
}

function huffmanTable(given: readonly number[]): HuffmanTable {
  const sum = given.reduce((total, weight) => total + (weight === 0 ? 0 : 1 << (weight - 1)), 0);
  const width = highBit(sum) + 1;
  const rest = (1 << width) - sum;
  // the last symbol's weight is what makes the sum a power of two
  if (sum === 0 || width > MOST_HUFFMAN_BITS || (rest & (rest - 1)) !== 0) {
    throw new ZstdFault('a code table does not add up');
  }
  const weights = [...given, highBit(rest) + 1];
  const symbols = new Uint8Array(1 << width);
  const bits = new Uint8Array(1 << width);
  let at = 0;
  for (let weight = 1; weight <= width; weight++) {
    weights.forEach((each, symbol) => {
      if (each !== weight) return;
      const end = at + (1 << (weight - 1));
      symbols.fill(symbol, at, end);
      bits.fill(width + 1 - weight, at, end);
      at = end;
    });
  }
  return { width, symbols, bits };
}

/** Fills `out` with the symbols of one stream, which must end with it. */
export function readHuffman(table: HuffmanTable, bytes: Uint8Array, out: Uint8Array): void {
  const stream = new BackwardBits(bytes);
  for (let i = 0; i < out.length; i++) {
    const code = stream.peek(table.width);
    out[i] = table.symbols[code]!;
    stream.left -= table.bits[code]!;
    if (stream.left < 0) break;
  }
  if (stream.left !== 0) throw new ZstdFault('a stream of literals does not fit');
}
