/** The trial balance at an instant: debits, credits and balance of every account, and whether they tie. */
import { Check, TriangleAlert } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { AccountSums, TrialBalanceView } from '../../../shared/contract/journal.ts';
import type { JournalAccount } from '../../../shared/domain/journal.ts';
import type { Instant, Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { amountText, isZero, widestFraction } from '../../ui/amountText.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { typedInstantText } from '../../ui/format.ts';
import { Moment } from './JournalFilters.tsx';
import { ACCOUNT_NAMES } from './journalWords.ts';
import { Sided } from './Sided.tsx';
import './journal.css';

export function TrialBalance(props: {
  readonly view: TrialBalanceView;
  /** All digits are shown; else those of the currency, for want of room. */
  readonly exact: boolean;
  /** What was asked for; null: the end of the journal. */
  readonly at: Instant | null;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly months: readonly string[];
  /** Accounts that the journal is filtered by. */
  readonly chosen: readonly JournalAccount[];
  /** Instant of the selected line. */
  readonly selectedAt: Instant | null;
  readonly onAsOf: (at: Instant | null) => void;
  readonly onAccount: (account: JournalAccount) => void;
}): ReactNode {
  const { view, exact, at, zone, currency, months, chosen, selectedAt, onAsOf, onAccount } = props;
  const widest = useMemo(() => widestFraction(figures(view), props.digits), [view, props.digits]);
  const digits = exact ? widest : props.digits;
  const ties = isZero(view.total) && view.error === null;
  return (
    <>
      <header className="trial-head">
        <h2>Trial balance</h2>
        {ties ? (
          <Chip icon={Check} tone="credit">{`Ties, ${amountText(view.total, { digits: props.digits })}`}</Chip>
        ) : (
          <Chip icon={TriangleAlert} tone="debt">
            {`Off by ${amountText(view.total, { digits: props.digits, exact: true })} ${currency}`}
          </Chip>
        )}
      </header>
      <div className="trial-as-of">
        <span aria-hidden="true">As of</span>
        <Moment
          edge="last"
          label="As of"
          placeholder={typedInstantText(view.at, zone)}
          value={at}
          zone={zone}
          months={months}
          onChange={onAsOf}
        />
        {selectedAt !== null && selectedAt !== at && (
          <Button small onClick={() => onAsOf(selectedAt)}>
            At the selected row
          </Button>
        )}
        {at !== null && (selectedAt === null || selectedAt === at) && (
          <Button small onClick={() => onAsOf(null)}>
            At the end
          </Button>
        )}
      </div>
      {view.error !== null && <p className="trial-error">{view.error}</p>}
      <div className="trial-scroll" tabIndex={0} role="region" aria-label="Trial balance by account">
        <table className="trial-table">
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">Debit</th>
              <th scope="col">Credit</th>
              <th scope="col">{`Balance ${currency}`}</th>
            </tr>
          </thead>
          <tbody>
            {view.accounts.map((sums) => (
              <AccountRow
                key={sums.account}
                sums={sums}
                digits={digits}
                exact={exact}
                chosen={chosen.includes(sums.account)}
                onAccount={onAccount}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Total</th>
              <td>
                <Amount value={view.debit} digits={digits} exact={exact} />
              </td>
              <td>
                <Amount value={view.credit} digits={digits} exact={exact} />
              </td>
              <td className={ties ? 'trial-ties' : 'trial-off'}>
                <Amount value={view.total} digits={props.digits} exact={!ties} />
              </td>
            </tr>
          </tfoot>
        </table>
        {widest > digits && (
          <p className="trial-rounded">Rounded for want of room; every figure has all its digits on hover.</p>
        )}
      </div>
    </>
  );
}

function AccountRow(props: {
  readonly sums: AccountSums;
  readonly digits: number;
  readonly exact: boolean;
  readonly chosen: boolean;
  readonly onAccount: (account: JournalAccount) => void;
}): ReactNode {
  const { sums, digits, exact, chosen, onAccount } = props;
  const { account, debit, credit, balance } = sums;
  const unused = isZero(debit) && isZero(credit);
  return (
    <tr className={chosen ? 'chosen' : unused ? 'unused' : undefined}>
      <th scope="row">
        <button
          type="button"
          aria-pressed={chosen}
          title={`Show the entries of ${account}`}
          onClick={() => onAccount(account)}
        >
          {ACCOUNT_NAMES[account]}
        </button>
      </th>
      <td>{isZero(debit) ? null : <Amount value={debit} digits={digits} exact={exact} />}</td>
      <td>{isZero(credit) ? null : <Amount value={credit} digits={digits} exact={exact} />}</td>
      <td>{unused ? null : <Sided value={balance} digits={digits} exact={exact} />}</td>
    </tr>
  );
}

function* figures({ accounts, debit, credit }: TrialBalanceView): Generator<string> {
  for (const sums of accounts) yield* [sums.debit, sums.credit, sums.balance];
  yield* [debit, credit];
}
