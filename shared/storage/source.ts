/** What one import brought, or a generator made, as the workspace keeps it. */
import type { ImportReport, ReadingChoices } from '../contract/importing.ts';
import type { SourceText } from '../domain/sourceText.ts';
import type { Statement } from '../domain/statement.ts';
import type { Instant } from '../domain/time.ts';
import type { Placement, RestatedRow, UsageAdjustment, UsageBatch } from '../domain/usage.ts';

export interface StoredSource {
  readonly report: ImportReport;
  /** Sha-256 of the text that was read: of a packed file that of what was in it. Empty for generated usage. */
  readonly textSha256: string;
  /** How it was read. */
  readonly choices: ReadingChoices;
  /** Of the header's names; null where there is none. */
  readonly fingerprint: string | null;
  /** Null for what a scenario brings itself. */
  readonly importedAt: Instant | null;
  /** The scenario names or generates it: it is no import and cannot be undone by itself. */
  readonly ofScenario: boolean;
  /** Of no rows where the file is a statement. */
  readonly batch: UsageBatch;
  readonly adjustments: readonly UsageAdjustment[];
  /** Where the usage of its buckets is taken to have happened; null where no row is a bucket. */
  readonly placement: Placement | null;
  /** Ids of which these rows are grown copies: rows of earlier sources with these ids no longer count. */
  readonly grownIds: readonly string[];
  /** Rows of earlier sources that have no id and of which these rows are grown copies: they no longer count. */
  readonly restated: readonly RestatedRow[];
  readonly statement: Statement | null;
  /** The file's text; null where there is none (generated usage). */
  readonly text: SourceText | null;
}
