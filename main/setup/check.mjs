/**
 * `npm run check`: types, lint, format and the quick unit tests, in under a minute. What reads the code and what runs
 * it go side by side; a step's output is shown when it fails.
 */
import './node-version.mjs';
import { ensureDependencies } from './ensure.mjs';
import { main, runTool, say } from './run.mjs';

/** @typedef {readonly [name: string, tool: string, ...args: string[]]} Step */

/** @type {readonly Step[]} */
const READ = [
  ['types', 'typescript/bin/tsc', '-b'],
  [
    'lint',
    'eslint/bin/eslint.js',
    '.',
    '--max-warnings=0',
    '--cache',
    '--cache-location',
    'node_modules/.cache/eslint/',
  ],
  ['format', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
];

/** @type {readonly Step[]} */
const RUN = [
  ['unit', 'vitest/vitest.mjs', 'run', '--reporter=dot', '--exclude', '**/*.slow.test.ts', '--exclude', 'test/fuzz/**'],
];

/** @param {readonly Step[]} steps */
async function inTurn(steps) {
  let ok = true;
  for (const [name, tool, ...args] of steps) {
    const started = performance.now();
    const result = await runTool(tool, args, { output: 'on-failure' });
    say(`${name}: ${result.ok ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    ok &&= result.ok;
  }
  return ok;
}

main(async () => {
  await ensureDependencies();
  const done = await Promise.all([inTurn(READ), inTurn(RUN)]);
  process.exitCode = done.every(Boolean) ? 0 : 1;
});
