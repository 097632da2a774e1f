/**
 * A stream of bytes as lines, whatever the pieces' borders: they end at LF, CRLF or CR, as in every other reader. Lines are
 * given without the white space around them.
 */
import { ByteWindow } from './byteWindow.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;

/** Longest line. */
const LINE_LIMIT = 1 << 24;

export const TOO_LONG_LINE = `this line is longer than ${LINE_LIMIT} bytes, the most that is read`;

export interface LineSink {
  /** A line that is not blank: it begins at `from`, and its text is `window.bytes[start .. end]` during the call. */
  line(from: number, start: number, end: number, line: number): void;
  /** A line beyond the limit, which is passed over. */
  tooLong(line: number): void;
}

export class LineSplitter {
  readonly window = new ByteWindow();
  readonly #sink: LineSink;
  #line = 1;
  /** Inside a line that is too long. */
  #skipping = false;

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      at += this.window.fill(bytes, at);
      this.#split(false);
    }
  }

  end(): void {
    this.#split(true);
  }

  #split(final: boolean): void {
    const { window } = this;
    const used = window.bytes.subarray(0, window.length);
    let from = 0;
    let lf = nextOf(used, LF, 0);
    let cr = nextOf(used, CR, 0);
    while (from < window.length) {
      if (lf < from) lf = nextOf(used, LF, from);
      if (cr < from) cr = nextOf(used, CR, from);
      let end = Math.min(lf, cr);
      // a CR that ends the piece may have its LF in the next one
      if (end === window.length - 1 && used[end] === CR && !final) end = window.length;
      if (end === window.length && !final && window.length - from <= LINE_LIMIT) break;
      const ended = end < window.length;
      if (this.#skipping) this.#skipping = !ended && !final;
      else if (!ended && !final) {
        this.#skipping = true;
        this.#sink.tooLong(this.#line);
      } else this.#give(from, end);
      if (ended) this.#line++;
      from = end + (used[end] === CR && used[end + 1] === LF ? 2 : 1);
    }
    window.drop(Math.min(from, window.length));
  }

  #give(from: number, lineEnd: number): void {
    const { bytes } = this.window;
    let end = lineEnd;
    while (end > from && (bytes[end - 1] ?? 0) <= SPACE) end--;
    let start = from;
    while (start < end && (bytes[start] ?? 0) <= SPACE) start++;
    if (start < end) this.#sink.line(from, start, end, this.#line);
  }
}

/** Index of a byte from `from` on; the length where there is none. */
function nextOf(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? bytes.length : at;
}
