/**
 * The course of the balance over time, for charts and tables: every change of a run in order, usage as spans. Points
 * for any window come from it by binary search, so a million rows cost a window no more than its pixels.
 */
import { toChartNumber, type Atoms } from '../domain/money.ts';
import type { Instant } from '../domain/time.ts';
import { lowerBound } from './prefixSums.ts';
import type { Replay } from './replay.ts';
import type { UsageSpan } from './state.ts';
import { balanceAfterUsage } from './usageRows.ts';

/** One change of the balance: a timeline record, or a span of accepted usage. */
export interface Change {
  /** Instant of the record, or of the span's first row. */
  readonly at: Instant;
  /** Instant of the record, or of the span's last row. */
  readonly until: Instant;
  readonly before: Atoms;
  readonly after: Atoms;
  readonly record: number | null;
  readonly span: UsageSpan | null;
}

/** A time in which the balance was below zero. */
export interface Overrun {
  readonly from: Instant;
  readonly to: Instant;
  readonly lowest: Atoms;
}

export interface SeriesPoint {
  readonly at: Instant;
  readonly balance: Atoms;
}

export class BalanceCourse {
  readonly changes: readonly Change[];
  /** Balance right after each timeline record. */
  readonly afterRecord: readonly Atoms[];
  readonly #run: Replay;

  constructor(run: Replay) {
    this.#run = run;
    const { timeline, spans } = run.state;
    const changes: Change[] = [];
    const afterRecord: Atoms[] = [];
    let balance = 0n;
    const take = (record: number): void => {
      const entry = timeline[record]!;
      const after = balanceAfterRecord(entry, balance);
      if (after !== balance)
        changes.push({ at: entry.at, until: entry.at, before: balance, after, record, span: null });
      balance = after;
      afterRecord.push(balance);
    };
    const { log } = run.input;
    let record = 0;
    for (const span of spans) {
      while (record < span.records) take(record++);
      const after = balanceAfterUsage(span, log.sums.between(span.from, span.to));
      if (after !== balance)
        changes.push({
          at: log.at[span.from]!,
          until: log.at[span.to - 1]!,
          before: balance,
          after,
          record: null,
          span,
        });
      balance = after;
    }
    while (record < timeline.length) take(record++);
    this.changes = changes;
    this.afterRecord = afterRecord;
  }

  /** The first change that ends after an instant. */
  #firstAfter(at: Instant): number {
    let low = 0;
    let high = this.changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.changes[middle]!.until <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The balance after everything at an instant. */
  balanceAt(at: Instant): Atoms {
    const place = this.#firstAfter(at);
    const change = this.changes[place];
    const settled = place === 0 ? 0n : this.changes[place - 1]!.after;
    if (change?.span == null || change.at > at) return settled;
    return this.#afterRow(change.span, lowerBound(this.#run.input.log.at, at + 1, change.span.from) - 1);
  }

  /** The lowest and the highest balance from the one at `from` to everything at `to`. */
  extremes(from: Instant, to: Instant): { readonly low: Atoms; readonly high: Atoms } {
    let low = this.balanceAt(from);
    let high = low;
    const take = (balance: Atoms): void => {
      if (balance < low) low = balance;
      if (balance > high) high = balance;
    };
    for (let place = this.#firstAfter(from); place < this.changes.length; place++) {
      const change = this.changes[place]!;
      if (change.at > to) break;
      // within a span the balance only falls
      if (change.span === null || change.until <= to) take(change.after);
      else take(this.#afterRow(change.span, lowerBound(this.#run.input.log.at, to + 1, change.span.from) - 1));
    }
    return { low, high };
  }

  /** The last row or record at or before an instant that changed the balance; null before the first. */
  changeAt(at: Instant): {
    readonly at: Instant;
    readonly balance: Atoms;
    readonly record: number | null;
    readonly row: number | null;
  } | null {
    const place = this.#firstAfter(at);
    const next = this.changes[place];
    if (next?.span != null && next.at <= at)
      return this.#rowPoint(next.span, lowerBound(this.#run.input.log.at, at + 1, next.span.from) - 1);
    const last = this.changes[place - 1];
    if (last === undefined) return null;
    if (last.span !== null) return this.#rowPoint(last.span, last.span.to - 1);
    return { at: last.at, balance: last.after, record: last.record, row: null };
  }

  #rowPoint(span: UsageSpan, row: number): { at: Instant; balance: Atoms; record: null; row: number } {
    return { at: this.#run.input.log.at[row]!, balance: this.#afterRow(span, row), record: null, row };
  }

  #afterRow(span: UsageSpan, row: number): Atoms {
    return balanceAfterUsage(span, this.#run.input.log.sums.between(span.from, row + 1));
  }

  /**
   * Points of `[from, to]` for so many pixel columns: each column keeps the first, highest, lowest and last value that
   * the account really had in it. Times never decrease; a rise at one instant is two points.
   */
  series(from: Instant, to: Instant, columns: number): { at: Float64Array; balance: Float64Array } {
    const out = new ColumnPoints(from, to, columns);
    out.add(from, this.balanceAt(from));
    for (let place = this.#firstAfter(from); place < this.changes.length; place++) {
      const change = this.changes[place]!;
      if (change.at > to) break;
      if (change.span === null) {
        out.add(change.at, change.before);
        out.add(change.at, change.after);
      } else this.#addSpan(change, change.span, from, to, out);
    }
    out.add(to, this.balanceAt(to));
    return out.finish();
  }

  /** Within a span the balance only falls: the ends of what lies in a column are its extremes. */
  #addSpan(change: Change, span: UsageSpan, from: Instant, to: Instant, out: ColumnPoints): void {
    const { at } = this.#run.input.log;
    const end = Math.min(span.to, lowerBound(at, to + 1, span.from));
    let row = lowerBound(at, from + 1, span.from);
    if (row < end && row === span.from) out.add(at[row]!, change.before);
    while (row < end) {
      const next = Math.min(end, Math.max(row + 1, lowerBound(at, out.columnEnd(at[row]!), row)));
      out.add(at[row]!, this.#afterRow(span, row));
      if (next - 1 > row) out.add(at[next - 1]!, this.#afterRow(span, next - 1));
      row = next;
    }
  }

  /** Every time in which the balance was below zero. */
  overruns(): Overrun[] {
    const overruns: Overrun[] = [];
    const { log } = this.#run.input;
    let from: Instant | null = null;
    let lowest = 0n;
    for (const { before, after, at, span } of this.changes) {
      if (before >= 0n && after < 0n) {
        // the first row that leaves less than nothing
        from = span === null ? at : log.at[log.sums.firstReaching(before + 1n, span.from, span.to)]!;
        lowest = after;
      }
      if (after < lowest) lowest = after;
      if (after >= 0n && from !== null) {
        overruns.push({ from, to: at, lowest });
        from = null;
        lowest = 0n;
      }
    }
    if (from !== null) overruns.push({ from, to: this.#run.state.now, lowest });
    return overruns;
  }
}

/** A record's own balance; moving debt to an invoice has none of its own. */
function balanceAfterRecord(entry: Replay['state']['timeline'][number], before: Atoms): Atoms {
  if (entry.type === 'plan_started') return before + entry.debt_invoiced;
  return 'balance' in entry ? entry.balance : before;
}

/** Collects points a column at a time and keeps at most four of each. */
class ColumnPoints {
  readonly #from: Instant;
  readonly #width: number;
  readonly #at: number[] = [];
  readonly #balance: number[] = [];
  #column = -1;
  #kept: SeriesPoint[] = [];

  constructor(from: Instant, to: Instant, columns: number) {
    this.#from = from;
    this.#width = Math.max(1, to - from) / Math.max(1, columns);
  }

  /** The first whole millisecond beyond the column in which an instant lies. */
  columnEnd(at: Instant): Instant {
    return Math.ceil(this.#from + (Math.floor((at - this.#from) / this.#width) + 1) * this.#width);
  }

  add(at: Instant, balance: Atoms): void {
    const column = Math.floor((at - this.#from) / this.#width);
    if (column !== this.#column) this.#flush();
    this.#column = column;
    this.#kept.push({ at, balance });
    if (this.#kept.length > 64) this.#kept = extremes(this.#kept);
  }

  finish(): { at: Float64Array; balance: Float64Array } {
    this.#flush();
    return { at: Float64Array.from(this.#at), balance: Float64Array.from(this.#balance) };
  }

  #flush(): void {
    for (const { at, balance } of extremes(this.#kept)) {
      this.#at.push(at);
      this.#balance.push(toChartNumber(balance));
    }
    this.#kept = [];
  }
}

/** First, highest, lowest and last of points in time order, in that order, each once. */
function extremes(points: readonly SeriesPoint[]): SeriesPoint[] {
  if (points.length <= 2) return [...points];
  let highest = 0;
  let lowest = 0;
  for (let i = 1; i < points.length; i++) {
    if (points[i]!.balance > points[highest]!.balance) highest = i;
    if (points[i]!.balance < points[lowest]!.balance) lowest = i;
  }
  const kept = [...new Set([0, highest, lowest, points.length - 1])].sort((a, b) => a - b);
  return kept.map((place) => points[place]!);
}
