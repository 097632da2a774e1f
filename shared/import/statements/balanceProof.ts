/**
 * Balances as proof: each one follows from the one before it and the amounts between, oldest or newest first. That
 * settles the order of the rows and the sign of the amounts, and it finds the first row that is missing.
 */
import type { Atoms } from '../../domain/money.ts';
import type { StatementLine, Tie } from '../../domain/statement.ts';

export interface Booking {
  /** In the sign that the file seems to have: + the customer pays. */
  readonly amount: Atoms;
  readonly balance: Atoms | null;
  readonly line: number;
}

export interface Proof {
  readonly newestFirst: boolean;
  /** The balances move against the amounts: they fall where those seem to come back. */
  readonly opposed: boolean;
  readonly tie: Tie;
  /** Balance of each booking, as far as it is stated and proven. */
  readonly balances: readonly (Atoms | null)[];
}

/** Balances that must agree before amounts are held to be opposed to them. */
const WITNESSES = 2;

/**
 * Null where too few balances are stated to check anything, and where only some rows have one and these do not hold: on
 * such files it is open which row a balance belongs to. `opening` and `closing` as the file states them; where the
 * user has told the sign, balances may be opposed to the amounts even where a row is missing.
 */
export function proofOf(
  bookings: readonly Booking[],
  opening: Atoms | null,
  closing: Atoms | null,
  signKnown = false,
): Proof | null {
  const stated = bookings.filter(({ balance }) => balance !== null).length;
  if (stated === 0) return null;
  const complete = stated === bookings.length;
  let best: { readonly proof: Proof; readonly held: number } | null = null;
  for (const opposed of [false, true]) {
    for (const newestFirst of [false, true]) {
      const { proof, held, links } = chain(bookings, opening, closing, newestFirst, opposed);
      if (opposed && !signKnown && (!proof.tie.holds || links < WITNESSES)) continue;
      if (!complete && (!proof.tie.holds || links === 0)) continue;
      if (best === null || held > best.held) best = { proof, held };
    }
  }
  return best?.proof ?? null;
}

interface Chain {
  readonly proof: Proof;
  /** Balances that follow from one before them, and how many could have. */
  readonly held: number;
  readonly links: number;
}

function chain(
  bookings: readonly Booking[],
  stated: Atoms | null,
  end: Atoms | null,
  newestFirst: boolean,
  opposed: boolean,
): Chain {
  const ordered = newestFirst ? bookings.toReversed() : bookings;
  const movement = ({ amount }: Booking): Atoms => (opposed ? amount : -amount);
  const opening = stated ?? openingOf(ordered, movement);
  const balances: (Atoms | null)[] = [];
  let balance = opening;
  let movements = 0n;
  let [held, links] = [0, 0];
  let witnessed = stated !== null;
  let firstBreakLine: number | null = null;
  for (const booking of ordered) {
    movements += movement(booking);
    balance += movement(booking);
    if (booking.balance !== null) {
      if (witnessed) links++;
      if (balance !== booking.balance) firstBreakLine ??= booking.line;
      else if (witnessed) held++;
      witnessed = true;
      balance = booking.balance;
    }
    balances.push(firstBreakLine === null ? booking.balance : null);
  }
  const closing = end ?? balance;
  if (closing !== balance) firstBreakLine ??= ordered.at(-1)?.line ?? null;
  const holds = firstBreakLine === null && opening + movements === closing;
  const tie = { opening, movements, closing, holds, firstBreakLine };
  return {
    proof: { newestFirst, opposed, tie, balances: newestFirst ? balances.toReversed() : balances },
    held,
    links,
  };
}

/** The balance before the first booking, by the first one that is stated. */
function openingOf(ordered: readonly Booking[], movement: (booking: Booking) => Atoms): Atoms {
  let sum = 0n;
  for (const booking of ordered) {
    sum += movement(booking);
    if (booking.balance !== null) return booking.balance - sum;
  }
  return 0n;
}

/** Lines in the order of booking with the balance after each, where the whole statement ties. */
export function balanced(lines: readonly StatementLine[], { opening }: Tie): StatementLine[] {
  let balance = opening;
  return lines.map((line) => {
    balance -= line.amount;
    return { ...line, balance };
  });
}
