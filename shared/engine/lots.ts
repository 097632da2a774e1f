/**
 * Lots and debt: the customer's credits, the order in which they burn, and what is owed. Balance = remaining credits
 * less debt, at every instant (billing model, section 2).
 *
 * A plain record with functions over it, so that the whole state of a run can be copied and resumed.
 */
import type { Atoms } from '../domain/money.ts';
import type { LotKind } from '../domain/result.ts';
import type { Instant } from '../domain/time.ts';

export interface Lot {
  readonly id: string;
  readonly kind: LotKind;
  readonly amount: Atoms;
  /** What debt took at posting. */
  readonly settled: Atoms;
  readonly bought_at: Instant;
  readonly posted_at: Instant;
  readonly expires_at: Instant | null;
  readonly priority: number;
  /** Place in the order of making. */
  readonly index: number;
  remaining: Atoms;
  expired: Atoms;
  refunded: Atoms;
}

export interface LotBook {
  /** In the order of making. */
  readonly all: Lot[];
  /** Lots that may have credit left, in burn order from `burnFrom` on. */
  readonly burning: Lot[];
  burnFrom: number;
  /** Lots that expire, in order of expiry from `expireFrom` on. */
  readonly expiring: Lot[];
  expireFrom: number;
  /** Sum of `remaining` over all lots. */
  credits: Atoms;
  debt: Atoms;
}

/** A part of a lot that was used. */
export interface Draw {
  /** Place in `all`. */
  readonly lot: number;
  readonly amount: Atoms;
}

export function emptyBook(): LotBook {
  return { all: [], burning: [], burnFrom: 0, expiring: [], expireFrom: 0, credits: 0n, debt: 0n };
}

/** A copy whose lots are its own. */
export function copyBook(book: LotBook): LotBook {
  const all = book.all.map((lot) => ({ ...lot }));
  const own = (lots: readonly Lot[]): Lot[] => lots.map((lot) => all[lot.index]!);
  return { ...book, all, burning: own(book.burning), expiring: own(book.expiring) };
}

export function balanceOf(book: LotBook): Atoms {
  return book.credits - book.debt;
}

/** Adds a credit: debt first, what is left is the lot's (sections 4). Returns the lot; `settled` says what debt took. */
export function addLot(
  book: LotBook,
  credit: {
    id: string;
    kind: LotKind;
    amount: Atoms;
    bought_at: Instant;
    posted_at: Instant;
    expires_at: Instant | null;
    priority: number;
  },
): Lot {
  const settled = credit.amount < book.debt ? credit.amount : book.debt;
  const { id, kind, amount, bought_at, posted_at, expires_at, priority } = credit;
  const index = book.all.length;
  const remaining = amount - settled;
  // no spread here and in the other makers of records: replay lives by these few allocations
  const lot: Lot = {
    id,
    kind,
    amount,
    settled,
    bought_at,
    posted_at,
    expires_at,
    priority,
    index,
    remaining,
    expired: 0n,
    refunded: 0n,
  };
  book.debt -= settled;
  book.credits += lot.remaining;
  book.all.push(lot);
  if (lot.remaining > 0n) {
    insertSorted(book.burning, book.burnFrom, lot, burnsBefore);
    if (lot.expires_at !== null) insertSorted(book.expiring, book.expireFrom, lot, expiresBefore);
  }
  return lot;
}

/** Draws an amount from lots in burn order, as far as they reach. */
export function draw(book: LotBook, amount: Atoms): { readonly covered: Atoms; readonly draws: Draw[] } {
  const draws: Draw[] = [];
  let left = amount;
  while (left > 0n && book.burnFrom < book.burning.length) {
    const lot = book.burning[book.burnFrom]!;
    const part = lot.remaining < left ? lot.remaining : left;
    if (part > 0n) {
      lot.remaining -= part;
      left -= part;
      draws.push({ lot: lot.index, amount: part });
    }
    if (lot.remaining === 0n) book.burnFrom++;
  }
  const covered = amount - left;
  book.credits -= covered;
  return { covered, draws };
}

/** Takes away all that remains of a lot. Returns how much that was. */
export function emptyLot(book: LotBook, lot: Lot): Atoms {
  const { remaining } = lot;
  lot.remaining = 0n;
  book.credits -= remaining;
  return remaining;
}

/** The lot with something left that expires next; lots that are used up fall out of the queue here. */
export function nextExpiring(book: LotBook): Lot | null {
  while (book.expireFrom < book.expiring.length) {
    const lot = book.expiring[book.expireFrom]!;
    if (lot.remaining > 0n) return lot;
    book.expireFrom++;
  }
  return null;
}

/** When a lot's expiry takes effect: a credit that posts after its expiry expires as it posts. */
export function expiryInstant(lot: Lot): Instant {
  return Math.max(lot.expires_at!, lot.posted_at);
}

/** Burn order of section 5: priority, earliest expiry (never last), earliest bought, order of making. */
function burnsBefore(a: Lot, b: Lot): boolean {
  if (a.priority !== b.priority) return a.priority < b.priority;
  const expiryA = a.expires_at ?? Infinity;
  const expiryB = b.expires_at ?? Infinity;
  if (expiryA !== expiryB) return expiryA < expiryB;
  if (a.bought_at !== b.bought_at) return a.bought_at < b.bought_at;
  return a.index < b.index;
}

/** Of lots that expire together the earliest bought goes first (section 3). */
function expiresBefore(a: Lot, b: Lot): boolean {
  if (expiryInstant(a) !== expiryInstant(b)) return expiryInstant(a) < expiryInstant(b);
  if (a.bought_at !== b.bought_at) return a.bought_at < b.bought_at;
  return a.index < b.index;
}

function insertSorted(lots: Lot[], from: number, lot: Lot, before: (a: Lot, b: Lot) => boolean): void {
  let low = from;
  let high = lots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(lot, lots[middle]!)) high = middle;
    else low = middle + 1;
  }
  lots.splice(low, 0, lot);
}
