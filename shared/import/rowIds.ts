/**
 * What becomes of a row by its id. A row of an id that was read before is a repeated one where it says the same. Where it
 * is a grown copy (the same SKU, project and key, not earlier, nothing less and something more: logs of streamed answers
 * have such), it takes the earlier row's place: in the columns where that is of this file, else through the list of ids
 * whose earlier rows no longer count. Anything else under a known id is a problem, and the first row stays.
 */
import { ABSENT, ID_SEPARATOR, type UsageBatch } from '../domain/usage.ts';
import type { Cells } from './cells.ts';
import { NEW_ID } from './idSet.ts';
import { NONE, type RowPlan, type UsageTarget } from './rowPlan.ts';

const BLANK = 32;
const SEPARATOR = ID_SEPARATOR.charCodeAt(0);
/** Bytes behind an id that may be read. */
const SLACK = 8;

export type Fate = 'new' | 'duplicate' | 'other' | 'grown';

export class RowIds {
  readonly #target: UsageTarget;
  readonly #id: number;
  readonly #pair: readonly [number, number] | null;
  /** The cell that the last id came from. */
  cell = NONE;
  #bytes: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #start = 0;
  #end = 0;
  /** Both parts of an id, one behind the other. */
  #both = new Uint8Array(1 << 8);
  #bothView = new DataView(this.#both.buffer);
  /** Row of each id that this file has, + 1; made when first needed. */
  #rowOfId: Uint32Array | null = null;

  constructor(target: UsageTarget, plan: RowPlan) {
    this.#target = target;
    this.#id = plan.id;
    this.#pair = plan.idPair ?? null;
  }

  /** Takes the id of row `row`, all of whose columns are written but which is not counted yet. */
  claim(cells: Cells, row: number, content: number, negative: boolean): Fate {
    const { rows, ids } = this.#target;
    this.#find(cells);
    if (this.#start === this.#end) {
      if (rows.idNumbers !== null) rows.idNumbers[row] = 0;
      return 'new';
    }
    if (rows.idNumbers === null) {
      rows.idNumbers = rows.codes();
      ids.reserve(rows.capacity - row);
    }
    const known = ids.claim(this.#bytes, this.#view, this.#start, this.#end, content);
    if (known === NEW_ID) {
      this.#number(row, ids.size, negative);
      return 'new';
    }
    if (ids.hasContent(known, content)) return 'duplicate';
    return negative ? 'other' : this.#copy(known, row, content);
  }

  /** The text of the last id. */
  text(): string {
    return String.fromCharCode(...this.#bytes.subarray(this.#start, Math.min(this.#end, this.#start + 400)));
  }

  #number(row: number, number: number, negative: boolean): void {
    const { rows } = this.#target;
    if (rows.idNumbers !== null) rows.idNumbers[row] = number;
    if (this.#rowOfId === null || negative) return;
    if (number >= this.#rowOfId.length) {
      const larger = new Uint32Array(2 * number);
      larger.set(this.#rowOfId);
      this.#rowOfId = larger;
    }
    this.#rowOfId[number] = row + 1;
  }

  /** Another row of a known id. */
  #copy(known: number, row: number, content: number): Fate {
    const { rows, ids, idsBefore, counts, grownIds } = this.#target;
    const place = this.#rowOf(known) - 1;
    if (place >= 0) {
      const growth = this.#growth(row, new BuilderRow(this.#target, place));
      if (growth !== 'grown') return growth;
      counts.superseded++;
      if (rows.isComplimentary(place)) counts.complimentary--;
      rows.replace(place, row);
      ids.replaceContent(known, content, idsBefore);
      return 'grown';
    }
    const origin = known < idsBefore ? ids.originOf(known) : null;
    if (origin === null) return 'other';
    const growth = this.#growth(row, new BatchRow(origin.batch, origin.row));
    if (growth !== 'grown') return growth;
    counts.superseded++;
    grownIds.push(ids.textOf(known));
    ids.replaceContent(known, content, idsBefore);
    this.#number(row, known + 1, false);
    return 'new';
  }

  /** Row, + 1, of an id in this file; 0 where it has none. */
  #rowOf(known: number): number {
    const { rows, ids } = this.#target;
    if (this.#rowOfId === null) {
      this.#rowOfId = new Uint32Array(ids.size + 1);
      for (let row = 0; row < rows.count; row++) {
        const number = rows.idNumbers?.[row] ?? 0;
        if (number > 0) this.#rowOfId[number] = row + 1;
      }
    }
    return this.#rowOfId[known + 1] ?? 0;
  }

  #growth(row: number, earlier: EarlierRow): Fate {
    const { rows } = this.#target;
    const now = new BuilderRow(this.#target, row);
    if (now.at < earlier.at || now.names !== earlier.names) return 'other';
    const own = rows.meters.map(({ name }) => name);
    const meters = [...own, ...earlier.otherMeters(own)];
    const differences = [
      differenceOf(now.cost, earlier.cost),
      ...meters.map((name) => differenceOf(now.meter(name), earlier.meter(name))),
    ];
    const [more, less] = [differences.some((by) => by > 0), differences.some((by) => by < 0)];
    if (less) return 'other';
    return more ? 'grown' : now.at === earlier.at ? 'duplicate' : 'other';
  }

  /** Where the row's id stands: both of a pair, else its id, else the one of the pair that it has. */
  #find(cells: Cells): void {
    const id = this.#id;
    if (this.#pair === null) {
      this.#take(cells, id);
      return;
    }
    const [first, second] = this.#pair;
    const one = first !== NONE && !cells.isBlank(first);
    const other = second !== NONE && !cells.isBlank(second);
    if (one && other) this.#takeBoth(cells, first, second);
    else if (id !== NONE && !cells.isBlank(id)) this.#take(cells, id);
    else this.#take(cells, other ? second : first);
  }

  #take(cells: Cells, cell: number): void {
    this.cell = cell;
    const { bytes } = cells;
    let start = cells.starts[cell] ?? 0;
    let end = cells.ends[cell] ?? 0;
    while (start < end && (bytes[start] ?? 0) <= BLANK) start++;
    while (start < end && (bytes[end - 1] ?? 0) <= BLANK) end--;
    this.#bytes = bytes;
    this.#view = cells.view;
    this.#start = start;
    this.#end = end;
  }

  #takeBoth(cells: Cells, first: number, second: number): void {
    this.#take(cells, second);
    const [from, to] = [this.#start, this.#end];
    this.#take(cells, first);
    const length = this.#end - this.#start;
    const whole = length + 1 + to - from;
    if (whole + SLACK > this.#both.length) {
      this.#both = new Uint8Array(2 * (whole + SLACK));
      this.#bothView = new DataView(this.#both.buffer);
    }
    this.#both.set(cells.bytes.subarray(this.#start, this.#end));
    this.#both[length] = SEPARATOR;
    this.#both.set(cells.bytes.subarray(from, to), length + 1);
    this.#bytes = this.#both;
    this.#view = this.#bothView;
    this.#start = 0;
    this.#end = whole;
  }
}

/** A quantity in a column's two parts; absent is below zero. */
type Parts = readonly [whole: number, pico: number];

function differenceOf(now: Parts, earlier: Parts): number {
  return now[0] - earlier[0] || now[1] - earlier[1];
}

/** What growth is judged by. A meter that a row lacks is zero; a cost that it lacks is less than any. */
interface EarlierRow {
  readonly at: number;
  readonly names: string;
  readonly cost: Parts;
  meter(name: string): Parts;
  otherMeters(names: readonly string[]): readonly string[];
}

class BuilderRow implements EarlierRow {
  readonly #target: UsageTarget;
  readonly #row: number;

  constructor(target: UsageTarget, row: number) {
    this.#target = target;
    this.#row = row;
  }

  get at(): number {
    return this.#target.rows.at[this.#row] ?? 0;
  }

  get names(): string {
    const { skus, skuCodes, projects, projectCodes, keys, keyCodes } = this.#target.rows;
    const [sku, project, key] = [skuCodes, projectCodes, keyCodes].map((codes) => codes?.[this.#row] ?? 0);
    return namesOf(skus.names[sku ?? 0], projects.names[project ?? 0], keys.names[key ?? 0]);
  }

  get cost(): Parts {
    const { costWhole, costPico } = this.#target.rows;
    return [costWhole[this.#row] ?? ABSENT, costPico?.[this.#row] ?? 0];
  }

  meter(name: string): Parts {
    const column = this.#target.rows.meters.find((meter) => meter.name === name);
    return partsAt(column?.whole[this.#row], column?.pico?.[this.#row]);
  }

  otherMeters(): readonly string[] {
    return [];
  }
}

class BatchRow implements EarlierRow {
  readonly #batch: UsageBatch;
  readonly #row: number;

  constructor(batch: UsageBatch, row: number) {
    this.#batch = batch;
    this.#row = row;
  }

  get at(): number {
    return this.#batch.at[this.#row] ?? 0;
  }

  get names(): string {
    const { sku, project, key } = this.#batch;
    const [one, two, three] = [sku, project, key].map((column) => column?.names[column.codes[this.#row] ?? 0]);
    return namesOf(one, two, three);
  }

  get cost(): Parts {
    const { whole, pico } = this.#batch.cost;
    return [whole[this.#row] ?? ABSENT, pico?.[this.#row] ?? 0];
  }

  meter(name: string): Parts {
    const column = this.#batch.meters.get(name);
    return partsAt(column?.whole[this.#row], column?.pico?.[this.#row]);
  }

  otherMeters(names: readonly string[]): readonly string[] {
    return [...this.#batch.meters.keys()].filter((name) => !names.includes(name));
  }
}

function partsAt(whole = ABSENT, pico = 0): Parts {
  return whole === ABSENT ? [0, 0] : [whole, pico];
}

function namesOf(sku = '', project = '', key = ''): string {
  return [sku, project, key].join('\n');
}
