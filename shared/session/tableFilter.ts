/** The rows of a whole table that have all words: looked for in steps, since a table may have a million rows. */
import type { Page } from '../contract/engine.ts';
import type { FilterRequest, FilterWord, RowOf } from '../contract/tableFilter.ts';
import type { Account } from './account.ts';
import type { Steps } from './inPieces.ts';
import { invoiceText, lotText, timelineText, type Writing } from './rowWords.ts';
import { invoicesPage, lotsPage, timelinePage, usagePage } from './tables.ts';
import { usageTest, type RowTest } from './usageWords.ts';

type Table = keyof RowOf;

/** Rows that are made at once; a look at the clock is due after them. */
const ROWS_A_STEP = 200;

/** Places of the rows, ascending. */
export function* filterSteps(account: Account, { table, words, days }: FilterRequest): Steps<Uint32Array> {
  const { minorDigits, zone } = account.run.input;
  const writing: Writing = { digits: minorDigits, zone, names: days };
  const total = rowsOf(account, table, { offset: 0, limit: 0 }).total;
  const has = table === 'usage' ? usageTest(account, words, writing) : textTest(account, table, words, writing);
  const found = new Uint32Array(total);
  let count = 0;
  for (let row = 0; row < total; row += 1) {
    if (has(row)) found[count++] = row;
    if (row % ROWS_A_STEP === 0) yield { what: 'Filtering', done: row, total };
  }
  return found.slice(0, count);
}

/** The rows at these places, each made by itself. */
export function rowsAt(account: Account, table: Table, places: readonly number[]): readonly RowOf[Table][] {
  return places.flatMap((offset) => rowsOf(account, table, { offset, limit: 1 }).rows);
}

function rowsOf(account: Account, table: Table, window: { offset: number; limit: number }): Page<RowOf[Table]> {
  switch (table) {
    case 'timeline':
      return timelinePage(account, window);
    case 'lots':
      return lotsPage(account, window);
    case 'invoices':
      return invoicesPage(account, window);
    case 'usage':
      return usagePage(account, window);
  }
}

function textTest(
  account: Account,
  table: Exclude<Table, 'usage'>,
  words: readonly FilterWord[],
  writing: Writing,
): RowTest {
  const every = (text: string, event = ''): boolean =>
    words.every((word) => text.includes(word.text) || word.events.includes(event));
  const one = <T>({ rows }: Page<T>): T => rows[0]!;
  switch (table) {
    case 'timeline':
      return (offset) => {
        const row = one(timelinePage(account, { offset, limit: 1 }));
        return every(timelineText(row, writing), `${row.type}/${row.kind ?? ''}`);
      };
    case 'lots':
      return (offset) => every(lotText(one(lotsPage(account, { offset, limit: 1 })), writing));
    case 'invoices':
      return (offset) => every(invoiceText(one(invoicesPage(account, { offset, limit: 1 })), writing));
  }
}
