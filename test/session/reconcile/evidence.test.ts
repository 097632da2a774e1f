/** Usage and balances that others state, beside the simulated. */
import { expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';
import { OCTOBER, csv, opened, take } from './story.ts';

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

test('stated balances are compared at their instant, or with any balance of their day', async () => {
  const engine = await account();
  await take(engine, csv('balances.csv', 'time,balance', '2026-10-03T12:00:00Z,98.75', '2026-10-04T12:00:00Z,97'));
  const { balances } = await engine.reconciliation({ period: OCTOBER }, context);
  expect(balances.map(({ simulated, stated, difference, agrees }) => [simulated, stated, difference, agrees])).toEqual([
    ['98.75', '98.75', '0', true],
    ['96.25', '97', '0.75', false],
  ]);
});
