/** Located problems of one file: the first thousand are listed, all are counted. */
import type { LocatedProblem } from '../contract/engine.ts';

/** How many problems of a file are listed. */
export const LISTED_PROBLEMS = 1_000;

/** Longest piece of a file that a message quotes. */
const QUOTED_LENGTH = 60;

export class ProblemList {
  readonly listed: LocatedProblem[] = [];
  count = 0;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  add(line: number | null, column: number | null, field: string | null, message: string): void {
    this.count++;
    if (this.listed.length < LISTED_PROBLEMS) this.listed.push({ file: this.#file, line, column, field, message });
  }
}

/** A cell's text as messages show it: in quotes, control characters visible, cut at 60 characters. */
export function quoted(text: string): string {
  const shown = text.length > QUOTED_LENGTH ? text.slice(0, QUOTED_LENGTH) + '…' : text;
  return JSON.stringify(shown);
}
