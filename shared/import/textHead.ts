/** The head of a text file, however it is packed and encoded. */
import type { TextFile } from './containers/unpack.ts';
import { Utf16Decoder, encodingOf } from './encoding.ts';
import { headOf } from './head.ts';
import { HEAD_BYTES, type Head } from './importer.ts';

/** Reads as much of a file as recognising it takes. @throws ContainerError where the packed bytes are damaged. */
export async function headOfFile(file: TextFile): Promise<Head> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let whole = true;
  for await (const piece of file.stream()) {
    pieces.push(piece);
    length += piece.length;
    // UTF-16 takes two bytes a character
    if (length > 2 * HEAD_BYTES) {
      whole = false;
      break;
    }
  }
  const bytes = joined(pieces, length);
  const { encoding, mark } = encodingOf(bytes);
  const body = bytes.subarray(mark);
  const text = encoding === 'utf-8' ? body : new Utf16Decoder(encoding).chunk(body);
  return headOf(file.name, text, whole);
}

/** Pieces as one array. */
export function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return first;
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
