/** Joins the place of traces with the store: the trail, the tree, the chart of the time around it, the event. */
import { SearchX } from 'lucide-react';
import { useEffect, useMemo, type KeyboardEvent, type ReactNode } from 'react';
import type { AccountView } from '../../shared/contract/engine.ts';
import type { Instant, Zone } from '../../shared/domain/time.ts';
import { fileNameFrom } from '../features/document/slice.ts';
import { asOfChoices } from '../features/trace/asOf.ts';
import type { TraceStop } from '../features/trace/slice.ts';
import { StepPanel, type StepActions } from '../features/trace/StepPanel.tsx';
import { TraceEmpty } from '../features/trace/TraceEmpty.tsx';
import { TraceHeader, type HeaderActions } from '../features/trace/TraceHeader.tsx';
import type { TreeActions } from '../features/trace/treeActions.ts';
import { TraceTree } from '../features/trace/TraceTree.tsx';
import { treeRows, type TreeRow } from '../features/trace/tree.ts';
import { csvText, indentedText } from '../features/trace/treeText.ts';
import { Button } from '../ui/Button.tsx';
import { zoomAt } from '../ui/chart/timeWindow.ts';
import { Notice } from '../ui/Notice.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import type { Actions } from './actions.ts';
import { useActions, useAppState, useAppStore } from './context.ts';
import type { AppStore } from './store.ts';
import { stepOf } from './traceActions.ts';
import { TraceChartPart } from './TraceChartPart.tsx';
import { isTyping } from './useKeys.ts';
import { useQuestions } from './useQuestions.ts';
import { useZone } from './useZone.ts';

export function TracePlace(): ReactNode {
  const store = useAppStore();
  const zone = useZone();
  const view = useAppState((state) => state.view);
  const trail = useAppState((state) => state.traceTrail);
  const loaded = useAppState((state) => state.traceChildren);
  const progress = useAppState((state) => state.traceProgress);
  const last = trail.at(-1);
  const root = last?.root ?? null;
  const open = last?.open;
  const rows = useMemo(
    () => (root === null || open === undefined ? [] : treeRows(root, open, loaded)),
    [root, open, loaded],
  );
  const stale = last?.stale === true;
  useEffect(() => {
    if (stale) store.getState().traceRenew();
  }, [stale, store]);
  const end = view?.to;
  useEffect(() => {
    if (root === null || end === undefined) return;
    store.getState().stepTo(stepOf(root) ?? { at: end });
  }, [root, end, store]);
  return (
    <main className="trace-place" onKeyDown={(event) => onPlaceKey(event, store)}>
      <Header view={view} zone={zone} rows={rows} />
      {progress !== null ? (
        <div className="trace-progress">
          <ProgressBar
            {...progress}
            unit={progress.unit}
            leftMs={null}
            cancelLabel="Cancel, the account stays"
            onCancel={store.getState().traceCancel}
          />
        </div>
      ) : view === null || last === undefined ? (
        <Empty hasAccount={view !== null} />
      ) : (
        <div className="trace-body-grid">
          <div className="trace-main">
            <TraceChartPart view={view} zone={zone} />
            <Derivation view={view} zone={zone} stop={last} rows={rows} />
          </div>
          <Steps view={view} zone={zone} />
        </div>
      )}
    </main>
  );
}

/** Arrows walk the events wherever they have no meaning of their own; zoom is the chart's. */
function onPlaceKey(event: KeyboardEvent, store: AppStore): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const { stepBy, stepShow, stepWindow, chartBounds, step, traceTrail } = store.getState();
  if (traceTrail.length === 0) return;
  const at = step?.event.at ?? (stepWindow.from + stepWindow.to) / 2;
  switch (event.key) {
    case 'ArrowLeft':
      stepBy(-1, event.shiftKey);
      break;
    case 'ArrowRight':
      stepBy(1, event.shiftKey);
      break;
    case '+':
    case '=':
      stepShow(zoomAt(stepWindow, at, 0.6, chartBounds));
      break;
    case '-':
      stepShow(zoomAt(stepWindow, at, 1 / 0.6, chartBounds));
      break;
    case '0':
      stepShow(chartBounds);
      break;
    default:
      return;
  }
  event.preventDefault();
}

function Empty({ hasAccount }: { readonly hasAccount: boolean }): ReactNode {
  const { traceFigure } = useActions();
  const questions = useQuestions();
  return <TraceEmpty hasAccount={hasAccount} questions={questions} onAsk={({ target }) => traceFigure(target)} />;
}

function moneyOf({ currency, minorDigits: digits }: AccountView): { currency: string; digits: number } {
  return { currency, digits };
}

/** As of when: what was asked for, else the instant that the figure is of. */
function asOfStop(stop: TraceStop | undefined, view: AccountView): Instant {
  const asked = stop !== undefined && 'at' in stop.target ? stop.target.at : undefined;
  return asked ?? stop?.root?.at ?? view.to;
}

function Header(props: {
  readonly view: AccountView | null;
  readonly zone: Zone;
  readonly rows: readonly TreeRow[];
}): ReactNode {
  const { view, zone, rows } = props;
  const store = useAppStore();
  const actions = useActions();
  const trail = useAppState((state) => state.traceTrail);
  const awaited = useAppState((state) => state.traceAwaited || state.updating);
  const history = useAppState((state) => state.chartHistory);
  const choices = useMemo(() => (history === null ? [] : asOfChoices(history, zone)), [history, zone]);
  if (view === null)
    return (
      <header className="trace-header">
        <h1>Trace</h1>
      </header>
    );
  return (
    <TraceHeader
      trail={trail}
      facts={view.title === '' ? view.account : view.title}
      at={asOfStop(trail.at(-1), view)}
      choices={choices}
      zone={zone}
      money={moneyOf(view)}
      updating={awaited}
      actions={headerActions({ store, actions, view, zone, rows })}
    />
  );
}

function headerActions(of: {
  store: AppStore;
  actions: Actions;
  view: AccountView;
  zone: Zone;
  rows: readonly TreeRow[];
}): HeaderActions {
  const { store, actions, view, zone, rows } = of;
  const context = { title: view.title, zone, money: moneyOf(view) };
  const stop = (): TraceStop | undefined => store.getState().traceTrail.at(-1);
  return {
    onBack: actions.traceBack,
    onReturn: (index) => store.getState().traceReturn(index),
    onAsOf: actions.traceAsOf,
    onChart: () => {
      const selected = rows.find(({ id }) => id === stop()?.selected);
      const own = selected?.kind === 'node' ? selected.node : undefined;
      const node = own?.row === undefined && own?.at === undefined ? stop()?.root : own;
      actions.showTraced({ at: asOfStop(stop(), view), ...node });
    },
    onCopy: () => actions.copy(indentedText(rows, context)),
    onCsv: () => {
      const name = `${view.title} ${stop()?.root?.label ?? 'figure'}`;
      void actions.exportText(fileNameFrom(name, '.csv'), csvText(rows, zone));
    },
  };
}

function Derivation(props: {
  readonly view: AccountView;
  readonly zone: Zone;
  readonly stop: TraceStop;
  readonly rows: readonly TreeRow[];
}): ReactNode {
  const { view, zone, stop, rows } = props;
  const store = useAppStore();
  const actions = useActions();
  const awaited = useAppState((state) => state.traceAwaited || state.updating);
  const treeActions = useMemo(() => treeActionsOf(store, actions), [store, actions]);
  if (stop.root === null)
    return (
      <div className="trace-gone">
        <Notice icon={SearchX} title="This figure is no longer there">
          <p>{stop.failure ?? 'The account has changed.'}</p>
          <p>
            <Button small onClick={() => actions.traceFigure({ kind: 'balance' })}>
              Trace the balance
            </Button>
          </p>
        </Notice>
      </div>
    );
  return (
    <TraceTree
      root={stop.root}
      rows={rows}
      selected={stop.selected}
      awaited={awaited}
      zone={zone}
      money={moneyOf(view)}
      actions={treeActions}
    />
  );
}

function treeActionsOf(store: AppStore, actions: Actions): TreeActions {
  const state = store.getState;
  return {
    onSelect: (row) => {
      state().traceSelect(row.id);
      const step = row.kind === 'node' ? stepOf(row.node) : null;
      if (step !== null) state().stepTo(step);
    },
    onToggle: (row, open) => state().traceToggle(row.id, row.node, open),
    onMore: (node) => state().traceMore(node),
    onOpen: actions.traceFigure,
    onSource: actions.openSource,
  };
}

function Steps({ view, zone }: { readonly view: AccountView; readonly zone: Zone }): ReactNode {
  const store = useAppStore();
  const actions = useActions();
  const step = useAppState((state) => state.step);
  const stepActions = useMemo(
    (): StepActions => ({
      onStep: (by, rows) => store.getState().stepBy(by, rows),
      onSource: actions.openSource,
      onTrace: ({ event: { records, rows, at } }) => {
        const usage = rows === null ? null : rows.to - 1;
        if (records.to > records.from) actions.traceFigure({ kind: 'record_balance', record: records.to - 1 });
        else if (usage !== null) actions.traceFigure({ kind: 'usage', row: usage, of: 'balance' });
        else actions.traceFigure({ kind: 'balance', at });
      },
      onChart: ({ event: { records, rows, at } }) => {
        if (records.to > records.from) actions.showTraced({ row: { table: 'timeline', index: records.from } });
        else if (rows !== null) actions.showTraced({ row: { table: 'usage', index: rows.to - 1 } });
        else actions.showTraced({ at });
      },
    }),
    [store, actions],
  );
  return <StepPanel step={step} zone={zone} money={moneyOf(view)} actions={stepActions} />;
}
