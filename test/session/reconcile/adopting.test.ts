/** What explain proposes is adopted for the vendor: from that month on, and nowhere before, and verified after the seal. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import type { Explained, ExplainTarget } from '../../../shared/contract/explain.ts';
import type { Reconciliation } from '../../../shared/contract/reconcile.ts';
import { formatInstant, HOUR_MS, type Instant } from '../../../shared/domain/time.ts';
import { replayAccount } from '../../../shared/session/account.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { accountUnder } from '../../../shared/session/reconcile/adopted.ts';
import { itemsByMonth } from '../../../shared/session/reconcile/itemsByMonth.ts';
import { verified } from '../../../shared/session/reconcile/verify.ts';
import { openSaved } from '../../../shared/session/workspaceFile.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';
import { csv, done, groupOf, OCTOBER, opened, refusal, saved, take } from './story.ts';

const USED = `drawdown: 1
title: used
account: {opened: 2026-09-01T00:00:00Z}
events:
  - {at: 2026-09-01T00:00:00Z, type: grant, amount: 500, id: gift}
until: 2026-12-01T00:00:00Z
`;

/** Usage just after midnight and just before the next, in Los Angeles; a cost a day of there as the vendor states it. */
const DAYS = ['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-15', '2026-10-30', '2026-10-31'];
const OURS = csv(
  'log.csv',
  'timestamp,id,model,cost',
  ...DAYS.flatMap((day, index) => [
    `${day}T07:30:00Z,a${index},alto,${index + 1}`,
    `${formatInstant(Date.parse(`${day}T06:30:00Z`) + 24 * HOUR_MS)},b${index},alto,${index + 10}.5`,
  ]),
);
const THEIRS = csv(
  'vendor.csv',
  'timestamp,model,cost',
  ...DAYS.map((day, index) => `${day}T07:00:00Z,alto,${2 * index + 11}.5`),
);

async function explain(engine: EngineApi, target: ExplainTarget): Promise<Explained> {
  let answer = await engine.explain({ target }, context);
  while (answer.next !== null) answer = await engine.explain({ target, next: answer.next }, context);
  return answer;
}

async function account(text: string): Promise<EngineApi> {
  const engine: EngineApi = engineService(loadSql, surroundings);
  await opened(engine.openScenario({ name: 'account.yaml', text, files: [] }, context));
  return engine;
}

async function compared(): Promise<EngineApi> {
  const engine = await account(USED);
  await take(engine, OURS);
  const [staged] = await engine.stageFiles({ files: [THEIRS], profiles: {} }, context);
  await engine.restage({ id: staged!.id, choices: { ...staged!.choices, role: 'compare' } }, context);
  await opened(engine.takeStaged({ ids: [staged!.id] }, context));
  return engine;
}

function differing({ usage }: Reconciliation): string[] {
  return usage.filter(({ agrees }) => !agrees).map(({ label }) => label);
}

async function faults(engine: EngineApi): Promise<readonly string[]> {
  const SQL = await loadSql();
  const bytes = await saved(engine);
  const work = openSaved(SQL, bytes, surroundings);
  if (!work.ok) throw new Error(work.problems.map(({ message }) => message).join('\n'));
  return (await verified(SQL, work, bytes, surroundings, context)).faults.map(({ says }) => says);
}

test("the vendor's time zone: explained, adopted, agreed with, sealed, verified; the month before stays", async () => {
  const engine = await compared();
  const before = await engine.reconciliation({ period: OCTOBER }, context);
  const september = await engine.reconciliation({ period: '2026-09' }, context);
  const line = before.usage.find(({ what }) => what === 'month')!;
  expect([line.agrees, differing(before).length > 2]).toEqual([false, true]);

  const { explanations } = await explain(engine, { kind: 'usage', period: OCTOBER, line: line.id });
  const best = explanations.find(({ set }) => set?.['account.timezone'] === 'America/Los_Angeles');
  expect(best).toMatchObject({ residual: '0', percent: 100 });
  const adopted = await done(engine, { kind: 'adopt', set: best!.set!, sentence: best!.sentence });
  expect(differing(adopted)).toEqual([]);
  expect(adopted).toMatchObject({
    timezone: 'America/Los_Angeles',
    adopted: [{ from: OCTOBER, set: best!.set, sentence: best!.sentence }],
  });
  const unchanged = await engine.reconciliation({ period: '2026-09' }, context);
  expect(unchanged).toEqual({ ...september, head: unchanged.head });
  const used = async (period: string): Promise<string | undefined> =>
    (await engine.rollForward({ period, view: 'buyer', by: 'lot' }, context)).total.usage;
  expect([await used('2026-09'), await used(OCTOBER)]).toEqual(['13.5', '74']);

  for (const kind of ['prepare', 'review', 'seal'] as const) await done(engine, { kind });
  expect(await faults(engine)).toEqual([]);
  const entries = await engine.reconHistory({ subject: null, offset: 0, limit: 9 }, context);
  expect(entries.rows.at(-1)?.says).toBe(`Adopted for the vendor: ${best!.sentence}`);
  await done(engine, { kind: 'reopen', reason: 'another look' });
  const taken = await done(engine, { kind: 'take_back' });
  expect(taken).toMatchObject({ timezone: 'UTC', adopted: [], usage: before.usage });
});

test('a later adoption goes over an earlier one; a sealed month keeps what was adopted before its seal', async () => {
  const engine = await account(`drawdown: 1
title: taxed
account: {opened: 2026-09-01T00:00:00Z}
events:
  - {at: 2026-09-20T10:00:00Z, type: purchase, amount: 40, id: A-0001}
  - {at: 2026-10-05T10:00:00Z, type: purchase, amount: 100, id: A-0002}
  - {at: 2026-11-05T10:00:00Z, type: purchase, amount: 200, id: A-0003}
until: 2026-12-01T00:00:00Z
`);
  await take(
    engine,
    csv(
      'invoices.csv',
      'id,Number,Date (UTC),Amount Due,Amount Paid,Subtotal,Total,Tax,Status,Currency',
      'in_1,A-0001,2026-09-20 10:00,47.60,47.60,40.00,47.60,7.60,paid,usd',
      'in_2,A-0002,2026-10-05 10:00,119.00,119.00,100.00,119.00,19.00,paid,usd',
      'in_3,A-0003,2026-11-05 10:00,240.00,240.00,200.00,240.00,40.00,paid,usd',
    ),
  );
  const sums = async (): Promise<readonly string[]> =>
    Promise.all(
      ['2026-09', OCTOBER, '2026-11'].map(
        async (period) => (await engine.reconciliation({ period }, context)).sums.simulated.total,
      ),
    );
  const tax = (rate: string): Parameters<typeof done>[1] => ({
    ...{ kind: 'adopt', set: { 'purchase.tax_rate': rate }, sentence: `Purchases are taxed at ${rate}.` },
  });
  expect(await sums()).toEqual(['40', '100', '200']);
  const october = await done(engine, tax('19 %'));
  expect(groupOf(october, 'document/A0002')).toMatchObject({ difference: '0', section: 'matched' });
  expect(await sums()).toEqual(['40', '119', '238']);
  await done(engine, tax('20 %'), '2026-11');
  expect(await sums()).toEqual(['40', '119', '240']);

  for (const kind of ['prepare', 'review', 'seal'] as const) await done(engine, { kind });
  await done(engine, tax('7 %'), '2026-09');
  expect(await sums()).toEqual(['42.8', '119', '240']);
  const { period } = await engine.reconciliation({ period: OCTOBER }, context);
  expect(period.since).toEqual(['What is adopted for the vendor was changed']);
  expect(await faults(engine)).toEqual([]);
});

test('what cannot be replayed is not adopted; what no longer can leaves its months incomplete', async () => {
  const engine = await account(USED);
  const adopt = (set: Readonly<Record<string, string>>): Parameters<typeof done>[1] => ({
    ...{ kind: 'adopt', set, sentence: 'As the vendor says.' },
  });
  expect(await refusal(engine, adopt({}))).toBe('this explanation changes no value that can be adopted');
  expect(await refusal(engine, adopt({ 'purchase.tax_rate': 'much' }))).toContain('these values cannot be adopted');
  await done(engine, adopt({ 'events[0].priority': '1' }));
  const text = USED.replace('type: grant, amount: 500, id: gift', 'type: purchase, amount: 500, id: gift');
  await opened(engine.applyScenario({ name: 'account.yaml', text, files: [] }, context));
  const october = await engine.reconciliation({ period: OCTOBER }, context);
  expect(october.verdict).toBe('incomplete');
  expect(october.lacks.at(-1)).toBe(
    'what was adopted for the vendor: it can no longer be replayed (events[0].priority is no priority of a grant)',
  );
  const september = await engine.reconciliation({ period: '2026-09' }, context);
  expect(september.lacks.filter((lack) => lack.includes('adopted'))).toEqual([]);
});

test('under another time zone every purchase is in one month, and those before it stay where they were', () => {
  const start: Instant = Date.UTC(2026, 8, 1);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 90 * 24 - 1 }), { minLength: 1, maxLength: 12 }),
      fc.constantFrom('Asia/Tokyo', 'America/Los_Angeles', 'Europe/Berlin', 'Pacific/Kiritimati'),
      (hours, zone) => {
        const near = [29 * 24 + 20, 30 * 24 + 3];
        const events = [...new Set([...hours, ...near])].map(
          (hour, index) =>
            `  - {at: ${formatInstant(start + hour * HOUR_MS)}, type: purchase, amount: 10, id: p${index}}`,
        );
        const text = [
          'drawdown: 1',
          'title: zones',
          'account: {opened: 2026-09-01T00:00:00Z}',
          'events:',
          ...events,
          'until: 2026-12-01T00:00:00Z',
        ].join('\n');
        const outcome = replayAccount({ name: 'zones.yaml', text }, [], surroundings);
        if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
        const { account: asSaved } = outcome;
        const { account: under } = accountUnder(asSaved, { 'account.timezone': zone });
        const items = itemsByMonth(asSaved, [asSaved, under], (month) => (month < OCTOBER ? asSaved : under));
        expect(items.map(({ id }) => id).sort()).toEqual(events.map((_, n) => `simulated/purchase/p${n}`).sort());
        for (const { at, date } of items)
          if (at! < Date.UTC(2026, 9, 1)) expect(date).toBe(formatInstant(at!).slice(0, 10));
      },
    ),
    { numRuns: 60 },
  );
});
