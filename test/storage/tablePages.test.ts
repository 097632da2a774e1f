/** Pages written from columns are a table that SQLite itself finds whole. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecordWriter } from '../../shared/storage/recordWriter.ts';
import { rowsOf, type Value } from '../../shared/storage/sqlite.ts';
import { FilePages, PAGE_SIZE, TablePages } from '../../shared/storage/tablePages.ts';
import { loadSql } from '../surroundings.ts';

type Cell = number | string | Uint8Array | null;
type Rows = readonly (readonly [Cell, Cell])[];

/** The rows as a table of pages, and in another table behind it the first of them again. */
async function throughSqlite(
  rows: Rows,
  firstRow = 1,
): Promise<{ check: Value[][]; rows: Value[][]; first: Value[][] }> {
  const SQL = await loadSql();
  const database = new SQL.Database();
  database.exec(
    `PRAGMA page_size = ${PAGE_SIZE}; CREATE TABLE before (x); INSERT INTO before VALUES (1);
     CREATE TABLE t (id INTEGER PRIMARY KEY, a, b); CREATE TABLE u (id INTEGER PRIMARY KEY, a, b)`,
  );
  const root = (name: string): number =>
    Number(rowsOf(database, 'SELECT rootpage FROM sqlite_schema WHERE name = ?', [name])[0]![0]);
  const pages = new FilePages(database.export());
  writeRows(new TablePages(pages, root('t')), rows, firstRow);
  writeRows(new TablePages(pages, root('u')), rows.slice(0, 1), 7);
  const whole = new SQL.Database(pages.bytes());
  try {
    return {
      check: rowsOf(whole, 'PRAGMA integrity_check'),
      rows: rowsOf(whole, 'SELECT id, a, b FROM t').map((row) => row.map(exact)),
      first: rowsOf(whole, 'SELECT id, a, b FROM u').map((row) => row.map(exact)),
    };
  } finally {
    whole.close();
    database.close();
  }
}

function writeRows(table: TablePages, rows: Rows, firstRow: number): void {
  const record = new RecordWriter();
  for (const [index, cells] of rows.entries()) {
    record.begin();
    record.null();
    for (const cell of cells) {
      if (cell === null) record.null();
      else if (typeof cell === 'number') record.integer(cell);
      else if (cell instanceof Uint8Array) record.blob(cell);
      else {
        const bytes = new TextEncoder().encode(cell);
        record.text(bytes, 0, bytes.length);
      }
    }
    table.add(firstRow + index, record);
  }
  table.finish();
}

/** What SQLite gives for a value; a blob as text, which is compared a thousand times faster than an array. */
const exact = (cell: Cell | Value): Value =>
  typeof cell === 'number' ? BigInt(cell) : cell instanceof Uint8Array ? Buffer.from(cell).toString('latin1') : cell;

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
  fc.uint8Array({ maxLength: 300 }),
);

/** A blob in which every place is recognisable. */
function blob(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
}

test('rows of any values come back as they went in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cells, cells), { maxLength: 400 }),
      fc.constantFrom(1, 120, 16_300, 2 ** 40),
      async (rows, firstRow) => {
        const { check, rows: read, first } = await throughSqlite(rows, firstRow);
        expect(check).toEqual([['ok']]);
        expect(read).toEqual(rows.map(([a, b], index) => [BigInt(firstRow + index), exact(a), exact(b)]));
        expect(first).toEqual(rows.slice(0, 1).map(([a, b]) => [7n, exact(a), exact(b)]));
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
});

// around the longest record of a leaf (32,733 bytes), the least of a longer one, and whole overflow pages (32,764)
const LENGTHS = [
  ...[32_720, 32_726, 32_727, 32_728, 32_729, 32_730, 36_800, 36_840, 36_847, 36_848, 36_849],
  ...[65_480, 65_490, 65_491, 65_492, 65_500, 69_610, 69_613, 98_250, 250_000, 1_000_000],
];

test.each(LENGTHS)('a blob of %i bytes between rows that stand in the leaf', async (length) => {
  const rows: [Cell, Cell][] = [
    [1, 'before'],
    [2, blob(length)],
    [3, 'x'.repeat(length)],
    [4, 'after'],
  ];
  const { check, rows: read } = await throughSqlite(rows);
  expect(check).toEqual([['ok']]);
  expect(read).toEqual(rows.map(([a, b], index) => [BigInt(index + 1), exact(a), exact(b)]));
});

test('records that run over into pages of their own, of any lengths', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 120_000 }), { maxLength: 12 }), async (lengths) => {
      const { check, rows: read } = await throughSqlite(lengths.map((length) => [length, blob(length)]));
      expect(check).toEqual([['ok']]);
      expect(read.map(([, , bytes]) => bytes)).toEqual(lengths.map((length) => exact(blob(length))));
    }),
    { numRuns: 15 },
  );
});
