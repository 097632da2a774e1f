/**
 * Writes large rowid tables as SQLite pages, behind those of a file that SQLite made. sql.js takes 1.7 s to insert and
 * export a million rows, most of it spent binding values one by one; this takes a fifth of it and no memory of SQLite's,
 * which ends at 2 GB. Only what the file format (sqlite.org/fileformat2.html, stable since 2004) says of table b-trees
 * is needed: leaf pages filled in row order, interior pages above them, and chains of overflow pages for what a leaf has
 * no room for. Such tables have no index. SQLite itself makes everything else in the file.
 */
import { type RecordWriter, varintLength, writeVarint } from './recordWriter.ts';

/** Page size of the files that this makes. */
export const PAGE_SIZE = 32_768;

/** Longest record that stands whole in its leaf, and the least of a longer one that does (section 1.6 of the format). */
const MAX_LOCAL = PAGE_SIZE - 35;
const MIN_LOCAL = Math.floor(((PAGE_SIZE - 12) * 32) / 255) - 23;
/** Bytes of an overflow page behind the number of the next. */
const OVERFLOW_ROOM = PAGE_SIZE - 4;

const LEAF = 0x0d;
const INTERIOR = 0x05;
const LEAF_HEADER = 8;
const INTERIOR_HEADER = 12;
/** The page that holds this byte of a file is SQLite's for locking and belongs to no table. */
const LOCK_BYTE = 0x4000_0000;

interface Child {
  readonly page: number;
  /** Largest row id in it. */
  readonly lastRow: number;
}

/** A file that SQLite made and the pages that go behind it. */
export class FilePages {
  readonly #file: Uint8Array;
  readonly #pages: Uint8Array[] = [];

  constructor(file: Uint8Array) {
    this.#file = file;
  }

  /** Takes a page; returns its number. */
  append(page: Uint8Array): number {
    if (this.#file.length + this.#pages.length * PAGE_SIZE === LOCK_BYTE) this.#pages.push(new Uint8Array(PAGE_SIZE));
    this.#pages.push(page);
    return this.#file.length / PAGE_SIZE + this.#pages.length;
  }

  /** Takes bytes as a chain of overflow pages; returns the number of the first. */
  appendChain(content: Uint8Array): number {
    let first = 0;
    let before: Uint8Array | null = null;
    for (let from = 0; from < content.length; from += OVERFLOW_ROOM) {
      const page = new Uint8Array(PAGE_SIZE);
      page.set(content.subarray(from, from + OVERFLOW_ROOM), 4);
      const number = this.append(page);
      if (before === null) first = number;
      else writeUint32(before, 0, number);
      before = page;
    }
    return first;
  }

  /** Puts a table's root in place of the page that SQLite made for it. */
  setRoot(number: number, page: Uint8Array): void {
    this.#file.set(page, (number - 1) * PAGE_SIZE);
  }

  /** The whole file. */
  bytes(): Uint8Array {
    const whole = new Uint8Array(this.#file.length + this.#pages.length * PAGE_SIZE);
    whole.set(this.#file);
    for (const [i, page] of this.#pages.entries()) whole.set(page, this.#file.length + i * PAGE_SIZE);
    // the header's count of pages
    writeUint32(whole, 28, whole.length / PAGE_SIZE);
    return whole;
  }
}

/** The pages of one table; rows come in ascending order of their ids. */
export class TablePages {
  readonly #pages: FilePages;
  readonly #rootPage: number;
  readonly #leaves: Child[] = [];
  #leaf = new PageBuilder(LEAF);
  #lastRow = 0;

  /** @param rootPage the page that SQLite made for the empty table */
  constructor(pages: FilePages, rootPage: number) {
    this.#pages = pages;
    this.#rootPage = rootPage;
  }

  add(rowId: number, record: RecordWriter): void {
    const size = record.size;
    if (size > MAX_LOCAL) this.#addLong(rowId, record, size);
    else {
      const at = this.#place(size, rowId, size);
      record.writeTo(this.#leaf.bytes, at);
    }
  }

  /** A record of which only the start stands in its leaf. */
  #addLong(rowId: number, record: RecordWriter, size: number): void {
    const start = startOfLong(size);
    const overflow = this.#pages.appendChain(record.rest(start));
    const at = this.#place(size, rowId, start + 4);
    record.writeStartTo(this.#leaf.bytes, at, start);
    writeUint32(this.#leaf.bytes, at + start, overflow);
  }

  /** Makes a cell with `room` bytes behind its size and key; returns their place. */
  #place(size: number, rowId: number, room: number): number {
    const cell = varintLength(size) + varintLength(rowId) + room;
    if (!this.#leaf.fits(cell)) this.#closeLeaf();
    this.#lastRow = rowId;
    const { bytes } = this.#leaf;
    return writeVarint(bytes, writeVarint(bytes, this.#leaf.place(cell), size), rowId);
  }

  /** Puts the table into its file; no row comes after it. */
  finish(): void {
    this.#pages.setRoot(this.#rootPage, this.#root());
  }

  #closeLeaf(): void {
    this.#leaves.push({ page: this.#pages.append(this.#leaf.finish()), lastRow: this.#lastRow });
    this.#leaf = new PageBuilder(LEAF);
  }

  #root(): Uint8Array {
    if (this.#leaves.length === 0) return this.#leaf.finish();
    this.#closeLeaf();
    let level: readonly Child[] = this.#leaves;
    for (;;) {
      const parents: Child[] = [];
      let page = new PageBuilder(INTERIOR);
      for (const [i, child] of level.entries()) {
        const cell = 4 + varintLength(child.lastRow);
        const last = i === level.length - 1;
        // a child that finds no room as a cell becomes the page's rightmost, and so does the last of all
        if (last || !page.fits(cell)) {
          page.setRightmost(child.page);
          if (last && parents.length === 0) return page.finish();
          parents.push({ page: this.#pages.append(page.finish()), lastRow: child.lastRow });
          page = new PageBuilder(INTERIOR);
        } else {
          const at = page.place(cell);
          writeUint32(page.bytes, at, child.page);
          writeVarint(page.bytes, at + 4, child.lastRow);
        }
      }
      level = parents;
    }
  }
}

/** One b-tree page: cells from the end downwards, their places behind the header. */
class PageBuilder {
  readonly bytes = new Uint8Array(PAGE_SIZE);
  readonly #header: number;
  #cells = 0;
  #content = PAGE_SIZE;

  constructor(kind: number) {
    this.bytes[0] = kind;
    this.#header = kind === LEAF ? LEAF_HEADER : INTERIOR_HEADER;
  }

  fits(cell: number): boolean {
    return this.#header + (this.#cells + 1) * 2 + cell <= this.#content;
  }

  place(cell: number): number {
    this.#content -= cell;
    this.#setUint16(this.#header + this.#cells * 2, this.#content);
    this.#cells++;
    return this.#content;
  }

  setRightmost(page: number): void {
    writeUint32(this.bytes, 8, page);
  }

  finish(): Uint8Array {
    this.#setUint16(3, this.#cells);
    this.#setUint16(5, this.#content);
    return this.bytes;
  }

  #setUint16(at: number, value: number): void {
    this.bytes[at] = value >>> 8;
    this.bytes[at + 1] = value & 0xff;
  }
}

/** How much of a record stands in its leaf where not all of it does. */
function startOfLong(size: number): number {
  const filling = MIN_LOCAL + ((size - MIN_LOCAL) % OVERFLOW_ROOM);
  return filling <= MAX_LOCAL ? filling : MIN_LOCAL;
}

function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = (value >>> 16) & 0xff;
  bytes[at + 2] = (value >>> 8) & 0xff;
  bytes[at + 3] = value & 0xff;
}
