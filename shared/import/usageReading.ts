/** What reading a file of usage gives: its rows, its report, and what it leaves open. */
import type { ImportReport, PreviewColumn, Question } from '../contract/importing.ts';
import { formatAtoms, type Atoms } from '../domain/money.ts';
import type { SourceText } from '../domain/sourceText.ts';
import type { Instant } from '../domain/time.ts';
import type { UsageAdjustment, UsageBatch } from '../domain/usage.ts';
import type { Head } from './importer.ts';
import type { LeftOutRow } from './leftOutRows.ts';
import { sumOf } from './usageBuilder.ts';

export interface UsageReading {
  readonly batch: UsageBatch;
  readonly adjustments: readonly UsageAdjustment[];
  /** Of the text; of a packed file `sha256` is its caller's to replace. */
  readonly report: ImportReport;
  readonly textSha256: string;
  /** Null where it was not wanted, or where nothing of the file could be read. */
  readonly text: SourceText | null;
  /** Names of the columns as they stand in the file; null where it has none. */
  readonly header: readonly string[] | null;
  /** Null where columns have no say in how the format is read. */
  readonly columns: readonly PreviewColumn[] | null;
  readonly meanings: readonly { readonly meaning: string; readonly label: string }[];
  readonly questions: readonly Question[];
  /** Ids of rows of earlier files of which these rows are grown copies. */
  readonly grownIds: readonly string[];
  /** The first of the rows that were left out as repeats. */
  readonly leftOut: readonly LeftOutRow[];
  /** The page of the query that follows, where the file says that there is one; '' where it does not name it. */
  readonly nextPage: string | null;
  readonly head: Head;
}

/** A sum by its currency; nothing where nothing is stated. */
export function totalOf(currency: string, sum: Atoms | null): Readonly<Record<string, string>> {
  return sum === null ? {} : { [currency]: formatAtoms(sum) };
}

/** What of a report follows from the rows that are stored. */
export function storedFigures(
  batch: UsageBatch,
  adjustments: readonly UsageAdjustment[],
  currency: string,
): Pick<ImportReport, 'from' | 'to' | 'totals'> {
  return { ...spanOf(batch, adjustments), totals: totalOf(currency, sumOf(batch.cost, batch.count)) };
}

/** First and last instant of what was stored: a bucket counts with its start. */
function spanOf(
  batch: UsageBatch,
  adjustments: readonly UsageAdjustment[],
): { readonly from: Instant | null; readonly to: Instant | null } {
  if (batch.count === 0 && adjustments.length === 0) return { from: null, to: null };
  let from = Infinity;
  let to = -Infinity;
  for (let row = 0; row < batch.count; row++) {
    const at = batch.at[row] ?? 0;
    if (at < from) from = at;
    if (at > to) to = at;
  }
  for (const { at } of adjustments) {
    if (at < from) from = at;
    if (at > to) to = at;
  }
  return { from, to };
}
