/** What a staged file's preview says beside its rows: repeats, balances, prices, pages, and against what it was read. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../shared/contract/engine.ts';
import type { FilePreview, NamedFile } from '../../shared/contract/importing.ts';
import { referenceInText } from '../../shared/import/statements/references.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { context, loadSql, surroundings } from '../surroundings.ts';

const SEEDS = path.join(import.meta.dirname, '../fuzz/seeds');
const ACCOUNT = `drawdown: 1
title: small
account: {opened: 2026-09-01T00:00:00Z}
until: 2026-12-01T00:00:00Z
`;

let engine: EngineApi;

beforeEach(() => {
  engine = engineService(loadSql, surroundings);
});

function seed(name: string): NamedFile {
  return { name, content: new Uint8Array(readFileSync(path.join(SEEDS, name))) };
}

function file(name: string, ...lines: readonly string[]): NamedFile {
  return { name, content: new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')) };
}

function stage(...files: readonly NamedFile[]): Promise<readonly FilePreview[]> {
  return engine.stageFiles({ files, profiles: {} }, context);
}

async function last(...files: readonly NamedFile[]): Promise<FilePreview> {
  const preview = (await stage(...files)).at(-1);
  if (preview === undefined) throw new Error('nothing was staged');
  return preview;
}

async function open(): Promise<void> {
  const answer = await engine.openScenario({ name: 'small.yaml', text: ACCOUNT, files: [] }, context);
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('\n'));
}

async function take(...files: readonly NamedFile[]): Promise<void> {
  const previews = await stage(...files);
  const answer = await engine.takeStaged({ ids: previews.map(({ id }) => id) }, context);
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('\n'));
}

const HEADER = 'timestamp,id,model,cost';
const DAY_1 = file('day1.csv', HEADER, '2026-10-01T00:00:00Z,a,m,1', '2026-10-01T01:00:00Z,b,m,2');

describe('rows that are left out as repeats', () => {
  const fates = ({ rows }: FilePreview): unknown[] => rows.map(({ line, fate, amount }) => [line, fate, amount]);

  test('by id stand at their line, with what they say', async () => {
    const repeated = file(
      'a.csv',
      HEADER,
      '2026-10-01T00:00:00Z,a,m,1',
      '2026-10-01T00:00:00Z,a,m,1',
      '2026-10-02T00:00:00Z,b,m,2',
    );
    const preview = await last(repeated);
    expect(fates(preview)).toEqual([
      [2, 'stored', '1'],
      [3, 'duplicate', '1'],
      [4, 'stored', '2'],
    ]);
    expect(preview.rows[1]).toMatchObject({ what: 'm', reference: 'a', at: Date.UTC(2026, 9, 1) });
  });

  test('by what they say, where there are no ids', async () => {
    const header = 'timestamp,model,cost';
    const preview = await last(
      file('a.csv', header, '2026-10-01T00:00:00Z,m,1'),
      file('b.csv', header, '2026-10-01T00:00:00Z,m,1', '2026-10-01T02:00:00Z,m,3'),
    );
    expect(fates(preview)).toEqual([
      [2, 'duplicate', '1'],
      [3, 'stored', '3'],
    ]);
  });

  test('movements of a statement that is there already', async () => {
    await open();
    await take(seed('bank_generic_eu.csv'));
    const text = new TextDecoder('windows-1252').decode(seed('bank_generic_eu.csv').content as Uint8Array);
    // the same statement in another encoding has other bytes
    const preview = await last(file('again.csv', text));
    expect(preview.repeats).toBeNull();
    expect(preview.rows.length).toBe(6);
    expect(new Set(preview.rows.map(({ fate }) => fate))).toEqual(new Set(['duplicate']));
  });

  test('are at most four hundred', async () => {
    const row = '2026-10-01T00:00:00Z,a,m,1';
    const preview = await last(file('a.csv', HEADER, ...Array.from({ length: 1000 }, () => row)));
    expect(preview.report.rows.duplicate).toBe(999);
    expect(preview.rows.filter(({ fate }) => fate === 'duplicate')).toHaveLength(400);
  });
});

describe('the very same bytes', () => {
  test('are told apart by where the other file is, and their lines are still shown', async () => {
    await open();
    const [first, twin] = await stage(DAY_1, { ...DAY_1, name: 'copy.csv' });
    expect([first?.repeats, twin?.repeats]).toEqual([null, 'staged']);
    expect(twin).toMatchObject({ ready: false, text: [{ line: 1, text: HEADER }, { line: 2 }, { line: 3 }] });
    expect(twin?.rows.map(({ fate }) => fate)).toEqual(['duplicate', 'duplicate']);
    await engine.takeStaged({ ids: [first?.id ?? 0] }, context);
    expect((await last(DAY_1)).repeats).toBe('stored');
  });
});

describe('lines that are no rows', () => {
  test.each([
    [
      'bank_generic_eu.csv',
      [
        [2, 'account', null],
        [4, 'opening', '12450'],
        [14, 'closing', '12403.87'],
      ],
    ],
    [
      'mt940.sta',
      [
        [2, 'account', null],
        [4, 'opening', '12403.87'],
        [18, 'closing', '12033.11'],
      ],
    ],
  ])('%s: what states the balances is known', async (name, expected) => {
    const { marks } = await last(seed(name));
    expect(marks.map(({ line, says, amount }) => [line, says, amount])).toEqual(expected);
  });

  test('camt053.xml: the lines are those of its balances', async () => {
    const { marks, text, report } = await last(seed('camt053.xml'));
    expect(marks.map(({ says, amount }) => [says, amount])).toEqual([
      ['opening', report.tie?.opening],
      ['closing', report.tie?.closing],
    ]);
    for (const { line } of marks) expect(text.find((each) => each.line === line)?.text).toContain('<Bal>');
  });
});

describe('an invoice number in a text', () => {
  test.each([
    ['Rechnung HLCN2K7Q-0012; USD 250,00 Kurs 0,9278', 'HLCN2K7Q-0012'],
    ['Rechnung BW-2026-118', 'BW-2026-118'],
    ['INVOICE NO. 4711', '4711'],
    ['Rechnungsnr.: 2026/118', '2026/118'],
    ['payment for HLCN2K7Q-0015 and others', 'HLCN2K7Q-0015'],
    ['Auslandseinsatzentgelt 1,75 %', null],
    ['Rechnung vom 01-10-2026', null],
    ['Invoice 01-10-2026', null],
    ['Bürobedarf', null],
    ['E-MAIL', null],
  ])('%s', (text, expected) => {
    expect(referenceInText(text)).toBe(expected);
  });

  test('is shown as what it is, and not stored', async () => {
    await open();
    const preview = await last(seed('bank_generic_eu.csv'));
    expect(preview.rows[0]).toMatchObject({ reference: 'HLCN2K7Q-0012', referenceInText: true });
    expect(preview.rows[2]).toMatchObject({ reference: null, referenceInText: false });
    const other = await last(seed('mt940.sta'));
    expect(other.rows[0]).toMatchObject({ reference: 'HLCN2K7Q-0019', referenceInText: false });
  });
});

describe('usage that no price is known for', () => {
  const TOKENS = file(
    'tokens.csv',
    'timestamp,id,model,input_tokens',
    '2026-10-01T00:00:00Z,a,alto-2,10',
    '2026-10-02T00:00:00Z,b,alto-2,10',
    '2026-10-02T00:00:00Z,c,gpt-5-mini,10',
  );
  const price = (from: string, meter: string) =>
    engine.setPrices({ sku: 'alto-2', currency: 'USD', entries: [{ from, per: '1000000', prices: { [meter]: '1' } }] });

  test('is counted by SKU, and does not keep the file out', async () => {
    expect(await last(TOKENS)).toMatchObject({ unpriced: [{ sku: 'alto-2', rows: 2 }], ready: true });
    expect((await last(DAY_1)).unpriced).toEqual([]);
  });

  test('follows the list in force, with its days and meters', async () => {
    await stage(TOKENS);
    const now = async () => (await engine.staged({}, context))[0]?.unpriced;
    await price('2026-10-02', 'input_tokens');
    expect(await now()).toEqual([{ sku: 'alto-2', rows: 1 }]);
    await price('2026-09-01', 'output_tokens');
    expect(await now()).toEqual([{ sku: 'alto-2', rows: 2 }]);
    await price('2026-09-01', 'input_tokens');
    expect(await now()).toEqual([]);
  });
});

describe('a page of a query', () => {
  test('says that the next one is missing, until it is there', async () => {
    expect(await last(seed('openai_costs_page1.json'))).toMatchObject({ lacksNextPage: true, ready: true });
    const both = await stage(seed('openai_costs_page2.json'));
    expect(both.map(({ lacksNextPage }) => lacksNextPage)).toEqual([false, false]);
  });

  test('is not continued by itself, nor by what came before it', async () => {
    await open();
    await take(seed('openai_costs_page1.json'));
    expect(await last(seed('openai_costs_page1.json'))).toMatchObject({ repeats: 'stored' });
    expect((await last(seed('openai_costs_page2.json'))).lacksNextPage).toBe(false);
  });
});

describe('files that wait', () => {
  test('are read again against the account that is open now', async () => {
    await open();
    await take(DAY_1);
    expect((await last({ ...DAY_1, name: 'copy.csv' })).repeats).toBe('stored');
    await open();
    expect(await engine.staged({}, context)).toMatchObject([
      { repeats: null, ready: true, report: { rows: { stored: 2 } } },
    ]);
  });

  test('an empty export is worth keeping where there is an account, and no account begins with one', async () => {
    expect((await last(seed('openai_empty_export.csv'))).ready).toBe(false);
    await open();
    expect((await engine.staged({}, context))[0]).toMatchObject({ ready: true, report: { rows: { read: 0 } } });
  });
});
