/** Invoices month by month; the balance side of each row ties from opening to closing. */
import { useMemo, type ReactNode } from 'react';
import type { InvoiceRow } from '../../../shared/contract/engine.ts';
import type { InvoiceFigure, TraceTarget } from '../../../shared/contract/trace.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { isZero } from '../../ui/amountText.ts';
import { instantText, periodName } from '../../ui/format.ts';
import { figureRem } from '../../ui/figureWidth.ts';
import { OpenFigure } from '../../ui/OpenFigure.tsx';
import { rowAt, rowsAtHand, type Pages } from '../../ui/pages.ts';
import { Table } from '../../ui/Table.tsx';
import type { Column } from '../../ui/tableText.ts';
import './invoices.css';

export function InvoicesTable(props: {
  readonly pages: Pages<InvoiceRow>;
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly selected: number | null;
  /** What an empty table says where it has rows that a filter leaves out. */
  readonly nothing?: string;
  readonly onNeed: (first: number, last: number) => void;
  readonly onSelect: (index: number | null) => void;
  /** What is under the pointer in the chart. */
  readonly pointed: { readonly at: number; readonly record: number | null } | null;
  /** The instant of the row under the pointer; null when it leaves. */
  readonly onHover: (at: number | null) => void;
  /** Opens what a figure is made of. */
  readonly onTrace?: (target: TraceTarget) => void;
}): ReactNode {
  const { pages, zone, digits, currency, selected, nothing, onNeed, onSelect, pointed, onHover, onTrace } = props;
  const shown = useMemo(() => figuresOf(pages), [pages]);
  const wide = useMemo(() => figureRem(figuresIn(pages), digits, FIGURE_REM), [pages, digits]);
  const columns = useMemo(
    () => invoiceColumns({ zone, digits, currency, shown, wide, onTrace }),
    [zone, digits, currency, shown, wide, onTrace],
  );
  return (
    <Table
      label="Invoices"
      columns={columns}
      total={pages.total}
      row={(index) => rowAt(pages, index)}
      onNeed={onNeed}
      selected={selected}
      onSelect={onSelect}
      isLit={(row) => pointed !== null && row.from <= pointed.at && pointed.at < row.to}
      onHover={(row) => onHover(row === null ? null : row.to)}
      minWidth={`${10 + shown.length * (wide + 1)}rem`}
      empty={nothing ?? 'No invoice yet: the first is issued when the month ends.'}
    />
  );
}

/** Figures by their name in the result format: what is billed, then the balance from opening to closing. */
const FIGURES: readonly { readonly name: InvoiceFigure; readonly header: string; readonly always?: true }[] = [
  { name: 'usage', header: 'Usage', always: true },
  { name: 'credits_applied', header: 'By credits', always: true },
  { name: 'excess_billed', header: 'Excess billed' },
  { name: 'carried', header: 'Carried' },
  { name: 'debt_brought_forward', header: 'Debt brought' },
  { name: 'tax', header: 'Tax' },
  { name: 'amount_due', header: 'Due', always: true },
  { name: 'opening_balance', header: 'Opening', always: true },
  { name: 'purchased', header: 'Purchased', always: true },
  { name: 'granted', header: 'Granted' },
  { name: 'adjusted', header: 'Adjusted' },
  { name: 'drawn', header: 'Drawn', always: true },
  { name: 'expired', header: 'Expired' },
  { name: 'refunded', header: 'Refunded' },
  { name: 'debt_invoiced', header: 'Debt invoiced' },
  { name: 'closing_balance', header: 'Closing', always: true },
];

/** Of a figure of usual size. */
const FIGURE_REM = 4.6;

function* figuresIn(pages: Pages<InvoiceRow>): Generator<string> {
  for (const { figures } of rowsAtHand(pages)) for (const { name } of FIGURES) yield figures[name] ?? '0';
}

/** Figures that are zero in every invoice at hand take no column. */
function figuresOf(pages: Pages<InvoiceRow>): readonly string[] {
  const rows = [...rowsAtHand(pages)];
  return FIGURES.filter(
    ({ name, always }) => always === true || rows.some(({ figures }) => !isZero(figures[name] ?? '0')),
  ).map(({ name }) => name);
}

function invoiceColumns(show: {
  zone: Zone;
  digits: number;
  currency: string;
  shown: readonly string[];
  wide: number;
  onTrace: ((target: TraceTarget) => void) | undefined;
}): readonly Column<InvoiceRow>[] {
  const { zone, digits, currency, shown, wide, onTrace } = show;
  const opens = (figure: InvoiceFigure, { index }: InvoiceRow): (() => void) | undefined =>
    onTrace === undefined ? undefined : () => onTrace({ kind: 'invoice', invoice: index, figure });
  return [
    {
      key: 'period',
      header: `Month, ${currency}`,
      width: 'minmax(8rem, 1fr)',
      cell: (row) => (
        <span className="invoice-month" title={`${instantText(row.from, zone)} – ${instantText(row.to, zone)}`}>
          {periodName(row.period)} <span className="invoice-year">{row.period.slice(0, 4)}</span>
        </span>
      ),
      text: (row) => row.period,
    },
    ...FIGURES.filter(({ name }) => shown.includes(name)).map(({ name, header, always }): Column<InvoiceRow> => {
      const figure = (row: InvoiceRow): string => row.figures[name] ?? '0';
      return {
        key: name,
        header,
        width: `minmax(${wide}rem, 0.7fr)`,
        align: 'right',
        cell: (row) =>
          always !== true && isZero(figure(row)) ? null : (
            <OpenFigure inTable onOpen={opens(name, row)}>
              <Amount value={figure(row)} digits={digits} strong={name === 'amount_due'} />
            </OpenFigure>
          ),
        text: figure,
      };
    }),
  ];
}
