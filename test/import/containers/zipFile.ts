/** Zip archives written byte by byte, so that each field can say what the test wants. */
import { crc32 } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly data: Uint8Array;
  readonly packed?: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  /** Sizes and checksum stand behind the data and not before it. */
  readonly descriptor?: boolean;
  /** Sizes stand in the zip64 extra field. */
  readonly wide?: boolean;
  /** Place of the member's own header, where it is another one's. */
  readonly offset?: number;
}

function numbers(...parts: readonly (readonly [value: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    parts.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes);
      for (let i = 0, rest = value; i < bytes; i++, rest = Math.floor(rest / 256)) buffer[i] = rest % 256;
      return buffer;
    }),
  );
}

export function zipOf(
  parts: readonly ZipPart[],
  end: { readonly comment?: string; readonly wide?: boolean; readonly count?: number } = {},
): Uint8Array {
  const members: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const { member, entry } = written(part, part.offset ?? offset);
    members.push(member);
    entries.push(entry);
    offset += member.length;
  }
  const directory = Buffer.concat(entries);
  const count = end.count ?? parts.length;
  const comment = Buffer.from(end.comment ?? '', 'latin1');
  const wide = numbers(
    [0x06064b50, 4],
    [44, 8],
    [45, 2],
    [45, 2],
    [0, 8],
    [count, 8],
    [count, 8],
    [directory.length, 8],
    [offset, 8],
  );
  const locator = numbers([0x07064b50, 4], [0, 4], [offset + directory.length, 8], [1, 4]);
  const last = numbers(
    [0x06054b50, 4],
    [0, 4],
    [end.wide === true ? 0xffff : count, 2],
    [end.wide === true ? 0xffff : count, 2],
    [end.wide === true ? 0xffffffff : directory.length, 4],
    [end.wide === true ? 0xffffffff : offset, 4],
    [comment.length, 2],
  );
  const ending = end.wide === true ? [wide, locator, last, comment] : [last, comment];
  return new Uint8Array(Buffer.concat([...members, directory, ...ending]));
}

function written(part: ZipPart, offset: number): { member: Buffer; entry: Buffer } {
  const name = Buffer.from(part.name);
  const packed = part.packed ?? part.data;
  const crc = part.crc ?? crcOf(part.data);
  const size = part.size ?? part.data.length;
  const flags = (part.flags ?? 0) | (part.descriptor === true ? 8 : 0) | 0x800;
  const method = part.method ?? 0;
  const after =
    part.descriptor === true ? numbers([0x08074b50, 4], [crc, 4], [packed.length, 4], [size, 4]) : Buffer.alloc(0);
  const stated = part.descriptor === true ? [0, 0, 0] : [crc, packed.length, size];
  const extra = part.wide === true ? numbers([1, 2], [16, 2], [size, 8], [packed.length, 8]) : Buffer.alloc(0);
  const [shownPacked, shownSize] = part.wide === true ? [0xffffffff, 0xffffffff] : [packed.length, size];
  const fields: [number, number][] = [
    [flags, 2],
    [method, 2],
    [0, 4],
  ];
  const header = numbers(
    [0x04034b50, 4],
    [20, 2],
    ...fields,
    ...stated.map((each): [number, number] => [each, 4]),
    [name.length, 2],
    [0, 2],
  );
  const entry = numbers(
    [0x02014b50, 4],
    [20, 2],
    [20, 2],
    ...fields,
    [crc, 4],
    [shownPacked, 4],
    [shownSize, 4],
    [name.length, 2],
    [extra.length, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0, 4],
    [offset, 4],
  );
  return { member: Buffer.concat([header, name, packed, after]), entry: Buffer.concat([entry, name, extra]) };
}

function crcOf(data: Uint8Array): number {
  return typeof crc32 === 'function' ? crc32(data) : slowCrc(data);
}

/** Older versions of Node have no CRC-32. */
function slowCrc(data: Uint8Array): number {
  let crc = -1;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
