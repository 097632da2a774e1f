/** Rows of a usage log that belong together: of an hour, a day, a model, a key, a project, a file. */
import type { UsageEvent } from '../../domain/scenario.ts';
import { DAY_MS, formatInstant, HOUR_MS, startOfDay, type Instant, type Zone } from '../../domain/time.ts';
import type { UsageBatch } from '../../domain/usage.ts';
import { SCENARIO_SOURCE } from '../../engine/eventBatch.ts';
import { lowerBound } from '../../engine/prefixSums.ts';
import type { UsageLog } from '../../engine/usageLog.ts';
import type { Account } from '../account.ts';

export const SLICE_KINDS = ['hour', 'day', 'model', 'project', 'key', 'file'] as const;
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
  const kinds = known.get(log) ?? new Map<SliceKind, ReadonlyMap<string, readonly number[]>>();
  known.set(log, kinds);
  let slices = kinds.get(kind);
  if (slices === undefined) {
    const isTime = kind === 'hour' || kind === 'day';
    kinds.set(kind, (slices = isTime ? byTime(log, kind, zone, shift) : byName(log, kind, zone)));
  }
  return slices;
}

/** Rows are in time order, so each hour and day is a run of them. */
function byTime(log: UsageLog, kind: 'hour' | 'day', zone: Zone, shift: number): Map<string, number[]> {
  const slices = new Map<string, number[]>();
  let end = -Infinity;
  let rows: number[] = [];
  for (let row = 0; row < log.count; row++) {
    const at = log.at[row]! - shift;
    if (at >= end) {
      end = kind === 'hour' ? Math.floor(at / HOUR_MS + 1) * HOUR_MS : startOfDay(at, zone, 1);
      slices.set(timeKey(at, kind, zone), (rows = []));
    }
    rows.push(row);
  }
  return slices;
}

function byName(log: UsageLog, kind: Exclude<SliceKind, 'hour' | 'day'>, zone: Zone): Map<string, number[]> {
  const slices = new Map<string, number[]>();
  for (let row = 0; row < log.count; row++) {
    const { batch, index } = log.origin(row);
    const key = batchKey(batch, index, kind, zone);
    if (key === '') continue;
    const rows = slices.get(key);
    if (rows === undefined) slices.set(key, [row]);
    else rows.push(row);
  }
  return slices;
}

function timeKey(at: Instant, kind: 'hour' | 'day', zone: Zone): string {
  if (kind === 'hour') return formatInstant(Math.floor(at / HOUR_MS) * HOUR_MS).slice(0, 13);
  return formatInstant(Math.floor((at + zone.offsetAt(at)) / DAY_MS) * DAY_MS).slice(0, 10);
}

/** By what an imported row belongs to a group; empty where it belongs to none. */
export function batchKey(batch: UsageBatch, row: number, kind: SliceKind, zone: Zone): string {
  if (kind === 'hour' || kind === 'day') return timeKey(batch.at[row]!, kind, zone);
  // what the scenario itself says came in no file
  if (kind === 'file') return batch.source === SCENARIO_SOURCE ? '' : batch.source;
  const column = kind === 'model' ? batch.sku : kind === 'key' ? batch.key : batch.project;
  return column?.names[column.codes[row] ?? 0] ?? '';
}

/** By what a scenario's own usage belongs to a group. */
export function eventKey({ at, sku }: UsageEvent, kind: SliceKind, zone: Zone): string {
  if (kind === 'hour' || kind === 'day') return timeKey(at, kind, zone);
  return kind === 'model' ? sku : '';
}

/** Groups of the account's log that have rows in a window, in the order of their first row; none where they are too many. */
export function sliceKeys({ run, sources }: Account, kind: SliceKind, from: Instant, to: Instant): string[] {
  const { log, zone } = run.input;
  if (kind === 'file' && sources.length < 2) return [];
  const [low, high] = [lowerBound(log.at, from, 0), lowerBound(log.at, to, 0)];
  const keys = [...slicesOf(log, kind, zone, 0)].flatMap(([key, rows]) =>
    (rows[firstFrom(rows, low)] ?? Infinity) < high ? [key] : [],
  );
  return keys.length > MOST_KEYS || (keys.length === 1 && kind !== 'hour' && kind !== 'day') ? [] : keys;
}

/** Place of the first of ascending rows that is at least `row`. */
export function firstFrom(rows: readonly number[], row: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
