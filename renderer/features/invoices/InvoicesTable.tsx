/** Invoices month by month; the balance side of each row ties from opening to closing. */
import { useMemo, type ReactNode } from 'react';
import type { InvoiceRow } from '../../../shared/contract/engine.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { isZero } from '../../ui/amountText.ts';
import { instantText, periodName } from '../../ui/format.ts';
import { rowAt, type Pages } from '../../ui/pages.ts';
import { Table, type Column } from '../../ui/Table.tsx';
import './invoices.css';

export function InvoicesTable(props: {
  readonly pages: Pages<InvoiceRow>;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly selected: number | null;
  readonly onNeed: (first: number, last: number) => void;
  readonly onSelect: (index: number | null) => void;
}): ReactNode {
  const { pages, zone, digits, currency, selected, onNeed, onSelect } = props;
  const columns = useMemo(() => invoiceColumns(zone, digits, currency), [zone, digits, currency]);
  return (
    <Table
      label="Invoices"
      columns={columns}
      total={pages.total}
      row={(index) => rowAt(pages, index)}
      onNeed={onNeed}
      selected={selected}
      onSelect={onSelect}
      minWidth="72rem"
      empty="No invoice yet: the first is issued when the month ends."
    />
  );
}

/** Figures by their name in the result format; zero is shown only where it is the answer. */
const FIGURES: readonly { readonly name: string; readonly header: string; readonly always?: true }[] = [
  { name: 'opening_balance', header: 'Opening', always: true },
  { name: 'purchased', header: 'Purchased' },
  { name: 'granted', header: 'Granted' },
  { name: 'adjusted', header: 'Adjusted' },
  { name: 'drawn', header: 'Drawn' },
  { name: 'expired', header: 'Expired' },
  { name: 'closing_balance', header: 'Closing', always: true },
  { name: 'usage', header: 'Usage', always: true },
  { name: 'credits_applied', header: 'By credits' },
  { name: 'carried', header: 'Carried' },
  { name: 'tax', header: 'Tax' },
  { name: 'amount_due', header: 'Due', always: true },
];

function invoiceColumns(zone: Zone, digits: number, currency: string): readonly Column<InvoiceRow>[] {
  return [
    {
      key: 'period',
      header: `Month, ${currency}`,
      width: 'minmax(8.5rem, 1fr)',
      cell: (row) => (
        <span className="invoice-month" title={`${instantText(row.from, zone)} – ${instantText(row.to, zone)}`}>
          {periodName(row.period)} <span className="invoice-year">{row.period.slice(0, 4)}</span>
        </span>
      ),
      text: (row) => row.period,
    },
    ...FIGURES.map(({ name, header, always }): Column<InvoiceRow> => {
      const figure = (row: InvoiceRow): string => row.figures[name] ?? '0';
      return {
        key: name,
        header,
        width: 'minmax(4.5rem, 0.7fr)',
        align: 'right',
        cell: (row) =>
          always !== true && isZero(figure(row)) ? null : (
            <Amount value={figure(row)} digits={digits} strong={name === 'amount_due'} />
          ),
        text: figure,
      };
    }),
  ];
}
