/** Members of a zip archive as streams, each checked against the size and checksum that the archive states for it. */
import { ContainerError, damaged, Meter, type Allowance, type Bounds } from './bounds.ts';
import { partOf, sliced, type ByteSource, type ByteStream } from './byteSource.ts';
import { crc32 } from './crc32.ts';
import { inflated } from './deflate.ts';
import { zipEntries, type ZipEntry } from './zipDirectory.ts';
import { unzstd } from './zstd.ts';

export interface ZipMember {
  readonly name: string;
  readonly size: number;
  readonly stream: ByteStream;
}

const STORED = 0;
const DEFLATED = 8;
const ZSTD = 93;

const METHODS: ReadonlyMap<number, string> = new Map([
  [1, 'Shrink'],
  [6, 'Implode'],
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [95, 'XZ'],
  [98, 'PPMd'],
]);

/** What systems and programs put in archives by themselves. */
const CLUTTER = /^__MACOSX\/|(^|\/)(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$|\/$/i;

export async function zipMembers(archive: string, source: ByteSource, allowance: Allowance): Promise<ZipMember[]> {
  const entries = (await zipEntries(archive, source, allowance)).filter(({ name }) => !CLUTTER.test(name));
  const { bounds } = allowance;
  for (const entry of entries) refuseUnreadable(archive, entry, bounds);
  allowance.takeUnpacked(
    archive,
    entries.reduce((sum, { size }) => sum + size, 0),
  );
  return entries.map((entry) => ({
    name: entry.name,
    size: entry.size,
    stream: () => memberBytes(`${archive}/${entry.name}`, entry, source, bounds),
  }));
}

function refuseUnreadable(archive: string, entry: ZipEntry, bounds: Bounds): void {
  const name = `${archive}/${entry.name}`;
  if (entry.method !== STORED && entry.method !== DEFLATED && entry.method !== ZSTD) {
    const method = METHODS.get(entry.method) ?? `method ${entry.method}`;
    throw new ContainerError(
      `${name} is packed with ${method}, which is not read. Unpack the archive, or zip it plainly.`,
    );
  }
  if (entry.method === STORED && entry.size !== entry.packedSize) throw damaged(name);
  const meter = new Meter(name, bounds);
  meter.took(entry.packedSize);
  meter.made(entry.size);
}

/** The member's packed bytes, behind its own header. */
async function packedBytes(name: string, entry: ZipEntry, source: ByteSource): Promise<ByteSource> {
  const header = await source.read(entry.offset, entry.offset + 30);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (header.length < 30 || view.getUint32(0, true) !== 0x04034b50) throw damaged(name);
  const from = entry.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (from + entry.packedSize > source.size) throw damaged(name);
  return partOf(source, from, entry.packedSize);
}

async function* memberBytes(
  name: string,
  entry: ZipEntry,
  source: ByteSource,
  bounds: Bounds,
): AsyncGenerator<Uint8Array> {
  const meter = new Meter(name, bounds);
  const packed = sliced(await packedBytes(name, entry, source));
  let crc = 0;
  for await (const piece of unpackedBytes(name, entry.method, packed, meter, bounds)) {
    meter.made(piece.length);
    if (meter.unpacked > entry.size) throw damaged(name, new Error('it is longer than the archive says'));
    crc = crc32(piece, crc);
    yield piece;
  }
  if (meter.unpacked !== entry.size) throw damaged(name, new Error('it is shorter than the archive says'));
  if (crc !== entry.crc) throw damaged(name, new Error('its checksum does not fit'));
}

function unpackedBytes(
  name: string,
  method: number,
  packed: AsyncIterable<Uint8Array>,
  meter: Meter,
  bounds: Bounds,
): AsyncIterable<Uint8Array> {
  if (method === DEFLATED) return inflated(name, packed, meter);
  return method === STORED ? counted(packed, meter) : unzstd(name, counted(packed, meter), bounds);
}

async function* counted(packed: AsyncIterable<Uint8Array>, meter: Meter): AsyncGenerator<Uint8Array> {
  for await (const piece of packed) {
    meter.took(piece.length);
    yield piece;
  }
}
