/** Credits by lot: what came in, what became of it, what is left. Each row adds up. */
import { useMemo, type ReactNode } from 'react';
import type { LotRow } from '../../../shared/contract/engine.ts';
import type { TraceTarget } from '../../../shared/contract/trace.ts';
import type { Instant, Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { isZero } from '../../ui/amountText.ts';
import { dayText, instantText, isoText } from '../../ui/format.ts';
import { MarkGlyph } from '../../ui/chart/MarkGlyph.tsx';
import { EndsText } from '../../ui/EndsText.tsx';
import { figureRem } from '../../ui/figureWidth.ts';
import { OpenFigure } from '../../ui/OpenFigure.tsx';
import { rowAt, rowsAtHand, type Pages } from '../../ui/pages.ts';
import { Table } from '../../ui/Table.tsx';
import type { Column } from '../../ui/tableText.ts';
import './lots.css';

export function LotsTable(props: {
  readonly pages: Pages<LotRow>;
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
  const wide = useMemo(() => figureRem(amounts(pages), digits, FIGURE_REM), [pages, digits]);
  const columns = useMemo(
    () => lotColumns({ zone, digits, currency, wide, onTrace }),
    [zone, digits, currency, wide, onTrace],
  );
  return (
    <Table
      label="Lots"
      columns={columns}
      total={pages.total}
      row={(index) => rowAt(pages, index)}
      onNeed={onNeed}
      selected={selected}
      onSelect={onSelect}
      rowClass={(row) => (isZero(row.remaining) ? 'spent' : '')}
      isLit={(row) => pointed !== null && pointed.record !== null && row.posted_at === pointed.at}
      onHover={(row) => onHover(row === null ? null : row.posted_at)}
      minWidth={`${71.5 + 6 * (wide - FIGURE_REM)}rem`}
      empty={nothing ?? 'No credits yet: purchases, recharges and grants make lots.'}
    />
  );
}

/** Of an amount of usual size; no figure of a lot is larger than its amount. */
const FIGURE_REM = 5.5;

function* amounts(pages: Pages<LotRow>): Generator<string> {
  for (const { amount } of rowsAtHand(pages)) yield amount;
}

function lotColumns(show: {
  zone: Zone;
  digits: number;
  currency: string;
  wide: number;
  onTrace: ((target: TraceTarget) => void) | undefined;
}): readonly Column<LotRow>[] {
  const { zone, digits, currency, wide, onTrace } = show;
  const amount = (
    key: 'amount' | 'settled' | 'drawn' | 'expired' | 'refunded' | 'remaining',
    header: string,
  ): Column<LotRow> => ({
    key,
    header,
    width: `${wide}rem`,
    align: 'right',
    cell: (row) =>
      key !== 'amount' && key !== 'remaining' && isZero(row[key]) ? null : (
        <OpenFigure
          inTable
          onOpen={
            onTrace === undefined
              ? undefined
              : () => onTrace({ kind: key === 'remaining' ? 'lot' : `lot_${key}`, lot: row.index })
          }
        >
          <Amount value={row[key]} digits={digits} strong={key === 'remaining' && !isZero(row.remaining)} />
        </OpenFigure>
      ),
    text: (row) => row[key],
  });
  const day = (key: 'bought_at' | 'posted_at' | 'expires_at', header: string): Column<LotRow> => ({
    key,
    header,
    width: 'minmax(6rem, 1fr)',
    cell: (row) => <Day at={row[key]} zone={zone} />,
    text: (row) => (row[key] === null ? '' : isoText(row[key])),
  });
  return [
    {
      key: 'id',
      header: 'Lot',
      width: 'minmax(8rem, 1.6fr)',
      cell: (row) => (
        <span className="lot-id" title={row.id}>
          <MarkGlyph kind={glyphOf(row.kind)} />
          <span className="mono lot-name">
            <EndsText text={row.id} />
          </span>
        </span>
      ),
      text: (row) => row.id,
    },
    {
      key: 'kind',
      header: 'Kind',
      width: 'minmax(6.25rem, 1fr)',
      cell: (row) => row.kind.replace('_', '-'),
      text: (row) => row.kind,
    },
    day('posted_at', `Posted (${zone.name})`),
    day('expires_at', 'Expires'),
    amount('amount', `Credit ${currency}`),
    amount('settled', 'Settled debt'),
    amount('drawn', 'Drawn'),
    amount('expired', 'Expired'),
    amount('refunded', 'Refunded'),
    amount('remaining', 'Remaining'),
  ];
}

function Day({ at, zone }: { readonly at: Instant | null; readonly zone: Zone }): ReactNode {
  if (at === null) return <span className="never">never</span>;
  return (
    <time dateTime={isoText(at)} title={instantText(at, zone)}>
      {dayText(at, zone, true)}
    </time>
  );
}

function glyphOf(kind: string): 'purchase' | 'auto_recharge' | 'grant' | 'adjustment' {
  return kind === 'purchase' || kind === 'auto_recharge' || kind === 'grant' ? kind : 'adjustment';
}
