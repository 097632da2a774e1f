/**
 * `npm run bench`: the figures of the README, as ratios taken in one run. `--quick` leaves out ten million rows;
 * `--only cold|engine|large|ledgers|matching|page|reconcile` measures one part.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findChromium } from '../../main/setup/chromium.mjs';
import { preparedInput, sweepSeconds, whatIfSeconds } from './engine.ts';
import { printFigure, printSkipped, seconds, times } from './figures.ts';
import { peers } from './ledgers.ts';
import { matchingCases, matchingSeconds } from './matching.ts';
import { pageFigures, type TaskFigures } from './page.ts';
import { isInstalled, median, paired, timed, type Command } from './processes.ts';
import { reconcileTimes } from './reconcile.ts';
import { BENCH_SCENARIO, writeUsageFile } from './usageFile.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MILLION = 1_000_000;

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : null;
const wanted = (part: string): boolean =>
  only === null ? part !== 'large' || !process.argv.includes('--quick') : only === part;

const folder = mkdtempSync(path.join(os.tmpdir(), 'drawdown-bench-'));
try {
  const scenario = path.join(folder, 'bench.yaml');
  writeFileSync(scenario, BENCH_SCENARIO);
  const million = usageFile('million', MILLION);
  const megabytes = (statSync(million).size / 1e6).toFixed(0);
  process.stdout.write(
    `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.cpus().length} cores, Node ${process.version}; ${megabytes} MB of CSV for 1,000,000 rows\n\n`,
  );
  const cold = wanted('cold') || wanted('engine') || wanted('large') ? coldFigure(scenario, million) : 0;
  if (wanted('engine')) await engineFigures(million, cold);
  if (wanted('matching')) matchingFigures();
  if (wanted('reconcile')) await reconcileFigures();
  if (wanted('ledgers')) ledgerFigures(scenario, million);
  if (wanted('page')) await browserFigures(million);
  if (wanted('large')) largeFigure(scenario, cold);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function usageFile(name: string, rows: number): string {
  const file = path.join(folder, `${name}.csv`);
  writeUsageFile(file, rows);
  return file;
}

function drawdown(scenario: string, usage: string, save: string | null = path.join(folder, 'bench.drawdown')): Command {
  const program = path.join(ROOT, 'dist/cli/drawdown.js');
  return {
    program: process.execPath,
    args: [program, 'run', scenario, '--usage', usage, ...(save === null ? [] : ['--save', save])],
  };
}

/** Cold: read, parse, replay and save, against sqlite3 importing the same file and computing two sums. */
function coldFigure(scenario: string, million: string): number {
  const ours = drawdown(scenario, million);
  const name = 'cold, 1,000,000 rows: read, replayed, saved';
  if (!isInstalled('sqlite3')) {
    const alone = median([timed(ours), timed(ours), timed(ours)].map((run) => run.seconds));
    printSkipped(`${name}, against sqlite3`, 'sqlite3 is not installed');
    return alone;
  }
  const input = `.import --csv ${million} u
select sum(s) from (select sum(cost) over (order by rowid) s from u);
select substr(timestamp, 1, 7), model, sum(cost) from u group by 1, 2;
`;
  const { a, b, ratio, peakBytes } = paired(ours, { program: 'sqlite3', args: [':memory:'], input }, 5);
  printFigure({
    name,
    value: `${times(ratio)} of sqlite3 (${seconds(a)} against ${seconds(b)}, ${(peakBytes / 1e6).toFixed(0)} MB)`,
    goal: 'at most 1.0x',
    met: ratio <= 1,
  });
  return a;
}

async function engineFigures(million: string, cold: number): Promise<void> {
  const input = await preparedInput(million);
  const whatIf = whatIfSeconds(input);
  printFigure({
    name: `what-if, one policy value changed, ${whatIf.boundaries} records`,
    value: `1/${Math.floor(cold / whatIf.seconds)} of cold (${seconds(whatIf.seconds)})`,
    goal: 'at most 1/1000, under 16 ms',
    met: whatIf.seconds <= cold / 1000 && whatIf.seconds < 0.016,
  });
  const sweep = sweepSeconds(input);
  printFigure({
    name: '1,000 policies on the same events',
    value: `${times(sweep / cold)} of cold (${seconds(sweep)})`,
    goal: 'at most 0.5x',
    met: sweep <= cold / 2,
  });
}

function largeFigure(scenario: string, cold: number): void {
  const rows = 10 * MILLION;
  const run = timed(drawdown(scenario, usageFile('ten-million', rows)));
  printFigure({
    name: 'cold, 10,000,000 rows',
    value: `${times(run.seconds / cold)} of 1,000,000 (${seconds(run.seconds)}, ${((run.peakBytes ?? 0) / rows).toFixed(0)} bytes a row at most)`,
    goal: 'at most 12x',
    met: run.seconds <= 12 * cold,
  });
}

/** The worst cases of matching, once each. */
function matchingFigures(): void {
  for (const { name, ledger, statement, settings } of matchingCases(100_000)) {
    const taken = matchingSeconds({ ledger, statement, settings });
    printFigure({
      name: `matching 100,000 a side: ${name}`,
      value: seconds(taken),
      goal: 'at most 10 s',
      met: taken <= 10,
    });
  }
}

/** A month of 100,000 a side, and a year of them, through the worker's door; in seconds of the processor. */
async function reconcileFigures(): Promise<void> {
  for (const [name, months] of [
    ['a month', 1],
    ['a year', 12],
  ] as const) {
    const { month, act, note } = await reconcileTimes(100_000, months);
    const title = `100,000 a side in ${name}`;
    printFigure({ name: `${title}, reconciled`, value: seconds(month), goal: 'at most 12 s', met: month <= 12 });
    printFigure({ name: `${title}, an act on it`, value: seconds(act), goal: 'at most 1 s', met: act <= 1 });
    printFigure({ name: `${title}, a note in it`, value: seconds(note), goal: 'at most 0.3 s', met: note <= 0.3 });
  }
}

/** A balance from the same usage: once each, for the peers take minutes. */
function ledgerFigures(scenario: string, million: string): void {
  const ours = timed(drawdown(scenario, million, null)).seconds;
  for (const { name, goal, installed, command } of peers(folder, MILLION)) {
    const title = `${name}, the same 1,000,000 rows as its journal`;
    if (!isInstalled(installed)) {
      printSkipped(title, `${installed} is not installed`);
      continue;
    }
    const theirs = timed(command).seconds;
    const ratio = theirs / ours;
    printFigure({
      name: title,
      value: `${times(ratio)} as long as ours (${seconds(theirs)} against ${seconds(ours)})`,
      goal: `at least ${goal}x`,
      met: ratio >= goal,
    });
  }
}

async function browserFigures(million: string): Promise<void> {
  const chromium = await findChromium();
  if (chromium === null) {
    printSkipped('the page', 'there is no Chromium; npm test installs one');
    return;
  }
  const figures = await pageFigures(ROOT, chromium, {
    hundredThousand: usageFile('hundred-thousand', 100_000),
    million,
  });
  printFigure({
    name: 'page: first window interactive',
    value: seconds(figures.firstWindowMs / 1000),
    goal: '',
    met: null,
  });
  printFigure({
    name: 'page: 100,000 rows dropped to chart drawn',
    value: seconds(figures.dropMs / 1000),
    goal: '',
    met: null,
  });
  printTasks('page: tasks over 50 ms, zooming 1,000,000 events', figures.longTasks);
  const { longestOwnMs } = figures.longTasks;
  printFigure({
    name: 'page: the longest of all in its own time',
    value: `${longestOwnMs.toFixed(0)} ms`,
    goal: 'under 50 ms',
    met: longestOwnMs < 50,
  });
  printTasks('page: tasks over 50 ms in What-if and between places', figures.elsewhere);
  printFigure({
    name: 'page: frames while zooming 1,000,000 events',
    value: `median ${figures.frames.medianMs.toFixed(1)} ms, worst ${figures.frames.worstMs.toFixed(0)} ms`,
    goal: '',
    met: null,
  });
  const { medianMs, worstMs, frames, cpuMs, steps, longTasks } = figures.whatIf;
  printFigure({
    name: 'what-if: slider to paint on 1,000,000 events',
    value: `median ${medianMs.toFixed(0)} ms, worst ${worstMs.toFixed(0)} ms, ${steps} steps`,
    goal: '',
    met: null,
  });
  printFigure({
    name: "what-if: frames after the event's own",
    value: `median ${frames.median}, worst ${frames.worst}; ${cpuMs.toFixed(1)} ms of the main thread a step`,
    goal: '1',
    met: frames.median <= 1,
  });
  printTasks('what-if: tasks over 50 ms while dragging', longTasks);
}

function printTasks(name: string, { count, medianMs, worstMs }: TaskFigures): void {
  printFigure({
    name,
    value: count === 0 ? 'none' : `${count}, median ${medianMs.toFixed(0)} ms, worst ${worstMs.toFixed(0)} ms`,
    goal: 'none',
    met: count === 0,
  });
}
