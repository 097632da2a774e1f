/** What the user can do, in one place: menus, keys and drops call these, and nothing else talks to shell or worker. */
import type { SavedQuery } from '../../shared/contract/journal.ts';
import { HostError, type HostApi } from '../../shared/contract/host.ts';
import { windowAround } from '../features/account/chartWindows.ts';
import { accountZone } from '../features/account/selectors.ts';
import { fileNameFrom } from '../features/document/slice.ts';
import { rangeText, sizeText } from '../ui/format.ts';
import type { EngineClient } from '../ui/slice.ts';
import { createComparing, type Comparing } from './comparing.ts';
import { createDataActions, type DataActions } from './dataActions.ts';
import type { Saving } from './documentSaving.ts';
import { createDocuments, type DocumentActions } from './documents.ts';
import { createLeaving, type Leaving } from './leaving.ts';
import { createJournalActions, type JournalActions } from './journalActions.ts';
import { createLongWork } from './longWork.ts';
import { createOpening, type Opening } from './opening.ts';
import type { SavedProfile } from '../features/data/slice.ts';
import { createStaging, type Staging } from './staging.ts';
import { createReportActions, type ReportActions } from './reportActions.ts';
import { createSelecting, type Selecting } from './selecting.ts';
import type { Settings } from './settings.ts';
import type { AppStore } from './store.ts';
import type { Theme } from './theme.ts';
import { createTraceActions, type TraceActions } from './traceActions.ts';

export interface Actions
  extends
    Opening,
    Selecting,
    Comparing,
    Staging,
    DataActions,
    DocumentActions,
    JournalActions,
    TraceActions,
    ReportActions {
  readonly answerLeave: Leaving['answerLeave'];
  /** The demo, with its most telling moment selected: where access was cut off. */
  openDemo(): Promise<void>;
  chooseScenario(): Promise<void>;
  /** Asks for files of any kind; usage and statements are read and shown first. */
  addFiles(): Promise<void>;
  exportChart(as?: 'png' | 'svg'): Promise<void>;
  /** Text of a price list file that the user chooses; null where none was. */
  choosePriceList(): Promise<{ readonly name: string; readonly text: string } | null>;
  exportText(name: string, text: string): Promise<void>;
  /** The open account's scenario as a file. */
  exportScenario(): Promise<void>;
  /** The demo in the place of the document that is open; what is unsaved of that is asked about. */
  leaveForDemo(): Promise<void>;
  copy(text: string): void;
  setTheme(theme: Theme): void;
  /** Remembers what was chosen in the palette. */
  choseInPalette(id: string): void;
  changeSettings(change: Partial<Settings & { readonly theme: Theme; readonly autosave: boolean }>): void;
}

/** Longer than any list of prices. */
const MOST_LIST_BYTES = 1 << 22;

export interface ActionDeps {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly host: HostApi;
  readonly demo: { readonly name: string; readonly text: string };
  readonly chooseFiles: (options: { accept: string; multiple: boolean }) => Promise<File[]>;
  /** The chart on screen as a PNG, with a title above it. */
  readonly chartPng: (caption: { title: string; detail: string }) => Promise<Uint8Array>;
  readonly chartSvg: (caption: { title: string; detail: string }) => Uint8Array;
  readonly copyText: (text: string) => boolean;
  readonly applyTheme: (theme: Theme) => void;
  /** Keeps the profiles on this computer. */
  readonly saveProfiles: (profiles: readonly SavedProfile[]) => void;
  /** Keeps the user's own queries on this computer; without it they hold until the window is closed. */
  readonly saveQueries?: (queries: readonly SavedQuery[]) => void;
  /** Keeps on this computer whether documents are saved by themselves. */
  readonly keepAutosave: (on: boolean) => void;
  /** Shows this computer's settings, and keeps them on it. */
  readonly keepSettings?: (settings: Settings) => void;
  /** Keeps on this computer what was chosen in the palette. */
  readonly keepChoices?: (ids: readonly string[]) => void;
  readonly saving: Saving;
  /** Milliseconds since some instant, for how long work takes. */
  readonly now: () => number;
}

export function createActions(deps: ActionDeps): Actions {
  const { store, engine, host, chooseFiles, applyTheme, demo, saving } = deps;
  const state = store.getState;
  const work = createLongWork(store, deps.now);

  /** A failure of shell or worker becomes a report; the account stays. */
  const guarded: Guarded = async (what, work) => {
    try {
      await work();
    } catch (error) {
      state().activityEnded({
        kind: 'failed',
        title: what,
        detail: error instanceof Error ? error.message : String(error),
        kept: error instanceof HostError ? '' : 'The account on screen is unchanged.',
      });
    }
  };

  const keepProfiles = (profiles: readonly SavedProfile[]): void => {
    state().profilesShow(profiles);
    try {
      deps.saveProfiles(profiles);
    } catch {
      // A browser that keeps nothing still reads this session's files by them.
      store.setState({ spoken: 'Profiles cannot be kept on this computer; they hold until the window is closed' });
    }
  };
  const copy = (text: string): void => {
    store.setState({ spoken: deps.copyText(text) ? 'Copied' : 'The browser did not allow to copy' });
  };
  const staging = createStaging({ store, engine, work, keepProfiles });
  const leaving = createLeaving(store, () => saving.write({ ref: state().documentRef }));
  const opening = createOpening({ store, engine, work, staging, leaving });
  const selecting = createSelecting(store);

  const openDemo = async (): Promise<void> => {
    if (!(await opening.openScenario({ ...demo, files: [] }, 'demo'))) return;
    const { view } = state();
    if (view === null) return;
    const { spans } = await engine.annotations({ from: view.from, to: view.to }).result;
    const story = spans.findLast(({ reason, record }) => reason !== 'no_plan' && record !== null);
    if (story === undefined || state().view !== view || state().timelineSelected !== null) return;
    await selecting.selectRecord(story.record);
    const at = state().chartSelection?.at;
    if (at !== undefined) state().chartShow(windowAround(at, state().chartBounds), 'resting');
  };
  const documents = createDocuments({
    ...{ store, engine, host, work, saving, leaving, opening, openDemo, keepAutosave: deps.keepAutosave },
  });

  const setTheme = (theme: Theme): void => {
    applyTheme(theme);
    store.setState({ theme });
  };

  return {
    ...opening,
    ...documents,
    ...selecting,
    ...createComparing({ store, engine, chooseFiles, guarded }),
    ...createTraceActions(store, selecting),
    ...staging,
    ...createDataActions({ store, engine, work, keepProfiles }),
    ...createJournalActions({ store, engine, host, work, copy, saveQueries: deps.saveQueries }),
    ...createReportActions({ store, engine, host, work }),
    ...createPlainExports(deps, guarded),
    openDemo,
    answerLeave: leaving.answerLeave,
    chooseScenario: () =>
      guarded('The scenario was not opened', async () => {
        await opening.openFiles(
          await chooseFiles({ accept: '.yaml,.yml,.json,.csv,.tsv,.ndjson,.jsonl', multiple: true }),
        );
      }),
    addFiles: () =>
      guarded('The files were not read', async () => {
        await opening.openFiles(await chooseFiles({ accept: '', multiple: true }));
      }),
    choosePriceList: async () => {
      let chosen: { name: string; text: string } | null = null;
      await guarded('The price list was not read', async () => {
        const [file] = await chooseFiles({ accept: '.yaml,.yml,.json', multiple: false });
        if (file === undefined) return;
        if (file.size > MOST_LIST_BYTES)
          throw new Error(`${file.name} has ${sizeText(file.size)}; a price list has a few kilobytes.`);
        chosen = { name: file.name, text: await file.text() };
      });
      return chosen;
    },
    leaveForDemo: () =>
      guarded('The demo was not opened', async () => {
        if (await leaving.mayLeave()) await openDemo();
      }),
    copy,
    setTheme,
    choseInPalette: (id) => {
      state().paletteChoose(id);
      try {
        deps.keepChoices?.(state().paletteChosen);
      } catch {
        // a browser that keeps nothing remembers them until the window is closed
      }
    },
    changeSettings: ({ theme, autosave, ...change }) => {
      if (theme !== undefined) setTheme(theme);
      if (autosave !== undefined) documents.setAutosave(autosave);
      if (Object.keys(change).length === 0) return;
      store.setState(change);
      const { density, locale, motion, textSize, actor } = state();
      try {
        deps.keepSettings?.({ density, locale, motion, textSize, actor });
      } catch {
        store.setState({ settingsUnkept: true });
      }
    },
  };
}

type Guarded = (what: string, work: () => Promise<void>) => Promise<void>;

/** What goes out as one file at once: the chart, a text. */
function createPlainExports(
  { store, engine, host, chartPng, chartSvg }: ActionDeps,
  guarded: Guarded,
): Pick<Actions, 'exportChart' | 'exportText' | 'exportScenario'> {
  const state = store.getState;
  return {
    exportChart: (as = 'png') =>
      guarded('The chart was not exported', async () => {
        const { view, chartWindow, place } = state();
        // The picture is taken of the chart on screen.
        if (view === null || place !== 'account') return;
        const zone = accountZone(view);
        const range = rangeText(Math.max(chartWindow.from, view.from), Math.min(chartWindow.to, view.to), zone);
        const caption = { title: view.title, detail: `Balance in ${view.currency}, ${range}, ${zone.name}` };
        const bytes = as === 'png' ? await chartPng(caption) : chartSvg(caption);
        const mimeType = as === 'png' ? 'image/png' : 'image/svg+xml';
        await host.exportFile({ suggestedName: fileNameFrom(view.title, `.${as}`), mimeType, bytes });
      }),
    exportText: (name, text) =>
      guarded(`${name} was not exported`, async () => {
        await host.exportFile({ suggestedName: name, mimeType: 'text/plain', bytes: new TextEncoder().encode(text) });
      }),
    exportScenario: () =>
      guarded('The scenario was not exported', async () => {
        const file = await engine.scenarioText({}).result;
        if (file === null) return;
        const bytes = new TextEncoder().encode(file.text);
        await host.exportFile({ suggestedName: file.name, mimeType: 'text/plain', bytes });
      }),
  };
}
