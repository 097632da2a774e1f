/** The tree of a scenario file: plain nodes with positions, whatever notation they were written in. */

/** Deepest nesting; the format itself needs eight. */
export const MAX_DEPTH = 64;

/**
 * A node without its position. A number is a symbol whose description is the source text: exact, and unlike an object
 * it cannot be mistaken for a map.
 */
export type Plain = string | boolean | null | symbol | readonly Plain[] | PlainMap;
export interface PlainMap {
  readonly [key: string]: Plain;
}

interface NodeBase {
  /** Where its text starts, in UTF-16 units. */
  readonly offset: number;
  /** Without a prototype where it is a map. */
  readonly plain: Plain;
  /** Nodes in it, itself and what aliases repeat included. */
  readonly size: number;
}
export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
}
export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
}
export interface MapNode extends NodeBase {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
}
export interface Entry {
  readonly keyOffset: number;
  readonly value: SourceNode;
}
export type SourceNode = ScalarNode | ListNode | MapNode;

export function scalarNode(offset: number, plain: Plain): ScalarNode {
  return { kind: 'scalar', offset, plain, size: 1 };
}

export function listNode(offset: number, items: readonly SourceNode[]): ListNode {
  let size = 1;
  for (const item of items) size += item.size;
  return { kind: 'list', offset, plain: items.map((item) => item.plain), size, items };
}

/** @param entries by key; none of them is `__proto__`. */
export function mapNode(offset: number, entries: ReadonlyMap<string, Entry>): MapNode {
  let size = 1;
  const plain = Object.create(null) as Record<string, Plain>;
  for (const [key, { value }] of entries) {
    size += value.size;
    plain[key] = value.plain;
  }
  return { kind: 'map', offset, plain, size, entries };
}
