/**
 * Rows of a table that is fetched by the page: which pages a view needs, which rows are at hand. Holds a bounded number
 * of pages, so that scrolling through a million rows never makes a second copy of the ledger.
 */
import type { Page } from '../../shared/contract/engine.ts';

export const PAGE_ROWS = 200;
/** About 20 screens; the pages nearest to what is shown stay. */
const KEPT_PAGES = 40;

export interface Pages<T> {
  readonly total: number;
  readonly byNumber: ReadonlyMap<number, readonly T[]>;
}

export const NO_PAGES: Pages<never> = { total: 0, byNumber: new Map() };

export function rowAt<T>(pages: Pages<T>, index: number): T | undefined {
  return pages.byNumber.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
}

/** All rows at hand, page by page. */
export function* rowsAtHand<T>({ byNumber }: Pages<T>): Generator<T> {
  for (const rows of byNumber.values()) yield* rows;
}

/** Numbers of the pages that rows `first` to `last` need and that are not at hand. */
export function missingPages(pages: Pages<unknown>, first: number, last: number): number[] {
  const missing: number[] = [];
  const lastRow = Math.min(last, pages.total - 1);
  for (let page = Math.floor(Math.max(0, first) / PAGE_ROWS); page * PAGE_ROWS <= lastRow; page += 1) {
    if (!pages.byNumber.has(page)) missing.push(page);
  }
  return missing;
}

/** The pages with one more; the farthest from it go when there are too many. */
export function withPage<T>(pages: Pages<T>, answer: Page<T>): Pages<T> {
  const number = Math.floor(answer.offset / PAGE_ROWS);
  const byNumber = new Map(pages.byNumber);
  byNumber.set(number, answer.rows);
  while (byNumber.size > KEPT_PAGES) {
    let farthest = number;
    for (const page of byNumber.keys()) if (Math.abs(page - number) > Math.abs(farthest - number)) farthest = page;
    byNumber.delete(farthest);
  }
  return { total: answer.total, byNumber };
}

/** Rows at hand between two indexes, in order; those not at hand are left out. */
export function rowsBetween<T>(pages: Pages<T>, first: number, last: number): T[] {
  const rows: T[] = [];
  for (let index = first; index <= last; index += 1) {
    const row = rowAt(pages, index);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

/** Rows of the table that a slice keeps, and how to ask for more. */
export interface Pager<T> {
  /** Forgets the old table; `total` comes with the new view. */
  reset(total: number): void;
  /** The table is another one: what is shown of the old one stays until the new rows are there. */
  renew(): void;
  /** Asks for what rows `first` to `last` lack. */
  need(first: number, last: number): void;
  /** The row, asked for if it is not at hand. */
  row(index: number): Promise<T | undefined>;
}

/** Keeps `Pages` up to date through `read` and `write`; answers to questions about an older table are dropped. */
export function createPager<T>(options: {
  readonly fetch: (request: { offset: number; limit: number }) => Promise<Page<T>>;
  readonly read: () => Pages<T>;
  readonly write: (pages: Pages<T>) => void;
  readonly failed: (error: unknown) => void;
}): Pager<T> {
  const { fetch, read, write, failed } = options;
  let table = 0;
  let isOld = false;
  let inView: readonly [number, number] = [0, 0];
  let asked = new Map<number, Promise<void>>();
  const ask = (page: number): Promise<void> => {
    const underWay = asked.get(page);
    if (underWay !== undefined) return underWay;
    const of = table;
    const answer = fetch({ offset: page * PAGE_ROWS, limit: PAGE_ROWS }).then(
      (rows) => {
        if (of !== table) return;
        asked.delete(page);
        write(withPage(isOld ? NO_PAGES : read(), rows));
        isOld = false;
      },
      (error: unknown) => {
        if (of !== table) return;
        asked.delete(page);
        failed(error);
      },
    );
    asked.set(page, answer);
    return answer;
  };
  return {
    reset: (total) => {
      table += 1;
      isOld = false;
      asked = new Map();
      write({ total, byNumber: new Map() });
    },
    renew: () => {
      table += 1;
      isOld = true;
      asked = new Map();
      const [first, last] = inView;
      const { total } = read();
      const firstPage = Math.floor(Math.max(0, Math.min(first, total - 1)) / PAGE_ROWS);
      const lastPage = Math.max(firstPage, Math.floor(Math.min(last, total - 1) / PAGE_ROWS));
      for (let page = firstPage; page <= lastPage; page += 1) void ask(page);
    },
    need: (first, last) => {
      inView = [first, last];
      for (const page of missingPages(read(), first, last)) void ask(page);
    },
    row: async (index) => {
      const isAtHand = !isOld && rowAt(read(), index) !== undefined;
      if (!isAtHand && index >= 0 && (isOld || index < read().total)) await ask(Math.floor(index / PAGE_ROWS));
      return rowAt(read(), index);
    },
  };
}
