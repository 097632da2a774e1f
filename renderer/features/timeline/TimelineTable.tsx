/** Everything that happened but usage, in order; rows of a time without access carry its hatch. */
import { useMemo, type ReactNode } from 'react';
import type { TimelineRow } from '../../../shared/contract/engine.ts';
import type { TraceTarget } from '../../../shared/contract/trace.ts';
import { startOfDay, type Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { EndsText } from '../../ui/EndsText.tsx';
import { figureRem } from '../../ui/figureWidth.ts';
import { dayText, instantText, isoDurationText, isoText, timeText, timeWidth, weekdayText } from '../../ui/format.ts';
import { OpenFigure } from '../../ui/OpenFigure.tsx';
import { rowAt, rowsAtHand, type Pages } from '../../ui/pages.ts';
import { Table } from '../../ui/Table.tsx';
import type { Column } from '../../ui/tableText.ts';
import { describeRow } from './describe.ts';
import { EventIcon } from './EventIcon.tsx';
import './timeline.css';

export function TimelineTable(props: {
  readonly pages: Pages<TimelineRow>;
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
  const wide = useMemo(() => figureRem(figures(pages), digits, FIGURE_REM), [pages, digits]);
  const columns = useMemo(
    () => timelineColumns({ zone, digits, currency, wide, onTrace }),
    [zone, digits, currency, wide, onTrace],
  );
  return (
    <Table
      label="Timeline"
      columns={columns}
      total={pages.total}
      row={(index) => rowAt(pages, index)}
      onNeed={onNeed}
      selected={selected}
      onSelect={onSelect}
      rowClass={(row) => (row.closed ? 'closed' : '')}
      isLit={(row) => pointed !== null && row.index === pointed.record}
      onHover={(row) => onHover(row === null ? null : row.at)}
      minWidth={`${56 + 2 * (wide - FIGURE_REM)}rem`}
      empty={nothing ?? 'Nothing has happened yet: a purchase, a grant or a cut-off makes the first row.'}
    />
  );
}

/** Where usage comes by the day or the hour, what it sets off has no exact instant, and none is claimed. */
const ABOUT = 'somewhere in the hours that the export’s buckets cover';

function Moment({ row, zone }: { readonly row: TimelineRow; readonly zone: Zone }): ReactNode {
  if (row.about !== true) return <span title={instantText(row.at, zone)}>{timeText(row.at, zone)}</span>;
  return (
    <span title={`${instantText(row.at, zone)} as placed; ${ABOUT}`}>
      <span aria-hidden="true">~</span>
      <span className="visually-hidden">about </span>
      {timeText(row.at, zone)}
    </span>
  );
}

/** Of an amount and a balance of usual size. */
const FIGURE_REM = 6.25;

function* figures(pages: Pages<TimelineRow>): Generator<string> {
  for (const { amount, balance } of rowsAtHand(pages)) {
    yield balance;
    if (amount !== null) yield amount;
  }
}

function timelineColumns(show: {
  zone: Zone;
  digits: number;
  currency: string;
  wide: number;
  onTrace: ((target: TraceTarget) => void) | undefined;
}): readonly Column<TimelineRow>[] {
  const { zone, digits, currency, wide, onTrace } = show;
  const opens = (kind: 'record' | 'record_balance', { index }: TimelineRow): (() => void) | undefined =>
    onTrace === undefined ? undefined : () => onTrace({ kind, record: index });
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
      width: timeWidth(zone, 5),
      cell: (row) => <Moment row={row} zone={zone} />,
      text: (row) => (row.about === true ? `~${isoText(row.at)}` : isoText(row.at)),
    },
    {
      key: 'event',
      header: 'Event',
      width: 'minmax(11rem, 1fr)',
      cell: (row) => {
        const { icon, title } = describeRow(row, digits);
        return (
          <span className="event" title={title}>
            <EventIcon icon={icon} />
            <EndsText text={title} />
          </span>
        );
      },
      text: (row) => describeRow(row, digits).title,
    },
    {
      key: 'happened',
      header: 'What happened',
      width: 'minmax(8rem, 1.4fr)',
      cell: (row) => {
        const { happened } = describeRow(row, digits);
        return (
          <span className="happened" title={happened}>
            {happened}
          </span>
        );
      },
      text: (row) => describeRow(row, digits).happened,
    },
    {
      key: 'rule',
      header: 'Rule',
      width: 'minmax(10.75rem, 0.9fr)',
      cell: (row) =>
        row.rule === null ? null : (
          <span className="mono rule" title={`${row.rule.name}: ${isoDurationText(row.rule.value)}`}>
            {row.rule.name}
          </span>
        ),
      text: (row) => (row.rule === null ? '' : `${row.rule.name} ${row.rule.value}`),
    },
    {
      key: 'amount',
      header: `Amount ${currency}`,
      width: `${wide}rem`,
      align: 'right',
      cell: (row) =>
        row.amount === null ? null : (
          <OpenFigure inTable onOpen={opens('record', row)}>
            <Amount value={row.amount} digits={digits} movement />
          </OpenFigure>
        ),
      text: (row) => row.amount ?? '',
    },
    {
      key: 'balance',
      header: 'Balance',
      width: `${wide}rem`,
      align: 'right',
      cell: (row) => (
        <OpenFigure inTable onOpen={opens('record_balance', row)}>
          <Amount value={row.balance} digits={digits} />
        </OpenFigure>
      ),
      text: (row) => row.balance,
    },
  ];
}
