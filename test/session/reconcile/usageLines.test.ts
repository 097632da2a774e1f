/** What vendors state of usage, beside the simulated: a file that is only compared, and the invoice that bills usage. */
import { beforeEach, expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';
import { OCTOBER, csv, opened, take } from './story.ts';

let engine: EngineApi;

/** 500.00 of credits, used up in September and 37.42 beyond; half of October's usage is on another model. */
const SCENARIO = `drawdown: 1
title: Brightwater Analytics
account: {opened: 2026-09-01T00:00:00Z}
policy: {exhausted: bill_excess}
events:
  - {at: 2026-09-01T00:00:00Z, type: purchase, amount: 500, id: first}
  - {at: 2026-09-20T00:00:00Z, type: usage, sku: alto-2, cost: 537.42}
  - {at: 2026-10-02T00:00:00Z, type: purchase, amount: 250, id: second}
  - {at: 2026-10-03T12:00:00Z, type: usage, sku: alto-2, cost: 60.004}
  - {at: 2026-10-04T12:00:00Z, type: usage, sku: alto-2 mini, cost: 40}
until: 2026-11-05T00:00:00Z
`;
const HEADER = 'id,Number,Date (UTC),Amount Due,Amount Paid,Subtotal,Total,Tax,Status,Currency,Starting Balance';

async function lines() {
  const { usage } = await engine.reconcile({ period: OCTOBER }, context);
  return usage.map(({ what, label, simulated, stated, difference, agrees }) => [
    ...[what, label, simulated, stated, difference, agrees],
  ]);
}

beforeEach(async () => {
  engine = engineService(loadSql, surroundings);
  await opened(engine.openScenario({ name: 'account.yaml', text: SCENARIO, files: [] }, context));
});

test('of an invoice its usage and what is due are set beside the vendor’s own', async () => {
  await take(
    engine,
    csv('invoices.csv', HEADER, 'in_1,HM-10,2026-10-05 06:00,37.42,37.42,537.42,537.42,0.00,paid,usd,-500.00'),
  );
  const found = await lines();
  // the vendor bills September's whole usage and takes the credits off it
  expect(found).toEqual([
    ['invoice', 'HM-10, usage', '537.42', '537.42', '0', true],
    ['invoice', 'HM-10, amount due', '37.42', '37.42', '0', true],
  ]);
});

test('where the vendor bills more usage than there was, the line differs by just that', async () => {
  await take(
    engine,
    csv('invoices.csv', HEADER, 'in_1,HM-10,2026-10-05 06:00,37.42,37.42,540.00,540.00,0.00,paid,usd,-502.58'),
  );
  expect(await lines()).toEqual([
    ['invoice', 'HM-10, usage', '537.42', '540', '2.58', false],
    ['invoice', 'HM-10, amount due', '37.42', '37.42', '0', true],
  ]);
});

test('a file that is only compared is set beside it by month, model and day; what rounds to its cents agrees', async () => {
  const file = csv(
    'costs.csv',
    'date,model,cost',
    '2026-10-03T00:00:00Z,alto-2,60.00',
    '2026-10-04T00:00:00Z,alto-2 mini,41.00',
  );
  const [preview] = await engine.stageFiles({ files: [file], profiles: {} }, context);
  if (preview === undefined) throw new Error('nothing was staged');
  await engine.restage({ id: preview.id, choices: { role: 'compare' } }, context);
  await opened(engine.takeStaged({ ids: [preview.id] }, context));
  expect(await lines()).toEqual([
    ['month', 'October 2026', '100.004', '101', '0.996', false],
    ['sku', 'alto-2', '60.004', '60', '-0.004', true],
    ['sku', 'alto-2 mini', '40', '41', '1', false],
    ['day', '2026-10-03', '60.004', '60', '-0.004', true],
    ['day', '2026-10-04', '40', '41', '1', false],
  ]);
});
