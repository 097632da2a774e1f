/**
 * A JSON document with rows in it: an array of them, or pages of an API, each with buckets of time that hold rows. Pages
 * may follow one another, a line each or as they are, or stand in an array. The document is collected first and then
 * walked: a bucket's times may stand behind its rows.
 */
import type { OpenContext, Reader } from './importer.ts';
import { JsonLineScanner, type JsonFault, type ValueKind } from './jsonLine.ts';
import type { ObjectRows } from './jsonRows.ts';
import { TextPlaces, type Place } from './textPlaces.ts';
import { textOf } from './encoding.ts';

/** Longest document. */
export const DOCUMENT_LIMIT = 1 << 28;

const OPEN_BRACKET = 91;
const OPEN_BRACE = 123;
const LETTER_T = 116;
const SPACE = 32;

export class JsonDocument implements Reader {
  readonly #context: OpenContext;
  readonly #levels: readonly string[];
  readonly #rows: ObjectRows;
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  #tooLong = false;
  #places: TextPlaces | null = null;
  /** Pages that say whether there are more: the last that says so, and whether one says that it is the last. */
  #more: { readonly at: number; readonly next: string | null } | null = null;
  #lastPage = false;

  constructor(context: OpenContext, levels: readonly string[], rows: ObjectRows) {
    this.#context = context;
    this.#levels = levels;
    this.#rows = rows;
  }

  chunk(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    this.#tooLong ||= length > DOCUMENT_LIMIT;
    if (this.#tooLong) return;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(DOCUMENT_LIMIT, Math.max(length, 2 * this.#bytes.length)));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }

  end(): void {
    if (this.#tooLong) {
      const message = `this JSON document is longer than ${DOCUMENT_LIMIT} bytes, the most that is read; split it, or write one row a line`;
      this.#context.problems.add(null, null, null, message);
      return;
    }
    this.#bytes = this.#bytes.subarray(0, this.#length);
    this.#view = new DataView(this.#bytes.buffer);
    let start = 0;
    while (start < this.#length && (this.#bytes[start] ?? 0) <= SPACE) start++;
    if (this.#levels.length > 0) this.#pages(start);
    else if (this.#bytes[start] === OPEN_BRACKET) this.#array(start, this.#length, 0);
    else this.#row(start, this.#length);
    this.#tellMorePages();
    this.#rows.end();
  }

  /** One page, an array of them, or several one behind another. */
  #pages(first: number): void {
    const scanner = new JsonLineScanner({ key: () => undefined, value: () => undefined });
    let start = first;
    do {
      const array = this.#bytes[start] === OPEN_BRACKET;
      const starts = array || this.#bytes[start] === OPEN_BRACE;
      const behind = starts ? scanner.endOf(this.#bytes, start, this.#length) : -1;
      const end = behind < 0 ? this.#length : behind;
      if (array) this.#array(start, end, 0);
      else this.#object(start, end, 0);
      start = end;
      while (start < this.#length && (this.#bytes[start] ?? 0) <= SPACE) start++;
    } while (start < this.#length);
  }

  #tellMorePages(): void {
    if (this.#more === null || this.#lastPage) return;
    const { at, next } = this.#more;
    const { line, column } = this.#place(at);
    const which = next === null ? 'the next one' : `the next one, ${next.slice(0, 80)},`;
    this.#context.note('The last page says that there are more (has_more): import them too.');
    const message = `the query has more pages; ${which} is not in this file: import it too`;
    this.#context.problems.add(line, column, 'has_more', message);
    this.#context.morePages(next);
  }

  /** Each object of an array; `level` is theirs. */
  #array(start: number, end: number, level: number): void {
    const spans: number[] = [];
    const scanner = new JsonLineScanner({ key: () => undefined, value: (_, from, to) => spans.push(from, to) });
    const fault = scanner.scanArray(this.#bytes, start, end);
    if (fault !== null) {
      this.#broken(fault);
      return;
    }
    for (let i = 0; i < spans.length; i += 2) {
      const [from = 0, to = 0] = [spans[i], spans[i + 1]];
      if (this.#bytes[from] !== OPEN_BRACE) this.#rows.reject(this.#place(from), 'expected a JSON object here');
      else if (level === this.#levels.length) this.#row(from, to);
      else this.#object(from, to, level);
    }
  }

  /** A page or a bucket: goes on to the array under its key. */
  #object(start: number, end: number, level: number): void {
    const key = this.#levels[level] ?? '';
    let rows: { readonly start: number; readonly end: number } | null = null;
    let name = '';
    const page = { more: null as boolean | null, at: start, next: null as string | null };
    const scanner = new JsonLineScanner({
      key: (from, to) => (name = textOf(this.#bytes.subarray(from, to))),
      value: (kind: ValueKind, from: number, to: number) => {
        if (name === key && kind === 'nested' && this.#bytes[from] === OPEN_BRACKET) rows = { start: from, end: to };
        if (level > 0) return;
        if (name === 'next_page' && kind === 'string') page.next = textOf(this.#bytes.subarray(from, to));
        if (name !== 'has_more') return;
        page.more = this.#bytes[from] === LETTER_T;
        page.at = from;
      },
    });
    const fault = scanner.scan(this.#bytes, start, end);
    const found = rows as { readonly start: number; readonly end: number } | null;
    if (fault !== null) this.#broken(fault);
    else if (found === null) this.#report(start, `this object lacks the array "${key}"`);
    else {
      if (page.more === true) this.#more = { at: page.at, next: page.next };
      if (page.more === false) this.#lastPage = true;
      if (level === this.#levels.length - 1) this.#surround(start, end);
      this.#array(found.start, found.end, level + 1);
    }
  }

  /** The members of the object around rows are cells of each of them. */
  #surround(start: number, end: number): void {
    const { cells } = this.#rows;
    cells.clear();
    const fault = cells.scan(this.#bytes, this.#view, start, end, '^');
    if (fault !== null) this.#report(fault.at, fault.message);
    cells.keep();
  }

  #row(start: number, end: number): void {
    this.#rows.row(this.#bytes, this.#view, start, end, (offset) => this.#place(offset));
  }

  #broken({ at, message }: JsonFault): void {
    this.#report(at, `the JSON document cannot be read: expected ${message}`);
  }

  #report(at: number, message: string): void {
    const { line, column } = this.#place(at);
    this.#context.problems.add(line, column, null, message);
  }

  #place(offset: number): Place {
    this.#places ??= new TextPlaces(this.#bytes);
    return this.#places.at(offset);
  }
}
