/** What the journal is filtered by: accounts, kind, time, least amount, words. */
import { Search, X } from 'lucide-react';
import { type ReactNode } from 'react';
import type { JournalKind } from '../../../shared/contract/journal.ts';
import type { JournalAccount } from '../../../shared/domain/journal.ts';
import type { Instant, Zone } from '../../../shared/domain/time.ts';
import { Button } from '../../ui/Button.tsx';
import { FreeField } from '../../ui/FreeField.tsx';
import { moveInRow } from '../../ui/roving.ts';
import { Select } from '../../ui/Select.tsx';
import { isWhole, readLeastAmount, toggled, WHOLE_JOURNAL, type JournalChoice } from './journalFilter.ts';
import { ACCOUNT_NAMES, KIND_NAMES } from './journalWords.ts';
import { MOMENT_PROBLEM, momentText, spanOf } from './moments.ts';
import './journal.css';

export interface JournalFiltersProps {
  readonly choice: JournalChoice;
  /** Accounts that have entries. */
  readonly accounts: readonly JournalAccount[];
  readonly zone: Zone;
  /** Months of the account, to choose from. */
  readonly months: readonly string[];
  readonly onChoose: (change: Partial<JournalChoice>) => void;
}

export function JournalFilters(props: JournalFiltersProps): ReactNode {
  const { choice, zone, months, onChoose } = props;
  return (
    <div className="journal-filters" role="search" aria-label="Filter the journal">
      <AccountChips {...props} />
      <div className="journal-fields">
        <Words text={choice.text} onText={(text) => onChoose({ text })} />
        <Select
          label="Kind"
          value={choice.kind ?? ''}
          options={KINDS}
          onChange={(kind) => onChoose({ kind: kind === '' ? null : (kind as JournalKind) })}
        />
        <span className="journal-field">
          <span aria-hidden="true">From</span>
          <Moment
            edge="first"
            label="From"
            value={choice.from}
            zone={zone}
            months={months}
            onChange={(from) => onChoose({ from })}
          />
        </span>
        <span className="journal-field">
          <span aria-hidden="true">to</span>
          <Moment
            edge="last"
            label="To"
            value={choice.to}
            zone={zone}
            months={months}
            onChange={(to) => onChoose({ to })}
          />
        </span>
        <span className="journal-field journal-least">
          <span aria-hidden="true">at least</span>
          <FreeField
            label="Least amount"
            placeholder="any amount"
            clearable
            value={choice.minAmount}
            read={readLeastAmount}
            onChange={(minAmount) => onChoose({ minAmount })}
          />
        </span>
        {!isWhole(choice) && (
          <Button look="quiet" icon={X} onClick={() => onChoose(WHOLE_JOURNAL)}>
            Clear
          </Button>
        )}
      </div>
    </div>
  );
}

const KINDS = [
  { value: '', label: 'All kinds' },
  ...Object.entries(KIND_NAMES).map(([value, label]) => ({ value, label })),
];

function AccountChips({ choice, accounts, onChoose }: JournalFiltersProps): ReactNode {
  return (
    <div className="journal-chips" role="toolbar" aria-label="Accounts" onKeyDown={moveInRow}>
      {accounts.map((account, index) => (
        <button
          key={account}
          type="button"
          className="journal-chip"
          tabIndex={index === 0 ? 0 : -1}
          aria-pressed={choice.accounts.includes(account)}
          title={account}
          onClick={() => onChoose({ accounts: toggled(choice.accounts, account) })}
        >
          {ACCOUNT_NAMES[account]}
        </button>
      ))}
    </div>
  );
}

/** Finds as it is typed; the window's `/` goes there. */
function Words({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }): ReactNode {
  return (
    <span className="journal-search">
      <Search size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
      <input
        type="text"
        data-filter=""
        className="field"
        aria-label="Words"
        aria-keyshortcuts="/"
        placeholder="Lot, SKU, invoice, account"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return;
          event.preventDefault();
          onText('');
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </span>
  );
}

/** A time that may be left open; a month or a day means its first or its last instant. */
export function Moment(props: {
  readonly label: string;
  readonly placeholder?: string;
  readonly edge: 'first' | 'last';
  readonly value: Instant | null;
  readonly zone: Zone;
  readonly months: readonly string[];
  readonly onChange: (at: Instant | null) => void;
}): ReactNode {
  const { label, edge, value, zone, months, onChange } = props;
  return (
    <FreeField
      label={label}
      placeholder={props.placeholder ?? (edge === 'first' ? 'its beginning' : 'its end')}
      clearable
      suggestions={months}
      value={value === null ? '' : momentText(value, zone, edge)}
      read={(text) => {
        const span = spanOf(text, zone);
        return span === null ? { problem: MOMENT_PROBLEM } : { value: momentText(span[edge], zone, edge) };
      }}
      onChange={(text) => onChange(text === '' ? null : (spanOf(text, zone)?.[edge] ?? null))}
    />
  );
}
