/** The Scenario place between editor and the real worker: run as it is typed, the last good run kept. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createScenarioSlice, type ScenarioSlice } from '../../renderer/features/scenario/slice.ts';
import { foundTemplates, templateOf } from '../../renderer/features/scenario/templates.ts';
import { barsPath } from '../../renderer/features/scenario/UsageShape.tsx';

import { differenceText, expectationName, signed, verdictOf } from '../../renderer/features/scenario/verdict.ts';
import type { EngineClient } from '../../renderer/ui/slice.ts';
import type { AccountView, EngineApi } from '../../shared/contract/engine.ts';
import { client, serve, type Port } from '../../shared/contract/rpc.ts';
import { zoneOf } from '../../shared/domain/time.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { loadSql, surroundings } from '../surroundings.ts';

const UTC = zoneOf('UTC')!;
const SCENARIOS = path.join(import.meta.dirname, '../../scenarios');
const read = (name: string): string => readFileSync(path.join(SCENARIOS, name), 'utf8');
const BASE = `drawdown: 1
account: {opened: 2025-01-01T00:00:00Z}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10, id: first}
until: 2025-01-10T00:00:00Z
expect:
  - {at: 2025-01-05T00:00:00Z, balance: 10}
`;

let engine: EngineClient;
let close: () => void;
let state: ScenarioSlice;
let views: AccountView[];
let firsts: (string | null)[];
let failures: unknown[];

beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  serve(port1 as unknown as Port, engineService(loadSql, surroundings));
  engine = client<EngineApi>(port2 as unknown as Port);
  port1.start();
  port2.start();
  close = () => port1.close();
  views = [];
  firsts = [];
  failures = [];
  const set = (change: Partial<ScenarioSlice> | ((before: ScenarioSlice) => Partial<ScenarioSlice>)): void => {
    state = { ...state, ...(typeof change === 'function' ? change(state) : change) };
  };
  state = createScenarioSlice(set, () => state, {
    engine,
    failed: (error) => failures.push(error),
    span: () => views.at(-1) ?? null,
    idle: () => Promise.resolve(),
    scenarioApplied: (view, first) => {
      views.push(view);
      firsts.push(first);
    },
  });
});

afterEach(() => {
  close();
  expect(failures).toEqual([]);
});

async function settled(): Promise<void> {
  const before = JSON.stringify([state.scenarioDraft, state.scenarioWaiting]);
  for (let turns = 0; turns < 30; turns += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  if (JSON.stringify([state.scenarioDraft, state.scenarioWaiting]) !== before) await settled();
}

async function type(text: string): Promise<void> {
  state.scenarioTyped(() => text);
  expect(state.scenarioWaiting).toBe(true);
  state.scenarioFlush();
  await settled();
}

async function open(text = BASE, name = 'a.yaml'): Promise<void> {
  await engine.openScenario({ name, text, files: [] }).result;
  state.scenarioForget();
  await state.scenarioLoad(true);
  await settled();
}

describe('typing', () => {
  test('the text of the open account is shown and judged, and nothing is applied for it', async () => {
    await open();
    expect(state.scenarioShown).toEqual({ text: BASE, fresh: true });
    expect(state.scenarioBase).toBe(BASE);
    expect(state.scenarioExpectations.map(({ held }) => held)).toEqual([true]);
    expect(state.scenarioDocs?.length).toBeGreaterThan(20);
    expect(views).toEqual([]);
  });

  test('what can be read runs at once; what cannot keeps the last good run', async () => {
    await open();
    await type(BASE.replace('amount: 10', 'amount: 12'));
    expect(views.map(({ figures }) => figures.balance)).toEqual(['12']);
    expect(state.scenarioExpectations.map(({ held }) => held)).toEqual([false]);
    await type(BASE.replace('amount: 10', 'amount: '));
    expect(state.scenarioCheck?.problems.length).toBe(1);
    expect(state.scenarioExpectations.map(({ held }) => held)).toEqual([false]);
    expect(views).toHaveLength(1);
    await type(BASE);
    expect(views.map(({ figures }) => figures.balance)).toEqual(['12', '10']);
    expect(state.scenarioCheck).toMatchObject({ ok: true, problems: [] });
    expect(state.scenarioWaiting).toBe(false);
  });

  test('of what piles up only the last is run', async () => {
    await open();
    for (const amount of [11, 12, 13, 14]) {
      state.scenarioTyped(() => BASE.replace('amount: 10', `amount: ${amount}`));
      state.scenarioFlush();
    }
    await settled();
    expect(views.at(-1)?.figures.balance).toBe('14');
    expect(views.length).toBeLessThanOrEqual(2);
  });

  test('a hand that rests is enough', async () => {
    await open();
    state.scenarioTyped(() => BASE.replace('amount: 10', 'amount: 15'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await settled();
    expect(views.map(({ figures }) => figures.balance)).toEqual(['15']);
  });
});

describe('texts from elsewhere', () => {
  test('the same document changed elsewhere is a step that can be undone, another one is not', async () => {
    await open();
    await type(BASE.replace('amount: 10', 'amount: 12'));
    await engine.undoChange({}).result;
    await state.scenarioLoad(false);
    expect(state.scenarioShown).toEqual({ text: BASE, fresh: false });
    await open(read('quickstart.yaml'), 'quickstart.yaml');
    expect(state.scenarioShown?.fresh).toBe(true);
    expect(state.scenarioName).toBe('quickstart.yaml');
    expect(state.scenarioGenerators.length).toBeGreaterThan(1);
  });

  test('revert goes back to the text as it was opened or saved, and runs it', async () => {
    await open();
    const changed = BASE.replace('amount: 10', 'amount: 12');
    await type(changed);
    state.scenarioRevert();
    await settled();
    expect(state.scenarioShown).toEqual({ text: BASE, fresh: false });
    expect(views.at(-1)?.figures.balance).toBe('10');
    await type(changed);
    state.scenarioSaved();
    expect(state.scenarioBase).toBe(changed);
  });

  test('without an account a template opens one, with the file it names', async () => {
    await state.scenarioLoad(true);
    expect(state.scenarioShown).toBeNull();
    const files = [{ name: 'usage-file.csv', content: new TextEncoder().encode(read('usage-file.csv')) }];
    state.scenarioBegin({ name: 'usage-file.yaml', text: read('usage-file.yaml') }, files);
    await settled();
    expect(state.scenarioCheck?.problems).toEqual([]);
    expect(firsts).toEqual(['usage-file.yaml']);
    expect(state.scenarioExpectations.every(({ held }) => held)).toBe(true);
    // the next text has the file still
    await type(`${read('usage-file.yaml')}# more\n`);
    expect(state.scenarioCheck?.problems).toEqual([]);
    expect(firsts).toEqual(['usage-file.yaml', null]);
  });
});

test('the verdict says how many problems, or how many expectations fail', () => {
  const expectation = { line: 1, column: 1, of: '', expected: '', differences: [] };
  const results = (...held: boolean[]): { ok: true; problems: []; expectations: object[]; generators: [] } => ({
    ...{ ok: true, problems: [], generators: [] },
    expectations: held.map((holds) => ({ ...expectation, held: holds })),
  });
  const said = (...held: boolean[]): string => verdictOf(results(...held) as never).title;
  expect(said()).toBe('Runs');
  expect(said(true)).toBe('Runs, its expectation holds');
  expect(said(true, true)).toBe('Runs, all 2 expectations hold');
  expect(said(false, true)).toBe('Runs, 1 of 2 expectations fails');
  expect(said(false, false, true)).toBe('Runs, 2 of 3 expectations fail');
  const problem = { file: 'a', line: 1, column: 1, field: null, message: 'm' };
  const bad = { ok: false, problems: [problem], expectations: [], generators: [] };
  expect(verdictOf(bad)).toMatchObject({ tone: 'debt', title: '1 problem, not run' });
  expect(differenceText({ field: 'balance', expected: '1', actual: '2' })).toBe('balance is 2');
  expect(expectationName('at 2026-03-09T00:00:00.000Z', UTC)).toBe('at 9 Mar 2026 00:00:00 UTC');
  expect(expectationName('invoice 2026-03', UTC)).toBe('invoice of March 2026');
  expect(expectationName('count cutoff', UTC)).toBe('count cutoff');
  expect(signed('balance is -86.71, at 2026-03')).toBe('balance is −86.71, at 2026-03');
  expect(differenceText({ field: 'event', expected: 'x', actual: null })).toBe('the run has no event x');
});

test('a template is known by its title and the first paragraph of its comment', () => {
  const template = templateOf(
    'x.yaml',
    '# yaml-language-server: a\n#\n# One\n# two.\n#\n# Three.\ndrawdown: 1\ntitle: "A b"\n',
  );
  expect(template).toMatchObject({ title: 'A b', about: 'One two.' });
  const other = templateOf('y.yaml', 'drawdown: 1\n');
  expect(other).toMatchObject({ title: 'y.yaml', about: '' });
  expect(foundTemplates([template, other], ' two  B')).toEqual([template]);
  expect(foundTemplates([template, other], '')).toHaveLength(2);
});

test('bars are one outline, the highest as high as the picture', () => {
  expect(barsPath([1, 2, 0], 2)).toBe('M0 40V20H1V0H2V40H3V40Z');
  expect(barsPath([0, 0], 0)).toBe('');
});
