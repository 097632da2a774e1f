/**
 * From cells to rows of usage: reads each needed cell exactly, reports what is wrong with it, leaves repeated ids out and
 * stores the rest. A row with a cell that cannot be read is rejected whole; an unreadable value is never taken for zero.
 *
 * `row` is the fast path: it makes no objects. Whatever it cannot read in its short form goes to `CellReader`.
 */
import { ABSENT } from '../domain/usage.ts';
import { CellReader } from './cellReader.ts';
import type { Cells } from './cells.ts';
import { contentOf, withCost, withMeter } from './content.ts';
import { NEW_ID } from './idSet.ts';
import type { OpenContext } from './importer.ts';
import { readInstant } from './instants.ts';
import { NOT_PLAIN, readDecimal, readWhole } from './numbers.ts';
import { quoted } from './problems.ts';
import { NONE, type Fault, type RowPlan, type UsageTarget } from './rowPlan.ts';
import type { MeterColumn } from './usageBuilder.ts';

const BLANK = 32;

export class UsageRows {
  readonly #target: UsageTarget;
  readonly #context: OpenContext;
  readonly #plan: RowPlan;
  readonly #reader: CellReader;
  readonly #counts: Float64Array;
  readonly #meters: Float64Array;
  /** Columns of the plan's meters, made when a row first has one. */
  readonly #columns: (MeterColumn | null)[];

  constructor(target: UsageTarget, context: OpenContext, plan: RowPlan) {
    this.#target = target;
    this.#context = context;
    this.#plan = plan;
    this.#reader = new CellReader(target, context, plan);
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

    let at = readInstant(bytes, view, starts[plan.time] ?? 0, ends[plan.time] ?? 0);
    if (Number.isNaN(at)) {
      at = this.#reader.time(cells);
      good = !Number.isNaN(at);
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
    this.#store(cells, row, at);
  }

  /** After the last row: what is known only then goes into the report. */
  end(): void {
    this.#reader.end();
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
    if (cost === NONE || start === end) {
      rows.costWhole[row] = ABSENT;
      if (rows.costPico !== null) rows.costPico[row] = 0;
      return true;
    }
    const pico = (rows.costPico ??= rows.wholeNumbers());
    const plain = this.#plan.cents !== true && readDecimal(cells.bytes, start, end, rows.costWhole, pico, row);
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
      let value = start === end ? ABSENT : readWhole(bytes, start, end);
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
  #store(cells: Cells, row: number, at: number): void {
    const { rows, counts } = this.#target;
    const plan = this.#plan;
    const { bytes, view, starts, ends } = cells;
    const named = plan.skuOf?.(cells) ?? null;
    const sku =
      named !== null
        ? rows.skus.codeOfText(named)
        : plan.sku === NONE
          ? 0
          : rows.skus.codeOf(bytes, view, starts[plan.sku] ?? 0, ends[plan.sku] ?? 0);
    const content = this.#storeMeters(row, this.#contentOf(row, at, sku));
    if (plan.id !== NONE && !this.#claimId(cells, row, content)) {
      counts.duplicate++;
      return;
    }
    if (this.#reader.negative !== null) {
      this.#reader.adjust(cells, at);
      return;
    }
    rows.at[row] = at;
    rows.lines[row] = cells.line;
    rows.skuCodes[row] = sku;
    if (plan.project !== NONE) {
      const code = rows.projects.codeOf(bytes, view, starts[plan.project] ?? 0, ends[plan.project] ?? 0);
      if (code !== 0 || rows.projectCodes !== null) (rows.projectCodes ??= rows.codes())[row] = code;
    }
    if (plan.key !== NONE) {
      const code = rows.keys.codeOf(bytes, view, starts[plan.key] ?? 0, ends[plan.key] ?? 0);
      if (code !== 0 || rows.keyCodes !== null) (rows.keyCodes ??= rows.codes())[row] = code;
    }
    rows.count = row + 1;
    plan.stored?.(cells);
  }

  /** Takes the row's id; false where it was taken before. */
  #claimId(cells: Cells, row: number, content: number): boolean {
    const { rows, ids } = this.#target;
    const { bytes } = cells;
    const cell = this.#plan.id;
    let start = cells.starts[cell] ?? 0;
    let end = cells.ends[cell] ?? 0;
    while (start < end && (bytes[start] ?? 0) <= BLANK) start++;
    while (start < end && (bytes[end - 1] ?? 0) <= BLANK) end--;
    if (start === end) {
      if (rows.idNumbers !== null) rows.idNumbers[row] = 0;
      return true;
    }
    if (rows.idNumbers === null) {
      rows.idNumbers = rows.codes();
      ids.reserve(rows.capacity - row);
    }
    const known = ids.claim(bytes, cells.view, start, end, content);
    if (known === NEW_ID) {
      rows.idNumbers[row] = ids.size;
      return true;
    }
    if (!ids.hasContent(known, content)) this.#reportReuse(cells);
    return false;
  }

  #contentOf(row: number, at: number, sku: number): number {
    const { rows } = this.#target;
    const content = contentOf(at, rows.skus.hashes[sku] ?? 0);
    const negative = this.#reader.negative;
    if (negative !== null) return withCost(content, Number(BigInt.asIntN(32, negative)), 0);
    const pico = rows.costPico === null ? 0 : (rows.costPico[row] ?? 0);
    return withCost(content, rows.costWhole[row] ?? ABSENT, pico);
  }

  /** Writes the meters of a row and returns the content with them. */
  #storeMeters(row: number, before: number): number {
    const { rows } = this.#target;
    const columns = this.#columns;
    let content = before;
    for (let i = 0; i < columns.length; i++) {
      const value = this.#meters[i] ?? ABSENT;
      let column = columns[i] ?? null;
      if (column === null) {
        if (value === ABSENT) continue;
        column = columns[i] = rows.meter(this.#plan.meters[i] ?? '');
      }
      column.whole[row] = value;
      content = withMeter(content, column.hash, value, 0);
    }
    if (this.#plan.further !== undefined) {
      for (const { hash, whole, pico } of rows.meters) {
        content = withMeter(content, hash, whole[row] ?? ABSENT, pico?.[row] ?? 0);
      }
    }
    return content;
  }

  #reportReuse(cells: Cells): void {
    const plan = this.#plan;
    const { line, column } = cells.placeOf(plan.id);
    const id = quoted(cells.text(plan.id));
    this.#context.problems.add(
      line,
      column,
      plan.field(plan.id),
      `id ${id} was already read with other values; kept the first`,
    );
  }

  #fail(cells: Cells, fault: Fault): false {
    this.#reader.fail(cells, fault.cell, fault.message);
    return false;
  }
}

const NO_VALUE = 'the row has neither a cost nor token counts; one of them is needed';
