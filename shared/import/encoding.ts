/**
 * Character encodings of foreign files. Everything behind this module reads UTF-8: UTF-16 is transcoded as it arrives, a
 * byte order mark is dropped, and a text that is no valid UTF-8 is read as Windows-1252, the one other encoding that
 * spreadsheet programs write.
 */
import { decodeUtf8 } from '../domain/usage.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Bytes that are looked at where there is no byte order mark. */
const LOOKED_AT = 1 << 10;

/** Encoding by byte order mark, and the mark's length; UTF-16 without one by the zero bytes of its ASCII characters. */
export function encodingOf(bytes: Uint8Array): { readonly encoding: Encoding; readonly mark: number } {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', mark: 2 };
  return { encoding: encodingByZeros(bytes.subarray(0, LOOKED_AT)), mark: 0 };
}

function encodingByZeros(bytes: Uint8Array): Encoding {
  const zeros = [0, 0];
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = bytes.length / 4;
  if (even === 0 && odd > many) return 'utf-16le';
  return odd === 0 && even > many ? 'utf-16be' : 'utf-8';
}

/** Windows-1252's characters 0x80 to 0x9F; the five unassigned bytes are U+FFFD. */
const C1 = '€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ';

const REPLACEMENT = '\uFFFD';

/** Text of UTF-8 bytes, or of Windows-1252 bytes where they are no valid UTF-8. */
export function textOf(bytes: Uint8Array): string {
  return foreignText(bytes).text;
}

/** The same, and which of the two it was. */
export function foreignText(bytes: Uint8Array): { readonly text: string; readonly isUtf8: boolean } {
  const text = decodeUtf8(bytes);
  return isWhole(text, bytes) ? { text, isUtf8: true } : { text: decodeWindows1252(bytes), isUtf8: false };
}

export function isUtf8(bytes: Uint8Array): boolean {
  return isWhole(decodeUtf8(bytes), bytes);
}

/** A replacement character may stand in a valid text: then its own three bytes are there as often as it is. */
function isWhole(text: string, bytes: Uint8Array): boolean {
  if (!text.includes(REPLACEMENT)) return true;
  let written = 0;
  for (let i = 0; i + 2 < bytes.length; i++) {
    if (bytes[i] === 0xef && bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) written++;
  }
  return text.split(REPLACEMENT).length - 1 === written;
}

function decodeWindows1252(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte >= 0x80 && byte < 0xa0 ? (C1[byte - 0x80] ?? '') : String.fromCharCode(byte);
  return text;
}

/** Transcodes UTF-16 to UTF-8, a piece at a time; a lone surrogate becomes U+FFFD. */
export class Utf16Decoder {
  readonly #high: 0 | 1;
  #half = -1;
  #lead = -1;

  constructor(encoding: 'utf-16le' | 'utf-16be') {
    this.#high = encoding === 'utf-16le' ? 1 : 0;
  }

  chunk(bytes: Uint8Array): Uint8Array {
    // a unit of two bytes becomes at most three, and one surrogate may be waiting
    const out = new Uint8Array(Math.ceil((bytes.length + 1) / 2) * 3 + 3);
    let length = 0;
    for (const byte of bytes) {
      if (this.#half < 0) {
        this.#half = byte;
        continue;
      }
      const unit = this.#high === 1 ? (byte << 8) | this.#half : (this.#half << 8) | byte;
      this.#half = -1;
      if (this.#lead >= 0) {
        const lead = this.#lead;
        this.#lead = -1;
        if (unit >= 0xdc00 && unit < 0xe000) {
          length = putUtf8(out, length, 0x10000 + ((lead - 0xd800) << 10) + (unit - 0xdc00));
          continue;
        }
        length = putUtf8(out, length, 0xfffd);
      }
      if (unit >= 0xd800 && unit < 0xdc00) this.#lead = unit;
      else length = putUtf8(out, length, unit >= 0xdc00 && unit < 0xe000 ? 0xfffd : unit);
    }
    return out.subarray(0, length);
  }

  /** What an odd last byte or a lone surrogate leaves. */
  end(): Uint8Array {
    const broken = this.#half >= 0 || this.#lead >= 0;
    return broken ? Uint8Array.of(0xef, 0xbf, 0xbd) : new Uint8Array(0);
  }
}

/** Text of UTF-16 bytes. */
export function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  const decoder = new Utf16Decoder(encoding);
  return decodeUtf8(decoder.chunk(bytes)) + decodeUtf8(decoder.end());
}

/** Writes a character's UTF-8 bytes at `at` and returns the index behind them. */
export function putUtf8(out: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    out[at] = code;
    return at + 1;
  }
  if (code < 0x800) {
    out[at] = 0xc0 | (code >> 6);
    out[at + 1] = 0x80 | (code & 0x3f);
    return at + 2;
  }
  if (code < 0x10000) {
    out[at] = 0xe0 | (code >> 12);
    out[at + 1] = 0x80 | ((code >> 6) & 0x3f);
    out[at + 2] = 0x80 | (code & 0x3f);
    return at + 3;
  }
  out[at] = 0xf0 | (code >> 18);
  out[at + 1] = 0x80 | ((code >> 12) & 0x3f);
  out[at + 2] = 0x80 | ((code >> 6) & 0x3f);
  out[at + 3] = 0x80 | (code & 0x3f);
  return at + 4;
}

/** A text as UTF-8, without a platform's encoder. */
export function utf8Of(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  let length = 0;
  for (const character of text) length = putUtf8(bytes, length, character.codePointAt(0) ?? 0xfffd);
  return bytes.subarray(0, length);
}
