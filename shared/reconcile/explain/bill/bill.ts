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
  const { isRepeat, costOf } = workedOut(events);
  const sum = new RoundedSum(policy.rounding);
  const billed: BillEvent[] = [];
  for (const [place, event] of events.entries()) {
    if (policy.dedupe === 'by_id' && isRepeat[place] === 1) continue;
    const posted = event.at + policy.posting_delay_min * MINUTE_MS;
    if (posted < from || posted >= to || hourOf(event.at) === policy.missing_hour) continue;
    const rate = rateInForce(rates, pricedAt(event.at, invoice, policy));
    if (rate === null) return null;
    sum.add(costOf(place, rate), event.at, policy.tz);
    billed.push(event);
  }
  const before_tax = sum.cents();
  const cents = divided(before_tax * (PPM + BigInt(policy.tax_ppm)), PPM, 'half_up');
  return { cents, before_tax, billed };
}

/** What a request costs, nano-units. */
interface Cost {
  /** Of input, cached and output tokens. */
  readonly lines: readonly [bigint, bigint, bigint];
  readonly total: bigint;
}

/** Of a list of requests, once for all bills that are made of it. */
interface WorkedOut {
  /** 1 where an earlier request has the id. */
  readonly isRepeat: Uint8Array;
  readonly costOf: (place: number, rate: BillRate) => Cost;
}

const known = new WeakMap<readonly BillEvent[], WorkedOut>();

function workedOut(events: readonly BillEvent[]): WorkedOut {
  let found = known.get(events);
  if (found === undefined) {
    const seen = new Set<string>();
    const isRepeat = Uint8Array.from(events, ({ id }) => {
      if (seen.has(id)) return 1;
      seen.add(id);
      return 0;
    });
    const costs = new Map<BillRate, (Cost | undefined)[]>();
    const costOf = (place: number, rate: BillRate): Cost => {
      let ofRate = costs.get(rate);
      if (ofRate === undefined) costs.set(rate, (ofRate = []));
      return (ofRate[place] ??= costAt(events[place]!, rate));
    };
    known.set(events, (found = { isRepeat, costOf }));
  }
  return found;
}

function costAt({ input, cached, output }: BillEvent, rate: BillRate): Cost {
  const lines = [(input - cached) * rate.input, cached * rate.cached, output * rate.output] as const;
  return { lines, total: lines[0] + lines[1] + lines[2] };
}

/** Costs of requests, rounded to the cent part by part. */
class RoundedSum {
  readonly #scope: RoundingScope;
  readonly #mode: RoundingMode;
  /** By line or by day; of the total the one. */
  readonly #parts = new Map<number, bigint>();
  #rounded = 0n;

  constructor({ scope, mode }: BillPolicy['rounding']) {
    this.#scope = scope;
    this.#mode = mode;
  }

  add({ lines, total }: Cost, at: Instant, zone: Zone): void {
    switch (this.#scope) {
      case 'per_event':
        this.#rounded += divided(total, NANO_PER_CENT, this.#mode);
        return;
      case 'per_line':
        for (const [line, cost] of lines.entries()) this.#addTo(line, cost);
        return;
      case 'per_day':
        this.#addTo(Math.floor((at + zone.offsetAt(at)) / DAY_MS), total);
        return;
      case 'total':
        this.#addTo(0, total);
    }
  }

  #addTo(part: number, cost: bigint): void {
    this.#parts.set(part, (this.#parts.get(part) ?? 0n) + cost);
  }

  cents(): bigint {
    let cents = this.#rounded;
    for (const part of this.#parts.values()) cents += divided(part, NANO_PER_CENT, this.#mode);
    return cents;
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
