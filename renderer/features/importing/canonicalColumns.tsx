/** The columns in which a canonical row is shown: those of a statement, or those of usage. */
import { Check, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FilePreview, PreviewRow } from '../../../shared/contract/importing.ts';
import { minorDigitsOf } from '../../../shared/domain/money.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Amount } from '../../ui/Amount.tsx';
import { amountText, negated, widestFraction } from '../../ui/amountText.ts';
import { dateText, dayText, instantText, middleCut, timeText } from '../../ui/format.ts';
import { isBalances } from '../../ui/fileKind.ts';
import { currencyOf } from './fileState.ts';
import { Fate } from './Fate.tsx';

export interface CanonicalColumn {
  readonly key: string;
  readonly header: string;
  /** Its width. */
  readonly rem: number;
  /** How wide it may become where there is room. */
  readonly most?: number;
  readonly right: boolean;
  /** It goes where there is no room, the lowest first. */
  readonly spare?: number;
  /** @param rem the width that the column has */
  readonly cell: (row: PreviewRow, rem: number) => ReactNode;
}

export function canonicalColumns(preview: FilePreview, zone: Zone): readonly CanonicalColumn[] {
  if (preview.report.kind !== 'statement') return usageColumns(preview, zone);
  return isBalances(preview.report) ? statedColumns(preview, zone) : statementColumns(preview);
}

/** Balances that are stated, and grants beside them. */
function statedColumns({ rows }: FilePreview, zone: Zone): readonly CanonicalColumn[] {
  const currencies = new Set(rows.map(({ currency }) => currency));
  const [currency = ''] = currencies.size === 1 ? currencies : [''];
  const stated = rows.flatMap(({ balance }) => balance ?? []);
  const digits = Math.min(8, widestFraction(stated, minorDigitsOf(currency)));
  return [
    {
      key: 'time',
      header: `When (${zone.name})`,
      rem: 9.5,
      right: false,
      cell: ({ at, date }) =>
        at !== null ? (
          <span title={instantText(at, zone)}>{`${dayText(at, zone, true)} ${timeText(at, zone, 'minute')}`}</span>
        ) : date === null ? null : (
          <time dateTime={date} title="Only the day is stated">
            {dateText(date)}
          </time>
        ),
    },
    { key: 'what', header: 'What', rem: 12, most: 22, right: false, cell: whatCell },
    {
      key: 'balance',
      header: `Balance ${currency}`.trim(),
      rem: 8,
      right: true,
      cell: ({ balance, currency: own }) =>
        balance === null ? null : (
          <>
            <Amount value={balance} digits={digits} exact strong />
            {currency === '' && ` ${own}`}
          </>
        ),
    },
    fateColumn(rows),
  ];
}

function statementColumns(preview: FilePreview): readonly CanonicalColumn[] {
  const { rows, report } = preview;
  const currencies = new Set(rows.map(({ currency }) => currency));
  const currency = currencies.size === 1 ? currencyOf(preview) : '';
  const balanced = rows.some(({ balance }) => balance !== null);
  // In the bank's sign where its balance stands beside it, so that the two columns add up.
  const inBankSign = balanced || report.tie !== null;
  const breakLine = report.tie?.holds === false ? report.tie.firstBreakLine : null;
  const digits = widestFraction(
    rows.flatMap(({ amount }) => (amount === null ? [] : [amount])),
    minorDigitsOf(currency),
  );
  return [
    { key: 'date', header: 'Booked', rem: 3.75, right: false, cell: dateCell },
    { key: 'party', header: inBankSign ? 'Party' : 'What', rem: 10.5, most: 18, right: false, cell: whatCell },
    { key: 'reference', header: referenceHeader(rows), rem: 7.5, most: 10, right: false, cell: referenceCell },
    {
      key: 'amount',
      header: `${inBankSign ? 'Amount' : 'Paid'} ${currency}`.trim(),
      rem: currency === '' ? 8.5 : 6.25,
      right: true,
      cell: ({ amount, currency: own }) =>
        amount === null ? null : (
          <span title={`${amountText(amount, { digits, exact: true })} ${own}, as the customer pays it`}>
            <Amount value={inBankSign ? negated(amount) : amount} digits={digits} movement={inBankSign} strong />
            {currency === '' && ` ${own}`}
          </span>
        ),
    },
    ...(balanced ? [balanceColumn(minorDigitsOf(currency))] : []),
    balanced
      ? { key: 'proof', header: '', rem: 2, right: false, cell: (row) => <Proof row={row} breakLine={breakLine} /> }
      : fateColumn(rows),
  ];
}

function balanceColumn(digits: number): CanonicalColumn {
  return {
    key: 'balance',
    header: 'Balance',
    rem: 6,
    right: true,
    cell: ({ balance }) => (balance === null ? null : <Amount value={balance} digits={digits} />),
  };
}

/** Whether the balance follows from the one before it. */
function Proof({ row, breakLine }: { readonly row: PreviewRow; readonly breakLine: number | null }): ReactNode {
  if (row.fate === 'duplicate' || row.fate === 'rejected') return <Fate fate={row.fate} />;
  if (breakLine !== null && row.line !== null && row.line >= breakLine) {
    return row.line === breakLine ? (
      <TriangleAlert className="tone-debt" size="0.875rem" strokeWidth={2.1} aria-label="stops tying here" />
    ) : null;
  }
  return row.balance === null ? null : (
    <Check className="tone-credit" size="0.875rem" strokeWidth={2.1} aria-label="ties" />
  );
}

function usageColumns(preview: FilePreview, zone: Zone): readonly CanonicalColumn[] {
  const { rows } = preview;
  const currencies = new Set(rows.map(({ currency }) => currency));
  const currency = currencies.size === 1 ? currencyOf(preview) : '';
  const digits = Math.min(
    8,
    widestFraction(
      rows.flatMap(({ amount }) => (amount === null ? [] : [amount])),
      minorDigitsOf(currency),
    ),
  );
  return [
    {
      key: 'time',
      header: `Time (${zone.name})`,
      rem: 8.5,
      right: false,
      cell: ({ at }) =>
        at === null ? null : (
          <span title={instantText(at, zone)}>{`${dayText(at, zone)} ${timeText(at, zone, 'second')}`}</span>
        ),
    },
    { key: 'sku', header: 'SKU', rem: 10.5, most: 18, right: false, cell: whatCell },
    { key: 'meters', header: 'Quantities', rem: 8.5, most: 18, right: false, spare: 2, cell: metersCell },
    ...(rows.some(({ reference }) => reference !== null)
      ? [{ key: 'id', header: 'Id', rem: 6.5, right: false, spare: 1, cell: referenceCell }]
      : []),
    {
      key: 'cost',
      header: `Cost ${currency}`.trim(),
      rem: 6.5,
      right: true,
      cell: ({ amount, currency: own }) =>
        amount === null ? (
          <span className="unpriced">by price list</span>
        ) : (
          <>
            <Amount value={amount} digits={digits} exact />
            {currency === '' && ` ${own}`}
          </>
        ),
    },
    fateColumn(rows),
  ];
}

/** A sign is enough while every row is stored; else there is a word. */
function fateColumn(rows: readonly PreviewRow[]): CanonicalColumn {
  const worded = rows.some(({ fate }) => fate !== 'stored');
  return { key: 'fate', header: '', rem: worded ? 6.5 : 2, right: false, cell: ({ fate }) => <Fate fate={fate} /> };
}

function dateCell({ date, at }: PreviewRow): ReactNode {
  if (date === null) return at;
  return <time dateTime={date}>{dateText(date)}</time>;
}

/** Of an average character of the text face at 13 px. */
const CHAR_REM = 0.44;

/** Cut in the middle: the end of a SKU says what was counted. */
function whatCell({ what }: PreviewRow, rem: number): ReactNode {
  return <span title={what}>{middleCut(what, Math.max(12, Math.floor((rem - 1) / CHAR_REM)))}</span>;
}

/** Numbers that were found in the text are shown, and said to be no more than that. */
function referenceHeader(rows: readonly PreviewRow[]): string {
  const stated = rows.filter(({ reference }) => reference !== null);
  return stated.length > 0 && stated.every(({ referenceInText }) => referenceInText)
    ? 'Number in the text'
    : 'Reference';
}

function referenceCell({ reference, referenceInText }: PreviewRow): ReactNode {
  return reference === null ? null : (
    <span
      className={referenceInText ? 'mono in-text' : 'mono'}
      title={referenceInText ? `${reference}, found in the text; only shown, not stored as its reference` : reference}
    >
      {middleCut(reference, 18)}
    </span>
  );
}

function metersCell({ meters }: PreviewRow): ReactNode {
  const text = Object.entries(meters)
    .map(([meter, quantity]) => `${amountText(quantity, { digits: 0, exact: true })} ${meter.replaceAll('_', ' ')}`)
    .join(', ');
  return <span title={text}>{text}</span>;
}
