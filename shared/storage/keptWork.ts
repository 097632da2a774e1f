/** What a user keeps with an account, to tables and back: variants and queries, in the order in which they are kept. */
import type { KeptWork } from '../contract/kept.ts';
import { insertObjects, rowsOf, type Database } from './sqlite.ts';

export function writeKeptWork(database: Database, { variants, queries }: KeptWork): void {
  insertObjects(database, 'variant', ['variant_id', 'id', 'name', 'set_values', 'hold'], variants, (variant, index) => [
    ...[index, variant.id, variant.name, JSON.stringify(variant.set), JSON.stringify(variant.hold ?? [])],
  ]);
  insertObjects(database, 'saved_query', ['query_id', 'name', 'note', 'sql'], queries, ({ name, note, sql }, index) => [
    ...[index, name, note, sql],
  ]);
}

/** As it stands in the file: what another program wrote there is checked by who takes it. */
export function readKeptWork(database: Database): KeptWork {
  return {
    variants: rowsOf(database, 'SELECT id, name, set_values, hold FROM variant ORDER BY variant_id').map(
      ([id, name, set, hold]) => ({
        ...{ id: String(id), name: String(name) },
        ...{ set: JSON.parse(String(set)) as Record<string, string>, hold: JSON.parse(String(hold)) as string[] },
      }),
    ),
    queries: rowsOf(database, 'SELECT name, note, sql FROM saved_query ORDER BY query_id').map(([name, note, sql]) => ({
      ...{ name: String(name), note: String(note), sql: String(sql) },
    })),
  };
}
