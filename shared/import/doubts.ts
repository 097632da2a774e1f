/** What a file's values leave open, once for each column: the problem that counts the rows, and the question. */
import type { ProblemList } from './problems.ts';
import { quoted } from './problems.ts';

export type OpenChoice = 'zone' | 'decimal' | 'dateOrder';

export interface Doubt {
  readonly choice: OpenChoice;
  /** Header of the column. */
  readonly column: string;
  readonly example: string;
  /** Rows that wait for the answer. */
  readonly rows: number;
}

/** What is in doubt about one value, and about many. */
const SAYS: Readonly<Record<OpenChoice, { readonly one: string; readonly many: string; readonly right: string }>> = {
  zone: {
    one: 'has neither Z nor an offset',
    many: 'times have neither Z nor an offset',
    right: 'choose a time zone for this file',
  },
  decimal: {
    one: 'may be thousands or a decimal',
    many: 'figures may be thousands or decimals',
    right: 'choose the decimal mark of this file',
  },
  dateOrder: {
    one: 'may have the day or the month first',
    many: 'dates may have the day or the month first',
    right: "choose the order of this file's dates",
  },
};

export class Doubts {
  readonly #problems: ProblemList;
  readonly #open = new Map<string, { choice: OpenChoice; column: string; example: string; rows: number }>();

  constructor(problems: ProblemList) {
    this.#problems = problems;
  }

  /** Counts a row that is left out because of one of its cells. `instead` is what may be written for the example. */
  add(
    choice: OpenChoice,
    column: string,
    example: string,
    place: { line: number; column: number },
    instead = '',
  ): void {
    const key = `${choice} ${column}`;
    const known = this.#open.get(key);
    if (known !== undefined) {
      known.rows++;
      return;
    }
    const doubt = { choice, column, example, rows: 1 };
    this.#open.set(key, doubt);
    const { one, many, right } = SAYS[choice];
    const write = instead === '' ? '' : `, or write ${instead}`;
    this.#problems.addRepeated(place.line, place.column, column, () =>
      doubt.rows === 1
        ? `${quoted(example)} ${one}; ${right}${write}`
        : `${doubt.rows} ${many}, the first is ${quoted(example)}; ${right}${write}`,
    );
  }

  of(choice: OpenChoice): readonly Doubt[] {
    return this.all().filter((doubt) => doubt.choice === choice);
  }

  all(): readonly Doubt[] {
    return [...this.#open.values()];
  }
}
