/**
 * `npm test`: everything, in order from cheap to dear, and one last line that counts it. A runner that dies, or that ran
 * nothing, counts as a failure: silence is no success. `--only check|unit|e2e` runs a part.
 */
import './node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium } from './chromium.mjs';
import { countOne, countPlaywright, countVitest, judge, summary } from './counts.mjs';
import { ensureBuild, ensureDependencies } from './ensure.mjs';
import { main, ROOT, runTool, say, SetupError } from './run.mjs';

const REPORTS = path.join(ROOT, 'node_modules/.cache/drawdown-test');
const STEP_MS = 40 * 60_000;

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {'check' | 'unit' | 'e2e'} part
 * @property {readonly string[]} command a file of node_modules, and arguments
 * @property {string} [report] the JSON report that the runner writes
 * @property {(report: unknown) => import('./counts.mjs').Counts} [count]
 */

const UNIT_REPORT = path.join(REPORTS, 'unit.json');
const E2E_REPORT = path.join(REPORTS, 'e2e.json');

/** @type {readonly Step[]} */
const STEPS = [
  { name: 'types', part: 'check', command: ['typescript/bin/tsc', '-b'] },
  { name: 'lint', part: 'check', command: ['eslint/bin/eslint.js', '.', '--max-warnings=0'] },
  { name: 'format', part: 'check', command: ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
  {
    name: 'unit',
    part: 'unit',
    command: ['vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`],
    report: UNIT_REPORT,
    count: countVitest,
  },
  {
    name: 'e2e',
    part: 'e2e',
    command: ['@playwright/test/cli.js', 'test', '-c', 'test/e2e/playwright.config.ts'],
    report: E2E_REPORT,
    count: countPlaywright,
  },
];

/**
 * @param {Step} step
 * @param {boolean} ok the runner ended with 0
 */
function countsOf({ name, report, count }, ok) {
  if (report === undefined || count === undefined) return countOne(ok);
  /** @type {import('./counts.mjs').Counts | null} */
  let counts = null;
  try {
    counts = count(JSON.parse(fs.readFileSync(report, 'utf8')));
  } catch {
    say(`${name}: the runner left no report.`);
  }
  const judged = judge(counts, ok);
  if (judged.note !== null) say(`${name}: ${judged.note}`);
  return judged.counts;
}

main(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const steps = STEPS.filter(({ part }) => values.only === undefined || part === values.only);
  if (steps.length === 0) throw new SetupError('--only takes check, unit or e2e.');
  await ensureDependencies();
  const needsChromium = steps.some(({ part }) => part === 'e2e');
  const chromium = needsChromium ? await ensureChromium() : null;
  if (steps.some(({ part }) => part !== 'check')) await ensureBuild();
  fs.mkdirSync(REPORTS, { recursive: true });

  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const step of steps) {
    if (step.report !== undefined) fs.rmSync(step.report, { force: true });
    const [tool = '', ...args] = step.command;
    const started = performance.now();
    const env = {
      DRAWDOWN_E2E_REPORT: E2E_REPORT,
      // Random scenarios of a property: more of them here than in the quick `npm run check`.
      RUNS: process.env['RUNS'] ?? '1000',
      ...(chromium === null ? {} : { CHROMIUM: chromium }),
    };
    const { ok } = await runTool(tool, args, { output: 'inherit', timeoutMs: STEP_MS, env });
    const counts = countsOf(step, ok);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    say(
      `${step.name}: ${counts.failed === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
  }
  process.stdout.write(`${summary(total)}\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
});
