/**
 * What a workspace has that an earlier one, its base, has not: a workspace file of its own in which the sources that both
 * share are left out, with a table that says where each source is. It says nothing without its base.
 */
import type { Progress } from '../contract/rpc.ts';
import { noRows } from '../domain/usage.ts';
import type { StoredSource } from './source.ts';
import { insertObjects, rowsOf, type Database, type SqlJsStatic } from './sqlite.ts';
import { openForReading, readWorkspace, writeWorkspace, WorkspaceError, type Workspace } from './workspace.ts';

/** Where a source of the workspace is: in the base, in this file, or its rows and text there and all else here. */
interface Place {
  readonly base: number | null;
  readonly own: number | null;
}

type Sources = readonly StoredSource[];

const TABLE = `CREATE TABLE copied_source (
  position INTEGER PRIMARY KEY,
  base INTEGER,
  own INTEGER,
  CHECK (base IS NOT NULL OR own IS NOT NULL)
) STRICT`;

/** @param base the sources of the base: what the workspace shares with it are the same objects */
export function* writeChanges(SQL: SqlJsStatic, workspace: Workspace, base: Sources): Generator<Progress, Uint8Array> {
  const { places, own } = placesOf(workspace.sources, base);
  return yield* writeWorkspace(SQL, { ...workspace, sources: own }, null, (database) => {
    database.exec(TABLE);
    insertObjects(database, 'copied_source', ['position', 'base', 'own'], places, (place, position) => [
      ...[position, place.base, place.own],
    ]);
  });
}

/** How much the changes would hold that is not small: rows of usage, and bytes of packed text. */
export function weightOf(sources: Sources, base: Sources): { readonly rows: number; readonly bytes: number } {
  const { own } = placesOf(sources, base);
  const pieces = own.flatMap(({ text }) => text?.pieces ?? []);
  return {
    rows: own.reduce((sum, { batch, statement }) => sum + batch.count + (statement?.lines.length ?? 0), 0),
    bytes: pieces.reduce((sum, { deflated }) => sum + deflated.length, 0),
  };
}

/** The workspace that was written so. @throws WorkspaceError where the bytes are no changes of this base */
export function* readChanges(SQL: SqlJsStatic, bytes: Uint8Array, base: Sources): Generator<Progress, Workspace> {
  const { sources: own, ...workspace } = yield* readWorkspace(SQL, bytes);
  const sources = readPlaces(SQL, bytes).map((place): StoredSource => {
    const inBase = place.base === null ? null : base[place.base];
    const here = place.own === null ? null : own[place.own];
    if (inBase === undefined || here === undefined) throw new WorkspaceError('this copy does not belong to its base');
    if (here === null) return inBase!;
    return inBase === null ? here : { ...here, batch: inBase.batch, text: inBase.text };
  });
  return { ...workspace, sources };
}

function placesOf(sources: Sources, base: Sources): { readonly places: readonly Place[]; readonly own: Sources } {
  const own: StoredSource[] = [];
  const places = sources.map((source): Place => {
    const same = base.indexOf(source);
    if (same >= 0) return { base: same, own: null };
    const rows = base.findIndex(({ batch, text }) => batch === source.batch && text === source.text);
    own.push(rows < 0 ? source : { ...source, batch: noRows(source.batch.source), text: null });
    return { base: rows < 0 ? null : rows, own: own.length - 1 };
  });
  return { places, own };
}

function readPlaces(SQL: SqlJsStatic, bytes: Uint8Array): readonly Place[] {
  const database: Database = openForReading(SQL, bytes);
  try {
    const index = (value: unknown): number | null => (value === null ? null : Number(value));
    return rowsOf(database, 'SELECT base, own FROM copied_source ORDER BY position').map(([inBase, own]) => ({
      ...{ base: index(inBase), own: index(own) },
    }));
  } finally {
    database.close();
  }
}
