/** Puts the window together from its parts and starts it: the store, the commands, the first account. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { HostApi } from '../../shared/contract/host.ts';
import { chartPng } from '../ui/chart/exportPng.ts';
import { chartSvg } from '../ui/chart/exportSvg.ts';
import type { EngineClient } from '../ui/slice.ts';
import { createActions, type ActionDeps } from './actions.ts';
import { App } from './App.tsx';
import { startAutosave } from './autosave.ts';
import { readAutosave, writeAutosave } from './autosaveSetting.ts';
import { createCommands } from './commands/commands.ts';
import { AppContext } from './context.ts';
import { createSaving } from './documentSaving.ts';
import { readQueries, writeQueries } from './journalQueries.ts';
import { readProfiles, writeProfiles } from './profiles.ts';
import { readChoices, writeChoices } from './recentChoices.ts';
import { applySettings, readSettings, writeSettings } from './settings.ts';
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
  /** Of an instant in milliseconds since 1970, or of now. */
  readonly timeOfDay: (at?: number) => string;
  /** 32 hexadecimal digits that nobody else has. */
  readonly newId: () => string;
  readonly now: () => number;
}

export function mount(deps: MountDeps): AppStore {
  const { element, engine, host, demo, storage, chooseFiles, copyText, timeOfDay, now, newId } = deps;
  const root = document.documentElement;
  const theme = readTheme(storage);
  applyTheme(theme, root, storage);
  const settings = readSettings(storage);
  applySettings(settings, root, navigator.languages);
  const store = createAppStore({
    engine,
    theme,
    profiles: readProfiles(storage),
    queries: readQueries(storage),
    autosave: readAutosave(storage),
    settings,
    chosen: readChoices(storage),
  });
  const saving = createSaving({ store, engine, host, timeOfDay: () => timeOfDay() });
  startAutosave({ store, engine, host, saving, now, newId, timeOfDay: () => timeOfDay() });
  const actions = createActions({
    store,
    engine,
    host,
    demo,
    saving,
    chooseFiles,
    copyText,
    now,
    keepAutosave: (on) => writeAutosave(on, storage),
    saveProfiles: (profiles) => writeProfiles(profiles, storage),
    saveQueries: (queries) => writeQueries(queries, storage),
    chartPng: (caption) => chartPng(document, caption),
    chartSvg: (caption) => chartSvg(document, caption),
    applyTheme: (chosen) => applyTheme(chosen, root, storage),
    keepChoices: (ids) => writeChoices(ids, storage),
    keepSettings: (chosen) => {
      applySettings(chosen, root, navigator.languages);
      writeSettings(chosen, storage);
    },
  });

  const commands = createCommands(store, actions);

  let unsaved = false;
  store.subscribe((state) => {
    const ready = state.view !== null && state.chartSeries !== null && !state.updating && state.activity === null;
    const failed = state.broken !== null || (state.view === null && state.outcome !== null);
    const appState = failed ? 'error' : ready ? 'ready' : 'loading';
    const title = `${state.documentUnsaved ? '• ' : ''}${state.documentName} – Drawdown`;
    // a write costs the page's style and layout also where it changes nothing
    if (root.dataset['appState'] !== appState) root.dataset['appState'] = appState;
    if (document.title !== title) document.title = title;
    if (state.documentUnsaved === unsaved) return;
    unsaved = state.documentUnsaved;
    void host.setUnsaved({ unsaved });
  });

  createRoot(element).render(
    <StrictMode>
      <AppContext value={{ store, actions, commands, timeOfDay }}>
        <App />
      </AppContext>
    </StrictMode>,
  );

  void actions.saveOnClose().catch(() => undefined);
  void actions.start().catch((error: unknown) => {
    store.setState({ broken: error instanceof Error ? error.message : String(error) });
  });
  return store;
}
