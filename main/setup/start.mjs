/**
 * `npm start`: the desktop app where Electron's program can be had, else the same page in a browser window of its own.
 * Options: `--page` (no Electron), `--no-open` (only serve), `--port N`.
 */
import './node-version.mjs';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findChromium } from './chromium.mjs';
import { ensureElectron } from './electron.mjs';
import { ensureBuild, ensureDependencies } from './ensure.mjs';
import { main, ROOT, run, say, SetupError } from './run.mjs';
import { serve } from './serve.mjs';

const PREFERRED_PORT = 4173;
const CLOSE_MS = 3_000;

function readOptions() {
  const options = /** @type {const} */ ({
    page: { type: 'boolean', default: false },
    open: { type: 'boolean', default: true },
    port: { type: 'string' },
  });
  let parsed;
  try {
    parsed = parseArgs({ options, allowNegative: true, allowPositionals: true });
  } catch (error) {
    throw new SetupError(
      `${error instanceof Error ? error.message : String(error)}\nnpm start -- [--page] [--no-open] [--port N] [FILE]`,
    );
  }
  const { values, positionals } = parsed;
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
    throw new SetupError('--port takes a number from 0 to 65535.');
  }
  return { page: values.page, open: values.open, port, files: positionals };
}

/**
 * The port asked for, or the usual one, or any.
 * @param {number | null} port
 */
async function serveSomewhere(port) {
  if (port === null) return serve({ port: PREFERRED_PORT }).catch(() => serve());
  return serve({ port }).catch(() => {
    throw new SetupError(`Port ${port} is taken. Choose another: npm start -- --port N`);
  });
}

/** True where a window can be shown. */
function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return [process.env['DISPLAY'], process.env['WAYLAND_DISPLAY']].some((name) => name !== undefined && name !== '');
}

/**
 * A window without a browser around it; its profile lives as long as it does.
 * @param {string} chromium
 * @param {string} url
 */
function openAppWindow(chromium, url) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'drawdown-profile-'));
  // Chromium refuses to sandbox for root; --test-type hides the bar that it shows about that.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : [];
  const quiet = [
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
  ];
  const args = [`--app=${url}`, `--user-data-dir=${profile}`, '--window-size=1280,840', ...quiet, ...asRoot];
  // In a group of its own: Ctrl-C in the terminal is for us, and we close the window in good order.
  const child = spawn(chromium, args, { stdio: 'ignore', detached: process.platform !== 'win32' });
  /** @type {Promise<boolean>} whether it was shown at all */
  const gone = new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0 || code === null));
  });
  return {
    gone,
    close: async () => {
      child.kill();
      // Until it has ended it still writes into its profile.
      await Promise.race([gone, sleep(CLOSE_MS)]);
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** @param {{ open: boolean, port: number | null }} options */
async function showPage({ open, port }) {
  const server = await serveSomewhere(port);
  const interrupted = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  const chromium = open && hasDisplay() ? await findChromium() : null;
  process.stdout.write(`Drawdown: ${server.url} (Ctrl-C stops it)\n`);
  const window = chromium === null ? null : openAppWindow(chromium, server.url);
  const shown = await Promise.race([interrupted, window?.gone ?? interrupted]);
  if (shown === false) {
    say('The browser window could not be opened; open the address yourself.');
    await interrupted;
  }
  await window?.close();
  server.close();
}

main(async () => {
  const { page, files, ...options } = readOptions();
  await ensureDependencies();
  await ensureBuild();
  const electron = page ? null : await ensureElectron();
  if (electron !== null) {
    const { code } = await run(electron, [ROOT, ...files], { output: 'inherit' });
    process.exitCode = code ?? 1;
    return;
  }
  if (!page) say('Electron is not installed and cannot be downloaded here; showing the same page in a browser window.');
  await showPage(options);
});
