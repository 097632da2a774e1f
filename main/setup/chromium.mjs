/** Finds a Chromium for the tests and for showing the page, or installs one. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT, run, runTool, say, SetupError } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** Where macOS and Windows keep it. */
function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform !== 'win32') return [];
  const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
  const programs = [
    'Chromium/Application/chrome.exe',
    'Google/Chrome/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe',
  ];
  return roots.flatMap((root) => programs.map((program) => path.join(root, program)));
}

/** @param {string} file */
function isProgram(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** The browser that Playwright has downloaded for itself, if it has. */
async function playwrightsOwn() {
  if (!fs.existsSync(path.join(ROOT, 'node_modules/playwright-core'))) return [];
  const { chromium } = await import('playwright-core');
  return [chromium.executablePath()];
}

/**
 * The first Chromium that is there: `$CHROMIUM`, the PATH, the system's usual places, Playwright's own.
 * @returns {Promise<string | null>}
 */
export async function findChromium() {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new SetupError(`CHROMIUM names ${named}, which is not there. Correct it or unset it.`);
  }
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const onPath =
    process.platform === 'win32' ? [] : NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const found = [...onPath, ...usualPlaces()].find(isProgram);
  return found ?? (await playwrightsOwn()).find(isProgram) ?? null;
}

function canUseApt() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
}

async function installWithApt() {
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  say('Installing Chromium (apt-get install chromium) ...');
  if ((await run('apt-get', ['-qq', ...install], { env, output: 'on-failure' })).ok) return;
  // A fresh image has no package lists yet.
  await run('apt-get', ['-qq', 'update'], { env });
  await run('apt-get', ['-qq', ...install], { env });
}

/** Finds a Chromium, or installs one by the means that this machine has. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found !== null) return found;
  if (canUseApt()) await installWithApt();
  else {
    say('Downloading Chromium (playwright install chromium) ...');
    await runTool('playwright-core/cli.js', ['install', 'chromium']);
  }
  const installed = await findChromium();
  if (installed !== null) return installed;
  throw new SetupError(
    'The tests need Chromium or Chrome. Install one, or point CHROMIUM at it: CHROMIUM=/path/to/chromium npm test',
  );
}
