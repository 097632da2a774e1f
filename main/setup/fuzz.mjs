/**
 * `npm run fuzz`: damaged files by the hundred thousand, on both cores; `RUNS` and `SEED` choose others. It ends by itself.
 */
import './node-version.mjs';
import { ensureDependencies } from './ensure.mjs';
import { main, runTool, say } from './run.mjs';

/** Processes: what a small machine has cores. */
const PARTS = 2;

main(async () => {
  await ensureDependencies();
  const runs = Number(process.env['RUNS'] ?? 100_000);
  const first = Number(process.env['SEED'] ?? 1);
  const each = Math.ceil(runs / PARTS);
  const started = performance.now();
  const results = await Promise.all(
    Array.from({ length: PARTS }, (_, part) =>
      runTool('vitest/vitest.mjs', ['run', 'test/fuzz', '--reporter=verbose'], {
        output: 'on-failure',
        env: {
          ...{ RUNS: String(Math.min(each, runs - part * each)), SEED: String(first + part * each) },
          ...{ PARTS: String(PARTS), PART: String(part) },
        },
      }),
    ),
  );
  const ok = results.every((result) => result.ok);
  const took = Math.round((performance.now() - started) / 1000);
  say(`${runs} damaged files from seed ${first}: ${ok ? 'every one got its answer' : 'FAILED'}, in ${took} s`);
  process.exitCode = ok ? 0 : 1;
});
