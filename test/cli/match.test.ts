/** `drawdown match`: the given cases in their own shape, and what is said of a file that cannot be read. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { matchCommand } from '../../main/cli/match.ts';

const GIVEN = path.join(import.meta.dirname, '../../../shared/vectors/reconciliation.json');

interface Case {
  readonly id: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

const given = existsSync(GIVEN)
  ? (JSON.parse(readFileSync(GIVEN, 'utf8')) as { readonly cases: readonly Case[] }).cases
  : [];

let folder: string;
let out: string;
let errors: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'drawdown-match-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  out = '';
  errors = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

function write(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** Of a case in several currencies the vectors state neither bridge nor totals. */
function asStated(result: Record<string, unknown>, expected: Case['expected']): Record<string, unknown> {
  return Object.fromEntries(Object.keys(expected).map((key) => [key, result[key]]));
}

describe('the given cases', () => {
  if (given.length === 0) test.skip('skipped: the given vectors are not beside this checkout', () => undefined);
  test.each(given)('$id', async (one) => {
    expect(await matchCommand([write('case.json', one)])).toBe(0);
    const result = JSON.parse(out) as Record<string, unknown>;
    expect(JSON.stringify(asStated(result, one.expected))).toBe(JSON.stringify(one.expected));
    expect(Object.keys(result)).toEqual(['matches', 'breaks', 'ignored', 'bridge', 'totals']);
  });

  test.skipIf(given.length === 0)('a file of many gives a line a case, with its id', async () => {
    expect(await matchCommand([GIVEN])).toBe(0);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ id }) => id)).toEqual(given.map(({ id }) => id));
    expect(lines.map((line, index) => asStated(line, given[index]?.expected ?? {}))).toEqual(
      given.map(({ expected }) => expected),
    );
  });
});
