/** What the account's tables are narrowed to: the words of each, and the rows that have them all. */
import type { TableName } from '../../../shared/contract/engine.ts';
import { Cancelled, type PendingCall } from '../../../shared/contract/rpc.ts';
import type { FilterWord, RowOf } from '../../../shared/contract/tableFilter.ts';
import { localeForms } from '../../ui/displayLocale.ts';
import { NO_PAGES, createPager, type Pager, type Pages } from '../../ui/pages.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';
import { filterWords } from './words.ts';

export interface Narrowed {
  /** As it was typed. */
  readonly search: string;
  /** Places in the whole table, ascending; null while every row is listed. */
  readonly places: Uint32Array | null;
  readonly pages: Pages<RowOf[TableName]>;
  /** Share of the table that was looked at for words that were just typed; null where nothing is looked for. */
  readonly looked: number | null;
}

export interface TableFilterSlice {
  readonly narrowed: Readonly<Record<TableName, Narrowed>>;
  filterTable(table: TableName, search: string): void;
  narrowedNeed(table: TableName, first: number, last: number): void;
  /** The tables have other rows. @param sameAccount what was typed stays */
  filtersOpen(sameAccount: boolean): void;
}

export interface TableFilterDeps extends SliceDeps {
  /** Kinds of timeline rows that the screen calls by a word. */
  readonly eventsCalled: (word: string) => readonly string[];
}

const ALL: Narrowed = { search: '', places: null, pages: NO_PAGES, looked: null };
const TABLES: readonly TableName[] = ['timeline', 'lots', 'invoices', 'usage'];

export function createTableFilterSlice(
  set: SetSlice<TableFilterSlice>,
  get: GetSlice<TableFilterSlice>,
  { engine, failed, eventsCalled }: TableFilterDeps,
): TableFilterSlice {
  const put = (table: TableName, part: Partial<Narrowed>): void =>
    set(({ narrowed }) => ({ narrowed: { ...narrowed, [table]: { ...narrowed[table], ...part } } }));

  const pagerOf = (table: TableName): Pager<RowOf[TableName]> =>
    createPager({
      fetch: async ({ offset, limit }) => {
        const places = get().narrowed[table].places ?? new Uint32Array();
        const rows = await engine.rowsAt({ table, places: [...places.subarray(offset, offset + limit)] }).result;
        return { total: places.length, offset, rows };
      },
      read: () => get().narrowed[table].pages,
      write: (pages) => put(table, { pages }),
      failed,
    });
  const pagers = {
    timeline: pagerOf('timeline'),
    lots: pagerOf('lots'),
    invoices: pagerOf('invoices'),
    usage: pagerOf('usage'),
  };

  const asked = new Map<TableName, PendingCall<Uint32Array>>();
  const stop = (table: TableName): void => {
    asked.get(table)?.cancel();
    asked.delete(table);
  };
  const look = async (table: TableName, words: readonly FilterWord[]): Promise<void> => {
    const { months, fullMonths, weekdays } = localeForms();
    const call = engine.filterRows({ table, words, days: { months, fullMonths, weekdays } }, ({ done, total }) => {
      if (asked.get(table) === call) put(table, { looked: done / total });
    });
    asked.set(table, call);
    put(table, { looked: 0 });
    try {
      const places = await call.result;
      if (asked.get(table) !== call) return;
      put(table, { places, looked: null });
      pagers[table].reset(places.length);
      pagers[table].need(0, 0);
    } catch (error) {
      if (error instanceof Cancelled || asked.get(table) !== call) return;
      put(table, { looked: null });
      failed(error);
    }
  };

  const filter = (table: TableName, search: string): void => {
    stop(table);
    const words = filterWords(search, eventsCalled);
    if (words.length > 0) {
      put(table, { search });
      void look(table, words);
    } else put(table, { ...ALL, search });
  };

  return {
    narrowed: { timeline: ALL, lots: ALL, invoices: ALL, usage: ALL },
    filterTable: filter,
    narrowedNeed: (table, first, last) => pagers[table].need(first, last),
    filtersOpen: (sameAccount) => {
      for (const table of TABLES) {
        const { search } = get().narrowed[table];
        // rows of the tables that were are no rows of these
        put(table, { places: null, pages: NO_PAGES });
        if (search !== '') filter(table, sameAccount ? search : '');
      }
    },
  };
}

/** Where a row of the whole table stands among those that are listed; null where it does not. */
export function placeAmong(places: Uint32Array, row: number | null): number | null {
  if (row === null) return null;
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return places[low] === row ? low : null;
}
