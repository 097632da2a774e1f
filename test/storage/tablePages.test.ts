/** Pages written from columns are a table that SQLite itself finds whole. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsOf, type Value } from '../../shared/storage/sqlite.ts';
import { PAGE_SIZE, RecordWriter, TablePages } from '../../shared/storage/tablePages.ts';
import { loadSql } from '../surroundings.ts';

type Cell = number | string | null;

async function throughSqlite(
  rows: readonly (readonly [Cell, Cell])[],
  firstRow = 1,
): Promise<{ check: Value[][]; rows: Value[][] }> {
  const SQL = await loadSql();
  const database = new SQL.Database();
  database.exec(
    `PRAGMA page_size = ${PAGE_SIZE}; CREATE TABLE before (x); INSERT INTO before VALUES (1); CREATE TABLE t (id INTEGER PRIMARY KEY, a, b)`,
  );
  const root = Number(rowsOf(database, "SELECT rootpage FROM sqlite_schema WHERE name = 't'")[0]![0]);
  const file = database.export();
  const pages = new TablePages(file.length / PAGE_SIZE);
  const record = new RecordWriter();
  for (const [index, cells] of rows.entries()) {
    record.begin();
    record.null();
    for (const cell of cells) {
      if (cell === null) record.null();
      else if (typeof cell === 'number') record.integer(cell);
      else {
        const bytes = new TextEncoder().encode(cell);
        record.text(bytes, 0, bytes.length);
      }
    }
    pages.add(firstRow + index, record);
  }
  const whole = new SQL.Database(pages.appendTo(file, root));
  try {
    return { check: rowsOf(whole, 'PRAGMA integrity_check'), rows: rowsOf(whole, 'SELECT id, a, b FROM t') };
  } finally {
    whole.close();
    database.close();
  }
}

const exact = (cell: Cell): Value => (typeof cell === 'number' ? BigInt(cell) : cell);

const cells: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.constantFrom(
    0,
    1,
    -1,
    127,
    128,
    -128,
    -129,
    32_767,
    32_768,
    8_388_607,
    8_388_608,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 47 - 1,
    2 ** 47,
    -(2 ** 47) - 1,
  ),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);

test('rows of any values come back as they went in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cells, cells), { maxLength: 400 }),
      fc.constantFrom(1, 120, 16_300, 2 ** 40),
      async (rows, firstRow) => {
        const { check, rows: read } = await throughSqlite(rows, firstRow);
        expect(check).toEqual([['ok']]);
        expect(read).toEqual(rows.map(([a, b], index) => [BigInt(firstRow + index), exact(a), exact(b)]));
      },
    ),
    { numRuns: 40 },
  );
});

test.each([0, 1, 3, 4, 5, 600, 601])('%i rows', async (count) => {
  const rows = Array.from({ length: count }, (_, index): [Cell, Cell] => [index, 'x'.repeat(7_900)]);
  const { check, rows: read } = await throughSqlite(rows);
  expect(check).toEqual([['ok']]);
  expect(read).toHaveLength(count);
});

test('a tree of three levels', async () => {
  // four rows a leaf, some 3,600 leaves an interior page
  const text = 'y'.repeat(7_900);
  const rows = Array.from({ length: 16_000 }, (_, index): [Cell, Cell] => [index, text]);
  const { check, rows: read } = await throughSqlite(rows);
  expect(check).toEqual([['ok']]);
  expect(read.map(([id]) => id)).toEqual(rows.map((_, index) => BigInt(index + 1)));
}, 60_000);

test('a text that a row cannot hold is refused', () => {
  const record = new RecordWriter();
  record.begin();
  expect(() => record.text(new Uint8Array(20_000), 0, 20_000)).toThrow(RangeError);
});
