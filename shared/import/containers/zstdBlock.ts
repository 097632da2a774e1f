/**
 * Compressed blocks of zstd (RFC 8878, section 3.1.1.3): literals, and sequences that say which of them and which earlier
 * bytes follow one another. A block never makes more than 128 KiB, whatever it says.
 */
import {
  BackwardBits,
  fseTable,
  readFseTable,
  readHuffman,
  readHuffmanTable,
  singleTable,
  ZstdFault,
  type FseTable,
  type HuffmanTable,
} from './zstdTables.ts';

export const MOST_BLOCK_BYTES = 128 * 1024;

/** Tables and offsets that one block hands on to the next. */
export interface BlockState {
  huffman: HuffmanTable | null;
  readonly tables: [literals: FseTable | null, offsets: FseTable | null, matches: FseTable | null];
  readonly offsets: [number, number, number];
}

export function newBlockState(): BlockState {
  return { huffman: null, tables: [null, null, null], offsets: [1, 4, 8] };
}

/** Where a block's bytes go; it knows those before. */
export interface BlockSink {
  literals(bytes: Uint8Array, from: number, end: number): void;
  match(offset: number, length: number): void;
}

const LITERAL_BASES = lengthBases(16, 0, [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const MATCH_BASES = lengthBases(32, 3, [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

/** Codes of one value each, then those of a range each; where the range is written in bits. */
function lengthBases(single: number, from: number, ranges: readonly number[]): { bases: number[]; bits: number[] } {
  const bits = [...Array<number>(single).fill(0), ...ranges];
  let next = from;
  const bases = bits.map((width) => {
    const base = next;
    next += 1 << width;
    return base;
  });
  return { bases, bits };
}

const DEFAULT_LITERALS = fseTable(
  [4, 3, ...Array<number>(11).fill(2), 1, 1, 1, ...Array<number>(9).fill(2), 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
  6,
);
const DEFAULT_OFFSETS = fseTable(
  [...Array<number>(6).fill(1), 2, 2, 2, ...Array<number>(15).fill(1), -1, -1, -1, -1, -1],
  5,
);
const DEFAULT_MATCHES = fseTable(
  [1, 4, 3, 2, 2, 2, 2, 2, 2, ...Array<number>(37).fill(1), -1, -1, -1, -1, -1, -1, -1],
  6,
);

/** Kinds in the order in which a block describes them. */
const KINDS = [
  { shift: 6, initial: DEFAULT_LITERALS, accuracy: 9, symbol: 35 },
  { shift: 4, initial: DEFAULT_OFFSETS, accuracy: 8, symbol: 31 },
  { shift: 2, initial: DEFAULT_MATCHES, accuracy: 9, symbol: 52 },
] as const;

export function readBlock(bytes: Uint8Array, state: BlockState, sink: BlockSink): void {
  const { literals, length } = readLiterals(bytes, state);
  const rest = bytes.subarray(length);
  const { count, at } = sequenceCount(rest);
  if (count === 0) {
    if (at !== rest.length) throw new ZstdFault('a block has bytes too many');
    sink.literals(literals, 0, literals.length);
    return;
  }
  const tables = readTables(rest, at, state);
  readSequences(rest.subarray(tables.end), count, tables, state, literals, sink);
}

function readLiterals(bytes: Uint8Array, state: BlockState): { literals: Uint8Array; length: number } {
  const [first = 0] = bytes;
  const kind = first & 3;
  const format = (first >> 2) & 3;
  if (kind < 2) {
    const header = (format & 1) === 0 ? 1 : format === 1 ? 2 : 3;
    const size = little(bytes, header) >>> (header === 1 ? 3 : 4);
    const length = header + (kind === 0 ? size : 1);
    if (size > MOST_BLOCK_BYTES || length > bytes.length) throw new ZstdFault('literals break off');
    const literals = kind === 0 ? bytes.subarray(header, length) : new Uint8Array(size).fill(bytes[header]!);
    return { literals, length };
  }
  const header = format < 2 ? 3 : format + 2;
  const width = format < 2 ? 10 : format === 2 ? 14 : 18;
  // five bytes at most, more than the bits of an integer operation
  const sizes = Math.floor(little(bytes, header) / 16);
  const size = sizes % (1 << width);
  const length = header + Math.floor(sizes / (1 << width));
  if (size > MOST_BLOCK_BYTES || length > bytes.length) throw new ZstdFault('literals break off');
  let packed = bytes.subarray(header, length);
  if (kind === 2) {
    const read = readHuffmanTable(packed);
    state.huffman = read.table;
    packed = packed.subarray(read.length);
  }
  const { huffman } = state;
  if (huffman === null) throw new ZstdFault('literals have no code table');
  const literals = new Uint8Array(size);
  if (format === 0) readHuffman(huffman, packed, literals);
  else readFourStreams(huffman, packed, literals);
  return { literals, length };
}

function readFourStreams(huffman: HuffmanTable, packed: Uint8Array, literals: Uint8Array): void {
  const part = (literals.length + 3) >> 2;
  let from = 6;
  for (let i = 0; i < 4; i++) {
    const end = i === 3 ? packed.length : from + (packed[i * 2]! | (packed[i * 2 + 1]! << 8));
    if (packed.length < 6 || end > packed.length || part * 3 > literals.length)
      throw new ZstdFault('literals break off');
    const out = literals.subarray(part * i, i === 3 ? literals.length : part * (i + 1));
    readHuffman(huffman, packed.subarray(from, end), out);
    from = end;
  }
}

function sequenceCount(bytes: Uint8Array): { count: number; at: number } {
  const [first = 0, second = 0, third = 0] = bytes;
  const at = first < 128 ? 1 : first < 255 ? 2 : 3;
  if (at > bytes.length) throw new ZstdFault('a block breaks off');
  if (first < 128) return { count: first, at };
  return { count: first < 255 ? ((first - 128) << 8) + second : second + (third << 8) + 0x7f00, at };
}

interface SequenceTables {
  readonly literals: FseTable;
  readonly offsets: FseTable;
  readonly matches: FseTable;
  readonly end: number;
}

function readTables(bytes: Uint8Array, at: number, state: BlockState): SequenceTables {
  const modes = bytes[at] ?? 3;
  if ((modes & 3) !== 0) throw new ZstdFault('a block is of an unknown kind');
  let end = at + 1;
  const [literals, offsets, matches] = KINDS.map(({ shift, initial, accuracy, symbol }, kind) => {
    const mode = (modes >> shift) & 3;
    let table: FseTable | null = initial;
    if (mode === 1) {
      const single = bytes[end++] ?? 255;
      if (single > symbol) throw new ZstdFault('a code is out of range');
      table = singleTable(single);
    } else if (mode === 2) {
      const read = readFseTable(bytes.subarray(end), accuracy, symbol);
      end += read.length;
      table = read.table;
    } else if (mode === 3) table = state.tables[kind] ?? null;
    if (table === null) throw new ZstdFault('a block has no code table');
    state.tables[kind] = table;
    return table;
  }) as [FseTable, FseTable, FseTable];
  return { literals, offsets, matches, end };
}

function readSequences(
  bytes: Uint8Array,
  count: number,
  tables: SequenceTables,
  state: BlockState,
  literals: Uint8Array,
  sink: BlockSink,
): void {
  const stream = new BackwardBits(bytes);
  let literalState = stream.read(tables.literals.accuracy);
  let offsetState = stream.read(tables.offsets.accuracy);
  let matchState = stream.read(tables.matches.accuracy);
  let used = 0;
  let made = 0;
  for (let left = count; left > 0; left--) {
    const offsetBits = tables.offsets.symbols[offsetState]!;
    const offsetValue = 2 ** offsetBits + stream.read(offsetBits);
    const matchCode = tables.matches.symbols[matchState]!;
    const matchLength = MATCH_BASES.bases[matchCode]! + stream.read(MATCH_BASES.bits[matchCode]!);
    const literalCode = tables.literals.symbols[literalState]!;
    const literalLength = LITERAL_BASES.bases[literalCode]! + stream.read(LITERAL_BASES.bits[literalCode]!);
    made += literalLength + matchLength;
    if (stream.left < 0 || used + literalLength > literals.length || made > MOST_BLOCK_BYTES) {
      throw new ZstdFault('a sequence is out of range');
    }
    sink.literals(literals, used, used + literalLength);
    used += literalLength;
    sink.match(offsetOf(offsetValue, literalLength, state.offsets), matchLength);
    if (left === 1) break;
    literalState = tables.literals.bases[literalState]! + stream.read(tables.literals.bits[literalState]!);
    matchState = tables.matches.bases[matchState]! + stream.read(tables.matches.bits[matchState]!);
    offsetState = tables.offsets.bases[offsetState]! + stream.read(tables.offsets.bits[offsetState]!);
  }
  if (stream.left !== 0) throw new ZstdFault('the sequences do not fit');
  if (made + literals.length - used > MOST_BLOCK_BYTES) throw new ZstdFault('a block is too large');
  sink.literals(literals, used, literals.length);
}

/** An offset, or one of the last three again; which three follow is kept in `last`. */
function offsetOf(value: number, literalLength: number, last: [number, number, number]): number {
  const place = value > 3 ? 3 : value - 1 + (literalLength === 0 ? 1 : 0);
  if (place === 0) return last[0];
  const offset = value > 3 ? value - 3 : place === 3 ? last[0] - 1 : last[place === 1 ? 1 : 2];
  if (place > 1) last[2] = last[1];
  last[1] = last[0];
  last[0] = offset;
  return offset;
}

/** Little-endian number of the first `count` bytes. */
function little(bytes: Uint8Array, count: number): number {
  if (bytes.length < count) throw new ZstdFault('a block breaks off');
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = value * 256 + bytes[i]!;
  return value;
}
