/** The chart with what belongs to it: legend above, range at its right, history below. */
import type { ReactNode } from 'react';
import { BalanceChart } from '../../ui/chart/BalanceChart.tsx';
import type { ChartAccount, ChartActions, ChartState } from '../../ui/chart/chartModel.ts';
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
}): ReactNode {
  const { account, state, actions, counts, onToggle, onKeyDown, updating } = props;
  return (
    <section className={updating ? 'chart-panel dimmed' : 'chart-panel'} aria-label="Balance" onKeyDown={onKeyDown}>
      <div className="chart-top">
        <Legend counts={counts} hidden={state.hidden} onToggle={onToggle} />
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
      <Minimap account={account} state={state} onMove={actions.onMove} />
    </section>
  );
}
