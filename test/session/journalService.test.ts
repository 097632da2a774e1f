/** The journal, the console and spreadsheets through the service, as the page asks. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../shared/contract/engine.ts';
import type { ExportName } from '../../shared/contract/journal.ts';
import { Transfer } from '../../shared/contract/rpc.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { parseCsv, sheetsOf } from '../export/readBack.ts';
import { cancelledAt, context, loadSql, surroundings } from '../surroundings.ts';

let engine: EngineApi;

beforeAll(async () => {
  engine = await opened('quickstart.yaml');
});

/** A service with one of the app's scenarios open. */
async function opened(name: string): Promise<EngineApi> {
  const service: EngineApi = engineService(loadSql, surroundings);
  const text = readFileSync(path.join(import.meta.dirname, '../../scenarios', name), 'utf8');
  const answer = await service.openScenario({ name, text, files: [] }, context);
  expect(answer.ok).toBe(true);
  return service;
}

/** Answers with bytes come wrapped before they cross to the page. */
function bytesOf(answer: unknown): Uint8Array {
  return answer instanceof Transfer ? (answer.value as Uint8Array) : (answer as Uint8Array);
}

function textOf(answer: unknown): string {
  return new TextDecoder().decode(bytesOf(answer));
}

test('the journal ties on the demo, and SQL sees the same journal', async () => {
  const view = await engine.trialBalance({}, context);
  expect(view).toMatchObject({ total: '0', error: null });
  const { total, sums } = await engine.journal({ filter: {}, offset: 0, limit: 1 }, context);
  const answer = await engine.query({ sql: 'SELECT count(*), exact_sum(amount) FROM journal' }, context);
  expect(answer).toMatchObject({ rows: [[total, sums.amount]] });
  expect(view.debit).toBe(sums.amount);
});

describe('a spreadsheet has what the CSV has:', () => {
  const same = (cell: string): string => {
    const trimmed = /^-?\d+\.\d+$/.test(cell) ? cell.replace(/\.?0+$/, '') : cell;
    return trimmed.replace(/(T\d\d:\d\d:\d\d)?(\.000)?Z$/, (end) =>
      end.startsWith('T00:00:00.000') ? '' : end.replace(/(\.000)?Z$/, ''),
    );
  };

  test.each(['timeline', 'lots', 'usage'] as const)('%s', async (table) => {
    // the demo's 87,000 rows of usage would be read back for half a minute
    const of = table === 'usage' ? await opened('cached-tokens-have-their-own-price.yaml') : engine;
    const [sheet] = await sheetsOf(bytesOf(await of.exportTableXlsx({ table }, context)));
    const [header = [], ...rows] = parseCsv(textOf(await of.exportTable({ table }, context)));
    const titles = (sheet?.rows[0] ?? []).map((title) => title.replace(' (UTC)', ''));
    const order = titles.map((title) => header.indexOf(title));
    expect(sheet?.rows).toHaveLength(rows.length + 1);
    for (const [index, row] of rows.slice(0, 500).entries()) {
      const expected = order.map((column) => (row[column] ?? '').replace(/^'/, ''));
      expect(sheet?.rows[index + 1]?.map(same)).toEqual(expected.map(same));
    }
  });

  test('the journal', async () => {
    const [sheet] = await sheetsOf(bytesOf(await engine.exportTableXlsx({ table: 'journal' }, context)));
    const rows = parseCsv(textOf(await engine.exportJournal({ filter: {} }, context)));
    expect(sheet?.rows.slice(1).map((row) => row.map(same))).toEqual(
      rows.slice(1).map((row) => row.slice(0, -1).map(same)),
    );
  });

  test('invoices, with their lines on a sheet of their own', async () => {
    const sheets = await sheetsOf(bytesOf(await engine.exportTableXlsx({ table: 'invoices' }, context)));
    expect(sheets.map(({ name }) => name)).toEqual(['Invoices', 'Invoice lines']);
    const { rows } = await engine.invoices({ offset: 0, limit: 100 }, context);
    expect(sheets[0]?.rows.slice(1).map(([period]) => period)).toEqual(rows.map(({ period }) => period));
    expect(sheets[1]?.rows.slice(1)).toEqual(
      rows.flatMap(({ period, lines }) => lines.map(({ sku, amount }) => [period, sku, amount])),
    );
  });
});

test('an answer goes out as CSV and as a spreadsheet, and nothing in it runs', async () => {
  const answer = await engine.query(
    { sql: "SELECT '=1+1' AS formula, '12.50' AS amount, '2025-01-02T03:04:05.000Z' AS at" },
    context,
  );
  if ('error' in answer) throw new Error(answer.error.message);
  expect(await engine.exportRows(answer, context)).toBe(
    "formula,amount,at\r\n'=1+1,12.50,2025-01-02T03:04:05.000Z\r\n",
  );
  const [sheet] = await sheetsOf(bytesOf(await engine.exportRowsXlsx(answer, context)));
  expect(sheet?.rows).toEqual([
    ['formula', 'amount', 'at (UTC)'],
    ['=1+1', '12.5', '2025-01-02T03:04:05'],
  ]);
});

test.each<ExportName>(['timeline', 'usage'])(
  'a spreadsheet of the %s tells how far it is, and stops when cancelled',
  async (table) => {
    const cancelled = cancelledAt(1);
    await expect(engine.exportTableXlsx({ table }, cancelled)).rejects.toThrow('cancelled');
    expect(cancelled.seen).toHaveLength(1);
  },
);

test('without an account the outline and the shipped queries are there, and the rest says what is missing', async () => {
  const none: EngineApi = engineService(loadSql, surroundings);
  expect((await none.schemaOutline({}, context))[0]?.name).toBe('usage');
  expect(await none.shippedQueries({}, context)).toHaveLength(6);
  const ask = async (): Promise<unknown> => none.query({ sql: 'SELECT 1' }, context);
  await expect(ask()).rejects.toThrow('no account is open');
});
