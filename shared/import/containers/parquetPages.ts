/**
 * The pages of one column of a Parquet file, one at a time, as texts with the levels that say where a value is missing or
 * repeated. Pages are read from the file when they are needed, so that a file of any size takes the memory of a page a
 * column.
 */
import { decompressSync } from 'fflate';
import type { ColumnMetaData, PageHeader } from 'hyparquet';
import { decompressBrotli } from 'hyparquet-compressors/src/brotli.js';
import { decompressLz4, decompressLz4Raw } from 'hyparquet-compressors/src/lz4.js';
import { parquetHeader } from 'hyparquet/src/column.js';
import { snappyUncompress } from 'hyparquet/src/snappy.js';
import type { Meter, Bounds } from './bounds.ts';
import { joined, type ByteSource } from './byteSource.ts';
import {
  Bytes,
  ParquetFault,
  readDeltaBytes,
  readDeltaLengths,
  readDeltas,
  readPlain,
  readRuns,
  readSplit,
} from './parquetEncodings.ts';
import type { SchemaNode } from './parquetSchema.ts';
import { valueText, type Stored, type ValueText } from './parquetValues.ts';
import { unzstd } from './zstd.ts';

/** Writers make pages of about a mebibyte; these are many times that. */
const MOST_PAGE_BYTES = 256 * 1024 * 1024;
const MOST_PAGE_VALUES = 1 << 24;
const HEADER_BYTES = 16 * 1024;
const MOST_HEADER_BYTES = 16 * 1024 * 1024;

export interface Page {
  readonly count: number;
  readonly repetitions: Int32Array | null;
  readonly definitions: Int32Array | null;
  /** Of the values that are there. */
  readonly texts: readonly string[];
}

interface Layout {
  readonly count: number;
  readonly encoding: string;
  readonly repetitions: Int32Array | null;
  readonly definitions: Int32Array | null;
  readonly values: Bytes;
}

export class ColumnPages {
  readonly text: ValueText;
  readonly #source: ByteSource;
  readonly #meta: ColumnMetaData;
  readonly #node: SchemaNode;
  readonly #meter: Meter;
  readonly #bounds: Bounds;
  readonly #end: number;
  #at: number;
  #left: number;
  #dictionary: readonly string[] | null = null;

  constructor(source: ByteSource, meta: ColumnMetaData, node: SchemaNode, meter: Meter, bounds: Bounds) {
    this.text = valueText(node.element);
    this.#source = source;
    this.#meta = meta;
    this.#node = node;
    this.#meter = meter;
    this.#bounds = bounds;
    const data = Number(meta.data_page_offset);
    const dictionary = Number(meta.dictionary_page_offset ?? 0);
    this.#at = dictionary > 0 && dictionary < data ? dictionary : data;
    this.#end = this.#at + Number(meta.total_compressed_size);
    this.#left = Number(meta.num_values);
    if (!(this.#at >= 0 && this.#end >= this.#at && this.#end <= source.size))
      throw new ParquetFault('a column lies outside');
  }

  /** The next page with values; null behind the last. */
  async next(): Promise<Page | null> {
    while (this.#left > 0) {
      if (this.#at >= this.#end) throw new ParquetFault('a column breaks off');
      const { header, length } = await this.#header();
      const from = this.#at + length;
      this.#at = from + header.compressed_page_size;
      if (!(header.compressed_page_size >= 0) || this.#at > this.#end) throw new ParquetFault('a page breaks off');
      if (header.type === 'INDEX_PAGE') continue;
      const packed = await this.#source.read(from, this.#at);
      if (header.type === 'DICTIONARY_PAGE') {
        await this.#readDictionary(header, packed);
        continue;
      }
      const page = await this.#readPage(header, packed);
      this.#left -= page.count;
      if (page.count > 0) return page;
    }
    return null;
  }

  async #header(): Promise<{ header: PageHeader; length: number }> {
    for (let bytes = HEADER_BYTES; ; bytes *= 32) {
      const end = Math.min(this.#at + bytes, this.#end);
      const piece = await this.#source.read(this.#at, end);
      const reader = { view: new DataView(piece.buffer, piece.byteOffset, piece.byteLength), offset: 0 };
      try {
        const header = parquetHeader(reader);
        return { header, length: reader.offset };
      } catch (error) {
        // statistics of long texts make long headers
        if (end === this.#end || bytes >= MOST_HEADER_BYTES) throw error;
      }
    }
  }

  async #readDictionary(header: PageHeader, packed: Uint8Array): Promise<void> {
    const count = countOf(header.dictionary_page_header?.num_values);
    const bytes = await this.#unpacked(packed, header.uncompressed_page_size);
    const { type, type_length: length = 0 } = this.#node.element;
    if (type === undefined) throw new ParquetFault('a column has no type');
    this.#dictionary = this.#texts(readPlain(new Bytes(bytes), type, count, length));
  }

  async #readPage(header: PageHeader, packed: Uint8Array): Promise<Page> {
    const layout = header.type === 'DATA_PAGE' ? await this.#first(header, packed) : await this.#second(header, packed);
    const { count, repetitions, definitions } = layout;
    let there = count;
    if (definitions !== null) {
      there = 0;
      for (const level of definitions) if (level === this.#node.defined) there++;
    }
    return { count, repetitions, definitions, texts: there === 0 ? [] : this.#values(layout, there) };
  }

  /** A page whose levels are packed with its values. */
  async #first(header: PageHeader, packed: Uint8Array): Promise<Layout> {
    const data = header.data_page_header;
    const count = countOf(data?.num_values);
    const values = new Bytes(await this.#unpacked(packed, header.uncompressed_page_size));
    const levels = (most: number, encoding: string | undefined): Int32Array | null => {
      if (most === 0) return null;
      if (encoding !== 'RLE') throw new ParquetFault(`levels in ${encoding ?? 'an unknown encoding'} are not read`);
      return readRuns(new Bytes(values.take(values.uint32())), widthOf(most), count);
    };
    const repetitions = levels(this.#node.repeated, data?.repetition_level_encoding);
    const definitions = levels(this.#node.defined, data?.definition_level_encoding);
    return { count, encoding: data?.encoding ?? '', repetitions, definitions, values };
  }

  /** A page whose levels stand unpacked before its values. */
  async #second(header: PageHeader, packed: Uint8Array): Promise<Layout> {
    const data = header.data_page_header_v2;
    if (data === undefined) throw new ParquetFault('a page is of an unknown kind');
    const count = countOf(data.num_values);
    const source = new Bytes(packed);
    const levels = (most: number, length: number): Int32Array | null => {
      const bytes = source.take(length);
      return most === 0 ? null : readRuns(new Bytes(bytes), widthOf(most), count);
    };
    const repetitions = levels(this.#node.repeated, data.repetition_levels_byte_length);
    const definitions = levels(this.#node.defined, data.definition_levels_byte_length);
    const size = header.uncompressed_page_size - source.at;
    const rest = source.rest();
    const values = new Bytes(data.is_compressed === false || size === 0 ? rest : await this.#unpacked(rest, size));
    return { count, encoding: data.encoding, repetitions, definitions, values };
  }

  #values({ encoding, values }: Layout, count: number): readonly string[] {
    const { type, type_length: length = 0 } = this.#node.element;
    if (type === undefined) throw new ParquetFault('a column has no type');
    switch (encoding) {
      case 'PLAIN':
        return this.#texts(readPlain(values, type, count, length));
      case 'PLAIN_DICTIONARY':
      case 'RLE_DICTIONARY':
        return this.#looked(readRuns(values, values.byte(), count));
      case 'RLE':
        return this.#texts(Array.from(readRuns(new Bytes(values.take(values.uint32())), 1, count), (bit) => bit === 1));
      case 'DELTA_BINARY_PACKED':
        return this.#texts(readDeltas(values, count, type === 'INT32' ? 32 : 64));
      case 'DELTA_LENGTH_BYTE_ARRAY':
        return this.#texts(readDeltaLengths(values, count));
      case 'DELTA_BYTE_ARRAY':
        return this.#texts(readDeltaBytes(values, count, MOST_PAGE_BYTES));
      case 'BYTE_STREAM_SPLIT':
        return this.#texts(readSplit(values, type, count, length));
      default:
        throw new ParquetFault(`the encoding ${encoding} is not read`);
    }
  }

  #texts(values: readonly Stored[]): readonly string[] {
    const { text } = this.text;
    return values.map((value) => text(value));
  }

  #looked(indices: Int32Array): readonly string[] {
    const dictionary = this.#dictionary;
    return Array.from(indices, (index) => {
      const text = dictionary?.[index];
      if (text === undefined) throw new ParquetFault('a value is missing from its dictionary');
      return text;
    });
  }

  async #unpacked(packed: Uint8Array, size: number): Promise<Uint8Array> {
    if (!(size >= 0 && size <= MOST_PAGE_BYTES)) throw new ParquetFault('a page is too large');
    this.#meter.took(packed.length);
    this.#meter.made(size);
    const bytes = await unpackedPage(packed, size, this.#meta.codec, this.#bounds);
    if (bytes.length !== size) throw new ParquetFault('a page has another size than stated');
    return bytes;
  }
}

async function unpackedPage(packed: Uint8Array, size: number, codec: string, bounds: Bounds): Promise<Uint8Array> {
  switch (codec) {
    case 'UNCOMPRESSED':
      return packed;
    case 'SNAPPY': {
      const out = new Uint8Array(size);
      snappyUncompress(packed, out);
      return out;
    }
    case 'GZIP':
      return decompressSync(packed, { out: new Uint8Array(size) });
    case 'ZSTD': {
      const pieces: Uint8Array[] = [];
      let length = 0;
      for await (const piece of unzstd('a page', once(packed), { ...bounds, unpackedBytes: size })) {
        pieces.push(piece);
        length += piece.length;
      }
      return joined(pieces, length);
    }
    case 'BROTLI':
      return decompressBrotli(packed, size);
    case 'LZ4':
      return decompressLz4(packed, size);
    case 'LZ4_RAW':
      return decompressLz4Raw(packed, size);
    default:
      throw new ParquetFault(`pages packed with ${codec} are not read`);
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- what unpacks it also reads files, which come one by one
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function countOf(count: number | undefined): number {
  if (count === undefined || !(count >= 0 && count <= MOST_PAGE_VALUES))
    throw new ParquetFault('a page has too many values');
  return count;
}

/** Bits of a level. */
function widthOf(most: number): number {
  return 32 - Math.clz32(most);
}
