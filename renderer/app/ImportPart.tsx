/** Joins the import page with the store and the commands. */
import { useEffect, useMemo, type ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { ImportPage, type ImportPageActions } from '../features/importing/ImportPage.tsx';
import type { Actions } from './actions.ts';
import { useActions, useAppState, useAppStore } from './context.ts';
import type { AppStore } from './store.ts';
import { useZone } from './useZone.ts';

const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

export function ImportPart(): ReactNode {
  const store = useAppStore();
  const actions = useActions();
  const zone = useZone();
  const state = useAppState(
    useShallow((all) => ({
      staged: all.staged,
      chosen: all.stagedChosen,
      included: all.stagedIncluded,
      remember: all.stagedRemember,
      asked: all.stagedAsked,
      columnsShown: all.columnsShown,
      activity: all.activity,
      outcome: all.outcome,
    })),
  );
  const stale = useAppState((all) => all.stagedStale && all.staged.length > 0 && !all.updating);
  useEffect(() => {
    if (stale) void actions.settleStaged();
  }, [stale, actions]);
  const pageActions = useMemo(() => pageActionsOf(store, actions), [store, actions]);
  return <ImportPage state={state} actions={pageActions} zone={zone} zones={ZONES} />;
}

function pageActionsOf(store: AppStore, actions: Actions): ImportPageActions {
  const state = store.getState;
  return {
    onChoose: (id) => state().stagedChoose(id),
    onRestage: (id, change) => void actions.restage(id, change),
    onLeaveOut: (id) => void actions.leaveOut(id),
    onInclude: (id, include) => state().stagedInclude(id, include),
    onRemember: (id, remember) => state().stagedSetRemember(id, remember),
    onColumns: (shown) => state().showColumns(shown),
    onImport: () => void actions.takeStaged(),
    onAdd: () => void actions.addFiles(),
    onPaste: () => store.setState({ pasteShown: true }),
    onPrices: () => store.setState({ dataTab: 'prices' }),
    onDismiss: () => state().dismissOutcome(),
  };
}
