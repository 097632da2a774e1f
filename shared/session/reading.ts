/**
 * Reads text files one behind another, whatever they hold, each knowing the rows of those before it. What an import stores
 * and what a preview shows both come from here; reading stores nothing.
 */
import type {
  ImportReport,
  LineMark,
  LocatedProblem,
  Mend,
  PreviewColumn,
  Profiles,
  Question,
  ReadingChoices,
  TieReport,
} from '../contract/importing.ts';
import type { CallContext } from '../contract/rpc.ts';
import { formatAtoms, type Atoms } from '../domain/money.ts';
import type { StatedBalance } from '../domain/statedBalance.ts';
import type { Statement, StatementLine, Tie } from '../domain/statement.ts';
import { parseInstant, type Instant } from '../domain/time.ts';
import { noRows } from '../domain/usage.ts';
import { ContainerError, type TextFile } from '../import/containers/unpack.ts';
import { fingerprintOf } from '../import/fingerprint.ts';
import { IdSet } from '../import/idSet.ts';
import type { Head } from '../import/importer.ts';
import { importUsage } from '../import/importUsage.ts';
import type { LeftOutRow } from '../import/leftOutRows.ts';
import type { UsageReading } from '../import/usageReading.ts';
import { readingWithoutOverlap, type EarlierSource } from '../import/overlap.ts';
import { recogniseFile } from '../import/recogniseFile.ts';
import { linesNotStored } from '../import/statements/overlapLines.ts';
import { readStatementFile } from '../import/statements/statementFile.ts';
import { headOfFile } from '../import/textHead.ts';
import type { StoredSource } from '../storage/source.ts';
import { isCompared } from './counted.ts';
import type { Surroundings } from './surroundings.ts';

/** A file as it was read: what would be stored, and what is to be shown and asked before. */
export interface FileReading {
  readonly source: StoredSource;
  readonly columns: readonly PreviewColumn[] | null;
  readonly meanings: readonly { readonly meaning: string; readonly label: string }[];
  readonly questions: readonly Question[];
  readonly mends: readonly Mend[];
  /** The choices, or some of them, came from a profile. */
  readonly fromProfile: boolean;
  /** Nothing could be read at all. */
  readonly unreadable: boolean;
  /** What lines say that are no rows. */
  readonly marks: readonly LineMark[];
  /** The first of the rows and lines that were left out as repeats. */
  readonly leftOut: {
    readonly rows: readonly LeftOutRow[];
    readonly lines: readonly StatementLine[];
    readonly balances: readonly StatedBalance[];
  };
  /** The query's next page, where the file says that there is one. */
  readonly nextPage: string | null;
}

export interface ReadRequest {
  readonly choices: ReadingChoices;
  readonly profiles: Profiles;
  /** Of the account: usage in another one is a problem. Null where the account is not known yet. */
  readonly currency: string | null;
  /** Of the file as given, where it is packed. */
  readonly sha256: string | null;
  /** Whether the text is kept with the rows. */
  readonly keepText: boolean;
}

export class ReadingSequence {
  readonly #surroundings: Surroundings;
  readonly #ids = new IdSet();
  readonly #texts = new Set<string>();
  readonly #earlier: EarlierSource[] = [];
  readonly #statements: Statement[] = [];

  constructor(stored: readonly StoredSource[], surroundings: Surroundings) {
    this.#surroundings = surroundings;
    for (const source of stored) this.know(source);
  }

  /** Reads a file against all before it, and counts it among them. Throws only where the call is cancelled. */
  async read(file: TextFile, request: ReadRequest, context: CallContext): Promise<FileReading> {
    const before = this.#ids.size;
    try {
      const reading = await this.#read(file, request, context);
      this.#remember(reading.source);
      return reading;
    } catch (error) {
      this.#ids.rollback(before);
      if (error instanceof ContainerError) return unreadable(file, request, error.message);
      throw error;
    }
  }

  /** Counts a file that was read before among those before the next. */
  know(source: StoredSource): void {
    if (!isCompared(source)) this.#ids.addBatch(source.batch, source.adjustments);
    this.#remember(source);
  }

  /** What was read becomes known; the ids of its rows were taken while they were read. */
  #remember(source: StoredSource): void {
    if (source.textSha256 !== '') this.#texts.add(source.textSha256);
    if (source.statement !== null) this.#statements.push(source.statement);
    else if (!isCompared(source)) this.#earlier.push(source);
  }

  async #read(file: TextFile, request: ReadRequest, context: CallContext): Promise<FileReading> {
    const head = await headOfFile(file);
    const fingerprint = head.table === null ? null : fingerprintOf(head.table.header);
    const profile = fingerprint === null ? undefined : request.profiles[fingerprint];
    const choices = { ...profile, ...request.choices };
    const found = recogniseFile(head, choices.format);
    const known = { fingerprint, choices, fromProfile: profile !== undefined };
    return found?.kind === 'statement'
      ? this.#statement(file, request, known, found.format, context)
      : this.#usage(file, head, request, known, context);
  }

  async #usage(
    file: TextFile,
    head: Head,
    request: ReadRequest,
    known: Known,
    context: CallContext,
  ): Promise<FileReading> {
    const { createHash, deflate, yieldToHost } = this.#surroundings;
    const before = this.#ids.size;
    // evidence is read by itself: what it repeats of the usage that counts is what it is compared for
    const isEvidence = known.choices.role === 'compare';
    const read = await importUsage(
      file,
      {
        choices: known.choices,
        head,
        ...(request.currency === null ? {} : { currency: request.currency }),
        knownIds: isEvidence ? new IdSet() : this.#ids,
        knownTexts: this.#texts,
        deflate: request.keepText ? deflate : null,
        yieldToHost,
        ...(createHash === undefined ? {} : { createHash }),
      },
      context,
    );
    const unsure = read.report.kind === 'unknown';
    if (unsure) this.#ids.rollback(before);
    const reading = readingWithoutOverlap(unsure ? refused(read) : read, isEvidence ? [] : this.#earlier);
    const { report, batch, adjustments, textSha256, grownIds, restated, text } = reading;
    return {
      ...known,
      source: {
        report: { ...report, sha256: request.sha256 ?? report.sha256 },
        textSha256,
        choices: known.choices,
        fingerprint: known.fingerprint,
        importedAt: this.#surroundings.today(),
        ofScenario: false,
        batch,
        adjustments,
        placement: batch.until === null ? null : (known.choices.placement ?? 'spread'),
        grownIds,
        restated,
        statement: null,
        text,
      },
      columns: reading.columns,
      meanings: reading.meanings,
      questions: reading.questions,
      mends: [],
      unreadable: unsure || (report.rows.read === 0 && report.problemCount > 0),
      marks: [],
      leftOut: { rows: reading.leftOut, lines: [], balances: [] },
      nextPage: reading.nextPage,
    };
  }

  async #statement(
    file: TextFile,
    request: ReadRequest,
    known: Known,
    format: string,
    context: CallContext,
  ): Promise<FileReading> {
    const { createHash, deflate, now } = this.#surroundings;
    const choices = { ...(request.currency === null ? {} : { currency: request.currency }), ...known.choices, format };
    const { reading, ...read } = await readStatementFile(file, choices, { createHash, deflate, now }, context);
    if (!('lines' in reading)) return unreadable(file, request, ...reading.problems);
    const repeatedFile = this.#texts.has(read.textSha256);
    const { statement, ...found } = linesNotStored(reading, this.#statements);
    const stored = repeatedFile ? NO_STATED : statement;
    const { repeated, repeatedBalances } = repeatedFile
      ? { repeated: reading.lines, repeatedBalances: reading.balances }
      : found;
    const all = rowCount(reading);
    const report: ImportReport = {
      file: file.name,
      kind: 'statement',
      sha256: request.sha256 ?? read.textSha256,
      size: read.size,
      format: reading.format,
      why: [file.how ?? '', reading.why].join(' ').trim(),
      encoding: reading.encoding,
      rows: {
        ...NO_ROWS,
        read: all + reading.rejected,
        stored: rowCount(stored),
        duplicate: all - rowCount(stored),
        rejected: reading.rejected,
      },
      ...spanOf(stored),
      totals: totalsOf(stored.lines),
      repeated: totalsOf(repeated),
      tie: reading.tie === null ? null : tieReport(reading.tie),
      repeatedFile,
      problems: reading.problems,
      problemCount: reading.problemCount,
    };
    return {
      source: {
        report,
        textSha256: read.textSha256,
        choices: known.choices,
        fingerprint: known.fingerprint,
        importedAt: this.#surroundings.today(),
        ofScenario: false,
        batch: noRows(file.name),
        adjustments: [],
        placement: null,
        grownIds: [],
        restated: [],
        statement: { ...statement, ...stored },
        text: read.text,
      },
      fromProfile: known.fromProfile,
      columns: reading.columns,
      meanings: reading.meanings,
      questions: reading.questions,
      mends: reading.mends,
      unreadable: false,
      marks: reading.marks,
      leftOut: { rows: [], lines: repeated, balances: repeatedBalances },
      nextPage: null,
    };
  }
}

interface Known {
  readonly fingerprint: string | null;
  readonly choices: ReadingChoices;
  readonly fromProfile: boolean;
}

/** A report's row counts before anything was read. */
export const NO_ROWS: ImportReport['rows'] = {
  read: 0,
  stored: 0,
  duplicate: 0,
  rejected: 0,
  adjustments: 0,
  complimentary: 0,
  rounded: 0,
  superseded: 0,
};

/** What only an unsure guess could read is not stored; its columns are still shown, for the user to say what they are. */
function refused(reading: UsageReading): UsageReading {
  const { report } = reading;
  const message = `no format is sure of this file: ${report.why} Choose its format`;
  const problem = { file: report.file, line: null, column: null, field: null, message };
  return {
    ...reading,
    batch: noRows(report.file),
    adjustments: [],
    grownIds: [],
    report: {
      ...report,
      rows: { ...NO_ROWS, read: report.rows.read, rejected: report.rows.read },
      ...{ from: null, to: null, totals: {}, repeated: {} },
      ...(report.problemCount === 0 ? { problems: [problem], problemCount: 1 } : {}),
    },
  };
}

/** A file of which nothing can be read, and why. */
function unreadable(
  file: TextFile,
  request: ReadRequest,
  ...problems: readonly (LocatedProblem | string)[]
): FileReading {
  const listed = problems.map((problem) =>
    typeof problem === 'string'
      ? { file: file.name, line: null, column: null, field: null, message: problem }
      : problem,
  );
  return {
    source: {
      report: {
        file: file.name,
        kind: 'unknown',
        sha256: request.sha256 ?? '',
        size: file.size ?? 0,
        format: 'unknown',
        why: file.how ?? '',
        encoding: null,
        rows: NO_ROWS,
        from: null,
        to: null,
        totals: {},
        repeated: {},
        tie: null,
        repeatedFile: false,
        problems: listed,
        problemCount: listed.length,
      },
      textSha256: '',
      choices: request.choices,
      fingerprint: null,
      importedAt: null,
      ofScenario: false,
      batch: noRows(file.name),
      adjustments: [],
      placement: null,
      grownIds: [],
      restated: [],
      statement: null,
      text: null,
    },
    columns: null,
    meanings: [],
    questions: [],
    mends: [],
    fromProfile: false,
    unreadable: true,
    marks: [],
    leftOut: { rows: [], lines: [], balances: [] },
    nextPage: null,
  };
}

type StatedRows = Pick<Statement, 'lines' | 'balances' | 'grants'>;

const NO_STATED: StatedRows = { lines: [], balances: [], grants: [] };

/** Rows of a statement: movements, balances, grants. */
function rowCount({ lines, balances, grants }: StatedRows): number {
  return lines.length + balances.length + grants.length;
}

/** First and last instant; of a day, the one at which it begins in UTC. */
function spanOf({ lines, balances }: StatedRows): { readonly from: Instant | null; readonly to: Instant | null } {
  const dates = [...lines.map(({ date }) => date), ...balances.flatMap(({ on }) => on ?? [])];
  const days = dates.map((date) => parseInstant(`${date}T00:00:00Z`)).filter((day) => typeof day === 'number');
  const times = [...days, ...balances.flatMap(({ at }) => at ?? [])];
  if (times.length === 0) return { from: null, to: null };
  return { from: times.reduce((a, b) => Math.min(a, b)), to: times.reduce((a, b) => Math.max(a, b)) };
}

function totalsOf(lines: readonly StatementLine[]): Readonly<Record<string, string>> {
  const sums = new Map<string, Atoms>();
  for (const { currency, amount } of lines) sums.set(currency, (sums.get(currency) ?? 0n) + amount);
  return Object.fromEntries([...sums].map(([currency, sum]) => [currency, formatAtoms(sum)]));
}

function tieReport({ opening, movements, closing, holds, firstBreakLine }: Tie): TieReport {
  return {
    opening: formatAtoms(opening),
    movements: formatAtoms(movements),
    closing: formatAtoms(closing),
    holds,
    firstBreakLine,
  };
}
