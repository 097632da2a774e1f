/** The chart with what belongs to it: legend above, range at its right, history below. */
import type { ReactNode } from 'react';
import type { SecondDrawn } from './secondRun.ts';
import { BalanceChart } from '../../ui/chart/BalanceChart.tsx';
import type { ChartAccount, ChartActions, ChartState } from '../../ui/chart/chartModel.ts';
import { DifferenceStrip } from '../../ui/chart/DifferenceStrip.tsx';
import { Legend } from '../../ui/chart/Legend.tsx';
import type { LegendKey } from '../../ui/chart/legendKeys.ts';
import { Minimap } from '../../ui/chart/Minimap.tsx';
import { RangeControl } from '../../ui/chart/RangeControl.tsx';
import './account.css';

export function ChartPanel(props: {
  readonly account: ChartAccount;
  readonly state: ChartState;
  readonly actions: ChartActions;
  readonly counts: Readonly<Partial<Record<LegendKey, number>>>;
  readonly onToggle: (key: LegendKey) => void;
  readonly onKeyDown: (event: React.KeyboardEvent) => void;
  readonly updating: boolean;
  /** Chooses what to compare with. */
  readonly compare: ReactNode;
  /** The difference to the run that is compared with, for the strip; null: there is none. */
  readonly second: { readonly name: string; readonly drawn: SecondDrawn } | null;
}): ReactNode {
  const { account, state, actions, counts, onToggle, onKeyDown, updating, compare, second } = props;
  return (
    <section
      className={`chart-panel${second === null ? '' : ' compared'}${updating ? ' dimmed' : ''}`}
      aria-label="Balance"
      onKeyDown={onKeyDown}
    >
      <div className="chart-top">
        <Legend counts={counts} hidden={state.hidden} onToggle={onToggle} />
        {compare}
        <RangeControl
          window={state.window}
          bounds={state.bounds}
          start={account.start}
          end={account.end}
          zone={account.zone}
          onMove={actions.onMove}
        />
      </div>
      <BalanceChart account={account} state={state} actions={actions} />
      {second !== null && (
        <div className="chart-difference">
          <div className="chart-difference-name">
            <strong>{`S, the account − ${second.name}`}</strong>
            <span>dots: S is higher, lines: S is lower</span>
          </div>
          <DifferenceStrip
            difference={second.drawn.difference}
            covered={second.drawn.differenceWindow}
            window={state.window}
            digits={account.digits}
            hoverAt={state.hover?.at ?? null}
            label={`Difference of the account and ${second.name}`}
          />
        </div>
      )}
      <Minimap account={account} state={state} onMove={actions.onMove} />
    </section>
  );
}
