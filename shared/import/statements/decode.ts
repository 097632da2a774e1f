/**
 * Bytes of a whole statement to text. Declared encodings are not believed: an OFX header that says 1252 often stands
 * before a UTF-8 body. What is valid UTF-8 is UTF-8, everything else Windows-1252, a superset of ISO-8859-1.
 */
import { decodeUtf8 } from '../../domain/usage.ts';
import { encodingOf, foreignText, Utf16Decoder } from '../encoding.ts';

export interface Decoded {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly bom: boolean;
  readonly text: string;
}

export function decode(bytes: Uint8Array): Decoded {
  const { encoding, mark } = encodingOf(bytes);
  const body = bytes.subarray(mark);
  if (encoding !== 'utf-8') {
    const decoder = new Utf16Decoder(encoding);
    const text = decodeUtf8(decoder.chunk(body)) + decodeUtf8(decoder.end());
    return { encoding, bom: true, text };
  }
  const { text, isUtf8 } = foreignText(body);
  return { encoding: isUtf8 ? 'utf-8' : 'windows-1252', bom: mark > 0, text };
}
