/** Every usage row, a page at a time: cost in all its digits, what became of it, where it is written. */
import { useMemo, type ReactNode } from 'react';
import type { UsageRow } from '../../../shared/contract/engine.ts';
import type { TraceTarget } from '../../../shared/contract/trace.ts';
import { startOfDay, type Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { isZero, widestFraction } from '../../ui/amountText.ts';
import { EndsText } from '../../ui/EndsText.tsx';
import { figureRem } from '../../ui/figureWidth.ts';
import { dayText, instantText, isoText, timeText, timeWidth, weekdayText } from '../../ui/format.ts';
import { OpenFigure } from '../../ui/OpenFigure.tsx';
import { rowAt, rowsAtHand, type Pages } from '../../ui/pages.ts';
import { Table } from '../../ui/Table.tsx';
import type { Column } from '../../ui/tableText.ts';
import './usage.css';

export function UsageTable(props: {
  readonly pages: Pages<UsageRow>;
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
  /** Shows where a row is written. */
  readonly onSource: (file: string, line: number) => void;
}): ReactNode {
  const { pages, zone, digits, currency, selected, nothing, onNeed, onSelect, pointed, onHover, onSource, onTrace } =
    props;
  const costDigits = useMemo(() => widestFraction(costs(pages), digits), [pages, digits]);
  const costRem = useMemo(() => figureRem(costs(pages), costDigits, COST_REM), [pages, costDigits]);
  const wide = useMemo(() => figureRem(balances(pages), digits, FIGURE_REM), [pages, digits]);
  const columns = useMemo(
    () => usageColumns({ zone, digits, costDigits, costRem, wide, currency, onSource, onTrace }),
    [zone, digits, costDigits, costRem, wide, currency, onSource, onTrace],
  );
  return (
    <Table
      label="Usage"
      columns={columns}
      total={pages.total}
      row={(index) => rowAt(pages, index)}
      onNeed={onNeed}
      selected={selected}
      onSelect={onSelect}
      onOpen={(index) => {
        const row = rowAt(pages, index);
        if (row !== undefined && row.line !== null) onSource(row.source, row.line);
      }}
      rowClass={(row) => (row.status === 'accepted' ? '' : 'closed')}
      isLit={(row) => pointed !== null && pointed.record === null && row.at === pointed.at}
      onHover={(row) => onHover(row === null ? null : row.at)}
      minWidth={`${64 + costRem - COST_REM + 2 * (wide - FIGURE_REM)}rem`}
      empty={nothing ?? 'No usage yet. Drop a usage export anywhere in the window.'}
    />
  );
}

/** Of a cost in all its digits, and of a balance, of usual size. */
const COST_REM = 8;
const FIGURE_REM = 6.5;

function* balances(pages: Pages<UsageRow>): Generator<string> {
  for (const { balance, overrun } of rowsAtHand(pages)) {
    yield balance;
    yield overrun;
  }
}

function* costs(pages: Pages<UsageRow>): Generator<string> {
  for (const { cost } of rowsAtHand(pages)) yield cost;
}

const STATUS: Readonly<Record<UsageRow['status'], string>> = {
  accepted: 'accepted',
  no_plan: 'refused, no plan',
  insufficient_quota: 'refused, insufficient quota',
  monthly_limit: 'refused, monthly limit',
};

function usageColumns(show: {
  zone: Zone;
  digits: number;
  costDigits: number;
  costRem: number;
  wide: number;
  currency: string;
  onSource: (file: string, line: number) => void;
  onTrace: ((target: TraceTarget) => void) | undefined;
}): readonly Column<UsageRow>[] {
  const { zone, digits, costDigits, costRem, wide, currency, onSource, onTrace } = show;
  const opens = (of: 'cost' | 'overrun' | 'balance', { index }: UsageRow): (() => void) | undefined =>
    onTrace === undefined ? undefined : () => onTrace({ kind: 'usage', row: index, of });
  return [
    {
      key: 'day',
      header: 'Day',
      width: '7.25rem',
      cell: (row, previous) =>
        previous !== undefined && startOfDay(previous.at, zone) === startOfDay(row.at, zone) ? null : (
          <time dateTime={isoText(row.at)}>{weekdayText(row.at, zone, true)}</time>
        ),
      text: (row) => dayText(row.at, zone, true),
    },
    {
      key: 'time',
      header: `Time (${zone.name})`,
      width: timeWidth(zone, 6.5),
      cell: (row) => <span title={instantText(row.at, zone)}>{timeText(row.at, zone, 'ms')}</span>,
      text: (row) => isoText(row.at),
    },
    {
      key: 'sku',
      header: 'SKU',
      width: 'minmax(8rem, 1fr)',
      cell: (row) => (
        <span title={row.sku}>
          <EndsText text={row.sku} />
        </span>
      ),
      text: (row) => row.sku,
    },
    {
      key: 'status',
      header: 'Status',
      width: 'minmax(10rem, 0.8fr)',
      cell: (row) => <span className={row.status === 'accepted' ? 'accepted' : 'refused'}>{STATUS[row.status]}</span>,
      text: (row) => row.status,
    },
    {
      key: 'source',
      header: 'Source',
      width: 'minmax(11rem, 1.2fr)',
      cell: (row) => {
        const source = row.line === null ? row.source : `${row.source}:${row.line}`;
        const { source: file, line } = row;
        if (line === null) {
          return (
            <span className="mono usage-source" title={source}>
              <EndsText text={source} />
            </span>
          );
        }
        return (
          // Enter on the selected row does the same: the table is one stop for Tab.
          <button
            type="button"
            className="mono usage-source"
            tabIndex={-1}
            title={`Open ${source}`}
            onClick={() => onSource(file, line)}
          >
            <EndsText text={source} />
          </button>
        );
      },
      text: (row) => (row.line === null ? row.source : `${row.source}:${row.line}`),
    },
    {
      key: 'cost',
      header: `Cost ${currency}`,
      width: `${costRem}rem`,
      align: 'right',
      cell: (row) => (
        <OpenFigure inTable onOpen={opens('cost', row)}>
          <Amount value={row.cost} digits={costDigits} exact />
        </OpenFigure>
      ),
      text: (row) => row.cost,
    },
    {
      key: 'overrun',
      header: 'Not covered',
      width: `${wide}rem`,
      align: 'right',
      cell: (row) =>
        isZero(row.overrun) ? null : (
          <OpenFigure inTable onOpen={opens('overrun', row)}>
            <Amount value={row.overrun} digits={digits} />
          </OpenFigure>
        ),
      text: (row) => row.overrun,
    },
    {
      key: 'balance',
      header: 'Balance',
      width: `${wide}rem`,
      align: 'right',
      cell: (row) => (
        <OpenFigure inTable onOpen={opens('balance', row)}>
          <Amount value={row.balance} digits={digits} />
        </OpenFigure>
      ),
      text: (row) => row.balance,
    },
  ];
}
