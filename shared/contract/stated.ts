/** What others state, beside the account: balances against the replayed one, documents and bank lines in time. */
import type { Instant } from '../domain/time.ts';

/** A balance that somebody states, beside the replayed one at that time. */
export interface StatedPoint {
  /** Its place among all that are compared, in time. */
  readonly index: number;
  /** The instant, or the beginning of the day. */
  readonly at: Instant;
  /** The end of the day, exclusive, where only the day is stated; null for an instant. */
  readonly until: Instant | null;
  /** Who states it; null where the file does not say. */
  readonly by: string | null;
  readonly stated: string;
  /** The replayed balance: at the instant, or the nearest of that day. */
  readonly replayed: string;
  /** Both for placing it; currency units as floats. */
  readonly y: number;
  readonly replayedY: number;
  /** Where the replayed balance is not one figure: of the day, or by where in their buckets usage fell. */
  readonly between: readonly [low: string, high: string] | null;
  /** Stated less replayed, exact; zero within `between`. */
  readonly difference: string;
  /** Equal, or within `between`, or equal to the cent where no more than cents are stated. */
  readonly agrees: boolean;
  readonly file: string;
  readonly line: number;
}

/** A line of a vendor's document, or of a bank about the vendor. */
export interface StatementItem {
  readonly index: number;
  readonly side: 'document' | 'bank';
  /** What it is about: its charge period, else the day of its date on the account's clock. */
  readonly from: Instant;
  readonly to: Instant;
  /** Positive: the customer pays. */
  readonly amount: string;
  readonly currency: string;
  readonly what: string;
  readonly reference: string | null;
  readonly file: string;
  readonly line: number;
}

export interface StatedNotes {
  readonly points: readonly StatedPoint[];
  readonly items: readonly StatementItem[];
  /** Of the window, what is not among them because there are too many; differing balances go first. */
  readonly more: { readonly points: number; readonly items: number };
}

export interface StatedCounts {
  readonly agree: number;
  readonly differ: number;
  /** Stated in another currency, or for a time that was not replayed: not compared. */
  readonly apart: number;
  readonly documents: number;
  readonly bank: number;
}
