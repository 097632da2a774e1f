/** What is left over, against the conventions: the first of timing, prior period, duplicate and missing that holds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOf, dayOf } from '../../shared/reconcile/days.ts';
import { matchItems } from '../../shared/reconcile/match/matchItems.ts';
import type { Break, MatchItem, MatchResult, MatchSettings, Side } from '../../shared/reconcile/match/types.ts';
import { CENT, itemsOf, OCTOBER } from './items.ts';

/** Items lie on both sides of its ends. */
const period: MatchSettings['period'] = { from: '2026-10-09', to: '2026-10-17' };
const [FROM, TO] = [dayOf(period.from) ?? 0, dayOf(period.to) ?? 0];

const dollars = { amount: 100n * CENT, currency: 'USD' };

const anyCase = fc.record({
  ledger: itemsOf('L', { most: 6, days: 16, cents: [100, 200], references: ['A', 'B'] }),
  statement: itemsOf('S', { most: 6, days: 16, cents: [100, 200], references: ['A', 'C'] }).chain((list) =>
    fc
      .array(fc.constantFrom(null, null, 92, 93), { minLength: list.length, maxLength: list.length })
      .map((euros) => list.map((one, index) => inEuros(one, euros[index] ?? null))),
  ),
});

/** A dollar charge on an account in euros; null: the item as it is. */
function inEuros(one: MatchItem, cents: number | null): MatchItem {
  return cents === null ? one : { ...one, amount: BigInt(cents) * CENT, currency: 'EUR', original: dollars };
}

const anySettings = fc
  .record({
    dateWindow: fc.record({ before: fc.integer({ min: 0, max: 2 }), after: fc.integer({ min: 0, max: 4 }) }),
    graceDays: fc.integer({ min: 0, max: 3 }),
    duplicateDays: fc.integer({ min: 0, max: 4 }),
  })
  .map((some): MatchSettings => ({
    ...OCTOBER,
    ...{ period, group: { enabled: false, maxSize: 4 }, exceptionWindowDays: 0 },
    ...some,
  }));

const dayIn = ({ date }: MatchItem): number => dayOf(date) ?? 0;
const paid = ({ amount, currency, original }: MatchItem): string =>
  `${original?.currency ?? currency} ${original?.amount ?? amount}`;
const clash = (one: MatchItem, other: MatchItem): boolean =>
  one.reference !== null && other.reference !== null && one.reference !== other.reference;

function expected(
  side: Side,
  one: MatchItem,
  matched: { readonly settled: ReadonlySet<string>; readonly statement: readonly MatchItem[] },
  { dateWindow: { before, after }, graceDays, duplicateDays }: MatchSettings,
): Pick<Break, 'category' | 'breakOn'> {
  const [back, on] = side === 'ledger' ? [before, after] : [after, before];
  const day = dayIn(one);
  const repeated = one.reference !== null && matched.settled.has(one.reference);
  if (repeated) return { category: `duplicate_in_${side}`, breakOn: null };
  if (day + on >= TO) return { category: 'timing', breakOn: dateOf(day + on + graceDays) };
  if (day - back < FROM) return { category: 'timing_prior_period', breakOn: null };
  if (side === 'ledger') return { category: 'missing_in_statement', breakOn: null };
  const isRepeat = matched.statement.some(
    (other) => paid(other) === paid(one) && Math.abs(dayIn(other) - day) <= duplicateDays && !clash(one, other),
  );
  return { category: isRepeat ? 'duplicate_in_statement' : 'missing_in_ledger', breakOn: null };
}

/** References that settled something, and the statement's items that came together with any. */
function matchedBy({ matches }: MatchResult, statement: readonly MatchItem[]) {
  const ids = new Set(matches.flatMap((match) => match.statement));
  const byReference = new Set(matches.filter(({ rule }) => rule === 'reference').flatMap((match) => match.statement));
  const settled = new Set(
    statement.flatMap(({ id, reference }) => (byReference.has(id) && reference !== null ? [reference] : [])),
  );
  return { settled, statement: statement.filter(({ id }) => ids.has(id)) };
}

test('what nothing matched is what the conventions call it, and what is of a later period is ignored', () => {
  fc.assert(
    fc.property(anyCase, anySettings, ({ ledger, statement }, settings) => {
      const result = matchItems(ledger, statement, settings);
      // what came together wholly after the period is not told, yet a later repeat of it is one
      const later = matchItems(ledger, statement, { ...settings, period: { ...period, to: '2026-12-01' } });
      const matched = matchedBy(later, statement);
      for (const { side, id, category, breakOn } of result.breaks) {
        const one = (side === 'ledger' ? ledger : statement).find((each) => each.id === id)!;
        expect({ category, breakOn }).toEqual(expected(side, one, matched, settings));
        expect(dayIn(one)).toBeLessThan(TO);
      }
      const days = new Map([...ledger, ...statement].map((one) => [one.id, dayIn(one)]));
      for (const { id, why } of result.ignored)
        expect([why, (days.get(id) ?? 0) >= TO]).toEqual(['out_of_scope', true]);
    }),
    { numRuns: 500 },
  );
});
