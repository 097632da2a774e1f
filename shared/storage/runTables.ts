/** The results of a run as they stand in two workspaces: the first row of each table that is another. */
import { openForReading } from './workspace.ts';
import { rowsOf, type Database, type SqlJsStatic, type Value } from './sqlite.ts';

/** Tables that a run alone fills, with the column that numbers their rows. */
const TABLES: Readonly<Record<string, string>> = {
  run: 'one',
  rejected_usage: 'reason',
  timeline_record: 'record_id',
  lot: 'lot_id',
  usage_span: 'span_id',
  journal_entry: 'entry_id',
  invoice: 'invoice_id',
  invoice_figure: 'rowid',
  invoice_line: 'rowid',
};

export interface OtherRow {
  readonly table: string;
  /** Its number, from 1 in the order of the table. */
  readonly row: number;
}

/** @throws WorkspaceError where one of the files is none */
export function otherResults(SQL: SqlJsStatic, one: Uint8Array, other: Uint8Array): readonly OtherRow[] {
  const [before, now] = [openForReading(SQL, one), openForReading(SQL, other)];
  try {
    return Object.entries(TABLES).flatMap(([table, key]) => firstOther(before, now, table, key));
  } finally {
    before.close();
    now.close();
  }
}

function firstOther(before: Database, now: Database, table: string, key: string): OtherRow[] {
  const rows = (database: Database): Value[][] => rowsOf(database, `SELECT * FROM ${table} ORDER BY ${key}`);
  const [kept, made] = [rows(before), rows(now)];
  const length = Math.max(kept.length, made.length);
  for (let row = 0; row < length; row++) {
    const [a = [], b = []] = [kept[row], made[row]];
    if (a.length !== b.length || a.some((value, column) => value !== b[column])) return [{ table, row: row + 1 }];
  }
  return [];
}
