/** Rows of a table that have all of some words, and rows by their places in the table. */
import type { InvoiceRow, LotRow, TableName, TimelineRow, UsageRow } from './engine.ts';
import type { CallContext } from './rpc.ts';

/** One of the words that a row must have all of. */
export interface FilterWord {
  /** In lower case; a figure with a point before its fraction and nothing between its groups. */
  readonly text: string;
  /** Timeline rows that the screen calls by it: `type/kind`, `type/` where there is no kind. */
  readonly events: readonly string[];
}

/** Days as they stand on the screen. */
export interface DayNames {
  /** Short and full names, January first. */
  readonly months: readonly string[];
  readonly fullMonths: readonly string[];
  /** Sunday first. */
  readonly weekdays: readonly string[];
}

export interface FilterRequest {
  readonly table: TableName;
  readonly words: readonly FilterWord[];
  readonly days: DayNames;
}

export type RowOf = { timeline: TimelineRow; lots: LotRow; invoices: InvoiceRow; usage: UsageRow };

export interface TableFilterApi {
  /** Places in the whole table, ascending, of the rows that have all words. */
  filterRows(request: FilterRequest, context: CallContext): Promise<Uint32Array>;
  /** The rows at these places. */
  rowsAt(
    request: { readonly table: TableName; readonly places: readonly number[] },
    context: CallContext,
  ): Promise<readonly RowOf[TableName][]>;
}
