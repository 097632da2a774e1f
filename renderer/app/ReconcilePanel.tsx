/** The panel of the chosen tab: bridge and groups, stated usage, stated balances, the workbench, the roll-forward. */
import { FileQuestion } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { ReconciledMonth } from '../../shared/contract/reconcile.ts';
import { GroupTable } from '../features/groups/GroupTable.tsx';
import { Workbench } from '../features/matching/Workbench.tsx';
import { BalanceTable } from '../features/reconcile/BalanceTable.tsx';
import type { Subject } from '../features/reconcile/state.ts';
import { UsageTable } from '../features/reconcile/UsageTable.tsx';
import { RollForwardPanel } from '../features/rollForward/RollForwardPanel.tsx';
import { Bridge } from '../ui/bridge/Bridge.tsx';
import { Button } from '../ui/Button.tsx';
import { FilterField } from '../ui/FilterField.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useActions, useAppState, useAppStore } from './context.ts';
import type { ReconcileActions } from './reconcileActions.ts';
import { useZone } from './useZone.ts';
import { monthText } from '../ui/format.ts';

interface PanelProps {
  readonly shown: ReconciledMonth;
  readonly actions: ReconcileActions;
  /** There is room for the inspector: a click on a row fills it. */
  readonly wide: boolean;
}

export function ReconcilePanel(props: PanelProps): ReactNode {
  const tab = useAppState((state) => state.recon.tab);
  return (
    <div className="reconcile-panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
      {tab === 'purchases' && <Purchases {...props} />}
      {(tab === 'usage' || tab === 'balance') && <Stated {...props} tab={tab} />}
      {tab === 'match' && <Match {...props} />}
      {tab === 'rollForward' && <Rolled shown={props.shown} />}
    </div>
  );
}

/** Selecting fills the inspector where there is room for it; opening shows it anywhere. */
function useSelecting(wide: boolean): { select: (subject: Subject | null) => void; open: (subject: Subject) => void } {
  const store = useAppStore();
  const inspect = (): void => {
    const { reconInspect, recon } = store.getState();
    reconInspect(recon.inspectorTab);
  };
  return {
    select: (subject) => {
      void store.getState().reconSelect(subject);
      if (subject !== null && wide) inspect();
    },
    open: (subject) => {
      const isThere = store.getState().reconSelect(subject);
      inspect();
      void isThere.then(() =>
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-inspector]')?.focus()),
      );
    },
  };
}

function Purchases({ shown, wide }: PanelProps): ReactNode {
  const store = useAppStore();
  const zone = useZone();
  const step = useAppState((state) => state.recon.step);
  const selected = useAppState(({ recon: { subject } }) => (subject?.kind === 'group' ? subject.id : null));
  const { select, open } = useSelecting(wide);
  const model = useAppState((state) => state.groups);
  const { bridge, minorDigits, currency } = shown;
  const { period } = shown.period;
  const { groupsShow, groupsSearch, groupsFind, groupsNeed, groupsMove, groupsMoved } = store.getState();
  const search = model.list?.filter.search ?? '';
  const openSelected = (): void => {
    const { subject } = store.getState().recon;
    if (subject?.kind === 'group') open(subject);
  };
  useEffect(() => {
    groupsShow(period, step);
  }, [groupsShow, period, step]);
  useEffect(() => {
    void groupsFind(selected);
  }, [groupsFind, selected]);
  return (
    <>
      <Bridge
        bridge={bridge}
        digits={minorDigits}
        chosen={step}
        onChoose={(chosen) => {
          store.getState().reconFilter(chosen);
          if (wide || chosen === null) select(chosen === null ? null : { kind: 'step', id: chosen });
        }}
      />
      <div className="reconcile-fill groups-frame">
        <div className="groups-tools">
          <FilterField
            label="Find groups"
            placeholder="Find a name, number or amount, key /"
            value={search}
            onChange={groupsSearch}
            list=".table.groups"
          />
        </div>
        <GroupTable
          model={model}
          zone={zone}
          digits={minorDigits}
          currency={currency}
          selected={selected}
          empty={nothingListed(step, search)}
          onNeed={groupsNeed}
          onMove={(move, extend) =>
            void groupsMove(move, extend).then((id) => {
              if (id !== null) select({ kind: 'group', id });
            })
          }
          onClear={() => select(null)}
          onOpen={(id) => {
            if (id !== null) open({ kind: 'group', id });
            else void groupsMoved().then(openSelected);
          }}
        />
      </div>
    </>
  );
}

function nothingListed(step: string | null, search: string): string {
  if (search.trim() !== '') return `No group${step === null ? '' : ' of this step'} has all of these words.`;
  return step === null ? 'No side states anything in this month.' : 'No group counts in this step.';
}

function Stated({ shown, wide, tab }: PanelProps & { readonly tab: 'usage' | 'balance' }): ReactNode {
  const { addFiles } = useActions();
  const zone = useZone();
  const selected = useAppState(({ recon: { subject } }) => (subject?.kind === tab ? subject.id : null));
  const { select, open } = useSelecting(wide);
  const { usage, balances, minorDigits: digits, currency } = shown;
  const count = tab === 'usage' ? usage.length : balances.length;
  if (count === 0) return <Unstated what={tab} onAdd={() => void addFiles()} />;
  const common = {
    digits,
    currency,
    selected,
    onSelect: (id: string | null) => select(id === null ? null : { kind: tab, id }),
    onOpen: (id: string) => open({ kind: tab, id }),
  };
  return (
    <div className="reconcile-fill">
      {tab === 'usage' ? (
        <UsageTable {...common} lines={usage} />
      ) : (
        <BalanceTable {...common} zone={zone} points={balances} />
      )}
    </div>
  );
}

function Unstated({ what, onAdd }: { readonly what: 'usage' | 'balance'; readonly onAdd: () => void }): ReactNode {
  return (
    <div className="reconcile-fill reconcile-empty">
      <Notice
        icon={FileQuestion}
        title={
          what === 'usage'
            ? 'No file states usage or invoice totals of this month'
            : 'No file states a balance of this month'
        }
      >
        <p>{what === 'usage' ? 'Cost exports and invoices do.' : 'Credit exports and balance reports do.'}</p>
        <p>
          <Button onClick={onAdd}>Choose files</Button>
        </p>
      </Notice>
    </div>
  );
}

function Match({ shown, actions }: PanelProps): ReactNode {
  const store = useAppStore();
  const zone = useZone();
  const model = useAppState((state) => state.matching);
  const { period } = shown.period;
  const { matchingShow, matchingNeed, matchingMove, matchingToggle, matchingToggleFocused } = store.getState();
  const { matchingChoose, matchingFilter, matchingSettings, reconAsk } = store.getState();
  useEffect(() => {
    void matchingShow(period);
  }, [matchingShow, period, shown]);
  return (
    <div className="reconcile-fill">
      <Workbench
        model={model}
        zone={zone}
        digits={shown.minorDigits}
        currency={shown.currency}
        undo={shown.undo}
        redo={shown.redo}
        locked={shown.period.state === 'sealed' ? `${monthText(period)} is sealed` : null}
        actions={{
          onNeed: matchingNeed,
          onMove: (pane, to) => void matchingMove(pane, to),
          onToggle: matchingToggle,
          onToggleFocused: () => void matchingToggleFocused(),
          onChoose: matchingChoose,
          onFilter: matchingFilter,
          onMatch: () => void actions.match(),
          onIgnore: () => void actions.ignore(),
          onSplit: () => void actions.split(),
          onRule: () => void actions.rule(),
          onDocument: () => reconAsk({ kind: 'document' }),
          onSettings: () => {
            matchingSettings();
            reconAsk({ kind: 'settings' });
          },
          onUndo: () => void actions.undo(),
          onRedo: () => void actions.redo(),
        }}
      />
    </div>
  );
}

function Rolled({ shown }: { readonly shown: ReconciledMonth }): ReactNode {
  const store = useAppStore();
  const rollForward = useAppState((state) => state.rollForward);
  const failure = useAppState((state) => state.rollForwardFailure);
  const view = useAppState((state) => state.rollForwardView);
  const by = useAppState((state) => state.rollForwardBy);
  const rate = useAppState((state) => state.rollForwardRate);
  const [selected, setSelected] = useState<number | null>(null);
  const { period } = shown.period;
  useEffect(() => {
    store.getState().rollForwardLoad(period);
  }, [store, period, shown]);
  const { rollForwardChoose } = store.getState();
  return (
    <div className="reconcile-fill">
      <RollForwardPanel
        rollForward={rollForward}
        failure={failure}
        view={view}
        by={by}
        digits={shown.minorDigits}
        currency={shown.currency}
        selected={selected}
        onSelect={setSelected}
        onView={(next) => rollForwardChoose(period, { view: next })}
        onBy={(next) => rollForwardChoose(period, { by: next })}
        rate={rate}
        onRate={(next) => rollForwardChoose(period, { rate: next })}
      />
    </div>
  );
}
