/** What a file is packed in, told by its first bytes; and what is known by them and not read: other packings, no text. */
import { encodingOf } from '../encoding.ts';
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

const PICTURE = 'is a picture, and figures are read from text alone. Import the export itself, or its PDF.';

const NO_TEXT: readonly (Mark & { readonly says: string })[] = [
  { bytes: [0xff, 0xd8, 0xff], says: PICTURE },
  { bytes: [0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a], says: PICTURE },
  { bytes: ascii('GIF87a'), says: PICTURE },
  { bytes: ascii('GIF89a'), says: PICTURE },
  { bytes: [...ascii('II'), 0x2a, 0], says: PICTURE },
  { bytes: [...ascii('MM'), 0, 0x2a], says: PICTURE },
  { bytes: ascii('WEBP'), at: 8, says: PICTURE },
  { bytes: ascii('ftyp'), at: 4, says: 'is a picture or a film, and figures are read from text alone.' },
  { bytes: [0x7f, ...ascii('ELF')], says: 'is a program' },
  {
    bytes: [...ascii('SQLite format 3'), 0],
    says: 'is a database. A saved workspace is opened by itself, not imported among other files.',
  },
];

/** More control characters than that are in no text, whatever its encoding. */
const MOST_CONTROLS = 0.04;
const FEWEST_TOLD = 64;
const PDF = '%PDF-';

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

/** What a file is that holds no text; null where it may. */
export function noText(name: string, head: Uint8Array): ContainerError | null {
  const says = NO_TEXT.find((mark) => startsWith(head, mark))?.says ?? (isNoText(head) ? 'is no text' : undefined);
  if (says === undefined) return null;
  return new ContainerError(`${name} ${says}${says.endsWith('.') ? '' : '; there is nothing to read.'}`);
}

/** Zeros do not count: a log may have been filled up with them where a machine went down. */
function isNoText(head: Uint8Array): boolean {
  if (head.length < FEWEST_TOLD || packingOf(head) !== null || encodingOf(head).encoding !== 'utf-8') return false;
  if (String.fromCharCode(...head).includes(PDF)) return false;
  const controls = head.filter((byte) => byte !== 0 && byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b);
  return controls.length > head.length * MOST_CONTROLS;
}

function startsWith(head: Uint8Array, { bytes, at = 0 }: Mark): boolean {
  return bytes.every((byte, i) => head[at + i] === byte);
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
