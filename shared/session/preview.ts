/** What the page shows of a file before it is taken. */
import type { DoubleCount, FilePreview, PreviewRow } from '../contract/importing.ts';
import { formatAtoms } from '../domain/money.ts';
import type { StatementLine } from '../domain/statement.ts';
import { decimalAt, idAt, type UsageBatch } from '../domain/usage.ts';
import { doubleCountOf } from '../import/doubleCount.ts';
import { FORMATS } from '../import/recogniseFile.ts';
import { linesAround } from '../import/sourceText.ts';
import { complimentaryAt } from '../import/usageBuilder.ts';
import type { FileReading } from './reading.ts';
import type { Surroundings } from './surroundings.ts';

/** Lines and rows that a preview shows: what a person may look through. */
const SHOWN = 400;

/** A source that was stored or staged before. */
export interface EarlierSource {
  readonly name: string;
  readonly batch: UsageBatch;
  readonly staged: boolean;
}

export async function previewOf(
  id: number,
  reading: FileReading,
  earlier: readonly EarlierSource[],
  { inflate }: Surroundings,
): Promise<FilePreview> {
  const { source, questions } = reading;
  const { report, batch, statement } = source;
  const doubleCount = doubleCountWith(batch, earlier);
  const text =
    source.text === null || report.encoding === null
      ? (statement?.lines ?? []).slice(0, SHOWN).map(({ line, raw }) => ({ line, text: raw }))
      : await linesAround(source.text, report.encoding, 1, SHOWN, inflate);
  const { stored, adjustments } = report.rows;
  return {
    id,
    report,
    choices: source.choices,
    fromProfile: reading.fromProfile,
    formats: FORMATS,
    fingerprint: source.fingerprint,
    columns: reading.columns,
    meanings: reading.meanings,
    questions,
    mends: reading.mends,
    buckets: bucketsOf(batch),
    doubleCount,
    text,
    rows: statement === null ? usageRows(batch, currencyOf(reading)) : statement.lines.slice(0, SHOWN).map(lineRow),
    unreadable: reading.unreadable,
    ready: !reading.unreadable && questions.length === 0 && doubleCount === null && stored + adjustments > 0,
  };
}

function doubleCountWith(batch: UsageBatch, earlier: readonly EarlierSource[]): DoubleCount | null {
  const found = doubleCountOf(batch, earlier);
  const other = found === null ? undefined : earlier[found.index];
  if (found === null || other === undefined) return null;
  const { from, to, says } = found;
  return { other: other.name, from, to, says, otherStaged: other.staged };
}

function bucketsOf({ count, at, until }: UsageBatch): FilePreview['buckets'] {
  if (until === null) return null;
  let rows = 0;
  let longestMs = 0;
  for (let row = 0; row < count; row++) {
    const end = until[row] ?? 0;
    if (end === 0) continue;
    rows++;
    longestMs = Math.max(longestMs, end - (at[row] ?? 0));
  }
  return rows === 0 ? null : { rows, longestMs };
}

function currencyOf({ source: { report, choices } }: FileReading): string {
  return Object.keys(report.totals)[0] ?? choices.currency ?? '';
}

function usageRows(batch: UsageBatch, currency: string): PreviewRow[] {
  return Array.from({ length: Math.min(SHOWN, batch.count) }, (_, row): PreviewRow => {
    const cost = decimalAt(batch.cost, row);
    const meters = [...batch.meters].flatMap(([meter, column]): [string, string][] => {
      const quantity = decimalAt(column, row);
      return quantity === null ? [] : [[meter, formatAtoms(quantity)]];
    });
    return {
      line: batch.line?.[row] ?? null,
      at: batch.at[row] ?? null,
      date: null,
      what: batch.sku.names[batch.sku.codes[row] ?? 0] ?? '',
      reference: batch.ids === null ? null : idAt(batch.ids, row) || null,
      amount: cost === null ? null : formatAtoms(cost),
      currency,
      meters: Object.fromEntries(meters),
      balance: null,
      fate: complimentaryAt(batch, row) ? 'complimentary' : 'stored',
    };
  });
}

function lineRow(line: StatementLine): PreviewRow {
  return {
    line: line.line,
    at: null,
    date: line.date,
    what: line.party ?? line.description,
    reference: line.reference,
    amount: formatAtoms(line.amount),
    currency: line.currency,
    meters: {},
    balance: line.balance === null ? null : formatAtoms(line.balance),
    fate: 'stored',
  };
}
