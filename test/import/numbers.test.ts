import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATOMS_PER_UNIT, divideRounded, formatAtoms, parseAmount } from '../../shared/domain/money.ts';
import { DAY_MS, formatInstant, parseInstant } from '../../shared/domain/time.ts';
import { parseTime, readInstant } from '../../shared/import/instants.ts';
import { NOT_PLAIN, parseRounded, readDecimal, readWhole } from '../../shared/import/numbers.ts';
import { bytesOf } from './helpers.ts';

const digits = (max: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));

/** Numerals of all forms, and texts that are nearly numerals. */
const numeral = fc.oneof(
  digits(16),
  fc.tuple(digits(16), digits(16)).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.tuple(digits(3), fc.integer({ min: 0, max: 30 })).map(([whole, zeros]) => `${whole}.${'0'.repeat(zeros)}`),
  fc.stringMatching(/^[+-]?[0-9]{0,4}\.?[0-9]{0,14}([eE][+-]?[0-9]{1,3})?$/),
  fc.stringMatching(/^[0-9., e+-]{0,8}$/),
);

/** The text inside other bytes, as in a file. */
function inFile(text: string): { bytes: Uint8Array; start: number; end: number } {
  const bytes = bytesOf(`9,${text},9`);
  return { bytes, start: 2, end: bytes.length - 2 };
}

describe('numbers from bytes', () => {
  it('readDecimal gives what parseAmount gives, or leaves it to it', () => {
    fc.assert(
      fc.property(numeral, (text) => {
        const { bytes, start, end } = inFile(text);
        const whole = new Float64Array(2).fill(-7);
        const pico = new Float64Array(2).fill(-7);
        const exact = parseAmount(text);
        if (!readDecimal(bytes, start, end, whole, pico, 1)) {
          expect([whole[1], pico[1]]).toEqual([-7, -7]);
          return;
        }
        expect(BigInt(whole[1]!) * ATOMS_PER_UNIT + BigInt(pico[1]!)).toBe(exact);
      }),
      { numRuns: 5000 },
    );
  });

  it('readDecimal takes the forms that logs have', () => {
    for (const text of ['0', '0.01521925', '12', '3.', '0.000000000001', '0.123456789012', '1.50000000000000000000']) {
      const { bytes, start, end } = inFile(text);
      expect(readDecimal(bytes, start, end, new Float64Array(1), new Float64Array(1), 0), text).toBe(true);
    }
  });

  it('readWhole gives what parseAmount gives, or leaves it to it', () => {
    fc.assert(
      fc.property(numeral, (text) => {
        const { bytes, start, end } = inFile(text);
        const value = readWhole(bytes, start, end);
        if (value !== NOT_PLAIN) expect(BigInt(value) * ATOMS_PER_UNIT).toBe(parseAmount(text));
      }),
      { numRuns: 5000 },
    );
    const known: readonly [string, number][] = [
      ['0', 0],
      ['30.0', 30],
      ['123456789', 123_456_789],
      ['1234567890', 1_234_567_890],
      ['999999999999999', 999_999_999_999_999],
      ['9007199254740993', NOT_PLAIN],
      ['12.5', NOT_PLAIN],
      ['-1', NOT_PLAIN],
      ['', NOT_PLAIN],
      ['.', NOT_PLAIN],
    ];
    for (const [text, value] of known) {
      const { bytes, start, end } = inFile(text);
      expect(readWhole(bytes, start, end), text).toBe(value);
    }
  });

  it('parseRounded rounds half to even at 10^-12 and is exact otherwise', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.integer({ min: 0, max: 40 }),
        (value, scale) => {
          const text = `${value}e-${scale}`;
          const atoms =
            scale <= 12
              ? value * 10n ** BigInt(12 - scale)
              : divideRounded(value, 10n ** BigInt(scale - 12), 'half_even');
          expect(parseRounded(text)).toMatchObject({ atoms });
        },
      ),
    );
    expect(parseRounded('0E-6176')).toEqual({ atoms: 0n, rounded: false });
    expect(parseRounded('1E-6176')).toEqual({ atoms: 0n, rounded: true });
    expect(parseRounded('0.0000000000005')).toEqual({ atoms: 0n, rounded: true });
    expect(parseRounded('0.0000000000015')).toEqual({ atoms: 2n, rounded: true });
    expect(parseRounded('-0.00000000000250000000000000001')).toEqual({ atoms: -3n, rounded: true });
    expect(parseRounded('twelve')).toBe('unreadable');
    expect(formatAtoms((parseRounded('0.048384000000000000000000000000') as { atoms: bigint }).atoms)).toBe('0.048384');
  });
});

const instant = fc.integer({ min: -60_000 * DAY_MS, max: 200_000 * DAY_MS });

/** Times of all forms, and texts that are nearly times. */
const time = fc.oneof(
  instant.map(formatInstant),
  instant.map((at) => formatInstant(at).replace('T', ' ')),
  fc.tuple(instant, digits(9)).map(([at, fraction]) => `${formatInstant(at).slice(0, 19)}.${fraction}Z`),
  instant.map((at) => formatInstant(at).slice(0, 19) + 'Z'),
  instant.map((at) => formatInstant(at).slice(0, 19)),
  instant.map((at) => formatInstant(at).slice(0, 23) + '+02:00'),
  fc.stringMatching(/^20[0-3][0-9]-[0-1][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{0,4})?Z$/),
  fc.stringMatching(/^[0-9TZ: .-]{20,24}$/),
);

describe('instants from bytes', () => {
  it('readInstant gives what parseInstant gives, or leaves it to it', () => {
    fc.assert(
      fc.property(time, (text) => {
        const { bytes, start, end } = inFile(text);
        const at = readInstant(bytes, new DataView(bytes.buffer), start, end);
        if (!Number.isNaN(at)) expect(at, text).toBe(parseInstant(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('readInstant takes the form that logs have, also right after another day', () => {
    const texts = [
      '2024-01-01T00:00:08.806Z',
      '2024-02-29T23:59:59Z',
      '2024-01-01 12:00:00.1Z',
      '2023-12-31T00:00:00.123456Z',
    ];
    for (const text of [...texts, ...texts]) {
      const { bytes, start, end } = inFile(text);
      expect(readInstant(bytes, new DataView(bytes.buffer), start, end), text).toBe(parseInstant(text));
    }
    for (const text of [
      '2023-02-29T00:00:00Z',
      '2024-00-01T00:00:00Z',
      '2024-13-01T00:00:00Z',
      '2024-01-01T24:00:00Z',
    ]) {
      const { bytes, start, end } = inFile(text);
      expect(readInstant(bytes, new DataView(bytes.buffer), start, end), text).toBeNaN();
    }
  });

  it('parseTime reads Unix times by their number of digits, and dates as wall clocks', () => {
    expect(parseTime('1790640000')).toBe(1_790_640_000_000);
    expect(parseTime('1790640000.5')).toBe(1_790_640_000_500);
    expect(parseTime('1790640000123')).toBe(1_790_640_000_123);
    expect(parseTime('1790640000123456')).toBe(1_790_640_000_123);
    expect(parseTime('20261003')).toBe('unreadable');
    expect(parseTime('2026-10-03')).toEqual({ wall: Date.UTC(2026, 9, 3), day: true });
    expect(parseTime('2026-10-03 12:00')).toEqual({ wall: Date.UTC(2026, 9, 3, 12) });
    expect(parseTime('10/03/2026')).toBe('unreadable');
  });
});
