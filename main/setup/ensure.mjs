/**
 * Makes ready what a command needs, on a bare checkout too: the packages of package-lock.json and a build of the present
 * sources. Does nothing, and says nothing, when all is there.
 */
import './node-version.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, run, runTool, say, SetupError } from './run.mjs';

const STAMP = path.join(ROOT, 'dist/.built');
const LOCK = path.join(ROOT, 'node_modules/.cache/drawdown-build.lock');
const LOCK_STALE_MS = 120_000;

/** What a build is made of; a folder counts with all that is below it. */
const SOURCES = [
  'main',
  'renderer',
  'shared',
  'scenarios',
  'test/bench',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * @param {string} file
 * @returns {number} 0 where there is no such file
 */
function changedAt(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * The packages that a lock file asks for, by folder. The ones left out on this platform are `optional`.
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }>}
 */
function packagesOf(file) {
  /** @type {{ packages?: Record<string, { version?: string }> }} */
  const lock = JSON.parse(fs.readFileSync(file, 'utf8'));
  return lock.packages ?? {};
}

/** True when node_modules holds what package-lock.json asks for. npm leaves a copy of the lock behind that says. */
export function dependenciesAreFresh() {
  const wanted = path.join(ROOT, 'package-lock.json');
  const installed = path.join(ROOT, 'node_modules/.package-lock.json');
  if (changedAt(installed) === 0) return false;
  if (changedAt(installed) >= changedAt(wanted)) return true;
  // A checkout touches the lock without changing it, so the contents decide.
  const present = packagesOf(installed);
  return Object.entries(packagesOf(wanted)).every(([folder, { version, optional }]) => {
    if (folder === '') return true;
    const found = present[folder];
    return found === undefined ? optional === true : found.version === version;
  });
}

/** Installs the packages when they are missing or old. */
export async function ensureDependencies() {
  if (dependenciesAreFresh()) return;
  say('Installing packages (npm ci) ...');
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { ok } =
    npm !== undefined && npm.endsWith('.js') && path.basename(npm).startsWith('npm')
      ? await run(process.execPath, [npm, ...args])
      : await run('npm', args);
  if (!ok) {
    throw new SetupError(
      'The packages could not be installed. Check the network or your npm registry, then run `npm ci`.',
    );
  }
}

/**
 * The latest change at or below a path. Folders count too: a deletion changes only them.
 * @param {string} file
 * @returns {number}
 */
function newestBelow(file) {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  let newest = found.mtimeMs;
  if (found.isDirectory()) {
    for (const name of fs.readdirSync(file)) newest = Math.max(newest, newestBelow(path.join(file, name)));
  }
  return newest;
}

/** True when dist was built from the sources as they are. */
export function buildIsFresh() {
  const built = changedAt(STAMP);
  if (built === 0) return false;
  return SOURCES.every((source) => newestBelow(path.join(ROOT, source)) <= built);
}

/** Notes when the build began, not when it ended: a source saved meanwhile is not in it. Called by vite.config.ts.
 * @param {number} startedMs
 */
export function stampBuild(startedMs) {
  fs.mkdirSync(path.dirname(STAMP), { recursive: true });
  fs.writeFileSync(STAMP, '');
  fs.utimesSync(STAMP, startedMs / 1000, startedMs / 1000);
}

/**
 * Holds the build for one process; a second one waits and then finds it done.
 * @param {() => Promise<void>} work
 */
async function alone(work) {
  fs.mkdirSync(path.dirname(LOCK), { recursive: true });
  for (;;) {
    try {
      fs.mkdirSync(LOCK);
      break;
    } catch {
      // Whoever made a lock this old did not live to take it away.
      if (Date.now() - changedAt(LOCK) > LOCK_STALE_MS) fs.rmSync(LOCK, { recursive: true, force: true });
      else await sleep(100);
    }
  }
  try {
    await work();
  } finally {
    fs.rmSync(LOCK, { recursive: true, force: true });
  }
}

/**
 * Builds when a source is newer than the build.
 * @param {{ quiet?: boolean }} [options]
 */
export async function ensureBuild({ quiet = false } = {}) {
  if (buildIsFresh()) return;
  await alone(async () => {
    if (buildIsFresh()) return;
    if (!quiet) say('Building ...');
    const { ok } = await runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn'], {
      output: 'on-failure',
      // Inside a test this is `test`, and React would be built for development.
      env: { NODE_ENV: 'production' },
    });
    if (!ok) throw new SetupError('The build failed; the reason is above.');
  });
}
