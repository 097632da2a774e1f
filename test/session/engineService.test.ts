/** The worker's service through its door, over a real message channel, with the real SQLite. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountView, EngineApi, Opened, TableName } from '../../shared/contract/engine.ts';
import type { NamedFile } from '../../shared/contract/importing.ts';
import { Cancelled, client, serve, type Client, type Port } from '../../shared/contract/rpc.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { loadSql, surroundings } from '../surroundings.ts';

const DEMO = readFileSync(path.join(import.meta.dirname, '../../scenarios/quickstart.yaml'), 'utf8');
const SMALL = `drawdown: 1
title: small
account: {opened: 2025-01-01T00:00:00Z}
policy: {cutoff: {delay: PT1H}}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10, id: first}
until: 2025-02-02T00:00:00Z
`;

let engine: Client<EngineApi>;
let close: () => void;

beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  serve(port1 as unknown as Port, engineService(loadSql, surroundings));
  engine = client<EngineApi>(port2 as unknown as Port);
  port1.start();
  port2.start();
  close = () => {
    port1.close();
  };
});

afterEach(() => {
  close();
});

function file(name: string, text: string): NamedFile {
  return { name, content: new TextEncoder().encode(text) };
}

function usageCsv(rows: readonly (readonly [at: string, id: string, cost: string])[]): string {
  return ['timestamp,id,model,cost', ...rows.map(([at, id, cost]) => `${at},${id},m,${cost}`)].join('\n');
}

async function opened(call: { result: Promise<Opened> }): Promise<AccountView> {
  const answer = await call.result;
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('\n'));
  return answer.view;
}

/** Files staged, and taken as they are. */
function taken(files: readonly NamedFile[]): { result: Promise<Opened> } {
  const result = engine
    .stageFiles({ files, profiles: {} })
    .result.then((previews) => engine.takeStaged({ ids: previews.map(({ id }) => id) }).result);
  return { result };
}

async function problems(call: {
  result: Promise<Opened>;
}): Promise<readonly { message: string; line: number | null }[]> {
  const answer = await call.result;
  expect(answer.ok).toBe(false);
  return answer.ok ? [] : answer.problems;
}

describe('opening', () => {
  test('the demo answers with its figures, and everything ties', async () => {
    const view = await opened(engine.openScenario({ name: 'quickstart.yaml', text: DEMO, files: [], demo: true }));
    expect(view).toMatchObject({
      title: 'Brightwater Analytics',
      trialBalance: '0',
      expectations: { failed: 0 },
      figures: { access: 'open', overrun: '86.7122753' },
    });
    expect(view.counts).toMatchObject({ overruns: 1, invoices: 12, files: 0 });
  });

  test('a bad scenario lists its problems, and the account that was open stays', async () => {
    await opened(engine.openScenario({ name: 'small.yaml', text: SMALL, files: [] }));
    const found = await problems(
      engine.openScenario({ name: 'bad.yaml', text: SMALL.replace('amount: 10', 'amount: ten'), files: [] }),
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.line).toBe(6);
    expect((await engine.lots({ offset: 0, limit: 10 }).result).rows.map(({ id }) => id)).toEqual(['first']);
  });

  test('a usage file that is not there is a problem at its place in the scenario', async () => {
    const text = SMALL + 'usage: [{file: missing.csv}]\n';
    expect(await problems(engine.openScenario({ name: 'small.yaml', text, files: [] }))).toMatchObject([
      { line: 8, message: 'usage file missing.csv is not there; put it beside the scenario file' },
    ]);
  });

  test('a row of a scenario’s own usage file that cannot be read keeps it from opening', async () => {
    const text = SMALL + 'usage: [{file: usage.csv}]\n';
    const files = [
      file(
        'usage.csv',
        usageCsv([
          ['2025-01-02T00:00:00Z', 'a', '1'],
          ['2025-01-03T00:00:00Z', 'b', 'one'],
        ]),
      ),
    ];
    expect(await problems(engine.openScenario({ name: 'small.yaml', text, files }))).toMatchObject([
      { file: 'usage.csv', line: 3 },
    ]);
  });

  test('an answer that a caller does not serve fails by name', async () => {
    await expect(engine.timeline({ offset: 0, limit: 1 }).result).rejects.toThrow('no account is open');
  });
});

describe('adding usage', () => {
  const rows = [
    ['2025-01-02T00:00:00Z', 'a', '4'],
    ['2025-01-03T00:00:00Z', 'b', '0.000000000001'],
    ['2025-01-03T00:00:00Z', 'b', '0.000000000001'],
    ['2025-01-04T00:00:00Z', 'c', '7'],
  ] as const;

  test('goes to the account that is open, once', async () => {
    await opened(engine.openScenario({ name: 'small.yaml', text: SMALL, files: [] }));
    const view = await opened(taken([file('usage.csv', usageCsv(rows))]));
    expect(view.figures).toMatchObject({
      balance: '-1.000000000001',
      debt: '1.000000000001',
      accepted: { count: 3 },
      overrun: '1.000000000001',
    });
    expect(view.imports).toMatchObject([
      { rows: { read: 4, stored: 3, duplicate: 1, rejected: 0 }, repeatedFile: false },
    ]);
    const again = await opened(taken([file('copy.csv', usageCsv(rows))]));
    expect(again.imports).toMatchObject([{ repeatedFile: true }]);
    expect(again.figures).toEqual(view.figures);
    const overlapping = usageCsv([...rows.slice(3), ['2025-01-05T00:00:00Z', 'd', '1']]);
    const more = await opened(taken([file('more.csv', overlapping)]));
    expect(more.imports).toMatchObject([{ rows: { read: 2, stored: 1, duplicate: 1 } }]);
  });

  test('keeps good rows and lists bad ones', async () => {
    await opened(engine.openScenario({ name: 'small.yaml', text: SMALL, files: [] }));
    const view = await opened(
      taken([
        file(
          'usage.csv',
          usageCsv([
            ['2025-01-02T00:00:00Z', 'a', '4'],
            ['yesterday', 'b', '1'],
          ]),
        ),
      ]),
    );
    expect(view.figures.accepted).toEqual({ count: 1, cost: '4' });
    expect(view.imports).toMatchObject([
      { rows: { stored: 1, rejected: 1 }, problems: [{ line: 3, field: 'timestamp' }] },
    ]);
  });

  test('on the demo begins an account of its own, with what it assumes in its scenario', async () => {
    await opened(engine.openScenario({ name: 'quickstart.yaml', text: DEMO, files: [], demo: true }));
    const view = await opened(taken([file('usage.csv', usageCsv(rows))]));
    expect(view.title).toBe('usage.csv on prepaid credits');
    expect(view.counts).toMatchObject({ usage: 3, files: 1 });
    expect(view.figures.rejected.count).toBe(0);
    const bytes = await engine.saveWorkspace({}).result;
    const SQL = await loadSql();
    const database = new SQL.Database(bytes);
    expect(database.exec('SELECT scenario_text FROM workspace')[0]?.values[0]?.[0]).toContain('auto_recharge');
    database.close();
  });

  test('a file of which nothing can be used says so and changes nothing', async () => {
    const before = await opened(engine.openScenario({ name: 'small.yaml', text: SMALL, files: [] }));
    const files = [file('notes.txt', 'dear diary,\ntoday I spent nothing\n')];
    const [preview] = await engine.stageFiles({ files, profiles: {} }).result;
    expect(preview).toMatchObject({ unreadable: true, ready: false, report: { rows: { stored: 0 } } });
    expect(preview?.report.problems.length).toBeGreaterThan(0);
    await opened(engine.takeStaged({ ids: [preview?.id ?? 0] }));
    expect((await engine.usage({ offset: 0, limit: 5 }).result).total).toBe(before.counts.usage);
  });

  test('cancelled keeps nothing', async () => {
    await opened(engine.openScenario({ name: 'small.yaml', text: SMALL, files: [] }));
    const many = Array.from({ length: 300_000 }, (_, i) => `2025-01-02T00:00:00Z,row-${i},m,0.01`);
    const files = [file('many.csv', ['timestamp,id,model,cost', ...many].join('\n'))];
    const call = engine.stageFiles({ files, profiles: {} }, () => {
      call.cancel();
    });
    await expect(call.result).rejects.toThrow(Cancelled);
    expect((await engine.usage({ offset: 0, limit: 5 }).result).total).toBe(0);
  });
});

describe('what the screen asks for', () => {
  beforeEach(async () => {
    await opened(engine.openScenario({ name: 'quickstart.yaml', text: DEMO, files: [], demo: true }));
  });

  test('a series has at most four points a column, in time order, all of them real balances', async () => {
    const from = Date.UTC(2026, 2, 1);
    const to = Date.UTC(2026, 2, 15);
    const { at, balance } = await engine.series({ from, to, columns: 200 }).result;
    expect(at.length).toBeLessThanOrEqual(4 * 201);
    expect(at[0]).toBe(from);
    expect(at.at(-1)).toBe(to);
    for (let i = 1; i < at.length; i++) expect(at[i]!).toBeGreaterThanOrEqual(at[i - 1]!);
    expect(Math.min(...balance)).toBeCloseTo(-86.7122753, 6);
    // a point between two changes is the balance that was left by the last
    for (const i of [3, 40, 77]) {
      const point = await engine.pointAt({ at: at[i]! }).result;
      expect(point.at).toBeLessThanOrEqual(at[i]!);
    }
  });

  test('annotations name the cut-off, the overrun, the marks and the months of the window', async () => {
    const { marks, spans, overruns, months } = await engine.annotations({
      from: Date.UTC(2026, 2, 1),
      to: Date.UTC(2026, 2, 31),
    }).result;
    expect(overruns).toMatchObject([{ lowest: '-86.7122753' }]);
    expect(spans).toMatchObject([{ reason: 'insufficient_quota' }]);
    expect(marks.filter(({ kind }) => kind === 'skipped')).toHaveLength(1);
    expect(months.map(({ period }) => period)).toEqual(['2026-03']);
  });

  test('tables come in pages, and whole as CSV', async () => {
    const { total, rows } = await engine.timeline({ offset: 5, limit: 3 }).result;
    expect(rows.map(({ index }) => index)).toEqual([5, 6, 7]);
    const csvOf = async (table: TableName): Promise<string> =>
      new TextDecoder().decode(await engine.exportTable({ table }).result);
    const csv = await csvOf('timeline');
    expect(csv.trimEnd().split('\r\n')).toHaveLength(total + 1);
    const usage = await engine.usage({ offset: 0, limit: 2 }).result;
    expect((await csvOf('usage')).trimEnd().split('\r\n')).toHaveLength(usage.total + 1);
    for (const table of ['lots', 'invoices'] as const) expect(await csvOf(table)).toContain('\r\n');
  });

  test('every lot adds up', async () => {
    const { rows } = await engine.lots({ offset: 0, limit: 1000 }).result;
    const cents = (text: string): bigint => BigInt(Math.round(Number(text) * 1e8));
    for (const lot of rows) {
      const parts = [lot.settled, lot.drawn, lot.expired, lot.refunded, lot.remaining].reduce(
        (sum, part) => sum + cents(part),
        0n,
      );
      expect(parts).toBe(cents(lot.amount));
    }
  });

  test('a saved workspace opens to the same view', async () => {
    const before = await opened(engine.openScenario({ name: 'quickstart.yaml', text: DEMO, files: [] }));
    const bytes = await engine.saveWorkspace({}).result;
    const after = await opened(engine.openWorkspace({ name: 'demo.drawdown', bytes }));
    expect(after).toEqual(before);
  });

  test('a file that is no workspace is refused in words', async () => {
    expect(await problems(engine.openWorkspace({ name: 'x.drawdown', bytes: new Uint8Array(100) }))).toMatchObject([
      { file: 'x.drawdown' },
    ]);
  });
});

describe('what is kept with an account', () => {
  const QUERY = { name: 'Days', note: '', sql: 'SELECT 1 AS one' };
  const pin = () => engine.pinVariant({ name: 'At once', set: { 'cutoff.delay': '0' } }).result;
  const small = () => opened(engine.openScenario({ name: 'small.yaml', text: SMALL, files: [] }));

  test('is saved and read back with it, and gone with another document', async () => {
    expect((await small()).kept).toEqual({ variants: [], queries: [] });
    await pin();
    const view = await engine.setQueries({ what: 'Saving of query Days', queries: [QUERY] }).result;
    expect(view.kept).toMatchObject({ variants: [{ name: 'At once' }], queries: [QUERY] });
    const bytes = await engine.saveWorkspace({}).result;
    expect((await small()).kept).toEqual({ variants: [], queries: [] });
    expect((await engine.variants({}).result).variants).toEqual([]);
    expect((await opened(engine.openWorkspace({ name: 'small.drawdown', bytes }))).kept).toEqual(view.kept);
    expect((await engine.variants({}).result).variants).toMatchObject([{ name: 'At once', problems: [] }]);
  });

  test('queries are a change that can be undone, without another replay; variants stay', async () => {
    await small();
    const before = await engine.setQueries({ what: 'Saving of query Days', queries: [QUERY] }).result;
    expect(before.undo).toBe('Saving of query Days');
    await pin();
    const undone = await engine.undoChange({}).result;
    if (!undone.ok) throw new Error('not undone');
    expect(undone.view).toMatchObject({ undo: null, redo: 'Saving of query Days', kept: { queries: [] } });
    expect(undone.view.kept.variants).toHaveLength(1);
    const redone = await engine.redoChange({}).result;
    expect(redone.ok && redone.view.kept.queries).toEqual([QUERY]);
  });

  test('variants of the demo are not those of an account that files begin, and come back with it', async () => {
    await opened(engine.openScenario({ name: 'demo.yaml', text: DEMO, files: [], demo: true }));
    await pin();
    const own = await opened(taken([file('own.csv', usageCsv([['2026-01-01T00:00:00Z', 'a', '1']]))]));
    expect(own.kept.variants).toEqual([]);
    const undone = await engine.undoChange({}).result;
    expect(undone.ok && undone.view.kept.variants).toHaveLength(1);
  });

  test('queries see it as it is now', async () => {
    await small();
    const names = async () => {
      const answer = await engine.query({ sql: 'SELECT name FROM saved_query' }).result;
      return 'rows' in answer ? answer.rows : answer.error;
    };
    expect(await names()).toEqual([]);
    await engine.setQueries({ what: 'Saving of query Days', queries: [QUERY] }).result;
    expect(await names()).toEqual([['Days']]);
  });
});
