/** The October story end to end: matched, prepared, reviewed, sealed, saved, opened again. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../../shared/contract/engine.ts';
import type { ReconAct } from '../../../shared/contract/reconcile.ts';
import { engineService } from '../../../shared/session/engineService.ts';
import { context, loadSql, surroundings } from '../../surroundings.ts';
import { CREDIT_NOTE, OCTOBER, done, groupOf, refusal, reopened, seed, take } from './story.ts';

let engine: EngineApi;

beforeEach(async () => {
  engine = engineService(loadSql, surroundings);
  await take(engine, seed('stripe_invoices.csv'), seed('bank.ofx'));
});

const october = () => engine.reconciliation({ period: OCTOBER }, context);

describe('the October of the samples', () => {
  test('7 matches, 1 item in transit, the void and the other vendor ignored, nothing unexplained', async () => {
    const shown = await done(engine, CREDIT_NOTE);
    const matches = shown.groups.flatMap(({ cells, links }) =>
      links.map(({ rule, status }) => [
        cells.document[0]?.reference,
        cells.bank[0]?.id.split('/').at(-1),
        rule,
        status,
      ]),
    );
    const expected = [
      ['HLCN2K7Q-0010', '2026100600042', 'exact', 'confirmed'],
      ['HLCN2K7Q-0011', '2026100300017', 'exact', 'confirmed'],
      ['HLCN2K7Q-0012', '2026101200008', 'exact', 'confirmed'],
      ['HLCN2K7Q-0013', '2026101600021', 'exact', 'confirmed'],
      ['HLCN2K7Q-0014', '2026101600022', 'exact', 'confirmed'],
      ['HLCN2K7Q-0015', '2026102400011', 'exact', 'confirmed'],
      ['HLCN2K7Q-0014-CN-01', '2026102100002', 'exact', 'confirmed'],
    ];
    expect(new Set(matches.map((match) => JSON.stringify(match)))).toEqual(
      new Set(expected.map((match) => JSON.stringify(match))),
    );
    expect(groupOf(shown, 'HLCN2K7Q0017')).toMatchObject({
      ...{ section: 'matched', state: 'In transit', category: 'timing', difference: '-250' },
      missing: { bank: 'not yet on the bank, expected by 6 Nov' },
      break: { category: 'timing', amount: '-250', breakOn: '2026-11-06', life: 'new', since: OCTOBER },
    });
    expect(shown.groups.filter(({ section }) => section === 'ignored').map(({ ignored }) => ignored)).toEqual([
      'Other vendor',
      'Void',
    ]);
    expect(shown.bridge.pillars.map(({ side, total }) => [side, total])).toEqual([
      ['document', '2376.17'],
      ['bank', '2126.17'],
    ]);
    expect(shown.bridge.steps.map(({ category, amount, items }) => [category, amount, items])).toEqual([
      ['timing', '-250', 1],
      ['unexplained', '0', 0],
    ]);
    expect(shown).toMatchObject({
      verdict: 'reconciled_with_timing',
      lacks: [],
      period: { toDecide: 0, state: 'open' },
    });
  });

  test('without the credit note the refund on the card waits for a decision, and the month cannot be prepared', async () => {
    const shown = await october();
    expect(groupOf(shown, '2026102100002')).toMatchObject({ section: 'to_decide', state: 'No document' });
    expect(shown.verdict).toBe('breaks');
    expect(await refusal(engine, { kind: 'prepare' })).toContain('1 group is to be decided first');
  });

  test('prepared, reviewed, sealed; a sealed month refuses; saved and opened again it shows the same', async () => {
    await done(engine, CREDIT_NOTE);
    expect(await refusal(engine, { kind: 'seal' })).toContain('it must be reviewed first');
    await done(engine, { kind: 'prepare' });
    await done(engine, { kind: 'review' }, OCTOBER, 'B. Example');
    const sealed = await done(engine, { kind: 'seal' });
    expect(sealed.period).toMatchObject({
      ...{ state: 'sealed', prepared: { by: 'A. Example' }, reviewed: { by: 'B. Example' }, since: [] },
      sealed: { by: 'A. Example', hash: sealed.head },
    });
    expect(await refusal(engine, CREDIT_NOTE)).toBe('October 2026 is sealed. Reopen it first, and say why');
    expect(await refusal(engine, { kind: 'reopen', reason: ' ' })).toContain('say why');

    const again = await reopened(engine);
    expect(await again.reconciliation({ period: OCTOBER }, context)).toEqual(sealed);
  });

  test('what is only noted leaves a prepared month as it was prepared; what is imported after it is told', async () => {
    await done(engine, CREDIT_NOTE);
    const { groups } = await done(engine, { kind: 'prepare' });
    const note: ReconAct = { kind: 'note', subject: groups[0]?.id ?? '', text: 'asked' };
    expect((await done(engine, note)).period).toMatchObject({ state: 'prepared', since: [] });
    await take(engine, seed('focus_1_2.csv'));
    const after = await done(engine, note);
    expect(after.period.since).toEqual(['What was prepared is no longer what is shown']);
    const again = await reopened(engine);
    expect(await again.reconciliation({ period: OCTOBER }, context)).toEqual(after);
  });

  test('what comes after the seal changes nothing of it, and is told in words', async () => {
    await done(engine, CREDIT_NOTE);
    for (const kind of ['prepare', 'review', 'seal'] as const) await done(engine, { kind });
    const before = await october();
    await take(engine, seed('focus_1_2.csv'));
    const after = await october();
    expect(after.period.since).toEqual(['focus_1_2.csv was imported']);
    expect({ ...after, period: before.period }).toEqual(before);
    const reopened = await done(engine, { kind: 'reopen', reason: 'the cost export came' });
    expect(reopened.period).toMatchObject({ state: 'open', sealed: null });
    expect(
      reopened.groups.flatMap(({ cells }) => cells.document).find(({ reference }) => reference === 'HLCN2K7Q-0011')
        ?.sources,
    ).toHaveLength(2);
  });
});

const SAMPLES = path.join(import.meta.dirname, '../../../../shared/samples/expected.json');

test.skipIf(!existsSync(SAMPLES))('the story agrees with what the samples expect, where they are at hand', async () => {
  const expected = JSON.parse(readFileSync(SAMPLES, 'utf8')) as {
    end_to_end_card_october: { totals: { ledger: number } };
  };
  const shown = await done(engine, CREDIT_NOTE);
  expect(Number(shown.sums.document.total) * 100).toBe(expected.end_to_end_card_october.totals.ledger);
});
