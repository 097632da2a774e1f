/** Rows that were left out because a row of the same key is there: the first of them are kept for showing. */
import type { Atoms } from '../domain/money.ts';
import type { Instant } from '../domain/time.ts';
import { decimalAt, idAt, type DecimalColumn, type UsageBatch } from '../domain/usage.ts';
import type { UsageBuilder } from './usageBuilder.ts';

export interface LeftOutRow {
  readonly line: number | null;
  readonly at: Instant;
  readonly sku: string;
  readonly id: string | null;
  /** Null where the row states none. */
  readonly cost: Atoms | null;
  readonly meters: ReadonlyMap<string, Atoms>;
}

/** As many as a person may look through. */
export const SHOWN_LEFT_OUT = 400;

/** Row `row` of columns that are being written; it need not be counted yet. */
export function leftOutOfBuilder(rows: UsageBuilder, row: number, id: string | null, cost?: Atoms): LeftOutRow {
  const { at, skus, skuCodes, costWhole, costPico, lines, meters } = rows;
  return {
    line: lines[row] ?? null,
    at: at[row] ?? 0,
    sku: skus.names[skuCodes[row] ?? 0] ?? '',
    id,
    cost: cost ?? decimalAt({ whole: costWhole, pico: costPico }, row),
    meters: metersAt(
      meters.map((column) => [column.name, column]),
      row,
    ),
  };
}

export function leftOutOfBatch(batch: UsageBatch, row: number): LeftOutRow {
  const { at, sku, line, ids, cost, meters } = batch;
  return {
    line: line?.[row] ?? null,
    at: at[row] ?? 0,
    sku: sku.names[sku.codes[row] ?? 0] ?? '',
    id: ids === null ? null : idAt(ids, row) || null,
    cost: decimalAt(cost, row),
    meters: metersAt(meters, row),
  };
}

function metersAt(columns: Iterable<readonly [string, DecimalColumn]>, row: number): ReadonlyMap<string, Atoms> {
  const found = new Map<string, Atoms>();
  for (const [meter, column] of columns) {
    const quantity = decimalAt(column, row);
    if (quantity !== null) found.set(meter, quantity);
  }
  return found;
}
