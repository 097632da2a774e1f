/** A table of a report: its heading repeats on every page, and no row is cut between two. */
import type { ReactNode } from 'react';
import type { PrintedReport } from '../../../shared/contract/report.ts';
import { amountText, countText } from '../../ui/amountText.ts';

export interface ReportColumn {
  readonly title: string;
  /** Figures stand to the right. */
  readonly amount?: boolean;
}

export type ReportCell = ReactNode;

export function ReportTable(props: {
  readonly label: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly ReportCell[]; readonly strong?: boolean }[];
  readonly dense?: boolean;
  readonly empty?: string;
}): ReactNode {
  const { label, columns, rows, dense = false, empty } = props;
  if (rows.length === 0) return <p>{empty ?? 'None.'}</p>;
  return (
    <table className={dense ? 'report-table dense' : 'report-table'} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ title, amount }) => (
            <th key={title} scope="col" className={amount === true ? 'amount' : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, cells, strong }) => (
          <tr key={id} className={strong === true ? 'strong' : undefined}>
            {cells.map((cell, index) => (
              <td
                key={columns[index]?.title ?? index}
                className={columns[index]?.amount === true ? 'amount' : undefined}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is not printed of a long list. */
export function Rest(props: {
  readonly report: PrintedReport;
  readonly of: keyof PrintedReport['whole'];
  readonly what: string;
}): ReactNode {
  const { report, of, what } = props;
  const { most, whole } = report;
  if (whole[of] <= most) return null;
  return (
    <p className="report-rest">
      {`Printed are the first ${countText(most)} of ${countText(whole[of])} ${what}. All are in the XLSX and JSON of this report; every total counts all of them.`}
    </p>
  );
}

/** Every digit: figures on paper are added up by hand. */
export function figureText(amount: string | null, digits: number): string {
  return amount === null ? '–' : amountText(amount, { digits, exact: true });
}
