/**
 * The derivation as the rows of a tree: which nodes are open, which children are at hand, which are still to be shown. A
 * row is named by its path (`0/2/1`): the same node may stand in a tree twice. Pure.
 */
import type { TraceNode } from '../../../shared/contract/trace.ts';

/** Children by the key of their node, as far as they were loaded. */
export type Children = ReadonlyMap<string, readonly TraceNode[]>;

export const ROOT_ID = '0';
/** More children than this are not listed; their sum is above them all the same. */
export const MOST_CHILDREN = 10_000;
/** The most that one answer brings. */
export const PAGE_CHILDREN = 1_000;
export const FIRST_CHILDREN = 60;
/** A node with no more children than this opens with its tree. */
const FEW = 12;

export interface NodeRow {
  readonly kind: 'node';
  readonly id: string;
  readonly parent: string | null;
  readonly depth: number;
  readonly node: TraceNode;
  /** Null where it has nothing below it. */
  readonly expanded: boolean | null;
  /** From 1, among the children of its parent. */
  readonly position: number;
  readonly siblings: number;
}

/** Stands below the children that are shown, where there are more. */
export interface MoreRow {
  readonly kind: 'more';
  readonly id: string;
  readonly parent: string;
  readonly depth: number;
  readonly node: TraceNode;
  readonly shown: number;
  readonly total: number;
}

export type TreeRow = NodeRow | MoreRow;

export function childrenOf(node: TraceNode, loaded: Children): readonly TraceNode[] | null {
  const known = loaded.get(node.key);
  const own = node.children;
  if (known === undefined) return own;
  return own === null || known.length >= own.length ? known : own;
}

/** The node of a row by its path; null where it is not at hand. */
export function nodeAt(root: TraceNode, id: string, loaded: Children): TraceNode | null {
  let node: TraceNode | null = root;
  for (const place of id.split('/').slice(1))
    node = node === null ? null : (childrenOf(node, loaded)?.[Number(place)] ?? null);
  return node;
}

/** The rows from the root down, children below their open parents. */
export function treeRows(root: TraceNode, open: ReadonlySet<string>, loaded: Children): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (node: TraceNode, at: Omit<NodeRow, 'kind' | 'node' | 'expanded'>): void => {
    const isOpen = open.has(at.id);
    rows.push({ kind: 'node', node, ...at, expanded: node.childCount === 0 ? null : isOpen });
    if (!isOpen) return;
    const children = childrenOf(node, loaded) ?? [];
    children.forEach((child, index) =>
      add(child, {
        id: `${at.id}/${index}`,
        parent: at.id,
        depth: at.depth + 1,
        position: index + 1,
        siblings: node.childCount,
      }),
    );
    if (children.length < node.childCount) {
      rows.push({
        kind: 'more',
        id: `${at.id}/more`,
        parent: at.id,
        depth: at.depth + 1,
        node,
        shown: children.length,
        total: node.childCount,
      });
    }
  };
  add(root, { id: ROOT_ID, parent: null, depth: 0, position: 1, siblings: 1 });
  return rows;
}

/** What is open when a tree is first shown: the first levels where they are short, and what says why. */
export function firstOpen(root: TraceNode): { readonly open: ReadonlySet<string>; readonly ask: readonly TraceNode[] } {
  const open = new Set([ROOT_ID]);
  const ask: TraceNode[] = root.children === null && root.childCount > 0 ? [root] : [];
  const level = (node: TraceNode, id: string, depth: number): void => {
    node.children?.forEach((child, index) => {
      const place = `${id}/${index}`;
      const explains = child.sign === '=' && child.kind === 'fact';
      if (child.childCount === 0 || child.childCount > FEW || (depth > 1 && !explains)) return;
      if (child.children === null && !explains) return;
      open.add(place);
      if (child.children === null) ask.push(child);
      else level(child, place, depth + 1);
    });
  };
  level(root, ROOT_ID, 1);
  return { open, ask };
}

/** Where a key moves the selection; null for other keys and where there is nowhere to go. */
export function movedRow(rows: readonly TreeRow[], selected: string, key: string, page: number): string | null {
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === selected),
  );
  const last = rows.length - 1;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: last }[key];
  return to === undefined ? null : (rows[Math.min(last, Math.max(0, to))]?.id ?? null);
}
