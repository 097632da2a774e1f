/** The door from the page: who may call, with what, and what the page is told. Electron is one small mock. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { HOST_METHODS, HostError, type HostApi } from '../../shared/contract/host.ts';
import type { Answer } from '../../main/answer.ts';
import { BadArgument, GUARDS, safeFileName } from '../../main/guards.ts';
import { serveHost } from '../../main/ipc.ts';

type Handler = (event: unknown, ...args: unknown[]) => Promise<Answer>;
const handlers = vi.hoisted(() => new Map<string, Handler>());
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, handler: Handler) => handlers.set(channel, handler) },
}));

const PAGE = { url: 'app://bundle/index.html', parent: null };
const calls: [string, unknown][] = [];
let failWith: Error | null = null;

const host = Object.fromEntries(
  HOST_METHODS.map((method) => [
    method,
    (argument: unknown) => {
      calls.push([method, argument]);
      return failWith === null ? Promise.resolve(method) : Promise.reject(failWith);
    },
  ]),
) as unknown as HostApi;

serveHost((id) => (id === 1 ? host : undefined), { devServerUrl: null });

function call(method: string, args: unknown[] = [], frame: unknown = PAGE, senderId = 1): Promise<Answer> {
  return handlers.get(`drawdown:${method}`)!({ senderFrame: frame, sender: { id: senderId } }, ...args);
}

beforeEach(() => {
  calls.length = 0;
  failWith = null;
});

test('every method of the contract has a handler, and there is no other', () => {
  expect([...handlers.keys()].sort()).toEqual(HOST_METHODS.map((method) => `drawdown:${method}`).sort());
});

test('answers its own page', async () => {
  expect(await call('describe')).toEqual({ ok: true, value: 'describe' });
  expect(await call('setUnsaved', [{ unsaved: true }])).toEqual({ ok: true, value: 'setUnsaved' });
  expect(calls).toEqual([
    ['describe', undefined],
    ['setUnsaved', { unsaved: true }],
  ]);
});

test.each([
  ['a frame that is gone', null, 1],
  ['a frame inside the page', { ...PAGE, parent: {} }, 1],
  ['another site', { url: 'https://example.com/', parent: null }, 1],
  ['an address that begins like ours', { url: 'app://bundle.evil/', parent: null }, 1],
  ['a page without a window', PAGE, 2],
])('refuses %s', async (_who, frame, senderId) => {
  expect(await call('describe', [], frame, senderId)).toMatchObject({ ok: false, name: 'BadArgument' });
  expect(calls).toEqual([]);
});

describe('guards', () => {
  const bytes = new Uint8Array(2);
  const ref = '0123456789abcdef'.repeat(2);
  const SAVE = { ref: null, suggestedName: 'a', bytes, overwrite: false };

  test.each([
    ['saveDocument', { ref, suggestedName: 'a.drawdown', bytes, overwrite: false }],
    ['saveDocument', { ref: null, suggestedName: 'a', bytes, overwrite: true }],
    ['reloadDocument', { ref }],
    ['openRecent', { id: ref }],
    ['saveRecoveryBase', { id: ref, base: ref, bytes }],
    ['saveRecovery', { id: ref, name: '', base: ref, bytes }],
    ['dropRecovery', { id: ref, keepBase: true }],
    ['answerClose', { close: true }],
    ['exportFile', { suggestedName: 'a.png', mimeType: 'image/png', bytes }],
    [
      'exportFile',
      {
        ...{ suggestedName: 'a.xlsx', bytes },
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      },
    ],
    ['savePdf', { suggestedName: 'a.pdf', paper: 'Letter' }],
  ] as const)('%s passes on what the contract says', async (method, argument) => {
    expect(await call(method, [argument])).toMatchObject({ ok: true });
    expect(calls).toEqual([[method, argument]]);
  });

  test.each([
    ['describe', [null]],
    ['openDocument', [{}]],
    ['setUnsaved', []],
    ['setUnsaved', [null]],
    ['setUnsaved', [[true]]],
    ['setUnsaved', [{ unsaved: 1 }]],
    ['setUnsaved', [{ unsaved: true, more: 1 }]],
    ['setUnsaved', [{ unsaved: true }, 'more']],
    ['saveDocument', [{ ...SAVE, ref: '/etc/passwd' }]],
    ['saveDocument', [{ ...SAVE, ref: ref.toUpperCase() }]],
    ['saveDocument', [{ suggestedName: 'a', bytes, overwrite: false }]],
    ['saveDocument', [{ ...SAVE, suggestedName: '' }]],
    ['saveDocument', [{ ...SAVE, suggestedName: 'a'.repeat(201) }]],
    ['saveDocument', [{ ...SAVE, bytes: 'text' }]],
    ['saveDocument', [{ ...SAVE, bytes: [1] }]],
    ['saveDocument', [{ ...SAVE, overwrite: 1 }]],
    ['saveRecovery', [{ id: '../x', name: 'a', base: ref, bytes }]],
    ['saveRecovery', [{ id: ref, name: 1, base: ref, bytes }]],
    ['saveRecovery', [{ id: ref, name: 'a', base: '../x', bytes }]],
    ['saveRecoveryBase', [{ id: ref, base: '../x', bytes }]],
    ['dropRecovery', [{ id: ref }]],
    ['readRecovery', [{ id: 'recovery/../../x' }]],
    ['openRecent', [{ id: null }]],
    ['closeDocument', [{ ref: null }]],
    ['answerClose', [{}]],
    ['exportFile', [{ suggestedName: 'a', mimeType: 'text/html', bytes }]],
    ['savePdf', [{ suggestedName: 'a', paper: 'A0' }]],
  ])('%s refuses %j', async (method, args) => {
    expect(await call(method, args)).toMatchObject({ ok: false, name: 'BadArgument' });
    expect(calls).toEqual([]);
  });

  test('no guard throws anything but its refusal, whatever it is given', () => {
    fc.assert(
      fc.property(fc.constantFrom(...HOST_METHODS), fc.anything(), (method, argument) => {
        try {
          GUARDS[method](argument);
        } catch (error) {
          expect(error).toBeInstanceOf(BadArgument);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('a suggested name is a name and no path', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), (name) => {
        const safe = safeFileName(name);
        expect(safe).not.toMatch(/[\0-\x1f/\\:]/);
        expect(safe).not.toMatch(/^\.|[\s.]$/);
        expect(safe).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
    expect(safeFileName('../../etc/passwd')).toBe('-..-etc-passwd');
    expect(safeFileName('Account 2025.drawdown')).toBe('Account 2025.drawdown');
  });
});

describe('failures', () => {
  test('those meant for the user reach the page as they are', async () => {
    failWith = new HostError('“a” could not be saved: the disk is full.');
    expect(await call('openDocument')).toEqual({ ok: false, name: 'HostError', message: failWith.message });
  });

  test('the text of any other stays here', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    failWith = new Error('/home/somebody/secret');
    expect(JSON.stringify(await call('openDocument'))).not.toContain('secret');
    expect(logged).toHaveBeenCalledWith(failWith);
    logged.mockRestore();
  });
});
