/** All sources of a workspace to their tables and back. */
import type { Progress } from '../contract/rpc.ts';
import { parseAmount, type Atoms } from '../domain/money.ts';
import type { Statement, Tie } from '../domain/statement.ts';
import { countUsageRows, readBatch, readNames } from './readUsage.ts';
import type { StoredSource } from './source.ts';
import {
  ADJUSTMENTS,
  FILES,
  GROWN_IDS,
  PROBLEMS,
  RESTATED_ROWS,
  STATED_BALANCES,
  STATED_GRANTS,
  STATEMENT_LINES,
  STATEMENTS,
  type SourceFile,
  type StatementHead,
} from './sourceTables.ts';
import { readTexts, textOf } from './sourceTexts.ts';
import { rowsOf, type Database } from './sqlite.ts';
import { asProgress } from './turns.ts';

/** Writes all sources but their usage rows and texts, which are pages of their own. Files are numbered from 1. */
export function writeSources(database: Database, sources: readonly StoredSource[]): void {
  for (const [index, source] of sources.entries()) writeSource(database, index + 1, source);
}

function writeSource(database: Database, fileId: number, source: StoredSource): void {
  const { report, batch, adjustments, grownIds, restated, statement, text } = source;
  const file: SourceFile = {
    report,
    kept: source,
    usageRows: batch.count,
    textPieces: text === null ? null : text.pieces.length,
  };
  FILES.insert(database, fileId, [file]);
  PROBLEMS.insert(database, fileId, report.problems);
  ADJUSTMENTS.insert(database, fileId, adjustments);
  GROWN_IDS.insert(database, fileId, grownIds);
  RESTATED_ROWS.insert(database, fileId, restated);
  if (statement === null) return;
  STATEMENTS.insert(database, fileId, [statement]);
  STATEMENT_LINES.insert(database, fileId, statement.lines);
  STATED_BALANCES.insert(database, fileId, statement.balances);
  STATED_GRANTS.insert(database, fileId, statement.grants);
}

/** Reads all sources back as they were written. @throws RangeError where rows are missing or left over */
export function* readSources(database: Database): Generator<Progress, StoredSource[]> {
  const names = readNames(database);
  const problems = PROBLEMS.read(database, 'rowid');
  const adjustments = ADJUSTMENTS.read(database, 'adjustment_id');
  const grownIds = GROWN_IDS.read(database, 'rowid');
  const restated = RESTATED_ROWS.read(database, 'rowid');
  const statements = STATEMENTS.read(database, 'file_id');
  const lines = STATEMENT_LINES.read(database, 'line_id');
  const balances = STATED_BALANCES.read(database, 'balance_id');
  const grants = STATED_GRANTS.read(database, 'grant_id');
  const texts = readTexts(database);
  const files = [...FILES.read(database, 'file_id')].flatMap(([fileId, [file]]) =>
    file === undefined ? [] : [{ fileId, ...file }],
  );
  const rows = countUsageRows(database);
  const expected = files.reduce((sum, { usageRows }) => sum + usageRows, 0);
  if (rows !== expected) throw new RangeError(`it holds ${rows} usage rows; its files have ${expected}`);
  const first = firstUsageRow(database);
  let before = 0;
  const sources: StoredSource[] = [];
  for (const { fileId, report, kept, usageRows, textPieces } of files) {
    const { file } = report;
    const reading = readBatch(database, { fileId, firstRow: first + before, count: usageRows }, file, names);
    const batch = yield* asProgress(reading, (done) => ({
      what: 'Reading usage rows',
      done: before + done,
      total: rows,
    }));
    before += usageRows;
    sources.push({
      ...kept,
      report: {
        ...report,
        repeatedFile: false,
        problems: (problems.get(fileId) ?? []).map((problem) => ({ file, ...problem })),
      },
      batch,
      adjustments: (adjustments.get(fileId) ?? []).map((adjustment) => ({ ...adjustment, source: file })),
      grownIds: grownIds.get(fileId) ?? [],
      restated: restated.get(fileId) ?? [],
      statement: statementOf(
        statements.get(fileId)?.[0],
        {
          lines: lines.get(fileId) ?? [],
          balances: balances.get(fileId) ?? [],
          grants: grants.get(fileId) ?? [],
        },
        report.tie,
      ),
      text: textOf(textPieces, texts.get(fileId) ?? [], file),
    });
  }
  return sources;
}

function firstUsageRow(database: Database): number {
  const [[first] = []] = rowsOf(database, 'SELECT min(row_id) FROM usage_row');
  return Number(first ?? 1n);
}

/** A statement's tie is what its report says. */
function statementOf(
  head: StatementHead | undefined,
  rows: Pick<Statement, 'lines' | 'balances' | 'grants'>,
  tie: SourceFile['report']['tie'],
): Statement | null {
  return head === undefined ? null : { ...head, ...rows, tie: tie === null ? null : tieOf(tie) };
}

function tieOf({ opening, movements, closing, holds, firstBreakLine }: NonNullable<SourceFile['report']['tie']>): Tie {
  return { opening: atoms(opening), movements: atoms(movements), closing: atoms(closing), holds, firstBreakLine };
}

function atoms(text: string): Atoms {
  const amount = parseAmount(text);
  if (typeof amount !== 'bigint') throw new RangeError(`${text} is no exact decimal`);
  return amount;
}
