/**
 * The cells of the record at hand: places in a scanner's buffer, valid until the scanner goes on. Every tabular reader
 * (CSV, NDJSON) hands its rows on in this form, so that nothing is made per row.
 */
import { textOf } from './encoding.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;

export class Cells {
  bytes = new Uint8Array(0);
  /** The same bytes, for reading several at once; a few behind the last cell may be read too. */
  view = new DataView(this.bytes.buffer);
  /** Cell `i` is `bytes[starts[i] .. ends[i]]`. */
  starts: Int32Array;
  ends: Int32Array;
  count = 0;
  /** Line of the record's first byte, from 1, and where it stands in `bytes`. */
  line = 1;
  from = 0;

  constructor(capacity: number) {
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
  }

  /** Makes room for at least so many cells; what was there is lost. */
  grow(capacity: number): void {
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
  }

  /** A cell's text without the spaces around it; empty where the record has no such cell. */
  text(cell: number): string {
    if (cell < 0 || cell >= this.count) return '';
    return textOf(this.bytes.subarray(this.starts[cell] ?? 0, this.ends[cell] ?? 0)).trim();
  }

  /** True where a cell holds nothing, or only spaces and tabs. */
  isBlank(cell: number): boolean {
    const end = this.ends[cell] ?? 0;
    for (let i = this.starts[cell] ?? 0; i < end; i++) if ((this.bytes[i] ?? 0) > SPACE) return false;
    return true;
  }

  /** Line and column of a cell, both from 1. The column counts characters; quoted cells may lie on a later line. */
  placeOf(cell: number): { line: number; column: number } {
    const target = cell >= 0 && cell < this.count ? (this.starts[cell] ?? this.from) : this.from;
    return this.placeAt(target);
  }

  /** Line and column of a byte of the record. */
  placeAt(target: number): { line: number; column: number } {
    let { line } = this;
    let column = 1;
    for (let i = this.from; i < target; i++) {
      const byte = this.bytes[i] ?? 0;
      if (byte === LF || (byte === CR && this.bytes[i + 1] !== LF)) {
        line++;
        column = 1;
      } else if ((byte & 0xc0) !== 0x80) column++;
    }
    return { line, column };
  }
}
