/** What a difference looks like before anything is run. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arithmeticTells, type TellInput } from '../../../shared/reconcile/explain/tells.ts';

function tells(more: Partial<TellInput> & Pick<TellInput, 'stated' | 'simulated'>): string[] {
  return arithmeticTells({ items: [], rates: [], ...more }).map(({ kind, of }) =>
    of === null ? kind : `${kind} ${of}`,
  );
}

test('an item that is missing, twice there, or of the other sign', () => {
  const items = [
    { label: 'one', amount: 700n },
    { label: 'two', amount: 350n },
  ];
  expect(tells({ stated: 300n, simulated: 1000n, items })).toEqual(['missing_item one', 'wrong_sign two']);
  expect(tells({ stated: 1350n, simulated: 1000n, items })).toEqual(['double_item two']);
  expect(tells({ stated: 1000n, simulated: 1000n, items })).toEqual([]);
});

test('a rate of the whole, another field, and digits that changed places', () => {
  const rates = [{ label: 'tax of 19 %', ppm: 190_000n }];
  expect(tells({ stated: 1198n, simulated: 1007n, rates })).toEqual(['rate tax of 19 %']);
  expect(tells({ stated: 11_980_000n, simulated: 10_070_000n, rates, unit: 10_000n })).toEqual(['rate tax of 19 %']);
  expect(tells({ stated: 500n, simulated: 900n, fields: [{ label: 'subtotal', amount: 500n }] })).toEqual([
    'wrong_field subtotal',
  ]);
  expect(tells({ stated: 1243n, simulated: 1234n })).toEqual(['digits_swapped']);
  expect(tells({ stated: 1342n, simulated: 1234n })).toEqual([]);
});

test('times of which nothing is loaded, and rows that were left out', () => {
  const gaps = [
    { label: '12 October', amount: 250n },
    { label: '3 days from 12 October on', amount: 703n },
  ];
  expect(tells({ stated: 1703n, simulated: 1000n, gaps })).toEqual(['gap 3 days from 12 October on']);
  // what is simulated is finer than what is stated
  expect(
    tells({
      stated: 12_500_000n,
      simulated: 9_998_731n,
      gaps: [{ label: 'a day', amount: 2_500_000n }],
      unit: 10_000n,
    }),
  ).toEqual(['gap a day']);
  const repeated = [{ label: 'late.csv', amount: 350n }];
  expect(tells({ stated: 1350n, simulated: 1000n, repeated })).toEqual(['repeated_rows late.csv']);
});

test('an exchange of two neighbouring digits is always told', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 99_999_999 }), fc.nat(6), (figure, from) => {
      const digits = Array.from(String(figure));
      const place = from % (digits.length - 1);
      [digits[place], digits[place + 1]] = [digits[place + 1]!, digits[place]!];
      fc.pre(digits[0] !== '0' && digits.join('') !== String(figure));
      expect(tells({ stated: BigInt(digits.join('')), simulated: BigInt(figure) })).toContain('digits_swapped');
    }),
  );
});
