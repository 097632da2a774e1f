/** `npm run bench`, `npm run bench:explain`: builds test/bench/ with the rest and runs its program; arguments are passed on. */
import './node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { ensureBuild, ensureDependencies } from './ensure.mjs';
import { main, ROOT, run, SetupError } from './run.mjs';

main(async () => {
  await ensureDependencies();
  await ensureBuild();
  const given = process.argv.slice(2);
  const name = given[0] === 'explain' ? 'explain' : 'bench';
  const program = path.join(ROOT, `dist/bench/${name}.js`);
  if (!fs.existsSync(program)) throw new SetupError(`There is no benchmark to run: test/bench/${name}.ts is missing.`);
  const args = name === 'explain' ? given.slice(1) : given;
  const { code } = await run(process.execPath, [program, ...args], { output: 'inherit' });
  process.exitCode = code ?? 1;
});
