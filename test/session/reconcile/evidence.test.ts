/** Usage and balances that others state, beside the simulated. */
import { expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import type { NamedFile } from '../../../shared/contract/importing.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';
import { OCTOBER, csv, done, opened, take } from './story.ts';

const SCENARIO = `drawdown: 1
title: usage
account: {opened: 2026-10-01T00:00:00Z}
events:
  - {at: 2026-10-01T00:00:00Z, type: purchase, amount: 100, id: a}
until: 2026-11-01T00:00:00Z
`;
const HEADER = 'timestamp,id,model,cost';
const OURS = csv(
  'log.csv',
  HEADER,
  '2026-10-03T01:00:00Z,r1,alto-2,1.25',
  '2026-10-04T02:00:00Z,r2,alto-2,2',
  '2026-10-04T03:00:00Z,r3,mini,0.5',
);
const THEIRS = csv('vendor.csv', HEADER, '2026-10-03T01:00:00Z,r1,alto-2,1.25', '2026-10-04T02:00:00Z,r2,alto-2,2.75');

async function account(): Promise<EngineApi> {
  const engine: EngineApi = engineService(loadSql, surroundings);
  await opened(engine.openScenario({ name: 'usage.yaml', text: SCENARIO, files: [] }, context));
  await take(engine, OURS);
  return engine;
}

test('a file that is only compared with does not count, repeats what counts, and is set beside it', async () => {
  const engine = await account();
  const [staged] = await engine.stageFiles({ files: [THEIRS], profiles: {} }, context);
  const previews = await engine.restage({ id: staged?.id ?? 0, choices: { role: 'compare' } }, context);
  expect(previews[0]).toMatchObject({ ready: true, doubleCount: null, report: { rows: { stored: 2, duplicate: 0 } } });
  const view = await opened(engine.takeStaged({ ids: [staged?.id ?? 0] }, context));
  expect(view.figures.accepted).toEqual({ count: 3, cost: '3.75' });
  expect((await engine.files({}, context))[1]).toMatchObject({ compared: true });
  const { usage } = await engine.reconciliation({ period: OCTOBER }, context);
  expect(
    usage.map(({ what, label, simulated, stated, difference, agrees }) => [
      what,
      label,
      simulated,
      stated,
      difference,
      agrees,
    ]),
  ).toEqual([
    ['month', 'October 2026', '3.75', '4', '0.25', false],
    ['sku', 'alto-2', '3.25', '4', '0.75', false],
    ['sku', 'mini', '0.5', null, '-0.5', false],
    ['day', '2026-10-03', '1.25', '1.25', '0', true],
    ['day', '2026-10-04', '2.5', '2.75', '0.25', false],
  ]);
});

test('a file that counted can become evidence, and undo makes it count again', async () => {
  const engine = await account();
  const view = await opened(engine.compareOnly({ id: 0 }, context));
  expect(view.figures.accepted).toEqual({ count: 0, cost: '0' });
  const back = await engine.undoChange({}, context);
  expect(back.ok && back.view.figures.accepted.count).toBe(3);
});

test('evidence can be let count: what other files have of it is left out, and undo makes it evidence again', async () => {
  const engine = await account();
  const more = csv('more.csv', HEADER, '2026-10-04T02:00:00Z,r2,alto-2,2', '2026-10-05T02:00:00Z,r9,mini,4');
  const [staged] = await engine.stageFiles({ files: [more], profiles: {} }, context);
  await engine.restage({ id: staged?.id ?? 0, choices: { role: 'compare' } }, context);
  await opened(engine.takeStaged({ ids: [staged?.id ?? 0] }, context));
  const view = await opened(engine.countUsage({ id: 1 }, context));
  expect(view.figures.accepted).toEqual({ count: 4, cost: '7.75' });
  const [, file] = await engine.files({}, context);
  expect(file).toMatchObject({ report: { file: 'more.csv', rows: { stored: 1, duplicate: 1 } } });
  expect(file?.compared).toBeUndefined();
  await expect(engine.countUsage({ id: 1 }, context)).rejects.toThrow('counts already');
  const back = await engine.undoChange({}, context);
  expect(back.ok && back.view.figures.accepted.cost).toBe('3.75');
  expect((await engine.files({}, context))[1]).toMatchObject({ compared: true, report: { rows: { stored: 2 } } });
});

/** One day of the vendor's usage API, in groups. */
function usageOf(name: string, ...groups: readonly (readonly [number, Readonly<Record<string, string>>])[]): NamedFile {
  const results = groups.map(([tokens, of]) => ({
    object: 'organization.usage.completions.result',
    ...{ input_tokens: tokens, output_tokens: tokens / 2, num_model_requests: 1, ...of },
  }));
  const bucket = { object: 'bucket', start_time: 1790985600, end_time: 1791072000, results };
  return csv(name, JSON.stringify({ object: 'page', data: [bucket], has_more: false }));
}

test('evidence that another file states in other rows is not let count: the usage would count twice', async () => {
  const engine: EngineApi = engineService(loadSql, surroundings);
  await opened(engine.openScenario({ name: 'usage.yaml', text: SCENARIO, files: [] }, context));
  await take(engine, usageOf('models.json', [700_300, { model: 'gpt-4o' }], [500_100, { model: 'gpt-4o-mini' }]));
  const projects = usageOf('projects.json', [400_200, { project_id: 'p1' }], [800_200, { project_id: 'p2' }]);
  const [staged] = await engine.stageFiles({ files: [projects], profiles: {} }, context);
  await engine.restage({ id: staged?.id ?? 0, choices: { role: 'compare' } }, context);
  await opened(engine.takeStaged({ ids: [staged?.id ?? 0] }, context));
  await expect(engine.countUsage({ id: 1 }, context)).rejects.toThrow('models.json counts the same usage');
});

async function sealOctober(engine: EngineApi): Promise<void> {
  const shown = await engine.reconciliation({ period: OCTOBER }, context);
  const groups = shown.groups.filter(({ section }) => section === 'to_decide').map(({ id }) => id);
  if (groups.length > 0) await done(engine, { kind: 'accept', groups });
  for (const kind of ['prepare', 'review', 'seal'] as const) await done(engine, { kind });
}

test('evidence with all rows of which a month is sealed is not let count with fewer', async () => {
  const engine = await account();
  const more = csv('more.csv', HEADER, '2026-10-04T02:00:00Z,r2,alto-2,2', '2026-10-05T02:00:00Z,r9,mini,4');
  const [staged] = await engine.stageFiles({ files: [more], profiles: {} }, context);
  await engine.restage({ id: staged?.id ?? 0, choices: { role: 'compare' } }, context);
  await opened(engine.takeStaged({ ids: [staged?.id ?? 0] }, context));
  await sealOctober(engine);
  await expect(engine.countUsage({ id: 1 }, context)).rejects.toThrow(
    'October 2026 is sealed with all rows of more.csv, and other files have some of them; reopen it first',
  );
});

test('a file is not made evidence where a month is sealed with a later one that would have more rows', async () => {
  const engine = await account();
  await take(engine, csv('later.csv', HEADER, '2026-10-04T02:00:00Z,r2,alto-2,2', '2026-10-05T02:00:00Z,r9,mini,4'));
  await sealOctober(engine);
  await expect(engine.compareOnly({ id: 0 }, context)).rejects.toThrow(
    'October 2026 is sealed with all rows of later.csv, as they are while log.csv counts; reopen it first',
  );
  await done(engine, { kind: 'reopen', reason: 'the log is no basis' });
  const view = await opened(engine.compareOnly({ id: 0 }, context));
  expect(view.figures.accepted).toEqual({ count: 2, cost: '6' });
});

test('stated balances are compared at their instant, or with any balance of their day', async () => {
  const engine = await account();
  await take(engine, csv('balances.csv', 'time,balance', '2026-10-03T12:00:00Z,98.75', '2026-10-04T12:00:00Z,97'));
  const { balances } = await engine.reconciliation({ period: OCTOBER }, context);
  expect(balances.map(({ simulated, stated, difference, agrees }) => [simulated, stated, difference, agrees])).toEqual([
    ['98.75', '98.75', '0', true],
    ['96.25', '97', '0.75', false],
  ]);
});
