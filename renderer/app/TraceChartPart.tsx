/** The balance around the event at which one stands; a click on it goes to the event there. */
import { useMemo, type ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { AccountView } from '../../shared/contract/engine.ts';
import type { Zone } from '../../shared/domain/time.ts';
import { withinText } from '../features/account/selectors.ts';
import { BalanceChart } from '../ui/chart/BalanceChart.tsx';
import type { ChartAccount, ChartActions, ChartState } from '../ui/chart/chartModel.ts';
import { pixelValue } from '../ui/chart/geometry.ts';
import { useAppState, useAppStore } from './context.ts';
import type { AppState, AppStore } from './store.ts';

export function TraceChartPart({ view, zone }: { readonly view: AccountView; readonly zone: Zone }): ReactNode {
  const store = useAppStore();
  const shown = useAppState(
    useShallow(({ stepWindow, chartBounds, stepSeries, chartOverview, stepNotes, chartHistory, stepExtent }) => ({
      window: stepWindow,
      bounds: chartBounds,
      series: stepSeries,
      overview: chartOverview,
      notes: stepNotes,
      history: chartHistory,
      extent: stepExtent,
    })),
  );
  const step = useAppState((state) => state.step);
  const state = useMemo((): ChartState => ({ ...shown, ...UNTOUCHED, ...selectionOf(step) }), [shown, step]);
  const account = useMemo((): ChartAccount => {
    const { title, currency, minorDigits: digits, from: start, to: end, figures, threshold } = view;
    return { title, currency, digits, zone, start, end, balance: figures.balance, threshold, within: withinText(view) };
  }, [view, zone]);
  const actions = useMemo(() => actionsOf(store), [store]);
  return (
    <div className="trace-chart">
      <BalanceChart account={account} state={state} actions={actions} lane={false} />
    </div>
  );
}

const UNTOUCHED = { hidden: new Set<never>(), hover: null, pinned: false, selectedInvoice: null } as const;

function selectionOf(step: AppState['step']): Pick<ChartState, 'selection' | 'selectedRecord'> {
  if (step === null) return { selection: null, selectedRecord: null };
  const { event, after } = step;
  const { at, label, records } = event;
  return {
    selection: { at, y: pixelValue(after.balance), balance: after.balance, what: label, source: null },
    selectedRecord: records.to > records.from ? records.from : null,
  };
}

function actionsOf(store: AppStore): ChartActions {
  const state = store.getState;
  return {
    onColumns: (columns) => state().stepResize(columns),
    onMove: (change) => {
      const { stepWindow, chartBounds, stepShow } = state();
      stepShow(change(stepWindow, chartBounds));
    },
    onHover: () => undefined,
    onPin: () => undefined,
    onSelect: (at, record) => state().stepTo(record === null ? { at: Math.round(at) } : { record }),
    onMonth: () => undefined,
  };
}
