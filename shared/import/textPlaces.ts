/**
 * Line and column of any byte of a document, found from the nearest of marks that were set in one pass: a document may be
 * one line of many megabytes, with a problem in each of its rows.
 */
const LF = 10;
const CR = 13;

/** Bytes between two marks. */
const STEP = 1 << 10;

export interface Place {
  readonly line: number;
  /** Counts characters, from 1. */
  readonly column: number;
}

/** Line and column behind `bytes[from .. to]`, which begin at the place given. */
export function placeBehind(bytes: Uint8Array, from: number, to: number, line = 1, column = 1): Place {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === LF || (byte === CR && bytes[i + 1] !== LF)) {
      line++;
      column = 1;
    } else if ((byte & 0xc0) !== 0x80) column++;
  }
  return { line, column };
}

export class TextPlaces {
  readonly #bytes: Uint8Array;
  readonly #lines: Uint32Array;
  readonly #columns: Uint32Array;

  constructor(bytes: Uint8Array) {
    const marks = Math.floor(bytes.length / STEP) + 1;
    this.#bytes = bytes;
    this.#lines = new Uint32Array(marks);
    this.#columns = new Uint32Array(marks);
    let place: Place = { line: 1, column: 1 };
    for (let mark = 0; mark < marks; mark++) {
      this.#lines[mark] = place.line;
      this.#columns[mark] = place.column;
      const from = mark * STEP;
      place = placeBehind(bytes, from, Math.min(from + STEP, bytes.length), place.line, place.column);
    }
  }

  at(offset: number): Place {
    const mark = Math.floor(offset / STEP);
    return placeBehind(this.#bytes, mark * STEP, offset, this.#lines[mark] ?? 1, this.#columns[mark] ?? 1);
  }
}
