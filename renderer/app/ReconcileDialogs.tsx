/** Joins the dialogs of the Reconcile place with the store: whatever they decide becomes one entry of the log. */
import { useCallback, type ReactNode } from 'react';
import type { ReconciledMonth, ReconSettings } from '../../shared/contract/reconcile.ts';
import { DocumentDialog } from '../features/matching/DocumentDialog.tsx';
import { RuleDialog } from '../features/matching/RuleDialog.tsx';
import { SettingsDialog } from '../features/matching/SettingsDialog.tsx';
import { SplitDialog } from '../features/matching/SplitDialog.tsx';
import { ActorDialog } from '../features/reconcile/ActorDialog.tsx';
import { ReasonDialog } from '../features/reconcile/ReasonDialog.tsx';
import type { Asking } from '../features/reconcile/state.ts';
import { amountText } from '../ui/amountText.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { monthText, plural } from '../ui/format.ts';
import { useActions, useAppState, useAppStore } from './context.ts';
import { useZone } from './useZone.ts';

const IGNORED = ['Other product', 'Other vendor', 'Private', 'Void', 'Test charge'];
const MATCHED = ['Card fee', 'Rounding of the bank', 'Exchange rate', 'Agreed with the vendor'];
const REOPENED = ['A document came late', 'Bank line was corrected', 'Found in the audit'];

export function ReconcileDialogs({ shown }: { readonly shown: ReconciledMonth }): ReactNode {
  const store = useAppStore();
  const { changeSettings } = useActions();
  const asking = useAppState((state) => state.recon.asking);
  const unsigned = useAppState((state) => state.recon.unsigned);
  if (unsigned !== null) {
    return (
      <ActorDialog
        onName={(name) => {
          changeSettings({ actor: name });
          void store.getState().reconSigned(name);
        }}
        onClose={() => void store.getState().reconSigned(null)}
      />
    );
  }
  return asking === null ? null : <Asked shown={shown} asking={asking} />;
}

function Asked({ shown, asking }: { readonly shown: ReconciledMonth; readonly asking: Asking }): ReactNode {
  const store = useAppStore();
  const { reconAsk, reconDo, matchingChoose } = store.getState();
  const close = (): void => reconAsk(null);
  const month = monthText(shown.period.period);
  const { minorDigits: digits, currency } = shown;
  switch (asking.kind) {
    case 'ignore':
      return (
        <ReasonDialog
          title={`Ignore ${asking.what}`}
          says="It counts in no total any more. It stays listed under Ignored with the reason, and can be heeded again."
          verb={`Ignore ${plural(asking.items.length, 'item')}`}
          suggestions={IGNORED}
          onClose={close}
          onReason={(reason) => {
            matchingChoose([]);
            void reconDo({ kind: 'ignore', items: asking.items, reason });
          }}
        />
      );
    case 'match':
      return (
        <ReasonDialog
          title={`Match with ${amountText(asking.difference, { digits, sign: 'movement' })} left over`}
          says="They do not add up. Matched all the same, the difference stays a step of the bridge, with the reason."
          verb="Match all the same"
          suggestions={MATCHED}
          onClose={close}
          onReason={(reason) => {
            matchingChoose([]);
            void reconDo({ kind: 'match', items: asking.items, reason });
          }}
        />
      );
    case 'reopen':
      return (
        <ReasonDialog
          title={`Reopen ${month}`}
          says={
            shown.period.state === 'sealed'
              ? 'The seal stays in the log. What is changed from now on is listed as changed since.'
              : 'The month is open again; who prepared and reviewed it stays in the log.'
          }
          verb={`Reopen ${month}`}
          suggestions={REOPENED}
          onClose={close}
          onReason={(reason) => void reconDo({ kind: 'reopen', reason })}
        />
      );
    case 'split':
      return (
        <SplitDialog
          item={asking.item}
          digits={digits}
          onClose={close}
          onSplit={(parts) => {
            matchingChoose([]);
            void reconDo({ kind: 'split', item: asking.item.id, parts });
          }}
        />
      );
    case 'document':
      return (
        <DocumentDialog
          period={shown.period.period}
          currency={currency}
          onClose={close}
          onEnter={(document) => void reconDo({ kind: 'document', document })}
        />
      );
    case 'rule':
      return <Rule shown={shown} />;
    case 'settings':
      return <Settings shown={shown} />;
  }
}

function Rule({ shown }: { readonly shown: ReconciledMonth }): ReactNode {
  const store = useAppStore();
  const zone = useZone();
  const draft = useAppState((state) => state.matching.draft);
  const preview = useAppState((state) => state.matching.preview);
  const settings = useAppState((state) => state.matching.settings);
  const { reconAsk, reconDo, matchingRule } = store.getState();
  const close = (): void => reconAsk(null);
  if (draft === null || settings === null)
    return (
      <Dialog title="Rule from an example" onClose={close}>
        <p>Reading the example.</p>
      </Dialog>
    );
  return (
    <RuleDialog
      rule={draft}
      preview={preview}
      zone={zone}
      digits={shown.minorDigits}
      currency={shown.currency}
      onChange={(rule) => matchingRule(shown.period.period, rule)}
      onKeep={() => {
        const rules = [...settings.rules.filter(({ id }) => id !== draft.id), draft];
        void reconDo({ kind: 'settings', settings: { rules } });
      }}
      onClose={close}
    />
  );
}

function Settings({ shown }: { readonly shown: ReconciledMonth }): ReactNode {
  const store = useAppStore();
  const settings = useAppState((state) => state.matching.settings);
  const sources = useAppState((state) => state.matching.sources);
  const effect = useAppState((state) => state.matching.effect);
  const { reconAsk, reconDo, matchingEffect } = store.getState();
  const close = (): void => reconAsk(null);
  const { period } = shown.period;
  const weigh = useCallback(
    (change: Partial<ReconSettings> | null) => matchingEffect(period, change),
    [matchingEffect, period],
  );
  if (settings === null || sources === null)
    return (
      <Dialog title="Settings of matching" onClose={close}>
        <p>Reading the settings.</p>
      </Dialog>
    );
  return (
    <SettingsDialog
      settings={settings}
      sources={sources}
      currency={shown.currency}
      digits={shown.minorDigits}
      month={monthText(period)}
      effect={effect}
      onChange={weigh}
      adopted={shown.adopted}
      onClose={close}
      onSave={(change) => void reconDo({ kind: 'settings', settings: change })}
    />
  );
}
