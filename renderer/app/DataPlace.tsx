/** Files, imports, prices and profiles, each a tab: header, tabs, the chosen one. */
import { ClipboardPaste, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { PasteDialog } from '../features/importing/PasteDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { plural } from '../ui/format.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { useActions, useAppState, useAppStore } from './context.ts';
import { DATA_TABS, type DataCounts } from './dataTabs.ts';

export function DataPlace(): ReactNode {
  const store = useAppStore();
  const { stageText } = useActions();
  const tab = useAppState((state) => state.dataTab);
  const pasteShown = useAppState((state) => state.pasteShown);
  const counts = useCounts();
  const isReading = useAppState((state) => state.dataTab === 'import' && state.activity !== null);
  const shown = DATA_TABS.find(({ value }) => value === tab) ?? DATA_TABS[0];
  const Panel = shown.component;
  return (
    <main className="data-place">
      <header className="data-header">
        <h1>{shown.label}</h1>
        <span className="data-facts">{isReading && counts[tab] === null ? 'reading' : shown.facts(counts)}</span>
        {shown.addsFiles && <Commands />}
      </header>
      <div className="data-tabs">
        <Tabs
          label="Data"
          value={tab}
          onChange={(value) => store.setState({ dataTab: value })}
          tabs={DATA_TABS.map(({ value, label }) => ({ value, label, count: counts[value] }))}
        />
      </div>
      <div className="data-panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
        <Panel />
      </div>
      {pasteShown && (
        <PasteDialog
          onClose={() => store.setState({ pasteShown: false })}
          onText={(text) => {
            store.setState({ pasteShown: false });
            void stageText(text);
          }}
        />
      )}
    </main>
  );
}

function useCounts(): DataCounts {
  const stored = useAppState((state) => state.storedFiles?.length ?? null);
  const staged = useAppState((state) => state.staged.length);
  const profiles = useAppState((state) => state.profiles.length);
  const prices = useAppState((state) => state.prices?.rows.length ?? null);
  return { files: stored, import: staged === 0 ? null : staged, prices, check: null, profiles };
}

function Commands(): ReactNode {
  const store = useAppStore();
  const { addFiles, discardStaged } = useActions();
  const staged = useAppState((state) => state.staged.length);
  return (
    <div className="data-commands">
      <Button icon={ClipboardPaste} onClick={() => store.setState({ pasteShown: true })}>
        Paste rows
      </Button>
      <Button icon={Plus} onClick={() => void addFiles()}>
        Add files
      </Button>
      {staged > 0 && (
        <Button look="quiet" hint={`Lets go of ${plural(staged, 'file')}`} onClick={() => void discardStaged()}>
          Discard
        </Button>
      )}
    </div>
  );
}
