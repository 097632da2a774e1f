/** Which rows a change moves: those that join or leave a figure, or cost something else in it. */
import type { MovedRow } from '../../contract/explain.ts';
import { formatAtoms, type Atoms } from '../../domain/money.ts';
import type { TimelineRecord } from '../../domain/result.ts';
import type { Measured, Measure } from './measures.ts';

export interface Moved {
  readonly count: number;
  /** The first of them; a row that leaves has a negative amount. */
  readonly rows: readonly MovedRow[];
}

const SHOWN = 20;
/** More rows are not told apart one by one. */
const MOST_ROWS = 200_000;

export function movedBetween(before: Measured, after: Measured, measure: Measure): Moved {
  return measure.kind === 'usage' || measure.kind === 'due'
    ? movedUsage(before, after, measure)
    : movedRecords(before, after, measure);
}

interface Placed extends MovedRow {
  readonly cost: Atoms;
}

function movedUsage(before: Measured, after: Measured, measure: Measure & { kind: 'usage' | 'due' }): Moved {
  const [was, is] = [rowsOf(before, measure), rowsOf(after, measure)];
  if (was === null || is === null) return { count: 0, rows: [] };
  const moved: Placed[] = [];
  for (const [key, row] of was) {
    const now = is.get(key);
    if (now === undefined) moved.push({ ...row, cost: -row.cost });
    else if (now.cost !== row.cost) moved.push({ ...row, cost: now.cost - row.cost });
  }
  for (const [key, row] of is) if (!was.has(key)) moved.push(row);
  moved.sort((a, b) => a.at - b.at);
  return {
    count: moved.length,
    rows: moved.slice(0, SHOWN).map(({ cost, ...row }) => ({ ...row, amount: formatAtoms(cost) })),
  };
}

/** Accepted rows of a figure by where they came from; null where they are too many. */
function rowsOf(
  measured: Measured,
  { period, ...measure }: Measure & { kind: 'usage' | 'due' },
): Map<string, Placed> | null {
  const { log } = measured.run.input;
  const [from, to] = measured.window(period, measure.kind === 'usage' ? measure.day : null);
  const ranges = measured.accepted(from, to);
  if (ranges.reduce((sum, [low, high]) => sum + high - low, 0) > MOST_ROWS) return null;
  const sku = measure.kind === 'usage' ? measure.sku : null;
  const found = new Map<string, Placed>();
  for (const [low, high] of ranges)
    for (let row = low; row < high; row++) {
      const label = log.skus[log.sku[row]!] ?? '';
      if (sku !== null && label !== sku) continue;
      const { batch, index } = log.origin(row);
      const line = batch.line?.[index] ?? null;
      const place = `${batch.source} ${line ?? index}`;
      // slices of one row, and a row that counts twice
      let key = place;
      for (let again = 2; found.has(key); again++) key = `${place} ${again}`;
      found.set(key, { at: log.at[row]!, label, amount: '', cost: log.sums.cost(row), file: batch.source, line });
    }
  return found;
}

function movedRecords(before: Measured, after: Measured, measure: Measure): Moved {
  const until = measure.kind === 'balance' ? measure.at : Infinity;
  const [was, is] = [recordsOf(before, until), recordsOf(after, until)];
  const left = [...was].flatMap(([key, record]) => (is.has(key) ? [] : [shown(record, -1n)]));
  const joined = [...is].flatMap(([key, record]) => (was.has(key) ? [] : [shown(record, 1n)]));
  const moved = [...left, ...joined].sort((a, b) => a.at - b.at);
  return { count: moved.length, rows: moved.slice(0, SHOWN) };
}

type Movement = TimelineRecord & { readonly amount: Atoms };

/** Records that move money, by what and when they are. */
function recordsOf({ run }: Measured, until: number): Map<string, Movement> {
  const found = new Map<string, Movement>();
  for (const entry of run.state.timeline)
    if (entry.at <= until && 'amount' in entry)
      found.set(`${entry.type} ${nameOf(entry)} ${entry.at} ${chargedOf(entry)}`, entry);
  return found;
}

function chargedOf(entry: Movement): Atoms {
  return entry.type === 'purchase' ? entry.charged : entry.amount;
}

function nameOf(entry: TimelineRecord): string {
  return 'id' in entry ? entry.id : 'lot' in entry ? entry.lot : '';
}

function shown(entry: Movement, sign: bigint): MovedRow {
  const label = `${entry.type.replaceAll('_', ' ')} ${nameOf(entry)}`.trim();
  return { at: entry.at, label, amount: formatAtoms(chargedOf(entry) * sign), file: null, line: null };
}
