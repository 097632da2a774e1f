/** `npm run bench`: builds test/bench/bench.ts with the rest and runs it; arguments are passed on. */
import './node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { ensureBuild, ensureDependencies } from './ensure.mjs';
import { main, ROOT, run, SetupError } from './run.mjs';

main(async () => {
  await ensureDependencies();
  await ensureBuild();
  const program = path.join(ROOT, 'dist/bench/bench.js');
  if (!fs.existsSync(program)) throw new SetupError('There is no benchmark to run: test/bench/bench.ts is missing.');
  const { code } = await run(process.execPath, [program, ...process.argv.slice(2)], { output: 'inherit' });
  process.exitCode = code ?? 1;
});
