import { describe, expect, test } from 'vitest';
import { figureRem } from '../../renderer/ui/figureWidth.ts';
import {
  amountParts,
  amountText,
  countText,
  isNegative,
  isZero,
  negated,
  widestFraction,
} from '../../renderer/ui/amountText.ts';

test('a column of figures is as wide as the longest, and no narrower than usual ones', () => {
  expect(figureRem(['1242.07', '-99.2'], 2, 6.25)).toBe(6.25);
  const [huge, tiny] = [figureRem(['-23456789012.123'], 3, 6.25), figureRem(['0.000000000001'], 12, 6.25)];
  // -23,456,789,012.123 has 19 characters, 0.000000000001 has 14
  expect(huge).toBeGreaterThanOrEqual(19 * 0.48);
  expect(tiny).toBeGreaterThanOrEqual(14 * 0.48);
});

describe('an amount as text', () => {
  test.each([
    ['1242.07', 2, '1,242.07'],
    ['0', 2, '0.00'],
    ['-99.2', 2, '−99.20'],
    ['1000000000000000', 2, '1,000,000,000,000,000.00'],
    ['123456789012345678.123456789012', 2, '123,456,789,012,345,678.12'],
    ['12', 0, '12'],
    ['1234.5', 0, '1,234'],
    ['1235.5', 0, '1,236'],
    ['0.005', 2, '0.00'],
    ['0.015', 2, '0.02'],
    ['0.0050000001', 2, '0.01'],
    ['9.999', 2, '10.00'],
    ['1.2345', 3, '1.234'],
  ])('%s with %i digits is %s: rounded half-even, grouped', (text, digits, shown) => {
    expect(amountText(text, { digits })).toBe(shown);
  });

  test('an amount below zero keeps its sign where rounding leaves zero: it is below zero', () => {
    expect(amountText('-0.001', { digits: 2 })).toBe('−0.00');
    expect(amountText('-0.000', { digits: 2 })).toBe('0.00');
  });

  test('only movements carry a plus, and zero none', () => {
    expect(amountText('500', { digits: 2, sign: 'movement' })).toBe('+500.00');
    expect(amountText('-1.28', { digits: 2, sign: 'movement' })).toBe('−1.28');
    expect(amountText('0', { digits: 2, sign: 'movement' })).toBe('0.00');
    expect(amountText('500', { digits: 2 })).toBe('500.00');
  });

  test('an exact figure shows all its digits, the redundant zeros apart', () => {
    expect(amountParts('0.1031', { digits: 7, exact: true })).toMatchObject({ figure: '0.1031', faint: '000' });
    expect(amountParts('0', { digits: 2, exact: true })).toMatchObject({ figure: '0.', faint: '00' });
    expect(amountText('99.2026532', { digits: 2, exact: true })).toBe('99.2026532');
    expect(amountText('7', { digits: 0, exact: true })).toBe('7');
  });

  test('a text that is no plain decimal is shown as it is', () => {
    expect(amountText('Tier 1 100', { digits: 2 })).toBe('Tier 1 100');
  });
});

test('zero and negative are told by digits, not by floats', () => {
  expect(['0', '-0', '0.000', ''].map(isZero)).toEqual([true, true, true, true]);
  expect(isZero('0.000000000001')).toBe(false);
  expect(isNegative('-0.0')).toBe(false);
  expect(isNegative('-0.1')).toBe(true);
  expect([negated('5'), negated('-5'), negated('0')]).toEqual(['-5', '5', '0']);
});

test('a column takes as many digits as its widest amount', () => {
  expect(widestFraction(['1', '1.25', '0.0034', '2.50000'], 2)).toBe(4);
  expect(widestFraction([], 2)).toBe(2);
});

test('counts are grouped', () => {
  expect(countText(231_515)).toBe('231,515');
});
