/** Figures of a run that somebody else may state too: usage of a month, day or SKU, a balance, what was paid. */
import type { ReconMonth } from '../../contract/reconcile.ts';
import { divideRounded, minorUnit, roundToMinor, type Atoms } from '../../domain/money.ts';
import {
  DAY_MS,
  daysFromCivil,
  instantOfWall,
  monthOf,
  startOfDay,
  startOfMonth,
  type Instant,
} from '../../domain/time.ts';
import { BalanceCourse } from '../../engine/course.ts';
import { lowerBound } from '../../engine/prefixSums.ts';
import type { Replay } from '../../engine/replay.ts';
import { nearestBetween } from '../statedBalances.ts';
import { rounded, type RowRounding } from './rowChoices.ts';
import { firstFrom } from './slices.ts';

export type Measure =
  /**
   * Accepted usage, before credits and tax; of one day of the month, or one SKU, where they are given. Not `exact`: as an
   * invoice has it, each SKU's line of the month rounded.
   */
  | {
      readonly kind: 'usage';
      readonly period: ReconMonth;
      readonly day: number | null;
      readonly sku: string | null;
      readonly exact: boolean;
    }
  /** What the month's invoice asks for. */
  | { readonly kind: 'due'; readonly period: ReconMonth }
  /** After everything at an instant, or at any time of a day: then the nearest to what is stated. */
  | { readonly kind: 'balance'; readonly at: Instant; readonly wholeDay: boolean; readonly stated: Atoms }
  /** Purchases and recharges paid in a month, with tax, and invoices due in it. */
  | { readonly kind: 'paid'; readonly period: ReconMonth }
  /** What one purchase was charged, by its id. */
  | { readonly kind: 'charged'; readonly id: string };

/** How usage becomes a stated figure, where it is not simply added up. */
export interface Lens {
  /** Sums that are rounded each by themselves, and how. */
  readonly rounding?: { readonly scope: 'total' | 'per_line' | 'per_day'; readonly mode: RowRounding };
  /** Tax in millionths: on top of the usage, or in it. */
  readonly tax?: { readonly ppm: bigint; readonly inside: boolean };
  /** Groups of rows that are left out (-1) or counted twice (1). */
  readonly slices?: readonly { readonly slice: Slice; readonly times: -1 | 1 }[];
}

/** Rows of the usage log that have something in common, ascending. */
export interface Slice {
  readonly rows: readonly number[];
}

const PPM = 1_000_000n;

/** A run and what is worked out of it once. */
export class Measured {
  readonly run: Replay;
  readonly lens: Lens;
  #course: BalanceCourse | null = null;

  constructor(run: Replay, lens: Lens) {
    this.run = run;
    this.lens = lens;
  }

  /** A figure; null where the run has none of its kind. Exact but for what a lens rounds. */
  figure(measure: Measure): Atoms | null {
    switch (measure.kind) {
      case 'usage':
        return this.#taxed(this.#usage(measure));
      case 'due': {
        const invoices = this.run.state.invoices.filter(({ period }) => period === measure.period);
        return invoices.length === 0 ? null : invoices.reduce((sum, { amount_due }) => sum + amount_due, 0n);
      }
      case 'balance':
        return this.#balance(measure.at, measure.wholeDay, measure.stated);
      case 'paid':
        return this.#paid(measure.period);
      case 'charged':
        return this.#charged(measure.id);
    }
  }

  /** Where a month, or a day of it, begins and ends on the run's clock. */
  window(period: ReconMonth, day: number | null): readonly [from: Instant, to: Instant] {
    const { zone } = this.run.input;
    const first = instantOfWall(
      (daysFromCivil(Number(period.slice(0, 4)), Number(period.slice(5)), 1) ?? 0) * DAY_MS,
      zone,
    );
    if (day === null) return [first, startOfMonth(first, zone, 1)];
    return [startOfDay(first, zone, day - 1), startOfDay(first, zone, day)];
  }

  /** Accepted rows `[from, to)` of the log that lie in a window. */
  accepted(from: Instant, to: Instant): (readonly [from: number, to: number])[] {
    const { input, state } = this.run;
    const [low, high] = [lowerBound(input.log.at, from, 0), lowerBound(input.log.at, to, 0)];
    const ranges: (readonly [number, number])[] = [];
    let [first, last] = [0, state.spans.length];
    while (first < last) {
      const middle = (first + last) >>> 1;
      if (state.spans[middle]!.to <= low) first = middle + 1;
      else last = middle;
    }
    for (let place = first; place < state.spans.length; place++) {
      const span = state.spans[place]!;
      if (span.from >= high) break;
      if (span.status === 'accepted') ranges.push([Math.max(low, span.from), Math.min(high, span.to)]);
    }
    return ranges;
  }

  #usage({ period, day, sku, exact }: Measure & { kind: 'usage' }): Atoms {
    const { input } = this.run;
    const invoiced = { scope: 'per_line', mode: input.policy.invoice.rounding } as const;
    const rounding = this.lens.rounding ?? (exact || day !== null ? undefined : invoiced);
    const [from, to] = this.window(period, day);
    if (rounding === undefined) return this.#sum(from, to, sku);
    const round = (amount: Atoms): Atoms => rounded(amount, rounding.mode, input.minorDigits);
    if (rounding.scope === 'total') return round(this.#sum(from, to, sku));
    if (rounding.scope === 'per_line') {
      const skus = sku === null ? input.log.skus : [sku];
      return skus.reduce((sum, each) => sum + round(this.#sum(from, to, each)), 0n);
    }
    let sum = 0n;
    for (let start = from; start < to; start = startOfDay(start, input.zone, 1))
      sum += round(this.#sum(start, Math.min(to, startOfDay(start, input.zone, 1)), sku));
    return sum;
  }

  #sum(from: Instant, to: Instant, sku: string | null): Atoms {
    const { log } = this.run.input;
    const ranges = this.accepted(from, to);
    let sum = 0n;
    if (sku === null) for (const [low, high] of ranges) sum += log.sums.between(low, high);
    else {
      const totals = log.noTotals();
      for (const [low, high] of ranges) log.addBySku(low, high, totals);
      sum = totals.cost[log.skus.indexOf(sku)] ?? 0n;
    }
    for (const { slice, times } of this.lens.slices ?? []) {
      const part = this.sliceSum(slice, ranges, sku);
      sum += times === 1 ? part : -part;
    }
    return sum;
  }

  /** Cost of the rows of a slice that lie in ranges. */
  sliceSum({ rows }: Slice, ranges: readonly (readonly [number, number])[], sku: string | null): Atoms {
    const { log } = this.run.input;
    let sum = 0n;
    for (const [low, high] of ranges)
      for (let place = firstFrom(rows, low); place < rows.length && rows[place]! < high; place++) {
        const row = rows[place]!;
        if (sku === null || log.skus[log.sku[row]!] === sku) sum += log.sums.cost(row);
      }
    return sum;
  }

  #taxed(amount: Atoms): Atoms {
    const { tax } = this.lens;
    if (tax === undefined) return amount;
    const { minorDigits } = this.run.input;
    const unit = minorUnit(minorDigits);
    // a vendor taxes what it shows
    const shown = roundToMinor(amount, minorDigits, 'half_even');
    const [numerator, denominator] = tax.inside ? [PPM, PPM + tax.ppm] : [PPM + tax.ppm, PPM];
    return divideRounded(shown * numerator, denominator * unit, 'half_up') * unit;
  }

  /** Whether parts of the data would change what usage is refused: less lets some in, more may run credits out. */
  slicesRefuse(): boolean {
    const { slices = [] } = this.lens;
    const { input, state } = this.run;
    if (slices.length === 0) return false;
    if (state.rejected.size > 0) return true;
    if (input.policy.exhausted !== 'cut_off') return false;
    const course = (this.#course ??= new BalanceCourse(this.run));
    return slices.some(({ slice: { rows }, times }) => {
      const from = input.log.at[rows[0] ?? 0];
      if (times < 0 || from === undefined) return false;
      const cost = rows.reduce((sum, row) => sum + input.log.sums.cost(row), 0n);
      return course.extremes(from, Math.max(input.until, state.now)).low - cost <= input.policy.cutoff.floor;
    });
  }

  #balance(at: Instant, wholeDay: boolean, stated: Atoms): Atoms | null {
    const { input, state } = this.run;
    if (at < input.opened || at > Math.max(input.until, state.now)) return null;
    const course = (this.#course ??= new BalanceCourse(this.run));
    if (!wholeDay) return this.#sliced(course.balanceAt(at), at);
    const last = startOfDay(at, input.zone, 1) - 1;
    const shift = this.#sliced(0n, last);
    return nearestBetween(course, at, last, stated - shift) + shift;
  }

  #sliced(balance: Atoms, at: Instant): Atoms {
    let changed = balance;
    for (const { slice, times } of this.lens.slices ?? []) {
      const part = this.sliceSum(slice, this.accepted(-Infinity, at + 1), null);
      changed -= times === 1 ? part : -part;
    }
    return changed;
  }

  #paid(period: ReconMonth): Atoms {
    const { input, state } = this.run;
    let sum = 0n;
    for (const entry of state.timeline)
      if (entry.type === 'purchase' && monthOf(entry.at, input.zone) === period) sum += entry.charged;
    for (const { to, amount_due } of state.invoices) if (monthOf(to, input.zone) === period) sum += amount_due;
    return sum;
  }

  #charged(id: string): Atoms | null {
    for (const entry of this.run.state.timeline) if (entry.type === 'purchase' && entry.id === id) return entry.charged;
    return null;
  }
}
