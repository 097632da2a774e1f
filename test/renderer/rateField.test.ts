/** A share that is typed in percent is handed on as the decimal it is, and shown again as it was typed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentOf, shareOf } from '../../renderer/ui/RateField.tsx';

test.each([
  ['2.5', '0.025'],
  ['7', '0.07'],
  ['12,25', '0.1225'],
  ['0', '0'],
  ['99.99', '0.9999'],
])('%s percent is %s', (percent, share) => {
  expect(shareOf(percent)).toBe(share);
});

test('a share comes back as the percentage that it was', () => {
  fc.assert(
    fc.property(fc.nat(9_999_999), (millionths) => {
      const percent = `${Math.floor(millionths / 100_000)}.${String(millionths % 100_000).padStart(5, '0')}`;
      expect(Number(percentOf(shareOf(percent)))).toBe(Number(percent));
    }),
  );
});
