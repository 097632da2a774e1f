/**
 * Columns of usage while they are being read. They start at an estimate of the file's rows and double beyond it.
 *
 * Bytes per row: 8 instant, 4 SKU, 16 cost, 8 per meter, 4 project, 4 key, 4 line, 8 plus its length for the id. A row of
 * the common log (three meters, project, id of 12 bytes, no key) takes 80, about what it takes in the file.
 */
import { type Atoms, ATOMS_PER_UNIT } from '../domain/money.ts';
import { ABSENT, PICO, type DecimalColumn, type UsageAdjustment, type UsageBatch } from '../domain/usage.ts';
import type { IdSet } from './idSet.ts';
import { NameTable, hashText } from './names.ts';

/** SKU of usage that names none (billing model, section 5). */
export const DEFAULT_SKU = 'usage';

/** Rows from which on columns grow by half. */
const LARGE = 1 << 21;

export class MeterColumn {
  readonly name: string;
  /** For the fingerprint of a row's content. */
  readonly hash: number;
  whole: Float64Array;
  /** Null while every quantity is a whole number. */
  pico: Float64Array | null = null;

  constructor(name: string, capacity: number, rows: number) {
    this.name = name;
    this.hash = hashText(name);
    this.whole = new Float64Array(capacity).fill(ABSENT, 0, rows);
  }
}

export class UsageBuilder {
  count = 0;
  at: Float64Array;
  /** Ends of buckets; made with the first. */
  until: Float64Array | null = null;
  skuCodes: Uint32Array;
  costWhole: Float64Array;
  /** Made with the first cost. */
  costPico: Float64Array | null = null;
  projectCodes: Uint32Array | null = null;
  keyCodes: Uint32Array | null = null;
  lines: Uint32Array;
  /** Number of each row's id in the set of ids, counted from 1; 0 for none. Made with the first id. */
  idNumbers: Uint32Array | null = null;
  readonly meters: MeterColumn[] = [];
  readonly skus = new NameTable(DEFAULT_SKU);
  readonly projects = new NameTable('');
  readonly keys = new NameTable('');
  readonly adjustments: UsageAdjustment[] = [];
  #capacity: number;

  constructor(estimatedRows: number) {
    this.#capacity = Math.max(16, estimatedRows);
    this.at = new Float64Array(this.#capacity);
    this.skuCodes = new Uint32Array(this.#capacity);
    this.costWhole = new Float64Array(this.#capacity);
    this.lines = new Uint32Array(this.#capacity);
  }

  /** Rows that there is room for. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Makes room for one more row. */
  reserve(): void {
    // by less where it is much: what is not used is memory all the same
    const growth = this.#capacity < LARGE ? 2 : 1.5;
    if (this.count === this.#capacity) this.#grow(Math.ceil(growth * this.#capacity));
  }

  wholeNumbers(): Float64Array {
    return new Float64Array(this.#capacity);
  }

  codes(): Uint32Array {
    return new Uint32Array(this.#capacity);
  }

  /** The column of a meter; rows before it lack it. */
  meter(name: string): MeterColumn {
    const known = this.meters.find((meter) => meter.name === name);
    if (known !== undefined) return known;
    const meter = new MeterColumn(name, this.#capacity, this.count);
    this.meters.push(meter);
    return meter;
  }

  /** Puts row `from` in the place of row `to`, whose id it has. */
  replace(to: number, from: number): void {
    const columns = [this.at, this.until, this.skuCodes, this.costWhole, this.costPico];
    for (const column of [...columns, this.projectCodes, this.keyCodes, this.lines]) {
      if (column !== null) column[to] = column[from] ?? 0;
    }
    for (const { whole, pico } of this.meters) {
      whole[to] = whole[from] ?? ABSENT;
      if (pico !== null) pico[to] = pico[from] ?? 0;
    }
  }

  isComplimentary(row: number): boolean {
    const { costWhole, costPico, meters } = this;
    if (costPico === null || costWhole[row] !== 0 || costPico[row] !== 0) return false;
    return meters.some(({ name, whole, pico }) => isSold(name, whole[row], pico?.[row]));
  }

  /** Forgets everything that was read. */
  clear(): void {
    this.count = 0;
    this.adjustments.length = 0;
  }

  finish(source: string, ids: IdSet): UsageBatch {
    const { count, idNumbers } = this;
    return {
      source,
      count,
      at: fitted(this.at, count),
      until: this.until === null ? null : fitted(this.until, count),
      sku: this.skus.column(fitted(this.skuCodes, count)),
      cost: decimals(this.costWhole, this.costPico, count),
      meters: new Map(this.meters.map((meter) => [meter.name, decimals(meter.whole, meter.pico, count)])),
      project: this.projectCodes === null ? null : this.projects.column(fitted(this.projectCodes, count)),
      key: this.keyCodes === null ? null : this.keys.column(fitted(this.keyCodes, count)),
      ids: idNumbers === null ? null : ids.column(idNumbers.subarray(0, count)),
      line: fitted(this.lines, count),
    };
  }

  #grow(capacity: number): void {
    this.#capacity = capacity;
    this.at = doubles(this.at, capacity);
    if (this.until !== null) this.until = doubles(this.until, capacity);
    this.skuCodes = codes(this.skuCodes, capacity);
    this.costWhole = doubles(this.costWhole, capacity);
    if (this.costPico !== null) this.costPico = doubles(this.costPico, capacity);
    if (this.projectCodes !== null) this.projectCodes = codes(this.projectCodes, capacity);
    if (this.keyCodes !== null) this.keyCodes = codes(this.keyCodes, capacity);
    if (this.idNumbers !== null) this.idNumbers = codes(this.idNumbers, capacity);
    this.lines = codes(this.lines, capacity);
    for (const meter of this.meters) {
      meter.whole = doubles(meter.whole, capacity);
      if (meter.pico !== null) meter.pico = doubles(meter.pico, capacity);
    }
  }
}

function doubles(column: Float64Array, capacity: number): Float64Array {
  const larger = new Float64Array(capacity);
  larger.set(column);
  return larger;
}

function codes(column: Uint32Array, capacity: number): Uint32Array {
  const larger = new Uint32Array(capacity);
  larger.set(column);
  return larger;
}

/** The used part of a column: in place where little is unused, else a copy that lets the rest go. */
function fitted<T extends Float64Array | Uint32Array | Uint8Array>(column: T, count: number): T {
  const keep = count * 8 >= column.length * 7;
  return (keep ? column.subarray(0, count) : column.slice(0, count)) as T;
}

function decimals(whole: Float64Array, pico: Float64Array | null, count: number): DecimalColumn {
  let fractions = false;
  for (let row = 0; pico !== null && row < count && !fractions; row++) fractions = pico[row] !== 0;
  return { whole: fitted(whole, count), pico: pico === null || !fractions ? null : fitted(pico, count) };
}

/** Whether a quantity is there and is one that is sold: requests alone are only counted. */
function isSold(meter: string, whole = ABSENT, pico = 0): boolean {
  return (whole > 0 || pico > 0) && meter !== 'requests';
}

/** Rows that state a cost of zero and a quantity. */
export function complimentaryRows(batch: UsageBatch): number {
  let rows = 0;
  for (let row = 0; row < batch.count; row++) if (complimentaryAt(batch, row)) rows++;
  return rows;
}

export function complimentaryAt({ cost, meters }: UsageBatch, row: number): boolean {
  if (cost.whole[row] !== 0 || (cost.pico?.[row] ?? 0) !== 0) return false;
  for (const [name, { whole, pico }] of meters) if (isSold(name, whole[row], pico?.[row])) return true;
  return false;
}

/** Above this the running sum of whole units moves to a bigint. */
const SPILL = 2 ** 52;

/** An exact sum of costs as columns hold them, without a bigint for each. */
export class CostSum {
  #spilled: Atoms = 0n;
  #units = 0;
  #atoms = 0;

  add(whole: number, pico: number): void {
    this.#atoms += pico;
    if (this.#atoms >= PICO) {
      this.#atoms -= PICO;
      this.#units++;
    }
    if (whole > SPILL - this.#units) {
      this.addAtoms((BigInt(this.#units) + BigInt(whole)) * ATOMS_PER_UNIT);
      this.#units = 0;
    } else this.#units += whole;
  }

  addAtoms(atoms: Atoms): void {
    this.#spilled += atoms;
  }

  get atoms(): Atoms {
    return this.#spilled + BigInt(this.#units) * ATOMS_PER_UNIT + BigInt(this.#atoms);
  }
}

/** Exact sum of a column; null where no row has a value. */
export function sumOf({ whole, pico }: DecimalColumn, count: number): Atoms | null {
  const sum = new CostSum();
  let some = false;
  for (let row = 0; row < count; row++) {
    const value = whole[row] ?? ABSENT;
    if (value === ABSENT) continue;
    some = true;
    sum.add(value, pico === null ? 0 : (pico[row] ?? 0));
  }
  return some ? sum.atoms : null;
}
