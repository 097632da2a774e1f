/**
 * From cells to rows of usage: reads each needed cell exactly, reports what is wrong with it, leaves repeated ids out and
 * stores the rest. A row with a cell that cannot be read is rejected whole; an unreadable value is never taken for zero.
 *
 * `row` is the fast path: it makes no objects. Whatever it cannot read in its short form goes to `CellReader`.
 */
import { ABSENT } from '../domain/usage.ts';
import { BucketEnds } from './bucketEnds.ts';
import { CellReader } from './cellReader.ts';
import type { Cells } from './cells.ts';
import { contentOf, contentOfAdjustment, withCost, withMeter } from './content.ts';
import type { OpenContext } from './importer.ts';
import { readInstant } from './instants.ts';
import { SHOWN_LEFT_OUT, leftOutOfBuilder } from './leftOutRows.ts';
import { NOT_PLAIN, readDecimal, readWhole } from './numbers.ts';
import { quoted } from './problems.ts';
import { RowIds } from './rowIds.ts';
import { NONE, type Fault, type RowPlan, type UsageTarget } from './rowPlan.ts';
import type { MeterColumn } from './usageBuilder.ts';

export class UsageRows {
  readonly #target: UsageTarget;
  readonly #context: OpenContext;
  readonly #plan: RowPlan;
  readonly #reader: CellReader;
  readonly #ids: RowIds;
  readonly #hasIds: boolean;
  /** Numbers may be read in their short form. */
  readonly #short: boolean;
  /** Line of the first stored cost that was rounded; 0: none. */
  #firstRounded = 0;
  /** Null where rows state no end: then only a date alone is more than an instant. */
  readonly #ends: BucketEnds | null;
  readonly #counts: Float64Array;
  readonly #meters: Float64Array;
  /** Columns of the plan's meters, made when a row first has one. */
  readonly #columns: (MeterColumn | null)[];

  constructor(target: UsageTarget, context: OpenContext, plan: RowPlan) {
    this.#target = target;
    this.#context = context;
    this.#plan = plan;
    this.#reader = new CellReader(target, context, plan);
    this.#ids = new RowIds(target, plan);
    this.#hasIds = plan.id !== NONE || plan.idPair !== undefined;
    this.#short = plan.local?.plainPoints !== false;
    this.#ends = BucketEnds.of(target, context, plan, this.#reader);
    this.#counts = new Float64Array(plan.counts.length);
    this.#meters = new Float64Array(plan.meters.length);
    this.#columns = plan.meters.map(() => null);
  }

  row(cells: Cells): void {
    const plan = this.#plan;
    if (plan.isEmpty?.(cells) === true) return;
    const { rows, counts } = this.#target;
    counts.read++;
    rows.reserve();
    const row = rows.count;
    const { bytes, view, starts, ends } = cells;
    let good = true;
    let until = 0;

    let at = readInstant(bytes, view, starts[plan.time] ?? 0, ends[plan.time] ?? 0);
    if (Number.isNaN(at)) {
      at = this.#reader.time(cells);
      good = !Number.isNaN(at);
      until = this.#reader.dayEnd;
    }
    if (this.#ends !== null && good && !this.#ends.ignored) {
      until = this.#ends.end(cells, at, until);
      good = !Number.isNaN(until);
    }
    if (plan.currency !== NONE && !this.#reader.currency(cells)) good = false;
    if (!this.#readCost(cells, row)) good = false;
    if (!this.#readMeters(cells)) good = false;
    const fault = good && plan.further !== undefined ? plan.further(cells, row) : null;
    if (fault !== null) good = this.#fail(cells, fault);
    if (good && !this.#hasValue(row)) {
      good = this.#fail(cells, { cell: plan.cost === NONE ? (plan.counts[0] ?? NONE) : plan.cost, message: NO_VALUE });
    }
    if (!good) {
      counts.rejected++;
      return;
    }
    this.#store(cells, row, at, until);
  }

  /** After the last row: what is known only then goes into the report. */
  end(): void {
    this.#noteRounded();
    this.#ends?.finish();
    this.#plan.end?.();
  }

  /** Counts a record that is no row. */
  reject(line: number, column: number, message: string): void {
    this.#target.counts.read++;
    this.#target.counts.rejected++;
    this.#context.problems.add(line, column, null, message);
  }

  #readCost(cells: Cells, row: number): boolean {
    const { rows } = this.#target;
    const { cost } = this.#plan;
    const start = cells.starts[cost] ?? 0;
    const end = cells.ends[cost] ?? 0;
    this.#reader.negative = null;
    this.#reader.rounded = false;
    if (cost === NONE || start === end) {
      rows.costWhole[row] = ABSENT;
      if (rows.costPico !== null) rows.costPico[row] = 0;
      return true;
    }
    const pico = (rows.costPico ??= rows.wholeNumbers());
    const plain =
      this.#short && this.#plan.cents !== true && readDecimal(cells.bytes, start, end, rows.costWhole, pico, row);
    return plain || this.#reader.cost(cells, row);
  }

  #readMeters(cells: Cells): boolean {
    const { bytes, starts, ends } = cells;
    const wanted = this.#plan.counts;
    const counts = this.#counts;
    let good = true;
    for (let i = 0; i < wanted.length; i++) {
      const cell = wanted[i] ?? 0;
      const start = starts[cell] ?? 0;
      const end = ends[cell] ?? 0;
      let value = start === end ? ABSENT : this.#short ? readWhole(bytes, start, end) : NOT_PLAIN;
      if (value === NOT_PLAIN && start !== end) {
        value = this.#reader.count(cells, cell);
        if (Number.isNaN(value)) good = false;
      }
      counts[i] = value;
    }
    if (!good) return false;
    const fault = this.#plan.settle(counts, this.#meters);
    return fault === null || this.#fail(cells, fault);
  }

  #hasValue(row: number): boolean {
    const { rows } = this.#target;
    if (rows.costWhole[row] !== ABSENT || this.#reader.negative !== null) return true;
    for (const value of this.#meters) if (value !== ABSENT) return true;
    return this.#plan.further !== undefined && rows.meters.some((meter) => meter.whole[row] !== ABSENT);
  }

  /** Stores a row all of whose cells were read, unless its id is known. */
  #store(cells: Cells, row: number, at: number, until: number): void {
    const { rows, counts } = this.#target;
    const sku = this.#skuOf(cells);
    const negative = this.#reader.negative !== null;
    const content = this.#storeMeters(row, this.#contentOf(row, at, sku));
    rows.at[row] = at;
    if (until !== 0 || rows.until !== null) (rows.until ??= rows.wholeNumbers())[row] = until;
    rows.lines[row] = cells.line;
    rows.skuCodes[row] = sku;
    this.#storeNames(cells, row);
    const fate = this.#hasIds ? this.#ids.claim(cells, row, content, negative) : 'new';
    if (fate === 'duplicate' || fate === 'other') {
      this.#leaveOut(cells, row, fate);
      return;
    }
    if (negative) {
      this.#reader.adjust(cells, at, this.#hasIds ? (rows.idNumbers?.[row] ?? 0) : 0);
      return;
    }
    // what was rounded to zero is not stated as zero
    if (this.#reader.rounded) this.#countRounded(cells);
    else if (rows.costWhole[row] === 0 && rows.costPico?.[row] === 0 && rows.isComplimentary(row))
      counts.complimentary++;
    if (fate === 'new') rows.count = row + 1;
    this.#plan.stored?.(cells);
  }

  #skuOf(cells: Cells): number {
    const { skus } = this.#target.rows;
    const plan = this.#plan;
    const named = plan.skuOf?.(cells) ?? null;
    if (named !== null) return skus.codeOfText(named);
    return plan.sku === NONE
      ? 0
      : skus.codeOf(cells.bytes, cells.view, cells.starts[plan.sku] ?? 0, cells.ends[plan.sku] ?? 0);
  }

  #storeNames({ bytes, view, starts, ends }: Cells, row: number): void {
    const { rows } = this.#target;
    const { project, key } = this.#plan;
    if (project !== NONE) {
      const code = rows.projects.codeOf(bytes, view, starts[project] ?? 0, ends[project] ?? 0);
      if (code !== 0 || rows.projectCodes !== null) (rows.projectCodes ??= rows.codes())[row] = code;
    }
    if (key !== NONE) {
      const code = rows.keys.codeOf(bytes, view, starts[key] ?? 0, ends[key] ?? 0);
      if (code !== 0 || rows.keyCodes !== null) (rows.keyCodes ??= rows.codes())[row] = code;
    }
  }

  /** Row `row` has a known id and brings nothing. */
  #leaveOut(cells: Cells, row: number, fate: 'duplicate' | 'other'): void {
    const { rows, counts, repeated, leftOut } = this.#target;
    const { negative } = this.#reader;
    counts.duplicate++;
    if (leftOut.length < SHOWN_LEFT_OUT)
      leftOut.push(leftOutOfBuilder(rows, row, this.#ids.text(), negative === null ? undefined : -negative));
    const whole = rows.costWhole[row] ?? ABSENT;
    if (negative !== null) repeated.addAtoms(negative);
    else if (whole !== ABSENT) repeated.add(whole, rows.costPico?.[row] ?? 0);
    if (fate === 'duplicate') return;
    const { cell } = this.#ids;
    const { line, column } = cells.placeOf(cell);
    const message = `id ${quoted(this.#ids.text())} was already read with other values; kept the first`;
    this.#context.problems.add(line, column, this.#plan.field(cell), message);
  }

  #countRounded({ line }: Cells): void {
    if (this.#target.counts.rounded++ === 0) this.#firstRounded = line;
  }

  #noteRounded(): void {
    const { rounded } = this.#target.counts;
    if (this.#firstRounded === 0) return;
    const costs = rounded === 1 ? '1 cost was' : `${rounded} costs were`;
    this.#context.note(
      `${costs} finer than 10^-12 and rounded to it, half to even, the first on line ${this.#firstRounded}.`,
    );
  }

  #contentOf(row: number, at: number, sku: number): number {
    const { rows } = this.#target;
    const { negative } = this.#reader;
    if (negative !== null) return contentOfAdjustment(at, -negative);
    const content = contentOf(at, rows.skus.hashes[sku] ?? 0);
    const pico = rows.costPico === null ? 0 : (rows.costPico[row] ?? 0);
    return withCost(content, rows.costWhole[row] ?? ABSENT, pico);
  }

  /** Writes the meters of a row and returns the content with them. */
  #storeMeters(row: number, before: number): number {
    const { rows } = this.#target;
    const columns = this.#columns;
    // of a correction only what is kept of it
    const counted = this.#reader.negative === null;
    let content = before;
    for (let i = 0; i < columns.length; i++) {
      const value = this.#meters[i] ?? ABSENT;
      let column = columns[i] ?? null;
      if (column === null) {
        if (value === ABSENT) continue;
        column = columns[i] = rows.meter(this.#plan.meters[i] ?? '');
      }
      column.whole[row] = value;
      if (counted) content = withMeter(content, column.hash, value, 0);
    }
    if (counted && this.#plan.further !== undefined) {
      for (const { hash, whole, pico } of rows.meters) {
        content = withMeter(content, hash, whole[row] ?? ABSENT, pico?.[row] ?? 0);
      }
    }
    return content;
  }

  #fail(cells: Cells, fault: Fault): false {
    this.#reader.fail(cells, fault.cell, fault.message);
    return false;
  }
}

const NO_VALUE = 'the row has neither a cost nor token counts; one of them is needed';
