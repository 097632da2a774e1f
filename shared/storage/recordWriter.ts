/** One row's values as a record of SQLite's file format (sqlite.org/fileformat2.html, section 2.1). */

/** Room for the values that most records need; longer texts make more. */
const USUAL_BODY = 8_192;

/** Room that is always left for integers: more than a record can have, so that they need not ask. */
const INTEGERS = 1_024;

/** Longest text that is copied byte by byte, which for a few bytes is faster than asking for a copy. */
const SHORT_TEXT = 64;

/** Values of one row, in the order of the table's columns. */
export class RecordWriter {
  /** The record's header holds its own length in one byte: at most 126 bytes of types, some 30 columns. */
  readonly #types = new Uint8Array(126);
  #body = new Uint8Array(USUAL_BODY);
  #typesEnd = 0;
  #bodyEnd = 0;

  begin(): void {
    this.#typesEnd = 0;
    this.#bodyEnd = 0;
  }

  null(): void {
    this.#types[this.#typesEnd++] = 0;
  }

  /** A whole number of at most 2^53 either side of zero. */
  integer(value: number): void {
    if (value === 0 || value === 1) {
      this.#types[this.#typesEnd++] = 8 + value;
      return;
    }
    const magnitude = value < 0 ? -value - 1 : value;
    const width =
      magnitude < 0x80
        ? 1
        : magnitude < 0x8000
          ? 2
          : magnitude < 0x80_0000
            ? 3
            : magnitude < 0x8000_0000
              ? 4
              : magnitude < 0x8000_0000_0000
                ? 6
                : 8;
    this.#types[this.#typesEnd++] = width <= 4 ? width : width === 6 ? 5 : 6;
    let rest = value;
    for (let i = width - 1; i >= 0; i--) {
      const high = Math.floor(rest / 256);
      this.#body[this.#bodyEnd + i] = rest - high * 256;
      rest = high;
    }
    this.#bodyEnd += width;
  }

  /** UTF-8 text: `bytes[start .. end]`. */
  text(bytes: Uint8Array, start: number, end: number): void {
    this.#typesEnd = writeVarint(this.#types, this.#typesEnd, (end - start) * 2 + 13);
    this.#append(bytes, start, end);
  }

  blob(bytes: Uint8Array): void {
    this.#typesEnd = writeVarint(this.#types, this.#typesEnd, bytes.length * 2 + 12);
    this.#append(bytes, 0, bytes.length);
  }

  /** Bytes of the record: its header's size, the types, the values. */
  get size(): number {
    return 1 + this.#typesEnd + this.#bodyEnd;
  }

  writeTo(page: Uint8Array, at: number): void {
    page[at] = 1 + this.#typesEnd;
    let to = at + 1;
    for (let i = 0; i < this.#typesEnd; i++) page[to++] = this.#types[i]!;
    for (let i = 0; i < this.#bodyEnd; i++) page[to++] = this.#body[i]!;
  }

  /** Writes the first `length` bytes of the record, which are its header and some of its values. */
  writeStartTo(page: Uint8Array, at: number, length: number): void {
    page[at] = 1 + this.#typesEnd;
    page.set(this.#types.subarray(0, this.#typesEnd), at + 1);
    page.set(this.#body.subarray(0, length - 1 - this.#typesEnd), at + 1 + this.#typesEnd);
  }

  /** What is left of the record after its first `from` bytes; valid until the next record begins. */
  rest(from: number): Uint8Array {
    return this.#body.subarray(from - 1 - this.#typesEnd, this.#bodyEnd);
  }

  #append(bytes: Uint8Array, start: number, end: number): void {
    const needed = this.#bodyEnd + end - start + INTEGERS;
    if (needed > this.#body.length) this.#grow(needed);
    if (end - start > SHORT_TEXT) {
      this.#body.set(bytes.subarray(start, end), this.#bodyEnd);
      this.#bodyEnd += end - start;
    } else for (let i = start; i < end; i++) this.#body[this.#bodyEnd++] = bytes[i]!;
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.#body.length * 2));
    larger.set(this.#body.subarray(0, this.#bodyEnd));
    this.#body = larger;
  }
}

/** Bytes of a SQLite varint: seven bits each, most significant first. Values stay below 2^53, so eight suffice. */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++;
  return length;
}

/** Writes a varint; returns the place after it. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  const length = varintLength(value);
  let rest = value;
  for (let i = length - 1; i >= 0; i--) {
    const high = Math.floor(rest / 128);
    bytes[at + i] = (rest - high * 128) | (i === length - 1 ? 0 : 0x80);
    rest = high;
  }
  return at + length;
}
