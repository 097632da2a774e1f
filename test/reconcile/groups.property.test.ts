/** Groups against a model that tries every set: the one solution is suggested, and where there are several nothing is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf } from '../../shared/reconcile/days.ts';
import { matchItems } from '../../shared/reconcile/match/matchItems.ts';
import type { MatchItem, MatchSettings } from '../../shared/reconcile/match/types.ts';
import { itemsOf, OCTOBER } from './items.ts';

interface Group {
  readonly target: MatchItem;
  readonly members: readonly MatchItem[];
}

/** Sets of 2 to `most`. */
function subsets(items: readonly MatchItem[], most: number): MatchItem[][] {
  const all = items.reduce<MatchItem[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]]);
  return all.filter(({ length }) => length >= 2 && length <= most);
}

function solutions(
  targets: readonly MatchItem[],
  pool: readonly MatchItem[],
  most: number,
  isNear: (target: MatchItem, member: MatchItem) => boolean,
): Group[] {
  return targets.flatMap((target) => {
    const near = pool.filter((member) => {
      const clash = target.reference !== null && member.reference !== null && target.reference !== member.reference;
      return isNear(target, member) && !clash;
    });
    const sets = subsets(near, most).filter(
      (set) => set.reduce((sum, { amount }) => sum + amount, 0n) === target.amount,
    );
    const isLeast = (set: readonly MatchItem[]): boolean =>
      !sets.some((other) => other.length < set.length && other.every((item) => set.includes(item)));
    return sets.filter(isLeast).map((members) => ({ target, members }));
  });
}

function model(ledger: readonly MatchItem[], statement: readonly MatchItem[], settings: MatchSettings): Group[] {
  const { dateWindow, group } = settings;
  const isNear = (own: MatchItem, theirs: MatchItem): boolean => {
    const days = (dayOf(theirs.date) ?? 0) - (dayOf(own.date) ?? 0);
    return days >= -dateWindow.before && days <= dateWindow.after;
  };
  return [
    ...solutions(statement, ledger, group.maxSize, (target, member) => isNear(member, target)),
    ...solutions(ledger, statement, group.maxSize, isNear),
  ];
}

function named({ target, members }: Group): string {
  return [target, ...members]
    .map(({ id }) => id)
    .sort()
    .join(' ');
}

const cents = [100, 200, 300, 500, 700, 1100, -100, -300];

test('one solution is suggested; what has a part in one of several is ambiguous', () => {
  fc.assert(
    fc.property(
      itemsOf('L', { most: 6, days: 6, cents, references: ['A1', 'A2'] }),
      itemsOf('S', { most: 5, days: 8, cents, references: ['B1'] }),
      fc.record({
        dateWindow: fc.record({ before: fc.integer({ min: 0, max: 2 }), after: fc.integer({ min: 0, max: 4 }) }),
        group: fc.record({ enabled: fc.constant(true), maxSize: fc.integer({ min: 2, max: 4 }) }),
      }),
      (ledger, statement, some) => {
        const settings: MatchSettings = { ...OCTOBER, exceptionWindowDays: 0, ...some };
        const without = matchItems(ledger, statement, { ...settings, group: { enabled: false, maxSize: 4 } });
        const open = new Set(without.breaks.map(({ id }) => id));
        const isOpen = ({ id }: MatchItem): boolean => open.has(id);
        const groups = model(ledger.filter(isOpen), statement.filter(isOpen), settings);
        const uses = groups.flatMap(({ target, members }) => [target, ...members]);
        const isUnique = ({ target, members }: Group): boolean =>
          [target, ...members].every((item) => uses.filter((one) => one === item).length === 1);
        const { matches, breaks } = matchItems(ledger, statement, settings);
        const found = matches.filter(({ rule }) => rule === 'group');
        expect(found.map((match) => [...match.ledger, ...match.statement].sort().join(' ')).sort()).toEqual(
          groups.filter(isUnique).map(named).sort(),
        );
        expect(found.every(({ status, difference }) => status === 'suggested' && difference === 0n)).toBe(true);
        const several = groups.filter((group) => !isUnique(group));
        expect(
          breaks
            .filter(({ category }) => category === 'ambiguous')
            .map(({ id }) => id)
            .sort(),
        ).toEqual(
          [...new Set(several.flatMap(({ target, members }) => [target, ...members]).map(({ id }) => id))].sort(),
        );
        for (const { id, candidates } of breaks)
          expect(candidates.map((ids) => [...ids].sort().join(' ')).sort()).toEqual(
            several
              .filter(({ target }) => target.id === id)
              .map(({ members }) =>
                members
                  .map((member) => member.id)
                  .sort()
                  .join(' '),
              )
              .sort(),
          );
      },
    ),
    { numRuns: 400 },
  );
});
