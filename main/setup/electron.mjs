/**
 * Finds Electron's program, which its npm package does not contain, or fetches it where that is quick. A machine without
 * a way to the download must not wait for it, so the way is tried first.
 */
import fs from 'node:fs';
import path from 'node:path';
import { ROOT, runTool, say } from './run.mjs';

const PROBE_MS = 4_000;
const DOWNLOAD_MS = 180_000;

/** The program's place below Electron's folder. */
function programIn() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * An Electron that is there already: `ELECTRON_OVERRIDE_DIST_PATH`, or what the npm package has fetched before.
 * @returns {string | null}
 */
export function findElectron() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folders = [override, path.join(ROOT, 'node_modules/electron/dist')].filter((folder) => folder !== undefined);
  const programs = folders.map((folder) => path.join(folder, programIn()));
  return programs.find((program) => fs.existsSync(program)) ?? null;
}

/** True when the place that Electron is downloaded from answers at all. */
async function downloadAnswers() {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/';
  try {
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Electron's program; fetched when it is missing and the way to it is open.
 * @returns {Promise<string | null>}
 */
export async function ensureElectron() {
  const found = findElectron();
  if (found !== null) return found;
  if (!(await downloadAnswers())) return null;
  say('Downloading Electron ...');
  await runTool('electron/install.js', ['--no'], { timeoutMs: DOWNLOAD_MS, output: 'on-failure' });
  return findElectron();
}
