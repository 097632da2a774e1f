/**
 * Writes rows of cells as CSV (RFC 4180, commas, LF), one line for each: a line break inside a cell becomes a space, so that
 * line N of the text is row N of where it came from and a problem can be found there.
 */
import type { Meter } from './bounds.ts';
import { putUtf8 } from '../encoding.ts';

const PIECE_LENGTH = 1024 * 1024;
const SPECIAL = /[",\r\n\u2028\u2029\u0085]/;
const LINE_BREAK = /\r\n|[\r\n\u2028\u2029\u0085]/g;

export class CsvText {
  readonly #meter: Meter;
  #text = '';
  #ready: Uint8Array[] = [];

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  row(cells: readonly string[]): void {
    const line = cells.map((cell) => (cell !== '' && SPECIAL.test(cell) ? quotedCell(cell) : cell)).join(',');
    // a single empty cell is told from a row without cells
    this.#add(cells.length === 1 && line === '' ? '""\n' : line + '\n');
  }

  blankRows(count: number): void {
    for (let left = count; left > 0; left -= PIECE_LENGTH) this.#add('\n'.repeat(Math.min(left, PIECE_LENGTH)));
  }

  /** What is ready to be read on; all of it when nothing more comes. */
  take(all: boolean): Uint8Array[] {
    if (all) this.#flush();
    return this.#ready.splice(0);
  }

  #add(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE_LENGTH) this.#flush();
  }

  #flush(): void {
    if (this.#text === '') return;
    const bytes = utf8Of(this.#text);
    this.#text = '';
    this.#meter.made(bytes.length);
    this.#ready.push(bytes);
  }
}

function quotedCell(cell: string): string {
  const line = cell.replace(LINE_BREAK, ' ');
  return line.includes('"') || line.includes(',') ? `"${line.replaceAll('"', '""')}"` : line;
}

function utf8Of(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[length++] = code;
      continue;
    }
    if (code >= 0xd800 && code < 0xe000) {
      code = text.codePointAt(i)!;
      if (code > 0xffff) i++;
      else code = 0xfffd;
    }
    length = putUtf8(bytes, length, code);
  }
  return bytes.slice(0, length);
}
