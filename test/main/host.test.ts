/** The host on real files: what is written arrives whole or not at all, and the page never learns or names a path. */
import {
  chmodSync,
  existsSync,
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
import { rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClosing } from '../../main/closing.ts';
import { readWhole, writeAtomically } from '../../main/files.ts';
import { MAX_BYTES } from '../../main/guards.ts';
import { createHost, type HostOptions } from '../../main/host.ts';
import { DocumentLocks, lockOf } from '../../main/locks.ts';
import type { SharedDocuments } from '../../main/openDocuments.ts';
import { Recents } from '../../main/recents.ts';
import { RecoveryStore } from '../../main/recovery.ts';
import type { HostApi } from '../../shared/contract/host.ts';
import { CASES, type Half } from './hostContract.ts';

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
  rmSync(`${folder}-own`, { recursive: true, force: true });
});

/** What the windows of one process share; its own folder is outside the user's. */
function shared(): SharedDocuments {
  const now = (): number => Date.now();
  const own = path.join(`${folder}-own`);
  return { locks: new DocumentLocks(), recents: new Recents(own, now), recovery: new RecoveryStore(own, now) };
}

let owners = 0;

function host(answers: { open?: string | null; save?: string | null }, options: Partial<HostOptions> = {}) {
  return createHost({
    shared: shared(),
    owner: ++owners,
    closeAsked: () => Promise.resolve(),
    onCloseAnswer: () => undefined,
    openWindow: () => undefined,
    reveal: () => undefined,
    printPdf: (paper) => Promise.resolve(bytes(`%PDF of ${paper}`)),
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
    const saved = await shell.saveDocument({ ref: null, suggestedName: 'x', bytes: bytes('one'), overwrite: false });
    expect(saved?.name).toBe('mine.drawdown');
    expect(saved?.ref).toMatch(/^[0-9a-f]{32}$/);
    const again = await shell.saveDocument({
      ref: saved?.ref ?? null,
      suggestedName: 'y',
      bytes: bytes('two'),
      overwrite: false,
    });
    expect(again).toEqual(saved);
    expect(readFileSync(at('mine.drawdown'), 'utf8')).toBe('two');
  });

  test('refuses a reference of another window', async () => {
    const saved = await host({ save: at('a') }).saveDocument({
      ref: null,
      suggestedName: 'x',
      bytes: bytes('one'),
      overwrite: false,
    });
    const other = host({ save: at('b') });
    await expect(
      other.saveDocument({ ref: saved?.ref ?? '', suggestedName: 'x', bytes: bytes('two'), overwrite: false }),
    ).rejects.toThrow('not open in this window');
    expect(readFileSync(at('a'), 'utf8')).toBe('one');
  });

  test('opens what the user chooses, and saves it back', async () => {
    writeFileSync(at('a.drawdown'), 'one');
    const shell = host({ open: at('a.drawdown') });
    const opened = await shell.openDocument();
    expect(opened).toMatchObject({ name: 'a.drawdown', bytes: bytes('one') });
    await shell.saveDocument({ ref: opened?.ref ?? null, suggestedName: 'x', bytes: bytes('two'), overwrite: false });
    expect(readFileSync(at('a.drawdown'), 'utf8')).toBe('two');
  });

  test('a closed dialog is null, and writes nothing', async () => {
    const shell = host({});
    expect(await shell.openDocument()).toBeNull();
    expect(await shell.saveDocument({ ref: null, suggestedName: 'x', bytes: bytes(''), overwrite: false })).toBeNull();
    expect(await shell.exportFile({ suggestedName: 'x', mimeType: 'text/csv', bytes: bytes('') })).toBeNull();
    expect(await shell.savePdf({ suggestedName: 'x', paper: 'A4' })).toBeNull();
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

  test('saves what is printed as a PDF, on the paper that was asked for', async () => {
    const shell = host({ save: at('report.pdf') });
    expect(await shell.savePdf({ suggestedName: 'report.pdf', paper: 'Letter' })).toEqual({ name: 'report.pdf' });
    expect(readFileSync(at('report.pdf'), 'utf8')).toBe('%PDF of Letter');
  });

  test('what was printed and is no PDF takes the place of no file', async () => {
    writeFileSync(at('report.pdf'), '%PDF of before');
    const shell = host({ save: at('report.pdf') }, { printPdf: () => Promise.resolve(bytes('<html>')) });
    await expect(shell.savePdf({ suggestedName: 'report.pdf', paper: 'A4' })).rejects.toThrow('no file was written');
    expect(readFileSync(at('report.pdf'), 'utf8')).toBe('%PDF of before');
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
    expect(await shell.describe()).toEqual({
      shell: 'electron',
      version: '1.2.3',
      canSaveInPlace: true,
      canReveal: true,
    });
  });
});

describe('the contract', () => {
  function half(): Half {
    const all = shared();
    const windows = new Map<HostApi, number>();
    const chosen: { open: string | null; save: string | null } = { open: null, save: null };
    return {
      open: () => {
        const owner = ++owners;
        const opened = createHost({
          dialogs: {
            chooseOpen: () => Promise.resolve(chosen.open),
            chooseSave: () => Promise.resolve(chosen.save),
          },
          version: '1.2.3',
          launchPath: null,
          shared: all,
          owner,
          onUnsaved: () => undefined,
          closeAsked: () => Promise.resolve(),
          onCloseAnswer: () => undefined,
          openWindow: () => undefined,
          reveal: () => undefined,
          printPdf: (paper) => Promise.resolve(bytes(`%PDF of ${paper}`)),
        });
        windows.set(opened, owner);
        return Promise.resolve(opened);
      },
      end: (window) => {
        all.locks.releaseAll(windows.get(window) ?? 0);
        all.recovery.releaseAll(windows.get(window) ?? 0);
        return Promise.resolve();
      },
      choose: (name) => {
        chosen.open = chosen.save = name === null ? null : at(name);
      },
      write: (name, text) => writeFile(at(name), text),
      remove: (name) => rm(at(name)),
      read: (name) => Promise.resolve(existsSync(at(name)) ? readFileSync(at(name), 'utf8') : null),
    };
  }
  for (const { name, run } of CASES) test(name, () => run(half()));
});

describe('locks', () => {
  const free = { byForce: false };
  const other = { host: 'studio-2', pid: 77 };

  test('another computer is seen by the file beside the document, and named', async () => {
    expect(await new DocumentLocks(other).take(at('a'), 1, free)).toBeNull();
    const mine = new DocumentLocks();
    expect(await mine.take(at('a'), 1, free)).toBe('Drawdown on studio-2');
    expect(await mine.take(at('a'), 1, { byForce: true })).toBeNull();
    expect(await mine.take(at('a'), 1, free)).toBeNull();
  });

  test('a lock whose process has ended is nobody’s, one whose process runs is', async () => {
    const host = os.hostname();
    // Larger than any system gives out.
    await new DocumentLocks({ host, pid: 2 ** 30 }).take(at('a'), 1, free);
    expect(await new DocumentLocks().take(at('a'), 1, free)).toBeNull();
    await new DocumentLocks({ host, pid: process.ppid }).take(at('b'), 1, free);
    expect(await new DocumentLocks().take(at('b'), 1, free)).toBe('another Drawdown on this computer');
  });

  test('are taken away with the window, but only its own', async () => {
    const mine = new DocumentLocks();
    await mine.take(at('a'), 1, free);
    await mine.take(at('b'), 2, free);
    expect(await mine.ownerOf(at('b'))).toBe(2);
    mine.releaseAll(1);
    expect(readdirSync(folder)).toEqual(['.b.lock']);
    expect(await mine.ownerOf(at('a'))).toBeNull();
  });

  test('a program that writes the file as a database is never overwritten', async () => {
    writeFileSync(at('a'), 'one');
    writeFileSync(at('a-journal'), '');
    expect(await new DocumentLocks().take(at('a'), 1, { byForce: true })).toMatch(/another program, whose a-journal/);
  });

  test('garbage in a lock file locks nothing', async () => {
    for (const text of ['', '{', 'null', '[]', '{"host":1,"pid":2}', '{"host":"x","pid":-1}']) {
      writeFileSync(lockOf(at('a')), text);
      expect(await new DocumentLocks().take(at('a'), 1, free)).toBeNull();
    }
  });
});

async function keepCopy(window: HostApi, id: string, name: string): Promise<void> {
  await window.saveRecoveryBase({ id, base: '2'.repeat(32), bytes: bytes('base') });
  await window.saveRecovery({ id, name, base: '2'.repeat(32), bytes: bytes(`changes of ${name}`) });
}

describe('the app’s own folder', () => {
  test('lists and copies outlive the process', async () => {
    const first = host({ save: at('a.drawdown') }, { owner: 1 });
    await first.saveDocument({ ref: null, suggestedName: 'x', bytes: bytes('one'), overwrite: false });
    await keepCopy(first, '0'.repeat(32), 'Ledger');
    const next = host({}, { owner: 1 });
    expect(await next.recentDocuments()).toMatchObject([{ name: 'a.drawdown', folder: path.basename(folder) }]);
    expect(await next.recoveries()).toMatchObject([{ id: '0'.repeat(32), name: 'Ledger' }]);
  });

  test('what is damaged there is an empty list, and a copy without its name is still offered', async () => {
    const own = `${folder}-own`;
    mkdirSync(path.join(own, 'recovery'), { recursive: true });
    writeFileSync(path.join(own, 'recent.json'), '[{"id":1},{"id":"x","file":"not/absolute","openedAt":1},7');
    const copy = path.join(own, 'recovery', '1'.repeat(32));
    for (const ending of ['drawdown', 'changes']) writeFileSync(`${copy}.${'2'.repeat(32)}.${ending}`, 'bytes');
    writeFileSync(`${copy}.json`, '{');
    const shell = host({});
    expect(await shell.recentDocuments()).toEqual([]);
    expect(await shell.recoveries()).toMatchObject([{ name: 'Untitled' }]);
  });

  test('what was being written when the app ended is cleared away, and the copy before it stays', async () => {
    await keepCopy(host({}), '0'.repeat(32), 'Ledger');
    const recovery = path.join(`${folder}-own`, 'recovery');
    const before = readdirSync(recovery);
    writeFileSync(path.join(recovery, `.${'0'.repeat(32)}.${'5'.repeat(32)}.drawdown.0123456789ab.tmp`), 'half a ba');
    writeFileSync(path.join(recovery, `${'7'.repeat(32)}.${'5'.repeat(32)}.drawdown`), 'a base without a copy');
    const next = host({});
    expect(await next.recoveries()).toMatchObject([{ name: 'Ledger' }]);
    expect(readdirSync(recovery)).toEqual(before);
    expect((await next.readRecovery({ id: '0'.repeat(32) })).changes).toEqual(bytes('changes of Ledger'));
  });

  test('closing without saving takes the window’s copies, and leaves those it only offered', async () => {
    const all = shared();
    const window = host({}, { shared: all, owner: 1 });
    await keepCopy(window, '0'.repeat(32), 'left over');
    all.recovery.releaseAll(1);
    const next = host({}, { shared: all, owner: 2 });
    await next.recoveries();
    await keepCopy(next, '1'.repeat(32), 'own');
    await all.recovery.discardAll(2);
    all.recovery.releaseAll(2);
    expect(await host({}, { shared: all, owner: 3 }).recoveries()).toMatchObject([{ name: 'left over' }]);
  });
});

test('a window closes when its page was asked and says so', () => {
  const closed: string[] = [];
  const closing = createClosing(() => closed.push('closed'));
  const asked: string[] = [];
  void closing.asked().then(() => asked.push('asked'));
  closing.answer(true);
  expect(closed).toEqual([]);
  closing.ask();
  closing.answer(false);
  expect(closed).toEqual([]);
  closing.ask();
  closing.answer(true);
  expect(closed).toEqual(['closed']);
});
