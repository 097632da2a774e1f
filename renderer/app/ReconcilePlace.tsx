/** Joins the Reconcile place with the store: the month, its bridge, its groups, and what is known of the selected one. */
import { Printer } from 'lucide-react';
import { useEffect, useMemo, type ReactNode } from 'react';
import type { ReconciledMonth } from '../../shared/contract/reconcile.ts';
import { ReconcileHeader } from '../features/reconcile/ReconcileHeader.tsx';
import { LacksBar, RefusedBar, SealBar } from '../features/reconcile/ReconcileNews.tsx';
import { verdictLook } from '../features/reconcile/verdict.ts';
import type { ReconTab } from '../features/reconcile/state.ts';
import { amountText, countText, isZero } from '../ui/amountText.ts';
import { Button } from '../ui/Button.tsx';
import { monthText, plural } from '../ui/format.ts';
import { Menu } from '../ui/Menu.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { Tabs, type Tab } from '../ui/Tabs.tsx';
import { useSize } from '../ui/useSize.ts';
import { useActions, useAppState, useAppStore } from './context.ts';
import { createReconcileActions } from './reconcileActions.ts';
import { ReconcileDialogs } from './ReconcileDialogs.tsx';
import { ReconcileEmpty } from './ReconcileEmpty.tsx';
import { ReconcileInspector } from './ReconcileInspector.tsx';
import { ReconcilePanel } from './ReconcilePanel.tsx';
import { reportMenu, reportRequest } from './reportActions.ts';
import { useListFocus } from './useListFocus.ts';
import { useZone } from './useZone.ts';

/** In rem: from this width on there is room for the inspector beside the table. */
const ROOM_FOR_INSPECTOR = 82;

export function ReconcilePlace(): ReactNode {
  const store = useAppStore();
  const actions = useMemo(() => createReconcileActions(store), [store]);
  const hasAccount = useAppState((state) => state.view !== null);
  const updating = useAppState((state) => state.updating);
  const stale = useAppState((state) => state.recon.stale);
  const shown = useAppState((state) => state.recon.shown);
  const busy = useAppState((state) => state.recon.busy !== null);
  const acted = useAppState((state) => state.recon.acted);
  const { size, element, ref } = useSize();
  useListFocus(element, acted);
  const wide = size !== null && size.width / (16 * size.rem) >= ROOM_FOR_INSPECTOR;
  useEffect(() => {
    if (hasAccount && stale && !updating) void store.getState().reconLoad();
  }, [hasAccount, stale, updating, store]);
  return (
    <main className="reconcile-place" ref={ref} data-recon={shown === null || busy || stale ? undefined : 'shown'}>
      <div className="reconcile-grid">
        <Header busy={busy || (stale && hasAccount)} />
        <News />
        {shown === null ? (
          <ReconcileEmpty />
        ) : (
          <div className={busy || updating ? 'reconcile-main dimmed' : 'reconcile-main'}>
            <TabsRow shown={shown} wide={wide} />
            <ReconcilePanel shown={shown} actions={actions} wide={wide} />
          </div>
        )}
        {shown !== null && <ReconcileInspector shown={shown} actions={actions} floats={!wide} />}
      </div>
      {shown !== null && <ReconcileDialogs shown={shown} />}
    </main>
  );
}

function Header({ busy }: { readonly busy: boolean }): ReactNode {
  const store = useAppStore();
  const actions = useActions();
  const zone = useZone();
  const periods = useAppState((state) => state.recon.periods);
  const period = useAppState((state) => state.recon.period);
  const shown = useAppState((state) => state.recon.shown);
  const { reconChoose, reconStepMonth, reconDo, reconAsk } = store.getState();
  const facts = shown === null ? '' : factsOf(shown);
  return (
    <ReconcileHeader
      periods={periods ?? []}
      period={period}
      shown={shown !== null && shown.period.period === period ? shown.period : null}
      facts={facts}
      zone={zone}
      updating={busy && shown !== null}
      commands={
        period === null ? null : (
          <Menu label="Report" icon={Printer} groups={reportMenu(actions, () => reportRequest(store, period))} />
        )
      }
      onMonth={reconChoose}
      onStep={reconStepMonth}
      onNext={(kind) => void reconDo({ kind })}
      onReopen={() => reconAsk({ kind: 'reopen' })}
    />
  );
}

function factsOf({ vendor, currency, timezone, adopted }: ReconciledMonth): string {
  const values = new Set(adopted.flatMap(({ set }) => Object.keys(set))).size;
  const facts = [vendor, currency, `months end 00:00 ${timezone}`];
  if (values > 0) facts.push(plural(values, 'adopted value'));
  return facts.filter((fact) => fact !== '').join(' · ');
}

/** What has to be known before the figures are read. */
function News(): ReactNode {
  const { addFiles } = useActions();
  const store = useAppStore();
  const zone = useZone();
  const busy = useAppState((state) => state.recon.busy);
  const shown = useAppState((state) => state.recon.shown);
  const period = useAppState((state) => state.recon.period);
  const refused = useAppState((state) => state.recon.refused);
  const failure = useAppState((state) => state.recon.failure);
  const cancelled = useAppState((state) => state.recon.cancelled);
  return (
    <div className="reconcile-news">
      {busy !== null && (
        <div className="reconcile-bar awaiting">
          <ProgressBar
            what={busy.progress?.what ?? (period === null ? 'Matching' : `Matching ${monthText(period)}`)}
            done={busy.progress?.done ?? 0}
            total={busy.progress?.total ?? 0}
            unit={busy.progress?.unit}
            leftMs={null}
            cancelLabel={shown === null ? 'Cancel' : `Cancel, keep ${monthText(shown.period.period)}`}
            onCancel={busy.cancel}
          />
        </div>
      )}
      {failure !== null && shown !== null && (
        <div className="reconcile-bar" role="alert">
          <p>
            <strong>The month cannot be matched: </strong>
            {failure}
          </p>
          <Button small onClick={() => void store.getState().reconLoad()}>
            Try again
          </Button>
        </div>
      )}
      {cancelled && shown !== null && (
        <div className="reconcile-bar" role="status">
          <p>
            <strong>Matching was cancelled. </strong>
            What is shown is from before the account changed.
          </p>
          <Button small onClick={() => void store.getState().reconLoad()}>
            Go on
          </Button>
        </div>
      )}
      {refused !== null && shown !== null && (
        <RefusedBar message={refused} period={shown.period.period} onClose={() => store.getState().reconDismiss()} />
      )}
      {shown !== null && <SealBar period={shown.period} zone={zone} />}
      {shown !== null && <LacksBar lacks={shown.lacks} onAdd={() => void addFiles()} />}
    </div>
  );
}

function TabsRow({ shown, wide }: { readonly shown: ReconciledMonth; readonly wide: boolean }): ReactNode {
  const store = useAppStore();
  const tab = useAppState((state) => state.recon.tab);
  const step = useAppState((state) => state.recon.step);
  const tabs = useMemo(() => tabsOf(shown), [shown]);
  const look = verdictLook(shown);
  const { icon: Icon } = look;
  const filter = shown.bridge.steps.find(({ id }) => id === step);
  const { reconTab, reconFilter, reconInspect } = store.getState();
  const open = (next: ReconTab): void => {
    reconTab(next);
    // over the table of another tab it would only be in the way
    if (!wide) reconInspect(null);
  };
  return (
    <div className="reconcile-tabs">
      <Tabs<ReconTab> label="Reconcile" value={tab} onChange={open} tabs={tabs} />
      <div className="reconcile-sum">
        {filter !== undefined && tab === 'purchases' && (
          <span className="reconcile-filter">
            {`only ${filter.label}`}
            <Button small onClick={() => reconFilter(null)}>
              Show all
            </Button>
          </span>
        )}
        <span className={`reconcile-verdict tone-${look.tone}`}>
          <Icon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
          {look.text}
        </span>
        <span>
          gross of all steps <strong>{amountText(shown.bridge.gross, { digits: shown.minorDigits })}</strong>
        </span>
      </div>
    </div>
  );
}

function tabsOf({ bridge, usage, balances, period, minorDigits }: ReconciledMonth): readonly Tab<ReconTab>[] {
  const moves = bridge.steps.filter(({ amount }) => !isZero(amount)).length;
  const differs = usage.filter(({ agrees, difference }) => !agrees && difference !== null);
  const month = usage.find(({ what, difference }) => what === 'month' && difference !== null);
  const agree = balances.filter(({ agrees }) => agrees).length;
  return [
    {
      value: 'purchases',
      label: 'Purchases',
      count: null,
      note: moves === 0 ? 'no steps' : moves === 1 ? 'in 1 step' : `in ${moves} steps`,
    },
    {
      value: 'usage',
      label: 'Usage',
      count: null,
      note:
        usage.length === 0
          ? 'none stated'
          : month?.difference != null && !isZero(month.difference)
            ? amountText(month.difference, { digits: minorDigits, sign: 'movement' })
            : differs.length === 0
              ? 'agrees'
              : `${differs.length} differ`,
    },
    {
      value: 'balance',
      label: 'Balance',
      count: null,
      note: balances.length === 0 ? 'none stated' : `${agree} of ${balances.length} points agree`,
    },
    { value: 'match', label: 'Match', count: null, note: `${countText(period.toDecide)} open` },
    { value: 'rollForward', label: 'Roll-forward', count: null },
  ];
}
