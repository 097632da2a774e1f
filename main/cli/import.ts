/** `drawdown import`: takes usage files into a workspace, which it makes where there is none. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { ImportReport } from '../../shared/contract/engine.ts';
import { formatInstant, type Instant } from '../../shared/domain/time.ts';
import { formatProblem } from '../../shared/scenario/read.ts';
import type { Account } from '../../shared/session/account.ts';
import { addUsage } from '../../shared/session/addUsage.ts';
import { openSaved, saveAccount } from '../../shared/session/workspaceFile.ts';
import { WorkspaceError } from '../../shared/storage/workspace.ts';
import { writeAtomically } from '../files.ts';
import { BadInput } from './badInput.ts';
import { openUsageFile } from './inputFiles.ts';
import { canonicalLines } from './lines.ts';
import { loadSql } from './sql.ts';
import { NO_CONTEXT, surroundings } from './surroundings.ts';

const HELP = `drawdown import FILE... --workspace W [--json]
drawdown import --lines FILE...

Reads usage files (CSV, TSV, NDJSON, vendors' exports; - is standard input) into a workspace. A workspace that does not
exist is made, with a prepaid account that the usage suits. A file that was imported before brings nothing, and a repeated
id is not counted twice; both are reported. Good rows are kept where others cannot be read.

  --workspace W  the workspace, an SQLite database
  --json         one report a file as JSON, one a line
  --lines        store nothing; print what the files say as canonical lines (NDJSON): usage, or the lines of a statement
                 (OFX, CAMT.053, MT940, bank CSV, Stripe exports; positive: the customer pays)
  --help         this text

Exit status: 0; 1 rows were rejected, or a statement does not tie; 2 a file cannot be used, and nothing is stored.`;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function importCommand(args: readonly string[]): Promise<number> {
  const { values: options, positionals: names } = parse(args);
  if (options.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  if (names.length === 0) throw new BadInput(['drawdown import: name at least one file; see drawdown import --help']);
  if (options.lines) return printLines(names);
  const { workspace } = options;
  if (workspace === undefined) throw new BadInput(['drawdown import: say where to with --workspace W']);

  const files = [];
  for (const name of names) files.push(await openUsageFile(name));
  const added = await addUsage(files, await openWorkspace(workspace), surroundings, NO_CONTEXT);
  if (!added.ok) throw new BadInput(added.problems.map(formatProblem));
  if (added.account !== null) await writeAtomically(workspace, saveAccount(await loadSql(), added.account));
  const lines = added.reports.map((report) => (options.json ? JSON.stringify(reportJson(report)) : reportText(report)));
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return added.reports.some(({ rows }) => rows.rejected > 0) ? 1 : 0;
}

async function printLines(names: readonly string[]): Promise<number> {
  const read = [];
  for (const name of names) read.push(await canonicalLines(await openUsageFile(name)));
  for (const { lines, problems } of read) {
    process.stderr.write(problems.map((problem) => `${problem}\n`).join(''));
    process.stdout.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }
  return read.every(({ whole }) => whole) ? 0 : 1;
}

function parse(args: readonly string[]): ReturnType<typeof parseOptions> {
  try {
    return parseOptions(args);
  } catch (error) {
    throw new BadInput([`drawdown import: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function parseOptions(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      workspace: { type: 'string' },
      json: { type: 'boolean', default: false },
      lines: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

/** The account of a workspace; null where there is none yet. */
async function openWorkspace(file: string): Promise<Account | null> {
  if (!existsSync(file)) return null;
  try {
    const opened = openSaved(await loadSql(), await readFile(file), surroundings);
    if (!opened.ok) throw new BadInput(opened.problems.map(formatProblem));
    return opened.account;
  } catch (error) {
    if (error instanceof WorkspaceError) throw new BadInput([`${file}: ${error.message}`]);
    throw error;
  }
}

function reportJson({
  file,
  sha256,
  format,
  why,
  rows,
  from,
  to,
  cost,
  repeatedFile,
  problems,
  problemCount,
}: ImportReport): object {
  const instant = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));
  const listed = problems.map(({ line, column, field, message }) => ({ line, column, field, message }));
  return {
    file,
    sha256,
    format,
    why,
    repeated_file: repeatedFile,
    rows,
    from: instant(from),
    to: instant(to),
    cost,
    problem_count: problemCount,
    problems: listed,
  };
}

function reportText({ file, format, rows, cost, repeatedFile, problems, problemCount }: ImportReport): string {
  if (repeatedFile) return `${file}: imported before, nothing stored`;
  const counts = `${rows.read} rows read, ${rows.stored} stored, ${rows.duplicate} duplicate, ${rows.rejected} rejected, ${rows.adjustments} adjustments`;
  const more = problemCount > problems.length ? [`  and ${problemCount - problems.length} more problems`] : [];
  return [
    `${file}: ${format}, ${counts}${cost === null ? '' : `, cost ${cost}`}`,
    ...problems.map((problem) => `  ${formatProblem(problem)}`),
    ...more,
  ].join('\n');
}
