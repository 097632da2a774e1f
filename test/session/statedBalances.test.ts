/** Balances that others state against the replayed one, through the worker's door and against a count by hand. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it, test } from 'vitest';
import type { EngineApi } from '../../shared/contract/engine.ts';
import type { StatedNotes } from '../../shared/contract/stated.ts';
import { ATOMS_PER_UNIT, formatAtoms } from '../../shared/domain/money.ts';
import { DAY_MS, HOUR_MS } from '../../shared/domain/time.ts';
import { replayAccount } from '../../shared/session/account.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { comparedBalances } from '../../shared/session/statedBalances.ts';
import type { StatedBalance } from '../../shared/domain/statedBalance.ts';
import { ACCOUNT, BALANCES, BANK, INVOICES, type StatedFile } from '../e2e/statedFiles.ts';
import { context, loadSql, surroundings } from '../surroundings.ts';

let engine: EngineApi;

beforeEach(() => {
  engine = engineService(loadSql, surroundings);
});

async function opened(text: string, ...files: readonly StatedFile[]): Promise<void> {
  const outcome = await engine.openScenario({ name: 'a.yaml', text, files: [] }, context);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  if (files.length === 0) return;
  const given = files.map(({ name, text: content }) => ({ name, content: new TextEncoder().encode(content) }));
  const staged = await engine.stageFiles({ files: given, profiles: {} }, context);
  const taken = await engine.takeStaged({ ids: staged.map(({ id }) => id) }, context);
  if (!taken.ok) throw new Error('not taken');
}

const EVER = { from: 0, to: Date.UTC(2100, 0) };

function said({ points }: StatedNotes): string[] {
  return points.map(({ until, stated, replayed, difference, agrees, between, line }) =>
    [
      ...[until === null ? 'instant' : 'day', stated, replayed, difference, agrees ? 'agrees' : 'differs'],
      ...[between === null ? '-' : between.join('..'), `line ${line}`],
    ].join(' '),
  );
}

test('each is compared with the balance of its instant, or with those of its day', async () => {
  await opened(ACCOUNT.text, BALANCES);
  expect(said(await engine.statedPoints(EVER, context))).toEqual([
    'instant 95 95 0 agrees - line 2',
    'instant 75 75 0 agrees - line 3',
    'instant 62.5 65 -2.5 differs - line 4',
    'day 40 40 0 agrees 35..40 line 5',
    'day 62 50 12 differs 45..50 line 6',
    // what was used at that very instant may be inside it or not
    'instant 35 35 0 agrees - line 7',
  ]);
  const { points } = await engine.statedPoints({ from: Date.UTC(2026, 9, 9), to: Date.UTC(2026, 9, 14, 3) }, context);
  expect(points.map(({ index }) => index)).toEqual([2, 3]);
});

test('a day is that of the account’s clock', async () => {
  const tokyo = ACCOUNT.text.replace('opened:', 'timezone: Asia/Tokyo, opened:');
  await opened(tokyo, { name: 'b.csv', text: 'time,balance\n2026-10-03,95\n' });
  const [point] = (await engine.statedPoints(EVER, context)).points;
  expect(point).toMatchObject({ at: Date.UTC(2026, 9, 2, 15), until: Date.UTC(2026, 9, 3, 15), agrees: true });
});

test('what is in another currency, or of a time that was not replayed, is counted and not compared', async () => {
  const text =
    'time,balance,currency\n2026-10-03,95,EUR\n2025-10-03,95,USD\n2027-10-03,95,USD\n2026-10-03T00:00:00Z,95.00,USD\n';
  await opened(ACCOUNT.text, { name: 'b.csv', text });
  await engine.undoChange({}, context);
  expect(await engine.redoChange({}, context)).toMatchObject({
    view: { counts: { stated: { agree: 1, differ: 0, apart: 3 } } },
  });
});

test('to the cent, where no more than cents are stated', async () => {
  const finer = ACCOUNT.text.replaceAll('cost: 5}', 'cost: 5.0003}');
  const text = 'time,balance\n2026-10-03T00:00:00Z,95.00\n2026-10-04T00:00:00Z,89.9995\n2026-10-05T00:00:00Z,84.98\n';
  await opened(finer, { name: 'b.csv', text });
  expect(said(await engine.statedPoints(EVER, context))).toEqual([
    'instant 95 94.9997 0.0003 agrees - line 2',
    'instant 89.9995 89.9994 0.0001 differs - line 3',
    'instant 84.98 84.9991 -0.0191 differs - line 4',
  ]);
});

test('documents, and the bank lines about the vendor, stand in the lane', async () => {
  await opened(ACCOUNT.text, INVOICES, BANK);
  const { items } = await engine.statedPoints(EVER, context);
  expect(
    items.map(({ side, amount, what, reference, file, line }) => [side, amount, what, reference, file, line]),
  ).toEqual([
    ['document', '100', 'Invoice, paid', 'HM-0001', 'invoices.csv', 2],
    ['bank', '100', 'HALCYON MODELS INC', null, 'bank.csv', 2],
    ['document', '50', 'Invoice, paid', 'HM-0002', 'invoices.csv', 3],
    ['bank', '50', 'HALCYON MODELS INC', null, 'bank.csv', 4],
  ]);
});

test('an account of which nobody states anything has no part of it in its answers', async () => {
  await opened(ACCOUNT.text);
  expect(await engine.annotations(EVER, context)).not.toHaveProperty('stated');
});

test('of very many, those that differ are never left out', async () => {
  const rows = Array.from({ length: 5_000 }, (_, row) => {
    const at = new Date(Date.UTC(2026, 9, 26) + row * 100_000).toISOString();
    return `${at},${row % 1_000 === 7 ? '31' : '30'}`;
  });
  await opened(ACCOUNT.text, { name: 'b.csv', text: `time,balance\n${rows.join('\n')}\n` });
  const { points, more } = await engine.statedPoints(EVER, context);
  expect(points.filter(({ agrees }) => !agrees)).toHaveLength(5);
  expect([points.length, more.points]).toEqual([2_000, 3_000]);
});

describe('of any account and any time', () => {
  const START = Date.UTC(2026, 0, 1);
  const moves = fc.array(
    fc.record({ hour: fc.integer({ min: 0, max: 24 * 20 }), amount: fc.integer({ min: 1, max: 9_999 }) }),
    { minLength: 1, maxLength: 25 },
  );

  it('the replayed balance is what the movements up to then leave', () => {
    fc.assert(
      fc.property(moves, fc.integer({ min: 0, max: 24 * 21 }), fc.boolean(), (all, hour, byDay) => {
        const iso = (at: number): string => new Date(at).toISOString();
        const cents = (amount: number): string => formatAtoms((BigInt(amount) * ATOMS_PER_UNIT) / 100n);
        const events = all.map(
          ({ hour: at, amount }) => `  - {at: ${iso(START + at * HOUR_MS)}, type: grant, amount: ${cents(amount)}}`,
        );
        const text = `drawdown: 1\ntitle: t\naccount: {opened: ${iso(START)}}\nevents:\n${events.join('\n')}\nuntil: ${iso(START + 22 * DAY_MS)}\n`;
        const outcome = replayAccount({ name: 'a', text }, [], surroundings);
        if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
        const { course, run } = outcome.account;
        const at = START + hour * HOUR_MS;
        const upTo = (instant: number): bigint =>
          all.reduce(
            (sum, { hour: of, amount }) =>
              START + of * HOUR_MS <= instant ? sum + (BigInt(amount) * ATOMS_PER_UNIT) / 100n : sum,
            0n,
          );
        const day = Math.floor((at - START) / DAY_MS) * DAY_MS + START;
        const stated: StatedBalance = {
          ...{ at: byDay ? null : at, on: byDay ? (iso(day).slice(0, 10) as '2026-01-01') : null },
          ...{ amount: 0n, currency: 'USD', by: null, line: 1, raw: '' },
        };
        const { opened: from, until: ended, currency, minorDigits, zone } = run.input;
        const time = { opened: from, ended, currency, minorDigits, zone };
        const { points } = comparedBalances(course, time, [{ balance: stated, file: 'f' }]);
        const [point] = points;
        if (byDay) {
          // grants only add: the day begins at its lowest and ends at its highest
          const range = [upTo(day), upTo(day + DAY_MS - 1)].map(formatAtoms);
          expect(point?.between).toEqual(range);
          expect(point?.replayed).toBe(range[0]);
        } else {
          const before = upTo(at - 1);
          expect(point?.replayed).toBe(formatAtoms(before === 0n ? before : upTo(at)));
        }
      }),
      { numRuns: 150 },
    );
  });
});
