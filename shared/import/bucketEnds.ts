/**
 * The end of the time that a row covers: a bucket `[at, until)` of usage, or none where the row is an instant.
 *
 * A known vendor's format says which it is. Elsewhere the columns' names and their times decide, once for the file:
 *
 * 1. an end counts only beside a start: `start_time`, `starting_at`, `bucket_start`, ... A `timestamp` is no start.
 * 2. `bucket_end`, `period_end`, `window_end`, `interval_end` and `ending_at` end a bucket, whatever its width.
 * 3. `end_time`, `ended_at`, `end` and their kin may just as well be when a request ended. They end a bucket where rows
 *    begin on a whole minute and cover whole minutes: the first row with an end decides, and the first to say otherwise
 *    takes it back for all. Then rows are requests, and stand at their start.
 */
import { DAY_MS, MINUTE_MS, formatInstant } from '../domain/time.ts';
import type { CellReader } from './cellReader.ts';
import type { Cells } from './cells.ts';
import { plainName } from './columns.ts';
import type { OpenContext } from './importer.ts';
import { readInstant } from './instants.ts';
import { NONE, type RowPlan, type UsageTarget } from './rowPlan.ts';

/** A longer one is a slip: its usage would be strewn over years. */
const LONGEST_DAYS = 400;

const STARTS: ReadonlySet<string> = new Set(
  ['start_time', 'started_at', 'start_at', 'starts_at', 'starting_at', 'start', 'bucket_start', 'bucket_start_time']
    .concat(['period_start', 'window_start', 'interval_start', 'usage_start_time'])
    .map(plainName),
);

/** Ends that are of nothing but buckets. */
const SURE_ENDS: ReadonlySet<string> = new Set(
  ['ending_at', 'bucket_end', 'bucket_end_time', 'period_end', 'window_end', 'interval_end', 'usage_end_time'].map(
    plainName,
  ),
);

export const BUCKETS = 'Each row covers a bucket of time; its usage is spread over it unless it is placed otherwise.';

type Mode = 'buckets' | 'presumed' | 'undecided' | 'never';

export class BucketEnds {
  readonly #target: UsageTarget;
  readonly #context: OpenContext;
  readonly #plan: RowPlan;
  readonly #reader: CellReader;
  #mode: Mode;
  #field = '';

  constructor(target: UsageTarget, context: OpenContext, plan: RowPlan, reader: CellReader) {
    this.#target = target;
    this.#context = context;
    this.#plan = plan;
    this.#reader = reader;
    this.#mode = plan.untilByName === true ? 'undecided' : 'buckets';
  }

  /** Null where no row of the plan can be a bucket by more than its time alone. */
  static of(target: UsageTarget, context: OpenContext, plan: RowPlan, reader: CellReader): BucketEnds | null {
    const { until = NONE, bucketMs } = plan;
    return until === NONE && bucketMs === undefined ? null : new BucketEnds(target, context, plan, reader);
  }

  /** Ends are not read: they are those of requests. */
  get ignored(): boolean {
    return this.#mode === 'never';
  }

  /**
   * End of a row that begins at `at`; 0 for an instant; NaN, and a problem, where the end is wrong.
   * @param dayEnd where the row's time is a date alone, the end of that day; else 0.
   */
  end(cells: Cells, at: number, dayEnd: number): number {
    const { until = NONE, untilFallback = NONE, bucketMs } = this.#plan;
    const cell = untilFallback !== NONE && cells.isBlank(until) ? untilFallback : until;
    if (cell === NONE || cells.isBlank(cell)) return bucketMs === undefined ? dayEnd : at + bucketMs;
    if (this.#mode === 'undecided' && !isOneOf(STARTS, this.#plan.field(this.#plan.time))) {
      this.#mode = 'never';
      return dayEnd;
    }
    let end = readInstant(cells.bytes, cells.view, cells.starts[cell] ?? 0, cells.ends[cell] ?? 0);
    if (Number.isNaN(end)) end = this.#reader.end(cells, cell);
    if (Number.isNaN(end)) return NaN;
    this.#decide(cell, at, end);
    if (this.#mode === 'never') return dayEnd;
    const wrong = faultOf(at, end);
    if (wrong === null) return end;
    this.#reader.fail(cells, cell, wrong);
    return NaN;
  }

  /** After the last row. */
  finish(): void {
    if (this.#plan.untilByName === false) this.#context.note(BUCKETS);
    if (this.#field === '') return;
    this.#context.note(
      this.#mode === 'never' ? `${this.#field} is when a request ended: rows are placed at their start.` : BUCKETS,
    );
  }

  #decide(cell: number, at: number, end: number): void {
    if (this.#mode === 'buckets' || this.#mode === 'never') return;
    if (this.#mode === 'undecided') {
      this.#field = this.#plan.field(cell);
      this.#mode = isOneOf(SURE_ENDS, this.#field) ? 'buckets' : 'presumed';
      if (this.#mode === 'buckets') return;
    }
    // an end before its start is wrong either way, and is told as such
    if (end < at || (end > at && at % MINUTE_MS === 0 && end % MINUTE_MS === 0)) return;
    this.#mode = 'never';
    this.#target.rows.until = null;
  }
}

/** A key inside others goes by its last name. */
function isOneOf(names: ReadonlySet<string>, field: string): boolean {
  return names.has(plainName(field.slice(field.lastIndexOf('.') + 1)));
}

function faultOf(at: number, end: number): string | null {
  const wrong =
    end <= at
      ? 'is not later than its start'
      : end - at > LONGEST_DAYS * DAY_MS
        ? `is more than ${LONGEST_DAYS} days behind its start`
        : null;
  if (wrong === null) return null;
  const start = formatInstant(at);
  return `the row's end, ${formatInstant(end)}, ${wrong}, ${start}; expected the first instant behind the time that the row covers`;
}
