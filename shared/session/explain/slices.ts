/** Rows of a usage log that belong together: of an hour, a day, a model, a key, a project. */
import type { UsageEvent } from '../../domain/scenario.ts';
import { DAY_MS, formatInstant, HOUR_MS, type Instant, type Zone } from '../../domain/time.ts';
import type { UsageBatch } from '../../domain/usage.ts';
import { lowerBound } from '../../engine/prefixSums.ts';
import type { UsageLog } from '../../engine/usageLog.ts';
import type { Account } from '../account.ts';

export const SLICE_KINDS = ['hour', 'day', 'model', 'project', 'key'] as const;
export type SliceKind = (typeof SLICE_KINDS)[number];

/** A group of rows that is left out (-1) or counted twice (1). */
export interface SliceChange {
  readonly kind: SliceKind;
  readonly key: string;
  readonly times: -1 | 1;
}

/** Beyond so many groups of a kind none stands out. */
const MOST_KEYS = 800;

const known = new WeakMap<UsageLog, Map<SliceKind, ReadonlyMap<string, readonly number[]>>>();

/**
 * Rows by what they have in common.
 * @param shift how much later than it happened each row lies in the log
 */
export function slicesOf(
  log: UsageLog,
  kind: SliceKind,
  zone: Zone,
  shift: number,
): ReadonlyMap<string, readonly number[]> {
  let kinds = known.get(log);
  if (kinds === undefined) known.set(log, (kinds = new Map()));
  let slices = kinds.get(kind);
  if (slices === undefined) {
    const rows = new Map<string, number[]>();
    for (let row = 0; row < log.count; row++) {
      const key = keyOf(log, row, kind, zone, shift);
      if (key === '') continue;
      const list = rows.get(key);
      if (list === undefined) rows.set(key, [row]);
      else list.push(row);
    }
    kinds.set(kind, (slices = rows));
  }
  return slices;
}

function keyOf(log: UsageLog, row: number, kind: SliceKind, zone: Zone, shift: number): string {
  const at = log.at[row]! - shift;
  if (kind === 'model') return log.skus[log.sku[row]!] ?? '';
  if (kind === 'hour' || kind === 'day') return timeKey(at, kind, zone);
  const { batch, index } = log.origin(row);
  return batchKey(batch, index, kind, zone);
}

function timeKey(at: Instant, kind: 'hour' | 'day', zone: Zone): string {
  if (kind === 'hour') return formatInstant(Math.floor(at / HOUR_MS) * HOUR_MS).slice(0, 13);
  return formatInstant(Math.floor((at + zone.offsetAt(at)) / DAY_MS) * DAY_MS).slice(0, 10);
}

/** By what an imported row belongs to a group; empty where it belongs to none. */
export function batchKey(batch: UsageBatch, row: number, kind: SliceKind, zone: Zone): string {
  if (kind === 'hour' || kind === 'day') return timeKey(batch.at[row]!, kind, zone);
  const column = kind === 'model' ? batch.sku : kind === 'key' ? batch.key : batch.project;
  return column?.names[column.codes[row] ?? 0] ?? '';
}

/** By what a scenario's own usage belongs to a group. */
export function eventKey({ at, sku }: UsageEvent, kind: SliceKind, zone: Zone): string {
  if (kind === 'hour' || kind === 'day') return timeKey(at, kind, zone);
  return kind === 'model' ? sku : '';
}

/** Groups of the account's log that have rows in a window, in the order of their first row; none where they are too many. */
export function sliceKeys({ run }: Account, kind: SliceKind, from: Instant, to: Instant): string[] {
  const { log, zone } = run.input;
  const [low, high] = [lowerBound(log.at, from, 0), lowerBound(log.at, to, 0)];
  const keys = [...slicesOf(log, kind, zone, 0)].flatMap(([key, rows]) =>
    rows.some((row) => row >= low && row < high) ? [key] : [],
  );
  return keys.length > MOST_KEYS || (keys.length === 1 && kind !== 'hour' && kind !== 'day') ? [] : keys;
}
