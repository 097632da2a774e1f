/** A file's text with its lines, and what a reader needs to report: where, and how the file was read. */
import type { Question, ReadingChoices } from '../../contract/importing.ts';
import { zoneOf, type Instant, type Zone } from '../../domain/time.ts';
import { utf8Of } from '../encoding.ts';
import { LISTED_PROBLEMS, ProblemList, quoted } from '../problems.ts';
import { TextPlaces } from '../textPlaces.ts';
import { decode, type Decoded } from './decode.ts';

/** The user's answers to what a file leaves open, with the zone looked up; the day of an instant is taken in it. */
export interface StatementOptions extends Omit<ReadingChoices, 'zone'> {
  readonly zone?: Zone;
}

export class Source {
  readonly name: string;
  readonly text: string;
  readonly encoding: Decoded['encoding'];
  readonly options: StatementOptions;
  readonly problems: ProblemList;
  readonly questions: Question[] = [];
  /** When the file was last changed, where that is known. */
  readonly modified: Instant | null;
  /** Bookings that were found, and those that were left out because of problems. */
  read = 0;
  rejected = 0;
  readonly #notes: string[] = [];
  #places: TextPlaces | null = null;
  /** Offset of each line's first character. */
  readonly #starts: number[] = [0];

  constructor(name: string, bytes: Uint8Array, choices: ReadingChoices = {}, modified: Instant | null = null) {
    const { text, encoding } = decode(bytes);
    const { zone: zoneName, ...others } = choices;
    const zone = zoneName === undefined ? null : zoneOf(zoneName);
    this.name = name;
    this.modified = modified;
    this.text = text;
    this.encoding = encoding;
    this.options = zone === null ? others : { ...others, zone };
    this.problems = new ProblemList(name);
    if (zoneName !== undefined && zone === null) {
      const right = 'name an IANA zone such as Europe/Berlin';
      this.problem(null, 'zone', `${quoted(zoneName)} is no time zone that is known here; ${right}`);
    }
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

  /** Line of a byte of the text in UTF-8. */
  lineAtByte(offset: number): number {
    this.#places ??= new TextPlaces(utf8Of(this.text));
    return this.#places.at(offset).line;
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

  /** A problem that keeps a booking out. */
  reject(line: number | null, field: string | null, message: string): void {
    this.rejected++;
    this.problem(line, field, message);
  }

  /** Something the file leaves open: one question, and one problem at the first place where it matters. */
  ask(line: number | null, question: Question): void {
    this.questions.push(question);
    this.problem(line, question.column ?? question.choice, question.asks);
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
