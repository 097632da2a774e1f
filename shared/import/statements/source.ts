/** A file's text with its lines, and what a reader needs to report: where, and how the file was read. */
import { LISTED_PROBLEMS, ProblemList } from '../problems.ts';
import type { Zone } from '../../domain/time.ts';
import { decode, type Decoded } from './decode.ts';

/** The user's answers to what a file leaves open; each holds for the whole file. */
export interface StatementOptions {
  /** Decimal mark of a CSV's numbers. */
  readonly decimal?: '.' | ',';
  /** Order of day and month in a CSV's dates. */
  readonly dateOrder?: 'dmy' | 'mdy';
  /** Currency of a CSV that names none. */
  readonly currency?: string;
  /** A CSV's amounts are positive where the customer pays. */
  readonly chargesPositive?: boolean;
  /** Zone in which the day of an instant is taken; UTC where none is given. */
  readonly zone?: Zone;
}

export class Source {
  readonly name: string;
  readonly text: string;
  readonly encoding: Decoded['encoding'];
  readonly options: StatementOptions;
  readonly problems: ProblemList;
  readonly #notes: string[] = [];
  /** Offset of each line's first character. */
  readonly #starts: number[] = [0];

  constructor(name: string, bytes: Uint8Array, options: StatementOptions = {}) {
    const { text, encoding } = decode(bytes);
    this.name = name;
    this.text = text;
    this.encoding = encoding;
    this.options = options;
    this.problems = new ProblemList(name);
    for (const end of text.matchAll(/\r\n|\r|\n/g)) this.#starts.push(end.index + end[0].length);
    if (encoding === 'windows-1252' && text.includes('\uFFFD')) {
      this.note('Some characters are in a code page that is not known here and show as �.');
    }
  }

  /** Line of a character, from 1. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The text of a line and of `more` lines after it, without the last line end. */
  lineText(line: number, more = 0): string {
    return this.text.slice(this.#starts[line - 1], this.#starts[line + more]).replace(/[\r\n]+$/, '');
  }

  problem(line: number | null, field: string | null, message: string): void {
    this.problems.add(line, null, field, message);
  }

  /** Adds a sentence to `why`. */
  note(sentence: string): void {
    this.#notes.push(sentence);
  }

  why(...first: readonly string[]): string {
    const { count } = this.problems;
    const unlisted =
      count > LISTED_PROBLEMS ? [`${count} problems in all; the first ${LISTED_PROBLEMS} are listed.`] : [];
    return [...first, ...this.#notes, ...unlisted].join(' ');
  }
}
