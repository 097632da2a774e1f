/** Differences of a reconciled month explained, through the worker's door. */
import { beforeEach, expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import type { Explained, ExplainTarget } from '../../../shared/contract/explain.ts';
import type { ReportDocument } from '../../../shared/contract/report.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';
import { csv, done, groupOf, OCTOBER, opened, reopened, take } from './story.ts';

const SCENARIO = `drawdown: 1
title: taxed
account: {opened: 2026-09-01T00:00:00Z}
events:
  - {at: 2026-09-20T10:00:00Z, type: purchase, amount: 40, id: A-0001}
  - {at: 2026-10-05T10:00:00Z, type: purchase, amount: 100, id: A-0002}
  - {at: 2026-10-19T10:00:00Z, type: purchase, amount: 60, id: A-0003}
until: 2026-11-01T00:00:00Z
`;

let engine: EngineApi;

beforeEach(async () => {
  engine = engineService(loadSql, surroundings);
  await opened(engine.openScenario({ name: 'taxed.yaml', text: SCENARIO, files: [] }, context));
  await take(
    engine,
    csv(
      'invoices.csv',
      'id,Number,Date (UTC),Amount Due,Amount Paid,Subtotal,Total,Tax,Status,Currency',
      'in_1,A-0001,2026-09-20 10:00,47.60,47.60,40.00,47.60,7.60,paid,usd',
      'in_2,A-0002,2026-10-05 10:00,119.00,119.00,100.00,119.00,19.00,paid,usd',
      'in_3,A-0003,2026-10-19 10:00,71.40,71.40,60.00,71.40,11.40,paid,usd',
    ),
  );
});

async function explain(target: ExplainTarget): Promise<Explained> {
  let answer = await engine.explain({ target }, context);
  while (answer.next !== null) answer = await engine.explain({ target, next: answer.next }, context);
  return answer;
}

test("a document's tax is a value of the policy, proven by the other months and adopted", async () => {
  const month = await engine.reconciliation({ period: OCTOBER }, context);
  const explained = await explain({ kind: 'group', period: OCTOBER, group: groupOf(month, 'document/A0002').id });
  expect(explained).toMatchObject({ simulated: '100', stated: '119', difference: '19' });
  const [best] = explained.explanations;
  expect(best).toMatchObject({
    ...{ family: 'policy', changes: { 'purchase.tax_rate': '19 %' }, set: { 'purchase.tax_rate': '19 %' } },
    ...{ residual: '0', verdict: 'proven', rivals: 0, percent: 100 },
    sentence: 'If purchases are taxed at 19 %, Purchase A-0002 is 119, as stated.',
  });
  expect(best?.also.filter(({ closes }) => closes).map(({ label, before }) => `${label} ${before}`)).toEqual([
    'documents of 2026-09 7.6',
    'documents of 2026-10 30.4',
  ]);
  const adopted = await engine.reconAct(
    { period: OCTOBER, actor: 'A. Example', act: { kind: 'adopt', set: best!.set!, sentence: best!.sentence } },
    context,
  );
  expect(adopted.ok).toBe(true);
});

test('a step of the bridge is explained by what would change its whole sum', async () => {
  const { bridge } = await engine.reconciliation({ period: OCTOBER }, context);
  const step = bridge.steps.find(({ amount }) => amount === '30.4');
  const explained = await explain({ kind: 'step', period: OCTOBER, step: step!.id });
  expect(explained.explanations[0]?.changes).toEqual({ 'purchase.tax_rate': '19 %' });
  expect(explained.tried.policy).toBeGreaterThan(50);
});

test("a vendor's cost file beside the log: cached tokens at the price of fresh ones, from days and months", async () => {
  const log = (cached: boolean): string[] => [
    cached ? 'timestamp,id,model,input_tokens,cached_input_tokens,output_tokens' : 'timestamp,model,cost',
    ...['2026-09-22T08:00:00Z', '2026-10-02T09:00:00Z', '2026-10-05T12:00:00Z', '2026-10-21T15:00:00Z'].map(
      (at, index) => {
        const [fresh, read] = [100_000 * (index + 1), 41_000 * index];
        // 2 a million for input, half of it for what is read from the cache
        return cached ? `${at},r${index},gpt,${fresh},${read},0` : `${at},gpt,${((fresh + read) * 2) / 1_000_000}`;
      },
    ),
  ];
  const rates = `rates: {gpt: [{from: 2026-09-01T00:00:00Z, input_tokens: 2, cached_input_tokens: 1, output_tokens: 8, per: 1000000}]}`;
  await opened(engine.openScenario({ name: 'priced.yaml', text: `${SCENARIO}${rates}\n`, files: [] }, context));
  await take(engine, csv('log.csv', ...log(true)));
  const [staged] = await engine.stageFiles({ files: [csv('costs.csv', ...log(false))], profiles: {} }, context);
  const again = await engine.restage({ id: staged!.id, choices: { ...staged!.choices, role: 'compare' } }, context);
  await opened(engine.takeStaged({ ids: again.map(({ id }) => id) }, context));

  const { usage } = await engine.reconciliation({ period: OCTOBER }, context);
  const line = usage.find(({ what }) => what === 'month');
  expect(line).toMatchObject({ simulated: '2.046', stated: '2.292', agrees: false });
  const explained = await explain({ kind: 'usage', period: OCTOBER, line: line!.id });
  expect(explained).toMatchObject({ simulated: '2.046', stated: '2.292', difference: '0.246' });
  expect(explained.explanations[0]).toMatchObject({
    ...{ changes: { 'usage.cached_price': 'as_fresh' }, verdict: 'proven', residual: '0', set: null },
    sentence: 'If cached tokens are billed at the price of fresh ones, usage of October 2026 is 2.292, as stated.',
  });
});

test('a cause that was kept or adopted stands in the report, marked once the month was reopened; saving keeps it', async () => {
  const month = await engine.reconciliation({ period: OCTOBER }, context);
  const group = groupOf(month, 'document/A0002').id;
  const { label, difference, explanations } = await explain({ kind: 'group', period: OCTOBER, group });
  const { sentence, detail, verdict, rivals, percent, residual } = explanations[0]!;
  const cause = { label, difference, sentence, detail, verdict, rivals, percent, residual };
  await done(engine, { kind: 'note', subject: group, text: sentence, cause });
  const open = month.groups.filter(({ section }) => section === 'to_decide').map(({ id }) => id);
  if (open.length > 0) await done(engine, { kind: 'accept', groups: open, reason: 'tax' });
  await done(engine, { kind: 'prepare' });
  const report = async (from: EngineApi): Promise<ReportDocument> =>
    from.reportDocument({ period: OCTOBER, view: 'buyer', by: 'lot' }, context);
  const before = await report(engine);
  expect(before.causes).toMatchObject([
    { ...cause, by: 'A. Example', isAdopted: false, isBeforeReopening: false, verdict: 'proven', difference: '19' },
  ]);
  expect(before.decisions.map(({ kind }) => kind)).not.toContain('note');
  await done(engine, { kind: 'reopen', reason: 'a document came late' });
  await done(engine, { kind: 'adopt', set: explanations[0]!.set!, sentence, cause });
  const after = await report(await reopened(engine));
  expect(after.causes.map(({ isAdopted, isBeforeReopening }) => [isAdopted, isBeforeReopening])).toEqual([
    [false, true],
    [true, false],
  ]);
  expect(after.decisions.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['reopen', 'adopt']));
});
