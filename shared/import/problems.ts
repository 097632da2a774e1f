/** Located problems of one file: the first thousand are listed, all are counted. */
import type { LocatedProblem } from '../contract/importing.ts';

/** How many problems of a file are listed. */
export const LISTED_PROBLEMS = 1_000;

/** Longest piece of a file that a message quotes. */
const QUOTED_LENGTH = 60;

export class ProblemList {
  readonly listed: LocatedProblem[] = [];
  count = 0;
  readonly #file: string;
  readonly #repeated: { readonly index: number; readonly message: () => string }[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  add(line: number | null, column: number | null, field: string | null, message: string): void {
    this.count++;
    if (this.listed.length < LISTED_PROBLEMS) this.listed.push({ file: this.#file, line, column, field, message });
  }

  /** One problem of many rows, where the first of them is; its message is asked for when all are known. */
  addRepeated(line: number, column: number, field: string | null, message: () => string): void {
    this.#repeated.push({ index: this.listed.length, message });
    this.add(line, column, field, '');
  }

  /** Writes the messages of repeated problems: no more rows come. */
  settle(): void {
    for (const { index, message } of this.#repeated) {
      const problem = this.listed[index];
      if (problem !== undefined) this.listed[index] = { ...problem, message: message() };
    }
  }
}

/** A cell's text as messages show it: in quotes, control characters visible, cut at 60 characters. */
export function quoted(text: string): string {
  const shown = text.length > QUOTED_LENGTH ? text.slice(0, QUOTED_LENGTH) + '…' : text;
  return JSON.stringify(shown);
}
