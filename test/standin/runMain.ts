/**
 * Runs the app's main bundle in this process. As in Electron, the app becomes ready only after its entry has loaded: an
 * entry that awaits readiness at its top level never gets there, and is told so instead of hanging.
 */
import { pathToFileURL } from 'node:url';
import { runInThisContext } from 'node:vm';
import * as electron from './electron.ts';
import { becomeReady } from './app.ts';
import { channel, serveCalls } from './state.ts';
import { invoke } from './ipcMain.ts';
import { mayDownload, mayRequest, request } from './session.ts';
import { mayNavigate, mayOpen } from './window.ts';

const LOAD_MS = 5_000;

async function evaluate({ source, argument }: { source: string; argument: unknown }): Promise<unknown> {
  // The source is a function of the test's own file.
  const run = runInThisContext(`(${source})`) as (api: typeof electron, argument: unknown) => unknown;
  return await run(electron, argument);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(70);
}

export async function runMain(): Promise<void> {
  const entry = process.env['STANDIN_MAIN'] ?? '';
  serveCalls({
    request,
    mayRequest,
    mayNavigate,
    mayOpen,
    mayDownload,
    invoke,
    evaluate,
    quit: () => {
      process.exit(0);
    },
  });
  process.on('disconnect', () => process.exit(0));
  process.on('unhandledRejection', (error) => fail(`unhandled rejection in the main process: ${String(error)}`));
  const tooLate = setTimeout(() => {
    fail('The entry has not loaded: it awaits app.whenReady() at its top level, which in Electron never resolves.');
  }, LOAD_MS);
  await import(pathToFileURL(entry).href);
  clearTimeout(tooLate);
  channel();
  becomeReady();
}
