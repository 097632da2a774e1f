/** Stepping: the same account forwards and backwards, and at every instant that of a run which ends there. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step, StepPlace, SteppedState } from '../../shared/contract/trace.ts';
import { formatAtoms } from '../../shared/domain/money.ts';
import { rejection } from '../../shared/engine/access.ts';
import { pendingCredits } from '../../shared/engine/credits.ts';
import { balanceOf } from '../../shared/engine/lots.ts';
import { Replay } from '../../shared/engine/replay.ts';
import { visibleAccess } from '../../shared/engine/resultJson.ts';
import { replayAccount, type Account } from '../../shared/session/account.ts';
import { traceService } from '../../shared/session/traceService.ts';
import { rechargeScenarios, scenarios } from '../oracle/arbitraries.ts';
import { context, surroundings } from '../surroundings.ts';

const numRuns = Number(process.env['RUNS'] ?? 10);
const seed = process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) };
/** The place before anything has happened. */
const START: StepPlace = { steps: 0, row: 0 };

function accountOf(text: string): Account {
  const outcome = replayAccount({ name: 'scenario.yaml', text }, [], surroundings);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.account;
}

async function walked(account: Account, from: StepPlace, by: 1 | -1, rows: boolean): Promise<Step[]> {
  const api = traceService(() => account, surroundings);
  const steps: Step[] = [];
  for (let place = from; ;) {
    const step = await api.stepAt({ from: place, by, rows }, context);
    if (step === null) return steps;
    steps.push(step);
    place = step.place;
  }
}

/** What a run that ends at an instant says of the account, in the words of a step. */
function endedAt(account: Account, at: number): Partial<SteppedState> & { readonly monthRecharged: string } {
  const run = new Replay(account.run.input).advance(at);
  const { state } = run;
  const instant = (value: number): number | null => (value === Infinity ? null : value);
  return {
    balance: formatAtoms(balanceOf(state.book)),
    credits: formatAtoms(state.book.credits),
    debt: formatAtoms(state.book.debt),
    access: visibleAccess(run),
    accessReason: rejection(state),
    cutoffAt: instant(state.cutoffAt),
    restoreAt: instant(state.restoreAt),
    limitStopAt: instant(state.limitStopAt),
    plan: state.plan,
    tier: state.tier,
    lots: state.book.all.flatMap(({ id, remaining }, lot) =>
      remaining > 0n ? [{ lot, id, remaining: formatAtoms(remaining) }] : [],
    ),
    pending: state.pending.map(({ id, amount, posts_at }) => ({ id, amount: formatAtoms(amount), postsAt: posts_at })),
    pendingTotal: formatAtoms(pendingCredits(state)),
    monthAccepted: formatAtoms(state.monthAccepted),
    paid: formatAtoms(state.paid),
    monthRecharged: formatAtoms(state.monthRecharged),
  };
}

describe('random scenarios', () => {
  test.each([
    ['any feature', scenarios()],
    ['much auto-recharge', rechargeScenarios()],
  ] as const)(
    'forwards and backwards agree, with rows and without: %s',
    async (_name, arbitrary) => {
      await fc.assert(
        fc.asyncProperty(arbitrary, fc.boolean(), async (raw, rows) => {
          const account = accountOf(JSON.stringify(raw));
          const forwards = await walked(account, START, 1, rows);
          const last = forwards.at(-1)!;
          expect(last.hasNext).toBe(false);
          expect(last.after.balance).toBe(formatAtoms(balanceOf(account.run.state.book)));
          for (const [index, step] of forwards.entries()) {
            expect(step.hasPrevious).toBe(index > 0);
            if (index > 0) expect(step.before).toEqual(forwards[index - 1]!.after);
          }
          const backwards = await walked(account, last.place, -1, rows);
          expect(backwards).toEqual(forwards.slice(0, -1).reverse());
          const records = forwards.flatMap(({ event }) => [event.records]);
          expect(records.at(-1)!.to).toBe(account.run.state.timeline.length);
          expect(
            forwards.flatMap(({ event }) => event.rows ?? []).reduce((sum, { from, to }) => sum + to - from, 0),
          ).toBe(account.run.state.row);
        }),
        { numRuns, ...seed },
      );
    },
    300_000,
  );

  test('at an instant the account is what a run that ends there says', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(), async (raw) => {
        const account = accountOf(JSON.stringify(raw));
        const { log, opened } = account.run.input;
        const api = traceService(() => account, surroundings);
        const instants = new Set([...account.run.state.timeline.map(({ at }) => at), ...log.at]);
        for (const at of [...instants].flatMap((instant) => [instant - 1, instant, instant + 1])) {
          if (at < opened || at > account.run.input.until) continue;
          const step = await api.stepAt({ at }, context);
          const { monthRecharged, ...expected } = endedAt(account, at);
          expect(step?.after).toMatchObject(expected);
          expect(step?.after.recharge.monthRecharged).toBe(monthRecharged);
        }
      }),
      { numRuns, ...seed },
    );
  }, 300_000);
});

describe('events of one instant', () => {
  const account = accountOf(`drawdown: 1
account: {opened: 2025-01-01T00:00:00Z}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10, id: first}
  - {at: 2025-01-01T00:00:00Z, type: usage, cost: 4}
  - {at: 2025-01-01T00:00:00Z, type: grant, amount: 1, id: gift}
  - {at: 2025-01-01T00:00:00Z, type: policy, set: {cutoff: {floor: -5}}}
`);

  test('are steps of their own, in the order in which they happened', async () => {
    const steps = await walked(account, START, 1, false);
    expect(steps.map(({ event, after }) => [event.label, after.balance, after.access])).toEqual([
      ['Account opened', '0', 'closed'],
      ['Purchase first', '0', 'closed'],
      ['Credit first posted', '10', 'closed'],
      ['Access restored', '10', 'open'],
      ['Usage usage', '6', 'open'],
      ['Grant gift', '7', 'open'],
      ['Policy changed', '7', 'open'],
    ]);
    expect(steps.map(({ number, total }) => [number, total])).toEqual(steps.map((_, i) => [i + 1, 7]));
    expect(steps.map(({ event }) => event.source)).toEqual([
      null,
      { event: 0, line: 4 },
      null,
      null,
      { event: 1, line: 5 },
      { event: 2, line: 6 },
      { event: 3, line: 7 },
    ]);
  });

  test('a record and a row are found by their place', async () => {
    const api = traceService(() => account, surroundings);
    expect(await api.stepAt({ record: 1 }, context)).toMatchObject({
      number: 3,
      event: { label: 'Credit first posted' },
    });
    expect(await api.stepAt({ row: 0 }, context)).toMatchObject({ number: 5, before: { balance: '10' } });
    expect(await api.stepAt({ at: -1 }, context)).toBeNull();
    await expect(api.stepAt({ record: 99 }, context)).rejects.toThrow('no such figure');
    await expect(api.stepAt({ from: { steps: 3, row: 1 }, by: 1 }, context)).rejects.toThrow('no such figure');
    await expect(api.stepAt({ from: { steps: Number.NaN, row: 0 }, by: 1 }, context)).rejects.toThrow('no such figure');
  });
});
