/**
 * Packages the app with electron-builder around a STUB in Electron's place: a file with the fuse wire and nothing else.
 * It proves what goes into the package and how its fuses are set; it does not prove that the package runs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuild } from '../../main/setup/ensure.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Marks the fuse wire in Electron's program; then come a version, a length and a byte for each fuse. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;
/** As Electron ships them. */
const DEFAULT_WIRE = '10110001';

function writeStub(folder: string): void {
  for (const name of ['resources', 'locales']) mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, 'locales/en-US.pak'), 'stub');
  const wire = Buffer.from([1, FUSES.length, ...Buffer.from(DEFAULT_WIRE)]);
  writeFileSync(path.join(folder, 'electron'), Buffer.concat([Buffer.from(`STUB ${SENTINEL}`), wire]), { mode: 0o755 });
  writeFileSync(path.join(folder, 'version'), 'stub');
}

function fusesOf(program: string): Record<string, boolean> {
  const bytes = readFileSync(program);
  const at = bytes.indexOf(SENTINEL) + SENTINEL.length + 2;
  return Object.fromEntries(FUSES.map((name, index) => [name, bytes[at + index] === '1'.charCodeAt(0)]));
}

const reason = process.platform === 'linux' ? '' : ' (skipped: the stub stands for Electron on Linux only)';

describe.skipIf(reason !== '')(`the package around a stub of Electron${reason}`, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'drawdown-package-'));
  const unpacked = path.join(folder, 'out/linux-unpacked');
  const archive = path.join(unpacked, 'resources/app.asar');

  beforeAll(async () => {
    await ensureBuild();
    writeStub(path.join(folder, 'stub'));
    const builder = path.join(ROOT, 'node_modules/electron-builder/cli.js');
    const settings = [`electronDist=${path.join(folder, 'stub')}`, `directories.output=${path.join(folder, 'out')}`];
    const args = ['--linux', '--dir', '--publish', 'never', ...settings.map((setting) => `-c.${setting}`)];
    const { status, stdout, stderr } = spawnSync(process.execPath, [builder, ...args], { cwd: ROOT, encoding: 'utf8' });
    expect(status, stdout + stderr).toBe(0);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('holds the shell, the page and package.json, and nothing else', () => {
    const files = listPackage(archive, { isPack: false }).map((file) => file.slice(1));
    expect(files).toEqual(expect.arrayContaining(['package.json', 'dist/main/main.js', 'dist/main/preload.cjs']));
    expect(files).toContain('dist/renderer/index.html');
    const expected = /^(package\.json|dist|dist\/main(\/(main\.js|preload\.cjs))?|dist\/renderer(\/.*)?)$/;
    expect(files.filter((file) => !expected.test(file))).toEqual([]);
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
    expect(existsSync(path.join(unpacked, 'resources/app.asar.unpacked'))).toBe(false);
  });

  test('names an entry that is in it', () => {
    const packageJson = JSON.parse(extractFile(archive, 'package.json').toString()) as Record<string, unknown>;
    expect(packageJson['main']).toBe('dist/main/main.js');
    expect(packageJson['type']).toBe('module');
    expect(extractFile(archive, 'dist/main/main.js').toString()).not.toContain('127.0.0.1:5173');
  });

  test('has its fuses set', () => {
    expect(fusesOf(path.join(unpacked, 'drawdown'))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});
