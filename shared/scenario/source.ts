/** Text, YAML or JSON, to a tree with positions. Nothing of the format itself is known here. */
import { readJson } from './json.ts';
import type { SourceNode } from './tree.ts';
import { readYaml, type SourceProblem } from './yaml.ts';

/** Largest text, in bytes of UTF-8. */
export const MAX_SOURCE_BYTES = 10_000_000;

/** Line and column, both from 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Source {
  /** `null` where the text is so broken that its tree means nothing; `problems` says why. */
  readonly root: SourceNode | null;
  readonly problems: readonly SourceProblem[];
  positionOf(offset: number): Position;
}

/**
 * Reads YAML or JSON text. Never throws; whatever is wrong is in `problems`, in no particular order.
 * @param most largest text that is read, in bytes of UTF-8.
 */
export function readSource(input: string, most = MAX_SOURCE_BYTES): Source {
  const text = input.startsWith('\uFEFF') ? input.slice(1) : input;
  const positionOf = positionsIn(text);
  if (exceeds(text, most)) {
    const advice = most === MAX_SOURCE_BYTES ? '; put usage into a file of its own and name it under usage' : '';
    const message = `the file is larger than ${most / 1_000_000} MB${advice}`;
    return { root: null, problems: [{ offset: 0, message }], positionOf };
  }
  const problems: SourceProblem[] = [];
  const root = readJson(text) ?? readYaml(text, problems);
  return { root, problems, positionOf };
}

/** Finds lines by bisection; the text is gone through at the first question. */
function positionsIn(text: string): (offset: number) => Position {
  let starts: number[] | null = null;
  return (offset) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: Math.min(offset, text.length) - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Whether the text takes more bytes in UTF-8; counted only where the number of its units leaves it open. */
function exceeds(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  if (text.length * 3 <= bytes) return false;
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // the two halves of a pair take four bytes together
    count += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return count > bytes;
}
