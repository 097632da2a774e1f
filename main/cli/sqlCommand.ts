/** `drawdown sql`: one reading query on a workspace. */
import type { ParseArgsOptionsConfig } from 'node:util';
import type { SqlCell, SqlRows } from '../../shared/contract/journal.ts';
import { csvTable } from '../../shared/session/csv.ts';
import { runQuery } from '../../shared/session/sqlConsole.ts';
import { SHIPPED_QUERIES } from '../../shared/session/sqlShipped.ts';
import { saveAccount } from '../../shared/session/workspaceFile.ts';
import { openForQueries } from '../../shared/storage/query.ts';
import { BadInput } from './badInput.ts';
import { readArguments } from './command.ts';
import { readText } from './inputFiles.ts';
import { readSavedWork } from './savedWork.ts';
import { loadSql } from './sql.ts';
import { surroundings } from './surroundings.ts';

const HELP = `drawdown sql WORKSPACE QUERY [--json|--csv]

Runs one reading SQL query on a workspace, replayed as it is when it is opened. QUERY is SQL (- reads it from standard
input), or the name of one of these:
${SHIPPED_QUERIES.map(({ name, note }) => `  ${JSON.stringify(name)}  ${note}`).join('\n')}
The views usage, timeline, lots, journal, invoices, statements and statement_lines show amounts as exact decimal text;
exact_sum(amount) adds them up exactly.

  --json       one row a line as JSON, whole numbers beyond 2^53 as text
  --csv        formula-safe CSV with a header
  --limit N    most rows (default 100000)
  --help       this text

A query that makes no rows runs until it ends or Ctrl-C ends it; the workspace file is never written.
Exit status: 0; 1 rows were left out; 2 the workspace cannot be read or the query is refused.`;

const MOST_ROWS = 100_000;
const LONGEST_MS = 600_000;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  csv: { type: 'boolean', default: false },
  limit: { type: 'string', default: String(MOST_ROWS) },
} satisfies ParseArgsOptionsConfig;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function sqlCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments('sql', { help: HELP, options: OPTIONS }, args);
  if (asked === null) return 0;
  const { values: options, positionals } = asked;
  const [workspace, query, ...rest] = positionals;
  if (workspace === undefined || query === undefined || rest.length > 0)
    throw new BadInput(['drawdown sql: name one workspace and one query; see drawdown sql --help']);
  if (options.json && options.csv) throw new BadInput(['drawdown sql: --json and --csv do not go together']);
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ROWS)
    throw new BadInput([`drawdown sql: --limit ${options.limit} is no whole number from 1 to ${MOST_ROWS}`]);
  const named = SHIPPED_QUERIES.find(({ name }) => name.toLowerCase() === query.toLowerCase());
  const sql = named?.sql ?? (query === '-' ? await readText('-') : query);
  const database = openForQueries(await loadSql(), await replayed(workspace));
  try {
    const answer = runQuery(database, { sql, limit, timeoutMs: LONGEST_MS }, surroundings.now);
    if ('error' in answer) throw new BadInput([`drawdown sql: ${answer.error.message}`]);
    process.stdout.write(options.csv ? csvOf(answer) : options.json ? jsonOf(answer) : textOf(answer));
    if (answer.truncated === null) return 0;
    process.stderr.write(`drawdown sql: more than ${answer.rows.length} rows; the rest is left out\n`);
    return 1;
  } finally {
    database.close();
  }
}

/** The workspace as this version writes it, with the results of a run of now. */
async function replayed(file: string): Promise<Uint8Array> {
  const { work } = await readSavedWork(file);
  return saveAccount(await loadSql(), work);
}

function csvOf({ columns, rows }: SqlRows): string {
  return csvTable(
    columns.map(({ name }) => name),
    rows,
  );
}

/** Columns of the same name are told apart by their place. */
function jsonOf({ columns, rows }: SqlRows): string {
  const names = columns.map(({ name }, index) =>
    columns.findIndex((column) => column.name === name) === index ? name : `${name}_${index + 1}`,
  );
  const line = (row: readonly SqlCell[]): string =>
    JSON.stringify(Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
  return rows.map((row) => `${line(row)}\n`).join('');
}

/** Columns side by side, numbers to the right. */
function textOf({ columns, rows }: SqlRows): string {
  const table = [columns.map(({ name }) => name), ...rows.map((row) => row.map(shown))];
  const widths = columns.map((_, index) => table.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), 0));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        const number = ['integer', 'amount', 'real'].includes(columns[index]?.kind ?? '');
        return number ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return table.map((row) => `${line(row)}\n`).join('');
}

/** A cell on one line. */
function shown(cell: SqlCell): string {
  return cell === null ? '' : String(cell).replace(/\s+/g, ' ');
}
