/** A run's own journal in the forms of hledger and beancount, over random runs, by the programs themselves. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runBook } from '../../shared/session/report/runBook.ts';
import { rechargeScenarios, scenarios } from '../oracle/arbitraries.ts';
import { accountOf } from '../session/accountOf.ts';
import { CHECKERS } from './checkers.ts';
import { OCTOBER } from './october.ts';

/** Each takes a program's start. */
/** Each run starts both programs: a hundredth of what costs a replay alone. */
const numRuns = Math.ceil(Number(process.env['RUNS'] ?? 400) / 100);

test('every movement is an entry, and every account is held to its balance', async () => {
  const account = await accountOf(OCTOBER);
  const { entries, closing } = runBook(account);
  expect(entries).toHaveLength(account.run.state.journal.length);
  for (const { postings } of entries) expect(postings.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
  const credits = closing.find(({ account: [, name] }) => name === 'Credits');
  expect(credits?.amount).toBe(-account.course.balanceAt(account.run.state.now));
  expect(entries.find(({ code }) => code === 'HLCN2K7Q-0015')).toMatchObject({
    date: '2026-10-23',
    notes: { kind: 'purchase_paid' },
  });
});

describe.each(CHECKERS)('$program takes', ({ program, absent, complaints, text }) => {
  if (absent) {
    test.skip(`skipped: ${program} is not installed`, () => undefined);
    return;
  }
  test('any run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(scenarios(), rechargeScenarios()), async (raw) => {
        expect(complaints(text(runBook(await accountOf(JSON.stringify(raw)))))).toBe('');
      }),
      { numRuns },
    );
  }, 300_000);
});
