/**
 * Statements of banks and vendors, whatever their format: lines in one sign, and the proof that they are all there.
 *
 * Sign of a line: + the customer pays (money leaves the account), - money comes back. Balances keep the bank's own sign:
 * + the bank owes the customer. So a statement ties where `opening + movements = closing`, with `movements` the sum of
 * its lines in the bank's sign.
 */
import type { Atoms } from './money.ts';
import type { StatedBalance, StatedGrant } from './statedBalance.ts';
import type { Instant } from './time.ts';

/** A calendar date as the bank states it, `YYYY-MM-DD`. It is no instant and never moves with a time zone. */
export type CalendarDate = `${string}-${string}-${string}`;

export interface Money {
  readonly amount: Atoms;
  readonly currency: string;
}

/** The figures of an invoice whose payment is expected as `amount`. */
export interface InvoiceFigures {
  /** As the vendor names it: `paid`, `open`, `void`, ... */
  readonly status: string;
  /** Times as the file prints them, or in UTC where it counts seconds. */
  readonly created: string;
  readonly paid: string | null;
  readonly subtotal: Atoms;
  readonly tax: Atoms;
  readonly total: Atoms;
  /** Negative: credit that the customer had. */
  readonly startingBalance: Atoms;
  readonly amountDue: Atoms;
  readonly amountPaid: Atoms;
}

/** What a row of FOCUS says beyond what is billed: what was used, and what that used up. */
export interface ChargeFigures {
  /** `Usage`, `Purchase`, `Tax`, `Credit`, `Adjustment`. */
  readonly category: string;
  /** It corrects a period that was closed. */
  readonly correction: boolean;
  /** What the charge period used up, prepaid or not; it need not match any invoice. */
  readonly effectiveCost: Atoms | null;
  readonly sku: string | null;
  readonly meter: string | null;
  readonly quantity: Atoms | null;
  /** Unit of `quantity`. */
  readonly unit: string | null;
  readonly from: Instant;
  readonly until: Instant | null;
  readonly subAccount: string | null;
}

export interface StatementLine {
  /** Booking date. */
  readonly date: CalendarDate;
  readonly valueDate: CalendarDate | null;
  readonly amount: Atoms;
  readonly currency: string;
  /** As written; null where the bank writes a placeholder. Compare by `referenceKey`. */
  readonly reference: string | null;
  readonly description: string;
  readonly party: string | null;
  /** The bank's own id. It is unique neither everywhere nor always, and null where the file has none. */
  readonly id: string | null;
  /** The format's own word for the kind of transaction. */
  readonly kind: string | null;
  /** What was paid in another currency, in the sign of `amount`. */
  readonly original: Money | null;
  /** Exchange rate as stated, in atoms. */
  readonly rate: Atoms | null;
  /** Part of `amount` that is a fee; positive: charged. */
  readonly fee: Atoms | null;
  readonly reversal: boolean;
  /** Id of the line that this one corrects; that line is no longer among the lines. */
  readonly replaces: string | null;
  /** Running balance after this line in the bank's sign, where the statement's arithmetic proves it. */
  readonly balance: Atoms | null;
  readonly invoice: InvoiceFigures | null;
  readonly charge: ChargeFigures | null;
  /** Line of the file, from 1, where it starts. */
  readonly line: number;
  /** The piece of the file that it was read from. */
  readonly raw: string;
}

/** The statement's own arithmetic, in the bank's sign. */
export interface Tie {
  readonly opening: Atoms;
  readonly movements: Atoms;
  readonly closing: Atoms;
  readonly holds: boolean;
  /** Line of the file at which it first shows that something is missing or wrong. */
  readonly firstBreakLine: number | null;
}

/** What a statement file says. */
export interface Statement {
  readonly account: string | null;
  readonly currency: string;
  readonly opening: Atoms | null;
  readonly closing: Atoms | null;
  /** In the order of the file. */
  readonly lines: readonly StatementLine[];
  /** Of the account's credit, as a vendor states it; a bank's own balances are the ones above. */
  readonly balances: readonly StatedBalance[];
  readonly grants: readonly StatedGrant[];
  /** Null where the file states too little to check. */
  readonly tie: Tie | null;
}

/** A line with nothing known beyond what every format states. */
export function plainLine(
  known: Pick<StatementLine, 'date' | 'amount' | 'currency' | 'description' | 'line' | 'raw'> & Partial<StatementLine>,
): StatementLine {
  return {
    valueDate: null,
    reference: null,
    party: null,
    id: null,
    kind: null,
    original: null,
    rate: null,
    fee: null,
    reversal: false,
    replaces: null,
    balance: null,
    invoice: null,
    charge: null,
    ...known,
  };
}

/**
 * Checks `opening + movements = closing`. `closingLine` is where a difference shows. Null without both balances, and
 * where lines in several currencies have no common sum.
 */
export function tieOf(
  opening: Atoms | null,
  lines: readonly StatementLine[],
  closing: Atoms | null,
  closingLine: number | null,
): Tie | null {
  if (opening === null || closing === null) return null;
  if (lines.some(({ currency }) => currency !== lines[0]?.currency)) return null;
  const movements = movementsOf(lines);
  const holds = opening + movements === closing;
  return { opening, movements, closing, holds, firstBreakLine: holds ? null : closingLine };
}

/** Sum of the lines in the bank's sign. */
export function movementsOf(lines: readonly StatementLine[]): Atoms {
  return -lines.reduce((sum, { amount }) => sum + amount, 0n);
}

/** A line with its money the other way round. */
export function turned(line: StatementLine): StatementLine {
  const original = line.original === null ? null : { ...line.original, amount: -line.original.amount };
  return { ...line, amount: -line.amount, original };
}
