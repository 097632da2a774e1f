/** The copy of unsaved work over a fake worker and shell: its base and what changed since, and the start that finds it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actions } from '../../renderer/app/actions.ts';
import type { AppStore } from '../../renderer/app/store.ts';
import { ACCOUNT, done, pass, slowDown, startApp, type DocumentApp } from './documentApp.ts';
import { fakeHost, type FakeHost } from './fakeHost.ts';

let app: DocumentApp;
let store: AppStore;
let actions: Actions;
let host: FakeHost;
let ids: number;

function start(): void {
  app = startApp(host, () => `copy ${++ids}`);
  ({ store, actions } = app);
}

const state = () => store.getState();

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 9, 2) });
  ids = 0;
  host = fakeHost(() => Date.now());
  start();
  await done(actions.start());
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the base of a copy', () => {
  test('however long the whole takes, what changed is kept within two seconds, on the base that is there', async () => {
    slowDown(app, 8_000);
    state().documentChanged();
    await pass(9_100);
    expect([...host.copies.values()]).toMatchObject([{ savedAt: Date.now() - 100 }]);
    for (let second = 0; second < 20; second++) {
      state().documentChanged();
      await pass(1_000);
      const [copy] = [...host.copies.values()];
      expect(Date.now() - (copy?.savedAt ?? 0)).toBeLessThanOrEqual(3_000);
    }
    expect(host.bases.size).toBe(1);
  });

  test('where many rows have come, a base is written anew and the copy goes with it', async () => {
    state().documentChanged();
    await pass(3_000);
    const [first] = [...host.bases.keys()];
    let isFull = true;
    const quick = app.made;
    app.made = {
      ...quick,
      copyChanges: (request, context) => (isFull ? Promise.resolve(null) : quick.copyChanges(request, context)),
      copyBase: (...given) => {
        isFull = false;
        return quick.copyBase(...given);
      },
    };
    state().documentChanged();
    await pass(3_000);
    const [copy] = [...host.copies.values()];
    expect(copy?.base).not.toBe(first);
    expect(host.bases.has(copy?.base ?? '')).toBe(true);
  });

  test('changes are kept also while other work runs, once there is a base', async () => {
    state().documentChanged();
    await pass(3_000);
    const started = { what: 'Reading', progress: null, leftMs: null, cancelLabel: '', cancel: () => undefined };
    state().documentChanged();
    state().activityStarted(started);
    await pass(3_000);
    expect(Date.now() - ([...host.copies.values()][0]?.savedAt ?? 0)).toBeLessThanOrEqual(2_500);
    state().activityEnded(null);
  });

  test('the base of a large account is there before its first change, and is no copy', async () => {
    app.made.openWorkspace = () =>
      Promise.resolve({ ok: true, view: { ...ACCOUNT.view, counts: { ...ACCOUNT.view.counts, usage: 1_000_000 } } });
    await done(actions.chooseWorkspace());
    await pass(10_000);
    expect([host.bases.size, host.copies.size]).toEqual([1, 0]);
    await done(actions.newAccount({ name: 'n', currency: 'USD', timezone: 'UTC', plan: 'none', opened: '2026-01-01' }));
    await pass(1_000);
    expect(host.bases.size).toBe(0);
  });

  test('a document that is left while its base is written leaves nothing behind', async () => {
    slowDown(app, 5_000);
    state().documentChanged();
    await pass(2_000);
    state().documentOpened({ name: 'other', origin: 'usage', ref: null });
    await pass(20_000);
    expect([host.bases.size, host.copies.size]).toEqual([0, 0]);
  });
});

describe('recovery', () => {
  beforeEach(async () => {
    state().documentChanged();
    await pass(3_000);
    // The crash: what was in the window is gone, the copy is not.
    start();
    await done(actions.start());
  });

  test('the next start opens the copy, says from when it is, and it is still unsaved', async () => {
    expect(state()).toMatchObject({ documentUnsaved: true, recoveryAnswered: false, documentName: ACCOUNT.view.title });
    expect(state().documentRecovery).toMatchObject({ id: 'copy 2', name: ACCOUNT.view.title });
    actions.keepRecovered();
    await pass(60_000);
    expect(host.copies.size).toBe(1);
    await done(actions.save());
    expect(host.copies.size).toBe(0);
  });

  test('discarded, the copy is gone and the demo is open', async () => {
    await done(actions.discardRecovered());
    expect(state()).toMatchObject({ documentOrigin: 'demo', documentUnsaved: false, documentRecovery: null });
    expect(host.copies.size).toBe(0);
  });

  test('further changes go to the same copy, on the base that it came with', async () => {
    const bases = [...host.bases.keys()];
    state().documentChanged();
    await pass(3_000);
    expect([...host.copies.values()]).toMatchObject([{ id: 'copy 2', savedAt: Date.now() - 2_000 }]);
    expect([...host.bases.keys()]).toEqual(bases);
  });

  test('several are offered one after the other', async () => {
    host.bases.set('older base', { of: 'older', bytes: new Uint8Array(4) });
    const older = { id: 'older', name: 'Older', savedAt: 1, base: 'older base', bytes: new Uint8Array(4) };
    host.copies.set('older', older);
    start();
    await done(actions.start());
    const [waiting] = state().recoveriesWaiting;
    expect(waiting?.name).toBe('Older');
    if (waiting === undefined) return;
    await done(actions.discardRecovery(waiting));
    expect(state().recoveriesWaiting).toEqual([]);
    expect([...host.copies.keys()]).toEqual(['copy 2']);
  });
});
