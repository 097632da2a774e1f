/** Tables and columns of the workspace's database, read from the database itself, each with its line of explanation. */
import type { SqlTable } from '../contract/journal.ts';
import { EXACT_SUM } from '../storage/query.ts';
import { rowsOf, type Database } from '../storage/sqlite.ts';
import { COLUMN_NOTES, TABLE_NOTES } from './sqlNotes.ts';

const FUNCTIONS: readonly SqlTable[] = [
  {
    name: `${EXACT_SUM}(amount)`,
    kind: 'function',
    note: 'Exact sum of decimal text; NULLs are left out.',
    columns: [],
  },
];

/** The views that this app explains first, then the tables they are made of. */
export function outlineOf(database: Database): SqlTable[] {
  const tables = new Map<string, { kind: 'view' | 'table'; columns: { name: string; type: string; note: string }[] }>();
  const sql =
    "SELECT s.name, s.type, c.name, c.type FROM sqlite_schema s JOIN pragma_table_xinfo(s.name) c WHERE s.type IN ('table', 'view') ORDER BY s.name, c.cid";
  for (const [table, kind, column, type] of rowsOf(database, sql)) {
    const [of, name] = [String(table), String(column)];
    const held = tables.get(of) ?? { kind: kind === 'view' ? 'view' : 'table', columns: [] };
    held.columns.push({ name, type: typeOf(name, String(type)), note: noteOf(of, name) });
    tables.set(of, held);
  }
  const known = Object.keys(TABLE_NOTES);
  const place = (name: string): number => (known.includes(name) ? known.indexOf(name) : known.length);
  const listed = [...tables].map(([name, of]): SqlTable => ({ name, note: TABLE_NOTES[name] ?? '', ...of }));
  return [...listed.sort((a, b) => place(a.name) - place(b.name)), ...FUNCTIONS];
}

/** SQLite knows no type of what a view works out: instants and amounts as text. */
function typeOf(column: string, declared: string): string {
  if (declared !== '') return declared.toLowerCase();
  return /(?:^|_)(?:at|from|to|until)$/.test(column) ? 'instant as text' : 'decimal as text';
}

function noteOf(table: string, column: string): string {
  const note = COLUMN_NOTES[`${table}.${column}`] ?? COLUMN_NOTES[column];
  if (note !== undefined) return note;
  const words = column.replace(/_(?:ms|whole|pico)$/, '').replaceAll('_', ' ');
  if (column.endsWith('_ms')) return `${words}: milliseconds since 1970-01-01T00:00:00Z`;
  if (column.endsWith('_whole')) return `${words}: whole units, of the sign of the amount`;
  if (column.endsWith('_pico')) return `${words}: 10^-12 parts of a unit beside the whole ones`;
  return words;
}
