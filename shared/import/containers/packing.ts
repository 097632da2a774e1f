/** What a file is packed in, told by its first bytes; and the packings that are known but not read. */
import { ContainerError } from './bounds.ts';

export type Packing = 'gzip' | 'zip' | 'zstd' | 'parquet';

/** As many as the mark that lies deepest needs: that of tar. */
export const HEAD_BYTES = 512;

interface Mark {
  readonly bytes: readonly number[];
  readonly at?: number;
}

const PACKINGS: readonly (Mark & { readonly packing: Packing })[] = [
  { packing: 'gzip', bytes: [0x1f, 0x8b] },
  { packing: 'zip', bytes: [0x50, 0x4b, 3, 4] },
  { packing: 'zip', bytes: [0x50, 0x4b, 5, 6] },
  { packing: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  // the mark alone is text; what follows it in a Parquet file begins with this control character
  { packing: 'parquet', bytes: [...ascii('PAR1'), 0x15] },
];

const UNREAD: readonly (Mark & { readonly says: string })[] = [
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    says: 'is an old Excel file (.xls), another old Office file, or one with a password; none of them is read. Open it and save it as .xlsx without a password, or as CSV.',
  },
  { bytes: [...ascii('PARE'), 0x15], says: 'is an encrypted Parquet file. Write it again without encryption.' },
  { bytes: [0x50, 0x4b, 7, 8], says: 'is one part of an archive in several files. Join them and import the whole.' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], says: 'is a 7-Zip archive' },
  { bytes: [...ascii('Rar!'), 0x1a, 7], says: 'is a RAR archive' },
  { bytes: [0xfd, ...ascii('7zXZ'), 0], says: 'is packed with xz' },
  { bytes: [0x04, 0x22, 0x4d, 0x18], says: 'is packed with LZ4' },
  { bytes: [...ascii('ustar'), 0], at: 257, says: 'is a tar archive' },
  { bytes: [...ascii('ustar  '), 0], at: 257, says: 'is a tar archive' },
];

const BZIP2 = /^BZh[1-9](1AY&SY|\u0017rE8P\u0090)/;

export function packingOf(head: Uint8Array): Packing | null {
  // a frame to be skipped may come first: 16 marks, which differ in the lower half of their first byte
  const skippable = startsWith(head, { bytes: [0x2a, 0x4d, 0x18], at: 1 }) && (head[0] ?? 0) >> 4 === 5;
  return skippable ? 'zstd' : (PACKINGS.find((mark) => startsWith(head, mark))?.packing ?? null);
}

/** @throws ContainerError for a packing that is known and not read. */
export function refuseUnread(name: string, head: Uint8Array): void {
  const says = BZIP2.test(String.fromCharCode(...head.subarray(0, 10)))
    ? 'is packed with bzip2'
    : UNREAD.find((mark) => startsWith(head, mark))?.says;
  if (says === undefined) return;
  const remedy = says.endsWith('.') ? '' : ', which is not read. Unpack it and import what is inside.';
  throw new ContainerError(`${name} ${says}${remedy}`);
}

function startsWith(head: Uint8Array, { bytes, at = 0 }: Mark): boolean {
  return bytes.every((byte, i) => head[at + i] === byte);
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
