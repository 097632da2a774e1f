/** A scenario's text being edited: checked beside the open account, applied in its place, its usage kept. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EngineApi } from '../../shared/contract/engine.ts';
import type { NamedFile } from '../../shared/contract/importing.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { context, loadSql, surroundings } from '../surroundings.ts';

const SCENARIOS = path.join(import.meta.dirname, '../../scenarios');
const text = (name: string): string => readFileSync(path.join(SCENARIOS, name), 'utf8');
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);

const BASE = `drawdown: 1
account: {opened: 2025-01-01T00:00:00Z}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10, id: first}
  - {at: 2025-01-02T00:00:00Z, type: usage, cost: 4, id: late}
until: 2025-01-10T00:00:00Z
`;
const FILE: NamedFile = {
  name: 'log.csv',
  content: bytes('timestamp,id,model,cost\n2025-01-03T00:00:00Z,a,gpt,1.5\n'),
};

function engine(): EngineApi {
  return engineService(loadSql, surroundings);
}

async function opened(content: string, files: readonly NamedFile[] = []): Promise<EngineApi> {
  const made = engine();
  const answer = await made.openScenario({ name: 'a.yaml', text: content, files }, context);
  expect(answer.ok ? [] : answer.problems).toEqual([]);
  return made;
}

async function balance(of: EngineApi, content: string): Promise<string> {
  const answer = await of.applyScenario({ name: 'a.yaml', text: content }, context);
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('; '));
  return answer.view.figures.balance;
}

describe('checking', () => {
  test('problems carry their place, and the open account stays', async () => {
    const api = await opened(BASE);
    const wrong = BASE.replace('cost: 4', 'cost: four');
    const check = await api.checkScenario({ name: 'a.yaml', text: wrong }, context);
    const line = wrong.split('\n').findIndex((row) => row.includes('four'));
    const column = wrong.split('\n')[line]?.indexOf('four') ?? -1;
    expect(check.ok).toBe(false);
    expect(check.problems).toMatchObject([{ file: 'a.yaml', line: line + 1, column: column + 1 }]);
    expect(await api.scenarioText({}, context)).toEqual({ name: 'a.yaml', text: BASE });
  });

  test('expectations stand beside their lines, with what the run has instead', async () => {
    const api = await opened(BASE);
    const expected = `${BASE}expect:
  - {at: 2025-01-05T00:00:00Z, balance: 6, lots: {first: 7}}
  - {event: late, status: accepted}
  - {event: nobody, status: accepted}
  - {count: usage, equals: 1}
  - {invoice: 2030-01, amount_due: 0}
`;
    const { ok, expectations } = await api.checkScenario({ name: 'a.yaml', text: expected }, context);
    const first = expected.split('\n').findIndex((line) => line.includes('{at: 2025-01-05')) + 1;
    expect(ok).toBe(true);
    expect(expectations.map(({ line, column, held }) => [line, column, held])).toEqual([
      [first, 5, false],
      [first + 1, 5, true],
      [first + 2, 5, false],
      [first + 3, 5, true],
      [first + 4, 5, false],
    ]);
    expect(expectations.map(({ differences }) => differences)).toEqual([
      [{ field: 'lots.first', expected: '7', actual: '6' }],
      [],
      [{ field: 'event', expected: 'nobody', actual: null }],
      [],
      [{ field: 'invoice', expected: '2030-01', actual: null }],
    ]);
    expect(expectations[0]?.of).toBe('at 2025-01-05T00:00:00.000Z');
    expect(expectations[0]?.expected).toBe('balance 6, lots.first 7');
  });

  test('every shipped scenario holds as a template, with the files it names', async () => {
    const csv = { name: 'usage-file.csv', content: bytes(text('usage-file.csv')) };
    for (const name of readdirSync(SCENARIOS).filter((file) => file.endsWith('.yaml'))) {
      const check = await engine().checkScenario({ name, text: text(name), files: [csv] }, context);
      expect([name, check.problems]).toEqual([name, []]);
      expect([name, check.expectations.filter(({ held }) => !held)]).toEqual([name, []]);
    }
  });

  test('any text gets an answer', async () => {
    const api = await opened(BASE);
    const lines = fc.constantFrom(
      ...text('generated-usage.yaml').split('\n').slice(6),
      ...BASE.split('\n'),
      '\t-',
      '{',
      '&a *a',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(lines, { maxLength: 12 }), fc.string({ maxLength: 20 }), async (some, noise) => {
        const content = `${some.join('\n')}${noise}`;
        const check = await api.checkScenario({ name: 'a.yaml', text: content }, context);
        expect(check.ok).toBe(check.problems.length === 0);
        for (const { line, column } of check.problems)
          expect([line, column].every((at) => at !== null && at >= 1)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('applying', () => {
  test('the account runs under the new text, and undo takes all edits in a row back at once', async () => {
    const api = await opened(BASE);
    expect(await balance(api, BASE.replace('cost: 4', 'cost: 5'))).toBe('5');
    expect(await balance(api, BASE.replace('cost: 4', 'cost: 6'))).toBe('4');
    const back = await api.undoChange({}, context);
    expect(back.ok && back.view.figures.balance).toBe('6');
    expect((await api.scenarioText({}, context))?.text).toBe(BASE);
  });

  test('what could not be read changes nothing', async () => {
    const api = await opened(BASE);
    const answer = await api.applyScenario({ name: 'a.yaml', text: 'drawdown: 2' }, context);
    expect(answer.ok).toBe(false);
    expect((await api.scenarioText({}, context))?.text).toBe(BASE);
  });

  test('imported usage stays, whatever the text says', async () => {
    const api = await opened(BASE);
    const previews = await api.stageFiles({ files: [FILE], profiles: {} }, context);
    await api.takeStaged({ ids: previews.map(({ id }) => id) }, context);
    expect(await balance(api, BASE)).toBe('4.5');
    expect(await balance(api, BASE.replace('cost: 4', 'cost: 1'))).toBe('7.5');
    expect((await api.files({}, context)).map(({ report }) => report.file)).toEqual(['log.csv']);
  });

  test('another currency than that of imported usage is refused at its place', async () => {
    const api = await opened(BASE);
    const previews = await api.stageFiles({ files: [FILE], profiles: {} }, context);
    await api.takeStaged({ ids: previews.map(({ id }) => id) }, context);
    const euro = BASE.replace('{opened:', '{currency: EUR, opened:');
    const check = await api.checkScenario({ name: 'a.yaml', text: euro }, context);
    expect(check.problems).toMatchObject([{ line: 2, column: euro.split('\n')[1]!.indexOf('EUR') + 1 }]);
    expect(check.problems[0]?.message).toContain('log.csv is in USD');
  });

  test('a usage file that the text names is the one read with it, also after it was not named for a while', async () => {
    const named = `${BASE}usage:\n  - {file: logs/log.csv}\n`;
    const api = await opened(named, [FILE]);
    expect(await balance(api, named)).toBe('4.5');
    expect(await balance(api, BASE)).toBe('6');
    expect(await balance(api, named)).toBe('4.5');
    const other = named.replace('log.csv', 'other.csv');
    const check = await api.checkScenario({ name: 'a.yaml', text: other }, context);
    expect(check.problems).toMatchObject([
      { field: 'usage[0].file', line: other.split('\n').indexOf('  - {file: logs/other.csv}') + 1 },
    ]);
  });

  test('files of a document that was open before are not those of the next', async () => {
    const named = `${BASE}usage:\n  - {file: log.csv}\n`;
    const api = await opened(named, [FILE]);
    await api.openScenario({ name: 'a.yaml', text: BASE, files: [] }, context);
    const check = await api.checkScenario({ name: 'a.yaml', text: named }, context);
    expect(check.ok).toBe(false);
  });

  test('without an account the text opens one', async () => {
    const api = engine();
    expect(await api.scenarioText({}, context)).toBeNull();
    expect(await balance(api, BASE)).toBe('6');
    expect((await api.scenarioText({}, context))?.name).toBe('a.yaml');
  });

  test('rows of a generator follow its parameters, and it is the same as opening the text', async () => {
    const api = await opened(text('generated-usage.yaml'));
    const faster = text('generated-usage.yaml').replace('rate: 40/d', 'rate: 80/d').replace('seed: 1,', 'seed: 2,');
    const applied = await api.applyScenario({ name: 'a.yaml', text: faster }, context);
    const fresh = await engine().openScenario({ name: 'a.yaml', text: faster, files: [] }, context);
    if (!applied.ok || !fresh.ok) throw new Error('refused');
    expect(applied.view.counts.usage).toBeGreaterThan(2000);
    expect(applied.view.figures).toEqual(fresh.view.figures);
    expect(applied.view.counts).toEqual(fresh.view.counts);
  });
});

describe('what a generator makes', () => {
  test('its columns hold all rows, in their time', async () => {
    const api = await opened(text('generated-usage.yaml'));
    const preview = await api.generatePreview({ text: text('generated-usage.yaml'), index: 0, columns: 30 }, context);
    if (!preview.ok) throw new Error(preview.message);
    // stated and derived in the scenario's own comment
    expect([preview.rows, preview.cost, preview.currency]).toEqual([1201, '300.25', 'USD']);
    expect(preview.counts).toHaveLength(30);
    expect(preview.counts.reduce((sum, count) => sum + count, 0)).toBe(1201);
    const hours = await api.generatePreview({ text: text('generated-usage.yaml'), index: 0, columns: 720 }, context);
    if (!hours.ok) throw new Error(hours.message);
    const at = (hour: number): number => hours.counts.reduce((sum, count, i) => sum + (i % 24 === hour ? count : 0), 0);
    expect(at(11)).toBeGreaterThan(at(2) * 3);
    // 1 October 2025, where it begins, is a Wednesday
    expect(preview.weekHours.reduce((sum, count) => sum + count, 0)).toBe(1201);
    const short = text('generated-usage.yaml').replace('to: 2025-10-31', 'to: 2025-10-02');
    const day = await api.generatePreview({ text: short, index: 0, columns: 24 }, context);
    if (!day.ok) throw new Error(day.message);
    expect(day.weekHours.slice(48, 72)).toEqual(day.counts);
  });

  test('what is none says so', async () => {
    const api = await opened(BASE);
    expect(await api.generatePreview({ text: BASE, index: 0, columns: 10 }, context)).toMatchObject({ ok: false });
    expect(await api.generatePreview({ text: '{', index: 0, columns: 10 }, context)).toMatchObject({ ok: false });
  });
});
