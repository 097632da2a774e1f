/** Runs an import over bytes as the app does, and reads its columns back as plain rows. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';
import type { CallContext, Progress } from '../../shared/contract/rpc.ts';
import { formatAtoms } from '../../shared/domain/money.ts';
import { formatInstant } from '../../shared/domain/time.ts';
import { decimalAt, idAt, type NameColumn, type UsageBatch } from '../../shared/domain/usage.ts';
import type { ReadingChoices } from '../../shared/contract/importing.ts';
import { importUsage, textFileOf, type ImportOptions } from '../../shared/import/importUsage.ts';
import type { UsageReading } from '../../shared/import/usageReading.ts';

const SAMPLES = new URL('../../../shared/samples/', import.meta.url);
const FIXTURES = new URL('fixtures/', import.meta.url);

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A sample file of the project's collection; null where the collection is not beside the repository. */
export function sample(name: string): Uint8Array | null {
  const path = fileURLToPath(new URL(name, SAMPLES));
  return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
}

/** Runs over a sample file, or is skipped, with the reason in its name, where the samples are not there. */
export function withSample(name: string, what: string, test: (bytes: Uint8Array) => Promise<void>): void {
  const bytes = sample(name);
  if (bytes === null) it.skip(`${name}: ${what} (the shared samples are not beside the repository)`, () => undefined);
  else it(`${name}: ${what}`, () => test(bytes));
}

export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, FIXTURES)));
}

/** A context that remembers the progress it was told. */
export function quietContext(): CallContext & { readonly told: Progress[] } {
  const told: Progress[] = [];
  return { told, progress: (progress) => told.push(progress), throwIfCancelled: () => undefined };
}

/** Reads a text under an import's options and a user's choices. */
export function read(
  content: string | Uint8Array,
  options: ImportOptions & ReadingChoices = {},
  name = 'usage.csv',
): Promise<UsageReading> {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  const { currency, knownIds, knownTexts, createHash, deflate, yieldToHost, choices, ...chosen } = options;
  return importUsage(
    textFileOf({ name, content: bytes }),
    {
      choices: { ...choices, ...chosen },
      ...(currency === undefined ? {} : { currency }),
      ...(knownIds === undefined ? {} : { knownIds }),
      ...(knownTexts === undefined ? {} : { knownTexts }),
      ...(createHash === undefined ? {} : { createHash }),
      ...(deflate === undefined ? {} : { deflate }),
      ...(yieldToHost === undefined ? {} : { yieldToHost }),
    },
    quietContext(),
  );
}

/** The one sum of a report; null where nothing states a cost. */
export function cost({ report }: UsageReading): string | null {
  return Object.values(report.totals)[0] ?? null;
}

export interface PlainRow {
  readonly at: string;
  readonly sku: string;
  readonly cost: string | null;
  readonly meters: Readonly<Record<string, string>>;
  readonly project: string | null;
  readonly key: string | null;
  readonly id: string | null;
  readonly line: number | null;
}

/** A batch row by row, every value as text. */
export function rowsOf(batch: UsageBatch): PlainRow[] {
  const nameAt = (column: NameColumn | null, row: number): string | null =>
    column === null ? null : (column.names[column.codes[row] ?? 0] ?? null);
  return Array.from({ length: batch.count }, (_, row) => {
    const cost = decimalAt(batch.cost, row);
    const meters: Record<string, string> = {};
    for (const [name, column] of batch.meters) {
      const quantity = decimalAt(column, row);
      if (quantity !== null) meters[name] = formatAtoms(quantity);
    }
    return {
      at: formatInstant(batch.at[row] ?? NaN),
      sku: nameAt(batch.sku, row) ?? '',
      cost: cost === null ? null : formatAtoms(cost),
      meters,
      project: nameAt(batch.project, row),
      key: nameAt(batch.key, row),
      id: batch.ids === null ? null : idAt(batch.ids, row),
      line: batch.line?.[row] ?? null,
    };
  });
}

/** Sum of each meter over a batch. */
export function meterTotals(batch: UsageBatch): Record<string, string> {
  const totals: Record<string, string> = {};
  for (const [name, column] of batch.meters) {
    let sum = 0n;
    for (let row = 0; row < batch.count; row++) sum += decimalAt(column, row) ?? 0n;
    totals[name] = formatAtoms(sum);
  }
  return totals;
}

/** Rows of a report as `read/stored/duplicate/rejected/adjustments`. */
export function counts({ report }: UsageReading): string {
  const { read: all, stored, duplicate, rejected, adjustments } = report.rows;
  return [all, stored, duplicate, rejected, adjustments].join('/');
}

/** Problems as `line:column field: message`. */
export function problems({ report }: UsageReading): string[] {
  return report.problems.map(
    ({ line, column, field, message }) => `${line ?? '-'}:${column ?? '-'} ${field ?? '-'}: ${message}`,
  );
}
