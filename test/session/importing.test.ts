/** Files on their way in: staged, shown, changed, taken, taken back; through the worker's door. */
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AccountView, EngineApi, Opened } from '../../shared/contract/engine.ts';
import type { FilePreview, NamedFile, ReadingChoices } from '../../shared/contract/importing.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { context, loadSql, surroundings } from '../surroundings.ts';

const SEEDS = path.join(import.meta.dirname, '../fuzz/seeds');
const ACCOUNT = `drawdown: 1
title: small
account: {opened: 2026-09-01T00:00:00Z}
events:
  - {at: 2026-09-01T00:00:00Z, type: purchase, amount: 100, id: first}
until: 2026-12-01T00:00:00Z
`;

let engine: EngineApi;

beforeEach(async () => {
  engine = engineService(loadSql, surroundings);
  await opened(engine.openScenario({ name: 'small.yaml', text: ACCOUNT, files: [] }, context));
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

async function stageOne(given: NamedFile): Promise<FilePreview> {
  const preview = (await stage(given)).at(-1);
  if (preview === undefined) throw new Error('nothing was staged');
  return preview;
}

async function opened(answer: Promise<Opened>): Promise<AccountView> {
  const given = await answer;
  if (!given.ok) throw new Error(given.problems.map(({ message }) => message).join('\n'));
  return given.view;
}

async function take(...files: readonly NamedFile[]): Promise<AccountView> {
  const previews = await stage(...files);
  return opened(engine.takeStaged({ ids: previews.map(({ id }) => id) }, context));
}

async function saved(): Promise<Uint8Array> {
  const bytes = await engine.saveWorkspace({}, context);
  return bytes instanceof Uint8Array ? bytes : (bytes as unknown as { value: Uint8Array }).value;
}

const HEADER = 'timestamp,id,model,cost';
const DAY_1 = file('day1.csv', HEADER, '2026-10-01T00:00:00Z,a,m,1', '2026-10-01T01:00:00Z,b,m,2');
const DAY_2 = file('day2.csv', HEADER, '2026-10-01T01:00:00Z,b,m,2', '2026-10-02T00:00:00Z,c,m,4');

describe('nothing is stored before it is agreed to', () => {
  test('staged files are shown and change nothing; discarded, they are gone', async () => {
    const preview = await stageOne(DAY_1);
    expect(preview).toMatchObject({
      report: { kind: 'usage', format: 'csv', encoding: 'utf-8', rows: { read: 2, stored: 2 }, totals: { USD: '3' } },
      ready: true,
      questions: [],
    });
    expect(preview.rows).toMatchObject([{ line: 2, amount: '1' }, { line: 3 }]);
    expect(preview.text[0]).toEqual({ line: 1, text: HEADER });
    expect(await engine.files({}, context)).toEqual([]);
    expect(await engine.unstage({ id: null }, context)).toEqual([]);
  });

  test('what a file brings is counted behind those staged before it, and anew where one of them is left out', async () => {
    const [first, second] = await stage(DAY_1, DAY_2);
    expect(second?.report).toMatchObject({ rows: { stored: 1, duplicate: 1 }, repeated: { USD: '2' } });
    const view = await opened(engine.takeStaged({ ids: [second?.id ?? 0] }, context));
    expect(view.imports).toMatchObject([{ file: 'day2.csv', rows: { stored: 2, duplicate: 0 } }]);
    expect(view.figures.accepted).toEqual({ count: 2, cost: '6' });
    expect(first?.id).not.toBe(second?.id);
  });
});

describe('once', () => {
  test('the same text brings nothing, whatever it is called and however it is packed', async () => {
    const before = await take(DAY_1);
    const bytes = DAY_1.content as Uint8Array;
    const again = await stage(
      { name: 'copy.csv', content: bytes },
      { name: 'copy.csv.gz', content: new Uint8Array(gzipSync(bytes)) },
      { name: 'copy.zip', content: zipSync({ 'inside/copy.csv': bytes }) },
    );
    expect(again.map(({ report }) => report.repeatedFile)).toEqual([true, true, true]);
    expect(again.map(({ ready }) => ready)).toEqual([false, false, false]);
    const after = await opened(engine.takeStaged({ ids: again.map(({ id }) => id) }, context));
    expect(after.figures).toEqual(before.figures);
    expect(await engine.files({}, context)).toHaveLength(1);
  });

  test('statements too, line by line; twin charges stay two', async () => {
    await take(seed('bank.ofx'));
    const [whole] = await engine.files({}, context);
    expect(whole?.report).toMatchObject({
      kind: 'statement',
      rows: { read: 8, stored: 8 },
      totals: { USD: '2187.97' },
    });
    const text = new TextDecoder('latin1').decode(seed('bank.ofx').content as Uint8Array);
    const longer = text.replace('</BANKTRANLIST>', `${ONE_MORE}</BANKTRANLIST>`);
    const later = await stageOne({ name: 'later.ofx', content: Uint8Array.from(longer, (c) => c.charCodeAt(0)) });
    expect(later.report.rows).toMatchObject({ read: 9, stored: 1, duplicate: 8 });
    expect(later.report.totals).toEqual({ USD: '12.5' });
  });
});

const ONE_MORE =
  '<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261101<TRNAMT>-12.50<FITID>2026110100001<NAME>HALCYON* API</STMTTRN>';

describe('undo', () => {
  test('takes back exactly what the import brought', async () => {
    const before = await take(DAY_1);
    await take(DAY_2);
    const files = await engine.files({}, context);
    const after = await opened(engine.undoImport({ id: files[1]?.id ?? -1 }, context));
    expect(after.figures).toEqual(before.figures);
    expect((await engine.files({}, context)).map(({ report }) => report.file)).toEqual(['day1.csv']);
  });

  test('brings back the row that a grown copy took the place of', async () => {
    const partial = file('a.csv', HEADER, '2026-10-01T00:00:00Z,x,m,1');
    const grown = file('b.csv', HEADER, '2026-10-01T00:00:00Z,x,m,3');
    const before = await take(partial);
    const view = await take(grown);
    expect(view.figures.accepted).toEqual({ count: 1, cost: '3' });
    expect(view.imports).toMatchObject([{ rows: { stored: 1, superseded: 1, rejected: 0 } }]);
    const reopened = await opened(engine.openWorkspace({ name: 'w', bytes: await saved() }, context));
    expect(reopened.figures).toEqual(view.figures);
    expect((await opened(engine.undoImport({ id: 1 }, context))).figures).toEqual(before.figures);
  });
});

describe('rows that later files left out as repeats', () => {
  const rows = (...ids: readonly string[]): string[] => ids.map((id, at) => `2026-10-0${at + 1}T00:00:00Z,${id},m,1`);
  /** Equal rows without ids stand for one another. */
  const DAYS = ['2026-10-01', '2026-10-02', '2026-10-03'].map((day) => `${day}T00:00:00Z,m,2`);
  const kept = async (): Promise<unknown> =>
    (await engine.files({}, context)).map(({ report }) => [report.file, report.rows.stored, report.rows.duplicate]);

  test('count in these once the file is taken back, by their ids and without; undo has it as it was', async () => {
    await take(file('a.csv', HEADER, ...rows('x', 'y')));
    const before = await take(file('b.csv', HEADER, ...rows('x', 'y', 'z')));
    expect(before.figures.accepted.count).toBe(3);
    const after = await opened(engine.undoImport({ id: 0 }, context));
    expect(after.figures).toEqual(before.figures);
    expect(await kept()).toEqual([['b.csv', 3, 0]]);
    const reopened = await opened(engine.openWorkspace({ name: 'w', bytes: await saved() }, context));
    expect(reopened.figures).toEqual(after.figures);
  });

  test('go to the first file behind that has them, and to no other', async () => {
    const plain = (name: string, ...of: readonly string[]): NamedFile => file(name, 'timestamp,model,cost', ...of);
    await take(plain('a.csv', DAYS[0]!, DAYS[1]!));
    await take(plain('b.csv', DAYS[1]!, DAYS[2]!));
    const before = await take(plain('c.csv', ...DAYS, '2026-10-04T00:00:00Z,m,2'));
    expect(await kept()).toEqual([
      ['a.csv', 2, 0],
      ['b.csv', 1, 1],
      ['c.csv', 1, 3],
    ]);
    const after = await opened(engine.undoImport({ id: 0 }, context));
    expect(await kept()).toEqual([
      ['b.csv', 2, 0],
      ['c.csv', 2, 2],
    ]);
    expect(after.figures.accepted).toEqual(before.figures.accepted);
    const back = await engine.undoChange({}, context);
    expect(back.ok && back.view.figures).toEqual(before.figures);
    expect(await kept()).toContainEqual(['c.csv', 1, 3]);
  });

  test('and the file that is only compared from now on leaves its rows to them; counted again it leaves them be', async () => {
    await take(file('a.csv', HEADER, ...rows('x', 'y')));
    const before = await take(file('b.csv', HEADER, ...rows('x', 'y', 'z')));
    const after = await opened(engine.compareOnly({ id: 0 }, context));
    expect(after.figures.accepted).toEqual(before.figures.accepted);
    expect(await kept()).toContainEqual(['b.csv', 3, 0]);
    const again = await opened(engine.countUsage({ id: 0 }, context));
    expect(again.figures.accepted).toEqual(before.figures.accepted);
  });

  test('so that taking a file back leaves what there were without it, whatever the files', async () => {
    // equal rows with and without ids, and days of which a later export has more
    const row = fc.constantFrom('1T,a,0', '1T,a,9', '2T,b,0', '2T,,0', '3T,,0', '3T,,4').map((text) => {
      const [day = '', id = '', more = ''] = text.split(',');
      return `2026-10-0${day}00:00:00Z,${id},m,1${more}`;
    });
    const files = fc.array(fc.array(row, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 4 });
    const fresh = async (all: readonly NamedFile[]): Promise<{ view: AccountView; count: number }> => {
      await opened(engine.openScenario({ name: 'small.yaml', text: ACCOUNT, files: [] }, context));
      for (const each of all) await take(each);
      return {
        view: await opened(engine.openWorkspace({ name: 'w', bytes: await saved() }, context)),
        count: (await engine.files({}, context)).length,
      };
    };
    await fc.assert(
      fc.asyncProperty(files, fc.nat(), async (tables, which) => {
        const all = tables.map((rows, index) => file(`${index}.csv`, HEADER, ...rows));
        const id = which % all.length;
        const others = await fresh(all.toSpliced(id, 1));
        const rows = await kept();
        // one that brought nothing is not there to be read again
        fc.pre(others.count === all.length - 1 && (await fresh(all)).count === all.length);
        const view = await opened(engine.undoImport({ id }, context));
        expect(await kept()).toEqual(rows);
        expect(view.figures).toEqual(others.view.figures);
      }),
      { numRuns: 25 },
    );
  });

  test('are new in a file that waits meanwhile', async () => {
    await take(file('a.csv', HEADER, ...rows('x', 'y')));
    expect((await stageOne(file('b.csv', HEADER, ...rows('x', 'y', 'z')))).report.rows.stored).toBe(1);
    await opened(engine.compareOnly({ id: 0 }, context));
    expect((await engine.staged({}, context)).map(({ report }) => report.rows.stored)).toEqual([3]);
  });

  test('lines of statements too', async () => {
    await take(seed('bank.ofx'));
    const text = new TextDecoder('latin1').decode(seed('bank.ofx').content as Uint8Array);
    const longer = text.replace('</BANKTRANLIST>', `${ONE_MORE}</BANKTRANLIST>`);
    await take({ name: 'later.ofx', content: Uint8Array.from(longer, (c) => c.charCodeAt(0)) });
    await opened(engine.undoImport({ id: 0 }, context));
    expect(await kept()).toEqual([['later.ofx', 9, 0]]);
  });
});

describe('choices', () => {
  async function restaged(preview: FilePreview, choices: ReadingChoices): Promise<FilePreview> {
    const all = await engine.restage({ id: preview.id, choices }, context);
    const found = all.find(({ id }) => id === preview.id);
    if (found === undefined) throw new Error('the file is gone');
    return found;
  }

  test('times without a zone are asked about once, and every row follows the answer', async () => {
    const preview = await stageOne(
      file('u.csv', 'time,model,cost', '2026-10-01 10:00:00,m,1', '2026-10-02 10:00:00,m,2'),
    );
    expect(preview).toMatchObject({ ready: false, questions: [{ choice: 'zone', column: 'time' }] });
    const berlin = await restaged(preview, { zone: 'Europe/Berlin' });
    expect(berlin).toMatchObject({ ready: true, questions: [] });
    expect(berlin.rows[0]?.at).toBe(Date.UTC(2026, 9, 1, 8));
  });

  test('a way of reading is kept for the next file with the same header', async () => {
    const lines = ['time,model,cost', '2026-10-01 10:00:00,m,1'];
    const preview = await stageOne(file('u.csv', ...lines));
    await restaged(preview, { zone: 'Europe/Berlin' });
    await opened(engine.takeStaged({ ids: [preview.id] }, context));
    const next = await stageOne(file('v.csv', ...lines, '2026-10-03 10:00:00,m,1'));
    expect(next).toMatchObject({ fromProfile: true, ready: true, choices: { zone: 'Europe/Berlin' } });
  });

  test('columns are what the user says they are', async () => {
    const preview = await stageOne(file('u.csv', 'timestamp,model,list,net', '2026-10-01T00:00:00Z,m,5,3'));
    expect(preview.ready).toBe(false);
    const mapped = await restaged(preview, { format: 'csv', columns: { cost: 'net' } });
    expect(mapped).toMatchObject({ ready: true, report: { totals: { USD: '3' } } });
  });

  test('a wrong guess of the format is changed', async () => {
    const preview = await stageOne(seed('focus_1_2.csv'));
    expect(preview.report.format).toBe('focus');
    const usage = await restaged(preview, { format: 'focus-usage' });
    expect(usage.report).toMatchObject({ kind: 'usage', format: 'focus-usage' });
    expect(usage.report.rows.stored).toBeGreaterThan(0);
  });
});

test('two groupings of one period are double counting: named, and not ready', async () => {
  const bucket = (results: readonly string[]): string =>
    `{"object":"page","data":[{"object":"bucket","start_time":1790812800,"end_time":1790899200,"results":[${results.join(',')}]}],"has_more":false}`;
  const result = (input: number, model: string | null, project: string | null): string =>
    JSON.stringify({
      object: 'organization.usage.completions.result',
      input_tokens: input,
      output_tokens: input / 2,
      num_model_requests: 1,
      model,
      project_id: project,
    });
  const [, byProject] = await stage(
    file('by-model.json', bucket([result(700_300, 'gpt-4o', null), result(500_100, 'gpt-4o-mini', null)])),
    file('by-project.json', bucket([result(400_200, null, 'p1'), result(800_200, null, 'p2')])),
  );
  expect(byProject).toMatchObject({ ready: false, doubleCount: { other: 'by-model.json', otherStaged: true } });
});

test('buckets say how they are placed, and are placed anew', async () => {
  const view = await take(seed('openai_cost_export.csv'));
  expect(view.placement).not.toBeNull();
  const [stored] = await engine.files({}, context);
  expect(stored?.placement).toBe('spread');
  const end = await opened(engine.place({ id: stored?.id ?? -1, placement: 'end' }, context));
  expect(end.figures.accepted).toEqual(view.figures.accepted);
  expect((await engine.files({}, context))[0]?.placement).toBe('end');
});

test('a stored row leads to its line, with the columns that were not read', async () => {
  await take(file('u.csv', `${HEADER},colour`, '2026-10-01T00:00:00Z,a,m,1,blue', '2026-10-02T00:00:00Z,b,m,2,red'));
  const source = await engine.sourceAt({ file: 'u.csv', line: 3, around: 1 }, context);
  expect(source.lines.map(({ line }) => line)).toEqual([2, 3]);
  expect(source.cells.at(-1)).toEqual({ header: 'colour', value: 'red' });
});

test('a statement alone makes an account, in its currency', async () => {
  engine = engineService(loadSql, surroundings);
  const view = await take(seed('camt053.xml'));
  expect(view).toMatchObject({ currency: 'EUR', counts: { usage: 0 } });
  expect(view.imports).toMatchObject([
    { kind: 'statement', tie: { opening: '12450', closing: '12403.87', holds: true } },
  ]);
});

test('an archive gives each of its files; one that is damaged says so', async () => {
  const day1 = DAY_1.content as Uint8Array;
  const zipped = zipSync({ 'day1.csv': day1, 'notes.txt': new TextEncoder().encode('nothing'), '__MACOSX/x': day1 });
  const previews = await stage({ name: 'all.zip', content: zipped });
  expect(previews.map(({ report }) => [report.file, report.rows.stored])).toEqual([
    ['all.zip/day1.csv', 2],
    ['all.zip/notes.txt', 0],
  ]);
  const damaged = await stageOne({ name: 'cut.zip', content: zipped.slice(0, 60) });
  expect(damaged).toMatchObject({ unreadable: true, ready: false });
});

describe('stated balances', () => {
  const CREDITS: NamedFile = {
    ...file('credits.json', '{"data":{"total_credits":25,"total_usage":0.5858}}'),
    modified: Date.UTC(2026, 9, 2, 8),
  };
  const NOTES = file('notes.csv', 'time,balance', '2026-10-01T12:00:00Z,97.00', '2026-10-02,93.00');

  test('wait for the time that the file does not state, and are stored with the answer', async () => {
    const asked = await stageOne(CREDITS);
    expect(asked).toMatchObject({ ready: false, report: { rows: { read: 1, stored: 0, rejected: 1 } } });
    const [option] = asked.questions[0]?.options ?? [];
    expect(option).toMatchObject({ value: '2026-10-02T08:00:00Z' });
    const [answered] = await engine.restage({ id: asked.id, choices: { statedAt: option?.value ?? '' } }, context);
    expect(answered).toMatchObject({ ready: true, rows: [{ balance: '24.4142', at: Date.UTC(2026, 9, 2, 8) }] });
    const view = await opened(engine.takeStaged({ ids: [asked.id] }, context));
    expect(view.imports).toMatchObject([{ format: 'openrouter-credits', rows: { read: 1, stored: 1 } }]);
  });

  test('are in the saved workspace, with their lines, and leave with their file', async () => {
    await take(NOTES);
    await opened(engine.openWorkspace({ name: 'w', bytes: await saved() }, context));
    const stated = (): Promise<unknown> => {
      const join = "JOIN row_origin o ON o.of_table = 'stated_balance' AND o.row_id = s.balance_id";
      return engine.query({ sql: `SELECT s.stated_at, s.amount, o.line FROM stated_balances s ${join}` }, context);
    };
    expect(await stated()).toMatchObject({
      rows: [
        ['2026-10-01T12:00:00.000Z', '97.000000000000', 2],
        ['2026-10-02', '93.000000000000', 3],
      ],
    });
    const [stored] = await engine.files({}, context);
    await opened(engine.undoImport({ id: stored?.id ?? -1 }, context));
    expect(await stated()).toMatchObject({ rows: [] });
  });

  test('that were imported before bring nothing; a longer copy brings what is new', async () => {
    await take(NOTES);
    expect(await stageOne(NOTES)).toMatchObject({ repeats: 'stored', ready: false });
    const longer = file('more.csv', 'time,balance', '2026-10-01T12:00:00Z,97.00', '2026-10-03T00:00:00Z,92.00');
    const preview = (await stage(longer)).at(-1);
    expect(preview?.report.rows).toMatchObject({ read: 2, stored: 1, duplicate: 1 });
    expect(preview?.rows.map(({ balance, fate }) => [balance, fate])).toEqual([
      ['97', 'duplicate'],
      ['92', 'stored'],
    ]);
  });
});
