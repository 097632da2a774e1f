/** The window: title bar, the account, status bar; drops and keys work everywhere in it. */
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { AccountPlace } from './AccountPlace.tsx';
import './app.css';
import { useActions, useAppState, useAppStore } from './context.ts';
import { DropLayer } from './DropLayer.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';
import { useKeys } from './useKeys.ts';

export function App(): ReactNode {
  const store = useAppStore();
  const actions = useActions();
  useKeys(store, actions);
  const view = useAppState((state) => state.view);
  const keysShown = useAppState((state) => state.keysShown);
  const spoken = useAppState((state) => state.spoken);
  const broken = useAppState((state) => state.broken);
  return (
    <div className="app">
      <TitleBar />
      {broken !== null ? (
        <main className="app-broken">
          <Notice icon={TriangleAlert} tone="debt" title="The ledger stopped">
            <p>{broken}</p>
            <p>Files on disk are as they were. What was not saved is lost.</p>
            <p>
              <Button onClick={() => window.location.reload()}>Start again</Button>
            </p>
          </Notice>
        </main>
      ) : (
        <AccountPlace view={view} />
      )}
      <StatusBar view={view} />
      <DropLayer onFiles={(files) => void actions.openFiles(files)} />
      {keysShown && <KeysDialog onClose={() => store.setState({ keysShown: false })} />}
      <div className="visually-hidden" role="status" aria-live="polite">
        {spoken}
      </div>
    </div>
  );
}
