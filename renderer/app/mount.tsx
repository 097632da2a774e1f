/** Puts the window together from its parts and starts it: the store, the commands, the first account. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { HostApi } from '../../shared/contract/host.ts';
import { chartPng } from '../ui/chart/exportPng.ts';
import type { EngineClient } from '../ui/slice.ts';
import { createActions, type ActionDeps } from './actions.ts';
import { App } from './App.tsx';
import { AppContext } from './context.ts';
import { readProfiles, writeProfiles } from './profiles.ts';
import { createAppStore, type AppStore } from './store.ts';
import { applyTheme, readTheme } from './theme.ts';

export interface MountDeps {
  readonly element: HTMLElement;
  readonly engine: EngineClient;
  readonly host: HostApi;
  readonly demo: { readonly name: string; readonly text: string };
  readonly storage: Storage;
  readonly chooseFiles: ActionDeps['chooseFiles'];
  readonly copyText: ActionDeps['copyText'];
  readonly timeOfDay: () => string;
  readonly now: () => number;
}

export function mount(deps: MountDeps): AppStore {
  const { element, engine, host, demo, storage, chooseFiles, copyText, timeOfDay, now } = deps;
  const root = document.documentElement;
  const theme = readTheme(storage);
  applyTheme(theme, root, storage);
  const store = createAppStore({ engine, theme, profiles: readProfiles(storage) });
  const actions = createActions({
    store,
    engine,
    host,
    chooseFiles,
    copyText,
    timeOfDay,
    now,
    saveProfiles: (profiles) => writeProfiles(profiles, storage),
    chartPng: (caption) => chartPng(document, caption),
    applyTheme: (chosen) => applyTheme(chosen, root, storage),
  });

  let unsaved = false;
  store.subscribe((state) => {
    const ready = state.view !== null && state.chartSeries !== null && !state.updating && state.activity === null;
    const failed = state.broken !== null || (state.view === null && state.outcome !== null);
    root.dataset['appState'] = failed ? 'error' : ready ? 'ready' : 'loading';
    document.title = `${state.documentUnsaved ? '• ' : ''}${state.documentName} – Drawdown`;
    if (state.documentUnsaved === unsaved) return;
    unsaved = state.documentUnsaved;
    void host.setUnsaved({ unsaved });
  });

  const start = async (): Promise<void> => {
    const launched = await host.launchDocument();
    if (launched === null) await actions.openDemo(demo);
    else await actions.openWorkspace(launched);
  };

  createRoot(element).render(
    <StrictMode>
      <AppContext value={{ store, actions }}>
        <App />
      </AppContext>
    </StrictMode>,
  );

  void start().catch((error: unknown) => {
    store.setState({ broken: error instanceof Error ? error.message : String(error) });
  });
  return store;
}
