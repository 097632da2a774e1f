/** Cases of matching, damaged: every file is read or its problems are told by their place, and nothing is thrown. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchItems } from '../../shared/reconcile/match/matchItems.ts';
import { readMatchCases } from '../../shared/scenario/matchCase.ts';

const value = fc.oneof(
  fc.constantFrom(null, true, '', '25000', 'USD', '2026-10-05', 'void', '(', -1, 0, 1.5, 1e21, 25_000),
  fc.string({ maxLength: 8 }),
  fc.constantFrom({}, [], { amount: 1, currency: 'EUR' }, { from: '2026-10-01', to: '2026-11-01' }),
);
const item = (id: string): fc.Arbitrary<unknown> =>
  fc
    .record({
      date: fc.constantFrom('2026-10-05', '2026-10-06', '2026-11-03'),
      amount: fc.constantFrom(100, 200, -100, 0),
      currency: fc.constantFrom('USD', 'USD', 'EUR', 'JPY'),
      extra: fc.dictionary(
        fc.constantFrom('id', 'ref', 'tax', 'status', 'description', 'fitid', 'orig', 'amount', 'note'),
        value,
        { maxKeys: 1 },
      ),
      good: fc.integer({ min: 0, max: 9 }),
    })
    .map(({ extra, good, ...one }) => ({ id, ...one, ...(good > 0 ? {} : extra) }));
const items = (letter: string): fc.Arbitrary<unknown[]> =>
  fc
    .integer({ min: 0, max: 4 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => item(`${letter}${at}`))));
const settings = fc
  .record({
    period: fc.constant({ from: '2026-10-01', to: '2026-11-01' }),
    extra: fc.dictionary(
      fc.constantFrom('period', 'date_window', 'amount_tolerance', 'group', 'fee_bps', 'vendor_pattern', 'fx', 'odd'),
      value,
      { maxKeys: 1 },
    ),
    good: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ period, extra, good }) => ({ period, ...(good > 0 ? {} : extra) }));
const whole = fc.record({ settings, ledger: items('L'), statement: items('S') });
const text = fc.oneof(
  { weight: 6, arbitrary: whole.map((one) => JSON.stringify(one)) },
  { weight: 1, arbitrary: fc.tuple(whole, fc.nat(300)).map(([one, end]) => JSON.stringify(one).slice(0, end)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
);

test('a damaged case is told by its place, a whole one is matched without a residual', () => {
  let read = 0;
  let refused = 0;
  fc.assert(
    fc.property(text, (source) => {
      const reading = readMatchCases(source, 'case.json');
      if (!reading.ok) {
        refused += 1;
        expect(reading.problems.length).toBeGreaterThan(0);
        for (const { line, column, message } of reading.problems) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(message).not.toContain('undefined');
        }
        return;
      }
      read += 1;
      for (const one of reading.cases)
        for (const { residual } of matchItems(one.ledger, one.statement, one.settings).bridges)
          expect(residual).toBe(0n);
    }),
    { numRuns: 600 },
  );
  expect(read).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
});
