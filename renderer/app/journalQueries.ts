/**
 * Queries that the browser keeps, on this computer: a question that is asked of one account is asked of the next one too.
 * Others are kept with their account.
 */
import type { SavedQuery } from '../../shared/contract/journal.ts';

const KEY = 'drawdown.queries';
const MOST = 200;

export function readQueries(storage: Pick<Storage, 'getItem'>): readonly SavedQuery[] {
  const kept = storage.getItem(KEY);
  if (kept === null) return [];
  try {
    const list: unknown = JSON.parse(kept);
    return Array.isArray(list) ? list.flatMap(queryOf) : [];
  } catch {
    // What another program wrote there is no query.
    return [];
  }
}

export function writeQueries(queries: readonly SavedQuery[], storage: Pick<Storage, 'setItem'>): void {
  storage.setItem(KEY, JSON.stringify(queries.slice(0, MOST)));
}

function queryOf(item: unknown): readonly SavedQuery[] {
  if (typeof item !== 'object' || item === null) return [];
  const { name, note, sql } = item as Record<string, unknown>;
  if (typeof name !== 'string' || name === '' || typeof sql !== 'string') return [];
  return [{ name, note: typeof note === 'string' ? note : '', sql }];
}
