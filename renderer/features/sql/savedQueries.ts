/** The user's own queries: named, replaced, taken out, and read from where they are kept. */
import type { SavedQuery } from '../../../shared/contract/journal.ts';

const LONGEST_NAME = 80;

/** Where a query is kept: with the account, so that it goes with the file, or on this computer for every account. */
export type QueryHome = 'account' | 'computer';

/** Why a query cannot have this name; null where it can. A name of one's own is taken over. */
export function nameProblem(name: string, shipped: readonly SavedQuery[]): string | null {
  const wanted = name.trim().toLowerCase();
  if (wanted === '') return 'Give the query a name';
  if (wanted.length > LONGEST_NAME) return `A name has at most ${LONGEST_NAME} letters`;
  return shipped.some((query) => query.name.toLowerCase() === wanted) ? 'A query of the app has this name' : null;
}

/** The queries with this one, in the order of their names. */
export function withQuery(queries: readonly SavedQuery[], query: SavedQuery): readonly SavedQuery[] {
  return [...withoutQuery(queries, query.name), query].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

export function withoutQuery(queries: readonly SavedQuery[], name: string): readonly SavedQuery[] {
  return queries.filter((query) => query.name.toLowerCase() !== name.toLowerCase());
}
