/**
 * The bytes that a scanner looks at: its own copy of the file's next piece, behind what the last piece left unfinished.
 * Own, because quoted cells are unescaped in place; small, because a window that stays in the processor's cache is
 * faster than the file's own memory although every byte is copied once.
 */

/** Bytes that a window takes at once. */
const WINDOW = 1 << 18;
/** Bytes behind those in use that may be read, and that a scanner's sentinel may take. */
const SLACK = 8;

export class ByteWindow {
  /** Made with the first bytes, as large as they need. */
  bytes = new Uint8Array(SLACK);
  /** The same bytes, for reading several at once: up to `SLACK` behind those in use. */
  view = new DataView(this.bytes.buffer);
  /** Bytes in use. */
  length = 0;

  /** Takes bytes of `source` from `at` on, behind what is there; returns how many. */
  fill(source: Uint8Array, at: number): number {
    // an unfinished record doubles the window, so that scanning it anew each time stays linear
    const wanted = Math.min(Math.max(WINDOW, this.length), source.length - at);
    if (this.length + wanted + SLACK > this.bytes.length) {
      const larger = new Uint8Array(2 * (this.length + wanted + SLACK));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    this.bytes.set(source.subarray(at, at + wanted), this.length);
    this.length += wanted;
    return wanted;
  }

  /** Forgets the first `used` bytes. */
  drop(used: number): void {
    if (used === 0) return;
    this.bytes.copyWithin(0, used, this.length);
    this.length -= used;
  }
}
