/** Workspaces that older versions wrote open in this one. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { decimalAt, idAt, type UsageBatch } from '../../shared/domain/usage.ts';
import { atOnce } from '../../shared/session/inPieces.ts';
import { APPLICATION_ID, MIGRATIONS } from '../../shared/storage/schema.ts';
import type { StoredSource } from '../../shared/storage/source.ts';
import { rowsOf, type SqlJsStatic } from '../../shared/storage/sqlite.ts';
import { readWorkspace } from '../../shared/storage/workspace.ts';
import { loadSql } from '../surroundings.ts';

let SQL: SqlJsStatic;
beforeAll(async () => {
  SQL = await loadSql();
});

/** What format 1 did not know, as it is taken to have been. */
const UNKNOWN = {
  ...{ choices: {}, fingerprint: null, importedAt: null, placement: null, grownIds: [], restated: [] },
  ...{ statement: null, text: null },
};
const NOT_COUNTED = { complimentary: 0, rounded: 0, superseded: 0 };

const costs = ({ count, cost }: UsageBatch): unknown[] =>
  Array.from({ length: count }, (_, row) => decimalAt(cost, row));

function withoutBatch(sources: readonly StoredSource[]): unknown[] {
  return sources.map(({ batch, ...rest }) => ({ ...rest, rows: batch.count }));
}

describe('a file that the version before wrote', () => {
  const bytes = new Uint8Array(
    gunzipSync(readFileSync(path.join(import.meta.dirname, 'fixtures/format1.drawdown.gz'))),
  );

  test('has its rows, its adjustment and its problem, and defaults for the rest', () => {
    const { sources, priceList, kept } = atOnce(readWorkspace(SQL, bytes));
    expect(priceList).toBeNull();
    expect(kept).toEqual({ variants: [], queries: [] });
    const sha256 = '63a77180bb01501b69b0af6fa3c279caf8f0eabe1a7db8741f97336da2a858d7';
    expect(withoutBatch(sources)).toEqual([
      {
        ...{ ...UNKNOWN, textSha256: sha256, ofScenario: false, rows: 3 },
        adjustments: [
          { at: Date.UTC(2025, 0, 2, 4), amount: 500_000_000_000n, id: null, source: 'usage.csv', line: 6 },
        ],
        report: {
          ...{ file: 'usage.csv', kind: 'usage', sha256, size: 441, format: 'csv', encoding: null, tie: null },
          why: expect.stringContaining('cells separated by commas') as string,
          rows: { read: 5, stored: 3, duplicate: 1, rejected: 0, adjustments: 1, ...NOT_COUNTED },
          ...{ from: Date.UTC(2025, 0, 1, 1), to: Date.UTC(2025, 0, 2, 4), repeatedFile: false, problemCount: 1 },
          ...{ totals: { EUR: '2000000000000.254100000001' }, repeated: {} },
          problems: [
            {
              ...{ file: 'usage.csv', line: 4, column: 1, field: 'id' },
              message: 'id "r1" was already read with other values; kept the first',
            },
          ],
        },
      },
      {
        ...{ ...UNKNOWN, textSha256: '', ofScenario: true, rows: 7, adjustments: [] },
        report: {
          ...{ file: 'saved.yaml#usage[1]', kind: 'usage', sha256: '', size: 0, format: 'generated', encoding: null },
          why: "made by the scenario's generator, seed 3",
          rows: { read: 7, stored: 7, duplicate: 0, rejected: 0, adjustments: 0, ...NOT_COUNTED },
          ...{ from: 1735709150615, to: 1735721814381, repeatedFile: false, problems: [], problemCount: 0 },
          ...{ totals: { EUR: '0.07' }, repeated: {}, tie: null },
        },
      },
    ]);
    const [file, generated] = sources.map(({ batch }) => batch) as [UsageBatch, UsageBatch];
    expect([file.until, generated.until]).toEqual([null, null]);
    expect(costs(file)).toEqual([4_100_000_000n, 1n, 2_000_000_000_000_250_000_000_000n]);
    expect(costs(generated)).toEqual(Array.from({ length: 7 }, () => 10_000_000_000n));
    expect([...file.line!]).toEqual([2, 3, 5]);
    expect([0, 1, 2].map((row) => idAt(file.ids!, row))).toEqual(['r1', 'r2', 'ü-é-日']);
    expect([...file.meters.get('output_tokens')!.whole]).toEqual([80, 80, 0]);
  });
});

/** Tables of format 1 with what is inserted into them. */
function format1(inserts: string): Uint8Array {
  const database = new SQL.Database();
  database.exec(`${MIGRATIONS[0]!}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1; ${inserts}`);
  const bytes = database.export();
  database.close();
  return bytes;
}

const TWO_FILES = `
  INSERT INTO workspace VALUES (1, 'a.yaml', 'drawdown: 1');
  INSERT INTO name VALUES (1, 'gpt'), (2, 'atlas');
  INSERT INTO source_file VALUES
    (1, 'a.csv', 10, 'aa', 'csv', 'why', 2, 2, 0, 0, 0, 0, 1, '1.5', 0),
    (2, 'b.csv', 20, 'bb', 'csv', 'why', 1, 1, 0, 0, 0, 5, 5, NULL, 0);
  INSERT INTO usage_row (row_id, file_id, line, at_ms, sku_id, project_id, id, input_tokens, cost_whole, cost_pico) VALUES
    (1, 1, 2, 0, 1, NULL, 'x', 7, 1, 0),
    (2, 1, 3, 1, 1, 2, 'y', NULL, 0, 500000000000),
    (3, 2, 2, 5, 1, NULL, NULL, 9, NULL, NULL);
  INSERT INTO usage_meter VALUES (3, 'images', 4, 0);`;

test('without a run the totals are dollars, and rows stay with their files', () => {
  const { sources } = atOnce(readWorkspace(SQL, format1(TWO_FILES)));
  expect(sources.map(({ report }) => report.totals)).toEqual([{ USD: '1.5' }, {}]);
  expect(sources.map(({ textSha256 }) => textSha256)).toEqual(['aa', 'bb']);
  const [a, b] = sources.map(({ batch }) => batch) as [UsageBatch, UsageBatch];
  expect([costs(a), costs(b)]).toEqual([[10n ** 12n, 5n * 10n ** 11n], [null]]);
  expect([a.until, b.until]).toEqual([null, null]);
  expect([...a.project!.codes].map((code) => a.project!.names[code])).toEqual(['', 'atlas']);
  expect(Object.fromEntries([...b.meters].map(([meter, { whole }]) => [meter, [...whole]]))).toEqual({
    input_tokens: [9],
    images: [4],
  });
});

test('rows written before a migration have no end of a bucket', () => {
  const database = new SQL.Database(format1(TWO_FILES));
  database.exec(MIGRATIONS[1]!);
  expect(rowsOf(database, 'SELECT row_id, until_ms FROM usage_row')).toEqual([
    [1n, null],
    [2n, null],
    [3n, null],
  ]);
  expect(rowsOf(database, 'SELECT at, until FROM usage WHERE row_id = 1')).toEqual([
    ['1970-01-01T00:00:00.000Z', null],
  ]);
  expect(rowsOf(database, 'PRAGMA integrity_check')).toEqual([['ok']]);
  database.close();
});
