/**
 * Matching: two lists of items, what is set, and what came of it.
 *
 * Amounts are atoms in one sign on both sides: + the customer pays the vendor, - money comes back. A difference is
 * statement less ledger. `ledger` and `statement` name the two sides of any bridge: simulated purchases and vendor
 * documents, documents and bank lines, the account's invoices and the vendor's.
 */
import type { Atoms } from '../../domain/money.ts';
import type { CalendarDate, Money } from '../../domain/statement.ts';

export type Side = 'ledger' | 'statement';

/**
 * What is known of an item before anything is matched. `out_of_scope` is for callers whose own rules leave it out;
 * `void` is an item for which no cash moves: a void, uncollectible, failed or declined document.
 */
export type ItemStatus = 'booked' | 'pending' | 'void' | 'out_of_scope';

/** One thing to match. Ids are unique on their side. */
export interface MatchItem {
  readonly id: string;
  /** Business date in the reconciliation's time zone. */
  readonly date: CalendarDate;
  /** Ledger: before `tax`. Statement: as charged, with tax in it. */
  readonly amount: Atoms;
  readonly currency: string;
  /** As written; compared by its letters and digits in upper case. */
  readonly reference: string | null;
  readonly description: string | null;
  /** Ledger: comes on top of `amount`. Statement: the part of `amount` that the document states as tax. */
  readonly tax: Atoms | null;
  /** What a statement's line says was paid in another currency, in the sign of `amount`. */
  readonly original: Money | null;
  /** Where it comes from: a bank or card account, an issuer of documents; null where it says nothing of it. */
  readonly source: string | null;
  /** The bank's own id of a line (FITID); equal lines with an equal one were imported twice. */
  readonly importId: string | null;
  readonly status: ItemStatus;
}

/** An exchange rate that is taken as known: one unit of `from` is `rate` units of `to`. */
export interface ExchangeRate {
  readonly from: string;
  readonly to: string;
  /** In atoms. */
  readonly rate: Atoms;
}

/** How items of a source behave: how late they come, by how much they are off, what it adds. */
export interface MatchTerms {
  /** `statement.date - ledger.date` lies in `[-before, after]` days. */
  readonly dateWindow: { readonly before: number; readonly after: number };
  /** Equal amounts at most so many days apart are a date exception. */
  readonly exceptionWindowDays: number;
  /** An amount within either limit is near enough to suggest; `abs` in atoms, `bps` in 1/10,000 of the ledger's amount. */
  readonly amountTolerance: { readonly abs: Atoms; readonly bps: number };
  /** Days after the posting window until timing becomes a break. */
  readonly graceDays: number;
  readonly group: { readonly enabled: boolean; readonly maxSize: number };
  /** An equal charge at most so many days from a matched one is suspected to be its duplicate. */
  readonly duplicateDays: number;
  /** Fee that the card adds, in 1/10,000 of the amount; 0: none is known. */
  readonly feeBps: number;
}

/** The terms are those of every source that has none of its own. */
export interface MatchSettings extends MatchTerms {
  /** `to` is exclusive. */
  readonly period: { readonly from: CalendarDate; readonly to: CalendarDate };
  /** Sources of the statement's items that have terms of their own. */
  readonly sources: readonly { readonly source: string; readonly terms: MatchTerms }[];
  /** Regular expression, whatever the case, that a statement's descriptions of this vendor contain. */
  readonly vendorPattern: string | null;
  readonly exchangeRates: readonly ExchangeRate[];
  /** How far a converted amount may lie from the ledger's, in 1/10,000. */
  readonly exchangeToleranceBps: number;
  /** Pairs that somebody took apart: they never come together again. */
  readonly apart: readonly { readonly ledger: string; readonly statement: string }[];
}

export type MatchType = '1:1' | '1:n' | 'n:1' | 'n:m';

/** In the order in which they are tried. */
export type MatchRule = 'reference' | 'exact' | 'tolerance' | 'fx' | 'group' | 'date_exception';

/** `confirmed` may be accepted without a person; `suggested` a person accepts; `exception` needs a decision. */
export type MatchStatus = 'confirmed' | 'suggested' | 'exception';

/** What the difference of a match is. */
export type DifferenceCategory = 'none' | 'tax' | 'fee' | 'fx' | 'rounding' | 'amount_difference';

export type BreakCategory =
  | 'missing_in_ledger'
  | 'missing_in_statement'
  | 'duplicate_in_ledger'
  | 'duplicate_in_statement'
  | 'fee'
  | 'tax'
  | 'timing'
  | 'timing_prior_period'
  | 'ambiguous';

/** A step of the bridge. */
export type BridgeCategory = Exclude<DifferenceCategory, 'none'> | BreakCategory;

/** Why a match is one, for a person to judge. */
export interface MatchEvidence {
  /** The reference that both sides state, as the ledger writes it. */
  readonly reference: string | null;
  /** `statement.date - ledger.date`, least and most over the members. */
  readonly days: { readonly least: number; readonly most: number };
  /** Items outside this match whose amount and currency are those of one of its members, a side. */
  readonly sameAmount: { readonly ledger: number; readonly statement: number };
}

/** Items that belong together; an item is in one match at most. Members are in the order of the lists given. */
export interface Match {
  readonly type: MatchType;
  readonly ledger: readonly string[];
  readonly statement: readonly string[];
  readonly rule: MatchRule;
  readonly status: MatchStatus;
  /** Statement less ledger, in `currency`. */
  readonly difference: Atoms;
  readonly currency: string;
  readonly category: DifferenceCategory;
  /** Other items would have done as well, and which are left over is not known. */
  readonly ambiguous: boolean;
  readonly evidence: MatchEvidence;
}

/** An item without a match. */
export interface Break {
  readonly side: Side;
  readonly id: string;
  readonly category: BreakCategory;
  /** Statement +, ledger -: what it adds to the bridge. */
  readonly amount: Atoms;
  readonly currency: string;
  /** Timing alone: from this day on it is a break. */
  readonly breakOn: CalendarDate | null;
  /** Ambiguous alone: groups of the other side's ids that would each settle it, the likeliest first; some, if many. */
  readonly candidates: readonly (readonly string[])[];
}

export type IgnoreReason = 'out_of_scope' | 'pending' | 'no_cash_expected' | 'settled_by_credit' | 'duplicate_import';

export interface Ignored {
  readonly side: Side;
  readonly id: string;
  readonly why: IgnoreReason;
}

export interface BridgeStep {
  readonly category: BridgeCategory;
  readonly amount: Atoms;
  /** Matches and breaks that it is the sum of. */
  readonly count: number;
}

/** From one side's total to the other's, in one currency. */
export interface Bridge {
  readonly currency: string;
  readonly steps: readonly BridgeStep[];
  readonly ledger: Atoms;
  readonly statement: Atoms;
  /** Statement less ledger. */
  readonly difference: Atoms;
  /** What the steps leave of the difference: 0, or there is no conclusion. */
  readonly residual: Atoms;
}

export interface MatchResult {
  readonly matches: readonly Match[];
  /** The statement's first. */
  readonly breaks: readonly Break[];
  /** The ledger's first. */
  readonly ignored: readonly Ignored[];
  /** One a currency, by its code. */
  readonly bridges: readonly Bridge[];
  /** Items for which groups were not searched: too many others were open about their day. */
  readonly groupsNotSearched: number;
}
