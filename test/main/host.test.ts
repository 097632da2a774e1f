/** The host on real files: what is written arrives whole or not at all, and the page never learns or names a path. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import type * as FsPromises from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readWhole, writeAtomically } from '../../main/files.ts';
import { MAX_BYTES } from '../../main/guards.ts';
import { createHost, type HostOptions } from '../../main/host.ts';

/** What renaming fails with, while a test says so; every other call goes to the real file system. */
const fault = vi.hoisted(() => ({ rename: null as NodeJS.ErrnoException | null }));
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof FsPromises>();
  return {
    ...real,
    rename: (from: string, to: string) =>
      fault.rename === null ? real.rename(from, to) : Promise.reject(fault.rename),
  };
});

let folder = '';
const at = (name: string): string => path.join(folder, name);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'drawdown-host-'));
  fault.rename = null;
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function host(answers: { open?: string | null; save?: string | null }, options: Partial<HostOptions> = {}) {
  return createHost({
    dialogs: {
      chooseOpen: () => Promise.resolve(answers.open ?? null),
      chooseSave: () => Promise.resolve(answers.save ?? null),
    },
    version: '1.2.3',
    launchPath: null,
    onUnsaved: () => undefined,
    ...options,
  });
}

describe('writeAtomically', () => {
  test('writes a new file and replaces an old one, leaving nothing beside it', async () => {
    await writeAtomically(at('a'), bytes('one'));
    await writeAtomically(at('a'), bytes('two'));
    expect(readFileSync(at('a'), 'utf8')).toBe('two');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test.skipIf(process.platform === 'win32')('keeps the mode of the file, and its link', async () => {
    writeFileSync(at('real'), 'one');
    chmodSync(at('real'), 0o604);
    symlinkSync(at('real'), at('link'));
    await writeAtomically(at('link'), bytes('two'));
    expect(readFileSync(at('real'), 'utf8')).toBe('two');
    expect(statSync(at('real')).mode & 0o777).toBe(0o604);
    expect(readdirSync(folder).sort()).toEqual(['link', 'real']);
  });

  test('a failure on the way leaves the old file as it was, nothing beside it, and says why', async () => {
    writeFileSync(at('a'), 'old');
    fault.rename = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    await expect(writeAtomically(at('a'), bytes('new'))).rejects.toThrow(
      '“a” could not be saved: the disk is full. The file on disk is as it was.',
    );
    expect(readFileSync(at('a'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test.each([
    ['a folder in its place', () => mkdirSync(at('x')), 'x', 'it is a folder'],
    ['no folder around it', () => undefined, 'none/x', 'its folder is not there any more'],
  ])('refuses %s', async (_what, prepare, name, why) => {
    prepare();
    await expect(writeAtomically(at(name), bytes('new'))).rejects.toThrow(why);
  });
});

describe('readWhole', () => {
  test('refuses what is larger than allowed, before reading it', async () => {
    writeFileSync(at('big'), '');
    truncateSync(at('big'), 11);
    await expect(readWhole(at('big'), 10)).rejects.toThrow('11 bytes are more than the 10 allowed');
    expect(await readWhole(at('big'), 11)).toHaveLength(11);
  });

  test('refuses a folder and a missing file', async () => {
    await expect(readWhole(folder, MAX_BYTES)).rejects.toThrow('could not be read');
    await expect(readWhole(at('none'), MAX_BYTES)).rejects.toThrow('is not there any more');
  });
});

describe('the host', () => {
  test('saves where the user says, then in place by a reference that tells nothing', async () => {
    const shell = host({ save: at('mine.drawdown') });
    const saved = await shell.saveDocument({ ref: null, suggestedName: 'x', bytes: bytes('one') });
    expect(saved?.name).toBe('mine.drawdown');
    expect(saved?.ref).toMatch(/^[0-9a-f]{32}$/);
    const again = await shell.saveDocument({ ref: saved?.ref ?? null, suggestedName: 'y', bytes: bytes('two') });
    expect(again).toEqual(saved);
    expect(readFileSync(at('mine.drawdown'), 'utf8')).toBe('two');
  });

  test('refuses a reference of another window', async () => {
    const saved = await host({ save: at('a') }).saveDocument({ ref: null, suggestedName: 'x', bytes: bytes('one') });
    const other = host({ save: at('b') });
    await expect(
      other.saveDocument({ ref: saved?.ref ?? '', suggestedName: 'x', bytes: bytes('two') }),
    ).rejects.toThrow('not open in this window');
    expect(readFileSync(at('a'), 'utf8')).toBe('one');
  });

  test('opens what the user chooses, and saves it back', async () => {
    writeFileSync(at('a.drawdown'), 'one');
    const shell = host({ open: at('a.drawdown') });
    const opened = await shell.openDocument();
    expect(opened).toMatchObject({ name: 'a.drawdown', bytes: bytes('one') });
    await shell.saveDocument({ ref: opened?.ref ?? null, suggestedName: 'x', bytes: bytes('two') });
    expect(readFileSync(at('a.drawdown'), 'utf8')).toBe('two');
  });

  test('a closed dialog is null, and writes nothing', async () => {
    const shell = host({});
    expect(await shell.openDocument()).toBeNull();
    expect(await shell.saveDocument({ ref: null, suggestedName: 'x', bytes: bytes('') })).toBeNull();
    expect(await shell.exportFile({ suggestedName: 'x', mimeType: 'text/csv', bytes: bytes('') })).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('hands over the document it was started with once, and once only if it cannot be read', async () => {
    writeFileSync(at('a.drawdown'), 'one');
    const shell = host({}, { launchPath: at('a.drawdown') });
    expect((await shell.launchDocument())?.name).toBe('a.drawdown');
    expect(await shell.launchDocument()).toBeNull();
    const broken = host({}, { launchPath: at('none.drawdown') });
    await expect(broken.launchDocument()).rejects.toThrow('“none.drawdown” could not be read');
    expect(await broken.launchDocument()).toBeNull();
  });

  test('exports, and tells about unsaved work', async () => {
    const told: boolean[] = [];
    const shell = host({ save: at('t.csv') }, { onUnsaved: (unsaved) => told.push(unsaved) });
    expect(await shell.exportFile({ suggestedName: 't.csv', mimeType: 'text/csv', bytes: bytes('a,b') })).toEqual({
      name: 't.csv',
    });
    expect(readFileSync(at('t.csv'), 'utf8')).toBe('a,b');
    await shell.setUnsaved({ unsaved: true });
    await shell.setUnsaved({ unsaved: false });
    expect(told).toEqual([true, false]);
    expect(await shell.describe()).toEqual({ shell: 'electron', version: '1.2.3', canSaveInPlace: true });
  });
});
