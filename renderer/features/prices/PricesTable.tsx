/** Models with the prices in force today, one a row; prices by the token are for a million. */
import { useMemo, type ReactNode } from 'react';
import type { PriceEntry, PriceRow } from '../../../shared/contract/prices.ts';
import { Amount } from '../../ui/Amount.tsx';
import { widestFraction } from '../../ui/amountText.ts';
import { middleCut } from '../../ui/format.ts';
import { Table } from '../../ui/Table.tsx';
import type { Column } from '../../ui/tableText.ts';
import { fromText, isUndated, otherPrices, perMillion, TOKEN_METERS, vendorName } from './priceText.ts';
import './prices.css';

export function PricesTable(props: {
  readonly rows: readonly PriceRow[];
  readonly chosen: string | null;
  readonly onChoose: (sku: string) => void;
  readonly onOpen: (row: PriceRow) => void;
}): ReactNode {
  const { rows, chosen, onChoose, onOpen } = props;
  const columns = useMemo(() => priceColumns(rows), [rows]);
  const selected = rows.findIndex(({ sku }) => sku === chosen);
  return (
    <Table
      label="Prices"
      columns={columns}
      total={rows.length}
      row={(index) => rows[index]}
      onNeed={nothing}
      selected={selected < 0 ? null : selected}
      onSelect={(index) => {
        const row = index === null ? undefined : rows[index];
        if (row !== undefined) onChoose(row.sku);
      }}
      onOpen={(index) => {
        const row = rows[index];
        if (row !== undefined) onOpen(row);
      }}
      minWidth="57.5rem"
      empty=""
    />
  );
}

/** All rows are at hand. */
function nothing(): void {
  return undefined;
}

/** The entry of today; before the first, the first. */
export function shownEntry({ entries, current }: PriceRow): PriceEntry | undefined {
  return entries[current ?? 0];
}

function priceColumns(rows: readonly PriceRow[]): readonly Column<PriceRow>[] {
  const price = (row: PriceRow, meter: string): string | null => {
    const entry = shownEntry(row);
    return entry === undefined ? null : perMillion(entry, meter);
  };
  const token = ({ meter, label, rem }: (typeof TOKEN_METERS)[number]): Column<PriceRow> => {
    const digits = widestFraction(
      rows.flatMap((row) => price(row, meter) ?? []),
      2,
    );
    return {
      key: meter,
      header: label,
      width: `minmax(${rem}rem, 0.5fr)`,
      align: 'right',
      cell: (row) => {
        const value = price(row, meter);
        return value === null ? null : <Amount value={value} digits={digits} exact />;
      },
      text: (row) => price(row, meter) ?? '',
    };
  };
  return [
    {
      key: 'sku',
      header: 'Model',
      width: 'minmax(11.25rem, 1.4fr)',
      cell: (row) => (
        <span className="price-sku" title={row.sku}>
          {middleCut(row.sku, 27)}
          {row.own && <span className="price-own">own</span>}
        </span>
      ),
      text: ({ sku }) => sku,
    },
    {
      key: 'vendor',
      header: 'Vendor',
      width: 'minmax(3.75rem, 0.3fr)',
      cell: (row, previous) =>
        previous !== undefined && vendorName(previous) === vendorName(row) ? null : (
          <span className="price-second">{vendorName(row)}</span>
        ),
      text: vendorName,
    },
    {
      key: 'from',
      header: 'Since (UTC)',
      width: 'minmax(4.75rem, 0.6fr)',
      cell: (row) => <Since row={row} />,
      text: (row) => {
        const entry = shownEntry(row);
        return entry === undefined || isUndated(row, entry.from) ? '' : fromText(entry.from);
      },
    },
    ...TOKEN_METERS.map(token),
    {
      key: 'other',
      header: 'Other units',
      width: 'minmax(10.5rem, 1.2fr)',
      cell: (row) => {
        const text = othersOf(row);
        return (
          <span className="price-second" title={text}>
            {text}
          </span>
        );
      },
      text: othersOf,
    },
  ];
}

function othersOf(row: PriceRow): string {
  const entry = shownEntry(row);
  return entry === undefined ? 'no price' : otherPrices(entry).join(', ');
}

function Since({ row }: { readonly row: PriceRow }): ReactNode {
  const entry = shownEntry(row);
  if (entry === undefined || isUndated(row, entry.from)) return null;
  return (
    <span className="price-second">{row.current === null ? `from ${fromText(entry.from)}` : fromText(entry.from)}</span>
  );
}
