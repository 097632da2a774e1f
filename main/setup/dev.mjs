/**
 * `npm run dev:electron`: Vite's dev server with hot reload in Electron's window. The shell is built apart from dist,
 * because it trusts the dev server's address and must never be packaged.
 */
import './node-version.mjs';
import path from 'node:path';
import { ensureElectron } from './electron.mjs';
import { ensureDependencies } from './ensure.mjs';
import { main, ROOT, run, SetupError } from './run.mjs';

main(async () => {
  await ensureDependencies();
  const electron = await ensureElectron();
  if (electron === null) {
    throw new SetupError(
      'Electron is not installed and cannot be downloaded here. `npm run dev` shows the page in a browser.',
    );
  }
  const { createBuilder, createServer } = await import('vite');
  const server = await createServer({ configFile: path.join(ROOT, 'vite.config.ts') });
  await server.listen();
  process.env['DRAWDOWN_DEV_URL'] = server.resolvedUrls?.local[0] ?? '';
  const builder = await createBuilder({
    configFile: path.join(ROOT, 'vite.config.ts'),
    mode: 'development',
    logLevel: 'warn',
  });
  for (const name of ['main', 'preload']) {
    const environment = builder.environments[name];
    if (environment !== undefined) await builder.build(environment);
  }
  const shell = path.join(ROOT, 'node_modules/.cache/drawdown-dev/main/main.js');
  const { code } = await run(electron, [shell], { output: 'inherit' });
  await server.close();
  process.exitCode = code ?? 1;
});
