/** Price lists as text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PriceList } from '../../shared/domain/priceList.ts';
import type { Rates } from '../../shared/domain/scenario.ts';
import { formatProblem } from '../../shared/scenario/problems.ts';
import { readPriceList, writePriceList } from '../../shared/scenario/priceListFile.ts';

function listOf(text: string): PriceList {
  const read = readPriceList(text, 'mine.yaml');
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  return read.list;
}

function problemsOf(text: string): string[] {
  const read = readPriceList(text, 'p');
  return read.ok ? [] : read.problems.map(formatProblem);
}

const name = fc
  .oneof(
    fc.constantFrom('gpt-4o', 'null', '1', 'a: b', ' #', '*', '💸', 'toString'),
    fc.string({ minLength: 1, maxLength: 12 }),
  )
  .filter((text) => text !== '__proto__');
const meter = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/).filter((key) => key !== 'from' && key !== 'per');
const entry = fc.record({
  from: fc.integer({ min: 0, max: 4e12 }),
  per: fc.oneof(fc.bigInt(1n, 10n ** 27n), fc.constant(10n ** 12n)),
  prices: fc.dictionary(meter, fc.bigInt(0n, 10n ** 24n), { maxKeys: 4 }),
});
const ratesBy = (key: fc.Arbitrary<string>): fc.Arbitrary<Rates> =>
  fc
    .uniqueArray(fc.tuple(key, fc.uniqueArray(entry, { selector: ({ from }) => from, maxLength: 3 })), {
      selector: ([sku]) => sku,
      maxLength: 4,
    })
    .map((skus) => new Map(skus.map(([sku, entries]) => [sku, entries.sort((one, other) => one.from - other.from)])));
const list: fc.Arbitrary<PriceList> = fc.record({
  name,
  asOf: fc.constantFrom(null, '2024-02-29', '2026-09-22'),
  currency: fc.constantFrom('USD', 'EUR', 'JPY'),
  source: fc.string(),
  rates: ratesBy(name),
  factors: ratesBy(fc.constantFrom('gpt-*, batch', 'o3, flex', '*, long context')),
  longContext: fc
    .uniqueArray(fc.tuple(name, fc.integer({ min: 1, max: 1e9 })), { selector: ([key]) => key, maxLength: 3 })
    .map((pairs) => new Map(pairs)),
});

describe('written price lists', () => {
  test('read back to the same list', () => {
    fc.assert(
      fc.property(list, (original) => {
        expect(listOf(writePriceList(original))).toEqual(original);
      }),
      { numRuns: 300 },
    );
  });
});

test('rates are those of a scenario, with all the rest left out', () => {
  const read = listOf('rates: {alto-2: [{from: 2026-01-01T00:00:00Z, per: 1000, input_tokens: 0.3}]}');
  expect(read).toMatchObject({ name: 'mine.yaml', asOf: null, currency: 'USD', source: '' });
  expect(read.rates.get('alto-2')).toEqual([
    { from: Date.UTC(2026, 0, 1), per: 1_000n * 10n ** 12n, prices: { input_tokens: 300_000_000_000n } },
  ]);
});

test('JSON is read as YAML is', () => {
  const rates = { 'alto-2': [{ from: '2026-01-01T00:00:00Z', input_tokens: '0.1' }] };
  expect(listOf(JSON.stringify({ price_list: 1, name: 'Alto', rates })).rates.get('alto-2')?.[0]?.prices).toEqual({
    input_tokens: 100_000_000_000n,
  });
});

test("a scenario's own rates are a list under its title, whatever else the scenario holds", () => {
  const text = 'drawdown: 1\ntitle: Cut\naccount: {currency: EUR}\nrates: {a: []}\nevents: [{broken: true}]\n';
  expect(listOf(text)).toMatchObject({ name: 'Cut', currency: 'EUR' });
  expect([...listOf(text).rates.keys()]).toEqual(['a']);
});

describe('what is wrong is located', () => {
  test.each([
    ['no map', '- 1', 'p:1:1: a price list must be a map with rates, found a list'],
    [
      'a price that is none',
      'rates:\n  a:\n    - {from: 2026-01-01T00:00:00Z, input_tokens: "1,5"}',
      'p:3:50: input_tokens must',
    ],
    [
      'a price below zero',
      'rates:\n  a:\n    - {from: 2026-01-01T00:00:00Z, input_tokens: -1}',
      'p:3:50: input_tokens must',
    ],
    ['a time without a zone', 'rates:\n  a:\n    - {from: 2026-01-01T00:00:00, input_tokens: 1}', 'p:3:14:'],
    [
      'two entries of one date',
      'rates:\n  a: [{from: 2026-01-01T00:00:00Z}, {from: 2026-01-01T00:00:00Z}]',
      'p:2:44: from repeats the instant of entry [0]',
    ],
    ['an unknown key', 'rates: {}\nprices: {}', 'p:2:1: unknown key "prices"'],
    ['no such day', 'rates: {}\nas_of: 2026-02-30', 'p:2:8: as_of must be a date such as 2026-09-22'],
    ['a factor of no mark', 'rates: {}\nfactors: {gpt-4o: []}', 'p:2:19:'],
    ['a negative threshold', 'rates: {}\nlong_context: {gpt-4o: -5}', 'p:2:24:'],
    ['a later version', 'price_list: 2\nrates: {}', 'p:1:13: price_list must be 1'],
    ['a key twice', 'rates: {}\nrates: {}', 'p:2:1:'],
  ])('%s', (_, text, problem) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  test('rates are needed', () => {
    expect(problemsOf('price_list: 1')).toEqual(['p:1:1: rates is missing; it takes a map']);
  });

  test('any text is answered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = readPriceList(text, 'p');
        expect(read.ok || read.problems.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
