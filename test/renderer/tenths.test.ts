import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTenths } from '../../renderer/ui/chart/tenths.ts';

test('a place is written as the number that it is nearest to, in tenths', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (place) => {
      expect(inTenths(place)).toBe(String(Math.round(place * 10) / 10));
    }),
  );
  expect(['-0.3', '12', '0']).toEqual([-0.34, 12.04, -0.01].map(inTenths));
});
