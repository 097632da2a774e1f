/**
 * Columns of usage while they are being read. They start at an estimate of the file's rows and double beyond it.
 *
 * Bytes per row: 8 instant, 4 SKU, 16 cost, 8 per meter, 4 project, 4 key, 4 line, 8 plus its length for the id. A row of
 * the common log (three meters, project, id of 12 bytes, no key) takes 80, about what it takes in the file.
 */
import { formatAtoms, type Atoms, ATOMS_PER_UNIT } from '../domain/money.ts';
import { ABSENT, PICO, type DecimalColumn, type UsageAdjustment, type UsageBatch } from '../domain/usage.ts';
import type { IdSet } from './idSet.ts';
import { NameTable, hashText } from './names.ts';

/** SKU of usage that names none (billing model, section 5). */
export const DEFAULT_SKU = 'usage';

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
    if (this.count === this.#capacity) this.#grow(2 * this.#capacity);
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

/** Above this the running sum of whole units moves to a bigint. */
const SPILL = 2 ** 52;

/** Exact sum of a column as decimal text; null where no row has a value. */
export function sumText({ whole, pico }: DecimalColumn, count: number): string | null {
  let spilled: Atoms = 0n;
  let units = 0;
  let atoms = 0;
  let some = false;
  for (let row = 0; row < count; row++) {
    const value = whole[row] ?? ABSENT;
    if (value === ABSENT) continue;
    some = true;
    if (pico !== null) atoms += pico[row] ?? 0;
    if (atoms >= PICO) {
      atoms -= PICO;
      units++;
    }
    if (value > SPILL - units) {
      spilled += BigInt(units) + BigInt(value);
      units = 0;
    } else units += value;
  }
  return some ? formatAtoms((spilled + BigInt(units)) * ATOMS_PER_UNIT + BigInt(atoms)) : null;
}
