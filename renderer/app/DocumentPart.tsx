/** What the window asks about its document: bars over the place, and the two dialogs. */
import type { ReactNode } from 'react';
import { formatInstant } from '../../shared/domain/time.ts';
import { ConflictBar, RecoveredBar, WaitingBar } from '../features/document/DocumentBar.tsx';
import { LeaveDialog } from '../features/document/LeaveDialog.tsx';
import { NewAccountDialog } from '../features/document/NewAccountDialog.tsx';
import { useActions, useAppState, useAppStore, useTimeOfDay } from './context.ts';

export function DocumentPart(): ReactNode {
  const store = useAppStore();
  const actions = useActions();
  const name = useAppState((state) => state.documentName);
  const leaveAsked = useAppState((state) => state.leaveAsked);
  const newAccountShown = useAppState((state) => state.newAccountShown);
  const zone = useAppState((state) => state.view?.timezone ?? 'UTC');
  const opened = useAppState((state) => `${formatInstant(state.view?.to ?? 0).slice(0, 4)}-01-01`);
  const hideNew = (): void => store.setState({ newAccountShown: false });
  return (
    <>
      <Bars />
      {newAccountShown && (
        <NewAccountDialog
          zone={zone}
          opened={opened}
          onClose={hideNew}
          onCreate={(account) => {
            hideNew();
            void actions.newAccount(account);
          }}
        />
      )}
      {leaveAsked && <LeaveDialog name={name} onAnswer={actions.answerLeave} />}
    </>
  );
}

/** One at a time: what concerns the account on screen comes first. */
function Bars(): ReactNode {
  const actions = useActions();
  const timeOfDay = useTimeOfDay();
  const conflict = useAppState((state) => state.documentConflict);
  const unsaved = useAppState((state) => state.documentUnsaved);
  const recovery = useAppState((state) => (state.recoveryAnswered ? null : state.documentRecovery));
  const waiting = useAppState((state) => state.recoveriesWaiting[0] ?? null);
  if (conflict !== null) {
    return (
      <ConflictBar
        conflict={conflict}
        unsaved={unsaved}
        timeOfDay={timeOfDay}
        onSaveAs={() => void actions.saveAs()}
        onOverwrite={() => void actions.overwrite()}
        onReload={() => void actions.reload()}
      />
    );
  }
  if (recovery !== null) {
    return (
      <RecoveredBar
        recovery={recovery}
        timeOfDay={timeOfDay}
        onKeep={() => actions.keepRecovered()}
        onDiscard={() => void actions.discardRecovered()}
      />
    );
  }
  if (waiting === null) return null;
  return (
    <WaitingBar
      recovery={waiting}
      timeOfDay={timeOfDay}
      onOpen={() => void actions.openRecovery(waiting)}
      onDiscard={() => void actions.discardRecovery(waiting)}
    />
  );
}
