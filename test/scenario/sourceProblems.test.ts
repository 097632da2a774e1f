/** Bad price lists, usage sources and expectations, and exactly what is said of them. */
import { describe, expect, test } from 'vitest';
import { DECIMAL, HEAD, problemsOf, table } from './fixtures.ts';

const expectation = (value: string): string => `${HEAD}expect: [${value}]`;
const usage = (value: string): string => `${HEAD}usage: [${value}]`;
const generator = (rest: string): string =>
  usage(`{generate: {from: 2025-01-01T00:00:00Z, to: 2025-02-01T00:00:00Z, ${rest}}}`);

describe('rates and declines', () => {
  table([
    [
      'window that is reversed',
      `${HEAD}declines: [{from: 2025-01-02T00:00:00Z, to: 2025-01-01T00:00:00Z}]`,
      'f:3:45: to lies before from; a window is [from, to)',
    ],
    [
      'two prices at once',
      `${HEAD}rates: {a: [{from: 2025-01-02T00:00:00Z, x: 1}, {from: 2025-01-02T00:00:00Z, x: 2}]}`,
      'f:3:56: from repeats the instant of entry [0]; a SKU has one entry per from, merge the two',
    ],
    [
      'entries that are no list',
      `${HEAD}rates: {a: {from: 2025-01-02T00:00:00Z}}`,
      'f:3:12: a must be a list, found a map',
    ],
    [
      'prices that are none',
      `${HEAD}rates: {a: [{per: 0, X: 1, y: -1}]}`,
      'f:3:13: from is missing; it takes a time with a zone such as 2025-01-01T00:00:00Z',
      'f:3:19: per must be positive, found 0; it must be more than 0',
      'f:3:22: unknown key "X"; known keys are from, per, any other is a meter, named in a-z, 0-9 and _ such as input_tokens',
      'f:3:31: y must not be negative, found -1; it must be 0 or more',
    ],
  ]);
});

describe('usage sources', () => {
  const FORMS = '{file, format} or {generate: {from, to, seed, rate, cost, shape, sku}}';
  const RATE =
    'must be a positive number of rows per s, min, h or d such as 120/h, with at most 6 digits after the point';
  table([
    [
      'neither form',
      usage('{fil: x}, 5'),
      `f:3:9: usage[0] must be ${FORMS}; found a map`,
      `f:3:19: usage[1] must be ${FORMS}; found the number 5`,
    ],
    [
      'unknown key',
      usage('{file: x.csv, formt: csv}'),
      'f:3:23: unknown key "formt"; did you mean format?; known keys here are file, format',
    ],
    [
      'generator of wrong values',
      generator('seed: -1, rate: 120, cost: abc, shape: flt'),
      'f:3:81: seed must be a whole number from 0 to 4294967295, found the number -1',
      `f:3:91: rate ${RATE}; found the number 120`,
      `f:3:102: cost ${DECIMAL}; found the text "abc"`,
      'f:3:114: shape must be one of flat, diurnal, weekly; found the text "flt"; did you mean flat?',
    ],
    [
      'unknown distribution',
      generator('seed: 1, rate: 1/s, cost: {normal: 5}'),
      'f:3:101: cost must be an amount such as 0.02, {uniform: {min, max}} or {lognormal: {median, sigma}}; found a map',
    ],
    [
      'reversed distribution',
      generator('seed: 1, rate: 1/s, cost: {uniform: {min: 2, max: 1}}'),
      'f:3:125: max is below min; exchange the two',
    ],
    [
      'cost of nine digits',
      generator('seed: 1, rate: 1/s, cost: 0.000000001'),
      'f:3:101: cost is finer than 8 digits after the point; generated costs have at most 8',
    ],
    [
      'too many rows',
      generator('seed: 1, rate: 100/s, cost: 1'),
      'f:3:90: rate makes about 267840000 rows until to; at most 20000000 can be generated, lower the rate or shorten the time',
    ],
    [
      'reversed time',
      usage('{generate: {from: 2025-02-01T00:00:00Z, to: 2025-01-01T00:00:00Z, seed: 1, rate: 1/s, cost: 1}}'),
      'f:3:53: to is not after from; generated usage lies in [from, to)',
    ],
  ]);
});

describe('expectations', () => {
  const FORMS = '{at, balance, …}, {invoice, amount_due, …}, {event, status, reason} or {count, equals}';
  table([
    [
      'none of the forms',
      expectation('{}, 5'),
      `f:3:10: expect[0] must be ${FORMS}; found a map`,
      `f:3:14: expect[1] must be ${FORMS}; found the number 5`,
    ],
    [
      'before the opening',
      expectation('{at: 2024-01-01T00:00:00Z, balance: 1}'),
      'f:3:15: at lies before the opening of the account, 2025-01-01T00:00:00.000Z; there is nothing to expect yet',
    ],
    [
      'nothing expected',
      expectation('{at: 2025-01-01T00:00:00Z}'),
      'f:3:10: expect[0] expects nothing; give at least one of balance, debt, access, plan, tier, lots',
    ],
    [
      'wrong state',
      expectation('{at: 2025-01-01T00:00:00Z, access: shut, tier: 5, lots: {a: }}'),
      'f:3:45: access must be one of open, closed; found the text "shut"',
      'f:3:57: tier must be a text, found the number 5; put it in quotes',
      `f:3:70: a ${DECIMAL}; found nothing (null)`,
    ],
    [
      'no such month',
      expectation('{invoice: 2025-13}'),
      'f:3:20: invoice must be a month such as 2025-01, found the text "2025-13"',
    ],
    ['no status', expectation('{event: a}'), 'f:3:10: status is missing; it takes one of accepted, rejected'],
    [
      'reason of acceptance',
      expectation('{event: a, status: accepted, reason: no_plan}'),
      'f:3:47: reason is given with accepted; only what is rejected has a reason, remove it',
    ],
    [
      'negative count',
      expectation('{count: cutoff, equals: -1}'),
      'f:3:34: equals must be a whole number from 0 to 1000000000, found the number -1',
    ],
  ]);

  test('unknown figures are suggested', () => {
    expect(problemsOf(expectation('{invoice: 2025-01, amount_du: 1}'))).toEqual([
      expect.stringMatching(
        /^f:3:29: unknown key "amount_du"; did you mean amount_due\?; known keys here are invoice, from, lines, usage, /,
      ),
    ]);
  });
});
