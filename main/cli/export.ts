/** `drawdown export`: a workspace for other programs. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { EngineApi } from '../../shared/contract/engine.ts';
import type { BookView } from '../../shared/contract/reconcile.ts';
import { Transfer } from '../../shared/contract/rpc.ts';
import { formatProblem } from '../../shared/scenario/read.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { BadInput } from './badInput.ts';
import { readArguments } from './command.ts';
import { loadSql } from './sql.ts';
import { NO_CONTEXT, surroundings } from './surroundings.ts';

const FORMS = ['focus', 'hledger', 'beancount', 'xlsx', 'csv', 'json'] as const;
type Form = (typeof FORMS)[number];

const HELP = `drawdown export --workspace W --form F [--period YYYY-MM] [--out FILE]

Writes the run of a workspace for other programs:
  --form focus        FOCUS 1.2: purchases and overage as billed, usage as used up
  --form hledger      the run's own double entry for hledger, every account held to its closing balance
  --form beancount    the same for beancount

Or, with --period, a month as it is reconciled:
  --form hledger      entries as the buyer books them; what is not matched is flagged and in suspense
  --form beancount    the same for beancount
  --form xlsx         summary and bridge, matches, breaks, roll-forward, settings and hashes
  --form csv          the matches, a row an item
  --form json         the whole report

  --period YYYY-MM    the month, on the account's clock
  --view V            buyer (default) or seller: in whose books the roll-forward is worded
  --out FILE          standard output unless told
  --help              this text

Exit status: 0; 2 the workspace cannot be read.`;

const OPTIONS = {
  workspace: { type: 'string' },
  form: { type: 'string' },
  period: { type: 'string' },
  view: { type: 'string', default: 'buyer' },
  out: { type: 'string' },
} satisfies ParseArgsOptionsConfig;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function exportCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments('export', { help: HELP, options: OPTIONS }, args);
  if (asked === null) return 0;
  const { values: options, positionals } = asked;
  const { workspace, out } = options;
  const form = FORMS.find((known) => known === options.form);
  if (workspace === undefined || positionals.length > 0)
    throw new BadInput(['drawdown export: name the workspace with --workspace W; see drawdown export --help']);
  if (form === undefined)
    throw new BadInput([`drawdown export: --form ${options.form ?? ''} is none of ${FORMS.join(', ')}`]);
  const view = (['buyer', 'seller'] as const).find((known) => known === options.view);
  if (view === undefined) throw new BadInput([`drawdown export: --view ${options.view} is neither buyer nor seller`]);
  if (form === 'xlsx' && out === undefined)
    throw new BadInput(['drawdown export: --form xlsx needs a file; name it with --out']);
  const content = await exported(workspace, form, { period: options.period ?? null, view });
  if (out === undefined) process.stdout.write(content);
  else await writeFile(out, content);
  return 0;
}

async function exported(
  workspace: string,
  form: Form,
  { period, view }: { readonly period: string | null; readonly view: BookView },
): Promise<string | Uint8Array> {
  const service: EngineApi = engineService(loadSql, surroundings);
  const opened = await service.openWorkspace(
    { name: path.basename(workspace), bytes: await bytesOf(workspace) },
    NO_CONTEXT,
  );
  if (!opened.ok) throw new BadInput(opened.problems.map(formatProblem));
  if (form === 'focus') return service.exportFocus({}, NO_CONTEXT);
  const isJournal = form === 'hledger' || form === 'beancount';
  if (period === null) {
    if (isJournal) return service.exportRunJournal({ form }, NO_CONTEXT);
    throw new BadInput([`drawdown export: --form ${form} is of a month; name it with --period, such as 2026-10`]);
  }
  const request = { period, view, by: 'lot' } as const;
  try {
    if (isJournal) return await service.reportJournal({ period, form }, NO_CONTEXT);
    if (form === 'csv') return await service.reportCsv(request, NO_CONTEXT);
    if (form === 'json') return await service.reportJson(request, NO_CONTEXT);
    const sheets: unknown = await service.reportXlsx(request, NO_CONTEXT);
    // the service hands bytes over; here there is nobody to hand them to
    return sheets instanceof Transfer ? (sheets.value as Uint8Array) : (sheets as Uint8Array);
  } catch (error) {
    if (error instanceof RangeError) throw new BadInput([`drawdown export: ${error.message}`]);
    throw error;
  }
}

async function bytesOf(workspace: string): Promise<Uint8Array> {
  try {
    return await readFile(workspace);
  } catch {
    throw new BadInput([`drawdown export: ${workspace} cannot be read; make it with drawdown run --save`]);
  }
}
