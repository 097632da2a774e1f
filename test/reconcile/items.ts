/** Items to match, and random ones that collide often. */
import fc from 'fast-check';
import type { CalendarDate } from '../../shared/domain/statement.ts';
import { DEFAULT_MATCH_SETTINGS } from '../../shared/reconcile/match/settings.ts';
import type { MatchItem, MatchSettings } from '../../shared/reconcile/match/types.ts';

/** Atoms of a cent. */
export const CENT = 10_000_000_000n;

export const OCTOBER: MatchSettings = {
  ...DEFAULT_MATCH_SETTINGS,
  period: { from: '2026-10-01', to: '2026-11-01' },
};

/** An item of so many cents on a day of October 2026. */
export function item(id: string, day: number, cents: number, more: Partial<MatchItem> = {}): MatchItem {
  const date: CalendarDate = `2026-10-${String(day).padStart(2, '0')}`;
  return {
    id,
    date,
    amount: BigInt(cents) * CENT,
    currency: 'USD',
    reference: null,
    description: null,
    tax: null,
    original: null,
    source: null,
    importId: null,
    status: 'booked',
    ...more,
  };
}

/** Lists of one side. `id` is its first letter; amounts, days and references are few, so that items collide. */
export function itemsOf(
  letter: string,
  {
    most,
    days,
    cents,
    references,
  }: { most: number; days: number; cents: readonly number[]; references: readonly string[] },
): fc.Arbitrary<MatchItem[]> {
  const one = fc.record({
    day: fc.integer({ min: 5, max: 4 + days }),
    amount: fc.constantFrom(...cents),
    reference: references.length === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...references)),
  });
  return fc
    .array(one, { maxLength: most })
    .map((list) =>
      list.map(({ day, amount, reference }, index) => item(`${letter}${index + 1}`, day, amount, { reference })),
    );
}
