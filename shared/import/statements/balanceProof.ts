/**
 * The running balance of a CSV as proof: each row's balance follows from the one before it, oldest or newest first. It
 * settles the order of the rows and the sign of the amounts, and it finds the first row that is missing.
 */
import type { Atoms } from '../../domain/money.ts';
import type { Tie } from './line.ts';

export interface Booking {
  /** In the sign that the file seems to have: + the customer pays. */
  readonly amount: Atoms;
  readonly balance: Atoms | null;
  readonly line: number;
}

export interface Proof {
  readonly newestFirst: boolean;
  /** The file's sign is the other one: every balance says so. */
  readonly inverted: boolean;
  readonly tie: Tie;
}

/** Null where not every row has a balance, or where there is no row. `opening` and `closing` as the file states them. */
export function proofOf(bookings: readonly Booking[], opening: Atoms | null, closing: Atoms | null): Proof | null {
  if (bookings.length === 0 || bookings.some(({ balance }) => balance === null)) return null;
  let best: { readonly proof: Proof; readonly held: number } | null = null;
  for (const inverted of [false, true]) {
    for (const newestFirst of [false, true]) {
      const { tie, held, links } = chain(bookings, opening, closing, newestFirst, inverted);
      // amounts are turned round only where that makes everything fit, and more than one balance says so
      if (inverted && (!tie.holds || links < 2)) continue;
      if (best === null || held > best.held) best = { proof: { newestFirst, inverted, tie }, held };
    }
  }
  return best?.proof ?? null;
}

function chain(
  bookings: readonly Booking[],
  stated: Atoms | null,
  end: Atoms | null,
  newestFirst: boolean,
  inverted: boolean,
): { readonly tie: Tie; readonly held: number; readonly links: number } {
  const ordered = newestFirst ? bookings.toReversed() : bookings;
  const movement = ({ amount }: Booking): Atoms => (inverted ? amount : -amount);
  const first = ordered[0]!;
  const opening = stated ?? first.balance! - movement(first);
  let balance = opening;
  let movements = 0n;
  let held = 0;
  let links = 0;
  let firstBreakLine: number | null = null;
  for (const booking of ordered) {
    movements += movement(booking);
    const proves = booking !== first || stated !== null;
    if (proves) links++;
    if (balance + movement(booking) !== booking.balance) firstBreakLine ??= booking.line;
    else if (proves) held++;
    balance = booking.balance!;
  }
  const closing = end ?? balance;
  if (closing !== balance) firstBreakLine ??= ordered.at(-1)?.line ?? null;
  const holds = firstBreakLine === null && opening + movements === closing;
  return { tie: { opening, movements, closing, holds, firstBreakLine }, held, links };
}
