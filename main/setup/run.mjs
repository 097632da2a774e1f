/**
 * Running other programs and telling the user about it. Everything that is said goes to stderr: stdout belongs to
 * results.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** A step failed in a way that the user can mend; the message says how. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @typedef {object} RunOptions
 * @property {'inherit' | 'stderr' | 'on-failure'} [output] where its output goes; `on-failure` keeps it until then
 * @property {Record<string, string>} [env] added to this process's environment
 * @property {number} [timeoutMs]
 */

/**
 * Runs a program to its end in the project's folder.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ ok: boolean, code: number | null, signal: string | null }>}
 */
export function run(command, args, { output = 'stderr', env = {}, timeoutMs = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      // npm is a batch file on Windows, which only a shell can start.
      shell: process.platform === 'win32' && !path.isAbsolute(command),
      stdio:
        output === 'inherit'
          ? 'inherit'
          : ['ignore', output === 'stderr' ? 2 : 'pipe', output === 'stderr' ? 2 : 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    /** @type {Buffer[]} */
    const kept = [];
    child.stdout?.on('data', (/** @type {Buffer} */ chunk) => kept.push(chunk));
    child.stderr?.on('data', (/** @type {Buffer} */ chunk) => kept.push(chunk));
    child.on('error', (error) => {
      say(`${command}: ${error.message}`);
      resolve({ ok: false, code: null, signal: null });
    });
    child.on('close', (code, signal) => {
      if (code !== 0) process.stderr.write(Buffer.concat(kept));
      resolve({ ok: code === 0, code, signal });
    });
  });
}

/**
 * Runs a tool of node_modules by its file, so that neither npx nor a shell stands between.
 * @param {string} file below node_modules
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runTool(file, args, options) {
  return run(process.execPath, [path.join(ROOT, 'node_modules', file), ...args], options);
}

/**
 * The entry of a script: a `SetupError` ends it with its message alone, anything else with its stack.
 * @param {() => Promise<void>} script
 */
export function main(script) {
  script().catch((/** @type {unknown} */ error) => {
    if (error instanceof SetupError) say(error.message);
    else console.error(error);
    process.exitCode = 1;
  });
}
