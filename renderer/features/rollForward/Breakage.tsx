/** Paid credits by the month they were bought in, and what of them is revenue for want of use, by either method. */
import type { ReactNode } from 'react';
import type { BreakageRow } from '../../../shared/contract/reconcile.ts';
import { monthText } from '../../ui/format.ts';

const FIGURES: readonly (readonly [keyof Omit<BreakageRow, 'month'>, string])[] = [
  ['bought', 'Bought'],
  ['used', 'Used'],
  ['expected', 'Expected to expire'],
  ['whenExpired', 'Recognised'],
  ['liabilityWhenExpired', 'Liability'],
  ['inProportion', 'Recognised'],
  ['liabilityInProportion', 'Liability'],
];

export function Breakage(props: {
  readonly rows: readonly BreakageRow[];
  readonly currency: string;
  readonly text: (amount: string) => string;
  /** With every digit. */
  readonly exact: (amount: string) => string;
}): ReactNode {
  const { rows, currency, text, exact } = props;
  return (
    <section className="books-breakage" aria-labelledby="books-breakage">
      <h2 id="books-breakage">{`Breakage by month of purchase, ${currency}`}</h2>
      <div className="books-wide" tabIndex={-1}>
        <table className="books-ties">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                Bought in
              </th>
              <th scope="colgroup" colSpan={3} />
              <th scope="colgroup" colSpan={2}>
                when expired
              </th>
              <th scope="colgroup" colSpan={2}>
                in proportion to use
              </th>
            </tr>
            <tr>
              {FIGURES.map(([key, title]) => (
                <th key={key} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.month} className={row.month === 'total' ? 'total' : undefined}>
                <th scope="row">{row.month === 'total' ? 'Total' : monthText(row.month)}</th>
                {FIGURES.map(([key]) => (
                  <td key={key} title={exact(row[key])}>
                    {text(row[key])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
