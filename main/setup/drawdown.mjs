/**
 * The command line, from a bare checkout: installs and builds when needed, then runs `dist/cli/drawdown.js` in this very
 * process, which costs nothing. Only results reach stdout.
 */
import './node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIsFresh, dependenciesAreFresh, ensureBuild, ensureDependencies } from './ensure.mjs';
import { main, ROOT, SetupError } from './run.mjs';

main(async () => {
  const program = path.join(ROOT, 'dist/cli/drawdown.js');
  if (!dependenciesAreFresh()) await ensureDependencies();
  if (!buildIsFresh()) await ensureBuild({ quiet: true });
  if (!fs.existsSync(program))
    throw new SetupError('The build has no command line in it: main/cli/drawdown.ts is missing.');
  process.argv[1] = program;
  await import(pathToFileURL(program).href);
});
