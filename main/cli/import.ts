/** `drawdown import`: takes files into a workspace, which it makes where there is none. */
import { existsSync } from 'node:fs';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { FilePreview, ImportReport } from '../../shared/contract/importing.ts';
import { formatProblem } from '../../shared/scenario/read.ts';
import { profilesOf, takeReadings } from '../../shared/session/imports.ts';
import { Staging, takerOf } from '../../shared/session/staging.ts';
import { newWork, saveAccount } from '../../shared/session/workspaceFile.ts';
import { writeAtomically } from '../files.ts';
import { BadInput } from './badInput.ts';
import { CHOICE_OPTIONS, CHOICES_HELP, choicesFrom, howToAnswer } from './choices.ts';
import { readArguments } from './command.ts';
import { openUsageFile } from './inputFiles.ts';
import { importReportJson, importReportText } from './importReport.ts';
import { canonicalLines } from './lines.ts';
import { readSavedWork } from './savedWork.ts';
import { loadSql } from './sql.ts';
import { NO_CONTEXT, surroundings } from './surroundings.ts';

const HELP = `drawdown import FILE... --workspace W [--json]
drawdown import --lines FILE...

Reads files into a workspace: usage logs and cost exports, statements of banks and vendors; also inside gzip, zip or zstd
(- is standard input). A workspace that does not exist is made, with an account that the files suit. A file that was
imported before brings nothing, a row that is there already is not counted again; both are reported. Good rows are kept
where others cannot be read. A file that counts the usage of another one a second time is left out.

  --workspace W  the workspace, an SQLite database
  --json         one report a file as JSON, one a line
  --lines        store nothing; print what the files say as canonical lines (NDJSON; positive: the customer pays)
  --count-twice  take also a file that states the same usage as another, by another grouping
${CHOICES_HELP}
  --help         this text

Exit status: 0; 1 rows were rejected, a statement does not tie, or a file was left out; 2 a file cannot be read, and nothing
is stored.`;

const OPTIONS = {
  workspace: { type: 'string' },
  json: { type: 'boolean', default: false },
  lines: { type: 'boolean', default: false },
  'count-twice': { type: 'boolean', default: false },
  ...CHOICE_OPTIONS,
} satisfies ParseArgsOptionsConfig;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function importCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments('import', { help: HELP, options: OPTIONS }, args);
  if (asked === null) return 0;
  const { values: options, positionals: names } = asked;
  if (names.length === 0) throw new BadInput(['drawdown import: name at least one file; see drawdown import --help']);
  const choices = choicesFrom(options);
  const files = [];
  for (const name of names) files.push(await openUsageFile(name));
  const { workspace } = options;
  if (workspace === undefined && !options.lines)
    throw new BadInput(['drawdown import: say where to with --workspace W']);

  const isKept = workspace !== undefined && !options.lines && existsSync(workspace);
  const saved = isKept ? (await readSavedWork(workspace)).work : null;
  const account = saved?.account ?? null;
  const taker = takerOf(account);
  const staging = new Staging(surroundings);
  await staging.add(files, profilesOf(taker.sources), choices, taker, NO_CONTEXT);
  if (options.lines) return printLines(staging);
  const previews = await staging.previews(taker, NO_CONTEXT);
  const report = options.json ? importReportJson : importReportText;
  const print = (reports: readonly ImportReport[]): void => {
    process.stdout.write(reports.map((of) => `${report(of)}\n`).join(''));
  };
  process.stderr.write(previews.flatMap(open).join(''));

  if (previews.some(({ report: { kind }, unreadable }) => kind === 'unknown' || unreadable)) {
    if (!options.json) throw new BadInput(previews.flatMap((preview) => preview.report.problems.map(formatProblem)));
    print(previews.map((preview) => nothingStored(preview.report)));
    return 2;
  }
  const refused = previews.filter(({ doubleCount }) => doubleCount !== null && !options['count-twice']);
  const taken = previews.filter((preview) => !refused.includes(preview)).map(({ id }) => id);
  const { outcome, reports } = takeReadings(account, await staging.settle(taken, taker, NO_CONTEXT), surroundings);
  if (outcome?.ok === false) throw new BadInput(outcome.problems.map(formatProblem));
  if (outcome !== null && workspace !== undefined)
    await writeAtomically(
      workspace,
      saveAccount(await loadSql(), { ...(saved ?? newWork(outcome.account)), account: outcome.account }),
    );
  print([...reports, ...refused.map(refusal)]);
  const clean = reports.every(({ rows, tie }) => rows.rejected === 0 && tie?.holds !== false);
  return clean && refused.length === 0 ? 0 : 1;
}

async function printLines(staging: Staging): Promise<number> {
  const read = canonicalLines(await staging.settle(staging.ids, { sources: [], currency: null }, NO_CONTEXT));
  if (read.unreadable.length > 0) throw new BadInput(read.unreadable);
  process.stderr.write(read.problems.map((problem) => `${problem}\n`).join(''));
  for (const line of read.lines) process.stdout.write(`${JSON.stringify(line)}\n`);
  return read.whole ? 0 : 1;
}

/** What a file leaves open, and which option answers it. */
function open({ report: { file }, questions }: FilePreview): string[] {
  return questions.map((question) => `${file}: ${question.asks} ${howToAnswer(question)}\n`);
}

function nothingStored(report: ImportReport): ImportReport {
  return { ...report, rows: { ...report.rows, stored: 0, adjustments: 0 }, from: null, to: null, totals: {} };
}

function refusal({ report, doubleCount }: FilePreview): ImportReport {
  const message = `${doubleCount?.says ?? ''} It was left out; take it all the same with --count-twice`;
  const problem = { file: report.file, line: null, column: null, field: null, message };
  const nothing = nothingStored(report);
  const rows = { ...nothing.rows, rejected: report.rows.read - report.rows.duplicate };
  return { ...nothing, rows, problems: [problem, ...report.problems], problemCount: report.problemCount + 1 };
}
