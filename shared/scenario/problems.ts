/** Problems in words: where they are, what was found, and which known name was probably meant. */
import type { LocatedProblem } from '../contract/importing.ts';
import type { MapNode, SourceNode } from './tree.ts';

/** Keys and indexes from the root of the file. */
export type Path = readonly (string | number)[];

/** `FILE:LINE:COLUMN: message`, without line and column where they are not known. */
export function formatProblem(problem: LocatedProblem): string {
  const { file, line, column, message } = problem;
  const place = line === null ? file : column === null ? `${file}:${line}` : `${file}:${line}:${column}`;
  return `${place}: ${message}`;
}

/** `events[3].set.cutoff.delay`; `null` for the root. */
export function formatPath(path: Path): string | null {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text === '' ? null : text;
}

/** Where a path's value starts; where it leads nowhere, the nearest map or list that is there. */
export function offsetOfPath(root: SourceNode, path: Path): number {
  let node = root;
  for (const part of path) {
    const next = childOf(node, part);
    if (next === undefined) break;
    node = next;
  }
  return node.offset;
}

/** Where the key at the end of a path starts, or its map where it has no such key. */
export function offsetOfKey(root: SourceNode, path: Path): number {
  let node = root;
  for (const part of path.slice(0, -1)) {
    const next = childOf(node, part);
    if (next === undefined) return node.offset;
    node = next;
  }
  const key = path.at(-1);
  if (node.kind !== 'map' || key === undefined) return offsetOfPath(root, path);
  return node.entries.get(String(key))?.keyOffset ?? node.offset;
}

function childOf(node: SourceNode, part: string | number): SourceNode | undefined {
  if (node.kind === 'list') return typeof part === 'number' ? node.items[part] : undefined;
  return node.kind === 'map' ? entryOf(node, String(part)) : undefined;
}

function entryOf(node: MapNode, key: string): SourceNode | undefined {
  return node.entries.get(key)?.value;
}

/** What stands in the file, for a message: `the text "abc"`, `the number 12`, `a list`. */
export function found(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text ${quote(value)}`;
  if (typeof value === 'symbol') return `the number ${shorten(value.description ?? '')}`;
  if (typeof value === 'boolean') return String(value);
  if (value === null) return 'nothing (null)';
  return Array.isArray(value) ? 'a list' : 'a map';
}

/** Text in double quotes on one line, cut to a readable length. */
export function quote(text: string): string {
  return JSON.stringify(shorten(text));
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** `; did you mean X?` where a known name is near, else nothing. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === null ? '' : `; did you mean ${near}?`;
}

/** The known name that takes the fewest edits, at most a third of its length. */
function nearest(name: string, known: readonly string[]): string | null {
  if (name.length > 60) return null;
  const wanted = name.toLowerCase().replace(/[-\s]/g, '_');
  let best: string | null = null;
  let bestEdits = Infinity;
  for (const candidate of known) {
    const edits = editDistance(wanted, candidate.toLowerCase());
    if (edits < bestEdits && edits <= Math.max(1, Math.floor(candidate.length / 3))) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let edits = Math.min(
        (current[column - 1] ?? 0) + 1,
        (last[column] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) edits = Math.min(edits, (beforeLast[column - 2] ?? 0) + 1);
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
