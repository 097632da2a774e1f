/**
 * Reads XML as it comes, in pieces, and tells of each element and text; nothing is kept but the names of the elements that
 * are open. Parts of a spreadsheet may be hundreds of megabytes, too much for the tree that the readers of bank files build.
 * Document types, and with them entities of the file's own, are refused.
 */
import { decodeUtf8 } from '../../domain/usage.ts';
import { encodingOf, Utf16Decoder } from '../encoding.ts';

export interface XmlEvents {
  /** `attributes` as they stand in the file, for `attributesOf`. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** A text may come in several parts. */
  text(text: string): void;
}

export class XmlFault extends Error {}

const DEEPEST = 100;
/** Longest tag, comment or CDATA section. */
const LONGEST = 1024 * 1024;

const LT = 60;
const GT = 62;
const DOUBLE = 34;
const SINGLE = 39;

/** Tells `events` of a document; each step is one piece of it, so that what was made of it can be handed on between. */
export async function* scanXml(bytes: AsyncIterable<Uint8Array>, events: XmlEvents): AsyncGenerator<void> {
  const scanner = new XmlScanner(events);
  for await (const text of decoded(bytes)) {
    scanner.push(text);
    yield;
  }
  scanner.end();
}

/** Text of UTF-8 or UTF-16 bytes, cut between characters. */
async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let utf16: Utf16Decoder | null | undefined;
  let rest: Uint8Array = new Uint8Array(0);
  for await (const given of bytes) {
    let piece = given;
    if (utf16 === undefined) {
      // pieces of a part are large, so the mark is in the first
      const { encoding, mark } = encodingOf(given);
      utf16 = encoding === 'utf-8' ? null : new Utf16Decoder(encoding);
      piece = given.subarray(mark);
    }
    if (utf16 !== null) {
      yield decodeUtf8(utf16.chunk(piece));
      continue;
    }
    const whole = new Uint8Array(rest.length + piece.length);
    whole.set(rest);
    whole.set(piece, rest.length);
    const end = lastCharacterEnd(whole);
    yield decodeUtf8(whole.subarray(0, end));
    rest = whole.subarray(end);
  }
  if (rest.length > 0) yield decodeUtf8(rest);
}

function lastCharacterEnd(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

class XmlScanner {
  readonly #events: XmlEvents;
  readonly #open: string[] = [];
  #rest = '';
  #seen = false;

  constructor(events: XmlEvents) {
    this.#events = events;
  }

  push(more: string): void {
    const text = this.#rest + more;
    let at = 0;
    while (at < text.length) {
      const next = text.charCodeAt(at) === LT ? this.#markup(text, at) : this.#text(text, at);
      if (next < 0) break;
      at = next;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > LONGEST) throw new XmlFault('a tag does not end');
  }

  end(): void {
    if (this.#rest.trim() !== '' || this.#open.length > 0 || !this.#seen) throw new XmlFault('it is cut off');
  }

  /** Reads the text at `at` up to the next tag; returns where it goes on, -1 where more has to come. */
  #text(text: string, at: number): number {
    const tag = text.indexOf('<', at);
    let end = tag < 0 ? text.length : tag;
    if (tag < 0) {
      const reference = text.lastIndexOf('&');
      // an entity may be cut; text of no element is judged when its tag is there
      if (reference >= at && !text.includes(';', reference)) end = reference;
      if (this.#open.length === 0 || end === at) return -1;
    }
    if (this.#open.length > 0) this.#events.text(resolved(text.slice(at, end)));
    else if (text.slice(at, end).trim() !== '') throw new XmlFault('text stands outside the document');
    return end;
  }

  #markup(text: string, at: number): number {
    if (text.startsWith('<!--', at)) return behind(text, '-->', at + 4);
    if (text.startsWith('<?', at)) return behind(text, '?>', at + 2);
    if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at + 9);
      if (end < 0) return -1;
      if (this.#open.length === 0) throw new XmlFault('text stands outside the document');
      this.#events.text(text.slice(at + 9, end));
      return end + 3;
    }
    if (text.startsWith('<!', at)) {
      if (text.length - at < 9) return -1;
      throw new XmlFault('it has a document type, which spreadsheets do not need and which can be harmful');
    }
    const end = tagEnd(text, at);
    if (end < 0) return -1;
    this.#tag(text, at + 1, end);
    return end + 1;
  }

  #tag(text: string, from: number, end: number): void {
    if (text.startsWith('/', from)) {
      const name = localName(text.slice(from + 1, end).trimEnd());
      if (this.#open.pop() !== name) throw new XmlFault(`</${name.slice(0, 40)}> closes nothing that is open`);
      this.#events.close(name);
      return;
    }
    const empty = text.charCodeAt(end - 1) === 47;
    const body = text.slice(from, empty ? end - 1 : end);
    const space = body.search(/\s/);
    const name = localName(space < 0 ? body : body.slice(0, space));
    if (name === '') throw new XmlFault('a tag has no name');
    if (this.#open.length === 0 && this.#seen) throw new XmlFault('it is not one document');
    this.#seen = true;
    this.#events.open(name, space < 0 ? '' : body.slice(space));
    if (empty) this.#events.close(name);
    else if (this.#open.push(name) > DEEPEST) throw new XmlFault(`elements lie deeper than ${DEEPEST} levels`);
  }
}

function behind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

/** Place of the `>` that ends a tag; one may stand in an attribute. */
function tagEnd(text: string, from: number): number {
  let quote = 0;
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === GT) return at;
    else if (code === DOUBLE || code === SINGLE) quote = code;
    else if (code === LT) throw new XmlFault('a tag does not end');
  }
  return -1;
}

const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Attributes by local name. */
export function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  if (text === '') return found;
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    if (!name.startsWith('xmlns')) found.set(localName(name), resolved(double ?? single ?? ''));
  }
  return found;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&\s]{0,32};?)/g, (whole, body: string) => {
    const known = body.endsWith(';') ? ENTITIES.get(body.slice(0, -1)) : undefined;
    if (known !== undefined) return known;
    const number = /^#(?:x([\da-fA-F]{1,6})|(\d{1,7}));$/.exec(body);
    const code = number === null ? 0 : number[1] === undefined ? Number(number[2]) : Number(`0x${number[1]}`);
    if (code === 0 || code > 0x10ffff) throw new XmlFault(`the entity ${whole} is not read; only XML's own are`);
    return String.fromCodePoint(code);
  });
}
