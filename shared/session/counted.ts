/** Which imported rows count: those of which a later source has a grown copy do not, and stay in their source. */
import { keyAt, noRows, pickedRows, type UsageAdjustment, type UsageBatch } from '../domain/usage.ts';
import type { StoredSource } from '../storage/source.ts';

/** The batches of all sources, in their order, without the rows that a later one took the place of. */
export function countedBatches(sources: readonly StoredSource[]): UsageBatch[] {
  const grown = new Set<string>();
  const restated = new Map<string, Set<number>>();
  const batches: UsageBatch[] = [];
  for (const { batch, textSha256, ...source } of sources.toReversed()) {
    if (isCompared(source)) {
      batches.push(noRows(batch.source));
      continue;
    }
    batches.push(without(batch, grown, restated.get(textSha256) ?? NONE));
    for (const id of source.grownIds) grown.add(id);
    for (const { source: text, row } of source.restated) {
      const rows = restated.get(text) ?? new Set<number>();
      restated.set(text, rows.add(row));
    }
  }
  return batches.reverse();
}

/** Whether a file's usage is evidence that the replay is compared with, and no part of it. */
export function isCompared({ choices }: Pick<StoredSource, 'choices'>): boolean {
  return choices.role === 'compare';
}

/** Whether some file that counts has usage of a time. */
export function hasBuckets(sources: readonly StoredSource[]): boolean {
  return sources.some((source) => !isCompared(source) && source.batch.until !== null);
}

/** Corrections of the files that count. */
export function countedAdjustments(sources: readonly StoredSource[]): UsageAdjustment[] {
  return sources.flatMap((source) => (isCompared(source) ? [] : source.adjustments));
}

const NONE: ReadonlySet<number> = new Set();

function without(batch: UsageBatch, grown: ReadonlySet<string>, restated: ReadonlySet<number>): UsageBatch {
  const ids = grown.size === 0 ? null : batch.ids;
  if (ids === null && restated.size === 0) return batch;
  const kept: number[] = [];
  for (let row = 0; row < batch.count; row++)
    if (!restated.has(row) && (ids === null || !grown.has(keyAt(ids, row)))) kept.push(row);
  return kept.length === batch.count ? batch : pickedRows(batch, kept);
}
