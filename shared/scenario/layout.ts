/**
 * Where each part of a scenario's text begins and ends, so that a value can be replaced and everything around it stays:
 * comments, order, quotes, blank lines.
 */
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { readJson } from './json.ts';
import type { MapNode, SourceNode } from './tree.ts';

export interface Part {
  /** First character of the value, behind an anchor; first key or dash of a block. */
  readonly start: number;
  /** Behind the last character of the value itself: no comment, no line break. */
  readonly end: number;
  /** In braces or brackets. */
  readonly flow: boolean;
  /** By key or index; empty for a scalar and an alias. */
  readonly parts: ReadonlyMap<string | number, { readonly keyStart: number; readonly part: Part }>;
  readonly node: SourceNode;
  readonly isAlias: boolean;
  /** The aliases that repeat it. */
  readonly aliases: Part[];
}

/** The layout of a text that `readSource` read as `root` without a problem; null where it cannot be laid out. */
export function layoutOf(text: string, root: SourceNode): { readonly root: Part; readonly isJson: boolean } | null {
  if (readJson(text) !== null) return { root: jsonPart(text, root), isJson: true };
  // as the reader does it: every scalar is its text, nothing is converted
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, merge: false });
  if (document.errors.length > 0) return null;
  const part = new YamlLayout(text).part(document.contents, root);
  return part === null ? null : { root: part, isJson: false };
}

type Entries = Map<string | number, { keyStart: number; part: Part }>;

class YamlLayout {
  readonly #text: string;
  readonly #anchors = new Map<string, Part>();

  constructor(text: string) {
    this.#text = text;
  }

  part(yaml: unknown, node: SourceNode): Part | null {
    if (isAlias(yaml)) {
      const [start = 0, end = start] = yaml.range ?? [];
      const alias: Part = { start, end, flow: false, parts: new Map(), node, isAlias: true, aliases: [] };
      this.#anchors.get(yaml.source)?.aliases.push(alias);
      return alias;
    }
    const part = isMap(yaml) || isSeq(yaml) ? this.#collection(yaml, node) : this.#scalar(yaml, node);
    const anchor = isScalar(yaml) || isMap(yaml) || isSeq(yaml) ? yaml.anchor : undefined;
    if (part !== null && anchor !== undefined) this.#anchors.set(anchor, part);
    return part;
  }

  #scalar(yaml: unknown, node: SourceNode): Part | null {
    if (!isScalar(yaml) || yaml.range == null) return null;
    const [start, last] = yaml.range;
    const end = start + this.#text.slice(start, last).trimEnd().length;
    return { start, end, flow: false, parts: new Map(), node, isAlias: false, aliases: [] };
  }

  #collection(yaml: { readonly items: readonly unknown[] }, node: SourceNode): Part | null {
    const { range, flow = false } = yaml as { readonly range?: readonly number[]; readonly flow?: boolean };
    const parts: Entries = new Map();
    let [start, end] = [range?.[0] ?? 0, range?.[1] ?? 0];
    for (const [index, item] of yaml.items.entries()) {
      const isPair = node.kind === 'map';
      const pair = item as { readonly key: unknown; readonly value: unknown };
      const key = isPair ? keyText(pair.key) : index;
      const child = key === null ? undefined : childOf(node, key);
      const part = child === undefined ? null : this.part(isPair ? pair.value : item, child);
      if (key === null || part === null) return null;
      const keyStart = isPair ? (isScalar(pair.key) ? (pair.key.range?.[0] ?? part.start) : part.start) : part.start;
      parts.set(key, { keyStart, part });
      if (flow) continue;
      if (index === 0 && isPair) start = keyStart;
      end = part.end;
    }
    return { start, end, flow, parts, node, isAlias: false, aliases: [] };
  }
}

function keyText(key: unknown): string | null {
  return isScalar(key) ? String(key.value) : null;
}

function childOf(node: SourceNode, key: string | number): SourceNode | undefined {
  if (node.kind === 'list') return typeof key === 'number' ? node.items[key] : undefined;
  return node.kind === 'map' ? node.entries.get(String(key))?.value : undefined;
}

function jsonPart(text: string, node: SourceNode): Part {
  const parts: Entries = new Map();
  let last = node.offset + 1;
  const add = (key: string | number, keyStart: number, child: SourceNode): void => {
    const part = jsonPart(text, child);
    parts.set(key, { keyStart, part });
    last = part.end;
  };
  if (node.kind === 'map')
    for (const [key, { keyOffset, value }] of (node satisfies MapNode).entries) add(key, keyOffset, value);
  if (node.kind === 'list') for (const [index, item] of node.items.entries()) add(index, item.offset, item);
  const end =
    node.kind === 'scalar'
      ? endOfJsonScalar(text, node.offset)
      : text.indexOf(node.kind === 'map' ? '}' : ']', last) + 1;
  return { start: node.offset, end, flow: true, parts, node, isAlias: false, aliases: [] };
}

function endOfJsonScalar(text: string, start: number): number {
  const scalar = /"(?:[^"\\]|\\.)*"|[^\s,\]}]+/y;
  scalar.lastIndex = start;
  return start + (scalar.exec(text)?.[0].length ?? 0);
}
