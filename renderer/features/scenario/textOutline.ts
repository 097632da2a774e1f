/**
 * Where one stands in a scenario's text: its keys and values by their paths, and the place of the cursor. Made for text that
 * is being typed: whatever is broken, the rest still has its paths. YAML's block and flow notation, so JSON too; what is
 * valid is for the reader to say.
 */

export type Path = readonly (string | number)[];

/** A key of the text and, where it is a single one, its value. */
export interface OutlineEntry {
  /** Of the value: the key is its last part. */
  readonly path: Path;
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly value: { readonly from: number; readonly to: number; readonly text: string } | null;
}

/** What could be typed at a place. */
export interface CursorPlace {
  readonly kind: 'key' | 'value' | 'item';
  /** The map of a key, the value's own path, the list of an item. */
  readonly path: Path;
  /** Where the word at the cursor begins. */
  readonly from: number;
  /** In braces or brackets. */
  readonly flow: boolean;
  /** Columns that stand before a key of this map. */
  readonly indent: number;
}

interface Block {
  readonly kind: 'map' | 'list';
  readonly indent: number;
  readonly path: Path;
  key: string | null;
  index: number;
  /** Its current key has a value in the same line. */
  filled: boolean;
}

interface Flow {
  readonly kind: 'map' | 'list';
  readonly path: Path;
  key: string | null;
  index: number;
  /** Place of its current key among the entries. */
  entry: number;
}

const KEY =
  /(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|[^\s"'#{}[\],&*!|>%@`-][^\n#]*?|-[^\s#:][^\n#]*?)(?=\s*:(?:\s|$))/my;
const BLANKS = /[ \t]*/y;
const MARKS = /(?:[&!][^\s,[\]{}]*[ \t]*)*/y;
const QUOTED = /"(?:[^"\\]|\\[^])*"?|'(?:[^']|'')*'?/y;
const FLOW_WORD = /[^\s,[\]{}:#"']+(?:[^,[\]{}:#\n]|:(?![\s,[\]{}]|$)|(?<=\S)#)*/my;

/** All keys of a text, in its order. */
export function outlineOf(text: string): readonly OutlineEntry[] {
  const scan = new Scan(text);
  scan.run();
  return scan.entries;
}

/** What the cursor is at; null inside of a comment or a block of text. */
export function placeAt(text: string, at: number): CursorPlace | null {
  const scan = new Scan(text.slice(0, at));
  scan.run();
  return scan.place();
}

class Scan {
  readonly entries: OutlineEntry[] = [];
  readonly #text: string;
  #at = 0;
  #blocks: Block[] = [];
  #flows: Flow[] = [];
  /** Columns that what is in a block of text, or in braces, lies beyond. */
  #bound = -1;
  #inText = false;
  #inComment = false;
  /** Where the last word begins that reaches the end of the text. */
  #word: number | null = null;
  /** Where the value of the last key in block notation begins, or would. */
  #valueFrom = -1;

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    while (this.#at < this.#text.length) this.#line();
  }

  place(): CursorPlace | null {
    const { length } = this.#text;
    if (this.#inComment) return null;
    const flow = this.#flows.at(-1);
    if (flow !== undefined) {
      const from = this.#word ?? length;
      if (flow.kind === 'list') return this.#placed('value', [...flow.path, flow.index], from, true);
      if (flow.key === null) return this.#placed('key', flow.path, from, true);
      return this.#placed('value', [...flow.path, flow.key], from, true);
    }
    const lineStart = this.#text.lastIndexOf('\n', length - 1) + 1;
    const line = this.#text.slice(lineStart);
    if (this.#inText && (line.trim() === '' || indentOf(line) > this.#bound)) return null;
    const [, dashes = '', word = ''] = /^(\s*(?:-\s+)*)(.*)$/s.exec(line) ?? [];
    const top = this.#blocks.at(-1);
    // after a key and its colon, in the same line
    if (top?.kind === 'map' && top.key !== null && this.#valueFrom >= lineStart)
      return this.#placed('value', [...top.path, top.key], this.#valueFrom, false);
    return this.#blockPlace(dashes, lineStart + dashes.length, word);
  }

  #blockPlace(dashes: string, from: number, word: string): CursorPlace {
    const indent = dashes.length;
    const blocks = this.#blocks.filter((block) => block.indent <= indent);
    const top = blocks.at(-1);
    if (word === '-') return this.#placed('item', top?.path ?? [], from, false, indent);
    if (top === undefined) return this.#placed('key', [], from, false, indent);
    // a list may begin in the column of its key: without a dash the next key is meant
    const beside = blocks.findLast((block) => block.kind === 'map' && block.indent === indent);
    if (beside !== undefined) return this.#placed('key', beside.path, from, false, indent);
    if (top.kind === 'list' && top.indent === indent) return this.#placed('item', top.path, from, false, indent);
    if (top.kind === 'map' && top.filled) return this.#placed('key', top.path, from, false, top.indent);
    return this.#placed('key', childOf(top), from, false, indent);
  }

  #placed(kind: CursorPlace['kind'], path: Path, from: number, flow: boolean, indent = 0): CursorPlace {
    return { kind, path, from, flow, indent };
  }

  #line(): void {
    const start = this.#at;
    const end = this.#lineEnd(start);
    const line = this.#text.slice(start, end);
    const indent = indentOf(line);
    const rest = line.slice(indent);
    this.#inComment = false;
    if (rest === '' || (this.#inText && indent > this.#bound)) {
      this.#to(end);
      return;
    }
    this.#inText = false;
    if (rest.startsWith('#')) {
      this.#inComment = end === this.#text.length;
      this.#to(end);
    } else if (/^(?:---|\.\.\.|%)/.test(rest) && indent === 0) this.#to(end);
    else {
      this.#at = start + indent;
      this.#content(indent);
    }
  }

  /** One line from its first sign: dashes, a key, a value. */
  #content(column: number): void {
    let indent = column;
    while (/^-(?:\s|$)/.test(this.#text.slice(this.#at, this.#at + 2))) {
      this.#item(indent);
      const after = this.#at + 1;
      this.#at = after + this.#match(BLANKS, after).length;
      indent += this.#at - after + 1;
      if (this.#isLineEnd()) break;
    }
    const keyFrom = this.#at;
    const key = this.#match(KEY, keyFrom);
    if (/[{[]/.test(this.#text[keyFrom] ?? '')) this.#open(this.#parent(indent), column);
    // a word without a colon: a value, or a key that is being typed
    else if (key === '') this.#to(this.#lineEnd(keyFrom));
    else this.#pair(indent, key);
  }

  /** A key in block notation, with what follows its colon in the same line. */
  #pair(indent: number, key: string): void {
    const keyFrom = this.#at;
    const block = this.#map(indent);
    block.key = unquoted(key);
    block.filled = false;
    const colon = this.#text.indexOf(':', keyFrom + key.length);
    this.#at = colon + 1;
    this.#at += this.#match(BLANKS, this.#at).length;
    this.#at += this.#match(MARKS, this.#at).length;
    this.#valueFrom = this.#at;
    this.#value([...block.path, block.key], { keyFrom, keyTo: keyFrom + key.length }, block);
  }

  #value(path: Path, key: { readonly keyFrom: number; readonly keyTo: number }, block: Block): void {
    const first = this.#text[this.#at] ?? '';
    if (first === '{' || first === '[') {
      this.entries.push({ path, ...key, value: null });
      block.filled = true;
      this.#open(path, block.indent);
      return;
    }
    const end = this.#lineEnd(this.#at);
    if (first === '|' || first === '>') {
      this.#inText = true;
      this.#bound = block.indent;
      block.filled = true;
      this.entries.push({ path, ...key, value: null });
      this.#to(end);
      return;
    }
    const from = this.#at;
    const raw =
      first === '"' || first === "'"
        ? this.#match(QUOTED, from)
        : this.#text.slice(from, end).replace(/(?:^|\s+)#.*$/s, '');
    const value = raw.trimEnd();
    block.filled = value !== '';
    this.entries.push({
      path,
      ...key,
      value: value === '' ? null : { from, to: from + value.length, text: unquoted(value) },
    });
    const close = this.#lineEnd(Math.max(from + raw.length, from));
    this.#inComment = close === this.#text.length && this.#text.slice(from + value.length, close).includes('#');
    this.#to(close);
  }

  /** Braces or brackets up to their end, over as many lines as they take. */
  #open(path: Path, bound: number): void {
    this.#bound = bound;
    this.#flows = [];
    this.#push(path);
    let wasClosed = true;
    while (this.#flows.length > 0 && this.#at < this.#text.length) wasClosed = this.#inFlow();
    if (this.#flows.length === 0 && wasClosed) this.#to(this.#lineEnd(this.#at));
  }

  #push(path: Path): void {
    const kind = this.#text[this.#at] === '{' ? 'map' : 'list';
    this.#flows.push({ kind, path, key: null, index: 0, entry: -1 });
    this.#at += 1;
    this.#word = null;
  }

  /** @returns false where the braces ended without being closed */
  #inFlow(): boolean {
    const flow = this.#flows.at(-1);
    const sign = this.#text[this.#at] ?? '';
    this.#inComment = false;
    if (flow === undefined || sign === '\n') return this.#newLine();
    if (/\s/.test(sign)) this.#step();
    else if (sign === '#') {
      this.#at = this.#lineEnd(this.#at);
      this.#inComment = this.#at === this.#text.length;
    } else if (sign === '{' || sign === '[') this.#push(childOf(flow));
    else if (sign === '}' || sign === ']') this.#close();
    else if (sign === ',') {
      flow.index += 1;
      flow.key = null;
      this.#step();
    } else if (sign === ':') this.#step();
    else this.#flowWord(flow, sign);
    return true;
  }

  #step(): void {
    this.#at += 1;
    this.#word = null;
  }

  #close(): void {
    this.#flows.pop();
    this.#step();
  }

  /** A line that is not further in than what the braces belong to ends them: they were never closed. */
  #newLine(): boolean {
    this.#step();
    const line = this.#text.slice(this.#at, this.#lineEnd(this.#at));
    const isOut = line.trim() !== '' && indentOf(line) <= this.#bound && !/^\s*[}\],]/.test(line);
    if (!isOut || this.#blocks.length === 0) return true;
    this.#flows = [];
    return false;
  }

  #flowWord(flow: Flow, sign: string): void {
    const from = this.#at;
    const quoted = sign === '"' || sign === "'";
    const raw = quoted ? this.#match(QUOTED, from) : this.#match(FLOW_WORD, from).trimEnd();
    const length = Math.max(raw.length, 1);
    this.#at = from + length;
    this.#word = this.#at === this.#text.length ? from : null;
    const word = unquoted(raw);
    if (flow.kind === 'list') return;
    if (flow.key !== null) {
      const entry = this.entries[flow.entry];
      if (entry?.value === null)
        this.entries[flow.entry] = { ...entry, value: { from, to: from + length, text: word } };
      return;
    }
    const colon = this.#at + this.#match(/\s*/y, this.#at).length;
    if (this.#text[colon] !== ':') return;
    flow.key = word;
    this.#at = colon + 1;
    this.#word = null;
    flow.entry = this.entries.length;
    this.entries.push({ path: [...flow.path, word], keyFrom: from, keyTo: from + length, value: null });
  }

  /** The list that a dash in this column belongs to, one item further. */
  #item(indent: number): void {
    this.#blocks = this.#blocks.filter((block) => block.indent <= indent);
    const top = this.#blocks.at(-1);
    if (top?.kind === 'list' && top.indent === indent) {
      top.index += 1;
      return;
    }
    const path = top === undefined ? [] : childOf(top);
    this.#blocks.push({ kind: 'list', indent, path, key: null, index: 0, filled: false });
  }

  #map(indent: number): Block {
    this.#blocks = this.#blocks.filter(
      (block) => block.indent < indent || (block.indent === indent && block.kind === 'map'),
    );
    const top = this.#blocks.at(-1);
    if (top?.indent === indent) return top;
    const block: Block = { kind: 'map', indent, path: this.#parent(indent), key: null, index: 0, filled: false };
    this.#blocks.push(block);
    return block;
  }

  /** The path of what stands in this column. */
  #parent(indent: number): Path {
    const top = this.#blocks.findLast((block) => block.indent < indent);
    return top === undefined ? [] : childOf(top);
  }

  #isLineEnd(): boolean {
    return this.#at >= this.#text.length || this.#text[this.#at] === '\n' || this.#text[this.#at] === '#';
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end === -1 ? this.#text.length : end;
  }

  #to(end: number): void {
    this.#at = end + 1;
  }

  #match(pattern: RegExp, from: number): string {
    pattern.lastIndex = from;
    return pattern.exec(this.#text)?.[0] ?? '';
  }
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function childOf({ kind, path, key, index }: Block | Flow): Path {
  return kind === 'list' ? [...path, index] : key === null ? path : [...path, key];
}

function unquoted(text: string): string {
  const [, double] = /^"(.*?)"?$/s.exec(text) ?? [];
  if (double !== undefined) return double.replace(/\\(["\\/])/g, '$1');
  const [, single] = /^'(.*?)'?$/s.exec(text) ?? [];
  return single === undefined ? text : single.replaceAll("''", "'");
}

export function samePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}
