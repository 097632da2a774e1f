/** The page's documents over a fake worker and shell: as `mount` puts them together, without a window. */
import { vi } from 'vitest';
import { createActions, type Actions } from '../../renderer/app/actions.ts';
import { startAutosave } from '../../renderer/app/autosave.ts';
import { createSaving } from '../../renderer/app/documentSaving.ts';
import { createAppStore, type AppStore } from '../../renderer/app/store.ts';
import type { EngineApi } from '../../shared/contract/engine.ts';
import { makeAccount } from './fakeAccount.ts';
import { fakeClient, fakeEngine } from './fakeEngine.ts';
import type { FakeHost } from './fakeHost.ts';

export const ACCOUNT = makeAccount(200);

export interface DocumentApp {
  readonly store: AppStore;
  readonly actions: Actions;
  /** The worker; what a test puts in its place counts from then on. */
  made: EngineApi;
}

/** A start of the app, with the shell as it is. */
export function startApp(host: FakeHost, newId: () => string): DocumentApp {
  const made = fakeEngine(ACCOUNT);
  // What a test counts and slows.
  const engine = fakeClient({
    ...made,
    saveWorkspace: (...given) => app.made.saveWorkspace(...given),
    copyBase: (...given) => app.made.copyBase(...given),
    copyChanges: (...given) => app.made.copyChanges(...given),
    openWorkspace: (...given) => app.made.openWorkspace(...given),
  });
  const store = createAppStore({ engine, theme: 'system', profiles: [] });
  const timeOfDay = (): string => new Date(Date.now()).toISOString().slice(11, 16);
  const saving = createSaving({ store, engine, host, timeOfDay });
  startAutosave({ store, engine, host, saving, now: () => Date.now(), newId, timeOfDay });
  const actions = createActions({
    ...{ store, engine, host, saving },
    demo: { name: 'demo.yaml', text: 'demo' },
    chooseFiles: () => Promise.resolve([]),
    chartSvg: () => new Uint8Array(),
    chartPng: () => Promise.reject(new Error('not in this test')),
    copyText: () => true,
    applyTheme: () => undefined,
    keepAutosave: () => undefined,
    saveProfiles: () => undefined,
    now: () => Date.now(),
  });
  const app: DocumentApp = { store, actions, made };
  return app;
}

/** The worker takes so long for the document's whole bytes; what changed is small. */
export function slowDown(app: DocumentApp, ms: number): void {
  const quick = app.made;
  const slow = <R>(work: () => Promise<R>): Promise<R> =>
    new Promise<void>((resolve) => setTimeout(resolve, ms)).then(work);
  app.made = {
    ...quick,
    saveWorkspace: (...given) => slow(() => quick.saveWorkspace(...given)),
    copyBase: (...given) => slow(() => quick.copyBase(...given)),
  };
}

/** Lets time pass. */
export const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

export async function done<T>(work: Promise<T>): Promise<T> {
  await pass(100);
  return work;
}
