/**
 * What page and worker say to each other about prices: the list in force, a user's own over the published one, and what it
 * says of costs that files state. Amounts are exact decimal strings, instants milliseconds, days `YYYY-MM-DD`.
 */
import type { Instant } from '../domain/time.ts';
import type { AccountView } from './engine.ts';
import type { LocatedProblem } from './importing.ts';

/** Prices of a SKU from an instant on, for `per` units of each meter. */
export interface PriceEntry {
  readonly from: Instant;
  readonly per: string;
  /** By meter; factors of the prices where the entry is a rule's. */
  readonly prices: Readonly<Record<string, string>>;
}

export interface PriceRow {
  readonly sku: string;
  /** Who sells it, by its name; null where the name does not say. */
  readonly vendor: string | null;
  /** Of the user's own list. */
  readonly own: boolean;
  /** The published list has prices of it too. */
  readonly published: boolean;
  /** In the order of their days. An own list without any says that the SKU has no price. */
  readonly entries: readonly PriceEntry[];
  /** Place of the entry in force today; null before the first. */
  readonly current: number | null;
  /** Places in `rules` of those that change its prices. */
  readonly rules: readonly number[];
  /** Input tokens above which a request has the mark `long context`; null where there is no such rule. */
  readonly longContext: number | null;
}

/** Factors of the prices of all models that a pattern fits, under a mark such as `batch`. */
export interface PriceRule {
  readonly models: string;
  readonly mark: string;
  readonly own: boolean;
  readonly entries: readonly PriceEntry[];
}

/** The list in force. */
export interface PriceListView {
  readonly name: string;
  /** Day to which the list is kept; null where it does not say. */
  readonly asOf: string | null;
  readonly currency: string;
  readonly source: string;
  /** The user's own list, as its text stands; null where there is none. */
  readonly own: string | null;
  /** The list in force as the text of a price list file. */
  readonly text: string;
  readonly rows: readonly PriceRow[];
  readonly rules: readonly PriceRule[];
}

/** An entry as a user writes it: a day or an instant, numerals. */
export interface DraftEntry {
  readonly from: string;
  readonly per: string;
  readonly prices: Readonly<Record<string, string>>;
}

/** After a change: the list and the account that it was replayed with, where one is open. Refused, nothing has changed. */
export type PricesChanged =
  | { readonly ok: true; readonly prices: PriceListView; readonly view: AccountView | null }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

/** `rounding`: no more than rounding each row as the source does can make. */
export type PriceVerdict = 'equal' | 'rounding' | 'differs';

/** `unpriced`: part of the usage has no price, so that the two cannot be compared. */
export type PriceLineVerdict = PriceVerdict | 'complimentary' | 'unpriced' | 'cost_only' | 'usage_only';

/** What is stated and what is priced of one model on one day. */
export interface PriceDifferenceRow {
  readonly sku: string;
  readonly day: string;
  readonly stated: string;
  readonly priced: string;
  /** Stated less priced. */
  readonly difference: string;
  /** Stated over priced; null where the price is zero. */
  readonly ratio: string | null;
  /** Most that rounding can make. */
  readonly tolerance: string;
  /** Rows with the usage, and those with the cost: the same rows where one file has both. */
  readonly usageRows: number;
  readonly costRows: number;
  readonly verdict: PriceLineVerdict;
  /** What reproduces the stated cost, as a predicate of it: `equals ...`; null where nothing that is known does. */
  readonly hint: string | null;
}

export interface UnpricedSku {
  readonly sku: string;
  readonly rows: number;
  readonly reason: string;
}

/** A file of the account that has a part in a check. */
export interface PriceFile {
  /** As in `StoredFile`. */
  readonly id: number;
  readonly file: string;
  /** Its rows state costs; its rows state quantities. */
  readonly costs: boolean;
  readonly quantities: boolean;
}

/** Stated costs against prices. */
export interface PriceCheckView {
  readonly currency: string;
  readonly listName: string;
  /** Files that were compared. */
  readonly files: readonly string[];
  /** Days that two files both cover; null where one file has both sides, or there is no such day. */
  readonly days: { readonly from: string; readonly to: string } | null;
  /** Rows that were compared. */
  readonly rows: number;
  readonly stated: string;
  readonly priced: string;
  readonly difference: string;
  /** Models and days by what was found. */
  readonly verdicts: Readonly<Record<PriceLineVerdict, number>>;
  /** Of the models and days that differ. */
  readonly disagreements: {
    readonly rows: number;
    readonly stated: string;
    readonly priced: string;
    readonly difference: string;
  };
  /** Rows that state a cost of zero for what has a price, and that price. */
  readonly complimentary: { readonly rows: number; readonly priced: string };
  /** Sum of the differences that rounding explains. */
  readonly rounding: string;
  readonly withoutCost: number;
  readonly withoutQuantity: number;
  /** Rows of days that only one of two files covers. */
  readonly outside: { readonly usageRows: number; readonly costRows: number };
  readonly unpriced: { readonly rows: number; readonly skus: readonly UnpricedSku[]; readonly skuCount: number };
  /** What is not equal: disagreements first, the largest before the others; the first thousand. */
  readonly lines: readonly PriceDifferenceRow[];
  readonly notes: readonly string[];
  /** These lines as formula-safe CSV. */
  readonly csv: string;
}

export interface PricesApi {
  /** The list in force: the user's own over the published one. */
  priceList(request: Record<string, never>): Promise<PriceListView>;
  /** Takes a text as the user's own list; the account keeps it. */
  setPriceList(request: { readonly name: string; readonly text: string }): Promise<PricesChanged>;
  /** Writes the prices of one SKU into the user's own list; null takes them out of it, none says that it has no price. */
  setPrices(request: {
    readonly sku: string;
    /** In which the entries are. */
    readonly currency: string;
    readonly entries: readonly DraftEntry[] | null;
  }): Promise<PricesChanged>;
  /** Lets go of the user's own list. */
  resetPriceList(request: Record<string, never>): Promise<PricesChanged>;
  /** Files of the account that a check can be about. */
  priceFiles(request: Record<string, never>): Promise<readonly PriceFile[]>;
  /** Prices all usage of the account that states both cost and quantities; null where there is none. */
  checkPrices(request: Record<string, never>): Promise<PriceCheckView | null>;
  /** Prices the usage of one file and compares it with the costs of another. */
  comparePrices(request: { readonly usage: number; readonly costs: number }): Promise<PriceCheckView>;
}
