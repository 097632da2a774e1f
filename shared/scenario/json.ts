/**
 * JSON to a tree, ten times as fast as YAML. Only what is JSON beyond doubt is read; everything else is left to the
 * YAML reader, which takes the same text and says what is wrong with it.
 */
import { listNode, mapNode, MAX_DEPTH, scalarNode, type Entry, type SourceNode } from './tree.ts';

const SPACE = /[ \t\n\r]*/y;
// no control characters, and none of the escapes that JSON lacks

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

class NoJson extends Error {}

/** The tree of a JSON text, or null where it is none, has a key twice, a key `__proto__`, or is nested too deep. */
export function readJson(text: string): SourceNode | null {
  if (!/^[ \t\n\r]*\{/.test(text)) return null;
  try {
    const reader = new JsonReader(text);
    return reader.whole();
  } catch (error) {
    if (error instanceof NoJson) return null;
    throw error;
  }
}

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): SourceNode {
    const node = this.#value(0);
    this.#skip(SPACE);
    if (this.#at < this.#text.length) throw new NoJson();
    return node;
  }

  #value(depth: number): SourceNode {
    if (depth > MAX_DEPTH) throw new NoJson();
    this.#skip(SPACE);
    const offset = this.#at;
    const first = this.#text[offset];
    if (first === '{') return this.#map(depth);
    if (first === '[') return this.#list(depth);
    if (first === '"') return scalarNode(offset, this.#string());
    if (first === 't' || first === 'f' || first === 'n') {
      const word = this.#take(WORD);
      return scalarNode(offset, word === 'null' ? null : word === 'true');
    }
    return scalarNode(offset, Symbol(this.#take(NUMBER)));
  }

  #map(depth: number): SourceNode {
    const offset = this.#at;
    const entries = new Map<string, Entry>();
    this.#at += 1;
    if (this.#accepts('}')) return mapNode(offset, entries);
    do {
      this.#skip(SPACE);
      const keyOffset = this.#at;
      const key = this.#string();
      if (key === '__proto__' || entries.has(key) || !this.#accepts(':')) throw new NoJson();
      entries.set(key, { keyOffset, value: this.#value(depth + 1) });
    } while (this.#accepts(','));
    if (!this.#accepts('}')) throw new NoJson();
    return mapNode(offset, entries);
  }

  #list(depth: number): SourceNode {
    const offset = this.#at;
    const items: SourceNode[] = [];
    this.#at += 1;
    if (this.#accepts(']')) return listNode(offset, items);
    do {
      items.push(this.#value(depth + 1));
    } while (this.#accepts(','));
    if (!this.#accepts(']')) throw new NoJson();
    return listNode(offset, items);
  }

  #string(): string {
    const literal = this.#take(STRING);
    return literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
  }

  #accepts(character: string): boolean {
    this.#skip(SPACE);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): string {
    const start = this.#at;
    this.#skip(pattern);
    if (this.#at === start) throw new NoJson();
    return this.#text.slice(start, this.#at);
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    if (pattern.test(this.#text)) this.#at = pattern.lastIndex;
  }
}
