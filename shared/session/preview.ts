/** What the page shows of a file before it is taken. */
import type { DoubleCount, FilePreview, PreviewRow } from '../contract/importing.ts';
import { formatAtoms } from '../domain/money.ts';
import type { Scenario } from '../domain/scenario.ts';
import type { StatedBalance, StatedGrant } from '../domain/statedBalance.ts';
import type { StatementLine } from '../domain/statement.ts';
import { formatInstant } from '../domain/time.ts';
import { decimalAt, idAt, type UsageBatch } from '../domain/usage.ts';
import { ContainerError, type TextFile } from '../import/containers/unpack.ts';
import { doubleCountOf } from '../import/doubleCount.ts';
import type { LeftOutRow } from '../import/leftOutRows.ts';
import { FORMATS } from '../import/recogniseFile.ts';
import { linesAround } from '../import/sourceText.ts';
import { referenceInText } from '../import/statements/references.ts';
import { headOfFile } from '../import/textHead.ts';
import { complimentaryAt } from '../import/usageBuilder.ts';
import type { StoredSource } from '../storage/source.ts';
import { unpricedRows, withListedRates } from './listedRates.ts';
import { isContinued } from './queryPages.ts';
import { isCompared } from './counted.ts';
import type { FileReading } from './reading.ts';
import type { Surroundings } from './surroundings.ts';

/** Lines and rows that a preview shows: what a person may look through. */
const SHOWN = 400;

/** A source that is stored or staged. */
export interface OtherSource {
  readonly source: StoredSource;
  readonly staged: boolean;
}

/** What a file is seen against. */
export interface Beside {
  /** Stored, or staged before it. */
  readonly earlier: readonly OtherSource[];
  readonly later: readonly OtherSource[];
  /** What prices usage that states no cost. */
  readonly taker: {
    readonly scenario: Scenario;
    readonly priceList: string | null;
    /** Null where there is no account yet. */
    readonly currency: string | null;
  };
}

export async function previewOf(
  id: number,
  file: TextFile,
  reading: FileReading,
  beside: Beside,
  { inflate }: Surroundings,
): Promise<FilePreview> {
  const { source, questions, nextPage } = reading;
  const { report, batch } = source;
  const counting = beside.earlier.filter((other) => !isCompared(other.source));
  const doubleCount = isCompared(source) ? null : doubleCountWith(batch, counting);
  const text =
    source.text === null || report.encoding === null
      ? await firstLines(file, reading)
      : await linesAround(source.text, report.encoding, 1, SHOWN, inflate);
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
    rows: rowsOf(reading),
    marks: reading.marks,
    repeats: repeatsOf(source, beside.earlier),
    unpriced: unpricedOf(source, beside),
    lacksNextPage:
      nextPage !== null &&
      !isContinued(
        source,
        [...beside.earlier, ...beside.later].map((other) => other.source),
      ),
    unreadable: reading.unreadable,
    ready: !reading.unreadable && questions.length === 0 && doubleCount === null && bringsRows(source, beside.taker),
  };
}

/** Of a file whose text is not kept: nothing of it is stored, or it is no text. */
async function firstLines(file: TextFile, { source, leftOut }: FileReading): Promise<FilePreview['text']> {
  const { report, statement } = source;
  if (report.encoding === null)
    return [...(statement?.lines ?? []), ...leftOut.lines]
      .slice(0, SHOWN)
      .map(({ line, raw }) => ({ line, text: raw }));
  try {
    const { text, whole } = await headOfFile(file);
    const lines = text.split(/\r\n|\r|\n/);
    const empty = lines.at(-1) === '' || !whole;
    return lines
      .slice(0, empty ? -1 : undefined)
      .slice(0, SHOWN)
      .map((line, index) => ({ line: index + 1, text: line }));
  } catch (error) {
    // its fault is said where it was read
    if (error instanceof ContainerError) return [];
    throw error;
  }
}

/** Rows, or the word of a file without any that there are none. */
function bringsRows({ report }: StoredSource, { currency }: Beside['taker']): boolean {
  const { stored, adjustments, read } = report.rows;
  const isEmpty = read === 0 && report.problemCount === 0;
  // an account cannot begin with nothing
  return !report.repeatedFile && (stored + adjustments > 0 || (isEmpty && currency !== null));
}

function doubleCountWith(batch: UsageBatch, earlier: readonly OtherSource[]): DoubleCount | null {
  const named = earlier.map(({ source }) => ({ name: source.report.file, batch: source.batch }));
  const found = doubleCountOf(batch, named);
  const other = found === null ? undefined : earlier[found.index];
  if (found === null || other === undefined) return null;
  const { from, to, says } = found;
  return { other: other.source.report.file, from, to, says, otherStaged: other.staged };
}

function repeatsOf({ report, textSha256 }: StoredSource, earlier: readonly OtherSource[]): FilePreview['repeats'] {
  if (!report.repeatedFile) return null;
  const twin = earlier.find(({ source }) => source.textSha256 === textSha256);
  return twin?.staged === true ? 'staged' : 'stored';
}

function unpricedOf(source: StoredSource, { taker: { scenario, priceList } }: Beside): FilePreview['unpriced'] {
  return unpricedRows(source.batch, withListedRates(scenario, [source], priceList));
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

/** Rows that would be stored and those left out, in the order of the file. */
function rowsOf(reading: FileReading): PreviewRow[] {
  const { source, leftOut } = reading;
  const { statement, batch, report, choices } = source;
  const currency = Object.keys(report.totals)[0] ?? Object.keys(report.repeated)[0] ?? choices.currency ?? '';
  const stored =
    statement === null
      ? usageRows(batch, currency)
      : [
          ...statement.lines.slice(0, SHOWN).map((line) => lineRow(line, 'stored')),
          ...statement.balances.slice(0, SHOWN).map((balance) => balanceRow(balance, 'stored')),
          ...statement.grants.slice(0, SHOWN).map(grantRow),
        ];
  const left = [
    ...leftOut.rows.map((row) => leftOutRow(row, currency)),
    ...leftOut.lines.slice(0, SHOWN).map((line) => lineRow(line, 'duplicate')),
    ...leftOut.balances.slice(0, SHOWN).map((balance) => balanceRow(balance, 'duplicate')),
  ];
  // rows of one line keep their order
  return left.length === 0 ? stored : [...stored, ...left].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
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
      referenceInText: false,
      amount: cost === null ? null : formatAtoms(cost),
      currency,
      meters: Object.fromEntries(meters),
      balance: null,
      fate: complimentaryAt(batch, row) ? 'complimentary' : 'stored',
    };
  });
}

function leftOutRow({ line, at, sku, id, cost, meters }: LeftOutRow, currency: string): PreviewRow {
  return {
    line,
    at,
    date: null,
    what: sku,
    reference: id,
    referenceInText: false,
    amount: cost === null ? null : formatAtoms(cost),
    currency,
    meters: Object.fromEntries([...meters].map(([meter, quantity]) => [meter, formatAtoms(quantity)])),
    balance: null,
    fate: 'duplicate',
  };
}

function lineRow(line: StatementLine, fate: PreviewRow['fate']): PreviewRow {
  const found = line.reference === null ? referenceInText(line.description) : null;
  return {
    line: line.line,
    at: null,
    date: line.date,
    what: line.party ?? line.description,
    reference: line.reference ?? found,
    referenceInText: found !== null,
    amount: formatAtoms(line.amount),
    currency: line.currency,
    meters: {},
    balance: line.balance === null ? null : formatAtoms(line.balance),
    fate,
  };
}

function balanceRow({ at, on, amount, currency, by, line }: StatedBalance, fate: PreviewRow['fate']): PreviewRow {
  return {
    ...{ line, at, date: on, what: by === null ? 'Balance' : `Balance, stated by ${by}`, amount: null, currency },
    ...{ reference: null, referenceInText: false, meters: {}, balance: formatAtoms(amount), fate },
  };
}

function grantRow({ id, amount, used, currency, effective, expires, line }: StatedGrant): PreviewRow {
  const day = (at: number): string => formatInstant(at).slice(0, 'YYYY-MM-DD'.length);
  const until = expires === null ? '' : ` until ${day(expires)}`;
  return {
    ...{ line, at: effective, date: null, what: `Grant of ${formatAtoms(amount)}${until}, ${formatAtoms(used)} used` },
    ...{ reference: id === '' ? null : id, referenceInText: false, amount: null, currency, meters: {} },
    ...{ balance: null, fate: 'stored' },
  };
}
