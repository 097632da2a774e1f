/**
 * A usage bill: requests and rates of one vendor, the rules by which it may make a month's bill of them, and what it
 * states. Rates are nano-units of currency per token, bills whole cents.
 */
import { parseInstant, type Instant, type Zone } from './time.ts';

export interface BillRate {
  readonly effective: Instant;
  readonly input: bigint;
  /** Of the input tokens that were read from the cache. */
  readonly cached: bigint;
  readonly output: bigint;
}

export interface BillEvent {
  readonly id: string;
  readonly at: Instant;
  /** All input tokens, cached ones included. */
  readonly input: bigint;
  readonly cached: bigint;
  readonly output: bigint;
}

/** Likelier ones first: what a vendor rounds. */
export const ROUNDING_SCOPES = ['per_event', 'per_line', 'per_day', 'total'] as const;
export const ROUNDING_MODES = ['half_up', 'half_even', 'floor', 'ceil'] as const;
export type RoundingScope = (typeof ROUNDING_SCOPES)[number];
export type RoundingMode = (typeof ROUNDING_MODES)[number];

/** At which instant the price list is read: of the request, or of the start of its day, of the month, or of the invoice. */
export const RATE_INSTANTS = ['event_time', 'day_start', 'period_start', 'invoice_date'] as const;

export interface BillPolicy {
  /** On this clock months and days begin. */
  readonly tz: Zone;
  /** `none`: a repeated id is billed again. */
  readonly dedupe: 'by_id' | 'none';
  readonly rounding: { readonly scope: RoundingScope; readonly mode: RoundingMode };
  readonly rate_at: (typeof RATE_INSTANTS)[number];
  /** How long after a request its usage is posted; it belongs to the month in which it is. */
  readonly posting_delay_min: number;
  /** An hour (UTC) of which nothing is billed. */
  readonly missing_hour: Instant | null;
  /** Added to the rounded bill, itself rounded half up. */
  readonly tax_ppm: number;
}

/** What a bill is of: a month, or one day of it. */
export interface BillSpan {
  readonly year: number;
  readonly month: number;
  readonly day: number | null;
}

/** A bill that somebody states, and all that it is simulated from. */
export interface BillCase {
  readonly span: BillSpan;
  readonly rates: readonly BillRate[];
  readonly events: readonly BillEvent[];
  readonly policy: BillPolicy;
  /** Cents. */
  readonly observed: bigint;
  /** Tax rates in millionths that the documents suggest. */
  readonly taxes: readonly number[];
  /** Other bills of the same vendor: what decides between rivals. */
  readonly others: readonly { readonly span: BillSpan; readonly observed: bigint }[];
}

/** `per_event_ceil` */
export function roundingOf(text: string): BillPolicy['rounding'] | null {
  for (const scope of ROUNDING_SCOPES)
    for (const mode of ROUNDING_MODES) if (text === `${scope}_${mode}`) return { scope, mode };
  return null;
}

/** An hour in UTC, `2026-10-31T23`. */
export function hourAt(text: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}$/.test(text)) return null;
  const hour = parseInstant(`${text}:00Z`);
  return typeof hour === 'number' ? hour : null;
}
