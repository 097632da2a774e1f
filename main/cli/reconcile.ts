/** `drawdown reconcile`: a month of a workspace beside statements. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { EngineApi } from '../../shared/contract/engine.ts';
import type { BridgeStep, Reconciliation, ReconGroup } from '../../shared/contract/reconcile.ts';
import { formatProblem } from '../../shared/scenario/read.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { BadInput } from './badInput.ts';
import { readArguments } from './command.ts';
import { howToAnswer } from './choices.ts';
import { openUsageFile } from './inputFiles.ts';
import { loadSql } from './sql.ts';
import { NO_CONTEXT, surroundings } from './surroundings.ts';

const HELP = `drawdown reconcile --workspace W [--statement FILE]... [--period YYYY-MM] [--json]

Reconciles a month of a workspace: what was simulated, what vendor documents say, what the bank paid. Statements, invoices
and cost exports that are given are read beside those of the workspace; the file itself is not written (drawdown import
takes files into it).

  --statement FILE  a statement, invoice or cost export; as often as there are files
  --period M        the month, such as 2026-10; the last of which a document or a bank line is known, where nothing is said
  --json            the whole result as JSON
  --help            this text

Exit status: 0 reconciled, with nothing but timing open; 1 breaks to be decided, or no conclusion; 2 the input is bad.`;

const OPTIONS = {
  workspace: { type: 'string' },
  statement: { type: 'string', multiple: true, default: [] },
  period: { type: 'string' },
  json: { type: 'boolean', default: false },
} satisfies ParseArgsOptionsConfig;

/** Runs the command. @returns the exit status. @throws BadInput */
export async function reconcileCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments('reconcile', { help: HELP, options: OPTIONS }, args);
  if (asked === null) return 0;
  const { values: options, positionals } = asked;
  const { workspace, statement: files } = options;
  if (workspace === undefined || positionals.length > 0)
    throw new BadInput(['drawdown reconcile: name the workspace with --workspace W; see drawdown reconcile --help']);
  const engine: EngineApi = engineService(loadSql, surroundings);
  await openWorkspace(engine, workspace);
  if (files.length > 0) await takeFiles(engine, files);
  const period = options.period ?? (await lastStated(engine));
  const known = await engine.reconPeriods({}, NO_CONTEXT);
  if (!known.some((one) => one.period === period))
    throw new BadInput([`drawdown reconcile: nothing is known of ${period}; write a month such as 2026-10`]);
  const shown = await engine.reconciliation({ period }, NO_CONTEXT);
  process.stdout.write(options.json ? `${JSON.stringify(shown)}\n` : textOf(shown));
  return shown.verdict === 'reconciled' || shown.verdict === 'reconciled_with_timing' ? 0 : 1;
}

async function openWorkspace(engine: EngineApi, file: string): Promise<void> {
  if (!existsSync(file)) throw new BadInput([`${file}: there is no such file`]);
  const opened = await engine.openWorkspace({ name: file, bytes: await readFile(file) }, NO_CONTEXT);
  if (!opened.ok) throw new BadInput(opened.problems.map(formatProblem));
}

async function takeFiles(engine: EngineApi, names: readonly string[]): Promise<void> {
  const files = await Promise.all(names.map(openUsageFile));
  const previews = await engine.stageFiles({ files, profiles: {} }, NO_CONTEXT);
  const open = previews.flatMap(({ report: { file, problems }, questions, unreadable }) => [
    ...questions.map((question) => `${file}: ${question.asks} ${howToAnswer(question)}, with drawdown import`),
    ...(unreadable ? problems.map(formatProblem) : []),
  ]);
  if (open.length > 0) throw new BadInput(open);
  const taken = await engine.takeStaged({ ids: previews.map(({ id }) => id) }, NO_CONTEXT);
  if (!taken.ok) throw new BadInput(taken.problems.map(formatProblem));
}

async function lastStated(engine: EngineApi): Promise<string> {
  const months = await engine.reconPeriods({}, NO_CONTEXT);
  for (const { period } of months.toReversed()) {
    const { sums } = await engine.reconcile({ period }, NO_CONTEXT);
    if (sums.document.total !== '0' || sums.bank.total !== '0') return period;
  }
  throw new BadInput(['drawdown reconcile: no month has a document or a bank line; give one with --statement FILE']);
}

function textOf({ period, vendor, currency, verdict, lacks, bridge, groups }: Reconciliation): string {
  const toDecide = groups.filter(({ section }) => section === 'to_decide');
  const lines = [
    `${period.period} ${vendor} ${currency}: ${verdict.replaceAll('_', ' ')}${lacks.length === 0 ? '' : ` (${lacks.join('; ')})`}`,
    '',
    ...bridge.pillars.flatMap(({ label, total, note }, place) => [
      amountLine(label, total, note),
      ...bridge.steps.filter(({ after }) => after === place).map(stepLine),
    ]),
    '',
    toDecide.length === 0 ? 'Nothing to decide' : `To decide: ${toDecide.length}`,
    ...toDecide.map(groupLine),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function amountLine(label: string, amount: string, note: string): string {
  return `${label.padEnd(24)}${amount.padStart(16)}  ${note}`;
}

function stepLine({ label, amount, items }: BridgeStep): string {
  return amountLine(`  ${label}`, amount, items === 0 ? '' : String(items));
}

function groupLine({ state, cells, difference }: ReconGroup): string {
  const items = Object.values(cells)
    .flat()
    .map(({ date, reference, text, amount }) => `${date} ${reference ?? text} ${amount}`);
  return amountLine(`  ${state}`, difference, items.join('; '));
}
