/** The account: header, figures, chart, tables, and the import report at their right. */
import type { ReactNode } from 'react';
import { AccountHeader } from '../features/account/AccountHeader.tsx';
import { KeyFigures } from '../features/account/KeyFigures.tsx';
import { ImportPanel } from '../features/importing/ImportPanel.tsx';
import { BalancePart } from './BalancePart.tsx';
import { useActions, useAppState } from './context.ts';
import { DemoHint } from './DemoHint.tsx';
import { EmptyAccount, isEmptyAccount } from './EmptyAccount.tsx';
import { FileMenus } from './FileMenus.tsx';
import { TablesPart } from './TablesPart.tsx';
import { UnpricedHint } from './UnpricedHint.tsx';
import { useZone } from './useZone.ts';

export function AccountPlace(): ReactNode {
  const { undoReport, traceFigure } = useActions();
  const zone = useZone();
  const view = useAppState((state) => state.view);
  const updating = useAppState((state) => state.updating);
  const activity = useAppState((state) => state.activity);
  const outcome = useAppState((state) => state.outcome);
  const dismiss = useAppState((state) => state.dismissOutcome);
  const panel = (
    <ImportPanel
      activity={activity}
      outcome={outcome}
      zone={zone}
      onClose={dismiss}
      onUndo={(report) => void undoReport(report)}
    />
  );
  if (view === null) {
    return <main className="place place-empty">{panel}</main>;
  }
  return (
    <main className="place">
      <AccountHeader view={view} updating={updating}>
        <FileMenus />
      </AccountHeader>
      <KeyFigures view={view} zone={zone} updating={updating} onTrace={traceFigure} />
      <div className="place-hints">
        <DemoHint />
        <UnpricedHint view={view} />
      </div>
      <div className="place-main">
        {isEmptyAccount(view) ? (
          <EmptyAccount>
            Its balance is drawn here, with every recharge, expiry and cut-off; its tables are below.
          </EmptyAccount>
        ) : (
          <BalancePart view={view} zone={zone} updating={updating} />
        )}
        <TablesPart view={view} zone={zone} updating={updating} />
      </div>
      {panel}
    </main>
  );
}
