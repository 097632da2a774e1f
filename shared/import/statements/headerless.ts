/**
 * Tables of bookings without a header: every row has a date in one column and an amount in another. What the columns are
 * shows in what they hold; they are numbered for the user, who may say otherwise.
 */
import { mappedHeader, type BankHeader, type BankRole } from './bankColumns.ts';
import { readDate } from './dates.ts';
import { readFigure } from './numbers.ts';
import type { Source } from './source.ts';
import { rowsWithoutHeader, type Row } from './table.ts';

export interface HeaderlessTable {
  readonly header: BankHeader;
  readonly names: readonly string[];
  readonly before: readonly Row[];
  readonly rows: readonly Row[];
}

/** Fewer rows show too little. */
const FEWEST_ROWS = 2;
const WIDEST = 24;

/** Null where the rows do not all have a date and an amount in the same columns. */
export function headerlessTable(source: Source): HeaderlessTable | null {
  let found: ReadonlyMap<BankRole, number> | null = null;
  const rows = rowsWithoutHeader(source, (head) => {
    found = columnsOf(head);
    return found !== null;
  });
  const columns = found as ReadonlyMap<BankRole, number> | null;
  const width = rows?.[0]?.cells.length ?? 0;
  if (rows === null || columns === null || !rows.every(({ cells }) => cells.length === width)) return null;
  const names = Array.from({ length: width }, (_, column) => `Column ${column + 1}`);
  const chosen = Object.fromEntries([...columns].map(([role, column]) => [role, names[column] ?? '']));
  return { header: mappedHeader(names, [], { ...chosen, ...source.options.columns }), names, before: [], rows };
}

function columnsOf(rows: readonly Row[]): ReadonlyMap<BankRole, number> | null {
  const width = rows[0]?.cells.length ?? 0;
  if (rows.length < FEWEST_ROWS || width < 3 || width > WIDEST) return null;
  if (!rows.every(({ cells }) => cells.length === width)) return null;
  const texts = Array.from({ length: width }, (_, column) => rows.map(({ cells }) => cells[column] ?? ''));
  const dates = indexesOf(texts, (column) => column.every((text) => readDate(text, null) !== 'invalid'));
  const amounts = indexesOf(texts, (column) => column.every(isAmount) && column.some((text) => /[.,]\d/.test(text)));
  const [date, valueDate] = dates;
  const [amount, balance, ...more] = amounts;
  // a third column of figures could be anything
  if (date === undefined || amount === undefined || more.length > 0) return null;
  const letters = texts.map((column) => column.reduce((sum, text) => sum + text.replace(/\P{Letter}/gu, '').length, 0));
  const description = letters.indexOf(Math.max(...letters));
  return new Map<BankRole, number>([
    ['date', date],
    ...(valueDate === undefined ? [] : [['valueDate', valueDate] as const]),
    ['amount', amount],
    ...(balance === undefined ? [] : [['balance', balance] as const]),
    ...((letters[description] ?? 0) > 0 ? [['description', description] as const] : []),
  ]);
}

function isAmount(text: string): boolean {
  const figure = readFigure(text, 'auto');
  return typeof figure !== 'string' || figure === 'ambiguous';
}

function indexesOf(
  columns: readonly (readonly string[])[],
  fits: (column: readonly string[]) => boolean,
): readonly number[] {
  return columns.flatMap((column, index) => (fits(column) ? [index] : []));
}
