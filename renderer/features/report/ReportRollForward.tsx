/** The roll-forward of a report with its ties, and the same figures in the words of the buyer's or the seller's books. */
import type { ReactNode } from 'react';
import type { RollForwardRow } from '../../../shared/contract/reconcile.ts';
import type { PrintedReport } from '../../../shared/contract/report.ts';
import { amountText } from '../../ui/amountText.ts';
import { figureText, ReportTable, Rest } from './ReportTable.tsx';

const FIGURES: readonly (readonly [keyof Omit<RollForwardRow, 'id' | 'label'>, string])[] = [
  ['opening', 'Opening'],
  ['purchases', 'Purchases'],
  ['grants', 'Grants'],
  ['adjustments', 'Adjusted'],
  ['usage', 'Usage'],
  ['expired', 'Expired'],
  ['refunds', 'Refunds'],
  ['transfers', 'Moved'],
  ['closing', 'Closing'],
];

const ALWAYS: readonly string[] = ['opening', 'purchases', 'usage', 'closing'];

export function ReportRollForward({ report }: { readonly report: PrintedReport }): ReactNode {
  const { rollForward, reconciliation } = report;
  const { rows, total, ties, figures, breakage, view } = rollForward;
  const digits = reconciliation.minorDigits;
  const amount = (text: string | null): string => figureText(text, digits);
  // a share of an amount has no last digit: the spreadsheet has them all
  const estimate = (text: string): string => amountText(text, { digits });
  // what is nothing throughout takes no room
  const shown = FIGURES.filter(([name]) => ALWAYS.includes(name) || [...rows, total].some((row) => row[name] !== '0'));
  const isMoved = shown.some(([name]) => name === 'transfers');
  const untied = ties.filter(({ difference }) => difference !== null && difference !== '0');
  const unknown = ties.filter(({ theirs }) => theirs === null).length;
  return (
    <section>
      <h3>Roll-forward</h3>
      <p>
        Opening + purchases + grants + adjusted − usage − expired − refunds{isMoved && ' + moved'} = closing, for each
        row.
      </p>
      <ReportTable
        dense
        label="Roll-forward"
        columns={[{ title: 'Credits' }, ...shown.map(([, title]) => ({ title, amount: true }))]}
        rows={[
          ...rows.map((row) => ({ id: row.id, cells: [row.label, ...shown.map(([name]) => amount(row[name]))] })),
          { id: 'total', strong: true, cells: ['Total', ...shown.map(([name]) => amount(total[name]))] },
        ]}
      />
      <Rest report={report} of="rollForward" what="rows" />
      {isMoved && <p>Moved: credit that settled debt, and debt that an invoice took over.</p>}
      <p>
        {untied.length === 0
          ? `Ties to the journal and the invoices: ${ties.length - unknown} of ${ties.length} figures held, no difference.`
          : `${untied.length} figures do not tie.`}
        {unknown > 0 && ` ${unknown} wait for the invoice, which is not issued yet.`}
      </p>
      {untied.length > 0 && (
        <ReportTable
          label="Figures that do not tie"
          columns={[
            { title: 'Figure' },
            { title: 'Roll-forward', amount: true },
            { title: 'There', amount: true },
            { title: 'Difference', amount: true },
          ]}
          rows={untied.map(({ label, ours, theirs, difference }) => ({
            id: label,
            cells: [label, amount(ours), amount(theirs), amount(difference)],
          }))}
        />
      )}
      <h3>{view === 'buyer' ? 'In the buyer’s books' : 'In the seller’s books'}</h3>
      <ReportTable
        label="Figures of the books"
        columns={[{ title: 'Figure' }, { title: 'Note' }, { title: 'Amount', amount: true }]}
        rows={figures.map(({ label, note, amount: text }) => ({ id: label, cells: [label, note, estimate(text)] }))}
      />
      {breakage.length > 0 && (
        <>
          <h3>Breakage by month of purchase</h3>
          <ReportTable
            dense
            label="Breakage"
            columns={[
              { title: 'Bought in' },
              ...['Bought', 'Used', 'Expected to expire', 'Recognised when expired', 'In proportion'].map((title) => ({
                title,
                amount: true,
              })),
              { title: 'Liability when expired', amount: true },
              { title: 'Liability in proportion', amount: true },
            ]}
            rows={breakage.map((row) => ({
              ...{ id: row.month, strong: row.month === 'total' },
              cells: [
                ...[row.month === 'total' ? 'Total' : row.month, amount(row.bought), amount(row.used)],
                ...[estimate(row.expected), amount(row.whenExpired), estimate(row.inProportion)],
                ...[amount(row.liabilityWhenExpired), estimate(row.liabilityInProportion)],
              ],
            }))}
          />
        </>
      )}
    </section>
  );
}
