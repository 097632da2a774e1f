/**
 * `npm test`: everything, in order from cheap to dear, and one last line that counts it. A runner that dies, or that ran
 * nothing, counts as a failure: silence is no success. `--only check|unit|e2e` runs a part.
 */
import './node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium } from './chromium.mjs';
import { ensureBuild, ensureDependencies } from './ensure.mjs';
import { main, ROOT, runTool, say, SetupError } from './run.mjs';

const REPORTS = path.join(ROOT, 'node_modules/.cache/drawdown-test');
const STEP_MS = 20 * 60_000;

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {object} Step
 * @property {string} name
 * @property {'check' | 'unit' | 'e2e'} part
 * @property {readonly string[]} command a file of node_modules, and arguments
 * @property {string} [report] the JSON report that the runner writes
 * @property {(report: unknown) => Counts} [count]
 */

/** @param {unknown} report Vitest's, which is Jest's form */
function countVitest(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } =
    /** @type {Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests', number>} */ (report);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/** @param {unknown} report Playwright's */
function countPlaywright(report) {
  const { stats } = /** @type {{ stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number> }} */ (report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

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
 * @returns {Counts}
 */
function countsOf({ name, report, count }, ok) {
  if (report === undefined || count === undefined) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  /** @type {Counts} */
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = count(JSON.parse(fs.readFileSync(report, 'utf8')));
  } catch {
    say(`${name}: the runner left no report.`);
  }
  const ran = counts.passed + counts.failed > 0;
  if (!ran) say(`${name}: no test was run.`);
  if (ok !== (counts.failed === 0)) say(`${name}: the runner ended ${ok ? 'well' : 'abnormally'} all the same.`);
  // A file that cannot be loaded has no failed test in it, and yet nothing of it was tested.
  return (ok && ran) || counts.failed > 0 ? counts : { ...counts, failed: 1 };
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

  /** @type {Counts} */
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const step of steps) {
    if (step.report !== undefined) fs.rmSync(step.report, { force: true });
    const [tool = '', ...args] = step.command;
    const started = performance.now();
    const env = { DRAWDOWN_E2E_REPORT: E2E_REPORT, ...(chromium === null ? {} : { CHROMIUM: chromium }) };
    const { ok } = await runTool(tool, args, { output: 'inherit', timeoutMs: STEP_MS, env });
    const counts = countsOf(step, ok);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    say(
      `${step.name}: ${counts.failed === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
  }
  const skipped = total.skipped === 0 ? '' : `, ${total.skipped} skipped`;
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
});
