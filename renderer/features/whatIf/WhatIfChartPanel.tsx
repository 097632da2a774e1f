/** The chart of what is tried over the baseline, with its legend and range, and the difference in a strip below. */
import { useMemo, type KeyboardEvent, type ReactNode } from 'react';
import type { AccountView } from '../../../shared/contract/engine.ts';
import type { Variant, VariantTable } from '../../../shared/contract/whatIf.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { BalanceChart } from '../../ui/chart/BalanceChart.tsx';
import type { ChartAccount, ChartActions, ChartCompare, ChartState } from '../../ui/chart/chartModel.ts';
import { DifferenceStrip } from '../../ui/chart/DifferenceStrip.tsx';
import type { LegendKey } from '../../ui/chart/legendKeys.ts';
import { RangeControl } from '../../ui/chart/RangeControl.tsx';
import { changeCount, letterOf, letterOfDraft } from './draft.ts';
import type { TriedRun, WhatIfChart } from './state.ts';
import { WhatIfLegend } from './WhatIfLegend.tsx';

export function WhatIfChartPanel(props: {
  readonly view: AccountView;
  readonly zone: Zone;
  readonly chart: WhatIfChart;
  readonly tried: TriedRun | null;
  readonly table: VariantTable | null;
  readonly variants: readonly Variant[];
  readonly against: string;
  readonly pointed: string | null;
  readonly baselineName: string;
  readonly name: string;
  readonly actions: ChartActions;
  readonly onToggle: (key: LegendKey) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}): ReactNode {
  const { view, zone, chart, tried, table, variants, against, pointed, baselineName, name, actions } = props;
  const { drawing, window } = chart;
  const letter = comparedLetter(tried, variants, against);
  const baselineBalance = table?.baseline.find((figure) => figure.name === 'balance')?.value ?? view.figures.balance;
  const account = useMemo((): ChartAccount => {
    const { title, currency, minorDigits: digits, from: start, to: end, figures } = view;
    const balance = tried?.figures.find((figure) => figure.name === 'balance')?.value ?? figures.balance;
    return { title, currency, digits, zone, start, end, balance, threshold: null, within: '' };
  }, [view, zone, tried]);
  const compare = useMemo(
    (): ChartCompare | null =>
      drawing === null
        ? null
        : {
            letter,
            baseline: drawing.baseline,
            baselineSpans: letter === '' ? [] : drawing.baselineNotes.spans.filter(({ record }) => record !== null),
            baselineBalance,
            overlays: drawing.overlays.map(({ id, series }) => ({
              letter: letterOf(variants.findIndex((variant) => variant.id === id)),
              series,
              pointed: id === pointed,
            })),
          },
    [drawing, letter, baselineBalance, variants, pointed],
  );
  const state: ChartState = {
    window,
    bounds: chart.bounds,
    series: drawing?.series ?? null,
    overview: null,
    notes: drawing?.notes ?? null,
    history: null,
    extent: chart.extent,
    hidden: chart.hidden,
    hover: chart.hover,
    pinned: false,
    selection: chart.selection,
    selectedRecord: null,
    selectedInvoice: null,
    compare,
  };
  const hasDifference = letter !== '';
  return (
    <div className="what-if-upper">
      <section className="what-if-chart" aria-label="Balance" onKeyDown={props.onKeyDown}>
        <div className="what-if-top">
          <WhatIfLegend
            baselineName={baselineName}
            letter={letter}
            name={name}
            counts={countsOf(tried, drawing?.notes.spans ?? [])}
            baselineCutoffs={(drawing?.baselineNotes.spans ?? []).filter(({ record }) => record !== null).length}
            hidden={chart.hidden}
            without={
              view.placement?.bounds == null
                ? null
                : 'Where in their buckets usage fell is not drawn here; see Account.'
            }
            onToggle={props.onToggle}
          />
          <RangeControl
            window={window}
            bounds={chart.bounds}
            start={view.from}
            end={view.to}
            zone={zone}
            onMove={actions.onMove}
          />
        </div>
        <BalanceChart account={account} state={state} actions={actions} lane={false} />
        <div className="strip-name">
          <strong>{hasDifference ? `${letter} − ${nameOfBaseline(baselineName)}` : 'Difference'}</strong>
          <span>
            {hasDifference ? `dots: ${letter} is higher, lines: ${letter} is lower` : 'none, until a value is changed'}
          </span>
        </div>
        {/* its place is kept where nothing differs: the first step of a drag moves nothing */}
        {drawing !== null && (
          <DifferenceStrip
            difference={drawing.difference}
            covered={drawing.differenceWindow}
            window={window}
            digits={view.minorDigits}
            hoverAt={chart.hover?.at ?? null}
            label={hasDifference ? `Difference of ${letter} and the ${baselineName}` : 'No difference'}
          />
        )}
      </section>
    </div>
  );
}

function nameOfBaseline(name: string): string {
  return name.toLowerCase().startsWith('saved') ? 'saved run' : name;
}

/** Empty where the run is the baseline itself: nothing is to be compared. */
function comparedLetter(tried: TriedRun | null, variants: readonly Variant[], against: string): string {
  if (tried === null) return '';
  const { draft } = tried;
  if (changeCount(draft) === 0) return against === 'saved' ? '' : 'S';
  const letter = letterOfDraft(draft, variants);
  return variants.some(({ id }, place) => id === against && letterOf(place) === letter) ? '' : letter;
}

/** An account is closed before its first credit too, which is no cut-off. */
function countsOf(
  tried: TriedRun | null,
  spans: readonly { readonly record: number | null }[],
): Readonly<Partial<Record<LegendKey, number>>> {
  if (tried === null) return {};
  const { marks, overruns } = tried.counts;
  return { ...marks, overrun: overruns, cutoff: spans.filter(({ record }) => record !== null).length };
}
