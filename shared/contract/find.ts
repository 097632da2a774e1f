/** Rows of the account by what they are called. */
import type { Instant } from '../domain/time.ts';
import type { InvoiceRow, LotRow, TimelineRow } from './engine.ts';
import type { CallContext } from './rpc.ts';

/** What rows are looked for by; all that is given must hold. */
export interface FindRequest {
  /** Found in ids, names and reasons, in either case of letters; empty: everything. */
  readonly text: string;
  /** Types of timeline rows that the text means; their rows are found whatever they say. */
  readonly types: readonly string[];
  /** Rows from the first instant up to before the second. */
  readonly within: readonly [from: Instant, to: Instant] | null;
  /** Most rows of each table. */
  readonly limit: number;
}

/** Rows with their places in the tables, the latest first. */
export interface Found {
  readonly timeline: readonly TimelineRow[];
  readonly lots: readonly { readonly index: number; readonly row: LotRow }[];
  readonly invoices: readonly InvoiceRow[];
}

export interface FindApi {
  /** Timeline rows, lots and invoices by what they are called, or of a time. */
  find(request: FindRequest, context: CallContext): Promise<Found>;
}
