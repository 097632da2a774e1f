/** Lines of a scenario's file: where a policy value or an event stands, and whether the file says it at all. */
import { readSource, type Source } from '../../scenario/source.ts';
import type { SourceNode } from '../../scenario/tree.ts';

/** A longer text takes longer to read than an answer may: it has no lines then. */
const LONGEST_TEXT = 100_000;

export class ScenarioLines {
  readonly #text: string;
  #source: Source | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether lines are known at all. */
  get known(): boolean {
    return this.#text.length <= LONGEST_TEXT;
  }

  /** The line on which the value of a path starts; null where there is none, or none is known. */
  lineOf(path: readonly (string | number)[]): number | null {
    if (!this.known) return null;
    this.#source ??= readSource(this.#text);
    let node: SourceNode | null | undefined = this.#source.root;
    for (const part of path) {
      if (node === null || node === undefined) return null;
      if (node.kind === 'list') node = typeof part === 'number' ? node.items[part] : undefined;
      else node = node.kind === 'map' ? node.entries.get(String(part))?.value : undefined;
    }
    return node === null || node === undefined ? null : this.#source.positionOf(node.offset).line;
  }
}
