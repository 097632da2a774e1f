/** Matching of 100,000 items a side: what its worst cases take. */
import { matchItems } from '../../shared/reconcile/match/matchItems.ts';
import { DEFAULT_MATCH_SETTINGS } from '../../shared/reconcile/match/settings.ts';
import { dateOf, dayOf } from '../../shared/reconcile/days.ts';
import type { MatchItem, MatchSettings } from '../../shared/reconcile/match/types.ts';

const FIRST = dayOf('2026-01-01') ?? 0;
const CENT = 10_000_000_000n;

interface MatchingCase {
  readonly name: string;
  readonly ledger: readonly MatchItem[];
  readonly statement: readonly MatchItem[];
  readonly settings: MatchSettings;
}

/** Some items that nothing matches are in each case, so that no rule is spared. */
export function matchingCases(count: number): MatchingCase[] {
  const settings: MatchSettings = {
    ...DEFAULT_MATCH_SETTINGS,
    period: { from: dateOf(FIRST), to: dateOf(FIRST + 365) },
  };
  const tolerant: MatchSettings = { ...settings, amountTolerance: { abs: CENT, bps: 10 }, feeBps: 175 };
  const random = generator(20261130);
  const days = (spread: number): number => FIRST + Math.floor(random() * spread);
  const of = (make: (index: number) => Partial<MatchItem> & { day: number }): MatchItem[] =>
    Array.from({ length: count }, (_, index) => item(String(index), make(index)));
  const storm = (spread: number): Pick<MatchingCase, 'ledger' | 'statement'> => ({
    ledger: of(() => ({ day: days(spread), amount: 25_000n * CENT })),
    statement: of(() => ({ day: days(spread) + 1, amount: 25_000n * CENT })),
  });
  const distinct = of((index) => ({ day: days(365), amount: BigInt(1_000 + 7 * index) * CENT }));
  return [
    { name: 'one amount, a month', ...storm(30), settings },
    { name: 'one amount, a year', ...storm(365), settings: tolerant },
    { name: 'one amount, a hundred years', ...storm(36_500), settings },
    {
      name: 'one amount, half with references',
      ledger: of((index) => ({
        day: days(365),
        amount: 25_000n * CENT,
        reference: index % 2 === 0 ? `L${index}` : null,
      })),
      statement: of((index) => ({
        day: days(365),
        amount: 25_000n * CENT,
        reference: index % 3 === 0 ? `S${index}` : null,
      })),
      settings,
    },
    {
      name: 'all amounts different',
      ledger: distinct,
      statement: distinct.map((one, index) => ({
        ...one,
        date: dateOf((dayOf(one.date) ?? 0) + (index % 3)),
        amount: one.amount + (index % 10 === 0 ? 3n * CENT : 0n),
      })),
      settings: tolerant,
    },
    {
      name: 'nothing matches',
      ledger: distinct,
      statement: distinct.map((one) => ({ ...one, amount: one.amount + 3n * CENT })),
      settings,
    },
    {
      name: 'nothing matches, 22 years',
      ledger: of((index) => ({ day: days(8_000), amount: BigInt(2_000 + 14 * index) * CENT })),
      statement: of((index) => ({ day: days(8_000), amount: BigInt(2_007 + 14 * index) * CENT })),
      settings,
    },
    {
      name: 'ten amounts near each other, tolerance',
      ledger: of((index) => ({ day: days(365), amount: BigInt(25_000 + (index % 10)) * CENT })),
      statement: of((index) => ({ day: days(365), amount: BigInt(25_001 + 2 * (index % 10)) * CENT })),
      settings: tolerant,
    },
    {
      name: 'all with references',
      ledger: distinct.map((one, index) => ({ ...one, reference: `HLCN-${index}` })),
      statement: distinct.map((one, index) => ({ ...one, reference: `hlcn ${index}` })),
      settings,
    },
    {
      name: 'one reference',
      ledger: distinct.map((one) => ({ ...one, reference: 'HLCN' })),
      statement: distinct.map((one) => ({ ...one, reference: 'HLCN', amount: one.amount + CENT })),
      settings,
    },
  ];
}

/** Seconds that a case takes once. */
export function matchingSeconds({ ledger, statement, settings }: Omit<MatchingCase, 'name'>): number {
  const started = performance.now();
  matchItems(ledger, statement, settings);
  return (performance.now() - started) / 1000;
}

function item(id: string, { day, ...known }: Partial<MatchItem> & { day: number }): MatchItem {
  return {
    id,
    date: dateOf(day),
    amount: 0n,
    currency: 'USD',
    reference: null,
    description: null,
    tax: null,
    original: null,
    source: null,
    importId: null,
    status: 'booked',
    ...known,
  };
}

/** Equal in every run (a linear congruential generator). */
function generator(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
    return Number(state >> 11n) / 2 ** 53;
  };
}
