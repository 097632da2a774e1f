/** What holds of any match, whatever the items and settings. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchItems } from '../../shared/reconcile/match/matchItems.ts';
import { Matching } from '../../shared/reconcile/match/matching.ts';
import type { MatchItem, MatchResult, MatchSettings, MatchTerms } from '../../shared/reconcile/match/types.ts';
import { CENT, itemsOf, OCTOBER } from './items.ts';

const amounts = [100, 100, 101, 102, 200, 300, 500, -100, -200, 0];
const references = ['A-1', 'A-2', 'A-3'];

const extras = (list: readonly MatchItem[], statement: boolean): fc.Arbitrary<MatchItem[]> =>
  fc.tuple(
    ...list.map((one) =>
      fc
        .record({
          currency: fc.constantFrom('USD', 'USD', 'USD', 'EUR'),
          tax: fc.constantFrom(null, null, 1n * CENT, 100n * CENT),
          status: fc.constantFrom('booked', 'booked', 'booked', 'pending', 'void'),
          description: fc.constantFrom(null, 'HALCYON* API', 'PAPIERHAUS', 'FOREIGN TRANSACTION FEE'),
          importId: fc.constantFrom(null, null, 'F1'),
          original: fc.constantFrom(null, null, { amount: 100n * CENT, currency: 'USD' }),
        } as const)
        .map((more): MatchItem => ({ ...one, ...more, original: statement ? more.original : null })),
    ),
  );

const anyCase = fc
  .record({
    ledger: itemsOf('L', { most: 8, days: 12, cents: amounts, references }),
    statement: itemsOf('S', { most: 8, days: 12, cents: amounts, references }),
  })
  .chain(({ ledger, statement }) => fc.record({ ledger: extras(ledger, false), statement: extras(statement, true) }));

const anySettings: fc.Arbitrary<MatchSettings> = fc
  .record({
    dateWindow: fc.record({ before: fc.integer({ min: 0, max: 2 }), after: fc.integer({ min: 0, max: 4 }) }),
    amountTolerance: fc.record({ abs: fc.constantFrom(0n, CENT), bps: fc.constantFrom(0, 200) }),
    feeBps: fc.constantFrom(0, 100),
    group: fc.record({ enabled: fc.boolean(), maxSize: fc.integer({ min: 2, max: 4 }) }),
    vendorPattern: fc.constantFrom(null, 'halcyon'),
    exchangeRates: fc.constantFrom([], [{ from: 'EUR', to: 'USD', rate: 1_010_000_000_000n }]),
  })
  .map((some) => ({ ...OCTOBER, ...some }));

function bytes(result: MatchResult): string {
  return JSON.stringify(result, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
}

/** The result without the order in which it tells things. */
function unordered({ matches, breaks, ignored, bridges }: MatchResult): unknown {
  const sorted = (list: readonly unknown[]): string[] =>
    list
      .map((each) => JSON.stringify(each, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)))
      .sort();
  const members = matches.map((match) => ({
    ...match,
    ledger: match.ledger.toSorted(),
    statement: match.statement.toSorted(),
    evidence: { ...match.evidence, reference: null },
  }));
  return { matches: sorted(members), breaks: sorted(breaks), ignored: sorted(ignored), bridges: sorted(bridges) };
}

test('every item is in one place, and the bridge leaves nothing over', () => {
  fc.assert(
    fc.property(anyCase, anySettings, ({ ledger, statement }, settings) => {
      const result = matchItems(ledger, statement, settings);
      const placed = [
        ...result.matches.flatMap((match) => [...match.ledger, ...match.statement]),
        ...result.breaks.map(({ id }) => id),
        ...result.ignored.map(({ id }) => id),
      ];
      expect(placed.sort()).toEqual([...ledger, ...statement].map(({ id }) => id).sort());
      for (const { residual, difference, steps } of result.bridges) {
        expect(residual).toBe(0n);
        expect(steps.reduce((sum, { amount }) => sum + amount, 0n)).toBe(difference);
      }
    }),
    { numRuns: 400 },
  );
});

test('differences are those of the members, and none without a category', () => {
  fc.assert(
    fc.property(anyCase, anySettings, ({ ledger, statement }, settings) => {
      const byId = new Map([...ledger, ...statement].map((each) => [each.id, each]));
      for (const match of matchItems(ledger, statement, settings).matches) {
        const own = match.ledger.flatMap((id) => byId.get(id) ?? []);
        const theirs = match.statement.flatMap((id) => byId.get(id) ?? []);
        const ledgerSum = own.reduce((sum, { amount, tax }) => sum + amount + (tax ?? 0n), 0n);
        expect(match.difference === 0n || match.category !== 'none').toBe(true);
        if (match.rule === 'fx') continue;
        const stated = theirs.reduce(
          (sum, { amount, currency, original }) =>
            sum + (currency === match.currency ? amount : (original?.amount ?? 0n)),
          0n,
        );
        expect(stated - ledgerSum).toBe(match.difference);
        // a refund never matches a charge
        if (match.rule === 'exact' || match.rule === 'date_exception') expect(match.difference).toBe(0n);
        if (match.status === 'confirmed') expect(match.category).not.toBe('amount_difference');
      }
    }),
    { numRuns: 400 },
  );
});

test('the order of the lists decides nothing but the order of what is told', () => {
  fc.assert(
    fc.property(
      anyCase.chain((one) =>
        fc.record({
          one: fc.constant(one),
          ledger: fc.shuffledSubarray(one.ledger, { minLength: one.ledger.length }),
          statement: fc.shuffledSubarray(one.statement, { minLength: one.statement.length }),
        }),
      ),
      anySettings,
      ({ one, ledger, statement }, settings) => {
        expect(unordered(matchItems(ledger, statement, settings))).toEqual(
          unordered(matchItems(one.ledger, one.statement, settings)),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('what was taken apart never comes together again', () => {
  fc.assert(
    fc.property(anyCase, anySettings, ({ ledger, statement }, settings) => {
      const [match] = matchItems(ledger, statement, settings).matches;
      if (match === undefined) return;
      const apart = match.ledger.flatMap((one) => match.statement.map((other) => ({ ledger: one, statement: other })));
      const again = matchItems(ledger, statement, { ...settings, apart });
      for (const pair of apart)
        expect(
          again.matches.some((each) => each.ledger.includes(pair.ledger) && each.statement.includes(pair.statement)),
        ).toBe(false);
    }),
    { numRuns: 300 },
  );
});

/** Statement items of three sources and of none. */
const ofSources = (list: readonly MatchItem[]): fc.Arbitrary<MatchItem[]> =>
  fc
    .array(fc.constantFrom(null, 'card', 'giro', 'wire'), { minLength: list.length, maxLength: list.length })
    .map((sources) => list.map((one, index) => ({ ...one, source: sources[index] ?? null })));

const sourcesCase = anyCase.chain((one) =>
  fc.record({ ledger: fc.constant(one.ledger), statement: ofSources(one.statement) }),
);

/** All that a source may have of its own, as one set of settings has it. */
function ownTerms(settings: MatchSettings): MatchTerms {
  const { dateWindow, exceptionWindowDays, amountTolerance, graceDays, group, duplicateDays, feeBps } = settings;
  return { dateWindow, exceptionWindowDays, amountTolerance, graceDays, group, duplicateDays, feeBps };
}

test('sources with settings equal to the one set give the very same result', () => {
  fc.assert(
    fc.property(sourcesCase, anySettings, ({ ledger, statement }, settings) => {
      const terms = ownTerms(settings);
      const sources = ['card', 'giro', 'wire'].map((source) => ({ source, terms: structuredClone(terms) }));
      expect(bytes(matchItems(ledger, statement, { ...settings, sources }))).toBe(
        bytes(matchItems(ledger, statement, settings)),
      );
    }),
    { numRuns: 400 },
  );
});

test('every pair is within what its own source allows, whatever the others allow', () => {
  fc.assert(
    fc.property(sourcesCase, anySettings, anySettings, anySettings, ({ ledger, statement }, own, card, giro) => {
      const bySource: Readonly<Record<string, MatchSettings>> = { card, giro };
      const sources = Object.entries(bySource).map(([source, some]) => ({ source, terms: ownTerms(some) }));
      const result = matchItems(ledger, statement, { ...own, sources });
      const byId = new Map(statement.map((each) => [each.id, each]));
      for (const { residual } of result.bridges) expect(residual).toBe(0n);
      for (const { rule, statement: ids, evidence, category, difference } of result.matches) {
        const terms = ids.map((id) => bySource[byId.get(id)?.source ?? ''] ?? own);
        if (rule === 'exact' || rule === 'tolerance' || rule === 'fx' || rule === 'group') {
          const before = Math.max(...terms.map(({ dateWindow }) => dateWindow.before));
          const after = Math.max(...terms.map(({ dateWindow }) => dateWindow.after));
          expect(evidence.days.least).toBeGreaterThanOrEqual(-before);
          expect(evidence.days.most).toBeLessThanOrEqual(after);
        }
        if (rule === 'group') expect(terms.every(({ group }) => group.enabled)).toBe(true);
        if (rule === 'tolerance' && category === 'fee') expect(terms.every(({ feeBps }) => feeBps > 0)).toBe(true);
        if (rule === 'tolerance' && category === 'rounding' && difference !== 0n)
          expect(terms.some(({ amountTolerance: { abs, bps } }) => abs > 0n || bps > 0)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

const change = fc.record({
  what: fc.constantFrom(
    'ledger' as const,
    'statement' as const,
    'ledger' as const,
    'statement' as const,
    'apart' as const,
  ),
  at: fc.nat(7),
  other: fc.nat(7),
});

test('a matching that goes on from before gives the very same as one made anew', () => {
  fc.assert(
    fc.property(
      sourcesCase,
      anySettings,
      anySettings,
      fc.array(change, { minLength: 1, maxLength: 6 }),
      (all, own, card, changes) => {
        const sources = [{ source: 'card', terms: ownTerms(card) }];
        const matching = new Matching();
        const gone = { ledger: new Set<number>(), statement: new Set<number>() };
        let apart: MatchSettings['apart'] = [];
        for (const { what, at, other } of changes) {
          if (what === 'apart') {
            const [one, two] = [all.ledger[at], all.statement[other]];
            apart = one === undefined || two === undefined ? [] : [...apart, { ledger: one.id, statement: two.id }];
          } else if (!gone[what].delete(at)) gone[what].add(at);
          const ledger = all.ledger.filter((_, index) => !gone.ledger.has(index));
          const statement = all.statement.filter((_, index) => !gone.statement.has(index));
          const settings = { ...own, sources, apart };
          const { told, bridges } = atOnce(matching.steps(ledger, statement, settings));
          expect(bytes({ ...told, bridges: bridges() })).toBe(bytes(matchItems(ledger, statement, settings)));
        }
      },
    ),
    { numRuns: 400 },
  );
});

function atOnce<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
