/** Tracing from anywhere: a figure, the selected row or the point on the chart opens its derivation, and it leads back. */
import type { TableName } from '../../shared/contract/engine.ts';
import type { StepRequest, TraceNode, TraceTarget } from '../../shared/contract/trace.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { nodeAt, ROOT_ID } from '../features/trace/tree.ts';
import type { Selecting } from './selecting.ts';
import type { AppState, AppStore } from './store.ts';

/** What of the user is on the chart. A table points at the chart too, which is not what `T` in a table asks about. */
export type OnChart = 'focus' | 'pointer' | null;

export interface TraceActions {
  /** Opens a figure's derivation; from within the place of traces, behind the one that is open. */
  traceFigure(target: TraceTarget): void;
  /** What `T` means where the focus is: the point on the chart, the selected row of the table, else the balance. */
  traceHere(onChart: OnChart): void;
  /** To the figure before it, else to the account. */
  traceBack(): void;
  traceAsOf(at: Instant): void;
  /** Selects what is behind a node in the account. */
  showTraced(node: Pick<TraceNode, 'row' | 'at'>): void;
}

export function createTraceActions(store: AppStore, selecting: Selecting): TraceActions {
  const state = store.getState;
  const traceFigure = (target: TraceTarget): void => {
    const inside = state().place === 'trace' && state().traceTrail.length > 0;
    state().traceOpen(target, inside ? 'deeper' : 'first');
    store.setState({ place: 'trace' });
  };
  return {
    traceFigure,
    traceHere: (onChart) => {
      const target = targetHere(state(), onChart);
      if (target !== null) traceFigure(target);
    },
    traceBack: () => {
      const { traceTrail, traceReturn } = state();
      if (traceTrail.length > 1) traceReturn(traceTrail.length - 2);
      else store.setState({ place: 'account' });
    },
    traceAsOf: (at) => {
      const last = state().traceTrail.at(-1)?.target;
      if (last === undefined) return;
      const movable = last.kind === 'balance' || last.kind === 'lots' || last.kind === 'debt' || last.kind === 'lot';
      if (movable) state().traceOpen({ ...last, at }, 'instead');
      else state().traceOpen({ kind: 'balance', at }, 'deeper');
    },
    showTraced: ({ row, at }) => {
      store.setState({ place: 'account' });
      if (row !== undefined) {
        store.setState({ tab: row.table });
        void SELECT[row.table](selecting, row.index);
      } else if (at !== undefined) selecting.selectAt(at, null);
    },
  };
}

const SELECT: Readonly<Record<TableName, (selecting: Selecting, index: number) => Promise<void>>> = {
  timeline: (selecting, index) => selecting.selectRecord(index),
  lots: (selecting, index) => selecting.selectLot(index),
  invoices: (selecting, index) => selecting.selectInvoice(index),
  usage: (selecting, index) => selecting.selectUsage(index),
};

/** What a row of a table stands for. */
export function rowTarget(table: TableName, index: number): TraceTarget {
  switch (table) {
    case 'timeline':
      return { kind: 'record', record: index };
    case 'lots':
      return { kind: 'lot', lot: index };
    case 'invoices':
      return { kind: 'invoice', invoice: index };
    case 'usage':
      return { kind: 'usage', row: index, of: 'cost' };
  }
}

export function targetHere(state: AppState, onChart: OnChart): TraceTarget | null {
  if (state.view === null) return null;
  if (state.place === 'trace') return targetInTree(state);
  if (state.place !== 'account') return null;
  const hovered = onChart === null ? null : state.chartHover;
  const point = hovered ?? (onChart === 'focus' ? state.chartSelection : null);
  if (point !== null) return { kind: 'balance', at: point.at };
  const selected = {
    timeline: state.timelineSelected,
    lots: state.lotsSelected,
    invoices: state.invoicesSelected,
    usage: state.usageSelected,
  }[state.tab];
  return selected === null ? { kind: 'balance' } : rowTarget(state.tab, selected);
}

/** What the selected row of a derivation is itself made of, where it is not the root. */
function targetInTree({ traceTrail, traceChildren }: AppState): TraceTarget | null {
  const stop = traceTrail.at(-1);
  if (stop === undefined || stop.root === null || stop.selected === ROOT_ID) return null;
  const node = nodeAt(stop.root, stop.selected, traceChildren);
  if (node?.opens !== undefined) return node.opens;
  return node?.row === undefined ? null : rowTarget(node.row.table, node.row.index);
}

/** Where to stand in the run for a node: at its row, else at its instant. */
export function stepOf({ row, at }: Pick<TraceNode, 'row' | 'at'>): StepRequest | null {
  if (row?.table === 'timeline') return { record: row.index };
  if (row?.table === 'usage') return { row: row.index };
  return at === undefined ? null : { at };
}
