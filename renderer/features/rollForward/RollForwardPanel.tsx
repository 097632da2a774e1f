/** Opening + purchases + grants + adjustments − usage − expired − refunds + transfers = closing, and what that ties to. */
import { Check, CircleDashed, EqualNot } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { BookView, RollForward, RollForwardRow } from '../../../shared/contract/reconcile.ts';
import { Amount } from '../../ui/Amount.tsx';
import { amountText, isZero, widestFraction } from '../../ui/amountText.ts';
import { RateField } from '../../ui/RateField.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Table } from '../../ui/Table.tsx';
import type { Column } from '../../ui/tableText.ts';
import { Breakage } from './Breakage.tsx';
import './rollForward.css';
import type { RollForwardBy } from './slice.ts';

const PARTS = [
  ['opening', 'Opening'],
  ['purchases', 'Purchases'],
  ['grants', 'Grants'],
  ['adjustments', 'Adjustments'],
  ['usage', 'Usage'],
  ['expired', 'Expired'],
  ['refunds', 'Refunds'],
  ['transfers', 'Transfers'],
  ['closing', 'Closing'],
] as const;

/** Parts that the closing balance is less by: figures without a sign, shown as the movements that they are. */
const DOWN: readonly string[] = ['usage', 'expired', 'refunds'];

function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}

export function RollForwardPanel(props: {
  readonly rollForward: RollForward | null;
  readonly failure: string | null;
  readonly view: BookView;
  readonly by: RollForwardBy;
  readonly digits: number;
  readonly currency: string;
  readonly selected: number | null;
  readonly onSelect: (row: number | null) => void;
  readonly onView: (view: BookView) => void;
  readonly onBy: (by: RollForwardBy) => void;
  /** Share of paid credits that is expected to expire; null: by the account's past. */
  readonly rate: string | null;
  readonly onRate: (rate: string | null) => void;
}): ReactNode {
  const { rollForward, failure, view, by, rate, digits, currency, selected, onSelect, onView, onBy, onRate } = props;
  return (
    <div className="roll-forward">
      <div className="roll-forward-choices">
        <Segmented<BookView>
          label="Whose books"
          value={view}
          onChange={onView}
          options={[
            { value: 'buyer', label: 'Buyer', title: 'Prepaid expense of who bought the credits' },
            { value: 'seller', label: 'Seller', title: 'Contract liability and revenue of who sold them' },
          ]}
        />
        <Segmented<RollForwardBy>
          label="Rows by"
          value={by}
          onChange={onBy}
          options={[
            { value: 'lot', label: 'By lot', title: 'A row for each purchase or grant' },
            { value: 'purchase_month', label: 'By purchase month', title: 'A row for each month of purchase' },
          ]}
        />
        <span>
          {view === 'buyer'
            ? 'prepaid expense: what was paid for and not used yet'
            : 'contract liability: what was sold and not delivered yet'}
        </span>
        {view === 'seller' && (
          <RateField label="Expected to expire" placeholder="as the past shows" value={rate} onChange={onRate} />
        )}
      </div>
      {failure !== null && (
        <p className="roll-forward-failure" role="alert">
          {failure}
        </p>
      )}
      {rollForward !== null && (
        <>
          <Rows rollForward={rollForward} digits={digits} currency={currency} selected={selected} onSelect={onSelect} />
          <Books rollForward={rollForward} digits={digits} currency={currency} />
        </>
      )}
    </div>
  );
}

function Rows(props: {
  readonly rollForward: RollForward;
  readonly digits: number;
  readonly currency: string;
  readonly selected: number | null;
  readonly onSelect: (row: number | null) => void;
}): ReactNode {
  const { rollForward, digits, currency, selected, onSelect } = props;
  // the total first: it is what the rows below add up to
  const rows = useMemo(() => [rollForward.total, ...rollForward.rows], [rollForward]);
  const columns = useMemo(() => columnsOf(rows, digits, currency), [rows, digits, currency]);
  return (
    <div className="roll-forward-rows">
      <Table
        label="Roll-forward"
        columns={columns}
        total={rows.length}
        row={(index) => rows[index]}
        onNeed={nothing}
        selected={selected !== null && selected < rows.length ? selected : null}
        onSelect={onSelect}
        rowClass={(row) => (row === rollForward.total ? 'roll-forward-total' : '')}
        minWidth="60rem"
        empty="Nothing was bought or granted until the end of this month."
      />
    </div>
  );
}

function nothing(): void {
  // all rows are at hand
}

function columnsOf(
  rows: readonly RollForwardRow[],
  least: number,
  currency: string,
): readonly Column<RollForwardRow>[] {
  const digits = widestFraction(
    rows.flatMap((row) => PARTS.map(([part]) => row[part])),
    least,
  );
  return [
    {
      key: 'label',
      header: `Lot, amounts in ${currency}`,
      width: 'minmax(11rem, 2fr)',
      cell: ({ label }) => <span title={label}>{label}</span>,
      text: ({ label }) => label,
    },
    ...PARTS.map(([part, header]): Column<RollForwardRow> => ({
      key: part,
      header,
      width: `minmax(${4.25 + digits * 0.44}rem, 1fr)`,
      align: 'right',
      cell: (row) => {
        const edge = part === 'opening' || part === 'closing';
        if (!edge && isZero(row[part])) return null;
        const value = DOWN.includes(part) ? negated(row[part]) : row[part];
        return <Amount value={value} digits={digits} exact movement={!edge} strong={part === 'closing'} />;
      },
      text: (row) => row[part],
    })),
  ];
}

/** What the rows tie to, and the figures that the books take. */
function Books(props: {
  readonly rollForward: RollForward;
  readonly digits: number;
  readonly currency: string;
}): ReactNode {
  const { rollForward, digits, currency } = props;
  const { ties, figures, view } = rollForward;
  const text = (value: string): string => amountText(value, { digits, exact: true });
  // what is expected is an estimate: a share of an amount has no last digit
  const rounded = (value: string): string => amountText(value, { digits });
  return (
    <div className="books" tabIndex={0} role="region" aria-label="Books and ties">
      <section aria-labelledby="books-figures">
        <h2 id="books-figures">{view === 'seller' ? 'The seller’s books' : 'The buyer’s books'}</h2>
        <dl className="books-figures">
          {figures.map(({ label, amount, note }) => (
            <div key={label}>
              <dt>
                {label} {note !== '' && <span>{note}</span>}
              </dt>
              <dd title={text(amount)}>{rounded(amount)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="books-ties">
        <h2 id="books-ties">{`Ties to, ${currency}`}</h2>
        <table className="books-ties">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Here</th>
              <th scope="col">There</th>
              <th scope="col">Difference</th>
            </tr>
          </thead>
          <tbody>
            {ties.map(({ label, ours, theirs, difference }) => (
              <tr key={label}>
                <th scope="row">
                  <TieIcon difference={difference} />
                  {label}
                </th>
                <td>{text(ours)}</td>
                <td>{theirs === null ? 'not stated' : text(theirs)}</td>
                <td>
                  {difference === null
                    ? ''
                    : isZero(difference)
                      ? text('0')
                      : amountText(difference, { digits, exact: true, sign: 'movement' })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rollForward.breakage.length > 0 && (
        <Breakage rows={rollForward.breakage} currency={currency} text={rounded} exact={text} />
      )}
    </div>
  );
}

function TieIcon({ difference }: { readonly difference: string | null }): ReactNode {
  const [Icon, tone, name] =
    difference === null
      ? ([CircleDashed, 'ink-2', 'not stated'] as const)
      : isZero(difference)
        ? ([Check, 'credit', 'ties'] as const)
        : ([EqualNot, 'debt', 'does not tie'] as const);
  return <Icon className={`tone-${tone}`} size="0.875rem" strokeWidth={2.1} aria-label={name} role="img" />;
}
