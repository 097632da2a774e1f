/** The journal and the console, each a tab: header, tabs, the chosen one. */
import { BookOpen, Download, Scale } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { ActivityProgress } from '../features/importing/ActivityProgress.tsx';
import { OutcomeNotice } from '../features/importing/OutcomeNotice.tsx';
import { Button } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { useSize } from '../ui/useSize.ts';
import { useActions, useAppState, useAppStore } from './context.ts';
import './journal.css';
import { JournalPart } from './JournalPart.tsx';
import { SqlPart } from './SqlPart.tsx';
import { useMenuItems } from './useMenuItems.ts';

export type JournalTab = 'journal' | 'sql';

/** In rem: from this width on there is room for the trial balance beside the journal. */
const ROOM_FOR_TRIAL = 84;
/** And for all its digits. */
const ROOM_FOR_EXACT = 95;

export function JournalPlace(): ReactNode {
  const store = useAppStore();
  const tab = useAppState((state) => state.journalTab);
  const hasAccount = useAppState((state) => state.view !== null);
  const whole = useAppState((state) => state.journalWhole?.total ?? null);
  const wish = useAppState((state) => state.trialShown);
  const { size, ref } = useSize();
  const rems = size === null ? 0 : size.width / (16 * size.rem);
  const wide = rems >= ROOM_FOR_TRIAL;
  const trialShown = wish ?? wide;
  useEffect(() => {
    if (hasAccount) store.getState().sqlLoad();
  }, [hasAccount, store]);
  return (
    <main className="journal-place" ref={ref}>
      <header className="data-header">
        <h1>{tab === 'journal' ? 'Journal' : 'SQL'}</h1>
        <span className="data-facts">
          {tab === 'journal'
            ? 'every movement as a balanced pair'
            : 'reads the open account; nothing here can change it'}
        </span>
        {tab === 'journal' && hasAccount && (
          <div className="data-commands">
            <JournalExport />
            <Button icon={Scale} expanded={trialShown} onClick={() => store.setState({ trialShown: !trialShown })}>
              Trial balance
            </Button>
          </div>
        )}
      </header>
      <div className="data-tabs">
        <Tabs<JournalTab>
          label="Journal and SQL"
          value={tab}
          onChange={(value) => store.setState({ journalTab: value })}
          tabs={[
            { value: 'journal', label: 'Journal', count: whole },
            { value: 'sql', label: 'SQL', count: null },
          ]}
        />
      </div>
      <News />
      <div className="journal-panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
        {!hasAccount ? (
          <NoAccount />
        ) : tab === 'journal' ? (
          <JournalPart trialShown={trialShown} overlaid={!wide} exact={!wide || rems >= ROOM_FOR_EXACT} />
        ) : (
          <SqlPart />
        )}
      </div>
    </main>
  );
}

function JournalExport(): ReactNode {
  const item = useMenuItems();
  return <Menu label="Export" icon={Download} groups={[['csv:journal', 'xlsx:journal'].map(item)]} />;
}

function NoAccount(): ReactNode {
  const actions = useActions();
  return (
    <div className="journal-nothing">
      <Notice icon={BookOpen} title="No account is open">
        <p>The journal, its trial balance and the console are of the open account.</p>
        <p>Drop a scenario, a workspace or a usage export anywhere in the window.</p>
        <p>
          <Button onClick={() => void actions.chooseScenario()}>Open scenario…</Button>
        </p>
      </Notice>
    </div>
  );
}

/** What is being written, or how it ended. */
function News(): ReactNode {
  const activity = useAppState((state) => state.activity);
  const outcome = useAppState((state) => state.outcome);
  const dismiss = useAppState((state) => state.dismissOutcome);
  if (activity !== null)
    return (
      <div className="files-news awaiting">
        <ActivityProgress activity={activity} />
      </div>
    );
  if (outcome === null || outcome.kind === 'imported') return null;
  return (
    <div className="files-news">
      <OutcomeNotice outcome={outcome} />
      <Button small onClick={dismiss}>
        Close
      </Button>
    </div>
  );
}
