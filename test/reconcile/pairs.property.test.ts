/** Exact matching against a model that tries every pairing: as many pairs, as few days, and doubt where there is doubt. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf } from '../../shared/reconcile/days.ts';
import { matchItems } from '../../shared/reconcile/match/matchItems.ts';
import type { MatchItem, MatchSettings } from '../../shared/reconcile/match/types.ts';
import { item, itemsOf, OCTOBER } from './items.ts';

/** Exact matching alone: no groups, and no exceptions outside the window. */
const EXACT: MatchSettings = { ...OCTOBER, group: { enabled: false, maxSize: 4 }, exceptionWindowDays: 0 };

function daysBetween(ledger: MatchItem, statement: MatchItem): number {
  return (dayOf(statement.date) ?? 0) - (dayOf(ledger.date) ?? 0);
}

function fits(ledger: MatchItem, statement: MatchItem, { dateWindow }: MatchSettings): boolean {
  const days = daysBetween(ledger, statement);
  const refer = ledger.reference !== null && statement.reference !== null;
  return ledger.amount === statement.amount && days >= -dateWindow.before && days <= dateWindow.after && !refer;
}

interface Pairing {
  readonly pairs: readonly (readonly [MatchItem, MatchItem])[];
  readonly days: number;
}

function* pairings(
  ledger: readonly MatchItem[],
  statement: readonly MatchItem[],
  settings: MatchSettings,
): Generator<Pairing> {
  const [first, ...rest] = ledger;
  if (first === undefined) {
    yield { pairs: [], days: 0 };
    return;
  }
  yield* pairings(rest, statement, settings);
  for (const other of statement.filter((each) => fits(first, each, settings)))
    for (const { pairs, days } of pairings(
      rest,
      statement.filter((each) => each !== other),
      settings,
    ))
      yield { pairs: [[first, other], ...pairs], days: days + Math.abs(daysBetween(first, other)) };
}

/** Components of what fits, by breadth. */
function components(
  ledger: readonly MatchItem[],
  statement: readonly MatchItem[],
  settings: MatchSettings,
): { ledger: MatchItem[]; statement: MatchItem[] }[] {
  const left = new Set(ledger);
  const found: { ledger: MatchItem[]; statement: MatchItem[] }[] = [];
  for (const start of ledger) {
    if (!left.delete(start)) continue;
    const own = [start];
    const theirs = new Set<MatchItem>();
    for (const entry of own)
      for (const other of statement.filter((each) => !theirs.has(each) && fits(entry, each, settings))) {
        theirs.add(other);
        for (const more of ledger.filter((each) => left.has(each) && fits(each, other, settings))) {
          left.delete(more);
          own.push(more);
        }
      }
    found.push({ ledger: own, statement: [...theirs] });
  }
  return found;
}

function model(ledger: readonly MatchItem[], statement: readonly MatchItem[], settings: MatchSettings) {
  return components(ledger, statement, settings).flatMap((component) => {
    const all = [...pairings(component.ledger, component.statement, settings)];
    const most = Math.max(...all.map(({ pairs }) => pairs.length));
    const longest = all.filter(({ pairs }) => pairs.length === most);
    const least = Math.min(...longest.map(({ days }) => days));
    const best = longest.filter(({ days }) => days === least);
    const covers = new Set(
      best.map(({ pairs }) =>
        pairs
          .flatMap((pair) => pair.map(({ id }) => id))
          .sort()
          .join(' '),
      ),
    );
    const ids = new Set([...component.ledger, ...component.statement].map(({ id }) => id));
    return most === 0 ? [] : [{ ids, most, least, covers }];
  });
}

const anyCase = fc.record({
  ledger: itemsOf('L', { most: 6, days: 7, cents: [100, 100, 200, -100], references: ['A1', 'A2', 'A3'] }),
  statement: itemsOf('S', { most: 6, days: 9, cents: [100, 100, 200, -100], references: ['B1', 'B2'] }),
  before: fc.integer({ min: 0, max: 2 }),
  after: fc.integer({ min: 0, max: 3 }),
});

test('pairs are as many and as near as any pairing gives, and doubtful where several leave different items over', () => {
  fc.assert(
    fc.property(anyCase, ({ ledger, statement, before, after }) => {
      const settings = { ...EXACT, dateWindow: { before, after } };
      const { matches } = matchItems(ledger, statement, settings);
      const expected = model(ledger, statement, settings);
      expect(matches).toHaveLength(expected.reduce((sum, { most }) => sum + most, 0));
      const byId = new Map([...ledger, ...statement].map((each) => [each.id, each]));
      for (const { ids, most, least, covers } of expected) {
        const own = matches.filter((match) => ids.has(match.ledger[0] ?? ''));
        const days = own.map((match) => {
          const [one, other] = [byId.get(match.ledger[0] ?? ''), byId.get(match.statement[0] ?? '')];
          if (one === undefined || other === undefined) throw new Error('a match names no item');
          expect(fits(one, other, settings)).toBe(true);
          return Math.abs(daysBetween(one, other));
        });
        expect(own).toHaveLength(most);
        expect(days.reduce((sum, each) => sum + each, 0)).toBe(least);
        const covered = own.flatMap((match) => [...match.ledger, ...match.statement]).sort();
        expect(covers).toContain(covered.join(' '));
        const status = covers.size === 1 ? 'confirmed' : 'suggested';
        for (const match of own) expect(match).toMatchObject({ status, ambiguous: covers.size > 1, rule: 'exact' });
      }
    }),
    { numRuns: 400 },
  );
});

test('the nearest pair first would leave two items over that have a counterpart', () => {
  const ledger = [item('L1', 5, 100), item('L2', 8, 100)];
  const statement = [item('S1', 8, 100), item('S2', 11, 100)];
  // L1 may have S1 alone; L2 is nearest to S1
  const { matches, breaks } = matchItems(ledger, statement, EXACT);
  expect(matches.map((match) => [match.ledger[0], match.statement[0], match.status])).toEqual([
    ['L1', 'S1', 'confirmed'],
    ['L2', 'S2', 'confirmed'],
  ]);
  expect(breaks).toEqual([]);
});

test('of equally good leftovers the later stays over, whatever the order of the lists', () => {
  const twins = [item('L2', 7, 100), item('L10', 7, 100), item('L1', 7, 100)];
  for (const ledger of [twins, twins.toReversed()]) {
    const { matches, breaks } = matchItems(ledger, [item('S1', 8, 100), item('S2', 8, 100)], EXACT);
    expect(matches.every(({ status, ambiguous }) => status === 'suggested' && ambiguous)).toBe(true);
    expect(breaks).toMatchObject([{ id: 'L10', category: 'missing_in_statement' }]);
  }
  const { breaks } = matchItems([item('L1', 9, 100), item('L2', 11, 100)], [item('S1', 10, 100)], {
    ...EXACT,
    dateWindow: { before: 1, after: 1 },
  });
  expect(breaks).toMatchObject([{ id: 'L2' }]);
});
