/** `drawdown run`: replays scenario files. */
import path from 'node:path';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { NamedFile } from '../../shared/contract/importing.ts';
import { HostError } from '../../shared/contract/host.ts';
import { resultOf } from '../../shared/engine/resultJson.ts';
import { formatProblem } from '../../shared/scenario/read.ts';
import { openScenario, type Account } from '../../shared/session/account.ts';
import { newWork, saveAccount } from '../../shared/session/workspaceFile.ts';
import { writeAtomically } from '../files.ts';
import { BadInput } from './badInput.ts';
import { readArguments } from './command.ts';
import { openUsageFile, readText, siblingFile } from './inputFiles.ts';
import { reportOf } from './report.ts';
import { loadSql } from './sql.ts';
import { NO_CONTEXT, surroundings } from './surroundings.ts';

const HELP = `drawdown run SCENARIO... [options]

Replays scenario files (YAML or JSON; - is standard input) and prints a short report of each.

  --json         print results as JSON, one object a line
  --usage-rows   with --json: usage rows in the timeline too
  --usage FILE   add a file of usage rows (CSV, TSV, NDJSON, OpenAI exports; - is standard input); may be repeated
  --save FILE    write the workspace, an SQLite database (one scenario only)
  --help         this text

Exit status: 0; 1 an expectation does not hold; 2 the input is bad, and nothing is printed but what is wrong with it.`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  'usage-rows': { type: 'boolean', default: false },
  usage: { type: 'string', multiple: true, default: [] },
  save: { type: 'string' },
} satisfies ParseArgsOptionsConfig;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function runCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments('run', { help: HELP, options: OPTIONS }, args);
  if (asked === null) return 0;
  const { values: options, positionals: names } = asked;
  if (names.length === 0)
    throw new BadInput(['drawdown run: name at least one scenario file; see drawdown run --help']);
  if (options.save !== undefined && names.length > 1)
    throw new BadInput(['drawdown run: --save writes the workspace of one scenario; name one file']);
  const inputs = [...names, ...options.usage].filter((name) => name === '-');
  if (inputs.length > 1) throw new BadInput(['drawdown run: standard input can be read once; name - once']);

  // all of it before the first line of output: bad input prints no result
  const outputs: string[] = [];
  const problems: string[] = [];
  let unmet = 0;
  for (const name of names) {
    try {
      const account = await open(name, options.usage);
      unmet += account.expectations.filter(({ holds }) => !holds).length;
      outputs.push(
        options.json
          ? JSON.stringify(
              resultOf(account.run, { usageRows: options['usage-rows'], expectations: account.expectations }),
            )
          : reportOf(account),
      );
      if (options.save !== undefined)
        await writeAtomically(options.save, saveAccount(await loadSql(), newWork(account)));
    } catch (error) {
      if (error instanceof HostError) problems.push(`drawdown run: --save: ${error.message}`);
      else if (error instanceof BadInput) problems.push(...error.lines);
      else throw error;
    }
  }
  if (problems.length > 0) throw new BadInput(problems);
  process.stdout.write(outputs.map((output) => `${output}\n`).join(''));
  return unmet > 0 ? 1 : 0;
}

async function open(name: string, usageNames: readonly string[]): Promise<Account> {
  const text = await readText(name);
  const folder = name === '-' ? process.cwd() : path.dirname(path.resolve(name));
  const more: NamedFile[] = [];
  for (const usage of usageNames) more.push(await openUsageFile(usage));
  const outcome = await openScenario(
    { name: name === '-' ? 'standard input' : name, text },
    { find: (relative) => siblingFile(folder, relative), more },
    surroundings,
    NO_CONTEXT,
  );
  if (!outcome.ok) throw new BadInput(outcome.problems.map(formatProblem));
  return outcome.account;
}
