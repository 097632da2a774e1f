/** Joins the journal with the store: filters, entries, sums, and the trial balance at the side. */
import { useEffect, useMemo, type ReactNode } from 'react';
import { monthOf, type Zone } from '../../shared/domain/time.ts';
import type { AccountView } from '../../shared/contract/engine.ts';
import { isWhole, toggled, WHOLE_JOURNAL } from '../features/journal/journalFilter.ts';
import { JournalFilters } from '../features/journal/JournalFilters.tsx';
import { JournalFoot } from '../features/journal/JournalFoot.tsx';
import { lineAt, lineCount } from '../features/journal/journalLines.ts';
import { JournalTable } from '../features/journal/JournalTable.tsx';
import { ACCOUNT_NAMES } from '../features/journal/journalWords.ts';
import { TrialBalance } from '../features/journal/TrialBalance.tsx';
import { Button } from '../ui/Button.tsx';
import { useActions, useAppState } from './context.ts';
import { useZone } from './useZone.ts';

export function JournalPart(props: {
  readonly trialShown: boolean;
  /** The trial balance lies over the journal, for want of room. */
  readonly overlaid: boolean;
  /** There is room for all digits of the trial balance. */
  readonly exact: boolean;
}): ReactNode {
  const { trialShown, overlaid, exact } = props;
  const zone = useZone();
  const view = useAppState((state) => state.view);
  const updating = useAppState((state) => state.updating);
  const stale = useAppState((state) => state.journalStale);
  const load = useAppState((state) => state.journalLoad);
  const months = useMemo(() => (view === null ? [] : monthsOf(view, zone)), [view, zone]);
  useEffect(() => {
    if (stale && view !== null && !updating) load();
  }, [stale, view, updating, load]);
  if (view === null) return null;
  return (
    <div className="journal-part">
      <Entries view={view} zone={zone} months={months} updating={updating} />
      {trialShown && (
        <aside
          className={`journal-trial${overlaid ? ' overlaid' : ''}${exact ? ' exact' : ''}`}
          aria-label="Trial balance"
        >
          <Trial view={view} zone={zone} months={months} exact={exact} />
        </aside>
      )}
    </div>
  );
}

interface Shown {
  readonly view: AccountView;
  readonly zone: Zone;
  readonly months: readonly string[];
}

function Entries({ view, zone, months, updating }: Shown & { readonly updating: boolean }): ReactNode {
  const { openSource } = useActions();
  const choice = useAppState((state) => state.journalChoice);
  const shown = useAppState((state) => state.journalShown);
  const whole = useAppState((state) => state.journalWhole);
  const busy = useAppState((state) => state.journalBusy);
  const entries = useAppState((state) => state.journal);
  const opened = useAppState((state) => state.journalOpened);
  const usage = useAppState((state) => state.journalUsage);
  const selected = useAppState((state) => state.journalSelected);
  const choose = useAppState((state) => state.journalChoose);
  const need = useAppState((state) => state.journalNeed);
  const select = useAppState((state) => state.journalSelect);
  const toggle = useAppState((state) => state.journalToggle);
  const accounts = shown?.choice.accounts ?? [];
  const [first] = accounts;
  const balanceOf =
    first === undefined ? null : accounts.length === 1 ? ACCOUNT_NAMES[first] : `${accounts.length} accounts`;
  return (
    <section className={updating ? 'journal-entries dimmed' : 'journal-entries'} aria-label="Entries" aria-busy={busy}>
      <JournalFilters choice={choice} accounts={whole?.accounts ?? []} zone={zone} months={months} onChoose={choose} />
      <div className="journal-table">
        {shown !== null && (
          <JournalTable
            entries={entries}
            opened={opened}
            usage={usage}
            zone={zone}
            digits={view.minorDigits}
            currency={view.currency}
            balanceOf={balanceOf}
            selected={selected}
            empty={<Nothing whole={isWhole(shown.choice)} onClear={() => choose(WHOLE_JOURNAL)} />}
            onNeed={need}
            onSelect={select}
            onToggle={(line) => void toggle(line)}
            onSource={openSource}
          />
        )}
      </div>
      {shown !== null && entries.total > 0 && (
        <JournalFoot
          shown={shown}
          entries={entries.total}
          whole={whole?.total ?? entries.total}
          digits={view.minorDigits}
        />
      )}
    </section>
  );
}

function Nothing({ whole, onClear }: { readonly whole: boolean; readonly onClear: () => void }): ReactNode {
  if (whole) {
    return 'The journal is empty: nothing was paid, granted or used yet. Drop a usage export anywhere in the window.';
  }
  return (
    <span className="journal-none">
      No entry passes the filter.{' '}
      <Button small onClick={onClear}>
        Show all entries
      </Button>
    </span>
  );
}

function Trial({ view, zone, months, exact }: Shown & { readonly exact: boolean }): ReactNode {
  const balance = useAppState((state) => state.trialBalance);
  const at = useAppState((state) => state.trialAt);
  const chosen = useAppState((state) => state.journalChoice.accounts);
  const choose = useAppState((state) => state.journalChoose);
  const asOf = useAppState((state) => state.trialAsOf);
  const selectedAt = useAppState(
    ({ journal: entries, journalOpened: opened, journalUsage: usage, journalSelected }) => {
      const lines = { entries, opened, usage };
      if (journalSelected === null || journalSelected >= lineCount(lines)) return null;
      const line = lineAt(lines, journalSelected);
      return line === undefined ? null : line.of === 'entry' ? line.entry.at : line.row.at;
    },
  );
  if (balance === null) return null;
  return (
    <TrialBalance
      view={balance}
      exact={exact}
      at={at}
      zone={zone}
      digits={view.minorDigits}
      currency={view.currency}
      months={months}
      chosen={chosen}
      selectedAt={selectedAt}
      onAsOf={asOf}
      onAccount={(account) => choose({ accounts: toggled(chosen, account) })}
    />
  );
}

/** Months of the account, the latest first, to choose from. */
function monthsOf({ from, to }: AccountView, zone: Zone): readonly string[] {
  const months: string[] = [];
  const [last, first] = [monthOf(to, zone), monthOf(from, zone)];
  let [year, month] = [Number(last.slice(0, 4)), Number(last.slice(5, 7))];
  for (let text = last; text >= first && months.length < 240;) {
    months.push(text);
    [year, month] = month === 1 ? [year - 1, 12] : [year, month - 1];
    text = `${year}-${String(month).padStart(2, '0')}`;
  }
  return months;
}
