/** Under the journal: sums of all entries that the filter lets through, and the balances they lie between. */
import type { ReactNode } from 'react';
import { Amount } from '../../ui/Amount.tsx';
import { widestFraction } from '../../ui/amountText.ts';
import { plural } from '../../ui/format.ts';
import { leavesOut, sumsOf } from './journalFilter.ts';
import { Sided } from './Sided.tsx';
import type { JournalShown } from './slice.ts';
import './journal.css';

export function JournalFoot(props: {
  readonly shown: JournalShown;
  readonly entries: number;
  /** Of the whole journal. */
  readonly whole: number;
  readonly digits: number;
}): ReactNode {
  const { shown, entries, whole } = props;
  const { choice, opening, closing, sums } = shown;
  const { debit, credit } = sumsOf(choice.accounts, sums.accounts);
  const digits = widestFraction([sums.amount, debit, credit, opening ?? '0', closing ?? '0'], props.digits);
  const count =
    entries === whole
      ? plural(whole, 'entry', 'entries')
      : `${plural(entries, 'entry', 'entries')} of ${plural(whole, 'entry', 'entries').split(' ')[0] ?? ''}`;
  return (
    <dl className="journal-foot">
      <div>
        <dt>{`Sum of ${count}`}</dt>
        <dd>
          <Amount value={sums.amount} digits={digits} exact strong />
        </dd>
      </div>
      {opening !== null && closing !== null ? (
        <>
          <div title={leavesOut(choice) ? APART : undefined}>
            <dt>Opening</dt>
            <dd>
              <Sided value={opening} digits={digits} exact />
            </dd>
          </div>
          <div>
            <dt>Debits</dt>
            <dd>
              <Amount value={debit} digits={digits} exact />
            </dd>
          </div>
          <div>
            <dt>Credits</dt>
            <dd>
              <Amount value={credit} digits={digits} exact />
            </dd>
          </div>
          <div title={leavesOut(choice) ? APART : undefined}>
            <dt>Closing{leavesOut(choice) ? ', of all entries' : ''}</dt>
            <dd>
              <Sided value={closing} digits={digits} exact />
            </dd>
          </div>
        </>
      ) : (
        <div>
          <dt>Choose an account above for its opening, running and closing balance</dt>
          <dd />
        </div>
      )}
    </dl>
  );
}

const APART = 'Balances are of the whole journal; entries that the filter leaves out count too.';
