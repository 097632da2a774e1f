/** Joins the What-if place with the store and the commands. */
import { useEffect, type ReactNode } from 'react';
import { changeCount } from '../features/whatIf/draft.ts';
import { pinWaits } from '../features/whatIf/columns.ts';
import { WhatIfHeader } from '../features/whatIf/WhatIfHeader.tsx';
import { countText } from '../ui/amountText.ts';
import { Button } from '../ui/Button.tsx';
import { useActions, useAppState, useAppStore, useCommands } from './context.ts';
import { useWhatIfKeys } from './useKeys.ts';
import { WhatIfControls } from './WhatIfControls.tsx';
import { WhatIfMain } from './WhatIfMain.tsx';

export function WhatIfPlace(): ReactNode {
  const store = useAppStore();
  const actions = useActions();
  const view = useAppState((state) => state.view);
  const account = useAppState((state) => state.accountNumber);
  const updating = useAppState((state) => state.updating);
  const isOpen = useAppState((state) => state.whatIf.view !== null && state.whatIf.account === state.accountNumber);
  useWhatIfKeys(store, useCommands());
  useEffect(() => {
    if (view === null || updating) return;
    const state = store.getState();
    void state.whatIfOpen(view, account, state.chartWindow);
  }, [store, view, account, updating]);
  if (view === null) {
    return (
      <main className="what-if-empty">
        <h1>What-if</h1>
        <p>Here every value of an account can be changed, and the account answers. There is no account yet.</p>
        <Button onClick={() => void actions.addFiles()}>Choose files</Button>
        <p>Or drop usage exports, a scenario or a saved workspace anywhere.</p>
      </main>
    );
  }
  return (
    <main className={updating ? 'what-if dimmed' : 'what-if'} data-what-if={isOpen ? 'open' : undefined}>
      <HeaderPart
        facts={`${view.title === '' ? view.account : view.title}, all ${countText(view.counts.usage)} usage rows replayed at every step`}
        updating={updating}
      />
      {isOpen && <WhatIfControls />}
      {isOpen && <WhatIfMain view={view} />}
    </main>
  );
}

function HeaderPart({ facts, updating }: { readonly facts: string; readonly updating: boolean }): ReactNode {
  const store = useAppStore();
  const { exportText } = useActions();
  const changes = useAppState((state) => changeCount(state.whatIf.draft));
  const variants = useAppState((state) => state.whatIf.history.now.variants);
  const against = useAppState((state) => state.whatIf.against);
  const waits = useAppState((state) => pinWaits(state.whatIf));
  const state = store.getState();
  return (
    <WhatIfHeader
      facts={facts}
      updating={updating}
      changes={changes}
      variants={variants}
      against={against}
      pinWaits={waits}
      onCompareWith={state.whatIfCompareWith}
      onReset={() => state.whatIfReset(null)}
      onPin={() => void state.whatIfPin()}
      onApply={() => void state.whatIfApply(null)}
      onSave={() => void saveScenario(state.whatIfSaved, null, exportText)}
    />
  );
}

/** A run as a scenario file, handed to the user. */
export async function saveScenario(
  saved: (id: string | null) => Promise<{ readonly name: string; readonly text: string } | null>,
  id: string | null,
  exportText: (name: string, text: string) => Promise<void>,
): Promise<void> {
  const file = await saved(id);
  if (file !== null) await exportText(file.name, file.text);
}
