/** What requests cost in one month under the rules that a vendor may follow. Everything before the cents is exact. */
import { divideRounded } from '../../../domain/money.ts';
import {
  DAY_MS,
  daysFromCivil,
  HOUR_MS,
  instantOfWall,
  MINUTE_MS,
  startOfDay,
  startOfMonth,
  type Instant,
  type Zone,
} from '../../../domain/time.ts';
import type {
  BillEvent,
  BillPolicy,
  BillRate,
  BillSpan,
  RoundingMode,
  RoundingScope,
} from '../../../domain/usageBill.ts';

/** Nano-units in a cent. */
const NANO_PER_CENT = 10_000_000n;
const PPM = 1_000_000n;

/** A bill, and of which requests it is made. */
export interface Bill {
  readonly cents: bigint;
  readonly before_tax: bigint;
  readonly billed: readonly BillEvent[];
}

/** The bill of a month or day; null where a request has no rate at the instant that counts. */
export function billOf(
  events: readonly BillEvent[],
  rates: readonly BillRate[],
  span: BillSpan,
  policy: BillPolicy,
): Bill | null {
  const { from, to, invoice } = boundsOf(span, policy.tz);
  const { scope, mode } = policy.rounding;
  const sums = new Map<string | number, bigint>();
  const seen = new Set<string>();
  const billed: BillEvent[] = [];
  for (const event of events) {
    if (policy.dedupe === 'by_id' && seen.has(event.id)) continue;
    seen.add(event.id);
    const posted = event.at + policy.posting_delay_min * MINUTE_MS;
    if (posted < from || posted >= to || hourOf(event.at) === policy.missing_hour) continue;
    const rate = rateInForce(rates, pricedAt(event.at, invoice, policy));
    if (rate === null) return null;
    for (const [line, cost] of linesOf(event, rate).entries()) {
      const key = keyOf(scope, event, line, billed.length, policy.tz);
      sums.set(key, (sums.get(key) ?? 0n) + cost);
    }
    billed.push(event);
  }
  let before_tax = 0n;
  for (const sum of sums.values()) before_tax += divided(sum, NANO_PER_CENT, mode);
  const cents = divided(before_tax * (PPM + BigInt(policy.tax_ppm)), PPM, 'half_up');
  return { cents, before_tax, billed };
}

function linesOf({ input, cached, output }: BillEvent, rate: BillRate): readonly [bigint, bigint, bigint] {
  return [(input - cached) * rate.input, cached * rate.cached, output * rate.output];
}

function keyOf(scope: RoundingScope, event: BillEvent, line: number, place: number, zone: Zone): string | number {
  switch (scope) {
    case 'total':
      return 0;
    case 'per_event':
      return place;
    case 'per_line':
      return line;
    case 'per_day':
      return Math.floor((event.at + zone.offsetAt(event.at)) / DAY_MS);
  }
}

function pricedAt(
  at: Instant,
  invoice: { readonly from: Instant; readonly to: Instant },
  { rate_at, tz }: BillPolicy,
): Instant {
  switch (rate_at) {
    case 'event_time':
      return at;
    case 'day_start':
      return startOfDay(at, tz);
    case 'period_start':
      return invoice.from;
    case 'invoice_date':
      return invoice.to;
  }
}

function rateInForce(rates: readonly BillRate[], at: Instant): BillRate | null {
  let found: BillRate | null = null;
  for (const rate of rates)
    if (rate.effective <= at && (found === null || rate.effective >= found.effective)) found = rate;
  return found;
}

/** Where a span begins and ends on a clock, and the month of its invoice. */
function boundsOf({ year, month, day }: BillSpan, zone: Zone) {
  const first = instantOfWall((daysFromCivil(year, month, 1) ?? 0) * DAY_MS, zone);
  const invoice = { from: first, to: startOfMonth(first, zone, 1) };
  if (day === null) return { ...invoice, invoice };
  return { from: startOfDay(first, zone, day - 1), to: startOfDay(first, zone, day), invoice };
}

export function hourOf(at: Instant): Instant {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

/** Rounds `numerator / denominator`, both not negative. */
function divided(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  if (mode === 'floor') return numerator / denominator;
  if (mode === 'ceil') return (numerator + denominator - 1n) / denominator;
  return divideRounded(numerator, denominator, mode);
}
