/** Documents over a fake worker and shell: saving by itself, copies, leaving, recovery, and files that are not as they were. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actions } from '../../renderer/app/actions.ts';
import { readAutosave, writeAutosave } from '../../renderer/app/autosaveSetting.ts';
import type { AppStore } from '../../renderer/app/store.ts';
import { stateInWords } from '../../renderer/features/document/documentState.ts';
import { ACCOUNT, done, pass, slowDown, startApp, type DocumentApp } from './documentApp.ts';
import { fakeHost, type FakeHost } from './fakeHost.ts';

const FILE = { reason: 'changed', at: 1_000, heldBy: null } as const;

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
const words = (): string => stateInWords(state());

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

describe('autosave', () => {
  test('a document with a file is saved to it a few seconds after the last change, and says so', async () => {
    await done(actions.chooseWorkspace());
    state().documentChanged();
    await pass(2_000);
    state().documentChanged();
    expect(words()).toBe('Unsaved, copy kept 09:02');
    await pass(2_900);
    expect(host.saves).toEqual([]);
    await pass(200);
    expect(host.saves).toEqual([{ ref: 'ref of mine.drawdown', suggestedName: 'mine.drawdown', overwrite: false }]);
    expect(words()).toBe('Autosaved 09:02');
    await pass(60_000);
    expect(host.saves).toHaveLength(1);
    expect(host.copies.size).toBe(0);
  });

  test('one without a file is kept as a copy within three seconds, and the copy goes when it is saved', async () => {
    state().documentChanged();
    await pass(3_000);
    expect([...host.copies.values()]).toMatchObject([{ name: ACCOUNT.view.title }]);
    expect(host.saves).toEqual([]);
    expect(words()).toBe('Unsaved, copy kept 09:02');
    await done(actions.save());
    expect(words()).toBe('Saved 09:02');
    expect(host.copies.size).toBe(0);
  });

  test('turned off, a document with a file is kept as a copy, and its file is not touched', async () => {
    await done(actions.chooseWorkspace());
    actions.setAutosave(false);
    state().documentChanged();
    await pass(60_000);
    expect(host.saves).toEqual([]);
    expect(host.copies.size).toBe(1);
    actions.setAutosave(true);
    await pass(3_100);
    expect(host.saves).toHaveLength(1);
    expect(host.copies.size).toBe(0);
  });

  test('changes that never stop are saved all the same', async () => {
    for (let second = 0; second < 13; second++) {
      state().documentChanged();
      await pass(1_000);
    }
    expect(host.copies.size).toBe(1);
  });

  test('nothing is saved while other work runs, and everything after it', async () => {
    state().activityStarted({
      what: 'Reading',
      progress: null,
      leftMs: null,
      cancelLabel: '',
      cancel: () => undefined,
    });
    state().documentChanged();
    await pass(20_000);
    expect(host.copies.size).toBe(0);
    state().activityEnded(null);
    await pass(1_000);
    expect(host.copies.size).toBe(1);
  });

  test('a change while it is being saved is not lost: it is unsaved, and saved next', async () => {
    await done(actions.chooseWorkspace());
    slowDown(app, 50);
    state().documentChanged();
    await pass(3_020);
    state().documentChanged();
    await pass(100);
    expect(state().documentUnsaved).toBe(true);
    await pass(5_000);
    expect(host.saves).toHaveLength(2);
    expect(state().documentUnsaved).toBe(false);
  });

  test('a document that is opened while the one before it is being saved does not land in its file', async () => {
    await done(actions.chooseWorkspace());
    slowDown(app, 500);
    state().documentChanged();
    await pass(3_100);
    state().documentOpened({ name: 'other', origin: 'usage', ref: null });
    await pass(5_000);
    expect(host.saves).toEqual([]);
    expect(host.closed).toEqual(['ref of mine.drawdown']);
    expect(words()).toBe('');
  });

  test('a shell that cannot write says so, and it is tried again', async () => {
    host.fault = new Error('the disk is full');
    state().documentChanged();
    await pass(3_000);
    expect(words()).toBe('Unsaved, and no copy could be kept');
    expect(state().documentUnkept).toBe('the disk is full');
    await pass(31_000);
    expect(words()).toBe('Unsaved, copy kept 09:02');
    expect(state().documentUnkept).toBeNull();
  });

  test('a file that cannot be written says so while the copy is kept', async () => {
    await done(actions.chooseWorkspace());
    state().documentChanged();
    await pass(2_500);
    host.fault = new Error('the disk is full');
    await pass(1_000);
    expect(words()).toBe('Unsaved, its file could not be written, copy kept 09:02');
    await pass(31_000);
    expect(words()).toBe('Autosaved 09:02');
  });

  test('is remembered on this computer', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    expect(readAutosave(storage)).toBe(true);
    writeAutosave(false, storage);
    expect(readAutosave(storage)).toBe(false);
  });
});

describe('a file that is not as it was', () => {
  beforeEach(async () => {
    await done(actions.chooseWorkspace());
    host.conflict = FILE;
    state().documentChanged();
    await pass(10_000);
  });

  test('is left alone, the user is asked once, and the work is kept as a copy', () => {
    expect(host.saves).toHaveLength(1);
    expect(state().documentConflict).toMatchObject({ reason: 'changed', name: 'mine.drawdown', at: 1_000 });
    expect(host.files.size).toBe(0);
    expect(host.copies.size).toBe(1);
    expect(words()).toContain('Unsaved, copy kept');
  });

  test('is overwritten when the user says so', async () => {
    await done(actions.overwrite());
    expect(host.saves.at(-1)).toMatchObject({ ref: 'ref of mine.drawdown', overwrite: true });
    expect(state()).toMatchObject({ documentConflict: null, documentUnsaved: false });
    expect(host.copies.size).toBe(0);
  });

  test('makes room for another name, and is let go', async () => {
    host.chosen = 'other.drawdown';
    host.conflict = null;
    await done(actions.saveAs());
    expect(state()).toMatchObject({ documentName: 'other.drawdown', documentConflict: null, documentUnsaved: false });
    expect(host.closed).toEqual(['ref of mine.drawdown']);
  });

  test('is read again when the user says so, and stays open', async () => {
    await done(actions.reload());
    expect(state()).toMatchObject({
      documentConflict: null,
      documentUnsaved: false,
      documentRef: 'ref of mine.drawdown',
    });
    expect(host.closed).toEqual([]);
    expect(host.copies.size).toBe(0);
  });
});

test('a file that another window has open says so at once, and is not saved by itself', async () => {
  host.heldBy = 'another window';
  await done(actions.chooseWorkspace());
  expect(state().documentConflict).toMatchObject({ reason: 'held', heldBy: 'another window' });
  state().documentChanged();
  await pass(10_000);
  expect(host.saves).toEqual([]);
  expect(host.copies.size).toBe(1);
});

describe('leaving unsaved work', () => {
  beforeEach(() => {
    state().documentChanged();
  });

  test('cancelled, everything stays', async () => {
    const opening = actions.chooseWorkspace();
    expect(state().leaveAsked).toBe(true);
    actions.answerLeave('cancel');
    await done(opening);
    expect(state()).toMatchObject({ leaveAsked: false, documentUnsaved: true, documentRef: null });
  });

  test('saved first, then left; not left where the save was called off', async () => {
    const opening = actions.chooseWorkspace();
    actions.answerLeave('save');
    await done(opening);
    expect(host.saves).toHaveLength(1);
    expect(state()).toMatchObject({ documentName: 'mine.drawdown', documentUnsaved: false });
    state().documentChanged();
    store.setState({ documentRef: null });
    host.chosen = null;
    const again = actions.newAccount({
      name: 'n',
      currency: 'USD',
      timezone: 'UTC',
      plan: 'none',
      opened: '2026-01-01',
    });
    actions.answerLeave('save');
    expect(await done(again)).toBe(false);
    expect(state().documentName).toBe('mine.drawdown');
  });

  test('not saved, it is left, and its copy goes with it', async () => {
    await pass(3_000);
    expect(host.copies.size).toBe(1);
    const opening = actions.openRecent('mine.drawdown');
    actions.answerLeave('discard');
    await done(opening);
    expect(state().documentName).toBe('mine.drawdown');
    expect(host.copies.size).toBe(0);
  });

  test('a window that closes saves when its user wants that', async () => {
    void actions.saveOnClose();
    host.chosen = null;
    host.close();
    await pass(10);
    host.chosen = 'mine.drawdown';
    host.close();
    await pass(10);
    expect(host.answers).toEqual([false, true]);
    expect(state().documentUnsaved).toBe(false);
  });
});

test('undo and redo are changes of the document, in the words of the worker', async () => {
  expect(await done(actions.undo())).toBe(false);
  store.setState({ view: { ...ACCOUNT.view, undo: 'Import of usage.csv' } });
  expect(await done(actions.undo())).toBe(true);
  expect(state()).toMatchObject({ documentUnsaved: true, spoken: 'Undid: Import of usage.csv' });
  expect(state().view?.redo).toBe('Import of usage.csv');
  expect(await done(actions.redo())).toBe(true);
  expect(state().view?.undo).toBe('Import of usage.csv');
});
