/** Whatever items there are and whatever people decided, the steps of a bridge add up to what its totals differ by. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReconMonth } from '../../../shared/contract/reconcile.ts';
import type { CalendarDate } from '../../../shared/domain/statement.ts';
import { folded, type Decisions } from '../../../shared/reconcile/log/fold.ts';
import { atOnce } from '../../../shared/session/inPieces.ts';
import { MonthView } from '../../../shared/session/reconcile/monthView.ts';
import { plainItem, type Item } from '../../../shared/session/reconcile/item.ts';
import { reconcileMonth, type Carried, type MonthOutcome } from '../../../shared/session/reconcile/month.ts';
import { MatchMemory } from '../../../shared/session/reconcile/matchMemory.ts';
import { scopedItems } from '../../../shared/session/reconcile/scopedItems.ts';
import { DEFAULT_SETTINGS } from '../../../shared/session/reconcile/settings.ts';
import { context, surroundings } from '../../surroundings.ts';

const UNIT = 1_000_000_000_000n;
const MONTHS: readonly ReconMonth[] = ['2026-10', '2026-11'];

const SETTINGS = { ...DEFAULT_SETTINGS, tolerance: '1' };
const CURRENCY = { own: 'USD', stated: 'EUR', rated: 'EUR', unknown: 'EUR', 'with fee': 'USD' };

const item = fc.record({
  side: fc.constantFrom('simulated' as const, 'document' as const, 'bank' as const),
  day: fc.integer({ min: 1, max: 30 }),
  month: fc.constantFrom(...MONTHS),
  amount: fc.constantFrom(25n, 50n, 100n, 75n, 101n, -25n, 0n),
  tax: fc.constantFrom(null, 0n, 1n, 5n),
  reference: fc.constantFrom(null, null, 'HLCN-1', 'HLCN-2'),
  // in another currency: with the account's amount stated, at a known rate, with neither; or with the bank's fee inside
  money: fc.constantFrom<keyof typeof CURRENCY>('own', 'own', 'own', 'stated', 'rated', 'unknown', 'with fee'),
  standing: fc.constantFrom('booked' as const, 'booked' as const, 'booked' as const, 'void' as const),
});

const items = fc.array(item, { maxLength: 14 }).map((all) =>
  all.map(({ side, day, month, amount, tax, reference, standing, money }, index): Item =>
    plainItem({
      ...{
        id: `${side}/${index}`,
        side,
        kind: 'payment',
        currency: side === 'bank' ? CURRENCY[money] : 'USD',
        text: `HALCYON ${index}`,
      },
      date: `${month}-${String(day).padStart(2, '0')}` as CalendarDate,
      ...{
        amount: amount * UNIT,
        tax: side === 'bank' || tax === null ? null : tax * UNIT,
        matchBy: reference,
        standing,
      },
      ...(side === 'bank' && money === 'stated' ? { original: { amount: amount * 2n * UNIT, currency: 'USD' } } : {}),
      ...(side === 'bank' && money === 'rated' ? { converted: { amount: amount * 2n * UNIT, rate: 2n * UNIT } } : {}),
      ...(side === 'bank' && money === 'with fee' ? { fee: UNIT } : {}),
    }),
  ),
);

async function months(all: readonly Item[], decisions: Decisions, memory?: MatchMemory): Promise<MonthOutcome[]> {
  const outcomes: MonthOutcome[] = [];
  let carried: readonly Carried[] = [];
  for (const month of MONTHS) {
    const outcome = await reconcileMonth(
      {
        ...{
          month,
          carried,
          decisions,
          currency: 'USD',
          comparedBefore: outcomes.at(-1)?.legs.map(({ leg }) => leg) ?? [],
        },
        settings: SETTINGS,
        items: atOnce(scopedItems(all, SETTINGS, decisions)).byMonth.get(month) ?? [],
        covered: { simulated: true, document: true, bank: true },
        monthOf: (id) => all.find((one) => one.id === id)?.date.slice(0, 7) ?? null,
      },
      {
        ...{ now: surroundings.now, yieldToHost: () => Promise.resolve(), context },
        ...(memory === undefined ? {} : { memory }),
      },
    );
    outcomes.push(outcome);
    carried = atOnce(outcome.carry());
  }
  return outcomes;
}

test('nothing is unexplained, and every item of a month is in one group', async () => {
  await fc.assert(
    fc.asyncProperty(
      items,
      fc.array(fc.nat(13), { minLength: 2, maxLength: 4 }),
      fc.boolean(),
      async (all, some, apart) => {
        const chosen = [...new Set(some)].flatMap((index) => all[index]?.id ?? []);
        const nothing = folded([]);
        const decisions: Decisions = apart
          ? { ...nothing, apart: [chosen] }
          : { ...nothing, matches: chosen.length < 2 ? [] : [{ items: chosen, seq: 1, reason: null }] };
        for (const outcome of await months(all, decisions)) {
          const { bridge, listed: groups } = atOnce(new MonthView().of(outcome));
          expect(bridge.residual).toBe(0n);
          const grouped = groups.flatMap(({ made }) => made.items.map(({ id }) => id));
          expect(new Set(grouped).size).toBe(grouped.length);
          const own = all.filter(({ date }) => date.startsWith(outcome.input.month)).map(({ id }) => id);
          expect(own.filter((id) => !grouped.includes(id))).toEqual([]);
        }
      },
    ),
    { numRuns: 150 },
  );
});

const act = fc.record({
  kind: fc.constantFrom('match' as const, 'unmatch' as const, 'ignore' as const, 'heed' as const, 'note' as const),
  items: fc.array(fc.nat(13), { minLength: 1, maxLength: 3 }),
});

function withAct(before: Decisions, { kind, items: chosen }: { kind: string; items: readonly string[] }): Decisions {
  switch (kind) {
    case 'match':
      return {
        ...before,
        matches: [...before.matches, { items: chosen, seq: before.matches.length + 1, reason: null }],
      };
    case 'unmatch':
      return { ...before, apart: [...before.apart, chosen] };
    case 'ignore':
      return {
        ...before,
        ignored: new Map([...before.ignored, ...chosen.map((id) => [id, 'Other product'] as const)]),
      };
    case 'heed':
      return {
        ...before,
        ignored: new Map([...before.ignored].filter(([id]) => !chosen.includes(id))),
        heeded: new Set([...before.heeded, ...chosen]),
      };
    default:
      return { ...before, notes: new Map([...before.notes, ...chosen.map((id) => [id, 1] as const)]) };
  }
}

function concluded({ legs, carry, ofMonth, ignored }: MonthOutcome): object {
  return { legs, carry: atOnce(carry()), ofMonth, ignored };
}

test('what is taken over from before an act is what working all of it out anew gives', async () => {
  await fc.assert(
    fc.asyncProperty(items, fc.array(act, { maxLength: 6 }), async (all, acts) => {
      const memory = new MatchMemory();
      let decisions = folded([]);
      for (const { kind, items: some } of acts) {
        const chosen = [...new Set(some)].flatMap((index) => all[index]?.id ?? []);
        if (chosen.length > 0) decisions = withAct(decisions, { kind, items: chosen });
        const goneOn = await months(all, decisions, memory);
        // the same items in another list: nothing is known of it
        const anew = await months([...all], decisions);
        expect(goneOn.map(concluded)).toEqual(anew.map(concluded));
      }
    }),
    { numRuns: 60 },
  );
});
