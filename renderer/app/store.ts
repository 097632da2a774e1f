/**
 * The one store: the slices of the features side by side, and the little that belongs to the window itself. It holds view
 * state and the worker's last answers, never a second copy of the ledger.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TableName } from '../../shared/contract/engine.ts';
import type { SavedQuery } from '../../shared/contract/journal.ts';
import { createChartSlice, type ChartSlice } from '../features/account/chartSlice.ts';
import { createAccountSlice, type AccountSlice } from '../features/account/slice.ts';
import { createDataSlice, type DataSlice, type SavedProfile } from '../features/data/slice.ts';
import { createDocumentSlice, type DocumentSlice } from '../features/document/slice.ts';
import { createExplainSlice, type ExplainSlice } from '../features/explain/slice.ts';
import { createImportingSlice, type ImportingSlice } from '../features/importing/slice.ts';
import { createStagingSlice, type StagingSlice } from '../features/importing/stagingSlice.ts';
import { createHistorySlice, type HistorySlice } from '../features/inspector/slice.ts';
import { createInvoicesSlice, type InvoicesSlice } from '../features/invoices/slice.ts';
import { createJournalSlice, type JournalSlice } from '../features/journal/slice.ts';
import { createLotsSlice, type LotsSlice } from '../features/lots/slice.ts';
import { createPaletteSlice, type PaletteSlice } from '../features/palette/slice.ts';
import { createGroupsSlice, type GroupsSlice } from '../features/groups/slice.ts';
import { createMatchingSlice, type MatchingSlice } from '../features/matching/slice.ts';
import { createPricesSlice, type PricesSlice } from '../features/prices/slice.ts';
import { createReconcileSlice, type ReconcileSlice } from '../features/reconcile/slice.ts';
import { createRollForwardSlice, type RollForwardSlice } from '../features/rollForward/slice.ts';
import { createReportSlice, type ReportSlice } from '../features/report/slice.ts';
import { createScenarioSlice, type ScenarioSlice } from '../features/scenario/slice.ts';
import { createSourceSlice, type SourceSlice } from '../features/source/slice.ts';
import { createSqlSlice, type SqlSlice } from '../features/sql/slice.ts';
import { createTableFilterSlice, type TableFilterSlice } from '../features/tableFilter/slice.ts';
import { eventsCalled } from '../features/timeline/describe.ts';
import { createTimelineSlice, type TimelineSlice } from '../features/timeline/slice.ts';
import { createTraceSlice, type TraceSlice } from '../features/trace/slice.ts';
import { createStepSlice, type StepSlice } from '../features/trace/stepSlice.ts';
import { createUsageSlice, type UsageSlice } from '../features/usage/slice.ts';
import { createWhatIfSlice, type WhatIfSlice } from '../features/whatIf/slice.ts';
import type { EngineClient, SliceDeps } from '../ui/slice.ts';
import type { DataTab } from './dataTabs.ts';
import type { JournalTab } from './JournalPlace.tsx';
import { showView, untilIdle } from './longWork.ts';
import type { PlaceId } from './places.ts';
import { STANDARD_SETTINGS, type Settings } from './settings.ts';
import type { Theme } from './theme.ts';

export interface WindowSlice extends Settings {
  readonly place: PlaceId;
  readonly dataTab: DataTab;
  readonly pasteShown: boolean;
  /** Of the account's tables. */
  readonly tab: TableName;
  readonly journalTab: JournalTab;
  /** Null: where there is room for it. */
  readonly trialShown: boolean | null;
  readonly theme: Theme;
  readonly keysShown: boolean;
  readonly settingsShown: boolean;
  /** This computer keeps no settings. */
  readonly settingsUnkept: boolean;
  /** The demo says what it is until it is told not to. */
  readonly hintShown: boolean;
  /** A sentence for screen readers. */
  readonly spoken: string;
  /** Why the app cannot go on; null while it can. */
  readonly broken: string | null;
}

export type AppState = AccountSlice &
  ChartSlice &
  TimelineSlice &
  LotsSlice &
  InvoicesSlice &
  JournalSlice &
  UsageSlice &
  TableFilterSlice &
  ImportingSlice &
  StagingSlice &
  DataSlice &
  PricesSlice &
  ScenarioSlice &
  SourceSlice &
  TraceSlice &
  StepSlice &
  SqlSlice &
  DocumentSlice &
  ReportSlice &
  WhatIfSlice &
  PaletteSlice &
  ReconcileSlice &
  GroupsSlice &
  MatchingSlice &
  HistorySlice &
  ExplainSlice &
  RollForwardSlice &
  WindowSlice;

export type AppStore = StoreApi<AppState>;

export function createAppStore(deps: {
  readonly engine: EngineClient;
  readonly theme: Theme;
  readonly profiles: readonly SavedProfile[];
  /** The user's own queries. */
  readonly queries?: readonly SavedQuery[];
  /** Whether documents are saved by themselves. */
  readonly autosave?: boolean;
  readonly settings?: Settings;
  /** What was chosen in the palette lately. */
  readonly chosen?: readonly string[];
}): AppStore {
  return createStore<AppState>()((set, get, store) => {
    const slice: SliceDeps = {
      engine: deps.engine,
      failed: (error) => {
        get().activityEnded({
          kind: 'failed',
          title: 'The figures could not be read',
          detail: error instanceof Error ? error.message : String(error),
          kept: 'Nothing was changed.',
        });
      },
    };
    return {
      ...createAccountSlice(set),
      ...createChartSlice(set, get, slice),
      ...createTimelineSlice(set, get, slice),
      ...createLotsSlice(set, get, slice),
      ...createInvoicesSlice(set, get, slice),
      ...createJournalSlice(set, get, slice),
      ...createUsageSlice(set, get, slice),
      ...createTableFilterSlice(set, get, { ...slice, eventsCalled }),
      ...createImportingSlice(set),
      ...createStagingSlice(set),
      ...createDataSlice(set, deps.profiles),
      ...createPricesSlice(set, get, {
        ...slice,
        pricesChanged: (view) => {
          // files that are staged are priced by the list too
          if (view === null) get().stagedForget();
          else {
            get().documentChanged();
            showView(store, view, true);
          }
        },
      }),
      ...createScenarioSlice(set, get, {
        ...slice,
        span: () => get().view,
        idle: () => untilIdle(store),
        scenarioApplied: (view, first) => {
          if (first === null) get().documentChanged();
          else get().documentOpened({ name: first, origin: 'scenario', ref: null });
          showView(store, view, first === null);
        },
      }),
      ...createSourceSlice(set, get, slice),
      ...createTraceSlice(set, get, slice),
      ...createStepSlice(set, get, slice),
      ...createSqlSlice(set, get, slice, deps.queries ?? []),
      ...createDocumentSlice(set, deps.autosave ?? true),
      ...createReportSlice(set, get, slice),
      ...createWhatIfSlice(set, get, {
        ...slice,
        whatIfKept: () => get().documentChanged(),
        whatIfApplied: (view) => {
          get().documentChanged();
          showView(store, view, true);
        },
      }),
      ...createPaletteSlice(set, get, slice, deps.chosen ?? []),
      ...createMatchingSlice(set, get, { ...slice, period: () => get().recon.shown?.period.period ?? null }),
      ...createGroupsSlice(set, get, slice),
      ...createHistorySlice(set, get, slice),
      ...createExplainSlice(set, get, slice),
      ...createRollForwardSlice(set, get, slice),
      ...createReconcileSlice(set, get, {
        ...slice,
        actor: () => get().actor,
        reconChanged: () => get().documentChanged(),
        reconShown: (sameMonth) => {
          get().explainForget();
          if (!sameMonth) get().matchingForget();
          const { shown, step } = get().recon;
          if (shown !== null) get().groupsShow(shown.period.period, step);
        },
        groupInPlace: (before, group) => get().groupsInPlace(before, group),
      }),
      place: 'account',
      dataTab: 'files',
      pasteShown: false,
      tab: 'timeline',
      journalTab: 'journal',
      trialShown: null,
      theme: deps.theme,
      ...(deps.settings ?? STANDARD_SETTINGS),
      keysShown: false,
      settingsShown: false,
      settingsUnkept: false,
      hintShown: true,
      spoken: '',
      broken: null,
    };
  });
}
