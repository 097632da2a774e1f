/** What people do with a month: put together, take apart, split, ignore, take back; three sides, and what goes on. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import type { Reconciliation } from '../../../shared/contract/reconcile.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { cancelledAt, context, loadSql, surroundings } from '../../surroundings.ts';
import { OCTOBER, cell, csv, done, groupOf, opened, refusal, reopened, seed, take } from './story.ts';

const NOVEMBER = '2026-11';
const SCENARIO = `drawdown: 1
title: Brightwater
account: {opened: 2026-10-01T00:00:00Z}
policy: {purchase: {tax_rate: 0}}
events:
  - {at: 2026-10-02T09:14:00Z, type: purchase, amount: 500, id: a}
  - {at: 2026-10-23T16:31:00Z, type: purchase, amount: 1000, id: b}
  - {at: 2026-10-31T23:52:00Z, type: purchase, amount: 250, id: c}
until: 2026-12-01T00:00:00Z
`;
const BANK_HEADER = 'Date,Description,Amount';
const NOVEMBER_BANK = csv(
  'november.csv',
  BANK_HEADER,
  '2026-11-02,HALCYON* API CREDITS,-250.00',
  '2026-11-30,BAKERY,-3.20',
);

let engine: EngineApi;

beforeEach(async () => {
  engine = engineService(loadSql, surroundings);
  await opened(engine.openScenario({ name: 'brightwater.yaml', text: SCENARIO, files: [] }, context));
  await take(engine, seed('stripe_invoices.csv'), seed('bank.ofx'));
});

const month = (period = OCTOBER): Promise<Reconciliation> => engine.reconciliation({ period }, context);

function unexplained({ bridge }: Reconciliation): string[] {
  return bridge.steps.filter(({ category }) => category === 'unexplained').map(({ amount }) => amount);
}

describe('three sides', () => {
  test('a purchase, its invoice with tax and its card line are one group; the tax is a step', async () => {
    const shown = await month();
    const group = groupOf(shown, 'HLCN2K7Q0015');
    expect([cell(group, 'simulated'), cell(group, 'document'), cell(group, 'bank')]).toEqual([
      ['1000'],
      ['1088.75'],
      ['1088.75'],
    ]);
    expect(shown.bridge.pillars.map(({ side, total }) => [side, total])).toEqual([
      ['simulated', '1750'],
      ['document', '2626.17'],
      ['bank', '2126.17'],
    ]);
    expect(unexplained(shown)).toEqual(['0', '0']);
  });

  test('what is in transit in October is there in November, where October shows when', async () => {
    await take(engine, NOVEMBER_BANK);
    await engine.reconPeriods({}, context);
    const october = groupOf(await month(), 'HLCN2K7Q0017');
    expect(october.break).toMatchObject({ category: 'timing', life: 'resolved', breakOn: '2026-11-06' });
    expect(october.missing.bank).toBe('not in October 2026, booked 2 Nov');
    const november = await month(NOVEMBER);
    const group = groupOf(november, 'HLCN2K7Q0017');
    expect(group).toMatchObject({
      section: 'matched',
      links: [{ between: 'simulated_document' }, { between: 'document_bank' }],
    });
    expect(november.bridge.steps.find(({ category }) => category === 'timing_prior_period')).toMatchObject({
      amount: '250',
    });
    expect(unexplained(november).every((amount) => amount === '0')).toBe(true);
  });

  test('what has not come by the end of November is a break of October that persists', async () => {
    await take(
      engine,
      csv('november.csv', BANK_HEADER, '2026-11-03,HALCYON* API USAGE,-12.00', '2026-11-30,BAKERY,-3.20'),
    );
    const group = groupOf(await month(NOVEMBER), 'HLCN2K7Q0017');
    expect(group).toMatchObject({
      section: 'to_decide',
      break: { category: 'missing_in_statement', life: 'persisting', since: OCTOBER },
    });
  });

  test('without bank lines of a month there is no conclusion', async () => {
    const shown = await month(NOVEMBER);
    expect(shown).toMatchObject({ verdict: 'incomplete' });
    expect(shown.lacks).toContain('no bank lines of November 2026');
  });
});

describe('what a person decides', () => {
  test('a match that is taken apart stays apart; put together again by hand it is one; taken back it is as before', async () => {
    const before = await month();
    const group = groupOf(before, '2026100300017');
    const apart = await done(engine, { kind: 'unmatch', group: group.id });
    expect(groupOf(apart, '2026100300017')).toMatchObject({ section: 'to_decide', state: 'Prior period' });
    expect(unexplained(apart)).toEqual(['0', '0']);
    const items = [...group.cells.document, ...group.cells.bank].map(({ id }) => id);
    const together = await done(engine, { kind: 'match', items, reason: 'the invoice says so' });
    expect(groupOf(together, '2026100300017').links.at(-1)).toMatchObject({ rule: 'by_hand', status: 'confirmed' });
    expect(together.undo).toBe('Match of 2 items: the invoice says so');
    await done(engine, { kind: 'take_back' });
    const back = await done(engine, { kind: 'take_back' });
    expect(back.groups).toEqual(before.groups);
    expect(back).toMatchObject({ undo: null, redo: 'Unmatch of 3 items' });
    await done(engine, { kind: 'take_up' });
    expect(groupOf(await month(), '2026100300017').section).toBe('to_decide');
  });

  test('an item in two parts; parts that do not add up are refused', async () => {
    const line = groupOf(await month(), '2026102100002').cells.bank[0]?.id ?? '';
    expect(await refusal(engine, { kind: 'split', item: line, parts: ['-100', '-100'] })).toBe(
      'the parts add up to -200, the item is -250',
    );
    const shown = await done(engine, { kind: 'split', item: line, parts: ['-100', '-150.00'] });
    expect(
      shown.groups.flatMap(({ cells }) => cells.bank).filter(({ id }) => id.includes('2026102100002')),
    ).toMatchObject([{ amount: '-100' }, { amount: '-150' }]);
    expect(unexplained(shown)).toEqual(['0', '0']);
  });

  test('what is ignored says why and leaves the totals; heeded again it counts', async () => {
    const line = groupOf(await month(), '2026102100002').cells.bank[0]?.id ?? '';
    expect(await refusal(engine, { kind: 'ignore', items: [line], reason: ' ' })).toContain('say why');
    const without = await done(engine, { kind: 'ignore', items: [line], reason: 'of another team' });
    expect(groupOf(without, '2026102100002')).toMatchObject({ section: 'ignored', ignored: 'of another team' });
    expect(without.sums.bank.total).toBe('2376.17');
    expect((await done(engine, { kind: 'heed', items: [line] })).sums.bank.total).toBe('2126.17');
  });

  test('a rule from an example takes its like, and says how many before', async () => {
    const bakery = groupOf(await month(), '2026101900003').cells.bank[0]?.id ?? '';
    const rule = await engine.reconRuleFrom({ period: OCTOBER, item: bakery }, context);
    expect(rule).toMatchObject({ side: 'bank', how: 'begins', currency: 'USD' });
    const inScope = { ...rule, then: { kind: 'in_scope' as const } };
    const preview = await engine.reconRulePreview({ period: OCTOBER, rule: inScope }, context);
    expect([preview.items.map(({ amount }) => amount), preview.everywhere]).toEqual([['61.8'], 1]);
    const shown = await done(engine, { kind: 'settings', settings: { rules: [inScope] } });
    expect(groupOf(shown, '2026101900003').section).toBe('to_decide');
    expect((await engine.reconSettings({ period: null }, context)).rules).toEqual([inScope]);
  });

  test('the log tells everything, of one group too, and survives saving', async () => {
    const shown = await month();
    const group = groupOf(shown, 'HLCN2K7Q0017');
    await done(engine, { kind: 'note', subject: group.id, text: 'asked the bank' });
    await done(engine, { kind: 'own', break: group.break?.id ?? '', owner: 'B. Example' });
    const again = await reopened(engine);
    const history = await again.reconHistory({ subject: group.id, offset: 0, limit: 10 }, context);
    expect(history.rows.map(({ seq, says }) => [seq, says])).toEqual([
      [2, 'Break given to B. Example'],
      [1, 'Note: asked the bank'],
    ]);
    const now = groupOf(await again.reconciliation({ period: OCTOBER }, context), 'HLCN2K7Q0017');
    expect([now.notes, now.break?.owner]).toEqual([1, 'B. Example']);
  });

  test('nobody in particular does nothing; matching can be cancelled', async () => {
    const answer = await engine.reconAct({ period: OCTOBER, actor: ' ', act: { kind: 'take_back' } }, context);
    expect(answer).toEqual({ ok: false, message: 'say who does this' });
    await expect(engine.reconciliation({ period: NOVEMBER }, cancelledAt(0))).rejects.toThrow('cancelled');
  });
});
