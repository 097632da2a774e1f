/**
 * Where the usage of a bucket `[at, until)` is taken to have happened. A batch is never changed: what the replay works on
 * are slices of its rows, each a share of its row's cost at an instant of its own.
 *
 * - `start`: one slice, at the bucket's first instant.
 * - `end`: one slice, at its last millisecond. The exclusive end itself lies in the next day, or month.
 * - `spread`: equal slices, each at the start of its part of the time. A bucket longer than an hour is cut into hours, a
 *   shorter one into minutes, one of a minute or less not at all. Each slice has the row's cost divided by their number,
 *   rounded down to an atom, and the last also what is left over. Where the bucket is no multiple of its step, the last
 *   part is shorter and still has an equal share.
 *
 * A row of no cost stays one slice, for it can set nothing off. A row that is an instant stays as it is.
 */
import { ATOMS_PER_UNIT } from '../domain/money.ts';
import { HOUR_MS, MINUTE_MS } from '../domain/time.ts';
import { PICO, type DecimalColumn, type Placement, type UsageBatch } from '../domain/usage.ts';

/** How buckets are placed unless the user says otherwise. */
export const DEFAULT_PLACEMENT: Placement = 'spread';

/** A log of more slices is cut coarser: into two, four, eight hours (or minutes) at a time, until it has no more. */
export const MOST_SLICES = 20_000_000;

/** Up to so many slices a share is exact in doubles: what is divided is below 2^53 atoms. */
const DOUBLE_SLICES = 8192;

/** Beyond this factor no bucket of a known calendar has more than one slice. */
const COARSEST = 2 ** 40;

/** Rows as the replay takes them. */
export interface PlacedRows {
  readonly at: Float64Array;
  readonly cost: DecimalColumn;
  /** The batch's row of each slice; null where every row is one slice, in the batch's order. */
  readonly row: Uint32Array | null;
  /** 1 for the first slice of its row, 0 for the others; null as `row` is. */
  readonly first: Uint8Array | null;
}

/** Slices of a bucket of so many milliseconds; each step is `scale` times the ordinary one. */
function slicesOf(width: number, scale: number): number {
  return width <= MINUTE_MS ? 1 : Math.ceil(width / stepOf(width, scale));
}

function stepOf(width: number, scale: number): number {
  return (width > HOUR_MS ? HOUR_MS : MINUTE_MS) * scale;
}

/** Slices that spreading makes of a batch. */
function countSlices({ at, until, count }: UsageBatch, cost: DecimalColumn, scale: number): number {
  if (until === null) return count;
  let slices = 0;
  for (let row = 0; row < count; row++) slices += isCostless(cost, row) ? 1 : slicesOf(until[row]! - at[row]!, scale);
  return slices;
}

/** The smallest power of two by which steps are lengthened so that all buckets together have at most `most` slices. */
export function sliceScale(
  spread: readonly { readonly batch: UsageBatch; readonly cost: DecimalColumn }[],
  most = MOST_SLICES,
): number {
  const total = (scale: number): number =>
    spread.reduce((sum, { batch, cost }) => sum + countSlices(batch, cost, scale), 0);
  let scale = 1;
  while (scale < COARSEST && total(scale) > most) scale *= 2;
  return scale;
}

/** Places the rows of a batch, whose costs are `cost`, one a row. */
export function place(batch: UsageBatch, cost: DecimalColumn, placement: Placement, scale = 1): PlacedRows {
  const { at, until, count } = batch;
  const asTheyAre = { cost, row: null, first: null };
  if (until === null || placement === 'start') return { at, ...asTheyAre };
  if (placement === 'end')
    return { at: at.map((start, row) => (until[row]! > start ? until[row]! - 1 : start)), ...asTheyAre };
  const slices = countSlices(batch, cost, scale);
  return slices === count ? { at, ...asTheyAre } : spreadRows(batch, until, cost, slices, scale);
}

/**
 * Rows of one bucket after another are sliced together, all their first slices before all their second: so the slices of
 * a batch in time order are in time order too, and need not be sorted.
 */
function spreadRows(
  batch: UsageBatch,
  until: Float64Array,
  cost: DecimalColumn,
  slices: number,
  scale: number,
): PlacedRows {
  const at = new Float64Array(slices);
  const whole = new Float64Array(slices);
  const pico = new Float64Array(slices);
  const row = new Uint32Array(slices);
  const first = new Uint8Array(slices);
  let next = 0;
  for (let from = 0; from < batch.count;) {
    const [start, end] = [batch.at[from]!, until[from]!];
    let to = from + 1;
    while (to < batch.count && batch.at[to] === start && until[to] === end) to++;
    const count = slicesOf(end - start, scale);
    const step = stepOf(end - start, scale);
    for (let slice = 0; slice < count; slice++) {
      for (let one = from; one < to; one++) {
        const costless = isCostless(cost, one);
        if (costless && slice > 0) continue;
        at[next] = start + slice * step;
        row[next] = one;
        first[next] = slice === 0 ? 1 : 0;
        if (!costless) share(cost, one, count, slice === count - 1, whole, pico, next);
        next++;
      }
    }
    from = to;
  }
  return { at, cost: { whole, pico }, row, first };
}

function isCostless({ whole, pico }: DecimalColumn, row: number): boolean {
  return whole[row] === 0 && (pico === null || pico[row] === 0);
}

/** Writes the share of one of `count` slices to `whole` and `pico` at `to`; the last also has what is left over. */
function share(
  cost: DecimalColumn,
  row: number,
  count: number,
  last: boolean,
  whole: Float64Array,
  pico: Float64Array,
  to: number,
): void {
  const all = cost.whole[row]!;
  const rest = cost.pico === null ? 0 : cost.pico[row]!;
  if (count > DOUBLE_SLICES) {
    const total = BigInt(all) * ATOMS_PER_UNIT + BigInt(rest);
    const each = total / BigInt(count);
    const atoms = last ? total - each * BigInt(count - 1) : each;
    whole[to] = Number(atoms / ATOMS_PER_UNIT);
    pico[to] = Number(atoms % ATOMS_PER_UNIT);
    return;
  }
  let units = Math.floor(all / count);
  if (units * count > all) units--;
  const divided = (all - units * count) * PICO + rest;
  let atoms = Math.floor(divided / count);
  if (atoms * count > divided) atoms--;
  if (last) atoms += divided - atoms * count;
  whole[to] = atoms >= PICO ? units + 1 : units;
  pico[to] = atoms >= PICO ? atoms - PICO : atoms;
}
