/** The one place of this window: header, figures, chart, tables, and the import report at their right. */
import type { ReactNode } from 'react';
import type { AccountView } from '../../shared/contract/engine.ts';
import { AccountHeader } from '../features/account/AccountHeader.tsx';
import { KeyFigures } from '../features/account/KeyFigures.tsx';
import { UTC_ZONE, accountZone } from '../features/account/selectors.ts';
import { ImportPanel } from '../features/importing/ImportPanel.tsx';
import { BalancePart } from './BalancePart.tsx';
import { useAppState } from './context.ts';
import { DemoHint } from './DemoHint.tsx';
import { FileMenus } from './FileMenus.tsx';
import { TablesPart } from './TablesPart.tsx';

export function AccountPlace({ view }: { readonly view: AccountView | null }): ReactNode {
  const updating = useAppState((state) => state.updating);
  const activity = useAppState((state) => state.activity);
  const outcome = useAppState((state) => state.outcome);
  const dismiss = useAppState((state) => state.dismissOutcome);
  if (view === null) {
    return (
      <main className="place place-empty">
        <ImportPanel activity={activity} outcome={outcome} zone={UTC_ZONE} digits={2} currency="" onClose={dismiss} />
      </main>
    );
  }
  const zone = accountZone(view);
  const reported = activity !== null || outcome !== null;
  return (
    <main className="place">
      <AccountHeader view={view} updating={updating}>
        <FileMenus />
      </AccountHeader>
      <KeyFigures view={view} zone={zone} updating={updating} />
      <DemoHint />
      <div className="place-main">
        <BalancePart view={view} zone={zone} updating={updating} />
        <TablesPart view={view} zone={zone} updating={updating} />
      </div>
      {reported && (
        <ImportPanel
          activity={activity}
          outcome={outcome}
          zone={zone}
          digits={view.minorDigits}
          currency={view.currency}
          onClose={dismiss}
        />
      )}
    </main>
  );
}
