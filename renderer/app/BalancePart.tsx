/** Joins the chart with the store: what it shows, and what a hand on it does elsewhere. */
import { useMemo, type KeyboardEvent, type ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { AccountView } from '../../shared/contract/engine.ts';
import type { Zone } from '../../shared/domain/time.ts';
import { ChartPanel } from '../features/account/ChartPanel.tsx';
import { legendCounts, withinText } from '../features/account/selectors.ts';
import type { ChartAccount, ChartActions, ChartState } from '../ui/chart/chartModel.ts';
import { CompareBar } from '../features/account/CompareBar.tsx';
import { letterOf } from '../features/whatIf/draft.ts';
import { panBy } from '../ui/chart/timeWindow.ts';
import type { Actions } from './actions.ts';
import { useActions, useAppState, useAppStore } from './context.ts';
import type { AppState, AppStore } from './store.ts';

export function BalancePart(props: {
  readonly view: AccountView;
  readonly zone: Zone;
  readonly updating: boolean;
}): ReactNode {
  const { view, zone, updating } = props;
  const store = useAppStore();
  const actions = useActions();
  const state = useAppState(useShallow(chartStateOf));
  const account = useMemo((): ChartAccount => {
    const { title, currency, minorDigits: digits, from: start, to: end, figures, threshold } = view;
    const within = withinText(view);
    return { title, currency, digits, zone, start, end, balance: figures.balance, threshold, within };
  }, [view, zone]);
  const second = useAppState((state) => state.chartSecond);
  const drawn = useAppState((state) => state.chartSecondDrawn);
  const variants = useAppState((state) => state.whatIf.history.now.variants);
  const compared = useMemo(
    (): ChartState =>
      second === null || drawn === null
        ? state
        : {
            ...state,
            compare: {
              letter: 'S',
              ...{ baseline: drawn.series, baselineSpans: drawn.spans, baselineBalance: second.balance, overlays: [] },
            },
          },
    [state, second, drawn],
  );
  const chartActions = useMemo(() => chartActionsOf(store, actions), [store, actions]);
  return (
    <ChartPanel
      account={account}
      state={compared}
      actions={chartActions}
      counts={legendCounts(view, state.history?.spans)}
      onToggle={store.getState().chartToggle}
      onKeyDown={(event) => walk(event, actions, chartActions, view)}
      updating={updating}
      compare={
        <CompareBar
          variants={variants.map(({ id, name }, place) => ({ id, name, letter: letterOf(place) }))}
          compared={second}
          onVariant={(id) => void actions.compareVariant(id)}
          onFile={() => void actions.compareFile()}
          onStop={actions.compareStop}
        />
      }
      second={second === null || drawn === null ? null : { name: second.name, drawn }}
    />
  );
}

function chartStateOf(state: AppState): ChartState {
  return {
    window: state.chartWindow,
    bounds: state.chartBounds,
    series: state.chartSeries,
    overview: state.chartOverview,
    notes: state.chartAnnotations,
    history: state.chartHistory,
    extent: state.chartExtent,
    hidden: state.chartHidden,
    hover: state.chartHover,
    pinned: state.chartPinned,
    selection: state.chartSelection?.spot ?? null,
    selectedRecord: state.chartSelection?.record ?? null,
    selectedInvoice: state.tab === 'invoices' ? state.invoicesSelected : null,
    selectedStated: state.chartStated,
    selectedItem: state.chartItem,
  };
}

function chartActionsOf(store: AppStore, actions: Actions): ChartActions {
  const state = store.getState;
  return {
    onColumns: (columns) => state().chartResize(columns),
    onMove: (change, hand) => {
      const { chartWindow, chartBounds, chartShow } = state();
      chartShow(change(chartWindow, chartBounds), hand);
    },
    onHover: (at) => state().chartHoverAt(at),
    onPin: () => state().chartPin(),
    onSelect: (at, record) => actions.selectAt(at, record),
    onStated: (point) => actions.selectStated(point, { open: true }),
    onItem: (item) => actions.selectItem(item),
    onMonth: (invoice) => {
      store.setState({ tab: 'invoices' });
      void actions.selectInvoice(invoice);
    },
  };
}

/** Keys of the chart itself, while it has the focus. */
function walk(event: KeyboardEvent, actions: Actions, chart: ChartActions, view: AccountView): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(event.target instanceof HTMLElement) || event.target.dataset['chart'] === undefined) return;
  const toRight = event.key === 'ArrowRight';
  if (toRight || event.key === 'ArrowLeft') {
    if (event.shiftKey) chart.onMove((window, bounds) => panBy(window, toRight ? 0.2 : -0.2, bounds), 'resting');
    else void actions.stepEvent(toRight ? 1 : -1);
  } else if (event.key === 'Home') void actions.stepEvent(-view.counts.timeline);
  else if (event.key === 'End') void actions.stepEvent(view.counts.timeline);
  else return;
  event.preventDefault();
}
