/**
 * What others state of the account's credit: balances at an instant or on a day, and the grants a vendor lists. They are
 * compared with the replayed account and never change it.
 */
import type { Atoms } from './money.ts';
import type { CalendarDate } from './statement.ts';
import type { Instant } from './time.ts';

export interface StatedBalance {
  /** When it is stated to have held; null where only the day is stated. */
  readonly at: Instant | null;
  /** The day, where no instant is stated: any time of it. Null where `at` is known. */
  readonly on: CalendarDate | null;
  /** Below zero: a debt. */
  readonly amount: Atoms;
  readonly currency: string;
  /** Who states it, as `OpenAI`; null where the file does not say. */
  readonly by: string | null;
  /** Line of the file, from 1. */
  readonly line: number;
  readonly raw: string;
}

/** A grant of credit as a vendor lists it. Its dates are the vendor's: known to be moved to a month's end. */
export interface StatedGrant {
  readonly id: string;
  readonly amount: Atoms;
  /** Drawn so far, at the time of the list. */
  readonly used: Atoms;
  readonly currency: string;
  readonly effective: Instant;
  readonly expires: Instant | null;
  readonly by: string | null;
  readonly line: number;
  readonly raw: string;
}
