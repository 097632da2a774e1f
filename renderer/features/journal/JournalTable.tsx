/** The journal's entries, a page at a time; an entry of usage opens to its rows, each with where it is written. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { minorDigitsOf } from '../../../shared/domain/money.ts';
import { startOfDay, type Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { widestFraction } from '../../ui/amountText.ts';
import { dayText, instantText, isoText, middleCut, timeText, timeWidth, weekdayText } from '../../ui/format.ts';
import { rowsAtHand } from '../../ui/pages.ts';
import { Table } from '../../ui/Table.tsx';
import type { Column } from '../../ui/tableText.ts';
import { lineAt, lineCount, type JournalLine, type JournalLines } from './journalLines.ts';
import { ACCOUNT_NAMES, causeWords, KIND_NAMES } from './journalWords.ts';
import { Sided } from './Sided.tsx';
import './journal.css';

export interface JournalTableProps extends JournalLines {
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  /** What the balance column is of; null where no account is chosen. */
  readonly balanceOf: string | null;
  readonly selected: number | null;
  readonly empty: ReactNode;
  readonly onNeed: (first: number, last: number) => void;
  readonly onSelect: (line: number | null) => void;
  readonly onToggle: (line: number) => void;
  readonly onSource: (file: string, line: number) => void;
}

export function JournalTable(props: JournalTableProps): ReactNode {
  const { entries, opened, usage, zone, digits, currency, balanceOf, onToggle, onSource } = props;
  const shownDigits = useMemo(
    () => widestFraction(figures({ entries, opened, usage }), digits),
    [entries, opened, usage, digits],
  );
  const columns = useMemo(
    () => journalColumns({ zone, digits: shownDigits, currency, balanceOf, onToggle: onToggle, onSource }),
    [zone, shownDigits, currency, balanceOf, onToggle, onSource],
  );
  const lines = { entries, opened, usage };
  const total = lineCount(lines);
  return (
    <Table
      label="Journal"
      columns={columns}
      total={total}
      row={(line) => numbered(lineAt(lines, line), line)}
      onNeed={props.onNeed}
      selected={props.selected}
      onSelect={props.onSelect}
      onOpen={(line) => {
        const found = lineAt(lines, line);
        if (found?.of === 'entry') onToggle(line);
        else if (found !== undefined && found.row.line !== null) onSource(found.row.source, found.row.line);
      }}
      rowClass={({ line }) => (line.of === 'usage' ? 'journal-usage' : line.open ? 'journal-open' : '')}
      minWidth={balanceOf === null ? '52rem' : '61rem'}
      empty={props.empty}
    />
  );
}

interface Numbered {
  readonly line: JournalLine;
  readonly place: number;
}

function numbered(line: JournalLine | undefined, place: number): Numbered | undefined {
  return line === undefined ? undefined : { line, place };
}

/** Amounts at hand: they all get the same digits after the point. */
function* figures({ entries, opened, usage }: JournalLines): Generator<string> {
  for (const { amount, balance } of rowsAtHand(entries)) {
    yield amount;
    if (balance !== null) yield balance;
  }
  if (opened === null) return;
  for (const { part } of rowsAtHand(usage)) yield part;
}

interface Show {
  readonly zone: Zone;
  readonly digits: number;
  readonly currency: string;
  readonly balanceOf: string | null;
  readonly onToggle: (line: number) => void;
  readonly onSource: (file: string, line: number) => void;
}

function atOf({ line }: Numbered): number {
  return line.of === 'entry' ? line.entry.at : line.row.at;
}

function journalColumns(show: Show): readonly Column<Numbered>[] {
  const { zone, digits, currency, balanceOf } = show;
  const wide = `${Math.max(6.5, 3.75 + digits * 0.44)}rem`;
  return [
    {
      key: 'day',
      header: 'Day',
      width: '7.25rem',
      cell: (row, previous) =>
        previous !== undefined && startOfDay(atOf(previous), zone) === startOfDay(atOf(row), zone) ? null : (
          <time dateTime={isoText(atOf(row))}>{weekdayText(atOf(row), zone, true)}</time>
        ),
      text: (row) => dayText(atOf(row), zone, true),
    },
    {
      key: 'time',
      header: `Time (${zone.name})`,
      width: timeWidth(zone, 4.5),
      cell: (row) => <span title={instantText(atOf(row), zone)}>{timeText(atOf(row), zone)}</span>,
      text: (row) => isoText(atOf(row)),
    },
    whatColumn(show),
    accountColumn('debit', 'Debit', show),
    accountColumn('credit', 'Credit', show),
    {
      key: 'amount',
      header: `Amount ${currency}`,
      width: wide,
      align: 'right',
      cell: ({ line }) => <Amount value={amountOf(line)} digits={digits} exact />,
      text: ({ line }) => amountOf(line),
    },
    ...(balanceOf === null
      ? []
      : [
          {
            key: 'balance',
            header: `Balance, ${balanceOf}`,
            width: `${Math.max(8.5, 5 + digits * 0.44)}rem`,
            align: 'right' as const,
            cell: ({ line }: Numbered) =>
              line.of === 'entry' && line.entry.balance !== null ? (
                <Sided value={line.entry.balance} digits={digits} exact />
              ) : null,
            text: ({ line }: Numbered) => (line.of === 'entry' ? (line.entry.balance ?? '') : ''),
          },
        ]),
  ];
}

function amountOf(line: JournalLine): string {
  return line.of === 'entry' ? line.entry.amount : line.row.part;
}

function accountColumn(side: 'debit' | 'credit', header: string, { onSource }: Show): Column<Numbered> {
  return {
    key: side,
    header,
    width: 'minmax(7.75rem, 0.5fr)',
    cell: ({ line }) =>
      line.of === 'entry' ? (
        <span title={line.entry[side]}>{ACCOUNT_NAMES[line.entry[side]]}</span>
      ) : side === 'debit' ? (
        // a usage row is of no accounts: its place takes the room of both
        <UsagePlace row={line.row} onSource={onSource} />
      ) : null,
    text: ({ line }) => (line.of === 'entry' ? line.entry[side] : ''),
  };
}

function whatColumn({ currency, onToggle }: Show): Column<Numbered> {
  return {
    key: 'what',
    header: 'What',
    width: 'minmax(9.5rem, 1fr)',
    cell: ({ line, place }) =>
      line.of === 'entry' ? (
        <Entry line={line} digits={minorDigitsOf(currency)} onToggle={() => onToggle(place)} />
      ) : (
        <span className="journal-sku" title={line.row.sku}>
          {middleCut(line.row.sku, 32)}
        </span>
      ),
    text: ({ line }) => {
      if (line.of === 'entry') return `${KIND_NAMES[line.entry.kind]}, ${line.entry.cause.words}`;
      const { sku, source, line: at } = line.row;
      return `${sku} ${at === null ? source : `${source}:${at}`}`;
    },
  };
}

function Entry(props: {
  readonly line: JournalLine & { of: 'entry' };
  /** Of the currency's smallest unit. */
  readonly digits: number;
  readonly onToggle: () => void;
}): ReactNode {
  const { digits } = props;
  const { entry, open } = props.line;
  const words = causeWords(entry, digits);
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <span className="journal-what" title={`${KIND_NAMES[entry.kind]}: ${words}`}>
      {entry.opens ? (
        // Enter on the selected row does the same: the table is one stop for Tab.
        <button
          type="button"
          className="journal-toggle"
          tabIndex={-1}
          aria-expanded={open}
          aria-label={`${open ? 'Close' : 'Open'} ${words}`}
          onClick={(event) => {
            event.stopPropagation();
            props.onToggle();
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <Icon size="0.875rem" strokeWidth={2.1} aria-hidden="true" />
        </button>
      ) : (
        <span className="journal-toggle" aria-hidden="true" />
      )}
      <strong>{KIND_NAMES[entry.kind]}</strong> <span className="journal-words">{words}</span>
    </span>
  );
}

function UsagePlace(props: {
  readonly row: (JournalLine & { of: 'usage' })['row'];
  readonly onSource: (file: string, line: number) => void;
}): ReactNode {
  const { source, line } = props.row;
  const place = line === null ? source : `${source}:${line}`;
  if (line === null) {
    return (
      <span className="mono journal-source" title={place}>
        {middleCut(place, 36)}
      </span>
    );
  }
  return (
    <button
      type="button"
      className="mono journal-source"
      tabIndex={-1}
      title={`Open ${place}`}
      onClick={() => props.onSource(source, line)}
    >
      {middleCut(place, 36)}
    </button>
  );
}
