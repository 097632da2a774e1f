/**
 * Lists of a reconciled month, read by the page: its groups as lines, and what is not matched yet. However many there are,
 * what goes to the page is what is in view.
 */
import type { Page } from './engine.ts';
import type { ReconGroup, ReconItem } from './reconcile.ts';
import type { ReconMonth } from './rollForward.ts';
import type { CallContext } from './rpc.ts';

/** A title for each section, and as many lines for a group as its fullest side has items. */
export type GroupLine =
  | { readonly kind: 'section'; readonly section: ReconGroup['section']; readonly count: number }
  | {
      readonly kind: 'group';
      readonly group: ReconGroup;
      /** Which of its items each side shows on this line. */
      readonly at: number;
      /** Lines of the group. */
      readonly height: number;
    };

export interface GroupFilter {
  /** Of the bridge, whose groups alone are listed; null: all. */
  readonly step: string | null;
  /** Words that a group's items or its state have; empty: any. */
  readonly search: string;
}

export type Pane = 'bank' | 'other';

/**
 * What is not matched yet: a bank line, or what it may be payment of. A document and the purchase that it is surely of are
 * one, so that nothing is counted twice.
 */
export interface OpenLine {
  readonly id: string;
  readonly pane: Pane;
  readonly group: string;
  /** All that are matched with it; the first is what it is shown as. */
  readonly items: readonly ReconItem[];
  /** What counts in the running sum, in the account's currency; null where it is stated in another one alone. */
  readonly amount: string | null;
}

/** What a line may belong to. */
export interface Suggestion {
  /** Lines of the other pane. */
  readonly lines: readonly OpenLine[];
  readonly reasons: readonly string[];
}

export interface ReconListsApi {
  /** To decide, matched, ignored, each by date. */
  reconGroups(
    request: {
      readonly period: ReconMonth;
      readonly filter: GroupFilter;
      readonly offset: number;
      readonly limit: number;
    },
    context: CallContext,
  ): Promise<Page<GroupLine>>;
  /** The first line of a group; null where the filter leaves it out. */
  reconGroupLine(
    request: { readonly period: ReconMonth; readonly filter: GroupFilter; readonly group: string },
    context: CallContext,
  ): Promise<number | null>;
  /** A group, and the items that are its candidates; null where it is not there any more. */
  reconGroup(
    request: { readonly period: ReconMonth; readonly group: string },
    context: CallContext,
  ): Promise<{ readonly group: ReconGroup; readonly candidates: readonly ReconItem[] } | null>;
  /** Lines of one pane by date, of which all words say something. */
  reconOpen(
    request: {
      readonly period: ReconMonth;
      readonly pane: Pane;
      readonly search: string;
      readonly offset: number;
      readonly limit: number;
    },
    context: CallContext,
  ): Promise<Page<OpenLine>>;
  /** Where the line of an item stands; null where it is matched or the words leave it out. */
  reconOpenPlace(
    request: { readonly period: ReconMonth; readonly pane: Pane; readonly search: string; readonly line: string },
    context: CallContext,
  ): Promise<number | null>;
  /** The matching's own suggestions, then lines of the same amount. */
  reconSuggestions(
    request: { readonly period: ReconMonth; readonly line: string },
    context: CallContext,
  ): Promise<readonly Suggestion[]>;
}
