/** What every statement reader yields. */
import type { LineMark, LocatedProblem, Mend, PreviewColumn, Question } from '../../contract/importing.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import type { Statement } from '../../domain/statement.ts';
import type { Decoded } from './decode.ts';
import type { Source } from './source.ts';

export interface StatementReading extends Statement {
  readonly format: string;
  /** For the user: what shows the format, and how the file was read. */
  readonly why: string;
  /** Of the text; null where the file is none. */
  readonly encoding: Decoded['encoding'] | null;
  /** The first problems; `problemCount` is how many there are in all. */
  readonly problems: readonly LocatedProblem[];
  readonly problemCount: number;
  /** What the file leaves open. While anything is, the rows concerned are problems and no lines. */
  readonly questions: readonly Question[];
  /** Only where the statement does not tie: what would make it tie. */
  readonly mends: readonly Mend[];
  /** Names of the columns as they stand in the file; null where it has none. */
  readonly header: readonly string[] | null;
  /** Null where columns have no say in how the format is read. */
  readonly columns: readonly PreviewColumn[] | null;
  readonly meanings: readonly Meaning[];
  /** What lines say that are no bookings. */
  readonly marks: readonly LineMark[];
  /** Bookings in the file, and how many of them were left out because of problems. */
  readonly read: number;
  readonly rejected: number;
}

/** What a column can be read as. */
export interface Meaning {
  readonly meaning: string;
  readonly label: string;
}

type Known = Pick<StatementReading, 'format' | 'why' | 'currency'> & Partial<StatementReading>;

/** A reading with what the source knows of it, and nothing that most formats lack. */
export function readingOf(source: Source, known: Known): StatementReading {
  return {
    account: null,
    opening: null,
    closing: null,
    lines: [],
    balances: [],
    grants: [],
    tie: null,
    mends: [],
    header: null,
    columns: null,
    meanings: [],
    marks: [],
    encoding: source.encoding,
    ...soFar(source),
    ...known,
  };
}

/** A line that states a balance, in the bank's sign. */
export function balanceMark(says: 'opening' | 'closing', line: number, amount: Atoms): LineMark {
  return { line, says, amount: formatAtoms(amount) };
}

/** What the source counted while it was read. */
export function soFar(
  source: Source,
): Pick<StatementReading, 'problems' | 'problemCount' | 'questions' | 'read' | 'rejected'> {
  return {
    problems: source.problems.listed,
    problemCount: source.problems.count,
    questions: source.questions,
    read: source.read,
    rejected: source.rejected,
  };
}
