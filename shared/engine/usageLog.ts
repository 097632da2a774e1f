/**
 * The usage log: all rows of all sources in time order as columns, with exact running sums of their costs. Built once
 * for a set of rows and prices; every replay of every policy reads it and none changes it.
 */
import { ATOMS_PER_UNIT, type Atoms } from '../domain/money.ts';
import type { Rates } from '../domain/scenario.ts';
import { PICO, type UsageBatch } from '../domain/usage.ts';
import { PrefixSums } from './prefixSums.ts';
import { priceBatch } from './pricing.ts';

/** Rows between two checkpoints of the sums by SKU: a range costs at most two half-open scans of so many rows. */
const CHECKPOINT_ROWS = 1024;

/** A row that cannot be priced. */
export interface RowProblem {
  readonly source: string;
  /** Place in its source's batch. */
  readonly row: number;
  readonly line: number | null;
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

export class UsageLog {
  readonly count: number;
  /** Ascending instants. */
  readonly at: Float64Array;
  /** Index into `skus` by row. */
  readonly sku: Uint32Array;
  readonly skus: readonly string[];
  readonly sums: PrefixSums;
  readonly batches: readonly UsageBatch[];
  /** Position of each row in the batches laid end to end; null while that is the row itself. */
  readonly #order: Uint32Array | null;
  readonly #starts: readonly number[];
  readonly #checkpoints: Checkpoints;

  constructor(columns: {
    at: Float64Array;
    sku: Uint32Array;
    skus: readonly string[];
    sums: PrefixSums;
    batches: readonly UsageBatch[];
    order: Uint32Array | null;
  }) {
    this.count = columns.at.length;
    this.at = columns.at;
    this.sku = columns.sku;
    this.skus = columns.skus;
    this.sums = columns.sums;
    this.batches = columns.batches;
    this.#order = columns.order;
    let start = 0;
    this.#starts = columns.batches.map((batch) => (start += batch.count) - batch.count);
    this.#checkpoints = this.#sumBySku();
  }

  /** Which batch a row came from, and its place there. */
  origin(row: number): { readonly batch: UsageBatch; readonly index: number } {
    const place = this.#order === null ? row : this.#order[row]!;
    let which = this.#starts.length - 1;
    while (this.#starts[which]! > place) which--;
    return { batch: this.batches[which]!, index: place - this.#starts[which]! };
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
 * cost are priced.
 */
export function buildUsageLog(batches: readonly UsageBatch[], rates: Rates): { log: UsageLog; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const skuCodes = new Map<string, number>();
  const count = batches.reduce((sum, batch) => sum + batch.count, 0);
  const at = joined(
    batches.map((batch) => batch.at),
    count,
  );
  const whole = new Float64Array(count);
  const pico = new Float64Array(count);
  const sku = new Uint32Array(count);
  let start = 0;
  for (const batch of batches) {
    const priced = priceBatch(batch, rates);
    whole.set(priced.cost.whole, start);
    if (priced.cost.pico !== null) pico.set(priced.cost.pico, start);
    for (const { row, message } of priced.problems)
      problems.push({ source: batch.source, row, line: batch.line?.[row] ?? null, message });
    const more = priced.unpriced - priced.problems.length;
    if (more > 0)
      problems.push({
        source: batch.source,
        row: batch.count - 1,
        line: null,
        message: `${more} more rows have no price`,
      });
    const codes = batch.sku.names.map((name) => codeOf(skuCodes, name));
    for (let row = 0; row < batch.count; row++) sku[start + row] = codes[batch.sku.codes[row]!]!;
    start += batch.count;
  }
  const order = timeOrder(at);
  const skus = [...skuCodes.keys()];
  const log = new UsageLog({
    at: order === null ? at : picked(at, order),
    sku: order === null ? sku : sku.map((_, row) => sku[order[row]!]!),
    skus,
    sums: new PrefixSums(order === null ? whole : picked(whole, order), order === null ? pico : picked(pico, order)),
    batches,
    order,
  });
  return { log, problems };
}

function codeOf(codes: Map<string, number>, name: string): number {
  let code = codes.get(name);
  if (code === undefined) codes.set(name, (code = codes.size));
  return code;
}

function joined(parts: readonly Float64Array[], count: number): Float64Array {
  if (parts.length === 1) return parts[0]!.length === count ? parts[0]! : parts[0]!.slice(0, count);
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
