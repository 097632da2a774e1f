/**
 * The text of a file in packed pieces, and its lines out of them. Packing goes on beside the reading: a few pieces may be
 * under way, and where they are, the reading waits.
 *
 * Lines end at LF, CRLF or CR, as the CSV scanner counts them.
 */
import type { SourcePiece, SourceText } from '../domain/sourceText.ts';
import { decodeUtf8 } from '../domain/usage.ts';
import { decodeUtf16, encodingOf, textOf } from './encoding.ts';

/** To and from raw deflate; the host has it. It may hold on to what it is given until it answers, and no longer. */
export type Packing = (bytes: Uint8Array) => Promise<Uint8Array>;

/** Bytes of text in a piece; even, so that no unit of UTF-16 is cut. */
const PIECE = 1 << 18;

/** Pieces that are packed at the same time. */
const MOST_UNDER_WAY = 16;

const LF = 10;
const CR = 13;

export class TextPacker {
  readonly #deflate: Packing;
  readonly #packed: Promise<SourcePiece>[] = [];
  /** Pieces that are done, of `#packed`. */
  #done = 0;
  #failure: unknown = null;
  /** As long as it needs to be, up to `PIECE`: most files are far shorter. */
  #piece = new Uint8Array(0);
  /** Pieces that were packed, to be filled again: fresh memory costs more than what is done with it. */
  readonly #spare: Uint8Array<ArrayBuffer>[] = [];
  #length = 0;
  #offset = 0;
  #lines: LineCounter | null = null;

  constructor(deflate: Packing) {
    this.#deflate = deflate;
  }

  /** Takes the text's next bytes; waits where enough is under way. */
  push(bytes: Uint8Array): Promise<void> | undefined {
    for (let at = 0; at < bytes.length;) {
      const taken = Math.min(bytes.length - at, PIECE - this.#length);
      if (this.#length + taken > this.#piece.length) this.#grow(this.#length + taken);
      this.#piece.set(bytes.subarray(at, at + taken), this.#length);
      this.#length += taken;
      at += taken;
      if (this.#length === PIECE) this.#pack();
    }
    return this.#packed.length - this.#done < MOST_UNDER_WAY ? undefined : this.#room();
  }

  /** No more bytes come. */
  async finish(): Promise<SourceText> {
    if (this.#length > 0) this.#pack();
    return { pieces: await Promise.all(this.#packed) };
  }

  #grow(length: number): void {
    const larger = new Uint8Array(Math.min(PIECE, 2 * length));
    larger.set(this.#piece.subarray(0, this.#length));
    this.#piece = larger;
  }

  #pack(): void {
    const piece = this.#length === PIECE ? this.#piece : this.#piece.slice(0, this.#length);
    const lines = (this.#lines ??= new LineCounter(unitsOf(piece)));
    const place = { line: lines.line, offset: this.#offset };
    lines.count(piece);
    this.#offset += piece.length;
    this.#piece = this.#spare.pop() ?? new Uint8Array(0);
    this.#length = 0;
    const packed = this.#deflate(piece).then((deflated) => {
      // one that was handed over whole has no bytes left
      if (piece.byteLength === PIECE && deflated.buffer !== piece.buffer) this.#spare.push(piece);
      return { ...place, deflated };
    });
    this.#packed.push(packed);
    packed.then(
      () => this.#done++,
      (error: unknown) => {
        this.#done++;
        this.#failure ??= error;
      },
    );
  }

  async #room(): Promise<void> {
    await this.#packed[this.#packed.length - MOST_UNDER_WAY];
    if (this.#failure !== null) await Promise.all(this.#packed);
  }
}

/** How a text's line ends are written. */
type Units = 'bytes' | 'little' | 'big';

function unitsOf(first: Uint8Array): Units {
  const { encoding } = encodingOf(first);
  return encoding === 'utf-8' ? 'bytes' : encoding === 'utf-16le' ? 'little' : 'big';
}

/** Four bytes each: the high bit; one above CR; the bits below the high one. */
const HIGH_BITS = 0x80808080 | 0;
const CONTROLS = 0x0e0e0e0e;

/** Counts line ends over pieces. */
class LineCounter {
  /** Line in which the next piece starts. */
  line = 1;
  readonly #units: Units;
  /** The last piece ended in a CR, to which a LF at the start of the next one belongs. */
  #afterCr = false;

  constructor(units: Units) {
    this.#units = units;
  }

  count(piece: Uint8Array): void {
    if (this.#units === 'bytes') this.#countBytes(piece);
    else for (let at = 0; at + 1 < piece.length; at += 2) this.#unit(unitAt(piece, at, this.#units));
  }

  #countBytes(piece: Uint8Array): void {
    const words = new Int32Array(piece.buffer, piece.byteOffset, piece.length >> 2);
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? 0;
      // a byte below 14, or a CR before: only then there may be a line end to count
      if (((word - CONTROLS) & ~word & HIGH_BITS) === 0) this.#afterCr = false;
      else for (let at = 4 * i; at < 4 * i + 4; at++) this.#unit(piece[at] ?? 0);
    }
    for (let at = 4 * words.length; at < piece.length; at++) this.#unit(piece[at] ?? 0);
  }

  #unit(unit: number): void {
    if (unit === CR || (unit === LF && !this.#afterCr)) this.line++;
    this.#afterCr = unit === CR;
  }
}

function unitAt(bytes: Uint8Array, at: number, units: Units): number {
  const [one, two] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
  return units === 'little' ? one | (two << 8) : (one << 8) | two;
}

export interface TextLine {
  readonly line: number;
  readonly text: string;
}

/** Longest part of a line that is shown. */
const LONGEST_SHOWN = 20_000;

/** Most pieces that are unpacked for some lines: one line may be as long as the file. */
const MOST_UNPACKED = 64;

/** Lines `[line - around, line + around]` of a text, as far as it has them, without their line ends. */
export async function linesAround(
  text: SourceText,
  encoding: string,
  line: number,
  around: number,
  inflate: Packing,
): Promise<TextLine[]> {
  const [from, to] = [Math.max(1, line - around), line + around];
  const { pieces } = text;
  // where a piece's line is the one wanted, that line may have begun in the piece before
  const startOf = (wanted: number): number =>
    Math.max(
      0,
      pieces.findLastIndex((piece) => piece.line < wanted || piece.offset === 0),
    );
  const first = Math.max(startOf(from), startOf(line) - MOST_UNPACKED / 2);
  const after = pieces.findIndex((piece, index) => index > first && piece.line > to);
  const last = Math.min(after < 0 ? pieces.length : after, first + MOST_UNPACKED);
  const bytes = await unpacked(pieces.slice(first, last), inflate);
  return [...linesOf(bytes, encoding, pieces[first], from, to)];
}

function* linesOf(
  bytes: Uint8Array,
  encoding: string,
  piece: SourcePiece | undefined,
  from: number,
  to: number,
): Generator<TextLine> {
  const units: Units = encoding === 'utf-16le' ? 'little' : encoding === 'utf-16be' ? 'big' : 'bytes';
  const width = units === 'bytes' ? 1 : 2;
  const unit = (at: number): number => (width === 1 ? (bytes[at] ?? 0) : unitAt(bytes, at, units));
  let line = piece?.line ?? 1;
  let start = piece?.offset === 0 ? encodingOf(bytes).mark : 0;
  for (let at = start; at <= bytes.length && line <= to; at += width) {
    const ended = at + width > bytes.length;
    const code = ended ? LF : unit(at);
    if (code !== LF && code !== CR) continue;
    const shown = bytes.subarray(start, Math.min(at, start + width * LONGEST_SHOWN));
    if (line >= from && !(ended && at === start)) yield { line, text: decoded(shown, encoding) };
    if (code === CR && unit(at + width) === LF && !ended) at += width;
    start = at + width;
    line++;
  }
}

function decoded(bytes: Uint8Array, encoding: string): string {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return decodeUtf16(bytes, encoding);
  return encoding === 'windows-1252' ? textOf(bytes) : decodeUtf8(bytes);
}

/** The text's bytes, as they were in the file. */
export function bytesOf(text: SourceText, inflate: Packing): Promise<Uint8Array> {
  return unpacked(text.pieces, inflate);
}

async function unpacked(pieces: readonly SourcePiece[], inflate: Packing): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const { deflated } of pieces) parts.push(await inflate(deflated));
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
