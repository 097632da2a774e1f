/**
 * Where the axes carry a line and a word. Time ticks fall on the account's calendar (days at its midnight, weeks on
 * Mondays), value ticks on round figures, at most seven.
 */
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
  daysFromCivil,
  instantOfWall,
  startOfDay,
  startOfMonth,
  wallFields,
  type Instant,
  type Zone,
} from '../../../shared/domain/time.ts';
import { amountText } from '../amountText.ts';
import { dayText, monthName, timeText } from '../format.ts';
import type { TimeWindow } from './timeWindow.ts';

type Step =
  | { readonly unit: 'month'; readonly count: number; readonly ms: number }
  | { readonly unit: 'day'; readonly count: number; readonly ms: number }
  | { readonly unit: 'ms'; readonly count: number; readonly ms: number };

const MONTH_MS = 30.4 * DAY_MS;
const months = (count: number): Step => ({ unit: 'month', count, ms: count * MONTH_MS });
const days = (count: number): Step => ({ unit: 'day', count, ms: count * DAY_MS });
const elapsed = (ms: number): Step => ({ unit: 'ms', count: ms, ms });

const STEPS: readonly Step[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map(elapsed),
  ...[1, 2, 5, 10, 15, 30].map((count) => elapsed(count * SECOND_MS)),
  ...[1, 2, 5, 10, 15, 30].map((count) => elapsed(count * MINUTE_MS)),
  ...[1, 2, 3, 6, 12].map((count) => elapsed(count * HOUR_MS)),
  ...[1, 2, 7, 14].map(days),
  ...[1, 2, 3, 6, 12, 24, 60, 120, 240].map(months),
];

export interface TimeTick {
  readonly at: Instant;
  readonly label: string;
}

/** Ticks of a window drawn so wide, with at least `gapPx` and `leastMs` from one to the next. */
export function timeTicks(window: TimeWindow, widthPx: number, zone: Zone, gapPx = 76, leastMs = 0): TimeTick[] {
  const span = window.to - window.from;
  if (!(span > 0) || !(widthPx > 0)) return [];
  const most = Math.max(1, widthPx / gapPx);
  const step = STEPS.find(({ ms }) => ms >= leastMs && span / ms <= most) ?? months(1200);
  const ticks: TimeTick[] = [];
  for (
    let at = firstTick(window.from, step, zone);
    at <= window.to && ticks.length < 400;
    at = nextTick(at, step, zone)
  ) {
    if (at >= window.from) ticks.push({ at, label: tickLabel(at, step, zone) });
  }
  return ticks;
}

function firstTick(from: Instant, step: Step, zone: Zone): Instant {
  if (step.unit === 'ms') return nextTick(from - 1, step, zone);
  if (step.unit === 'month') {
    const { year, month } = wallFields(from, zone);
    return startOfMonth(from, zone, -((year * 12 + month - 1) % step.count));
  }
  const { year, month, day } = wallFields(from, zone);
  // counted from a Monday, so that weeks begin on Mondays
  const sinceMonday = (daysFromCivil(year, month, day) ?? 0) + 3;
  return startOfDay(from, zone, -(((sinceMonday % step.count) + step.count) % step.count));
}

function nextTick(at: Instant, step: Step, zone: Zone): Instant {
  if (step.unit === 'month') return startOfMonth(at, zone, step.count);
  if (step.unit === 'day') return startOfDay(at + HOUR_MS, zone, step.count);
  // Steps below a day divide it: on the wall clock they fall on its multiples, whatever the clock does in between.
  const wall = at + zone.offsetAt(at);
  const next = instantOfWall((Math.floor(wall / step.count) + 1) * step.count, zone);
  return next > at ? next : at + step.count;
}

function tickLabel(at: Instant, step: Step, zone: Zone): string {
  const { year, month, msOfDay } = wallFields(at, zone);
  if (step.unit === 'month') {
    if (step.count >= 12) return String(year);
    return month === 1 ? `${monthName(month)} ${year}` : monthName(month);
  }
  if (step.unit === 'day' || msOfDay === 0) return dayText(at, zone);
  if (step.count < SECOND_MS) return `${timeText(at, zone).slice(6)}.${String(msOfDay % SECOND_MS).padStart(3, '0')}`;
  return timeText(at, zone, step.count < MINUTE_MS ? 'second' : 'minute');
}

/** The smallest round step that makes at most `most` lines over so wide a range. */
export function niceStep(range: number, most: number): number {
  if (!(range > 0)) return 1;
  const rough = range / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  for (const digit of [1, 2, 2.5, 5, 10]) if (digit * power >= rough * (1 - 1e-9)) return digit * power;
  return 10 * power;
}

/** Round values around an extent, inside a domain, at most seven; zero is always exactly zero. */
export function valueTicks(
  extent: { readonly low: number; readonly high: number },
  domain: { readonly low: number; readonly high: number },
  heightPx: number,
): { readonly values: number[]; readonly step: number } {
  const most = Math.max(2, Math.min(7, Math.floor(heightPx / 36)));
  let step = niceStep(extent.high - extent.low, most);
  let values = ticksOf(extent, domain, step);
  while (values.length > most) {
    step = niceStep(step * most * 1.01, most);
    values = ticksOf(extent, domain, step);
  }
  return { values, step };
}

/** No line beyond the first round value that holds the extent: the room behind it belongs to words and marks. */
function ticksOf(
  extent: { readonly low: number; readonly high: number },
  domain: { readonly low: number; readonly high: number },
  step: number,
): number[] {
  const low = Math.max(domain.low, Math.floor(extent.low / step) * step);
  const high = Math.min(domain.high, Math.ceil(extent.high / step) * step);
  return multiples(low, high, step);
}

function multiples(low: number, high: number, step: number): number[] {
  const values: number[] = [];
  const last = Math.floor(high / step + 1e-9);
  for (let count = Math.ceil(low / step - 1e-9); count <= last; count += 1) values.push(count === 0 ? 0 : count * step);
  return values;
}

/** An axis figure: as many digits as the step has, grouped, with a true minus. */
export function valueLabel(value: number, step: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + (isQuarter(step) ? 1 : 0));
  // rounded as a float: the axis is pixels, the digits are grouped as all others
  return amountText(value.toFixed(digits), { digits });
}

function isQuarter(step: number): boolean {
  const digit = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
  return Math.abs(digit - 2.5) < 1e-6 && step < 10;
}

/** What the axis spans without its room: the visible balances, and zero unless it would hide them. */
export function axisExtent(extent: { readonly low: number; readonly high: number }): {
  readonly low: number;
  readonly high: number;
} {
  let { low, high } = extent;
  const range = high - low;
  const reach = Math.max(Math.abs(low), Math.abs(high));
  // Far from zero and nearly flat: zero would hide everything that happens, so the axis leaves it and says so.
  const leaveZero = range > 0 && range < reach * 0.2 && low * high > 0;
  if (!leaveZero) {
    low = Math.min(0, low);
    high = Math.max(0, high);
  }
  return { low, high: high === low ? low + 1 : high };
}

/** The value axis with its room: above for words, below for marks. */
export function valueDomain(
  { low, high }: { readonly low: number; readonly high: number },
  heightPx: number,
  room: { readonly top: number; readonly bottom: number },
): { readonly low: number; readonly high: number } {
  const inner = Math.max(40, heightPx - room.top - room.bottom);
  const unit = (high - low) / inner;
  return { low: low - unit * room.bottom, high: high + unit * room.top };
}
