/** Whatever imports bring is in the workspace, exactly, and plain SQL sees it. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decimalAt, noRows, type UsageBatch } from '../../shared/domain/usage.ts';
import { ATOMS_PER_UNIT } from '../../shared/domain/money.ts';
import { plainLine, type Statement } from '../../shared/domain/statement.ts';
import { atOnce } from '../../shared/session/inPieces.ts';
import type { StoredSource } from '../../shared/storage/source.ts';
import { rowsOf, type Database, type SqlJsStatic } from '../../shared/storage/sqlite.ts';
import { readWorkspace, WorkspaceError, writeWorkspace } from '../../shared/storage/workspace.ts';
import { loadSql } from '../surroundings.ts';
import { source, sourceOf, workspaceOf } from './sourceArbitrary.ts';

let SQL: SqlJsStatic;
beforeAll(async () => {
  SQL = await loadSql();
});

/** Rows by what they say; how names are numbered and which columns are left out because no row has a value is free. */
function rowsAsSaid({ count, at, until, sku, cost, meters, project, key, ids, line }: UsageBatch): unknown[] {
  return Array.from({ length: count }, (_, row) => ({
    ...{ at: at[row], until: until?.[row] ?? 0, sku: sku.names[sku.codes[row]!], cost: decimalAt(cost, row) },
    meters: Object.fromEntries(
      [...meters]
        .map(([name, column]) => [name, decimalAt(column, row)] as const)
        .filter(([, quantity]) => quantity !== null)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    ...{ project: project?.names[project.codes[row]!] ?? '', key: key?.names[key.codes[row]!] ?? '' },
    id: ids === null ? '' : Buffer.from(ids.bytes.subarray(ids.ends[row - 1] ?? 0, ids.ends[row])).toString('latin1'),
    line: line?.[row] ?? null,
  }));
}

const asSaid = (sources: readonly StoredSource[]): unknown[] =>
  sources.map(({ batch, ...rest }) => ({ ...rest, source: batch.source, rows: rowsAsSaid(batch) }));

function inspect<T>(bytes: Uint8Array, look: (database: Database) => T): T {
  const database = new SQL.Database(bytes);
  try {
    return look(database);
  } finally {
    database.close();
  }
}

test('everything read back equals what was written, and SQLite finds the file whole', () => {
  fc.assert(
    fc.property(fc.array(source, { maxLength: 4 }), fc.option(fc.string()), (sources, priceList) => {
      const bytes = atOnce(writeWorkspace(SQL, ...workspaceOf(sources, priceList)));
      const { sources: read, ...others } = atOnce(readWorkspace(SQL, bytes));
      expect({ ...others, sources }).toEqual(workspaceOf(sources, priceList)[0]);
      expect(asSaid(read)).toEqual(asSaid(sources));
      expect(inspect(bytes, (database) => rowsOf(database, 'PRAGMA integrity_check'))).toEqual([['ok']]);
      expect(inspect(bytes, (database) => rowsOf(database, 'PRAGMA foreign_key_check'))).toEqual([]);
      // what was read is the same in every byte from then on
      const again = atOnce(writeWorkspace(SQL, ...workspaceOf(read)));
      const more = atOnce(writeWorkspace(SQL, ...workspaceOf(atOnce(readWorkspace(SQL, again)).sources)));
      expect(Buffer.compare(again, more)).toBe(0);
    }),
    { numRuns: 40 },
  );
});

const STATEMENT: Statement = {
  ...{ account: 'DE12', currency: 'EUR', opening: 100n * ATOMS_PER_UNIT, closing: 60n * ATOMS_PER_UNIT },
  lines: [
    plainLine({
      ...{ date: '2026-10-01', amount: 2n * 10n ** 15n * ATOMS_PER_UNIT + 1n, currency: 'EUR', line: 2, raw: 'a;b' },
      ...{ description: 'fee', original: { amount: -3n, currency: 'USD' }, balance: -1n },
    }),
    plainLine({
      ...{ date: '2026-10-02', amount: -(2n * 10n ** 15n) * ATOMS_PER_UNIT + 999_999_999_999n, currency: 'EUR' },
      ...{ description: 'back', line: 3, raw: 'c;d' },
    }),
  ],
  ...{ balances: [], grants: [], tie: null },
};

const HOUR: UsageBatch = {
  ...noRows('u.csv'),
  ...{ count: 1, at: Float64Array.of(0), until: Float64Array.of(3_600_000), line: Uint32Array.of(9) },
  ...{ sku: { codes: Uint32Array.of(0), names: ['x'] }, cost: { whole: Float64Array.of(1), pico: null } },
};

const FILES = [
  sourceOf('bank.csv', {
    statement: STATEMENT,
    text: { pieces: [{ line: 1, offset: 0, deflated: Uint8Array.of(3, 0) }] },
  }),
  sourceOf('u.csv', { batch: HOUR, adjustments: [{ at: 5, amount: -1n, id: 'x1', source: 'u.csv', line: 4 }] }),
];

describe('plain SQL', () => {
  const select = (sql: string): unknown[] =>
    inspect(atOnce(writeWorkspace(SQL, ...workspaceOf(FILES))), (database) => rowsOf(database, sql));

  test('sums of a statement are exact, and its lines are decimal text', () => {
    const [[whole, pico]] = select('SELECT sum(amount_whole), sum(amount_pico) FROM statement_line') as [
      [bigint, bigint],
    ];
    expect(whole * ATOMS_PER_UNIT + pico).toBe(STATEMENT.lines.reduce((sum, { amount }) => sum + amount, 0n));
    expect(
      select(
        'SELECT file, line, booked_on, amount, original, original_currency, balance, fee, raw FROM statement_lines',
      ),
    ).toEqual([
      ...[
        [
          'bank.csv',
          2n,
          '2026-10-01',
          '2000000000000000.000000000001',
          '-0.000000000003',
          'USD',
          '-0.000000000001',
          null,
          'a;b',
        ],
      ],
      ...[['bank.csv', 3n, '2026-10-02', '-1999999999999999.000000000001', null, null, null, null, 'c;d']],
    ]);
    expect(select('SELECT file, account, opening, closing, tie_holds FROM statements')).toEqual([
      ['bank.csv', 'DE12', '100.000000000000', '60.000000000000', null],
    ]);
  });

  test('every row says its file and line', () => {
    expect(select('SELECT of_table, row_id, file, line FROM row_origin ORDER BY 1, 2')).toEqual([
      ['statement_line', 1n, 'bank.csv', 2n],
      ['statement_line', 2n, 'bank.csv', 3n],
      ['usage_adjustment', 1n, 'u.csv', 4n],
      ['usage_row', 1n, 'u.csv', 9n],
    ]);
    expect(select('SELECT file, at, until FROM usage')).toEqual([
      ['u.csv', '1970-01-01T00:00:00.000Z', '1970-01-01T01:00:00.000Z'],
    ]);
    expect(select('SELECT f.name, t.line, t.deflated FROM source_text t JOIN source_file f USING (file_id)')).toEqual([
      ['bank.csv', 1n, Uint8Array.of(3, 0)],
    ]);
  });

  test.each([
    ['half a decimal', 'UPDATE statement_line SET fee_whole = 1'],
    ['parts of two signs', 'UPDATE statement_line SET amount_pico = -1 WHERE line_id = 1'],
    ['a picounit too many', 'UPDATE statement SET opening_pico = 1000000000000'],
    ['a date that is none', "UPDATE statement_line SET booked_on = '1 Oct'"],
    ['an original amount in no currency', 'UPDATE statement_line SET original_currency = NULL WHERE line_id = 1'],
    ['half an invoice', "UPDATE statement_line SET invoice_status = 'paid'"],
    ['a placement of no name', "UPDATE source_file SET placement = 'middle'"],
  ])('%s is no value', (_name, sql) => {
    expect(() => select(sql)).toThrow(/CHECK constraint failed/);
  });
});

describe('what does not fit', () => {
  test('an amount beyond what a column holds is named', () => {
    const line = { ...STATEMENT.lines[0]!, amount: 2n ** 63n * ATOMS_PER_UNIT };
    const files = [sourceOf('bank.csv', { statement: { ...STATEMENT, lines: [line] } })];
    expect(() => atOnce(writeWorkspace(SQL, ...workspaceOf(files)))).toThrow(WorkspaceError);
    expect(() => atOnce(writeWorkspace(SQL, ...workspaceOf(files)))).toThrow(/9223372036854775808 does not fit/);
  });

  test.each([
    new RangeError('Array buffer allocation failed'),
    new RangeError('Invalid typed array length: 4294967296'),
    new Error('out of memory'),
  ])('a file that there is no memory for: %s', (failure) => {
    class NoRoom extends SQL.Database {
      override export(): never {
        throw failure;
      }
    }
    const files = [
      sourceOf('a.csv', { text: { pieces: [{ line: 1, offset: 0, deflated: new Uint8Array(5_000_000) }] } }),
    ];
    const save = (): unknown => atOnce(writeWorkspace({ ...SQL, Database: NoRoom }, ...workspaceOf(files)));
    expect(save).toThrow(WorkspaceError);
    expect(save).toThrow(/too large to save: its 0 usage rows and 5 MB of packed text/);
  });
});

describe('a damaged file', () => {
  const bytesOf = (sql: string): Uint8Array => {
    const files = [...FILES, ...fc.sample(source, { seed: 5, numRuns: 3 })];
    return inspect(atOnce(writeWorkspace(SQL, ...workspaceOf(files))), (database) => {
      database.exec(sql);
      return database.export();
    });
  };

  test.each([
    ['without a piece of text', 'UPDATE source_file SET text_pieces = 9', /of its 9 pieces of text/],
    ['with rows of no file', 'UPDATE source_file SET usage_rows = usage_rows + 1', /usage rows/],
    ['with rows of another file', 'UPDATE usage_row SET file_id = 7', /of its \d+ usage rows/],
    ['with choices that are none', "UPDATE source_file SET choices = '[1]'", /choices; it was changed/],
    ['with totals that are no text', `UPDATE source_file SET totals = '{"USD": 5}'`, /totals; it was changed/],
    ['without a table', 'DROP VIEW statement_lines; DROP TABLE statement_line', /no such table/],
  ])('%s is refused in words', (_name, sql, message) => {
    const bytes = bytesOf(sql);
    expect(() => atOnce(readWorkspace(SQL, bytes))).toThrow(WorkspaceError);
    expect(() => atOnce(readWorkspace(SQL, bytes))).toThrow(message);
  });

  test('bytes changed anywhere: it opens, or is refused in words', () => {
    const whole = bytesOf('SELECT 1');
    // pages are mostly empty: change bytes that say something
    const places = Array.from(whole.keys()).filter((place) => whole[place] !== 0);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(places.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (changes) => {
          const bytes = whole.slice();
          for (const [place, byte] of changes) bytes[places[place]!] = byte;
          try {
            atOnce(readWorkspace(SQL, bytes));
          } catch (error) {
            expect(error).toBeInstanceOf(WorkspaceError);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
