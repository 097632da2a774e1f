/**
 * The encodings of Parquet pages, each reading a stated number of values from its own bytes and no more. The library's own
 * decoders follow whatever count a run claims, so that a damaged page could fill the memory.
 */
import type { ParquetType } from 'hyparquet';
import type { Stored } from './parquetValues.ts';

/** Thrown inside the Parquet reader; its caller says which file it was. */
export class ParquetFault extends Error {}

/** Reads bytes from first to last. */
export class Bytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(count: number): Uint8Array {
    const from = this.at;
    if (!(count >= 0) || from + count > this.bytes.length) throw new ParquetFault('a page breaks off');
    this.at += count;
    return this.bytes.subarray(from, this.at);
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  uint32(): number {
    this.take(4);
    return this.view.getUint32(this.at - 4, true);
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new ParquetFault('a number is too long');
  }

  zigzag(): bigint {
    const value = this.varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  rest(): Uint8Array {
    return this.take(this.bytes.length - this.at);
  }
}

/** Runs of one value and of packed values (levels, dictionary indices, booleans), `width` bits each. */
export function readRuns(source: Bytes, width: number, count: number): Int32Array {
  if (width > 32) throw new ParquetFault('a page is of an unknown kind');
  const values = new Int32Array(count);
  for (let made = 0; made < count;) {
    const header = Number(source.varint());
    if (header % 2 === 0) {
      const value = little(source.take((width + 7) >> 3));
      const end = Math.min(count, made + header / 2);
      if (end === made) throw new ParquetFault('a run is empty');
      values.fill(value, made, end);
      made = end;
    } else {
      const groups = (header - 1) / 2;
      // the last group's padding may be left out
      const length = Math.min(groups * width, source.bytes.length - source.at);
      const end = Math.min(count, made + groups * 8);
      if (end === made || (end - made) * width > length * 8) throw new ParquetFault('a page breaks off');
      unpackBits(source.take(length), width, values.subarray(made, end));
      made = end;
    }
  }
  return values;
}

function unpackBits(bytes: Uint8Array, width: number, out: Int32Array): void {
  for (let i = 0, bit = 0; i < out.length; i++) {
    let value = 0;
    for (let got = 0; got < width;) {
      const step = Math.min(8 - (bit & 7), width - got);
      value |= ((bytes[bit >> 3]! >> (bit & 7)) & ((1 << step) - 1)) << got;
      got += step;
      bit += step;
    }
    out[i] = value;
  }
}

function little(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => (value << 8) | byte, 0);
}

export function readPlain(source: Bytes, type: ParquetType, count: number, length: number): Stored[] {
  if (type === 'BOOLEAN') {
    const bits = source.take(Math.ceil(count / 8));
    return Array.from({ length: count }, (_, i) => ((bits[i >> 3]! >> (i & 7)) & 1) === 1);
  }
  if (type === 'BYTE_ARRAY') return times(count, source, 4, () => source.take(source.uint32()));
  const width = widthOf(type, length);
  const one = readerOf(type);
  return times(count, source, width, () => {
    const bytes = source.take(width);
    return one(source.view, source.at - width, bytes);
  });
}

/** As many as there can be bytes for; a page may claim any number. */
function times<T>(count: number, source: Bytes, least: number, make: () => T): T[] {
  if (count * least > source.bytes.length - source.at) throw new ParquetFault('a page breaks off');
  return Array.from({ length: count }, make);
}

function widthOf(type: ParquetType, length: number): number {
  if (type === 'INT96') return 12;
  if (type === 'INT64' || type === 'DOUBLE') return 8;
  if (type === 'INT32' || type === 'FLOAT') return 4;
  if (length < 1) throw new ParquetFault('a column has no width');
  return length;
}

function readerOf(type: ParquetType): (view: DataView, at: number, bytes: Uint8Array) => Stored {
  if (type === 'INT32') return (view, at) => view.getInt32(at, true);
  if (type === 'INT64') return (view, at) => view.getBigInt64(at, true);
  if (type === 'FLOAT') return (view, at) => view.getFloat32(at, true);
  if (type === 'DOUBLE') return (view, at) => view.getFloat64(at, true);
  return (_view, _at, bytes) => bytes;
}

/** The first bytes of all values, then all their second bytes, and so on. */
export function readSplit(source: Bytes, type: ParquetType, count: number, length: number): Stored[] {
  const width = widthOf(type, length);
  const split = source.take(count * width);
  const bytes = new Uint8Array(split.length);
  for (let place = 0; place < width; place++) {
    for (let i = 0; i < count; i++) bytes[i * width + place] = split[place * count + i]!;
  }
  return readPlain(new Bytes(bytes), type, count, length);
}

/** Integers as differences, in blocks of small ones. */
export function readDeltas(source: Bytes, count: number, bits: 32 | 64): bigint[] {
  const blockSize = Number(source.varint());
  const parts = Number(source.varint());
  const stated = Number(source.varint());
  let value = source.zigzag();
  const perPart = blockSize / parts;
  if (!(parts >= 1 && parts <= 1024) || !Number.isInteger(perPart) || perPart > 65_536 || perPart % 8 !== 0) {
    throw new ParquetFault('a page is of an unknown kind');
  }
  if (stated < count) throw new ParquetFault('a page breaks off');
  const values: bigint[] = count > 0 ? [value] : [];
  while (values.length < count) {
    const least = source.zigzag();
    const widths = source.take(parts);
    for (const width of widths) {
      if (values.length >= count) break;
      const part = new Bytes(source.take((perPart / 8) * width));
      for (let i = 0; i < perPart && values.length < count; i++) {
        value = BigInt.asIntN(bits, value + least + bitsAt(part.bytes, i * width, width));
        values.push(value);
      }
    }
  }
  return values;
}

function bitsAt(bytes: Uint8Array, from: number, width: number): bigint {
  if (width > 64) throw new ParquetFault('a page is of an unknown kind');
  let value = 0n;
  for (let got = 0; got < width;) {
    const bit = from + got;
    const step = Math.min(8 - (bit & 7), width - got);
    value |= BigInt((bytes[bit >> 3]! >> (bit & 7)) & ((1 << step) - 1)) << BigInt(got);
    got += step;
  }
  return value;
}

export function readDeltaLengths(source: Bytes, count: number): Uint8Array[] {
  return readDeltas(source, count, 32).map((length) => source.take(Number(length)));
}

/** Each value shares its first bytes with the one before. */
export function readDeltaBytes(source: Bytes, count: number, most: number): Uint8Array[] {
  const shared = readDeltas(source, count, 32).map(Number);
  const endings = readDeltaLengths(source, count);
  let before: Uint8Array = new Uint8Array(0);
  let total = 0;
  return endings.map((ending, i) => {
    const start = shared[i]!;
    total += start + ending.length;
    if (start < 0 || start > before.length || total > most)
      throw new ParquetFault('a value does not fit the one before');
    const whole = new Uint8Array(start + ending.length);
    whole.set(before.subarray(0, start));
    whole.set(ending, start);
    before = whole;
    return whole;
  });
}
