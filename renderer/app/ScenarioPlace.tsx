/** Joins the Scenario place with the store and the commands. */
import { useEffect, type ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { ScenarioPage } from '../features/scenario/ScenarioPage.tsx';
import { useActions, useAppState, useAppStore } from './context.ts';
import { useZone } from './useZone.ts';

export function ScenarioPlace(): ReactNode {
  const store = useAppStore();
  const actions = useActions();
  const zone = useZone();
  const view = useAppState((state) => state.view);
  const state = useAppState(
    useShallow((all) => ({
      name: all.scenarioName,
      shown: all.scenarioShown,
      kept: all.scenarioKept,
      base: all.scenarioBase,
      draft: all.scenarioDraft,
      docs: all.scenarioDocs,
      check: all.scenarioCheck,
      waiting: all.scenarioWaiting,
      expectations: all.scenarioExpectations,
      generators: all.scenarioGenerators,
      series: all.scenarioSeries,
    })),
  );
  const stale = useAppState((all) => all.scenarioStale && !all.updating);
  const unsaved = useAppState((all) => all.documentUnsaved);
  const applied = useAppState((all) => all.scenarioApplied);
  useEffect(() => {
    if (!stale) return;
    // an account that was just opened has nothing to undo
    const { view: now, scenarioLoad } = store.getState();
    void scenarioLoad(now !== null && now.undo === null && now.redo === null);
  }, [stale, store]);
  useEffect(() => {
    if (!unsaved && applied !== null) store.getState().scenarioSaved();
  }, [unsaved, applied, store]);
  // what was typed last is not left behind
  useEffect(() => () => store.getState().scenarioFlush(), [store]);
  return (
    <ScenarioPage
      state={state}
      view={view}
      zone={zone}
      loadTemplates={async () => (await import('./scenarioTemplates.ts')).TEMPLATES}
      onType={(read) => store.getState().scenarioTyped(read)}
      onKeep={(kept) => store.getState().scenarioKeep(kept)}
      onRevert={() => store.getState().scenarioRevert()}
      onBegin={(template) =>
        void import('./scenarioTemplates.ts').then(({ filesNamedIn }) =>
          store.getState().scenarioBegin(template, filesNamedIn(template.text)),
        )
      }
      onExport={(name, text) => void actions.exportText(name, text)}
      onFailed={(error) =>
        store.getState().activityEnded({
          kind: 'failed',
          title: 'The editor could not be loaded',
          detail: error instanceof Error ? error.message : String(error),
          kept: 'The account is as it was.',
        })
      }
    />
  );
}
