/** Joins chart, difference and figures of the What-if place with the store. */
import { TriangleAlert } from 'lucide-react';
import { useMemo, type KeyboardEvent, type ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { AccountView } from '../../shared/contract/engine.ts';
import type { Zone } from '../../shared/domain/time.ts';
import { CompareTable } from '../features/whatIf/CompareTable.tsx';
import { runColumns } from '../features/whatIf/columns.ts';
import { changeCount, draftName, letterOf, letterOfDraft } from '../features/whatIf/draft.ts';
import { WhatIfChartPanel } from '../features/whatIf/WhatIfChartPanel.tsx';
import { Notice } from '../ui/Notice.tsx';
import { panBy } from '../ui/chart/timeWindow.ts';
import type { ChartActions } from '../ui/chart/chartModel.ts';
import { rangeText } from '../ui/format.ts';
import { useActions, useAppState, useAppStore } from './context.ts';
import { EmptyAccount, isEmptyAccount } from './EmptyAccount.tsx';
import type { AppState, AppStore } from './store.ts';
import { useZone } from './useZone.ts';
import { saveScenario } from './WhatIfPlace.tsx';

export function WhatIfMain({ view }: { readonly view: AccountView }): ReactNode {
  const zone = useZone();
  if (isEmptyAccount(view)) {
    return (
      <div className="what-if-main">
        <RunProblem />
        <EmptyAccount>
          With usage in it, every step of a control replays the account, and its balance and figures stand here.
        </EmptyAccount>
      </div>
    );
  }
  return (
    <div className="what-if-main">
      <RunProblem />
      <ChartPart view={view} zone={zone} />
      <TablePart view={view} zone={zone} />
    </div>
  );
}

/** What keeps the whole from being run, where no one control says it. */
function RunProblem(): ReactNode {
  const problems = useAppState((state) => state.whatIf.problems);
  const controls = useAppState((state) => state.whatIf.controls);
  if (problems.length === 0) return null;
  const words = problems.map(({ path, message }) => {
    const label = controls.find((control) => control.path === path)?.label ?? path;
    return label === null ? message : `${label} ${message}`;
  });
  return (
    <div className="what-if-problem" role="alert">
      <Notice icon={TriangleAlert} tone="debt" title="These values cannot be run; the last run stays on screen">
        {words.map((said) => (
          <p key={said}>{said}</p>
        ))}
      </Notice>
    </div>
  );
}

function ChartPart({ view, zone }: { readonly view: AccountView; readonly zone: Zone }): ReactNode {
  const store = useAppStore();
  const chart = useAppState((state) => state.whatIfChart);
  const tried = useAppState((state) => state.whatIf.tried);
  const controls = useAppState((state) => state.whatIf.controls);
  const table = useAppState((state) => state.whatIf.table);
  const variants = useAppState((state) => state.whatIf.history.now.variants);
  const against = useAppState((state) => state.whatIf.against);
  const pointed = useAppState((state) => state.whatIf.pointed);
  const actions = useMemo(() => chartActionsOf(store), [store]);
  return (
    <WhatIfChartPanel
      view={view}
      zone={zone}
      chart={chart}
      tried={tried}
      table={table}
      variants={variants}
      against={against}
      pointed={pointed}
      baselineName={baselineName(against, variants)}
      name={
        tried === null ? '' : (variants[variantPlace(tried.draft, variants)]?.name ?? draftName(tried.draft, controls))
      }
      actions={actions}
      onToggle={store.getState().whatIfToggle}
      onKeyDown={(event) => walk(event, store, actions)}
    />
  );
}

function variantPlace(
  draft: Parameters<typeof letterOfDraft>[0],
  variants: Parameters<typeof letterOfDraft>[1],
): number {
  const letter = letterOfDraft(draft, variants);
  return variants.findIndex((_, place) => letterOf(place) === letter);
}

function baselineName(against: string, variants: readonly { readonly id: string; readonly name: string }[]): string {
  const place = variants.findIndex(({ id }) => id === against);
  return place < 0 ? 'Saved run' : `${letterOf(place)} ${variants[place]?.name ?? ''}`;
}

function chartActionsOf(store: AppStore): ChartActions {
  const state = store.getState;
  const idOf = (letter: string): string | null =>
    state().whatIf.history.now.variants.find((_, place) => letterOf(place) === letter)?.id ?? null;
  return {
    onColumns: (columns) => state().whatIfResize(columns),
    onMove: (change, hand) => {
      const { whatIfChart, whatIfShow } = state();
      whatIfShow(change(whatIfChart.window, whatIfChart.bounds), hand);
    },
    onHover: (at) => state().whatIfHoverAt(at),
    onPin: () => undefined,
    onSelect: (at) => state().whatIfSelectAt(at),
    onMonth: () => undefined,
    onRunPointed: (letter) => state().whatIfPoint(letter === null ? null : idOf(letter)),
    onRun: (letter) => state().whatIfSelect(idOf(letter)),
  };
}

/** Keys of the chart itself, while it has the focus. */
function walk(event: KeyboardEvent, store: AppStore, chart: ChartActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(event.target instanceof HTMLElement) || event.target.dataset['chart'] === undefined) return;
  const { whatIfStep, whatIfSelectAt } = store.getState();
  if (event.key === 'Escape') whatIfSelectAt(null);
  const toRight = event.key === 'ArrowRight';
  if (!toRight && event.key !== 'ArrowLeft') return;
  event.preventDefault();
  if (event.shiftKey) chart.onMove((window, bounds) => panBy(window, toRight ? 0.2 : -0.2, bounds), 'resting');
  else whatIfStep(toRight ? 1 : -1);
}

/** The table is of runs that were made: a value that is still on its way changes nothing in it. */
function tableStateOf({ whatIf }: AppState) {
  const { table, tried, against, history, controls, problems, overlaid, pointed, allFigures } = whatIf;
  return {
    draft: tried?.draft ?? whatIf.draft,
    table,
    tried,
    against,
    history,
    controls,
    problems,
    overlaid,
    pointed,
    allFigures,
  };
}

function TablePart({ view, zone }: { readonly view: AccountView; readonly zone: Zone }): ReactNode {
  const store = useAppStore();
  const { exportText } = useActions();
  const model = useAppState(useShallow(tableStateOf));
  const { draft, table, tried, against, history, controls, problems, overlaid, pointed, allFigures } = model;
  const columns = useMemo(
    () => runColumns({ draft, table, tried, against, history, controls, overlaid, pointed }),
    [draft, table, tried, against, history, controls, overlaid, pointed],
  );
  const actions = useMemo(() => {
    const state = store.getState();
    return {
      onSelect: state.whatIfSelect,
      onPin: () => void state.whatIfPin(),
      onRename: state.whatIfRename,
      onRemove: state.whatIfRemove,
      onMove: state.whatIfMove,
      onOverlay: state.whatIfOverlay,
      onPoint: state.whatIfPoint,
      onCompareWith: state.whatIfCompareWith,
      onSave: (id: string) => void saveScenario(state.whatIfSaved, id, exportText),
      onApply: (id: string) => void state.whatIfApply(id),
    };
  }, [store, exportText]);
  return (
    <CompareTable
      baseline={table?.baseline ?? (changeCount(draft) === 0 && tried !== null ? tried.figures : [])}
      baselineName={baselineName(against, history.now.variants)}
      columns={columns}
      range={rangeText(view.from, view.to, zone)}
      currency={view.currency}
      digits={view.minorDigits}
      all={allFigures}
      isStale={problems.length > 0}
      onAll={(all) => store.getState().whatIfView({ allFigures: all })}
      actions={actions}
    />
  );
}
