/**
 * One JSON object (a line of a log, or a part of a document) or array, byte by byte: its keys and the places of its
 * values, with nothing made of them. Numbers keep their source text, so that `0.1` stays one tenth. An object or array
 * inside is passed over as a balanced whole.
 */
import { putUtf8 } from './encoding.ts';

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** `escaped` is a string with escapes. */
export type ValueKind = 'string' | 'escaped' | 'number' | 'literal' | 'nested';

/** Gets the members of an object in order. Strings, keys too, are given without their quotes, escapes as they are. */
export interface MemberSink {
  key(start: number, end: number): void;
  value(kind: ValueKind, start: number, end: number): void;
}

/** A line that is no JSON object: where, and what was expected. */
export interface JsonFault {
  readonly at: number;
  readonly message: string;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LITERALS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

export class JsonLineScanner {
  readonly #sink: MemberSink;
  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;
  #at = 0;
  #fault: JsonFault | null = null;
  /** The string that was scanned last has escapes. */
  #escaped = false;

  constructor(sink: MemberSink) {
    this.#sink = sink;
  }

  /** Scans `bytes[start .. end]`; null where it is one object and nothing else. */
  scan(bytes: Uint8Array, start: number, end: number): JsonFault | null {
    this.#begin(bytes, start, end);
    if (this.#object() && this.#next() !== -1) this.#fail('nothing more after the object');
    return this.#fault;
  }

  /** Scans `bytes[start .. end]` as one array: its elements go to `value`. */
  scanArray(bytes: Uint8Array, start: number, end: number): JsonFault | null {
    this.#begin(bytes, start, end);
    if (this.#array() && this.#next() !== -1) this.#fail('nothing more after the array');
    return this.#fault;
  }

  /** Index behind the object or array that starts at `start`; -1 where it does not end. */
  endOf(bytes: Uint8Array, start: number, end: number): number {
    this.#begin(bytes, start, end);
    return this.#nested() ? this.#at : -1;
  }

  #begin(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.#fault = null;
  }

  #array(): boolean {
    if (this.#next() !== OPEN_BRACKET) return this.#fail('a JSON array, which starts with [');
    this.#at++;
    if (this.#next() === CLOSE_BRACKET) {
      this.#at++;
      return true;
    }
    for (;;) {
      if (!this.#value()) return false;
      const byte = this.#next();
      if (byte !== COMMA && byte !== CLOSE_BRACKET) return this.#fail('a comma or ] after the element');
      this.#at++;
      if (byte === CLOSE_BRACKET) return true;
    }
  }

  #object(): boolean {
    if (this.#next() !== OPEN_BRACE) return this.#fail('a JSON object, which starts with {');
    this.#at++;
    if (this.#next() === CLOSE_BRACE) {
      this.#at++;
      return true;
    }
    for (;;) {
      if (this.#next() !== QUOTE) return this.#fail('a key in double quotes');
      const key = this.#at + 1;
      if (!this.#string()) return false;
      this.#sink.key(key, this.#at - 1);
      if (this.#next() !== COLON) return this.#fail('a colon after the key');
      this.#at++;
      if (!this.#value()) return false;
      const byte = this.#next();
      if (byte !== COMMA && byte !== CLOSE_BRACE) return this.#fail('a comma or } after the value');
      this.#at++;
      if (byte === CLOSE_BRACE) return true;
    }
  }

  #value(): boolean {
    const byte = this.#next();
    const start = this.#at;
    if (byte === QUOTE) {
      if (!this.#string()) return false;
      this.#sink.value(this.#escaped ? 'escaped' : 'string', start + 1, this.#at - 1);
      return true;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (!this.#nested()) return false;
      this.#sink.value('nested', start, this.#at);
      return true;
    }
    while (this.#at < this.#end && !endsScalar(this.#bytes[this.#at] ?? 0)) this.#at++;
    const plain = isPlainNumber(this.#bytes, start, this.#at);
    if (plain || NUMBER.test(this.#text(start))) this.#sink.value('number', start, this.#at);
    else if (LITERALS.has(this.#text(start))) this.#sink.value('literal', start, this.#at);
    else {
      this.#at = start;
      return this.#fail('a value: a string, a number, true, false, null, an object or an array');
    }
    return true;
  }

  /** Goes behind the string whose opening quote is here. */
  #string(): boolean {
    const bytes = this.#bytes;
    const end = this.#end;
    this.#escaped = false;
    for (let i = this.#at + 1; i < end; i++) {
      const byte = bytes[i] ?? 0;
      if (byte === QUOTE) {
        this.#at = i + 1;
        return true;
      }
      if (byte === BACKSLASH) {
        this.#escaped = true;
        i++;
      } else if (byte < SPACE) {
        this.#at = i;
        return this.#fail('no control character in a string');
      }
    }
    return this.#fail('a closing quote of this string');
  }

  /** Goes behind the object or array that starts here. */
  #nested(): boolean {
    const start = this.#at;
    let depth = 0;
    while (this.#at < this.#end) {
      const byte = this.#bytes[this.#at];
      if (byte === QUOTE) {
        if (!this.#string()) return false;
        continue;
      }
      this.#at++;
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) return true;
    }
    this.#at = start;
    return this.#fail('a closing bracket of this value');
  }

  /** The next byte that is no white space, without going behind it; -1 at the end. */
  #next(): number {
    while (this.#at < this.#end) {
      const byte = this.#bytes[this.#at] ?? 0;
      if (byte !== SPACE && byte !== TAB && byte !== CR && byte !== LF) return byte;
      this.#at++;
    }
    return -1;
  }

  #text(start: number): string {
    return String.fromCharCode(...this.#bytes.subarray(start, Math.min(this.#at, start + 400)));
  }

  #fail(message: string): false {
    this.#fault ??= { at: this.#at, message };
    return false;
  }
}

function endsScalar(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_BRACE || byte <= SPACE || byte === CLOSE_BRACKET || byte === COLON;
}

/** A number without sign and exponent, by its bytes: nearly every one. */
function isPlainNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let point = -1;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === 46 && point < 0) point = i;
    else if (byte < 48 || byte > 57) return false;
  }
  const wholeEnd = point < 0 ? end : point;
  const leadingZero = bytes[start] === 48 && wholeEnd > start + 1;
  return wholeEnd > start && point !== end - 1 && !leadingZero;
}

/**
 * Resolves the escapes of a string in place and returns its new end; -1 where one is malformed. A lone surrogate becomes
 * U+FFFD. The bytes that fall free are filled with spaces.
 */
export function unescape(bytes: Uint8Array, start: number, end: number): number {
  let write = start;
  for (let read = start; read < end;) {
    const byte = bytes[read] ?? 0;
    if (byte !== BACKSLASH) {
      bytes[write++] = byte;
      read++;
      continue;
    }
    const escaped = bytes[read + 1] ?? 0;
    const simple = SIMPLE_ESCAPES.get(escaped);
    if (simple !== undefined) {
      bytes[write++] = simple;
      read += 2;
      continue;
    }
    let code = escaped === 117 ? hexAt(bytes, read + 2, end) : -1;
    if (code < 0) return -1;
    read += 6;
    if (code >= 0xd800 && code < 0xdc00 && bytes[read] === BACKSLASH && bytes[read + 1] === 117) {
      const low = hexAt(bytes, read + 2, end);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        read += 6;
      }
    }
    write = putUtf8(bytes, write, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
  }
  bytes.fill(SPACE, write, end);
  return write;
}

const SIMPLE_ESCAPES: ReadonlyMap<number, number> = new Map(
  [
    ['"', '"'],
    ['\\', '\\'],
    ['/', '/'],
    ['b', '\b'],
    ['f', '\f'],
    ['n', '\n'],
    ['r', '\r'],
    ['t', '\t'],
  ].map(([letter = '', meaning = '']) => [letter.charCodeAt(0), meaning.charCodeAt(0)]),
);

function hexAt(bytes: Uint8Array, start: number, end: number): number {
  if (start + 4 > end) return -1;
  const text = String.fromCharCode(...bytes.subarray(start, start + 4));
  return /^[0-9a-fA-F]{4}$/.test(text) ? Number.parseInt(text, 16) : -1;
}
