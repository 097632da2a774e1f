/** The house rules, held against every source file; and the rules themselves, held against planted breaches. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { format, inspect, type SourceFile } from './tidy/inspect.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const FOLDERS = ['main', 'renderer', 'shared', 'test'];
const SOURCE = /\.(ts|tsx|mjs|css|html)$/;
/** Its own tables name the very words that it bans. */
const SELF = /^test\/tidy[./]/;

function sources(): readonly SourceFile[] {
  const below = (folder: string): string[] =>
    readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  return [...FOLDERS.flatMap(below), 'vite.config.ts', 'eslint.config.js']
    .filter((file) => SOURCE.test(file) && !SELF.test(file) && !file.includes('/fixtures/'))
    .map((file) => ({ path: file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
}

test('the house is tidy', () => {
  const files = sources();
  // A walk that found nothing would find nothing wrong.
  expect(files.length).toBeGreaterThan(50);
  expect(inspect(files).map(format)).toEqual([]);
});

describe('a planted breach is found', () => {
  /** Breaches of one file; that nothing imports it goes without saying. */
  function breaches(file: string, ...lines: string[]): string[] {
    return inspect([{ path: file, text: `${lines.join('\n')}\n` }])
      .map(format)
      .filter((line) => !line.includes('nothing imports this file'));
  }

  test.each([
    ['shared/engine/a.ts', "import { x } from '../import/b.ts';", 'engine may not import import'],
    ['shared/import/a.ts', "import { x } from '../scenario/b.ts';", 'import may not import scenario'],
    ['shared/storage/a.ts', "import { x } from '../engine/b.ts';", 'storage may not import engine'],
    ['shared/storage/a.ts', "import { x } from '../contract/rpc.ts';", 'storage may not import contract but for types'],
    ['shared/contract/a.ts', "import { x } from '../domain/time.ts';", 'contract may not import domain but for types'],
    ['shared/domain/a.ts', "export { x } from '../engine/b.ts';", 'domain may not import engine'],
    ['renderer/features/a/A.tsx', "import { x } from '../b/B.tsx';", 'features/a may not import features/b'],
    ['renderer/features/a/A.tsx', "import type { X } from '../b/B.tsx';", 'features/a may not import features/b'],
    ['renderer/features/a/A.tsx', "import { x } from '../../worker/worker.ts';", 'features may not import worker'],
    ['renderer/ui/A.tsx', "import { x } from '../features/b/B.tsx';", 'ui may not import features'],
    ['renderer/app/App.tsx', "const x = await import('../../shared/storage/a.ts');", 'app may not import storage'],
    ['main/host.ts', "import { x } from '../shared/engine/a.ts';", 'shell may not import engine'],
    ['main/cli/a.ts', "import { x } from '../host.ts';", 'cli may not import shell'],
    ['shared/engine/a.ts', "import { Decimal } from 'decimal.js';", 'engine may not import decimal.js'],
    ['renderer/app/a.ts', "import init from 'sql.js';", 'app may not import sql.js'],
    ['renderer/app/a.ts', "import url from 'sql.js/dist/sql-wasm.wasm?url';", 'app may not import sql.js'],
    ['main/cli/a.ts', "import { app } from 'electron';", 'cli may not import electron'],
    ['renderer/main.tsx', "import { app } from 'electron';", 'page may not import electron'],
    ['renderer/features/a/A.tsx', "import { Line } from 'recharts';", 'features may not import recharts'],
    ['renderer/features/a/a.ts', "import { create } from 'zustand';", 'features may not import zustand'],
    ['shared/import/a.ts', "import { z } from 'zod';", 'import may not import zod'],
    ['shared/domain/a.ts', "import fs from 'node:fs/promises';", 'domain may not import node:fs'],
    ['renderer/app/a.ts', "import 'node:fs';", 'app may not import node:fs'],
    ['shared/engine/a.ts', 'const now = new Date();', 'new Date is not used here; use the instant'],
    ['renderer/app/a.ts', 'const now = Date.now();', 'Date.now is not used here'],
    ['renderer/app/a.ts', 'const now = performance.now();', 'performance.now is not used here'],
    ['main/cli/a.ts', 'const x = Math.random();', 'Math.random is not used here'],
    ['test/a.test.ts', 'parseFloat(x)', 'parseFloat is not used here'],
    ['shared/domain/usage.ts', 'x.toFixed(2)', '.toFixed( is not used here'],
    ['main/window.ts', 'ipcMain.handle(x)', 'ipcMain is not used here; use main/ipc.ts'],
    ['test/a.test.ts', "test.only('x')", 'test.only is not used here'],
    ['test/a.test.ts', "describe.skip.only('x')", 'describe.skip.only is not used here'],
    ['main/a.ts', '  // TODO: later', 'TODO is not used here'],
    ['main/a.ts', '/* FIXME */', 'FIXME is not used here'],
    ['main/a.ts', '// @ts-ignore', '@ts-ignore is not used here'],
    ['main/a.ts', '// eslint-disable-next-line eqeqeq', 'eslint-disable is not used here'],
    ['main/a.ts', `// ${'x'.repeat(200)}`, 'the line has 203 characters'],
  ])('%s: %s', (file, line, says) => {
    const [found, ...more] = breaches(file, '', line);
    expect(found).toContain(`${file}:2: ${says}`);
    expect(more).toEqual([]);
  });

  test('in an import over several lines, at the line of its module', () => {
    expect(breaches('shared/engine/a.ts', 'import {', '  a,', '  b,', "} from '../storage/b.ts';")).toEqual([
      expect.stringContaining('shared/engine/a.ts:4: engine may not import storage'),
    ]);
  });

  test('in a file that is too long', () => {
    expect(breaches('main/a.ts', ...Array<string>(401).fill('x'))).toEqual([expect.stringContaining('has 401 lines')]);
    expect(breaches('main/a.ts', ...Array<string>(400).fill('x'))).toEqual([]);
  });

  test('in a file that only a test imports', () => {
    const files = [
      { path: 'main/main.ts', text: "import { a } from './a.ts';\n" },
      { path: 'main/a.ts', text: "export { b } from './b.ts';\n" },
      { path: 'main/b.ts', text: '' },
      { path: 'main/c.ts', text: '' },
      { path: 'test/main/c.test.ts', text: "import { c } from '../../main/c.ts';\n" },
    ];
    expect(inspect(files).map(format)).toEqual(['main/c.ts:1: nothing imports this file; use it or delete it']);
  });

  test('and what is allowed is not', () => {
    const allowed: readonly (readonly [string, string])[] = [
      ['shared/storage/a.ts', "import type { X } from '../contract/engine.ts';"],
      ['shared/storage/a.ts', "import { type X, type Y } from '../contract/engine.ts';"],
      ['shared/session/a.ts', "import { x } from '../engine/run.ts';"],
      ['shared/domain/money.ts', "import { Decimal } from 'decimal.js';"],
      ['shared/domain/time.ts', 'new Date(instant)'],
      ['renderer/features/a/A.tsx', "import { x } from './slice.ts';"],
      ['renderer/features/a/A.tsx', "import { x } from '../../ui/Table.tsx';"],
      ['renderer/app/a.ts', "new Worker(new URL('../worker/worker.ts', import.meta.url))"],
      ['main/protocol.ts', "import { x } from './security.ts';"],
      ['main/security.ts', "export { x } from './setup/assets.mjs';"],
      ['main/a.ts', '// what ipcMain and parseFloat would do'],
      ['main/a.ts', '// eslint-disable-next-line eqeqeq -- null and undefined alike'],
    ];
    for (const [file, line] of allowed) expect(breaches(file, line), `${file}: ${line}`).toEqual([]);
  });
});
