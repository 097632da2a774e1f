/** `drawdown export`: a workspace for other programs. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineApi } from '../../shared/contract/engine.ts';
import { formatProblem } from '../../shared/scenario/read.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { BadInput } from './badInput.ts';
import { loadSql } from './sql.ts';
import { NO_CONTEXT, surroundings } from './surroundings.ts';

const FORMS = ['focus', 'hledger', 'beancount'] as const;
type Form = (typeof FORMS)[number];

const HELP = `drawdown export --workspace W --form F [--out FILE]

Writes the run of a workspace for other programs:
  --form focus        FOCUS 1.2: purchases and overage as billed, usage as used up
  --form hledger      the run's own double entry for hledger, every account held to its closing balance
  --form beancount    the same for beancount

  --out FILE          standard output unless told
  --help              this text

Exit status: 0; 2 the workspace cannot be read.`;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function exportCommand(args: readonly string[]): Promise<number> {
  const options = parse(args);
  if (options.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const { workspace, out } = options;
  const form = FORMS.find((known) => known === options.form);
  if (workspace === undefined) throw new BadInput(['drawdown export: name the workspace with --workspace']);
  if (form === undefined)
    throw new BadInput([`drawdown export: --form ${options.form ?? ''} is none of ${FORMS.join(', ')}`]);
  const content = await exported(workspace, form);
  if (out === undefined) process.stdout.write(content);
  else await writeFile(out, content);
  return 0;
}

async function exported(workspace: string, form: Form): Promise<string> {
  const service: EngineApi = engineService(loadSql, surroundings);
  const opened = await service.openWorkspace(
    { name: path.basename(workspace), bytes: await bytesOf(workspace) },
    NO_CONTEXT,
  );
  if (!opened.ok) throw new BadInput(opened.problems.map(formatProblem));
  return form === 'focus' ? service.exportFocus({}, NO_CONTEXT) : service.exportRunJournal({ form }, NO_CONTEXT);
}

async function bytesOf(workspace: string): Promise<Uint8Array> {
  try {
    return await readFile(workspace);
  } catch {
    throw new BadInput([`drawdown export: ${workspace} cannot be read; make it with drawdown run --save`]);
  }
}

function parse(args: readonly string[]): ReturnType<typeof parseOptions> {
  try {
    return parseOptions(args);
  } catch (error) {
    throw new BadInput([`drawdown export: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function parseOptions(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      workspace: { type: 'string' },
      form: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values;
}
