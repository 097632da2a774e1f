/** A usage source as the workspace keeps it. */
import type { ImportReport } from '../contract/engine.ts';
import type { UsageAdjustment, UsageBatch } from '../domain/usage.ts';

/** A source's rows with what its import reported. */
export interface StoredSource {
  readonly report: ImportReport;
  /** Bytes of the file. */
  readonly size: number;
  readonly batch: UsageBatch;
  readonly adjustments: readonly UsageAdjustment[];
}

/** Columns of `source_file`, in the order in which they are written and read. */
export const FILE_COLUMNS = [
  ...[
    'file_id',
    'name',
    'size',
    'sha256',
    'format',
    'why',
    'rows_read',
    'rows_stored',
    'rows_duplicate',
    'rows_rejected',
  ],
  ...['adjustments', 'from_ms', 'to_ms', 'cost', 'problem_count'],
];
