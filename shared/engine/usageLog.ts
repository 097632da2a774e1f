/**
 * The usage log: all rows of all sources in time order as columns, with exact running sums of their costs. Built once
 * for a set of rows, prices and placements; every replay of every policy reads it and none changes it. A row that covers
 * a time may be several rows of the log, its slices (`placement.ts`).
 */
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import type { Rates } from '../domain/scenario.ts';
import type { Instant } from '../domain/time.ts';
import { PICO, type Placement, type UsageBatch } from '../domain/usage.ts';
import { DEFAULT_PLACEMENT, place, sliceScale, type PlacedRows } from './placement.ts';
import { PrefixSums } from './prefixSums.ts';
import { priceBatch, type PricedBatch } from './pricing.ts';

/** Rows between two checkpoints of the sums by SKU: a range costs at most two half-open scans of so many rows. */
const CHECKPOINT_ROWS = 1024;

/** A row that cannot be priced. */
export interface RowProblem {
  readonly source: string;
  /** Place in its source's batch. */
  readonly row: number;
  readonly line: number | null;
  readonly sku: string;
  /** Rows that it stands for: one, or all beyond the listed ones. */
  readonly rows: number;
  readonly message: string;
}

/** Accepted usage by SKU: one entry a SKU of the log. */
export interface SkuTotals {
  readonly cost: Atoms[];
  readonly rows: number[];
}

/** Sums by SKU of all rows before every `apart`-th row; entry `checkpoint * skus + sku`. */
interface Checkpoints {
  readonly whole: Float64Array;
  readonly pico: Float64Array;
  readonly rowsOf: Float64Array;
  readonly apart: number;
}

/** A batch, and which of its rows the log's are: what is kept of `PlacedRows`. */
interface Piece extends Pick<PlacedRows, 'row' | 'first'> {
  readonly batch: UsageBatch;
  readonly size: number;
}

export class UsageLog {
  /** Rows of the log: slices, where rows have several. */
  readonly count: number;
  /** First and last instant that the rows cover, wherever their usage is placed; Infinity and -Infinity without rows. */
  readonly from: Instant;
  readonly to: Instant;
  /** Ascending instants. */
  readonly at: Float64Array;
  /** Index into `skus` by row. */
  readonly sku: Uint32Array;
  readonly skus: readonly string[];
  readonly sums: PrefixSums;
  readonly #pieces: readonly Piece[];
  /** Position of each row in the pieces laid end to end; null while that is the row itself. */
  readonly #order: Uint32Array | null;
  readonly #starts: readonly number[];
  /** Imported rows whose first slice lies before each row; null where no row has several. */
  readonly #rowsBefore: Uint32Array | null;
  readonly #checkpoints: Checkpoints;

  constructor(columns: {
    at: Float64Array;
    sku: Uint32Array;
    skus: readonly string[];
    sums: PrefixSums;
    pieces: readonly Piece[];
    order: Uint32Array | null;
  }) {
    this.count = columns.at.length;
    this.at = columns.at;
    this.sku = columns.sku;
    this.skus = columns.skus;
    this.sums = columns.sums;
    this.#pieces = columns.pieces;
    this.#order = columns.order;
    [this.from, this.to] = covered(columns.at, columns.pieces);
    let start = 0;
    this.#starts = columns.pieces.map(({ size }) => (start += size) - size);
    this.#rowsBefore = columns.pieces.some(({ row }) => row !== null) ? this.#countRows() : null;
    this.#checkpoints = this.#sumBySku();
  }

  /** Which batch a row came from, and the place there of the row it is, or is a slice of. */
  origin(row: number): { readonly batch: UsageBatch; readonly index: number } {
    const [piece, index] = this.#pieceOf(row);
    return { batch: piece.batch, index: piece.row === null ? index : piece.row[index]! };
  }

  /** Imported rows of which the first slice is among the log's rows `[from, to)`. */
  rowsBetween(from: number, to: number): number {
    return this.#rowsBefore === null ? to - from : this.#rowsBefore[to]! - this.#rowsBefore[from]!;
  }

  #pieceOf(row: number): readonly [piece: Piece, index: number] {
    const place = this.#order === null ? row : this.#order[row]!;
    let which = this.#starts.length - 1;
    while (this.#starts[which]! > place) which--;
    return [this.#pieces[which]!, place - this.#starts[which]!];
  }

  #countRows(): Uint32Array {
    const before = new Uint32Array(this.count + 1);
    for (let row = 0; row < this.count; row++) {
      const [{ first }, index] = this.#pieceOf(row);
      before[row + 1] = before[row]! + (first === null ? 1 : first[index]!);
    }
    return before;
  }

  /** Nothing yet, for every SKU. */
  noTotals(): SkuTotals {
    return { cost: this.skus.map(() => 0n), rows: this.skus.map(() => 0) };
  }

  /** Adds the rows `[from, to)` by SKU to `totals` (one entry a SKU). */
  addBySku(from: number, to: number, totals: SkuTotals): void {
    if (to - from <= CHECKPOINT_ROWS) {
      this.#scan(from, to, 1, totals);
      return;
    }
    this.#addUpTo(to, 1, totals);
    this.#addUpTo(from, -1, totals);
  }

  #addUpTo(row: number, sign: 1 | -1, totals: SkuTotals): void {
    const { whole, pico, rowsOf, apart } = this.#checkpoints;
    const checkpoint = Math.floor(row / apart);
    const base = checkpoint * this.skus.length;
    for (let sku = 0; sku < this.skus.length; sku++) {
      totals.cost[sku]! += BigInt(sign) * (BigInt(whole[base + sku]!) * ATOMS_PER_UNIT + BigInt(pico[base + sku]!));
      totals.rows[sku]! += sign * rowsOf[base + sku]!;
    }
    this.#scan(checkpoint * apart, row, sign, totals);
  }

  /** Sums rows one by one in doubles, which stay exact: at most 8192 rows of less than 10^12 atoms beside their units. */
  #scan(from: number, to: number, sign: 1 | -1, totals: SkuTotals): void {
    const { whole, pico } = this.sums;
    const sumWhole = new Float64Array(this.skus.length);
    const sumPico = new Float64Array(this.skus.length);
    for (let row = from; row < to; row++) {
      const sku = this.sku[row]!;
      sumWhole[sku]! += whole[row + 1]! - whole[row]!;
      // a carry makes this negative and the whole part one larger: the pair still adds up
      sumPico[sku]! += pico[row + 1]! - pico[row]!;
      totals.rows[sku]! += sign;
    }
    for (let sku = 0; sku < this.skus.length; sku++) {
      if (sumWhole[sku] === 0 && sumPico[sku] === 0) continue;
      totals.cost[sku]! += BigInt(sign) * (BigInt(sumWhole[sku]!) * ATOMS_PER_UNIT + BigInt(sumPico[sku]!));
    }
  }

  #sumBySku(): Checkpoints {
    const skus = this.skus.length;
    // with many SKUs checkpoints move apart, so that they do not take more room than the rows
    const apart = Math.min(Math.max(CHECKPOINT_ROWS, skus), 8192);
    const checkpoints = Math.floor(this.count / apart) + 1;
    const whole = new Float64Array(checkpoints * skus);
    const pico = new Float64Array(checkpoints * skus);
    const rowsOf = new Float64Array(checkpoints * skus);
    const runWhole = new Float64Array(skus);
    const runPico = new Float64Array(skus);
    const runRows = new Float64Array(skus);
    for (let row = 0; row <= this.count; row++) {
      if (row % apart === 0) {
        const base = (row / apart) * skus;
        whole.set(runWhole, base);
        pico.set(runPico, base);
        rowsOf.set(runRows, base);
      }
      if (row === this.count) break;
      const sku = this.sku[row]!;
      let w = this.sums.whole[row + 1]! - this.sums.whole[row]!;
      let p = this.sums.pico[row + 1]! - this.sums.pico[row]!;
      if (p < 0) {
        p += PICO;
        w -= 1;
      }
      p += runPico[sku]!;
      if (p >= PICO) {
        p -= PICO;
        w += 1;
      }
      runPico[sku] = p;
      runWhole[sku]! += w;
      runRows[sku]! += 1;
    }
    return { whole, pico, rowsOf, apart };
  }
}

/**
 * Lays batches together in time order: at equal instants batches in their order, then rows in theirs. Rows without a
 * cost are priced, those of a bucket whole and at its start; then their usage is placed.
 * @param placements of the batches' buckets; spread where there is none.
 */
export function buildUsageLog(
  batches: readonly UsageBatch[],
  rates: Rates,
  placements: readonly (Placement | null | undefined)[] = [],
): { log: UsageLog; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const priced = batches.map((batch, index) => {
    const prices = priceBatch(batch, rates);
    problems.push(...rowProblems(batch, prices));
    return { batch, cost: prices.cost, placement: placements[index] ?? DEFAULT_PLACEMENT };
  });
  const scale = sliceScale(priced.filter(({ batch, placement }) => batch.until !== null && placement === 'spread'));
  const placed = priced.map(({ batch, cost, placement }) => place(batch, cost, placement, scale));
  const count = placed.reduce((sum, { at: instants }) => sum + instants.length, 0);
  const at = joined(
    placed.map(({ at: instants }) => instants),
    count,
  );
  const whole = new Float64Array(count);
  const pico = new Float64Array(count);
  const sku = new Uint32Array(count);
  const skuCodes = new Map<string, number>();
  const pieces: Piece[] = [];
  let start = 0;
  for (const [index, batch] of batches.entries()) {
    const { at: instants, cost, row, first } = placed[index]!;
    const size = instants.length;
    whole.set(cost.whole, start);
    if (cost.pico !== null) pico.set(cost.pico, start);
    const codes = batch.sku.names.map((name) => codeOf(skuCodes, name));
    for (let i = 0; i < size; i++) sku[start + i] = codes[batch.sku.codes[row === null ? i : row[i]!]!]!;
    pieces.push({ batch, size, row, first });
    start += size;
  }
  const order = timeOrder(at);
  const skus = [...skuCodes.keys()];
  const log = new UsageLog({
    at: order === null ? at : picked(at, order),
    sku: order === null ? sku : sku.map((_, row) => sku[order[row]!]!),
    skus,
    sums: new PrefixSums(order === null ? whole : picked(whole, order), order === null ? pico : picked(pico, order)),
    pieces,
    order,
  });
  return { log, problems };
}

function rowProblems(batch: UsageBatch, { problems, unpriced }: PricedBatch): RowProblem[] {
  const skuOf = (row: number): string => batch.sku.names[batch.sku.codes[row] ?? 0] ?? '';
  const located = problems.map(({ row, message }): RowProblem => ({
    source: batch.source,
    row,
    line: batch.line?.[row] ?? null,
    sku: skuOf(row),
    rows: 1,
    message,
  }));
  const more = unpriced - problems.length;
  const last = batch.count - 1;
  const message = `${more} more rows have no price`;
  const rest = { source: batch.source, row: last, line: null, sku: skuOf(last), rows: more, message };
  return more > 0 ? [...located, rest] : located;
}

/** What rows cover: the instants of `at`, and every bucket whole. */
function covered(at: Float64Array, pieces: readonly Piece[]): readonly [from: Instant, to: Instant] {
  let from = at[0] ?? Infinity;
  let to = at[at.length - 1] ?? -Infinity;
  for (const { batch } of pieces) {
    if (batch.until === null) continue;
    for (let row = 0; row < batch.count; row++) {
      from = Math.min(from, batch.at[row]!);
      to = Math.max(to, batch.until[row]! - 1);
    }
  }
  return [from, to];
}

function codeOf(codes: Map<string, number>, name: string): number {
  let code = codes.get(name);
  if (code === undefined) codes.set(name, (code = codes.size));
  return code;
}

function joined(parts: readonly Float64Array[], count: number): Float64Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Float64Array(count);
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}

function picked(column: Float64Array, order: Uint32Array): Float64Array {
  const out = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) out[i] = column[order[i]!]!;
  return out;
}

/** The stable order of ascending instants; null where rows are already in it, as most logs are. */
function timeOrder(at: Float64Array): Uint32Array | null {
  let sorted = true;
  for (let i = 1; i < at.length && sorted; i++) sorted = at[i - 1]! <= at[i]!;
  if (sorted) return null;
  const order = new Uint32Array(at.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => at[a]! - at[b]! || a - b);
}
