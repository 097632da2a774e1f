/** The few things that a new account needs; the rest of its policy has defaults, and is set where its effect is seen. */
import { useId, useState, type ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { PLANS, type BlankAccount } from './blankAccount.ts';
import './document.css';

export function NewAccountDialog(props: {
  readonly zone: string;
  /** The day that is suggested for the opening. */
  readonly opened: string;
  readonly onCreate: (account: BlankAccount) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { zone, opened, onCreate, onClose } = props;
  const [account, setAccount] = useState<BlankAccount>({
    name: '',
    currency: 'USD',
    timezone: zone,
    plan: 'prepaid',
    opened,
  });
  const change = (part: Partial<BlankAccount>): void => setAccount({ ...account, ...part });
  const currencies = Intl.supportedValuesOf('currency');
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const missing = problemOf(account, currencies);
  return (
    <Dialog title="New account" onClose={onClose}>
      <form
        className="new-account"
        onSubmit={(event) => {
          event.preventDefault();
          if (missing === null) onCreate(account);
        }}
      >
        <TextField label="Name" first value={account.name} onChange={(name) => change({ name })} />
        <TextField
          label="Currency"
          value={account.currency}
          choices={currencies}
          onChange={(currency) => change({ currency })}
        />
        <TextField
          label="Time zone"
          value={account.timezone}
          choices={zones}
          onChange={(timezone) => change({ timezone })}
        />
        <div className="new-account-row">
          <span>Plan</span>
          <Select label="Plan" value={account.plan} options={PLANS} onChange={(plan) => change({ plan })} />
        </div>
        <TextField label="Opened on" day value={account.opened} onChange={(day) => change({ opened: day })} />
        <p className="new-account-note">Usage from before that day cannot be imported.</p>
        <div className="dialog-answers">
          <button type="submit" className="button solid" aria-disabled={missing !== null} title={missing ?? undefined}>
            Create
          </button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly day?: boolean;
  /** The focus begins here. */
  readonly first?: boolean;
  readonly choices?: readonly string[];
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { label, value, day = false, first = false, choices = [], onChange } = props;
  const id = useId();
  return (
    <label className="new-account-row">
      <span>{label}</span>
      <input
        type={day ? 'date' : 'text'}
        className="field"
        data-first={first ? '' : undefined}
        value={value}
        list={choices.length === 0 ? undefined : id}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {choices.length > 0 && (
        <datalist id={id}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </label>
  );
}

/** What keeps the account from being made, in words; null where nothing does. */
function problemOf({ name, currency, timezone, opened }: BlankAccount, currencies: readonly string[]): string | null {
  if (name.trim() === '') return 'The account needs a name';
  if (!currencies.includes(currency.trim().toUpperCase())) return 'The currency is a code such as USD';
  if (opened === '') return 'The account needs the day that it was opened on';
  return timezone.trim() === '' ? 'The time zone is a name such as UTC or Europe/Berlin' : null;
}
